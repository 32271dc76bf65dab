#include "net/json_check.h"

#include <endian.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/i18n.h"

/* cJSON copies a number into 64 bytes before it reads it; what is longer it would cut. */
#define NUMBER_MAX 63

struct scan {
	const unsigned char *start;
	const unsigned char *p;
	const unsigned char *end;
	int depth;
	const char *slip;	/* why it stopped; NULL while all is well */
};

static bool fail(struct scan *s, const char *slip)
{
	s->slip = slip;
	return false;
}

#define ONES 0x0101010101010101u
#define HIGHS (ONES * 0x80)

/* Passes over what needs no look inside a string, eight bytes at a time. A byte that does is flagged
 * by its top bit; a borrow can flag only bytes that come after one, so the lowest flag is right. */
static const unsigned char *skip_plain(const unsigned char *p, const unsigned char *end)
{
	while (end - p >= 8) {
		uint64_t v, quote, slash, flags;

		memcpy(&v, p, sizeof(v));
		v = le64toh(v);
		quote = v ^ ONES * '"';
		slash = v ^ ONES * '\\';
		flags = (v | (v - ONES * 0x20) | (quote - ONES) | (slash - ONES)) & HIGHS;
		if (flags)
			return p + (__builtin_ctzll(flags) >> 3);
		p += 8;
	}
	while (p < end && *p >= 0x20 && *p < 0x80 && *p != '"' && *p != '\\')
		p++;
	return p;
}

static bool continues(const unsigned char *p, int n)
{
	for (int i = 1; i <= n; i++)
		if ((p[i] & 0xc0) != 0x80)
			return false;
	return true;
}

/* Bytes of the character of several bytes at p; 0 when it is not one: cut, overlong, a surrogate,
 * beyond U+10FFFF. */
static int utf8_bytes(const unsigned char *p, const unsigned char *end)
{
	if (*p >= 0xc2 && *p <= 0xdf)
		return end - p >= 2 && continues(p, 1) ? 2 : 0;
	if ((*p & 0xf0) == 0xe0) {
		if (end - p < 3 || !continues(p, 2))
			return 0;
		if ((*p == 0xe0 && p[1] < 0xa0) || (*p == 0xed && p[1] > 0x9f))
			return 0;
		return 3;
	}
	if (*p >= 0xf0 && *p <= 0xf4) {
		if (end - p < 4 || !continues(p, 3))
			return 0;
		if ((*p == 0xf0 && p[1] < 0x90) || (*p == 0xf4 && p[1] > 0x8f))
			return 0;
		return 4;
	}
	return 0;
}

/* Runs of Cyrillic are pairs of bytes: the common case stays in this loop. */
static bool scan_high(struct scan *s)
{
	while (s->p < s->end && *s->p >= 0x80) {
		int n = utf8_bytes(s->p, s->end);

		if (!n)
			return fail(s, N_("a text is not UTF-8"));
		s->p += n;
	}
	return true;
}

/* cJSON takes four characters that are no hexadecimal digits for a NUL, and a NUL for the string's
 * end. Pairs of surrogates it checks. */
static bool scan_unicode(struct scan *s)
{
	const char *hex = (const char *)s->p + 2;

	if (s->end - s->p < 6)
		return fail(s, N_("a text has no end"));
	for (int i = 0; i < 4; i++)
		if (!memchr("0123456789abcdefABCDEF", hex[i], 22))
			return fail(s, N_("a text holds an unknown escape"));
	if (memcmp(hex, "0000", 4) == 0)
		return fail(s, N_("a text holds a NUL character"));
	s->p += 6;
	return true;
}

static bool scan_escape(struct scan *s)
{
	if (s->end - s->p < 2)
		return fail(s, N_("a text has no end"));
	if (s->p[1] == 'u')
		return scan_unicode(s);
	if (!memchr("\"\\/bfnrt", s->p[1], 8))
		return fail(s, N_("a text holds an unknown escape"));
	s->p += 2;
	return true;
}

static bool scan_string(struct scan *s)
{
	s->p++;
	for (;;) {
		s->p = skip_plain(s->p, s->end);
		if (s->p == s->end)
			return fail(s, N_("a text has no end"));
		if (*s->p == '"') {
			s->p++;
			return true;
		}
		if (*s->p == '\\') {
			if (!scan_escape(s))
				return false;
		} else if (*s->p >= 0x80) {
			if (!scan_high(s))
				return false;
		} else {
			return fail(s, N_("a text holds a control character"));
		}
	}
}

static const unsigned char *digits(const unsigned char *p, const unsigned char *end)
{
	while (p < end && *p >= '0' && *p <= '9')
		p++;
	return p;
}

/* -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)? */
static bool scan_number(struct scan *s)
{
	static const char slip[] = N_("a number is not well formed");
	const unsigned char *p = s->p + (*s->p == '-'), *from = p;

	p = digits(p, s->end);
	if (p == from || (*from == '0' && p - from > 1))
		return fail(s, slip);
	if (p < s->end && *p == '.') {
		from = ++p;
		p = digits(p, s->end);
		if (p == from)
			return fail(s, slip);
	}
	if (p < s->end && (*p == 'e' || *p == 'E')) {
		p++;
		p += p < s->end && (*p == '+' || *p == '-');
		from = p;
		p = digits(p, s->end);
		if (p == from)
			return fail(s, slip);
	}
	if (p - s->p > NUMBER_MAX)
		return fail(s, N_("a number is too long"));
	s->p = p;
	return true;
}

static bool scan_token(struct scan *s)
{
	switch (*s->p) {
	case '"':
		return scan_string(s);
	case '{':
	case '[':
		if (++s->depth > JSON_DEPTH_MAX)
			return fail(s, N_("it is nested too deeply"));
		s->p++;
		return true;
	case '}':
	case ']':
		s->depth--;
		s->p++;
		return true;
	case ' ':
	case '\t':
	case '\n':
	case '\r':
	case ',':
	case ':':
		s->p++;
		return true;
	case '-':
	case '0':
	case '1':
	case '2':
	case '3':
	case '4':
	case '5':
	case '6':
	case '7':
	case '8':
	case '9':
		return scan_number(s);
	default:
		break;
	}
	/* true, false and null: cJSON knows how they are written. */
	if (*s->p < 'a' || *s->p > 'z')
		return fail(s, N_("there is a character that does not belong there"));
	s->p++;
	return true;
}

const char *json_check_bytes(const char *body, size_t len, size_t *where)
{
	struct scan s = {
		.start = (const unsigned char *)body,
		.p = (const unsigned char *)body,
		.end = (const unsigned char *)body + len,
	};

	while (s.p < s.end && scan_token(&s))
		;
	*where = (size_t)(s.p - s.start);
	return s.slip;
}
