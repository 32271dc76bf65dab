#include "tui/command/keyname.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "tui/term/key.h"

static const struct {
	const char *name;
	uint32_t key;
} names[] = {
	{ "Up", KEY_UP_ },	     { "Down", KEY_DOWN_ },	 { "Left", KEY_LEFT_ },
	{ "Right", KEY_RIGHT_ },     { "Home", KEY_HOME_ },	 { "End", KEY_END_ },
	{ "PgUp", KEY_PAGE_UP_ },    { "PgDn", KEY_PAGE_DOWN_ }, { "Tab", KEY_TAB_ },
	{ "BTab", KEY_BACK_TAB_ },   { "Enter", KEY_ENTER_ },	 { "Esc", KEY_ESC_ },
	{ "Del", KEY_DELETE_ },	     { "Ins", KEY_INSERT_ },	 { "Space", ' ' },
	{ "Backspace", KEY_RUBOUT_ },
};

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

uint32_t keyname_parse(const char *name, size_t len)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strlen(names[i].name) == len && memcmp(names[i].name, name, len) == 0)
			return names[i].key;
	}
	if (len == 3 && name[0] == 'C' && name[1] == '-')
		return KEY_CONTROL_((uint32_t)name[2]);
	if (len > 1 && len < 4 && name[0] == 'F')
		return function_key(name, len);
	size_t one;
	unsigned long c = text_decode(name, &one);
	return one == len ? (uint32_t)c : 0;
}

static size_t show_one(const char *name, size_t len, char *out, size_t cap)
{
	int n;
	if (len == 3 && name[0] == 'C' && name[1] == '-')
		n = snprintf(out, cap, "Ctrl-%c", toupper((unsigned char)name[2]));
	else if (keyname_parse(name, len) == KEY_BACK_TAB_)
		n = snprintf(out, cap, "Shift-Tab");
	else
		n = snprintf(out, cap, "%.*s", (int)len, name);
	return n > 0 && (size_t)n < cap ? (size_t)n : cap - 1;
}

void keyname_show(const char *all, char *out, size_t cap)
{
	size_t used = 0;
	out[0] = '\0';
	while (*all != '\0' && used + 2 < cap) {
		size_t len = strcspn(all, " ");
		if (used > 0)
			out[used++] = ' ';
		used += show_one(all, len, out + used, cap - used);
		all += len;
		all += strspn(all, " ");
	}
}
