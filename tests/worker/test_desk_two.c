/* Two shops in one program: a worker each, at the same time, and neither sees the other's orders. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "tests/lib/check.h"
#include "tests/worker/bench.h"

#define ROUNDS 10

static struct bench *one, *two;

static int setup(void **state)
{
	(void)state;
	one = bench_open(market_start(&(struct market_options){ .orders = 60, .seed = 5 }));
	two = bench_open(market_start(&(struct market_options){ .orders = 60, .seed = 6 }));
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	bench_close(one);
	bench_close(two);
	return 0;
}

static void order(struct bench *b, const char *code)
{
	char *json = xasprintf("{\"code\":\"%s\",\"mode\":\"pickup\",\"state\":\"NEW\"}", code);

	market_order(b->market, json);
	free(json);
	assert_int_equal(bench_lookup(b, code)->kind, EVENT_DONE);
}

static void both_read_at_the_same_time(void **state)
{
	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		uint64_t first = desk_post(one->desk, request_new(REQUEST_REFRESH));
		uint64_t second = desk_post(two->desk, request_new(REQUEST_REFRESH));

		assert_int_equal(bench_end(one, first)->kind, EVENT_DONE);
		assert_int_equal(bench_end(two, second)->kind, EVENT_DONE);
	}
}

/* The same number on both marketplaces: what is done here is not done there. */
static void an_action_stays_in_its_shop(void **state)
{
	uint64_t reads;

	(void)state;
	order(one, "412000001");
	order(two, "412000001");
	reads = desk_post(two->desk, request_new(REQUEST_REFRESH));
	bench_ended(one, bench_act(one, "412000001", "accept", NULL), ACTION_DONE);
	assert_int_equal(bench_end(two, reads)->kind, EVENT_DONE);
	bench_truth(one, "412000001", "status", "ACCEPTED_BY_MERCHANT");
	bench_truth(two, "412000001", "status", "APPROVED_BY_BANK");
	bench_ended(two, bench_act(two, "412000001", "cancel",
		(const char *[]){ "reason", "MERCHANT_OUT_OF_STOCK", NULL }), ACTION_DONE);
	bench_truth(one, "412000001", "status", "ACCEPTED_BY_MERCHANT");
}

static void one_ends_while_the_other_goes_on(void **state)
{
	uint64_t reads;

	(void)state;
	reads = desk_post(two->desk, request_new(REQUEST_REFRESH));
	desk_post(one->desk, request_new(REQUEST_REFRESH));
	bench_stop(one);
	assert_int_equal(bench_end(two, reads)->kind, EVENT_DONE);
	bench_start(one, false);
	assert_int_equal(bench_refresh(one)->kind, EVENT_DONE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(both_read_at_the_same_time),
		TEST(an_action_stays_in_its_shop),
		TEST(one_ends_while_the_other_goes_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
