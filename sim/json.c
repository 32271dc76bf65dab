#include "sim/json.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sim/base64.h"

static void text(struct json *j, const char *s)
{
	struct buf *out = j->out;
	const char *run = s;

	buf_addc(out, '"');
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;

		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		buf_add(out, run, (size_t)(s - run));
		if (c == '"' || c == '\\')
			buf_add(out, (char[]){ '\\', *s }, 2);
		else
			buf_addf(out, "\\u%04x", c);
		run = s + 1;
	}
	buf_add(out, run, (size_t)(s - run));
	buf_addc(out, '"');
}

static void before(struct json *j, const char *key)
{
	if (j->comma)
		buf_addc(j->out, ',');
	j->comma = true;
	if (!key)
		return;
	text(j, key);
	buf_addc(j->out, ':');
}

void json_open(struct json *j, const char *key, char bracket)
{
	before(j, key);
	buf_addc(j->out, bracket);
	j->comma = false;
}

void json_close(struct json *j, char bracket)
{
	buf_addc(j->out, bracket);
	j->comma = true;
}

void json_str(struct json *j, const char *key, const char *value)
{
	if (!value) {
		json_null(j, key);
		return;
	}
	before(j, key);
	text(j, value);
}

void json_strf(struct json *j, const char *key, const char *format, ...)
{
	char small[512], *large = NULL;
	va_list ap;
	int n;

	va_start(ap, format);
	n = vsnprintf(small, sizeof(small), format, ap);
	va_end(ap);
	if (n >= (int)sizeof(small)) {
		large = xmalloc((size_t)n + 1);
		va_start(ap, format);
		vsnprintf(large, (size_t)n + 1, format, ap);
		va_end(ap);
	}
	json_str(j, key, large ? large : small);
	free(large);
}

void json_id(struct json *j, const char *key, const char *plain)
{
	before(j, key);
	buf_addc(j->out, '"');
	base64_add(j->out, plain);
	buf_addc(j->out, '"');
}

void json_int(struct json *j, const char *key, int64_t value)
{
	char digits[24], *at = digits + sizeof(digits);
	uint64_t n = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

	do
		*--at = (char)('0' + n % 10);
	while (n /= 10);
	if (value < 0)
		*--at = '-';
	before(j, key);
	buf_add(j->out, at, (size_t)(digits + sizeof(digits) - at));
}

void json_date(struct json *j, const char *key, int64_t ms)
{
	if (ms)
		json_int(j, key, ms);
	else
		json_null(j, key);
}

void json_money(struct json *j, const char *key, int64_t value, bool whole)
{
	json_int(j, key, value);
	if (!whole)
		buf_add(j->out, ".0", 2);
}

void json_real(struct json *j, const char *key, double value)
{
	before(j, key);
	buf_addf(j->out, "%.6f", value);
}

void json_bool(struct json *j, const char *key, bool value)
{
	json_raw(j, key, value ? "true" : "false");
}

void json_null(struct json *j, const char *key)
{
	json_raw(j, key, "null");
}

void json_raw(struct json *j, const char *key, const char *value)
{
	before(j, key);
	buf_adds(j->out, value);
}
