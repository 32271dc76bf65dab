#include "tui/term/key.h"

#include <stddef.h>
#include <wctype.h>

#include "tui/term/inside.h"

static const struct {
	int curses;
	uint32_t key;
} specials[] = {
	{ KEY_UP, KEY_UP_ },
	{ KEY_DOWN, KEY_DOWN_ },
	{ KEY_LEFT, KEY_LEFT_ },
	{ KEY_RIGHT, KEY_RIGHT_ },
	{ KEY_HOME, KEY_HOME_ },
	{ KEY_FIND, KEY_HOME_ },
	{ KEY_END, KEY_END_ },
	{ KEY_SELECT, KEY_END_ },
	{ KEY_PPAGE, KEY_PAGE_UP_ },
	{ KEY_NPAGE, KEY_PAGE_DOWN_ },
	{ KEY_BTAB, KEY_BACK_TAB_ },
	{ KEY_DC, KEY_DELETE_ },
	{ KEY_IC, KEY_INSERT_ },
	{ KEY_ENTER, KEY_ENTER_ },
	{ KEY_BACKSPACE, KEY_RUBOUT_ },
};

static bool special(wint_t code, uint32_t *key)
{
	for (size_t i = 0; i < sizeof(specials) / sizeof(specials[0]); i++) {
		if ((wint_t)specials[i].curses == code) {
			*key = specials[i].key;
			return true;
		}
	}
	if (code > KEY_F(0) && code <= KEY_F(12)) {
		*key = KEY_F0_ + (code - KEY_F(0));
		return true;
	}
	return false;
}

/* What terminals send although TERM says otherwise: PuTTY, screen, rxvt and the Linux console each have
 * their own Home, End and F1 to F5. A key that is not recognised would arrive as Esc and a digit. */
static const struct {
	const char *sequence;
	int curses;
} variants[] = {
	{ "\033[1~", KEY_HOME },
	{ "\033[7~", KEY_HOME },
	{ "\033[H", KEY_HOME },
	{ "\033OH", KEY_HOME },
	{ "\033[4~", KEY_END },
	{ "\033[8~", KEY_END },
	{ "\033[F", KEY_END },
	{ "\033OF", KEY_END },
	{ "\033[A", KEY_UP },
	{ "\033[B", KEY_DOWN },
	{ "\033[C", KEY_RIGHT },
	{ "\033[D", KEY_LEFT },
	{ "\033[Z", KEY_BTAB },
	{ "\033[11~", KEY_F(1) },
	{ "\033[12~", KEY_F(2) },
	{ "\033[13~", KEY_F(3) },
	{ "\033[14~", KEY_F(4) },
	{ "\033[[A", KEY_F(1) },
	{ "\033[[B", KEY_F(2) },
	{ "\033[[C", KEY_F(3) },
	{ "\033[[D", KEY_F(4) },
	{ "\033[[E", KEY_F(5) },
	{ "\033OP", KEY_F(1) },
	{ "\033OQ", KEY_F(2) },
	{ "\033OR", KEY_F(3) },
	{ "\033OS", KEY_F(4) },
};

void key_start(void)
{
	for (size_t i = 0; i < sizeof(variants) / sizeof(variants[0]); i++)
		if (!key_defined(variants[i].sequence))
			define_key(variants[i].sequence, variants[i].curses);
}

/* The rest of a control sequence that nobody knows: it must not be taken for keys. True when there was
 * one; a lone Esc, or Esc and a letter, is left as it is. */
static bool skip_sequence(void)
{
	wint_t c, more;

	if (wget_wch(term_input(), &c) != OK)
		return false;
	if (c != '[' && c != 'O') {
		unget_wch((wchar_t)c);
		return false;
	}
	bool first = c == '[';
	while (wget_wch(term_input(), &c) == OK && (c < 0x40 || c > 0x7e))
		first = false;
	/* The oldest way to tell of a mouse has three characters behind it. */
	for (int i = 0; i < 3 && first && c == 'M'; i++)
		wget_wch(term_input(), &more);
	return true;
}

bool key_take(uint32_t *key)
{
	wint_t c;

	for (;;) {
		int kind = wget_wch(term_input(), &c);

		if (kind == ERR)
			return false;
		if (kind == KEY_CODE_YES) {
			if (c == KEY_MOUSE && mouse_read()) {
				*key = KEY_MOUSE_;
				return true;
			}
			if (special(c, key))
				return true;
			continue;
		}
		if (c == KEY_ESC_ && skip_sequence())
			continue;
		*key = c == '\n' ? KEY_ENTER_ : c == '\b' ? KEY_RUBOUT_ : (uint32_t)c;
		return true;
	}
}

bool key_is_text(uint32_t key)
{
	return key >= ' ' && key != KEY_RUBOUT_ && key < KEY_FIRST_ && iswprint((wint_t)key);
}
