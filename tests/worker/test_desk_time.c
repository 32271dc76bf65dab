/* What time does to a desk: actions that waited too long, clocks that disagree, data whose time has come. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/mem.h"
#include "store/store.h"
#include "tests/lib/check.h"
#include "tests/worker/bench.h"

#define CODE "412000001"
#define NEW_ORDER "{\"code\":\"" CODE "\",\"mode\":\"pickup\",\"state\":\"NEW\"}"
#define PICKUP_ORDER "{\"code\":\"" CODE "\",\"mode\":\"pickup\",\"state\":\"PICKUP\"," \
	"\"status\":\"ACCEPTED_BY_MERCHANT\"}"
#define OLD_ORDER "{\"code\":\"" CODE "\",\"mode\":\"pickup\",\"state\":\"ARCHIVE\"," \
	"\"status\":\"COMPLETED\",\"name\":\"Қызғалдақ\",\"created_ms\":%lld}"

static struct bench *b;

static int teardown(void **state)
{
	(void)state;
	if (b)
		bench_close(b);
	b = NULL;
	return 0;
}

static void prepare(const char *order)
{
	b = bench_prepare(market_start(&(struct market_options){ .seed = 3 }));
	market_order(b->market, order);
}

static void post_poll(void)
{
	struct request *r = request_new(REQUEST_POLL);

	r->on = true;
	desk_post(b->desk, r);
}

static void expect_truth(const char *member, const char *value)
{
	bench_truth(b, CODE, member, value);
}

/* ---- waiting ----------------------------------------------------------------------------------- */

