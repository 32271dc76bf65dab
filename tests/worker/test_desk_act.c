/* Actions of the worker against duken-sim, with everything that can happen to them on the way. */
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

static void open_with(const char *order)
{
	b = bench_open(market_start(&(struct market_options){ .seed = 3 }));
	market_order(b->market, order);
}

static int teardown(void **state)
{
	(void)state;
	if (b)
		bench_close(b);
	b = NULL;
	return 0;
}

#define NEW_ORDER "{\"code\":\"" CODE "\",\"mode\":\"pickup\",\"state\":\"NEW\"}"
#define KASPI_ORDER "{\"code\":\"" CODE "\",\"mode\":\"kaspi\",\"state\":\"KASPI_DELIVERY\"," \
	"\"status\":\"ACCEPTED_BY_MERCHANT\",\"entries\":3}"
#define PICKUP_ORDER "{\"code\":\"" CODE "\",\"mode\":\"pickup\",\"state\":\"PICKUP\"," \
	"\"status\":\"ACCEPTED_BY_MERCHANT\"}"

static void expect_truth(const char *member, const char *value)
{
	bench_truth(b, CODE, member, value);
}

static void expect_end(const struct event *e, enum action_state state)
{
	bench_ended(b, e, state);
}

static void act__accept__is_done_and_stored(void **state)
{
	(void)state;
	open_with(NEW_ORDER);
	expect_end(bench_act(b, CODE, "accept", NULL), ACTION_DONE);
	expect_truth("status", "ACCEPTED_BY_MERCHANT");
	assert_string_equal(bench_stored(b, CODE, "state"), "PICKUP");
	assert_string_equal(bench_stored(b, CODE, "queue"), "pickup");
}

static void act__cancel__with_reason_and_comment(void **state)
{
	const char *values[] = { "reason", "MERCHANT_OUT_OF_STOCK", "comment", "Товар закончился", NULL };

	(void)state;
	open_with(NEW_ORDER);
	expect_end(bench_act(b, CODE, "cancel", values), ACTION_DONE);
	expect_truth("status", "CANCELLED");
	expect_truth("requests.CANCELLED", "1");
}

static void act__hand_out__in_two_steps(void **state)
{
	char *code;

	(void)state;
	open_with(PICKUP_ORDER);
	expect_end(bench_act(b, CODE, "send_code", NULL), ACTION_DONE);
	expect_truth("status", "ACCEPTED_BY_MERCHANT");
	code = market_code(b->market, CODE);
	expect_end(bench_act(b, CODE, "complete", (const char *[]){ "code", code, NULL }), ACTION_DONE);
	expect_truth("status", "COMPLETED");
	assert_string_equal(bench_stored(b, CODE, "queue"), "archive");
	free(code);
}

static void act__wrong_code__is_refused_with_the_servers_words(void **state)
{
	struct event *e;

	(void)state;
	open_with(PICKUP_ORDER);
	expect_end(bench_act(b, CODE, "send_code", NULL), ACTION_DONE);
	e = bench_act(b, CODE, "complete", (const char *[]){ "code", "000000", NULL });
	expect_end(e, ACTION_REFUSED);
	assert_non_null(strstr(e->message, "Security code"));
	expect_truth("status", "ACCEPTED_BY_MERCHANT");
}

static bool has_waybill(const struct event *e, const void *arg)
{
	(void)arg;
	return e->kind == EVENT_CHANGED && *bench_stored(b, CODE, "waybill");
}

static void act__assemble__waits_for_the_waybill(void **state)
{
	(void)state;
	open_with(KASPI_ORDER);
	expect_end(bench_act(b, CODE, "assemble", (const char *[]){ "spaces", "2", NULL }), ACTION_DONE);
	expect_truth("assembled", "true");
	bench_wait(b, has_waybill, NULL, "that the waybill is there");
}

/* ---- refused before anything is sent ---------------------------------------------------------- */

static void act__not_allowed_in_this_state__sends_nothing(void **state)
{
	struct event *e;

	(void)state;
	open_with(PICKUP_ORDER);
	e = bench_act(b, CODE, "accept", NULL);
	assert_int_equal(e->kind, EVENT_FAILED);
	assert_int_equal(e->error.code, ERR_REFUSED);
	expect_truth("requests.ACCEPTED_BY_MERCHANT", "0");
}

