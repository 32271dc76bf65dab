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
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* For a teardown: removes a folder of the test with all that is in it; 0 if that went well. */
static inline int unit_remove_tree(const char *dir)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		execlp("rm", "rm", "-rf", "--", dir, (char *)NULL);
		_exit(127);
	}
	return waitpid(child, &status, 0) == child ? status : -1;
}

#endif
