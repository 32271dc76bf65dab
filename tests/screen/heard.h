/* What a program sent besides its picture: sequences and bells. Failing ends the cmocka test with the screen. */
#ifndef TESTS_SCREEN_HEARD_H
#define TESTS_SCREEN_HEARD_H

#include "tests/screen/screen.h"

/* How often the bytes came since the mark. */
size_t heard_count(struct screen *s, size_t mark, const char *bytes);
/* Waits until they came n times. */
#define heard_wait(s, mark, bytes, n) (CHECK_HERE(), heard_do_wait((s), (mark), (bytes), (n)))
void heard_do_wait(struct screen *s, size_t mark, const char *bytes, size_t n);
/* Waits until it rang n times. */
#define heard_bells(s, n) (CHECK_HERE(), heard_do_bells((s), (n)))
void heard_do_bells(struct screen *s, int n);

#endif
