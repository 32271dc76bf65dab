/* A batch beside what else is done, without a link, without a token, and with orders that nothing can be done to. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "tests/worker/crowd.h"

#define SOME 30

static bool is_batch(const struct event *e, const void *arg)
{
	return e->kind == EVENT_BATCH && e->batch_id == *(const int64_t *)arg;
}

/* ---- the others -------------------------------------------------------------------------------- */

static bool is_end_of(const struct event *e, const void *arg)
{
	return e->kind == EVENT_DONE && e->reply_to == *(const uint64_t *)arg;
}

/* Somebody at the counter does not wait for the batch. */
static void work_by_hand_comes_first(void **state)
{
	struct batch_counts c;
	uint64_t request, act;
	int64_t batch;

	(void)state;
	crowd_prepare(SOME + 1);
	b->shop->requests_per_second = 20;
	batch = crowd_start(SOME, &request);
	crowd_wait_ended(batch, 1);
	act = bench_post_act(b, "412000031", "accept", NULL, false);
	bench_wait(b, is_end_of, &act, "the end of the action by hand");
	crowd_counts(batch, &c);
	assert_true(c.waiting > SOME / 2);
	assert_int_equal(crowd_number("412000031", "applied.ACCEPTED_BY_MERCHANT"), 1);
	assert_int_equal(bench_end(b, request)->kind, EVENT_DONE);
	crowd_agrees(batch, SOME);
}

/* Without a link the batch waits as one, and goes on as one. */
static void offline__it_waits_and_goes_on(void **state)
{
	struct batch_counts c;
	uint64_t request;
	int64_t batch;

	(void)state;
	crowd_prepare(SOME);
	b->shop->grace_s = 3;	/* so that each order is looked at again */
	bench_start(b, false);
	assert_int_equal(bench_refresh(b)->kind, EVENT_DONE);
	market_fault(b->market, CROWD_LOOK "do=drop");
	batch = crowd_confirm(SOME, &request);
	bench_wait_link(b, LINK_OFFLINE);
	crowd_counts(batch, &c);
	assert_int_equal(c.waiting, SOME);
	market_no_faults(b->market);
	assert_int_equal(bench_end(b, request)->kind, EVENT_DONE);
	crowd_agrees(batch, SOME);
}

/* A command tries again before it leaves what waits to the next desk. */
static void a_command_bears_with_a_short_fault(void **state)
{
	struct request *r;
	uint64_t request;
	int64_t batch;

	(void)state;
	crowd_prepare(SOME);
	b->shop->requests_per_second = 10;	/* so that orders are looked at again */
	bench_start(b, false);
	assert_int_equal(bench_refresh(b)->kind, EVENT_DONE);
	market_fault(b->market, CROWD_LOOK "skip=20 times=3 do=drop");
	r = crowd_accept(SOME);
	r->no_grace = true;
	request = desk_post(b->desk, r);
	batch = bench_wait(b, crowd_is_queued, &request, "that it is written down")->batch_id;
	crowd_wait_ended(batch, SOME);
	crowd_agrees(batch, SOME);
}

/* Without a link a command does not try each of them. */
static void a_command_gives_up_without_a_link(void **state)
{
	struct batch_counts c;
	struct request *r;
	uint64_t request;
	int64_t batch;

	(void)state;
	crowd_prepare(SOME);
	b->shop->requests_per_second = 10;
	bench_start(b, false);
	assert_int_equal(bench_refresh(b)->kind, EVENT_DONE);
	market_fault(b->market, CROWD_LOOK "skip=10 do=drop");
	r = crowd_accept(SOME);
	r->no_grace = true;
	request = desk_post(b->desk, r);
	batch = bench_wait(b, crowd_is_queued, &request, "that it is written down")->batch_id;
	assert_int_equal(bench_end(b, request)->kind, EVENT_DONE);
	crowd_counts(batch, &c);
	assert_true(c.waiting > 0);
	assert_int_equal(c.waiting + c.done, SOME);
}

/* A token that is not known any more is not tried two hundred times. */
static void locked_out__it_pauses_itself(void **state)
{
	struct batch_counts c;
	uint64_t request;
	int64_t batch;

	(void)state;
	crowd_prepare(SOME);
	b->shop->grace_s = 3;	/* so that each order is looked at again */
	bench_start(b, false);
	assert_int_equal(bench_refresh(b)->kind, EVENT_DONE);
	market_fault(b->market, CROWD_LOOK "do=status:401");
	batch = crowd_confirm(SOME, &request);
	assert_non_null(bench_wait(b, is_batch, &batch, "that it paused itself")->message);
	market_no_faults(b->market);
	/* What was asked before has been answered by then. */
	assert_int_equal(bench_lookup(b, "412000001")->kind, EVENT_DONE);
	crowd_wait_settled(batch);
	crowd_counts(batch, &c);
	assert_int_equal(c.waiting, SOME);
	crowd_pause(batch, false);
	assert_int_equal(bench_end(b, request)->kind, EVENT_DONE);
	crowd_agrees(batch, SOME);
}

static void what_does_not_apply__is_an_item_with_a_reason(void **state)
{
	struct batch_items items = BATCH_ITEMS_INIT;
	struct request *r;
	uint64_t request;
	int64_t batch;

	(void)state;
	crowd_prepare(3);
	market_change(b->market, "412000002", "{\"state\":\"PICKUP\",\"status\":\"ACCEPTED_BY_MERCHANT\"}");
	bench_start(b, false);
	assert_int_equal(bench_refresh(b)->kind, EVENT_DONE);
	r = crowd_accept(3);
	request_add_order(r, "nobody", "499999999");
	request = desk_post(b->desk, r);
	batch = bench_wait(b, crowd_is_queued, &request, "that it is written down")->batch_id;
	assert_int_equal(bench_end(b, request)->kind, EVENT_DONE);
	assert_true(reader_batch_items(b->reader, batch, &items, NULL));
	assert_int_equal(items.n, 4);
	assert_int_equal(items.items[0].state, ACTION_DONE);
	assert_int_equal(items.items[1].action_id, 0);
	assert_non_null(strstr(items.items[1].message, "Only a new order"));
	assert_int_equal(items.items[2].state, ACTION_DONE);
	assert_int_equal(items.items[3].action_id, 0);
	assert_string_equal(items.items[3].code, "499999999");
	assert_true(*items.items[3].message);
	batch_items_clear(&items);
	assert_int_equal(crowd_posted(), 2);
}

#define TEST(f) cmocka_unit_test_teardown(f, crowd_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(work_by_hand_comes_first),
		TEST(offline__it_waits_and_goes_on),
		TEST(a_command_bears_with_a_short_fault),
		TEST(a_command_gives_up_without_a_link),
		TEST(locked_out__it_pauses_itself),
		TEST(what_does_not_apply__is_an_item_with_a_reason),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
