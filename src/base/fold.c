#include "base/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

#include "base/mem.h"

#define CYRILLIC_FIRST 0x400UL
#define CYRILLIC_LAST 0x4ffUL
#define LETTER_MAX 8	/* bytes that one letter becomes: "shch" is the longest */

/* One call's work: bytes gather in `held` so that the buffer is asked seldom. */
struct folder {
	struct buf *out;
	size_t start;		/* out->len before us */
	bool latin;
	bool any;		/* something was written */
	bool gap;		/* a space is due before the next letter */
	bool failed;
	size_t used;
	char held[256];
};

static void flush(struct folder *f)
{
	if (!f->failed && !buf_add(f->out, f->held, f->used))
		f->failed = true;
	f->used = 0;
}

/* Makes room for one letter's bytes and writes the space that is due before it. */
static inline char *room(struct folder *f)
{
	if (f->used + LETTER_MAX + 1 > sizeof(f->held))
		flush(f);
	if (f->gap && f->any)
		f->held[f->used++] = ' ';
	f->gap = false;
	f->any = true;
	return f->held + f->used;
}

static inline void hold_byte(struct folder *f, char c)
{
	*room(f) = c;
	f->used++;
}

static void hold(struct folder *f, const char *bytes, size_t n)
{
	if (!n)
		return;
	memcpy(room(f), bytes, n);
	f->used += n;
}

static void hold_code_point(struct folder *f, unsigned long cp)
{
	uint8_t bytes[6];
	int n = u8_uctomb(bytes, (ucs4_t)cp, sizeof(bytes));

	if (n > 0)
		hold(f, (const char *)bytes, (size_t)n);
}

static bool is_cyrillic(unsigned long cp)
{
	return cp >= CYRILLIC_FIRST && cp <= CYRILLIC_LAST;
}

static unsigned long cyrillic_lower(unsigned long cp)
{
	if (cp < 0x410)
		return cp + 0x50;
	if (cp < 0x430)
		return cp + 0x20;
	if (cp < 0x460)
		return cp;
	if (cp == 0x4c0)
		return 0x4cf;
	if (cp > 0x4c0 && cp < 0x4cf)
		return cp + (cp & 1);
	return cp | 1;
}

/* The letter of the Russian keyboard that stands for a lower-case letter. */
static unsigned long cyrillic_neighbour(unsigned long cp)
{
	if (cp <= 0x44f)
		return cp;
	switch (cp) {
	case 0x451: return 0x435;	/* ё е */
	case 0x4d9: return 0x430;	/* ә а */
	case 0x493: return 0x433;	/* ғ г */
	case 0x49b: return 0x43a;	/* қ к */
	case 0x4a3: return 0x43d;	/* ң н */
	case 0x4e9: return 0x43e;	/* ө о */
	case 0x4b1: return 0x443;	/* ұ у */
	case 0x4af: return 0x443;	/* ү у */
	case 0x4bb: return 0x445;	/* һ х */
	case 0x456: return 0x438;	/* і и */
	case 0x457: return 0x438;	/* ї и, Ukrainian from here */
	case 0x454: return 0x435;	/* є е */
	case 0x491: return 0x433;	/* ґ г */
	case 0x45e: return 0x443;	/* ў у, Uzbek */
	case 0x4b3: return 0x445;	/* ҳ х, Uzbek */
	}
	return cp;
}

static const char latin_of_russian[32][5] = {
	"a", "b", "v", "g", "d", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p",
	"r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya"
};

static void fold_cyrillic(struct folder *f, unsigned long cp)
{
	unsigned long lower = cyrillic_lower(cp), plain = cyrillic_neighbour(lower);
	const char *latin;

	if (!f->latin || plain < 0x430 || plain > 0x44f) {
		char *p = room(f);

		p[0] = (char)(0xc0 | plain >> 6);
		p[1] = (char)(0x80 | (plain & 0x3f));
		f->used += 2;
		return;
	}
	latin = lower == 0x4bb ? "h" : latin_of_russian[plain - 0x430];
	hold(f, latin, strlen(latin));
}