/* A process that confirmed an action so long ago, and ended before the link came back. */
static void leave_behind(const char *kind, int64_t ago_ms)
{
	pid_t child;
	int status;

	bench_start(b, false);
	bench_lookup(b, CODE);
	bench_stop(b);
	child = fork();
	if (child == 0) {
		struct order_list list = ORDER_LIST_INIT;
		struct store *s = store_open(b->dir, NULL, NULL);
		int64_t then = clock_now_ms() - ago_ms, id;

		_exit(s && store_order_by_code(s, CODE, &list, NULL) &&
			journal_add(s, &list.items[0], kind, NULL, NULL, "Айгуль", then, then, &id, NULL) ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static bool is_action(const struct event *e, const void *arg)
{
	return e->kind == EVENT_ACTION && e->action_state == *(const enum action_state *)arg;
}

static struct event *wait_for(enum action_state state)
{
	return bench_wait(b, is_action, &state, action_state_name(state));
}

static void waited_too_long__is_asked_about(void **state)
{
	struct request *settle = request_new(REQUEST_SETTLE);
	struct event *e;

	(void)state;
	prepare(NEW_ORDER);
	b->shop->ask_after_min = 10;
	leave_behind("accept", 11 * CLOCK_MINUTE_MS);
	bench_start(b, false);
	post_poll();
	e = wait_for(ACTION_ASK);
	assert_non_null(e->message);
	settle->action_id = e->action_id;
	e = bench_end(b, desk_post(b->desk, settle));
	assert_int_equal(e->kind, EVENT_DONE);
	assert_int_equal(bench_journal(b, e->action_id), ACTION_REFUSED);
	expect_truth("requests.ACCEPTED_BY_MERCHANT", "0");
}

static void waited_a_while__is_sent(void **state)
{
	(void)state;
	prepare(NEW_ORDER);
	leave_behind("accept", 11 * CLOCK_MINUTE_MS);
	bench_start(b, false);
	post_poll();
	wait_for(ACTION_DONE);
	expect_truth("applied.ACCEPTED_BY_MERCHANT", "1");
}

/* The buyer has left the counter by then. */
static void code_that_was_not_sent_at_once__is_given_back(void **state)
{
	(void)state;
	prepare(PICKUP_ORDER);
	leave_behind("send_code", CLOCK_MINUTE_MS);
	bench_start(b, false);
	post_poll();
	wait_for(ACTION_UNDONE);
	expect_truth("requests.SEND_CODE", "0");
}

static void code_without_a_link__is_given_back(void **state)
{
	struct event *e;

	(void)state;
	prepare(PICKUP_ORDER);
	bench_start(b, false);
	bench_lookup(b, CODE);
	market_down(b->market);
	e = bench_end(b, bench_post_act(b, CODE, "send_code", NULL, false));
	assert_int_equal(e->kind, EVENT_DONE);
	assert_int_equal(e->action_state, ACTION_UNDONE);
}

/* ---- clocks ------------------------------------------------------------------------------------ */

/* Orders are dated by the server's clock: were the windows made by ours, today's orders would be missing. */
static void server_a_day_ahead__misses_nothing_and_is_told(void **state)
{
	struct event *e;

	(void)state;
	b = bench_prepare(market_start(&(struct market_options){ .seed = 3 }));
	free(market_control(b->market, "POST", "/sim/clock", "{\"advance_ms\":86400000}"));
	market_order(b->market, NEW_ORDER);
	bench_start(b, false);
	desk_post(b->desk, request_new(REQUEST_REFRESH));
	e = bench_wait_kind(b, EVENT_CLOCK);
	assert_non_null(e->message);
	assert_non_null(strstr(e->message, "1 d ahead"));
	assert_int_equal(bench_refresh(b)->kind, EVENT_DONE);
	assert_string_equal(bench_stored(b, CODE, "state"), "NEW");
	assert_int_equal(bench_act(b, CODE, "accept", NULL)->action_state, ACTION_DONE);
	expect_truth("applied.ACCEPTED_BY_MERCHANT", "1");
}

/* One refresh is enough: it ends with the pass that knew the server's time. */
static void server_a_day_ahead__one_refresh_finds_all(void **state)
{
	(void)state;
	b = bench_prepare(market_start(&(struct market_options){ .seed = 3 }));
	free(market_control(b->market, "POST", "/sim/clock", "{\"advance_ms\":86400000}"));
	market_order(b->market, NEW_ORDER);
	bench_start(b, false);
	assert_int_equal(bench_refresh(b)->kind, EVENT_DONE);
	assert_string_equal(bench_stored(b, CODE, "state"), "NEW");
}

/* ---- retention --------------------------------------------------------------------------------- */

static bool has_buyer(void)
{
	struct order_list list = ORDER_LIST_INIT;
	bool has;

	if (!reader_order_by_code(b->reader, CODE, &list, NULL, NULL))
		check_fail("order %s is gone", CODE);
	has = *list.items[0].customer || *list.items[0].phone;
	order_list_clear(&list);
	return has;
}

static bool forgot(const struct event *e, const void *arg)
{
	(void)e;
	(void)arg;
	return !has_buyer();
}

static void buyers_of_old_orders__are_forgotten_by_the_poller(void **state)
{
	char order[256];

	(void)state;
	snprintf(order, sizeof(order), OLD_ORDER, (long long)(clock_now_ms() - 5 * CLOCK_DAY_MS));
	prepare(order);
	bench_start(b, false);
	bench_lookup(b, CODE);
	assert_true(has_buyer());
	bench_stop(b);
	b->shop->retention_days = 4;
	bench_start(b, false);
	post_poll();
	if (has_buyer())
		bench_wait(b, forgot, NULL, "that the buyer is forgotten");
}

#define TEST(f) cmocka_unit_test_teardown(f, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(waited_too_long__is_asked_about),
		TEST(waited_a_while__is_sent),
		TEST(code_that_was_not_sent_at_once__is_given_back),
		TEST(code_without_a_link__is_given_back),
		TEST(server_a_day_ahead__misses_nothing_and_is_told),
		TEST(server_a_day_ahead__one_refresh_finds_all),
		TEST(buyers_of_old_orders__are_forgotten_by_the_poller),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
