#include "base/text.h"

#include <stdint.h>
#include <string.h>

#include <unictype.h>
#include <unistr.h>

#define REPLACEMENT 0xfffdUL
#define MARKS_MAX 4	/* combining marks kept on one letter */

/* What becomes of a code point. */
enum fate {
	KEEP,
	MARK,		/* kept on a letter, within limits */
	BREAK,		/* ends a line */
	BLANK,		/* becomes a space */
	REPLACE,
	DROP
};

static bool is_tail(unsigned char c)
{
	return (c & 0xc0) == 0x80;
}

/* The least second byte and the number of tail bytes that a first byte asks for; 0 for none. */
static size_t tail_bytes(unsigned char c, unsigned char *low, unsigned char *high)
{
	*low = c == 0xe0 ? 0xa0 : c == 0xf0 ? 0x90 : 0x80;
	*high = c == 0xed ? 0x9f : c == 0xf4 ? 0x8f : 0xbf;
	if (c >= 0xc2 && c <= 0xdf)
		return 1;
	if (c >= 0xe0 && c <= 0xef)
		return 2;
	return c >= 0xf0 && c <= 0xf4 ? 3 : 0;
}

/* Decodes the code point at s, len > 0, into *cp and returns its bytes. What cannot become one is
 * U+FFFD with *ok false, once for each longest start of a sequence, as browsers do. */
static size_t decode(const unsigned char *s, size_t len, unsigned long *cp, bool *ok)
{
	unsigned char low, high;
	size_t tail, i;

	*ok = true;
	*cp = s[0];
	if (s[0] < 0x80)
		return 1;
	tail = tail_bytes(s[0], &low, &high);
	*cp &= 0x3fUL >> tail;
	for (i = 1; i <= tail && i < len && s[i] >= low && s[i] <= high; i++) {
		*cp = *cp << 6 | (s[i] & 0x3f);
		low = 0x80;
		high = 0xbf;
	}
	if (tail && i > tail)
		return i;
	*ok = false;
	*cp = REPLACEMENT;
	return i;
}

static size_t encode(unsigned long cp, char *out)
{
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xc0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3f));
		return 2;
	}
	if (cp < 0x10000) {
		out[0] = (char)(0xe0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3f));
		out[2] = (char)(0x80 | (cp & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3f));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3f));
	out[3] = (char)(0x80 | (cp & 0x3f));
	return 4;
}

/* ASCII and C1, where the line breaks are. */
static enum fate fate_of_low(unsigned long cp)
{
	if (cp == '\n' || cp == '\r' || cp == '\v' || cp == '\f' || cp == 0x85)
		return BREAK;
	if (cp == '\t')
		return BLANK;
	return cp < 0x20 || cp >= 0x7f ? DROP : KEEP;
}

static bool is_invisible(unsigned long cp)
{
	/* Interlinear annotations and the joiners of hieroglyphs are controls too, though no text may
	 * ignore them. */
	return uc_is_property_default_ignorable_code_point((ucs4_t)cp) ||
		(cp >= 0xfff9 && cp <= 0xfffb) || (cp >= 0x13430 && cp <= 0x1343f);
}

static bool is_nonspacing(unsigned long cp)
{
	/* The vowels and finals of Hangul take no column after their initial. */
	return uc_is_general_category_withtable((ucs4_t)cp, UC_CATEGORY_MASK_Mn | UC_CATEGORY_MASK_Me) ||
		(cp >= 0x1160 && cp <= 0x11ff) || (cp >= 0xd7b0 && cp <= 0xd7ff);
}

/* The frequent ranges in which nothing is hostile: Latin, Cyrillic, quotes, dashes, currency, №. */
static bool is_harmless(unsigned long cp)
{
	return (cp < 0x300 && cp != 0xad) || (cp >= 0x400 && cp < 0x483) || (cp > 0x489 && cp < 0x500) ||
		(cp >= 0x2010 && cp < 0x2028) || (cp >= 0x20a0 && cp <= 0x20c0) ||
		(cp >= 0x2100 && cp < 0x218a);
}

static enum fate fate_of(unsigned long cp)
{
	if (cp < 0xa0)
		return fate_of_low(cp);
	if (is_harmless(cp))
		return KEEP;
	if (cp == 0x2028 || cp == 0x2029)
		return BREAK;
	if (is_invisible(cp) || uc_is_property_not_a_character((ucs4_t)cp))
		return DROP;
	if (is_nonspacing(cp))
		return MARK;
	return uc_is_general_category_withtable((ucs4_t)cp, UC_CATEGORY_MASK_Cn) ? REPLACE : KEEP;
}

/* Bytes at the start of s that are printable ASCII or Cyrillic letters: clean without a look at
 * any table. Nearly every field of nearly every order is nothing else. */
