/* The first pass over the archive rang the bell for "72 new orders" that were finished long ago. */
#include "tests/unit/unit.h"
#include "tests/worker/bench.h"

static size_t rung;

static bool counts_until_the_end(const struct event *e, const void *arg)
{
	if (e->kind == EVENT_CHANGED)
		rung += e->added;
	return e->reply_to == *(const uint64_t *)arg && e->kind == EVENT_DONE;
}

static void finished_orders_are_no_news(void **state)
{
	struct bench *b = bench_open(market_start(&(struct market_options){ .seed = 5 }));
	uint64_t id;

	(void)state;
	market_order(b->market, "{\"code\":\"412000001\",\"mode\":\"pickup\",\"state\":\"NEW\"}");
	market_order(b->market, "{\"code\":\"412000002\",\"mode\":\"pickup\",\"state\":\"ARCHIVE\","
		"\"status\":\"COMPLETED\"}");
	id = desk_post(b->desk, request_new(REQUEST_REFRESH));
	assert_int_equal(bench_wait(b, counts_until_the_end, &id, "the end")->added, 2);
	assert_int_equal(rung, 1);
	assert_string_equal(bench_stored(b, "412000002", "queue"), "archive");
	bench_close(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finished_orders_are_no_news),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
