/* An attempt that was taken for lost arrived after all: the second one was refused and the journal said so,
 * or the order had moved on and the journal said that somebody else had done it. And a look at the order
 * that was older than what another program had done with it since was good enough to send on. */
#include "base/clock.h"
#include "store/store.h"
#include "tests/regress/acting.h"

static struct order_list seen = ORDER_LIST_INIT;

/* The order as the store has it: new. */
static void look_at_it(void)
{
	struct error err = ERROR_INIT;

	bench_start(b, false);
	bench_lookup(b, CODE);
	order_list_reset(&seen);
	assert_true(reader_order_by_code(b->reader, CODE, &seen, NULL, &err));
	bench_stop(b);
}

/* What a desk left behind that had sent it once, seen the order unchanged, and was about to try again. */
static int64_t tried_once(void)
{
	struct error err = ERROR_INIT;
	struct store *s;
	int64_t id;

	look_at_it();
	s = store_open(b->dir, NULL, &err);
	assert_non_null(s);
	assert_true(journal_add(s, &seen.items[0], "accept", NULL, NULL, "", clock_now_ms(), 0, &id, &err));
	assert_true(journal_sending(s, id, NULL, clock_now_ms(), &err));
	assert_true(journal_move(s, id, ACTION_SENDING, ACTION_UNKNOWN, "", NULL, clock_now_ms(), &err));
	assert_true(journal_move(s, id, ACTION_UNKNOWN, ACTION_QUEUED, "", NULL, clock_now_ms(), &err));
	store_close(s);
	return id;
}

static void prepare(void)
{
	acting_prepare(NEW_ORDER, 0);
	b->probe_ms = 20;
}

static void first_arrives_before_the_second__is_done(void **state)
{
	int64_t id;

	(void)state;
	prepare();
	id = tried_once();
	/* Applied, and refused: as if the first one had come between. */
	market_fault(b->market, "match=\"POST /v2/orders\" times=1 when=after do=status:400");
	bench_start(b, false);
	acting_poll();
	acting_wait(ACTION_DONE, "");
	assert_int_equal(bench_journal(b, id), ACTION_DONE);
	acting_truth("requests.ACCEPTED_BY_MERCHANT", "1");
}

static void second_is_refused_for_good__says_the_servers_words(void **state)
{
	int64_t id;

	(void)state;
	prepare();
	id = tried_once();
	market_fault(b->market, "match=\"POST /v2/orders\" times=1 do=status:400:"
		"{\"errors\":[{\"title\":\"Order_is_on_hold\"}]}");
	bench_start(b, false);
	acting_poll();
	acting_wait(ACTION_REFUSED, "Order_is_on_hold");
	assert_int_equal(bench_journal(b, id), ACTION_REFUSED);
}

static void first_arrives_before_the_look__is_done(void **state)
{
	int64_t id;

	(void)state;
	prepare();
	id = tried_once();
	market_change(b->market, CODE, "{\"state\":\"PICKUP\",\"status\":\"ACCEPTED_BY_MERCHANT\"}");
	bench_start(b, false);
	acting_poll();
	acting_wait(ACTION_DONE, "");
	assert_int_equal(bench_journal(b, id), ACTION_DONE);
	acting_truth("requests.ACCEPTED_BY_MERCHANT", "0");
}

/* The other program's own look afterwards is not in the store yet. */
static void done_by_another_one_since__is_not_sent_again(void **state)
{
	struct error err = ERROR_INIT;
	struct store *s;
	int64_t id;

	(void)state;
	prepare();
	look_at_it();
	market_change(b->market, CODE, "{\"state\":\"PICKUP\",\"status\":\"ACCEPTED_BY_MERCHANT\"}");
	s = store_open(b->dir, NULL, &err);
	assert_non_null(s);
	assert_true(journal_add(s, &seen.items[0], "accept", NULL, NULL, "", clock_now_ms(), 0, &id, &err));
	assert_true(journal_sending(s, id, NULL, clock_now_ms(), &err));
	assert_true(journal_move(s, id, ACTION_SENDING, ACTION_DONE, "", NULL, clock_now_ms(), &err));
	store_close(s);
	bench_start(b, false);
	acting_ended(bench_end(b, bench_post_act(b, CODE, "accept", NULL, false)), ACTION_CONFLICT);
	acting_truth("requests.ACCEPTED_BY_MERCHANT", "0");
}

static int forget(void **state)
{
	order_list_clear(&seen);
	return acting_teardown(state);
}

#define TEST(f) cmocka_unit_test_teardown(f, forget)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(first_arrives_before_the_second__is_done),
		TEST(second_is_refused_for_good__says_the_servers_words),
		TEST(first_arrives_before_the_look__is_done),
		TEST(done_by_another_one_since__is_not_sent_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
