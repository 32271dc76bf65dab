/* Deadlines of tests: waiting is always for something, and always ends.
 *
 * DUKEN_TEST_PATIENCE=8 in the environment stretches every deadline (valgrind, a loaded machine); it
 * never makes a passing test slower. */
#ifndef TESTS_LIB_PATIENCE_H
#define TESTS_LIB_PATIENCE_H

#include <stdint.h>

int64_t mono_ms(void);
int64_t mono_us(void);
/* The monotonic time `ms` from now, stretched. */
int64_t deadline_in(int64_t ms);
/* Milliseconds left, 0 when it has passed; fits poll(). */
int deadline_left(int64_t deadline);

#endif
