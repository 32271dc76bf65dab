#include "base/money.h"

#include <stdio.h>
#include <string.h>

#define NO_BREAK_SPACE "\u00a0"

void number_format(int64_t n, char *out, size_t cap)
{
	char digits[24];
	uint64_t magnitude = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	int count = snprintf(digits, sizeof(digits), "%llu", (unsigned long long)magnitude);
	char text[40], *p = text;

	if (n < 0)
		*p++ = '-';
	for (int i = 0; i < count; i++) {
		if (i && (count - i) % 3 == 0)
			p = stpcpy(p, NO_BREAK_SPACE);
		*p++ = digits[i];
	}
	*p = '\0';
	snprintf(out, cap, "%s", text);
}

void money_format(int64_t tenge, char *out, size_t cap)
{
	char number[40];

	number_format(tenge, number, sizeof(number));
	snprintf(out, cap, "%s" NO_BREAK_SPACE "₸", number);
}

int64_t number_plus(int64_t a, int64_t b)
{
	int64_t sum;

	return __builtin_add_overflow(a, b, &sum) ? INT64_MAX : sum;
}
