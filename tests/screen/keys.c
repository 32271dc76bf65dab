#include "tests/screen/keys.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <vterm.h>

#include "tests/lib/check.h"

static const struct {
	const char *name;
	const char *bytes;
	VTermKey vterm_key;
} names[] = {
	{ "Enter", "\r", 0 },
	{ "Esc", "\033", 0 },
	{ "Tab", "\t", 0 },
	{ "S-Tab", "\033[Z", 0 },
	{ "Space", " ", 0 },
	{ "Lt", "<", 0 },
	{ "BS", "\177", 0 },
	{ "Del", NULL, VTERM_KEY_DEL },
	{ "Ins", NULL, VTERM_KEY_INS },
	{ "Up", NULL, VTERM_KEY_UP },
	{ "Down", NULL, VTERM_KEY_DOWN },
	{ "Left", NULL, VTERM_KEY_LEFT },
	{ "Right", NULL, VTERM_KEY_RIGHT },
	{ "Home", NULL, VTERM_KEY_HOME },
	{ "End", NULL, VTERM_KEY_END },
	{ "PgUp", NULL, VTERM_KEY_PAGEUP },
	{ "PgDn", NULL, VTERM_KEY_PAGEDOWN },
};

static void set_bytes(struct key *k, const char *bytes, size_t len)
{
	*k = (struct key){ .kind = KEY_BYTES, .len = len };
	memcpy(k->bytes, bytes, len);
}

static bool key_named(const char *name, size_t len, struct key *out)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strlen(names[i].name) != len || strncmp(names[i].name, name, len) != 0)
			continue;
		if (names[i].bytes)
			set_bytes(out, names[i].bytes, strlen(names[i].bytes));
		else
			*out = (struct key){ .kind = KEY_TERMINAL, .vterm_key = names[i].vterm_key };
		return true;
	}
	if (len == 3 && strncmp(name, "C-", 2) == 0) {
		set_bytes(out, (char[]){ (char)(name[2] & 0x1f) }, 1);
		return true;
	}
	if (len == 3 && strncmp(name, "M-", 2) == 0) {
		set_bytes(out, (char[]){ '\033', name[2] }, 2);
		return true;
	}
	if (name[0] == 'F' && len >= 2 && isdigit((unsigned char)name[1])) {
		*out = (struct key){ .kind = KEY_TERMINAL,
			.vterm_key = (int)VTERM_KEY_FUNCTION(atoi(name + 1)) };
		return true;
	}
	return false;
}

bool key_next_plain(const char **at, struct key *out)
{
	size_t len = 1;

	if (!**at)
		return false;
	while (((unsigned char)(*at)[len] & 0xc0) == 0x80)
		len++;
	set_bytes(out, *at, len);
	*at += len;
	return true;
}

bool key_next(const char **at, struct key *out)
{
	const char *end;

	while (**at == ' ')
		(*at)++;
	end = **at == '<' ? strchr(*at, '>') : NULL;
	if (!end)
		return key_next_plain(at, out);
	if (!key_named(*at + 1, (size_t)(end - *at) - 1, out))
		check_fail("no key is called %.*s", (int)(end - *at) + 1, *at);
	*at = end + 1;
	return true;
}
