/* Pre-orders whose goods arrived and what comes back, against duken-sim, with what can happen on the way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/lib/check.h"
#include "tests/worker/bench.h"

#define CODE "412000001"

static struct bench *b;

static int teardown(void **state)
{
	(void)state;
	if (b)
		bench_close(b);
	b = NULL;
	return 0;
}

static void open_with(const char *order)
{
	b = bench_open(market_start(&(struct market_options){ .seed = 3 }));
	market_order(b->market, order);
}

/* An order to pack: `more` are further members. */
#define TO_PACK(more) "{\"code\":\"" CODE "\",\"mode\":\"kaspi\",\"state\":\"KASPI_DELIVERY\"," \
	"\"status\":\"ACCEPTED_BY_MERCHANT\"," more "}"
#define PREORDER TO_PACK("\"preorder\":true")
#define COMING_BACK "{\"code\":\"" CODE "\",\"mode\":\"kaspi\",\"state\":\"KASPI_DELIVERY\"," \
	"\"status\":\"CANCELLING\",\"assembled\":true}"

static void expect_truth(const char *member, const char *value)
{
	bench_truth(b, CODE, member, value);
}

static void expect_end(const struct event *e, enum action_state state)
{
	bench_ended(b, e, state);
}

/* The service shows nothing afterwards: the mark is ours, and outlives the cache. */
static void arrived__is_marked_for_good(void **state)
{
	char *cache;

	(void)state;
	open_with(PREORDER);
	bench_lookup(b, CODE);
	assert_string_equal(bench_stored(b, CODE, "queue"), "preorders");
	expect_end(bench_act(b, CODE, "arrived", NULL), ACTION_DONE);
	expect_truth("arrived", "true");
	assert_string_equal(bench_stored(b, CODE, "queue"), "pack");
	assert_int_equal(bench_act(b, CODE, "arrived", NULL)->kind, EVENT_FAILED);
	expect_truth("requests.ARRIVED", "1");
	assert_int_equal(bench_refresh(b)->kind, EVENT_DONE);
	assert_string_equal(bench_stored(b, CODE, "queue"), "pack");
	bench_stop(b);
	assert_true(asprintf(&cache, "%s/cache.db", b->dir) > 0);
	assert_int_equal(remove(cache), 0);
	free(cache);
	bench_start(b, false);
	assert_int_equal(bench_refresh(b)->kind, EVENT_DONE);
	assert_string_equal(bench_stored(b, CODE, "queue"), "pack");
}

static void arrived__cut__is_asked_about_and_settled(void **state)
{
	struct request *settle = request_new(REQUEST_SETTLE);
	struct event *e;

	(void)state;
	open_with(PREORDER);
	bench_lookup(b, CODE);
	market_fault(b->market, "match=\"POST /v2/orders\" times=1 when=after do=drop");
	e = bench_act(b, CODE, "arrived", NULL);
	expect_end(e, ACTION_ASK);
	expect_truth("requests.ARRIVED", "1");
	settle->action_id = e->action_id;
	settle->on = true;
	assert_int_equal(bench_end(b, desk_post(b->desk, settle))->kind, EVENT_DONE);
	bench_lookup(b, CODE);
	assert_string_equal(bench_stored(b, CODE, "queue"), "pack");
}

static void arrived__no_preorder__sends_nothing(void **state)
{
	(void)state;
	open_with(TO_PACK("\"productCode\":\"101740113\""));
	assert_int_equal(bench_act(b, CODE, "arrived", NULL)->kind, EVENT_FAILED);
	expect_truth("requests.ARRIVED", "0");
}

static void returned__ends_the_order(void **state)
{
	(void)state;
	open_with(COMING_BACK);
	bench_lookup(b, CODE);
	assert_string_equal(bench_stored(b, CODE, "queue"), "returns");
	expect_end(bench_act(b, CODE, "returned", NULL), ACTION_DONE);
	expect_truth("status", "CANCELLED");
	assert_string_equal(bench_stored(b, CODE, "queue"), "archive");
}

static void returned_under(const char *fault, enum action_state end)
{
	open_with(COMING_BACK);
	bench_lookup(b, CODE);
	market_fault(b->market, fault);
	expect_end(bench_act(b, CODE, "returned", NULL), end);
	expect_truth("requests.ARRIVED_BACKWARD", "1");
}

static void returned__cut_after_applying__is_done(void **state)
{
	(void)state;
	returned_under("match=\"POST /v2/orders\" times=1 when=after do=drop", ACTION_DONE);
}

static void returned__cut_before_applying__is_not_sent_again(void **state)
{
	(void)state;
	returned_under("match=\"POST /v2/orders\" times=1 when=before do=drop", ACTION_REFUSED);
}

#define TEST(f) cmocka_unit_test_teardown(f, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(arrived__is_marked_for_good),
		TEST(arrived__cut__is_asked_about_and_settled),
		TEST(arrived__no_preorder__sends_nothing),
		TEST(returned__ends_the_order),
		TEST(returned__cut_after_applying__is_done),
		TEST(returned__cut_before_applying__is_not_sent_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
