#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
	const char *name;
	int exit_status;
} codes[ERR_CODES] = {
	[ERR_NONE] = { "NONE", 0 },
	[ERR_OFFLINE] = { "OFFLINE", 3 },
	[ERR_TIMEOUT] = { "TIMEOUT", 3 },
	[ERR_UNAUTHORIZED] = { "UNAUTHORIZED", 4 },
	[ERR_FORBIDDEN] = { "FORBIDDEN", 4 },
	[ERR_RATE_LIMITED] = { "RATE_LIMITED", 3 },
	[ERR_REFUSED] = { "REFUSED", 1 },
	[ERR_NOT_FOUND] = { "NOT_FOUND", 1 },
	[ERR_CONFLICT] = { "CONFLICT", 1 },
	[ERR_UNKNOWN_OUTCOME] = { "UNKNOWN_OUTCOME", 5 },
	[ERR_BAD_REPLY] = { "BAD_REPLY", 1 },
	[ERR_SERVER] = { "SERVER", 1 },
	[ERR_STORAGE] = { "STORAGE", 1 },
	[ERR_CONFIG] = { "CONFIG", 2 },
	[ERR_USAGE] = { "USAGE", 2 },
	[ERR_CANCELLED] = { "CANCELLED", 1 },
};

/* Bytes of the control at s: C0 and DEL, C1, and what turns or hides text (U+200B to U+200F, U+2028 to
 * U+202E, U+2060 to U+206F); 0 for anything else. */
static size_t control_bytes(const unsigned char *s)
{
	if (s[0] < 0x20 || s[0] == 0x7f)
		return 1;
	if (s[0] == 0xc2 && s[1] >= 0x80 && s[1] <= 0x9f)
		return 2;
	if (s[0] == 0xe2 && s[1] == 0x80 && ((s[2] >= 0x8b && s[2] <= 0x8f) || (s[2] >= 0xa8 && s[2] <= 0xae)))
		return 3;
	return s[0] == 0xe2 && s[1] == 0x81 && s[2] >= 0xa0 && s[2] <= 0xaf ? 3 : 0;
}

/* A format's arguments may come from anywhere: a path, a server's sentence. */
static void make_printable(char *s)
{
	while (*s) {
		size_t n = control_bytes((const unsigned char *)s);

		memset(s, ' ', n);
		s += n ? n : 1;
	}
}

/* Ends the text before a character that the buffer's end cut in two. */
static void cut_at_character(char *s, size_t len)
{
	size_t start = len;

	while (start > 0 && ((unsigned char)s[start - 1] & 0xc0) == 0x80)
		start--;
	if (start > 0 && ((unsigned char)s[start - 1] & 0xc0) == 0xc0)
		start--;
	s[start] = '\0';
}

static void finish(char *text, int wanted)
{
	if (wanted < 0)
		text[0] = '\0';
	else if (wanted >= ERROR_TEXT_MAX)
		cut_at_character(text, strlen(text));
	make_printable(text);
}

bool error_set(struct error *err, enum error_code code, const char *format, ...)
{
	va_list ap;

	if (!err)
		return false;
	err->code = code;
	err->retry_after_ms = 0;
	va_start(ap, format);
	finish(err->text, vsnprintf(err->text, sizeof(err->text), format, ap));
	va_end(ap);
	return false;
}

bool error_prefix(struct error *err, const char *format, ...)
{
	char old[ERROR_TEXT_MAX], context[ERROR_TEXT_MAX];
	va_list ap;

	if (!err)
		return false;
	va_start(ap, format);
	finish(context, vsnprintf(context, sizeof(context), format, ap));
	va_end(ap);
	memcpy(old, err->text, sizeof(old));
	finish(err->text, snprintf(err->text, sizeof(err->text), "%s: %s", context, old));
	return false;
}

const char *error_code_name(enum error_code code)
{
	return code < ERR_CODES ? codes[code].name : "?";
}

int error_exit_status(enum error_code code)
{
	return code < ERR_CODES ? codes[code].exit_status : 1;
}
