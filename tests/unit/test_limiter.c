#include "net/limiter.h"

#include "tests/unit/unit.h"

static void a_full_bucket_is_one_second_of_calls(void **state)
{
	struct limiter l;

	(void)state;
	limiter_init(&l, 5, 1000, 1);
	for (int i = 0; i < 5; i++)
		assert_int_equal(limiter_take(&l, 1000), 0);
	assert_int_equal(limiter_take(&l, 1000), 200);
}

static void waiting_as_told_is_enough(void **state)
{
	static const double rates[] = { 0.1, 0.3, 1, 3, 5, 7, 33, 1000 };

	(void)state;
	for (size_t i = 0; i < sizeof(rates) / sizeof(rates[0]); i++) {
		struct limiter l;
		int64_t now = 12345;
		int taken = 0;

		limiter_init(&l, rates[i], now, 1);
		while (taken < 2000) {
			const int64_t wait = limiter_take(&l, now);

			taken += !wait;
			if (!wait)
				continue;
			now += wait;
			assert_int_equal(limiter_take(&l, now), 0);
			taken++;
		}
		/* Never more than the rate and one bucket. */
		assert_true(taken <= (double)(now - 12345) * rates[i] / 1000 + rates[i] + 2);
	}
}

static void idle_time_is_not_saved_up(void **state)
{
	struct limiter l;
	int taken = 0;

	(void)state;
	limiter_init(&l, 5, 0, 1);
	while (!limiter_take(&l, 3600 * 1000))
		taken++;
	assert_int_equal(taken, 5);
}

static void a_slow_limit_still_lets_one_through(void **state)
{
	struct limiter l;

	(void)state;
	limiter_init(&l, 0.1, 0, 1);
	assert_int_equal(limiter_take(&l, 0), 0);
	assert_int_equal(limiter_take(&l, 0), 10000);
	assert_int_equal(limiter_take(&l, 9999), 1);
	assert_int_equal(limiter_take(&l, 10000), 0);
}

static void a_clock_that_steps_back_grants_nothing(void **state)
{
	struct limiter l;

	(void)state;
	limiter_init(&l, 1, 10000, 1);
	assert_int_equal(limiter_take(&l, 10000), 0);
	assert_int_equal(limiter_take(&l, 0), 1000);
	assert_int_equal(limiter_take(&l, 10999), 1);
}

static void the_server_says_how_long(void **state)
{
	struct limiter l;

	(void)state;
	limiter_init(&l, 5, 0, 1);
	limiter_failed(&l, 0, 7000);
	assert_int_equal(limiter_blocked_ms(&l, 0), 7000);
	assert_int_equal(limiter_take(&l, 6999), 1);
	assert_int_equal(limiter_take(&l, 7000), 0);
	limiter_failed(&l, 7000, 0);
	assert_int_equal(limiter_take(&l, 7000), 0);
}

static void the_longest_wait_holds_and_ends_after_15_minutes(void **state)
{
	struct limiter l;

	(void)state;
	limiter_init(&l, 5, 0, 1);
	limiter_failed(&l, 0, INT64_MAX);
	assert_int_equal(limiter_blocked_ms(&l, 0), 15 * 60 * 1000);
	limiter_failed(&l, 10, 100);
	assert_int_equal(limiter_blocked_ms(&l, 10), 15 * 60 * 1000 - 10);
	assert_int_equal(limiter_blocked_ms(&l, 15 * 60 * 1000), 0);
}

static void waits_double_up_to_eight_seconds(void **state)
{
	static const int64_t want[] = { 1000, 2000, 4000, 8000, 8000, 8000 };

	(void)state;
	for (uint64_t seed = 0; seed < 200; seed++) {
		struct limiter l;
		int64_t now = 0;

		limiter_init(&l, 5, now, seed);
		for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
			int64_t wait;

			limiter_failed(&l, now, -1);
			wait = limiter_blocked_ms(&l, now);
			assert_in_range(wait, want[i] * 3 / 4, want[i] * 5 / 4);
			now += wait;
		}
		limiter_succeeded(&l);
		limiter_failed(&l, now, -1);
		assert_in_range(limiter_blocked_ms(&l, now), 750, 1250);
	}
}

static void calls_that_fail_side_by_side_are_one_failure(void **state)
{
	struct limiter l;

	(void)state;
	limiter_init(&l, 5, 0, 1);
	for (int i = 0; i < 4; i++)
		limiter_failed(&l, 0, -1);
	assert_in_range(limiter_blocked_ms(&l, 0), 750, 1250);
}

static void shops_do_not_knock_in_step(void **state)
{
	struct limiter a, b;

	(void)state;
	limiter_init(&a, 5, 0, 1);
	limiter_init(&b, 5, 0, 2);
	limiter_failed(&a, 0, -1);
	limiter_failed(&b, 0, -1);
	assert_int_not_equal(limiter_blocked_ms(&a, 0), limiter_blocked_ms(&b, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_full_bucket_is_one_second_of_calls),
		cmocka_unit_test(waiting_as_told_is_enough),
		cmocka_unit_test(idle_time_is_not_saved_up),
		cmocka_unit_test(a_slow_limit_still_lets_one_through),
		cmocka_unit_test(a_clock_that_steps_back_grants_nothing),
		cmocka_unit_test(the_server_says_how_long),
		cmocka_unit_test(the_longest_wait_holds_and_ends_after_15_minutes),
		cmocka_unit_test(waits_double_up_to_eight_seconds),
		cmocka_unit_test(calls_that_fail_side_by_side_are_one_failure),
		cmocka_unit_test(shops_do_not_knock_in_step),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
