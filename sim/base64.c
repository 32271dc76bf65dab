#include "sim/base64.h"

#include <string.h>

static const char DIGITS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static size_t encode(char *out, const char *text, size_t len)
{
	const unsigned char *s = (const unsigned char *)text;
	unsigned bits = 0, have = 0;
	size_t i, n = 0;

	for (i = 0; i < len; i++) {
		bits = (bits << 8 | s[i]) & 0xffff;
		for (have += 8; have >= 6; have -= 6)
			out[n++] = DIGITS[bits >> (have - 6) & 63];
	}
	if (have)
		out[n++] = DIGITS[bits << (6 - have) & 63];
	out[n] = '\0';
	return n;
}

char *base64_encode(struct arena *a, const char *text)
{
	size_t len = strlen(text);
	char *out = arena_alloc(a, len * 4 / 3 + 3);

	encode(out, text, len);
	return out;
}

bool base64_add(struct buf *out, const char *text)
{
	char small[256];
	struct arena a = ARENA_INIT;
	size_t len = strlen(text);
	bool ok;

	if (len < 180)
		return buf_add(out, small, encode(small, text, len));
	ok = buf_adds(out, base64_encode(&a, text));
	arena_clear(&a);
	return ok;
}

char *base64_decode(struct arena *a, const char *id)
{
	char *out = arena_alloc(a, strlen(id) * 3 / 4 + 1);
	unsigned bits = 0, have = 0;
	size_t n = 0;

	for (; *id; id++) {
		const char *at = strchr(DIGITS, *id);

		if (!at)
			return NULL;
		bits = (bits << 6 | (unsigned)(at - DIGITS)) & 0xffff;
		have += 6;
		if (have < 8)
			continue;
		have -= 8;
		out[n] = (char)(bits >> have & 255);
		if (!out[n++])
			return NULL;
	}
	out[n] = '\0';
	return out;
}
