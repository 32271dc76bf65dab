/* Every fault, before and after the shop heard of the request, on a connection that was used
 * before. */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tests/lib/patience.h"
#include "tests/sim/wire.h"

static struct market *shop;
static int next_code = 2000;

static int open_shop(void **state)
{
	(void)state;
	shop = market_start(&(struct market_options){ .orders = 50, .seed = 5 });
	return 0;
}

static int close_shop(void **state)
{
	(void)state;
	market_stop(shop);
	return 0;
}

/* Accepts a new order under the rule, on a connection that carried a request before. Afterwards the
 * order is accepted or not as `applied` says, and the shop has heard once. */
static struct wire_reply accept_under(const char *rule, bool applied)
{
	char *code = xasprintf("%d", next_code++);
	char *order = xasprintf("{\"code\":\"%s\",\"mode\":\"pickup\"}", code);
	struct wire *w = wire_open(shop, shop->token);
	struct wire_reply first, r;
	char *is;

	market_no_faults(shop);
	market_order(shop, order);
	market_fault(shop, rule);
	first = wire_call(w, "GET", "/shop/api/v2/orders?filter[orders][code]=1", NULL, NULL);
	assert_int_equal(first.status, 200);
	wire_reply_clear(&first);
	r = wire_act(shop, w, code, "ACCEPTED_BY_MERCHANT", "", NULL);
	wire_close(w);
	is = market_truth(shop, code, "state");
	assert_string_equal(is, applied ? "PICKUP" : "NEW");
	free(is);
	is = market_truth(shop, code, "requests.ACCEPTED_BY_MERCHANT");
	assert_string_equal(is, "1");
	free(is);
	free(order);
	free(code);
	return r;
}

static void expect_end(const char *what, enum wire_end end, int status)
{
	for (int after = 0; after < 2; after++) {
		char *rule = xasprintf("match=\"POST /v2/orders$\" when=%s do=%s",
			after ? "after" : "before", what);
		struct wire_reply r = accept_under(rule, after);

		if (r.end != end || r.status != status)
			fail_msg("%s: end %d, status %d", rule, (int)r.end, r.status);
		wire_reply_clear(&r);
		free(rule);
	}
}

static void a_connection_ends_without_a_byte(void **state)
{
	(void)state;
	expect_end("drop", WIRE_CLOSED, 0);
	expect_end("silence:50", WIRE_CLOSED, 0);
}

static void a_connection_is_reset(void **state)
{
	(void)state;
	expect_end("reset", WIRE_RESET, 0);
}

static void a_status_is_answered(void **state)
{
	(void)state;
	expect_end("status:503", WIRE_WHOLE, 503);
	expect_end("status:204", WIRE_WHOLE, 204);
	expect_end("html", WIRE_WHOLE, 502);
	expect_end("redirect:http://127.0.0.1:1/x", WIRE_WHOLE, 302);
}

static void a_body_never_ends(void **state)
{
	(void)state;
	expect_end("endless", WIRE_TOO_MUCH, 200);
}

static void a_status_line_may_be_no_http(void **state)
{
	struct wire_reply r = accept_under("match=POST do=garbage-header", false);

	(void)state;
	assert_int_equal(r.status, 2);
	assert_non_null(strstr(r.head, "Content-Length: banana\r\n"));
	wire_reply_clear(&r);
}

static void a_body_is_cut_after_its_length_was_announced(void **state)
{
	struct wire_reply r = accept_under("match=POST do=truncate:40", true);

	(void)state;
	assert_int_equal(r.end, WIRE_CLOSED);
	assert_int_equal(r.status, 200);
	assert_int_equal(r.len, 40);
	wire_reply_clear(&r);
}

static void a_body_may_be_no_json(void **state)
{
	struct wire_reply r = accept_under("match=POST do=malformed", true);

	(void)state;
	assert_int_equal(r.end, WIRE_WHOLE);
	assert_int_equal(r.status, 200);
	assert_int_not_equal(r.body[r.len - 1], '}');
	wire_reply_clear(&r);
}

static void too_many_requests_name_a_time(void **state)
{
	struct wire_reply r = accept_under("match=POST do=retry-after:7", false);

	(void)state;
	assert_int_equal(r.status, 429);
	assert_non_null(strstr(r.head, "Retry-After: 7\r\n"));
	wire_reply_clear(&r);
}

