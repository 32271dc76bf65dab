#include "base/barcode.h"

#include <ctype.h>
#include <string.h>

#include <unicase.h>

#define AIM_LEN 3	/* "]", the kind of code, how it was treated */

static bool is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

/* Caps Lock makes capitals of the Kazakh letters of the number row, which are other characters then. */
static uint32_t meant(enum layout layout, uint32_t typed)
{
	uint32_t c = layout_meant(layout, typed);
	if (typed >= 0x80 && !is_digit(c)) {
		uint32_t small = layout_meant(layout, uc_tolower(typed));
		if (is_digit(small))
			return small;
	}
	return c;
}

static bool is_aim(const char *text, size_t n)
{
	return n > AIM_LEN && text[0] == ']' && isalpha((unsigned char)text[1]) &&
		isalnum((unsigned char)text[2]);
}

/* With `lock` as under Caps Lock. Returns the length; 0 when the layout does not type it. */
static size_t map(enum layout layout, bool lock, const uint32_t *typed, size_t n, char out[BARCODE_MAX + 1])
{
	size_t len = 0;
	if (n > BARCODE_MAX)
		return 0;
	for (size_t i = 0; i < n; i++) {
		if (typed[i] < ' ')
			continue;
		uint32_t c = lock ? meant(layout, typed[i]) : layout_meant(layout, typed[i]);
		if (c == 0)
			return 0;
		out[len++] = (char)c;
	}
	out[len] = '\0';
	if (is_aim(out, len)) {
		len -= AIM_LEN;
		memmove(out, out + AIM_LEN, len + 1);
	}
	return len;
}

static bool all_digits(const char *text)
{
	return *text != '\0' && text[strspn(text, "0123456789")] == '\0';
}

static bool is_ascii(const uint32_t *typed, size_t n)
{
	size_t i = 0;
	while (i < n && typed[i] < 0x80)
		i++;
	return i == n;
}

static bool read_number(const uint32_t *typed, size_t n, struct barcode *out)
{
	int locks = is_ascii(typed, n) ? 1 : 2;
	for (int lock = 0; lock < locks; lock++) {
		for (int i = 0; i < LAYOUTS; i++) {
			out->layout = (enum layout)i;
			if (map(out->layout, lock, typed, n, out->text) > 0 && all_digits(out->text))
				return true;
		}
	}
	return false;
}

/* Asked at every key, and nearly always of keys that are plainly no number, or plainly one. */
bool barcode_is_number(const uint32_t *typed, size_t n, size_t min)
{
	struct barcode r;
	size_t plain = 0;
	while (plain < n && is_digit(typed[plain]))
		plain++;
	if (n < min || plain == n)
		return n >= min && n > 0;
	return read_number(typed, n, &r) && strlen(r.text) >= min;
}

bool barcode_read_as(enum layout layout, const uint32_t *typed, size_t n, char out[BARCODE_MAX + 1])
{
	return map(layout, false, typed, n, out) > 0;
}

static bool is_new(const struct readings *r, const char *text)
{
	for (size_t i = 0; i < r->n; i++) {
		if (strcmp(r->items[i].text, text) == 0)
			return false;
	}
	return true;
}

void barcode_read(const uint32_t *typed, size_t n, struct readings *out)
{
	out->number = read_number(typed, n, &out->items[0]);
	out->n = out->number ? 1 : 0;
	for (int i = 0; i < LAYOUTS && !out->number; i++) {
		struct barcode *r = &out->items[out->n];
		r->layout = (enum layout)i;
		if (barcode_read_as(r->layout, typed, n, r->text) && is_new(out, r->text))
			out->n++;
	}
}
