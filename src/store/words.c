#include "store/words.h"

#include <string.h>

#include "base/text.h"

#define NATIONAL 10	/* digits of a phone without its country's */
#define TAIL 4		/* digits that a buyer is asked for */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool has_letters_beyond_ascii(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s >= 0x80)
			return true;
	return false;
}

static void add_field(struct buf *out, const char *s)
{
	if (!*s)
		return;
	buf_addc(out, ' ');
	text_fold(out, s);
	if (!has_letters_beyond_ascii(s))
		return;
	buf_addc(out, ' ');
	text_fold_latin(out, s);
}

/* Digits of s into out[cap]; returns how many, cap + 1 when there are more. */
static size_t digits_of(const char *s, char *out, size_t cap)
{
	size_t n = 0;

	for (; *s; s++) {
		if (!is_digit(*s))
			continue;
		if (n == cap)
			return cap + 1;
		out[n++] = *s;
	}
	return n;
}

/* A phone is found with and without the country's 7, and by its end. */
static void add_phone(struct buf *out, const char *phone)
{
	char digits[16], *national = digits;
	size_t n = digits_of(phone, digits, sizeof(digits));

	if (n < TAIL || n > sizeof(digits))
		return;
	if (n == NATIONAL + 1 && (digits[0] == '7' || digits[0] == '8')) {
		national++;
		n--;
	}
	if (n == NATIONAL) {
		buf_add(out, " 7", 2);
		buf_add(out, national, n);
	}
	buf_addc(out, ' ');
	buf_add(out, national, n);
	buf_addc(out, ' ');
	buf_add(out, national + n - TAIL, TAIL);
}

void words_of_order(struct buf *out, const struct order *o)
{
	text_fold(out, o->code);
	add_phone(out, o->phone);
	add_field(out, o->customer);
	add_field(out, o->address);
	if (!strstr(o->address, o->town))
		add_field(out, o->town);
}

void words_of_entries(struct buf *out, const struct entry_list *entries)
{
	for (size_t i = 0; i < entries->n; i++) {
		add_field(out, entries->items[i].article);
		add_field(out, entries->items[i].name);
	}
}

/* "+7 (701) 123-45-67" and "8701 1234567" are one word, as it stands in the order. */
static bool parse_phone(struct words *w, const char *typed)
{
	char digits[NATIONAL + 1];
	size_t n = digits_of(typed, digits, sizeof(digits));

	if (typed[strspn(typed, "0123456789 +-()")] || (n != NATIONAL && n != NATIONAL + 1))
		return false;
	if (n == NATIONAL + 1 && digits[0] == '8')
		digits[0] = '7';
	buf_add(&w->text, digits, n);
	return true;
}

void words_parse(struct words *w, const char *typed)
{
	const char *s;
	size_t at = 0, len;

	*w = (struct words){ .text = BUF_INIT(BUF_MAX_LINE) };
	if (!parse_phone(w, typed))
		text_fold(&w->text, typed);
	s = buf_str(&w->text);
	while (w->n < WORDS_MAX) {
		at += strspn(s + at, " ");
		len = strcspn(s + at, " ");
		if (!len)
			break;
		w->word[w->n].at = at;
		w->word[w->n++].len = len;
		at += len;
	}
}

void words_clear(struct words *w)
{
	buf_clear(&w->text);
	w->n = 0;
}

static bool has_start(const char *text, const char *word, size_t len)
{
	while (*text) {
		text += *text == ' ';
		if (!strncmp(text, word, len))
			return true;
		text = strchrnul(text, ' ');
	}
	return false;
}

bool words_match(const struct words *w, const char *text, const char *goods)
{
	for (size_t i = 0; i < w->n; i++) {
		const char *word = buf_str(&w->text) + w->word[i].at;

		if (!has_start(text, word, w->word[i].len) && !has_start(goods, word, w->word[i].len))
			return false;
	}
	return true;
}

void words_query(const struct words *w, struct buf *out)
{
	/* Folded words hold letters and digits alone, so that no quote can end early. */
	for (size_t i = 0; i < w->n; i++)
		buf_addf(out, "\"%.*s\"* ", (int)w->word[i].len, buf_str(&w->text) + w->word[i].at);
}
