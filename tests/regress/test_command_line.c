/* Words of a command that can be read in two ways: the last of two codes was sent as the buyer's, and a
 * search for something that is no text found every order. */
#include "tests/cli/house.h"

static struct market *m;

static void an_option_twice__is_refused(void **state)
{
	(void)state;
	cli(m, "complete", "400000001", "--code", "1234", "--code", "5678", NULL);
	cli_expect(2, "--code was given twice");
	cli(m, "sync", "--full", "--full", NULL);
	assert_int_equal(cli_status(), 0);
}

static void a_search_for_no_text__is_refused(void **state)
{
	(void)state;
	cli(m, "orders", "--search", "\xff\xfe", NULL);
	cli_expect(2, "--search");
	assert_string_equal(cli_out(), "");
}

static int setup(void **state)
{
	(void)state;
	m = cli_market(5);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	cli_clear();
	market_stop(m);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_option_twice__is_refused),
		cmocka_unit_test(a_search_for_no_text__is_refused),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