static void a_body_of_the_tests_own_is_sent(void **state)
{
	struct wire_reply r =
		accept_under("do=\"status:409:{\\\"errors\\\": [1]}\" match=POST", false);

	(void)state;
	assert_int_equal(r.status, 409);
	assert_string_equal(r.body, "{\"errors\": [1]}");
	wire_reply_clear(&r);
}

static void a_delay_keeps_the_order_waiting(void **state)
{
	int64_t start = mono_ms();
	struct wire_reply r = accept_under("match=POST do=delay:150", true);

	(void)state;
	assert_int_equal(r.status, 200);
	assert_true(mono_ms() - start >= 150);
	wire_reply_clear(&r);
}

/* Runs as many look-ups as there are letters: "." answered, "x" not. */
static void expect_look_ups(const char *rule, const char *pattern)
{
	market_no_faults(shop);
	market_fault(shop, rule);
	for (; *pattern; pattern++) {
		struct wire *w = wire_open(shop, shop->token);
		struct wire_reply r = wire_call(
			w, "GET", "/shop/api/v2/orders?filter%5Borders%5D%5Bcode%5D=1", NULL, NULL);

		assert_int_equal(r.status, *pattern == '.' ? 200 : 0);
		wire_reply_clear(&r);
		wire_close(w);
	}
	market_no_faults(shop);
}

static void rules_count_and_choose(void **state)
{
	(void)state;
	expect_look_ups("do=drop times=2", "xx...");
	expect_look_ups("do=drop skip=1 times=1", ".x...");
	expect_look_ups("do=drop match=\"GET filter[orders][code]=1\"", "xx");
	expect_look_ups("do=drop match=\"GET /v2/orders$\"", "xx");
	expect_look_ups("do=drop match=\"GET /v2/orders/\"", "..");
	expect_look_ups("do=drop reused=yes", "..");
	expect_look_ups("do=drop status=COMPLETED", "..");
	expect_look_ups("do=drop probability=0", "..");
}

static void a_rule_may_ask_for_a_status_of_the_body(void **state)
{
	struct wire_reply r = accept_under("status=ACCEPTED_BY_MERCHANT reused=yes do=drop", false);

	(void)state;
	assert_int_equal(r.end, WIRE_CLOSED);
	wire_reply_clear(&r);
	r = accept_under("status=COMPLETED do=drop", true);
	assert_int_equal(r.status, 200);
	wire_reply_clear(&r);
}

static void wrong_rules_are_refused(void **state)
{
	static const char *const WRONG[] = {
		"",
		"drop",
		"do=explode",
		"do=delay",
		"do=delay:x",
		"do=drop:1",
		"do=status:99",
		"do=drop times=-1",
		"do=drop when=later",
		"do=drop match=\"open",
		"do=drop colour=red",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(WRONG) / sizeof(WRONG[0]); i++)
		free(wire_ask(shop, 400, "POST", "/sim/fault", WRONG[i]));
}

static void the_log_tells_what_came(void **state)
{
	struct wire_reply r = accept_under("match=POST do=drop", false);
	char *log;

	(void)state;
	wire_reply_clear(&r);
	log = market_control(shop, "GET", "/sim/requests?since=0", NULL);
	assert_non_null(strstr(log,
		"\"method\":\"POST\",\"path\":\"/shop/api/v2/orders\","
		"\"status\":0,\"fault\":\"drop\",\"user_agent\":\"wire/1\",\"token\":\"ok\""));
	assert_null(strstr(log, shop->token));
	free(log);
	market_no_faults(shop);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_connection_ends_without_a_byte),
		cmocka_unit_test(a_connection_is_reset),
		cmocka_unit_test(a_status_is_answered),
		cmocka_unit_test(a_body_never_ends),
		cmocka_unit_test(a_status_line_may_be_no_http),
		cmocka_unit_test(a_body_is_cut_after_its_length_was_announced),
		cmocka_unit_test(a_body_may_be_no_json),
		cmocka_unit_test(too_many_requests_name_a_time),
		cmocka_unit_test(a_body_of_the_tests_own_is_sent),
		cmocka_unit_test(a_delay_keeps_the_order_waiting),
		cmocka_unit_test(rules_count_and_choose),
		cmocka_unit_test(a_rule_may_ask_for_a_status_of_the_body),
		cmocka_unit_test(wrong_rules_are_refused),
		cmocka_unit_test(the_log_tells_what_came),
	};

	return cmocka_run_group_tests(tests, open_shop, close_shop);
}
