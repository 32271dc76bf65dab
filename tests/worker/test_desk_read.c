/* Passes, look-ups and entries of the worker against duken-sim, and every way in which a reply can be
 * wrong: each is a typed error with its own sentence. */
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
#define ORDER "{\"code\":\"" CODE "\",\"mode\":\"pickup\",\"state\":\"NEW\",\"entries\":3}"

static struct bench *b;

static void open_market(int orders)
{
	b = bench_open(market_start(&(struct market_options){ .seed = 5, .orders = orders }));
}

static int teardown(void **state)
{
	(void)state;
	if (b)
		bench_close(b);
	b = NULL;
	return 0;
}

static void expect_done(const struct event *e)
{
	if (e->kind != EVENT_DONE)
		check_fail("failed: %s", e->error.text);
}

static void expect_failed(const struct event *e, enum error_code code)
{
	if (e->kind != EVENT_FAILED || e->error.code != code)
		check_fail("kind %d, error %s: %s", (int)e->kind, error_code_name(e->error.code),
			e->error.text);
	assert_true(strlen(e->error.text) > 10);
}

/* ---- passes ------------------------------------------------------------------------------------ */

static size_t stored_orders(void)
{
	struct error err = ERROR_INIT;
	size_t n = 0;

	assert_true(reader_count(b->reader, &(struct view){ .queue = NULL }, 100000, &n, &err));
	return n;
}

static void refresh__sees_every_order(void **state)
{
	struct event *e;

	(void)state;
	open_market(450);
	e = bench_refresh(b);
	expect_done(e);
	assert_int_equal(e->added, stored_orders());
	assert_true(stored_orders() >= 440);
	e = bench_refresh(b);
	expect_done(e);
	assert_int_equal(e->added, 0);
}

static void refresh__follows_an_order_that_left_its_state(void **state)
{
	(void)state;
	open_market(30);
	market_order(b->market, ORDER);
	expect_done(bench_refresh(b));
	assert_string_equal(bench_stored(b, CODE, "queue"), "new");
	market_cancel_by_buyer(b->market, CODE);
	expect_done(bench_refresh(b));
	assert_string_equal(bench_stored(b, CODE, "queue"), "archive");
}

static bool adds_an_order(const struct event *e, const void *arg)
{
	(void)arg;
	return e->kind == EVENT_CHANGED && e->added > 0;
}

static void poll__shows_a_new_order(void **state)
{
	struct request *poll = request_new(REQUEST_POLL);

	(void)state;
	b = bench_prepare(market_start(&(struct market_options){ .seed = 5 }));
	b->shop->poll_new_s = 1;
	bench_start(b, false);
	poll->on = true;
	desk_post(b->desk, poll);
	bench_wait_link(b, LINK_ONLINE);
	market_order(b->market, ORDER);
	bench_wait(b, adds_an_order, NULL, "that there is a new order");
	assert_string_equal(bench_stored(b, CODE, "queue"), "new");
}

static void refresh__with_nobody_there__is_offline_then_online(void **state)
{
	(void)state;
	open_market(20);
	expect_done(bench_refresh(b));
	market_down(b->market);
	expect_failed(bench_refresh(b), ERR_OFFLINE);
	market_up(b->market);
	expect_done(bench_refresh(b));
}

/* ---- one order --------------------------------------------------------------------------------- */

static void lookup__of_an_unknown_code__is_not_found(void **state)
{
	(void)state;
	open_market(0);
	expect_failed(bench_lookup(b, "499999999"), ERR_NOT_FOUND);
}

static void fetch__brings_entries_with_names(void **state)
{
	struct entry_list entries = ENTRY_LIST_INIT;
	struct error err = ERROR_INIT;
	struct event *e;
	int64_t fetched;

	(void)state;
	open_market(0);
	market_order(b->market, ORDER);
	e = bench_lookup(b, CODE);
	expect_done(e);
	e = bench_end(b, desk_post(b->desk, request_new_fetch(e->order_id)));
	expect_done(e);
	assert_true(reader_entries(b->reader, e->order_id, &entries, &fetched, &err));
	assert_int_equal(entries.n, 3);
	assert_true(fetched > 0);
	for (size_t i = 0; i < entries.n; i++) {
		assert_true(*entries.items[i].name != '\0');
		assert_true(*entries.items[i].article != '\0');
		assert_true(*entries.items[i].point_name != '\0');
		assert_true(entries.items[i].quantity > 0);
	}
	entry_list_clear(&entries);
}

