/* Money is whole tenge in an int64_t. */
#ifndef BASE_MONEY_H
#define BASE_MONEY_H

#include <stddef.h>
#include <stdint.h>

/* "12 990 ₸": groups of three by a no-break space; "тг" where the locale cannot show the sign is the
 * screen's business. cap >= 40. */
void money_format(int64_t tenge, char *out, size_t cap);
/* "12 990" alone. */
void number_format(int64_t n, char *out, size_t cap);
/* The sum of numbers from outside: too much stays too much. */
int64_t number_plus(int64_t a, int64_t b);

#endif