static void fold_ascii(struct folder *f, char c)
{
	if (c >= 'A' && c <= 'Z')
		c = (char)(c + ('a' - 'A'));
	if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9'))
		f->gap = true;
	else if (f->latin && c == 'j')
		hold(f, "zh", 2);
	else
		hold_byte(f, f->latin && c == 'q' ? 'k' : c);
}

/* A letter after case folding and decomposition, or a mark that came off it. */
static void fold_part(struct folder *f, unsigned long cp)
{
	if (cp < 0x80)
		fold_ascii(f, (char)cp);
	else if (cp == 0x131)		/* ı of Turkish and of the Kazakh Latin alphabet */
		hold_byte(f, 'i');
	else if (uc_decimal_value((ucs4_t)cp) >= 0)
		hold_code_point(f, (unsigned long)('0' + uc_decimal_value((ucs4_t)cp)));
	else if (uc_is_general_category_withtable((ucs4_t)cp, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N))
		hold_code_point(f, cp);
}

/* Everything that is neither ASCII nor Cyrillic: é as e, ﬁ as fi, １ as 1. */
static void fold_other(struct folder *f, const char *s, size_t len)
{
	unsigned long cp = text_decode(s, &len);
	uint8_t *parts;
	size_t n = 0, step;

	if (uc_is_general_category_withtable((ucs4_t)cp, UC_CATEGORY_MASK_M))
		return;
	if (!uc_is_general_category_withtable((ucs4_t)cp, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N)) {
		f->gap = true;
		return;
	}
	parts = u8_casefold((const uint8_t *)s, len, NULL, UNINORM_NFKD, NULL, &n);
	if (!parts)
		return;
	for (size_t i = 0; i < n; i += step) {
		ucs4_t part;

		step = (size_t)u8_mbtouc(&part, parts + i, n - i);
		if (is_cyrillic(part))
			fold_cyrillic(f, part);
		else
			fold_part(f, part);
	}
	free(parts);
}

/* Whether composing could change s: whether there is more than ASCII, Cyrillic and punctuation. */
static bool may_compose(const char *s)
{
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;

		if ((c >= 0xc3 && c <= 0xcf) || c > 0xe2 || (c >= 0xd4 && c <= 0xe1))
			return true;
	}
	return false;
}

/* Cyrillic in line, as there is so much of it. */
static unsigned long decode(const char *s, size_t *len)
{
	const unsigned char *c = (const unsigned char *)s;

	if (c[0] < 0xd0 || c[0] > 0xd3 || (c[1] & 0xc0) != 0x80)
		return text_decode(s, len);
	*len = 2;
	return (c[0] & 0x1fUL) << 6 | (c[1] & 0x3f);
}

static void walk(struct folder *f, const char *s)
{
	unsigned long cp;
	size_t len;

	for (; *s; s += len) {
		len = 1;
		if (!((unsigned char)*s & 0x80)) {
			fold_ascii(f, *s);
			continue;
		}
		cp = decode(s, &len);
		if (is_cyrillic(cp) && (cp < 0x482 || cp > 0x489))
			fold_cyrillic(f, cp);
		else
			fold_other(f, s, len);
	}
}

static bool fold(struct buf *out, const char *s, bool latin)
{
	struct folder f = { .out = out, .start = out->len, .latin = latin };
	uint8_t *composed = NULL;
	size_t n = 0;

	if (may_compose(s))
		composed = u8_normalize(UNINORM_NFC, (const uint8_t *)s, strlen(s) + 1, NULL, &n);
	walk(&f, composed ? (const char *)composed : s);
	free(composed);
	flush(&f);
	if (f.failed && out->data) {
		out->len = f.start;
		out->data[out->len] = '\0';
	}
	return !f.failed;
}

bool text_fold(struct buf *out, const char *s)
{
	return fold(out, s, false);
}

bool text_fold_latin(struct buf *out, const char *s)
{
	return fold(out, s, true);
}
