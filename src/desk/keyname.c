#include "desk/keyname.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/key.h"
#include "base/text.h"

static const struct {
	const char *name;
	uint32_t key;
} names[] = {
	{ "Up", KEY_UP_ },	     { "Down", KEY_DOWN_ },	 { "Left", KEY_LEFT_ },
	{ "Right", KEY_RIGHT_ },     { "Home", KEY_HOME_ },	 { "End", KEY_END_ },
	{ "PgUp", KEY_PAGE_UP_ },    { "PgDn", KEY_PAGE_DOWN_ }, { "Tab", KEY_TAB_ },
	{ "Shift-Tab", KEY_BACK_TAB_ }, { "BTab", KEY_BACK_TAB_ }, { "Enter", KEY_ENTER_ },
	{ "Esc", KEY_ESC_ },	     { "Del", KEY_DELETE_ },	 { "Ins", KEY_INSERT_ },
	{ "Space", ' ' },	     { "Backspace", KEY_RUBOUT_ },
};

#define NAMES (sizeof(names) / sizeof(names[0]))

const char *keyname_list(void)
{
	return "Up, Down, Left, Right, Home, End, PgUp, PgDn, Tab, Shift-Tab, Enter, Esc, Del, Ins, Space, "
	       "Backspace";
}

static bool starts(const char *name, size_t len, const char *with)
{
	size_t n = strlen(with);
	return len == n + 1 && strncasecmp(name, with, n) == 0;
}

static uint32_t function_key(const char *name, size_t len)
{
	uint32_t n = 0;
	for (size_t i = 1; i < len; i++) {
		if (name[i] < '0' || name[i] > '9')
			return 0;
		n = n * 10 + (uint32_t)(name[i] - '0');
	}
	return n >= 1 && n <= 12 ? KEY_F0_ + n : 0;
}

/* Those that a terminal sends for Backspace, Tab and Enter are no keys of their own. */
static uint32_t control_key(char letter)
{
	int small = tolower((unsigned char)letter);
	return small >= 'a' && small <= 'z' && strchr("hijm", small) == NULL ? (uint32_t)KEY_CONTROL_(small) : 0;
}

uint32_t keyname_parse(const char *name, size_t len)
{
	for (size_t i = 0; i < NAMES; i++) {
		if (strlen(names[i].name) == len && strncasecmp(names[i].name, name, len) == 0)
			return names[i].key;
	}
	if (starts(name, len, "C-") || starts(name, len, "Ctrl-"))
		return control_key(name[len - 1]);
	if (len > 1 && len < 4 && (name[0] == 'F' || name[0] == 'f'))
		return function_key(name, len);
	size_t one;
	unsigned long c = text_decode(name, &one);
	return len > 0 && one == len && c > ' ' && c != KEY_RUBOUT_ ? (uint32_t)c : 0;
}

size_t keyname_next(const char **at, const char **name)
{
	*name = *at + strspn(*at, " ");
	size_t len = strcspn(*name, " ");
	*at = *name + len;
	return len;
}

static void show_character(uint32_t key, char *out, size_t cap)
{
	struct buf text = BUF_INIT(KEYNAME_MAX);
	if (key < ' ')
		buf_addf(&text, "Ctrl-%c", (int)(key + '@'));
	else
		text_encode(&text, key);
	snprintf(out, cap, "%s", buf_str(&text));
	buf_clear(&text);
}

void keyname_of(uint32_t key, char *out, size_t cap)
{
	for (size_t i = 0; i < NAMES; i++) {
		if (names[i].key == key) {
			snprintf(out, cap, "%s", names[i].name);
			return;
		}
	}
	if (key > KEY_F0_)
		snprintf(out, cap, "F%u", (unsigned)(key - KEY_F0_));
	else
		show_character(key, out, cap);
}

void keyname_show(const char *all, char *out, size_t cap)
{
	const char *name;
	size_t used = 0, len;
	out[0] = '\0';
	while ((len = keyname_next(&all, &name)) > 0 && used + KEYNAME_MAX < cap) {
		if (used > 0)
			out[used++] = ' ';
		keyname_of(keyname_parse(name, len), out + used, cap - used);
		used += strlen(out + used);
	}
}
