/* Actions that time has overtaken. One that had been sent the evening before and had not arrived was sent
 * again in the morning, without anybody being asked; one whose order the marketplace no longer knew was looked for
 * without end, and its order could not be acted on any more. */
#include "base/clock.h"
#include "store/store.h"
#include "tests/regress/acting.h"

/* What a desk left behind that had sent it so long ago and saw no outcome. */
static int64_t sent_without_outcome(const struct order *o, int64_t ago_ms)
{
	int64_t then = clock_now_ms() - ago_ms, id;
	struct error err = ERROR_INIT;
	struct store *s = store_open(b->dir, NULL, &err);

	assert_non_null(s);
	assert_true(journal_add(s, o, "accept", NULL, NULL, "", then, then, &id, &err));
	assert_true(journal_sending(s, id, NULL, then, &err));
	assert_true(journal_move(s, id, ACTION_SENDING, ACTION_UNKNOWN, "", NULL, then, &err));
	store_close(s);
	return id;
}

static void prepare(struct order_list *seen)
{
	struct error err = ERROR_INIT;

	acting_prepare(NEW_ORDER, 0);
	b->probe_ms = 20;
	bench_start(b, false);
	bench_lookup(b, CODE);
	assert_true(reader_order_by_code(b->reader, CODE, seen, NULL, &err));
	bench_stop(b);
}

static void lost_long_ago__is_not_sent_again(void **state)
{
	struct order_list seen = ORDER_LIST_INIT;
	int64_t id;

	(void)state;
	prepare(&seen);
	id = sent_without_outcome(&seen.items[0], 15 * CLOCK_HOUR_MS);
	order_list_clear(&seen);
	bench_start(b, false);
	acting_poll();
	acting_wait(ACTION_ASK, "did not arrive");
	assert_int_equal(bench_journal(b, id), ACTION_ASK);
	acting_truth("requests.ACCEPTED_BY_MERCHANT", "0");
}

static void lost_just_now__is_sent_again(void **state)
{
	struct order_list seen = ORDER_LIST_INIT;

	(void)state;
	prepare(&seen);
	sent_without_outcome(&seen.items[0], 0);
	order_list_clear(&seen);
	bench_start(b, false);
	acting_poll();
	acting_wait(ACTION_DONE, "");
	acting_truth("applied.ACCEPTED_BY_MERCHANT", "1");
}

static void order_that_is_gone__asks(void **state)
{
	struct order_list seen = ORDER_LIST_INIT;
	int64_t id;

	(void)state;
	prepare(&seen);
	seen.items[0].code = "499999999";
	seen.items[0].id = "gone";
	id = sent_without_outcome(&seen.items[0], 0);
	order_list_clear(&seen);
	bench_start(b, false);
	acting_poll();
	acting_wait(ACTION_ASK, "");
	assert_int_equal(bench_journal(b, id), ACTION_ASK);
}

/* The number leads to an order, but not to the one that was confirmed. */
static void number_of_another_order__asks(void **state)
{
	struct order_list seen = ORDER_LIST_INIT;

	(void)state;
	prepare(&seen);
	seen.items[0].id = "another";
	sent_without_outcome(&seen.items[0], 0);
	order_list_clear(&seen);
	bench_start(b, false);
	acting_poll();
	acting_wait(ACTION_ASK, "");
	acting_truth("requests.ACCEPTED_BY_MERCHANT", "0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ACTING_TEST(lost_long_ago__is_not_sent_again),
		ACTING_TEST(lost_just_now__is_sent_again),
		ACTING_TEST(order_that_is_gone__asks),
		ACTING_TEST(number_of_another_order__asks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