static void act__long_comment__sends_nothing(void **state)
{
	char comment[2 * 1001 + 1];
	struct event *e;

	(void)state;
	for (size_t i = 0; i < 1001; i++)
		memcpy(comment + 2 * i, "я", 2);
	comment[2 * 1001] = '\0';
	open_with(NEW_ORDER);
	e = bench_act(b, CODE, "cancel",
		(const char *[]){ "reason", "BUYER_NOT_REACHABLE", "comment", comment, NULL });
	assert_int_equal(e->kind, EVENT_FAILED);
	assert_int_equal(e->error.code, ERR_USAGE);
	expect_truth("status", "APPROVED_BY_BANK");
	comment[2 * 1000] = '\0';
	expect_end(bench_act(b, CODE, "cancel",
			   (const char *[]){ "reason", "BUYER_NOT_REACHABLE", "comment", comment, NULL }),
		ACTION_DONE);
}

static void act__read_only__sends_nothing(void **state)
{
	struct event *e;

	(void)state;
	b = bench_prepare(market_start(&(struct market_options){ .seed = 3 }));
	market_order(b->market, NEW_ORDER);
	bench_start(b, true);
	e = bench_act(b, CODE, "accept", NULL);
	assert_int_equal(e->kind, EVENT_FAILED);
	assert_int_equal(e->error.code, ERR_REFUSED);
	expect_truth("status", "APPROVED_BY_BANK");
}

/* ---- the grace --------------------------------------------------------------------------------- */

static void act__undone_in_its_grace__sends_nothing(void **state)
{
	struct request *undo = request_new(REQUEST_UNDO);
	uint64_t act, id;

	(void)state;
	b = bench_prepare(market_start(&(struct market_options){ .seed = 3 }));
	market_order(b->market, NEW_ORDER);
	b->shop->grace_s = 60;
	bench_start(b, false);
	bench_lookup(b, CODE);
	act = bench_post_act(b, CODE, "accept", NULL, false);
	undo->action_id = bench_wait_kind(b, EVENT_QUEUED)->action_id;
	id = desk_post(b->desk, undo);
	assert_int_equal(bench_end(b, id)->kind, EVENT_DONE);
	expect_end(bench_end(b, act), ACTION_UNDONE);
	expect_truth("requests.ACCEPTED_BY_MERCHANT", "0");
}

static void act__after_its_grace__is_sent(void **state)
{
	(void)state;
	b = bench_prepare(market_start(&(struct market_options){ .seed = 3 }));
	market_order(b->market, NEW_ORDER);
	b->shop->grace_s = 1;
	bench_start(b, false);
	expect_end(bench_act(b, CODE, "accept", NULL), ACTION_DONE);
	expect_truth("status", "ACCEPTED_BY_MERCHANT");
}

static void act__moved_on_in_its_grace__is_a_conflict(void **state)
{
	uint64_t act;

	(void)state;
	b = bench_prepare(market_start(&(struct market_options){ .seed = 3 }));
	market_order(b->market, NEW_ORDER);
	b->shop->grace_s = 3;
	bench_start(b, false);
	bench_lookup(b, CODE);
	act = bench_post_act(b, CODE, "accept", NULL, false);
	bench_wait_kind(b, EVENT_QUEUED);
	market_cancel_by_buyer(b->market, CODE);
	expect_end(bench_end(b, act), ACTION_CONFLICT);
	expect_truth("requests.ACCEPTED_BY_MERCHANT", "0");
}

/* ---- unknown outcomes -------------------------------------------------------------------------- */

static void accept_under(const char *fault, const char *requests, enum action_state end)
{
	open_with(NEW_ORDER);
	bench_lookup(b, CODE);
	market_fault(b->market, fault);
	expect_end(bench_end(b, bench_post_act(b, CODE, "accept", NULL, false)), end);
	expect_truth("requests.ACCEPTED_BY_MERCHANT", requests);
	if (end == ACTION_DONE) {
		expect_truth("status", "ACCEPTED_BY_MERCHANT");
		expect_truth("applied.ACCEPTED_BY_MERCHANT", "1");
	}
}

#define ON_POST "match=\"POST /v2/orders\" times=1 "

static void act__cut_after_applying__is_done_once(void **state)
{
	(void)state;
	accept_under(ON_POST "when=after do=drop", "1", ACTION_DONE);
}

static void act__cut_before_applying__is_sent_once_more(void **state)
{
	(void)state;
	accept_under(ON_POST "when=before do=drop", "2", ACTION_DONE);
}

static void act__reset_after_applying__is_done_once(void **state)
{
	(void)state;
	accept_under(ON_POST "when=after do=reset", "1", ACTION_DONE);
}