static void cancel__ends_a_fetch(void **state)
{
	struct request *cancel = request_new(REQUEST_CANCEL);
	struct event *e;
	uint64_t id;

	(void)state;
	open_market(0);
	market_order(b->market, ORDER);
	e = bench_lookup(b, CODE);
	market_fault(b->market, "match=/entries do=silence:8000");
	id = desk_post(b->desk, request_new_fetch(e->order_id));
	cancel->target = id;
	desk_post(b->desk, cancel);
	assert_int_equal(bench_end(b, id)->kind, EVENT_CANCELLED);
}

/* ---- what can be wrong with a reply ------------------------------------------------------------ */

static void lookup_under(const char *fault, enum error_code code)
{
	open_market(0);
	market_order(b->market, ORDER);
	market_fault(b->market, fault);
	expect_failed(bench_lookup(b, CODE), code);
	/* And the desk goes on working. */
	market_no_faults(b->market);
	expect_done(bench_lookup(b, CODE));
}

#define ON_GET "match=\"GET /v2/orders\" "

static void reply__server_error(void **state)
{
	(void)state;
	lookup_under(ON_GET "do=status:500", ERR_SERVER);
}

static void reply__unauthorized(void **state)
{
	(void)state;
	lookup_under(ON_GET "do=status:401", ERR_UNAUTHORIZED);
}

static void reply__forbidden(void **state)
{
	(void)state;
	lookup_under(ON_GET "do=status:403", ERR_FORBIDDEN);
}

static void reply__html(void **state)
{
	(void)state;
	lookup_under(ON_GET "do=html", ERR_SERVER);
}

static void reply__malformed(void **state)
{
	(void)state;
	lookup_under(ON_GET "do=malformed", ERR_BAD_REPLY);
}

static void reply__truncated(void **state)
{
	(void)state;
	lookup_under(ON_GET "do=truncate:40", ERR_BAD_REPLY);
}

static void reply__endless(void **state)
{
	(void)state;
	lookup_under(ON_GET "do=endless", ERR_BAD_REPLY);
}

static void reply__none(void **state)
{
	(void)state;
	lookup_under(ON_GET "do=drop", ERR_OFFLINE);
}

static void reply__reset(void **state)
{
	(void)state;
	lookup_under(ON_GET "do=reset", ERR_OFFLINE);
}

static void reply__long_wait_asked_for(void **state)
{
	(void)state;
	open_market(0);
	market_order(b->market, ORDER);
	market_fault(b->market, ON_GET "times=1 do=retry-after:60");
	expect_failed(bench_lookup(b, CODE), ERR_RATE_LIMITED);
	assert_true(b->last->error.retry_after_ms >= 59000);
}

static void reply__short_wait_asked_for__is_waited_out(void **state)
{
	(void)state;
	open_market(0);
	market_order(b->market, ORDER);
	market_fault(b->market, ON_GET "times=1 do=retry-after:1");
	expect_done(bench_lookup(b, CODE));
}

static void reply__redirect__takes_the_token_nowhere(void **state)
{
	struct market *other = market_start(&(struct market_options){ .seed = 6 });
	char *rule, *log;

	(void)state;
	open_market(0);
	market_order(b->market, ORDER);
	assert_true(asprintf(&rule, ON_GET "do=redirect:%s/shop/api/v2/orders", other->url) > 0);
	market_fault(b->market, rule);
	expect_failed(bench_lookup(b, CODE), ERR_BAD_REPLY);
	log = market_control(other, "GET", "/sim/requests?since=0", NULL);
	assert_null(strstr(log, "/v2/orders"));
	free(log);
	free(rule);
	market_stop(other);
}

static void token__wrong__says_unauthorized_and_recovers(void **state)
{
	(void)state;
	open_market(10);
	free(market_control(b->market, "POST", "/sim/token", "{\"token\":\"another\"}"));
	expect_failed(bench_refresh(b), ERR_UNAUTHORIZED);
	home_write(b->market->home, "token", 0600, "another\n");
	expect_done(bench_refresh(b));
}

#define TEST(f) cmocka_unit_test_teardown(f, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(refresh__sees_every_order),
		TEST(refresh__follows_an_order_that_left_its_state),
		TEST(refresh__with_nobody_there__is_offline_then_online),
		TEST(poll__shows_a_new_order),
		TEST(lookup__of_an_unknown_code__is_not_found),
		TEST(fetch__brings_entries_with_names),
		TEST(cancel__ends_a_fetch),
		TEST(reply__server_error),
		TEST(reply__unauthorized),
		TEST(reply__forbidden),
		TEST(reply__html),
		TEST(reply__malformed),
		TEST(reply__truncated),
		TEST(reply__endless),
		TEST(reply__none),
		TEST(reply__reset),
		TEST(reply__long_wait_asked_for),
		TEST(reply__short_wait_asked_for__is_waited_out),
		TEST(reply__redirect__takes_the_token_nowhere),
		TEST(token__wrong__says_unauthorized_and_recovers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
