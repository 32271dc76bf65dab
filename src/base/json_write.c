#include "base/json_write.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* How long the valid UTF-8 character at s is; 0 when it is not one. */
static size_t character(const char *s)
{
	static const struct {
		unsigned char mask, lead;
		size_t len;
	} forms[] = { { 0x80, 0x00, 1 }, { 0xe0, 0xc0, 2 }, { 0xf0, 0xe0, 3 }, { 0xf8, 0xf0, 4 } };

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (((unsigned char)*s & forms[i].mask) == forms[i].lead)
			return strnlen(s, forms[i].len) == forms[i].len &&
				text_is_utf8(s, forms[i].len) ? forms[i].len : 0;
	return 0;
}

static void put_special(struct buf *out, char c)
{
	static const char shorts[] = "\"\"\\\\\bb\ff\nn\rr\tt";

	for (const char *p = shorts; *p; p += 2)
		if (*p == c) {
			buf_addf(out, "\\%c", p[1]);
			return;
		}
	buf_addf(out, "\\u%04x", (unsigned)(unsigned char)c);
}

static bool plain(char c)
{
	return (unsigned char)c >= 0x20 && c != '"' && c != '\\' && (unsigned char)c < 0x7f;
}

/* Bytes that are not UTF-8 become the replacement character: what we send is always proper. */
static void put_string(struct buf *out, const char *s)
{
	buf_addc(out, '"');
	while (*s) {
		size_t n = 0;

		while (plain(s[n]))
			n++;
		buf_add(out, s, n);
		s += n;
		if (!*s)
			break;
		if ((unsigned char)*s < 0x80) {
			put_special(out, *s++);
			continue;
		}
		n = character(s);
		buf_adds(out, n ? "" : "\xef\xbf\xbd");
		buf_add(out, s, n);
		s += n ? n : 1;
	}
	buf_addc(out, '"');
}

static void begin(struct json_writer *w, const char *name)
{
	if (w->comma)
		buf_addc(w->out, ',');
	w->comma = true;
	if (!name)
		return;
	put_string(w->out, name);
	buf_addc(w->out, ':');
}

void json_open(struct json_writer *w, const char *name, char bracket)
{
	begin(w, name);
	buf_addc(w->out, bracket);
	w->comma = false;
}

void json_close(struct json_writer *w, char bracket)
{
	buf_addc(w->out, bracket);
	w->comma = true;
}

void json_put_text(struct json_writer *w, const char *name, const char *value)
{
	if (!value) {
		json_put_null(w, name);
		return;
	}
	begin(w, name);
	put_string(w->out, value);
}

void json_put_int(struct json_writer *w, const char *name, int64_t value)
{
	begin(w, name);
	buf_addf(w->out, "%" PRId64, value);
}

/* The shortest of the two that reads back as the same number. */
void json_put_double(struct json_writer *w, const char *name, double value)
{
	char number[40];

	if (!isfinite(value)) {
		json_put_null(w, name);
		return;
	}
	begin(w, name);
	snprintf(number, sizeof(number), "%.15g", value);
	if (strtod(number, NULL) != value)
		snprintf(number, sizeof(number), "%.17g", value);
	buf_adds(w->out, number);
}

void json_put_bool(struct json_writer *w, const char *name, bool value)
{
	begin(w, name);
	buf_adds(w->out, value ? "true" : "false");
}

void json_put_null(struct json_writer *w, const char *name)
{
	begin(w, name);
	buf_adds(w->out, "null");
}