static void act__truncated_reply__is_done_once(void **state)
{
	(void)state;
	accept_under(ON_POST "when=after do=truncate:20", "1", ACTION_DONE);
}

static void act__malformed_reply__is_done_once(void **state)
{
	(void)state;
	accept_under(ON_POST "when=after do=malformed", "1", ACTION_DONE);
}

static void act__server_error_after_applying__is_done_once(void **state)
{
	(void)state;
	accept_under(ON_POST "when=after do=status:500", "1", ACTION_DONE);
}

static void act__server_error_before_applying__is_sent_once_more(void **state)
{
	(void)state;
	accept_under(ON_POST "when=before do=status:500", "2", ACTION_DONE);
}

static void act__told_to_wait__is_sent_once_more(void **state)
{
	(void)state;
	accept_under(ON_POST "when=before do=retry-after:1", "2", ACTION_DONE);
}

static void act__never_arrives__is_sent_twice_at_most(void **state)
{
	(void)state;
	accept_under("match=\"POST /v2/orders\" when=before do=drop", "2", ACTION_REFUSED);
}

static void act__refused_by_the_server__says_its_words(void **state)
{
	struct event *e;

	(void)state;
	open_with(NEW_ORDER);
	bench_lookup(b, CODE);
	market_fault(b->market, ON_POST
		"when=before do=status:400:{\"errors\":[{\"title\":\"Order_is_on_hold\"}]}");
	e = bench_end(b, bench_post_act(b, CODE, "accept", NULL, false));
	expect_end(e, ACTION_REFUSED);
	assert_non_null(strstr(e->message, "Order_is_on_hold"));
}

static void act__code_whose_sending_nobody_saw__asks_and_is_not_repeated(void **state)
{
	(void)state;
	open_with(PICKUP_ORDER);
	bench_lookup(b, CODE);
	market_fault(b->market, ON_POST "when=after do=drop");
	expect_end(bench_end(b, bench_post_act(b, CODE, "send_code", NULL, false)), ACTION_ASK);
	expect_truth("requests.SEND_CODE", "1");
}

static void act__after_one_that_asks__needs_the_clerks_word(void **state)
{
	struct order_list list = ORDER_LIST_INIT;
	struct error err = ERROR_INIT;
	struct request *again;
	struct event *e;

	(void)state;
	open_with(PICKUP_ORDER);
	bench_lookup(b, CODE);
	market_fault(b->market, ON_POST "when=after do=drop");
	expect_end(bench_end(b, bench_post_act(b, CODE, "send_code", NULL, false)), ACTION_ASK);
	e = bench_end(b, bench_post_act(b, CODE, "send_code", NULL, false));
	assert_int_equal(e->kind, EVENT_FAILED);
	assert_int_equal(e->error.code, ERR_CONFLICT);
	assert_true(reader_order_by_code(b->reader, CODE, &list, NULL, &err));
	again = request_new_act(list.items[0].id, "send_code", NULL);
	again->again = true;
	order_list_clear(&list);
	expect_end(bench_end(b, desk_post(b->desk, again)), ACTION_DONE);
}

/* ---- offline ----------------------------------------------------------------------------------- */

static void act__offline__a_command_leaves_it_queued(void **state)
{
	struct event *e;

	(void)state;
	open_with(NEW_ORDER);
	bench_lookup(b, CODE);
	market_down(b->market);
	e = bench_end(b, bench_post_act(b, CODE, "accept", NULL, true));
	expect_end(e, ACTION_QUEUED);
	assert_non_null(e->message);
}

static bool tells_queued(const struct event *e, const void *arg)
{
	(void)arg;
	return e->kind == EVENT_ACTION && e->action_state == ACTION_QUEUED;
}

static void act__offline__the_desk_sends_it_when_the_link_is_back(void **state)
{
	struct row_list rows = ROW_LIST_INIT;
	struct error err = ERROR_INIT;
	struct event *e;
	char code[32];
	uint64_t id;

	(void)state;
	b = bench_open(market_start(&(struct market_options){ .seed = 3, .orders = 60 }));
	assert_int_equal(bench_refresh(b)->kind, EVENT_DONE);
	assert_true(reader_rows(b->reader, &(struct view){ .queue = "new" }, NULL, READ_FORWARD, 1, &rows,
		&err));
	assert_int_equal(rows.orders.n, 1);
	snprintf(code, sizeof(code), "%s", rows.orders.items[0].code);
	row_list_clear(&rows);
	market_down(b->market);
	/* Older than what needs no second look: the desk notices that it is offline. */
	id = bench_post_act(b, code, "accept", NULL, false);
	bench_wait(b, tells_queued, NULL, "that it waits for the link");
	market_up(b->market);
	e = bench_end(b, id);
	expect_end(e, ACTION_DONE);
	market_expect(b->market, code, "status", "ACCEPTED_BY_MERCHANT");
}

