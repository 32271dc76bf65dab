/* What every unit test includes: cmocka with the headers that it wants before its own.
 *
 *	static void sum_of_nothing_is_zero(void **state) { (void)state; assert_int_equal(...); }
 *
 *	int main(void)
 *	{
 *		const struct CMUnitTest tests[] = { cmocka_unit_test(sum_of_nothing_is_zero) };
 *
 *		return cmocka_run_group_tests(tests, NULL, NULL);
 *	}
 *
 * One group for each program, as TAP has one plan. The TAP of cmocka 1.1.5 says "not ok" of a skipped
 * test, so skip() fails: leave out what cannot run. Print nothing to standard output. */
#ifndef TESTS_UNIT_UNIT_H
#define TESTS_UNIT_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