static size_t plain_run(const unsigned char *s, size_t len)
{
	size_t i = 0;

	while (i < len) {
		if (s[i] >= 0x20 && s[i] < 0x7f)
			i++;
		else if (s[i] >= 0xd0 && s[i] <= 0xd3 && i + 1 < len && is_tail(s[i + 1]) &&
			!(s[i] == 0xd2 && s[i + 1] >= 0x83 && s[i + 1] <= 0x89))
			i += 2;		/* U+0400 to U+04FF but for its combining marks */
		else
			break;
	}
	return i;
}

struct cleaner {
	char *out;	/* NULL while measuring */
	size_t len;
	size_t chars;
	size_t max;
	enum text_kind kind;
	unsigned marks;		/* on the last letter */
	bool gap;		/* a break was met and not yet written */
	unsigned long last;	/* the last code point written; 0 at the start */
};

static void put(struct cleaner *c, unsigned long cp)
{
	char bytes[4];
	size_t n = encode(cp, bytes);

	if (c->chars == c->max)
		return;
	if (c->out)
		memcpy(c->out + c->len, bytes, n);
	c->len += n;
	c->chars++;
	c->last = cp;
}

/* Writes the space that stands for the line breaks before this character. */
static void put_gap(struct cleaner *c)
{
	c->gap = false;
	if (c->last && c->last != ' ')
		put(c, ' ');
}

static void put_letter(struct cleaner *c, unsigned long cp)
{
	if (c->gap)
		put_gap(c);
	put(c, cp);
	c->marks = 0;
}

static void put_mark(struct cleaner *c, unsigned long cp)
{
	if (c->gap || !c->last || c->last == '\n' || c->marks == MARKS_MAX)
		return;
	put(c, cp);
	c->marks++;
}

static void put_break(struct cleaner *c)
{
	if (c->kind == TEXT_NOTE)
		put_letter(c, '\n');
	else
		c->gap = true;
}

static void scrub(struct cleaner *c, const unsigned char *s, size_t len)
{
	unsigned long cp, previous = 0;
	bool ok;

	for (size_t i = 0; i < len && c->chars < c->max; previous = cp) {
		i += decode(s + i, len - i, &cp, &ok);
		switch (fate_of(cp)) {
		case KEEP:
			put_letter(c, cp);
			break;
		case MARK:
			put_mark(c, cp);
			break;
		case BREAK:
			if (cp != '\n' || previous != '\r')
				put_break(c);
			break;
		case BLANK:
			if (c->kind == TEXT_LINE)
				c->gap = true;
			else
				put_letter(c, ' ');
			break;
		case REPLACE:
			put_letter(c, REPLACEMENT);
			break;
		case DROP:
			break;
		}
	}
}

const char *text_clean(struct arena *a, const char *s, size_t len, size_t max_chars, enum text_kind kind)
{
	const unsigned char *bytes = (const unsigned char *)s;
	struct cleaner measure = { .max = max_chars, .kind = kind }, write = measure;

	if (len <= max_chars && plain_run(bytes, len) == len)
		return arena_strndup(a, s, len);
	scrub(&measure, bytes, len);
	write.out = arena_alloc(a, measure.len + 1);
	scrub(&write, bytes, len);
	write.out[write.len] = '\0';
	return write.out;
}

bool text_is_utf8(const char *s, size_t len)
{
	const unsigned char *bytes = (const unsigned char *)s;
	unsigned long cp;
	bool ok = true;

	for (size_t i = plain_run(bytes, len); i < len && ok;) {
		i += decode(bytes + i, len - i, &cp, &ok);
		i += plain_run(bytes + i, len - i);
	}
	return ok;
}

size_t text_chars(const char *s)
{
	size_t n = 0;

	for (; *s; s++)
		n += !is_tail((unsigned char)*s);
	return n;
}

size_t text_prefix(const char *s, size_t n)
{
	size_t i = 0;

	for (; s[i]; i++)
		if (!is_tail((unsigned char)s[i]) && n-- == 0)
			break;
	return i;
}

unsigned long text_decode(const char *s, size_t *len)
{
	unsigned long cp;
	bool ok;

	*len = 0;
	if (!*s)
		return 0;
	/* The final NUL is no tail byte, so decoding stops before it. */
	*len = decode((const unsigned char *)s, 4, &cp, &ok);
	return cp;
}

bool text_encode(struct buf *out, unsigned long codepoint)
{
	char bytes[4];

	if (codepoint > 0x10ffff || (codepoint >= 0xd800 && codepoint <= 0xdfff))
		codepoint = REPLACEMENT;
	return buf_add(out, bytes, encode(codepoint, bytes));
}
