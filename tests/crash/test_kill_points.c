/* A command is killed at every call that writes to the store or to the network; the next desk on that
 * store loses nothing and does nothing twice. */
#include "tests/crash/series.h"

static const struct hit kill_it = { .what = "signal=SIGKILL" };

static void try_deed(const struct deed *deed, size_t few)
{
	struct point_list list = { .n = 0 };
	struct ground g;

	series_open(&g, deed, &list, few);
	ground_try(&g, &list, &kill_it, NULL, NULL);
	series_close(&g, &list, "killed");
}

static void accepting(void **state)
{
	(void)state;
	try_deed(&deed_accept, 0);
}

static void cancelling(void **state)
{
	(void)state;
	try_deed(&deed_cancel, 0);
}

static void sending_the_code(void **state)
{
	(void)state;
	try_deed(&deed_send_code, 0);
}

static void handing_out(void **state)
{
	(void)state;
	try_deed(&deed_complete, 0);
}

static void assembling(void **state)
{
	(void)state;
	try_deed(&deed_assemble, 15);
}

static void accepting_many(void **state)
{
	(void)state;
	try_deed(&deed_bulk, 15);
}

static void making_a_store(void **state)
{
	(void)state;
	try_deed(&deed_first_sync, 15);
}

static void reading_orders(void **state)
{
	(void)state;
	try_deed(&deed_sync, 15);
}

static void beginning_the_cache_anew(void **state)
{
	(void)state;
	try_deed(&deed_anew, 15);
}

/* What was shown as queued is in the journal. */
static void accepting_in_a_desk(void **state)
{
	(void)state;
	try_deed(&deed_desk, 40);
}

/* With an argument: only the tests of that name, "accepting*". */
int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(accepting),
		cmocka_unit_test(cancelling),
		cmocka_unit_test(sending_the_code),
		cmocka_unit_test(handing_out),
		cmocka_unit_test(assembling),
		cmocka_unit_test(accepting_many),
		cmocka_unit_test(making_a_store),
		cmocka_unit_test(reading_orders),
		cmocka_unit_test(beginning_the_cache_anew),
		cmocka_unit_test(accepting_in_a_desk),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return series_possible() ? cmocka_run_group_tests(tests, NULL, NULL) : 0;
}
