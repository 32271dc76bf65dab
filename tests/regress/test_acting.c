/* Single mistakes of the way from confirmed to an outcome. */
#include "base/clock.h"
#include "store/store.h"
#include "tests/regress/acting.h"

/* The clock was set back: an order of the future looked fresh, and was acted on without another look. */
static void clock_set_back__the_order_is_read_again(void **state)
{
	struct order_list list = ORDER_LIST_INIT;
	struct error err = ERROR_INIT;
	struct store *s;

	(void)state;
	acting_prepare(NEW_ORDER, 0);
	bench_start(b, false);
	bench_lookup(b, CODE);
	bench_stop(b);
	s = store_open(b->dir, NULL, &err);
	assert_non_null(s);
	assert_true(store_order_by_code(s, CODE, &list, &err));
	list.items[0].fetched_ms = clock_now_ms() + CLOCK_HOUR_MS;
	assert_true(store_put_order(s, &list.items[0], clock_now_ms(), NULL, &err));
	order_list_clear(&list);
	store_close(s);
	market_cancel_by_buyer(b->market, CODE);
	bench_start(b, false);
	acting_ended(bench_end(b, bench_post_act(b, CODE, "accept", NULL, false)), ACTION_CONFLICT);
	acting_truth("requests.ACCEPTED_BY_MERCHANT", "0");
}

/* The number led to another order than the one that was confirmed, and that one was acted on. */
static void another_order_under_the_number__is_left_alone(void **state)
{
	struct order_list list = ORDER_LIST_INIT;
	struct error err = ERROR_INIT;
	struct order *o;
	struct store *s;

	(void)state;
	acting_prepare(NEW_ORDER, 0);
	s = store_open(b->dir, NULL, &err);
	assert_non_null(s);
	o = order_list_add(&list);
	o->id = "another";
	o->code = CODE;
	o->queue = "new";
	o->state = "NEW";
	o->status = "APPROVED_BY_BANK";
	assert_true(store_put_order(s, o, clock_now_ms() - CLOCK_HOUR_MS, NULL, &err));
	order_list_clear(&list);
	store_close(s);
	bench_start(b, false);
	acting_ended(bench_end(b, bench_post_act(b, CODE, "accept", NULL, false)), ACTION_CONFLICT);
	acting_truth("requests.ACCEPTED_BY_MERCHANT", "0");
}

static bool file_holds(const char *name, const char *text)
{
	size_t len;
	char *bytes = home_read(b->market->home, name, &len);
	bool found = bytes && memmem(bytes, len, text, strlen(text));

	free(bytes);
	return found;
}

/* A server that says "wrong code 73915264" had the code written into the journal. */
static void code_repeated_by_the_server__is_not_kept(void **state)
{
	const char *const values[] = { "code", "73915264", NULL };
	struct event *e;

	(void)state;
	acting_prepare(PICKUP_ORDER, 0);
	bench_start(b, false);
	bench_lookup(b, CODE);
	market_fault(b->market, "match=\"POST /v2/orders\" "
		"do=status:400:{\"errors\":[{\"title\":\"Wrong_code_73915264\"}]}");
	e = bench_end(b, bench_post_act(b, CODE, "complete", values, false));
	acting_ended(e, ACTION_REFUSED);
	assert_non_null(strstr(e->message, "Wrong_code_********"));
	assert_false(file_holds("state/journal.db", "73915264"));
	assert_false(file_holds("state/journal.db-wal", "73915264"));
}

/* Calls stood in line for the whole quarter of an hour that the server asked for. */
static void long_wait__is_told_at_once(void **state)
{
	struct event *e;

	(void)state;
	acting_prepare(NEW_ORDER, 0);
	bench_start(b, false);
	market_fault(b->market, "times=1 do=retry-after:900");
	for (int i = 0; i < 2; i++) {
		e = bench_lookup(b, CODE);
		assert_int_equal(e->kind, EVENT_FAILED);
		assert_int_equal(e->error.code, ERR_RATE_LIMITED);
	}
}

/* A desk that may only look took back what another one had confirmed. */
static void read_only__takes_nothing_back(void **state)
{
	struct request *undo = request_new(REQUEST_UNDO);
	int64_t action;

	(void)state;
	acting_prepare(NEW_ORDER, 60);
	bench_start(b, false);
	bench_lookup(b, CODE);
	bench_post_act(b, CODE, "accept", NULL, false);
	action = bench_wait_kind(b, EVENT_QUEUED)->action_id;
	bench_stop(b);
	bench_start(b, true);
	undo->action_id = action;
	assert_int_equal(bench_end(b, desk_post(b->desk, undo))->kind, EVENT_FAILED);
	assert_int_equal(bench_journal(b, action), ACTION_QUEUED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ACTING_TEST(clock_set_back__the_order_is_read_again),
		ACTING_TEST(another_order_under_the_number__is_left_alone),
		ACTING_TEST(code_repeated_by_the_server__is_not_kept),
		ACTING_TEST(long_wait__is_told_at_once),
		ACTING_TEST(read_only__takes_nothing_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