static bool file_holds(const char *name, const char *text)
{
	size_t len;
	char *bytes = home_read(b->market->home, name, &len);
	bool found = bytes && memmem(bytes, len, text, strlen(text));

	free(bytes);
	return found;
}

static void act__the_code__is_written_nowhere(void **state)
{
	static const char *const files[] = {
		"state/journal.db", "state/journal.db-wal", "state/cache.db", "state/cache.db-wal",
	};

	(void)state;
	open_with(PICKUP_ORDER);
	expect_end(bench_act(b, CODE, "send_code", NULL), ACTION_DONE);
	expect_end(bench_act(b, CODE, "complete", (const char *[]){ "code", "73915264", NULL }),
		ACTION_REFUSED);
	/* SQLite's locks would go with the first file that this process closes. */
	bench_stop(b);
	/* The order's number shows that the search would find the code. */
	assert_true(file_holds("state/journal.db-wal", CODE) || file_holds("state/journal.db", CODE));
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		assert_false(file_holds(files[i], "73915264"));
}

/* ---- the process ends on the way ----------------------------------------------------------------- */

static bool tells_sending(const struct event *e, const void *arg)
{
	(void)arg;
	return e->kind == EVENT_ACTION && e->action_state == ACTION_SENDING;
}

static bool tells_done(const struct event *e, const void *arg)
{
	return e->kind == EVENT_ACTION && e->action_state == ACTION_DONE &&
		e->action_id == *(const int64_t *)arg;
}

static void act__desk_stopped_while_sending__is_read_back_by_the_next(void **state)
{
	struct request *poll = request_new(REQUEST_POLL);
	int64_t action;

	(void)state;
	open_with(NEW_ORDER);
	bench_lookup(b, CODE);
	market_fault(b->market, ON_POST "when=after do=silence:4000");
	bench_post_act(b, CODE, "accept", NULL, false);
	action = bench_wait(b, tells_sending, NULL, "that it is sent")->action_id;
	market_expect(b->market, CODE, "status", "ACCEPTED_BY_MERCHANT");
	bench_stop(b);
	bench_start(b, false);
	assert_int_equal(bench_journal(b, action), ACTION_UNKNOWN);
	poll->on = true;
	desk_post(b->desk, poll);
	bench_wait(b, tells_done, &action, "that it was done");
	assert_int_equal(bench_journal(b, action), ACTION_DONE);
	expect_truth("requests.ACCEPTED_BY_MERCHANT", "1");
}

#define TEST(f) cmocka_unit_test_teardown(f, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(act__accept__is_done_and_stored),
		TEST(act__cancel__with_reason_and_comment),
		TEST(act__hand_out__in_two_steps),
		TEST(act__wrong_code__is_refused_with_the_servers_words),
		TEST(act__assemble__waits_for_the_waybill),
		TEST(act__not_allowed_in_this_state__sends_nothing),
		TEST(act__long_comment__sends_nothing),
		TEST(act__read_only__sends_nothing),
		TEST(act__undone_in_its_grace__sends_nothing),
		TEST(act__after_its_grace__is_sent),
		TEST(act__moved_on_in_its_grace__is_a_conflict),
		TEST(act__cut_after_applying__is_done_once),
		TEST(act__cut_before_applying__is_sent_once_more),
		TEST(act__reset_after_applying__is_done_once),
		TEST(act__truncated_reply__is_done_once),
		TEST(act__malformed_reply__is_done_once),
		TEST(act__server_error_after_applying__is_done_once),
		TEST(act__server_error_before_applying__is_sent_once_more),
		TEST(act__told_to_wait__is_sent_once_more),
		TEST(act__never_arrives__is_sent_twice_at_most),
		TEST(act__refused_by_the_server__says_its_words),
		TEST(act__code_whose_sending_nobody_saw__asks_and_is_not_repeated),
		TEST(act__after_one_that_asks__needs_the_clerks_word),
		TEST(act__offline__a_command_leaves_it_queued),
		TEST(act__offline__the_desk_sends_it_when_the_link_is_back),
		TEST(act__the_code__is_written_nowhere),
		TEST(act__desk_stopped_while_sending__is_read_back_by_the_next),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
