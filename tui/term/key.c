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

bool key_take(uint32_t *key)
{
	wint_t c;
	for (;;) {
		int kind = wget_wch(term_input(), &c);
		if (kind == ERR)
			return false;
		if (kind == KEY_CODE_YES) {
			if (special(c, key))
				return true;
			continue;
		}
		*key = c == '\n' ? KEY_ENTER_ : c == '\b' ? KEY_RUBOUT_ : (uint32_t)c;
		return true;
	}
}

bool key_is_text(uint32_t key)
{
	return key >= ' ' && key != KEY_RUBOUT_ && key < KEY_FIRST_ && iswprint((wint_t)key);
}
