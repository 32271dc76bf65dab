/* What happens in the simulated shop by itself, and that a seed decides it. */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "tests/lib/patience.h"
#include "tests/sim/wire.h"

#define NOW 1795435200000LL
#define PAGE                                                                                       \
	"/shop/api/v2/orders?page[number]=0&page[size]=100"                                        \
	"&filter[orders][creationDate][$ge]=1794657600000"

/* The body with this server's own port taken out of every link. */
static char *page_of(struct market *m, const char *rest)
{
	char *path = xasprintf("%s%s", PAGE, rest), *body = wire_ask(m, 200, "GET", path, NULL),
	     *at;
	size_t url = strlen(m->url);

	for (at = strstr(body, m->url); at; at = strstr(at, m->url))
		memmove(at, at + url, strlen(at + url) + 1);
	free(path);
	return body;
}

static char *page_of_seed(int seed)
{
	struct market *m = market_start(
		&(struct market_options){ .orders = 150, .seed = seed, .now_ms = NOW });
	char *body = page_of(m, "&include[orders]=entries");

	market_stop(m);
	return body;
}

static void a_seed_decides_everything(void **state)
{
	char *one = page_of_seed(1), *again = page_of_seed(1), *two = page_of_seed(2);

	(void)state;
	assert_string_equal(one, again);
	assert_string_not_equal(one, two);
	free(one);
	free(again);
	free(two);
}

static void every_state_is_in_stock(void **state)
{
	static const char *const WANTED[] = {
		"\"state\":\"NEW\"",
		"\"state\":\"SIGN_REQUIRED\"",
		"\"state\":\"PICKUP\"",
		"\"state\":\"DELIVERY\"",
		"\"state\":\"KASPI_DELIVERY\"",
		"\"state\":\"ARCHIVE\"",
		"\"status\":\"CANCELLING\"",
		"\"status\":\"KASPI_DELIVERY_RETURN_REQUESTED\"",
		"\"status\":\"RETURNED\"",
		"\"preOrder\":true",
		"\"express\":true",
		"\"assembled\":true",
		"DELIVERY_REGIONAL_TODOOR",
	};
	struct market *m =
		market_start(&(struct market_options){ .orders = 400, .seed = 1, .now_ms = NOW });
	struct buf all = BUF_INIT(BUF_MAX_REPLY);

	(void)state;
	for (int page = 0; page < 4; page++) {
		char *path = xasprintf("/shop/api/v2/orders?page[number]=%d&page[size]=100"
				       "&filter[orders][creationDate][$ge]=%lld",
			page, NOW - 14 * 86400000LL);
		char *body = wire_ask(m, 200, "GET", path, NULL);

		buf_adds(&all, body);
		free(body);
		free(path);
	}
	for (size_t i = 0; i < sizeof(WANTED) / sizeof(WANTED[0]); i++) {
		if (!strstr(buf_str(&all), WANTED[i]))
			fail_msg("no order has %s", WANTED[i]);
	}
	buf_clear(&all);
	market_stop(m);
}

static long long orders_of(struct market *m)
{
	char *health = market_control(m, "GET", "/sim/health", NULL);
	long long n = -1;

	assert_int_equal(sscanf(health, "{\"orders\":%lld", &n), 1);
	free(health);
	return n;
}

static void orders_arrive_as_time_passes(void **state)
{
	static const char *const args[] = { "--arrivals", "60", NULL };
	struct market *m = market_start(&(struct market_options){ .orders = 5, .args = args });
	long long after;

	(void)state;
	free(market_control(m, "POST", "/sim/clock", "{\"advance_ms\":3600000}"));
	after = orders_of(m);
	assert_true(after > 5 + 20 && after < 5 + 200);
	market_stop(m);
}

static void couriers_take_what_is_assembled(void **state)
{
	static const char *const args[] = { "--no-still", NULL };
	struct market *m = market_start(
		&(struct market_options){ .orders = 300, .now_ms = NOW, .args = args });
	const char *rest = "&filter[orders][state]=KASPI_DELIVERY"
			   "&filter[orders][status]=ACCEPTED_BY_MERCHANT";
	char *before = page_of(m, rest), *after;

	(void)state;
	assert_non_null(strstr(before, "\"courierTransmissionDate\":null"));
	assert_non_null(strstr(before, "\"assembled\":true"));
	free(market_control(m, "POST", "/sim/clock", "{\"advance_ms\":259200000}"));
	/* Everything that was assembled at the start has been taken and delivered by now. */
	after = page_of(m, rest);
	assert_non_null(strstr(after, "\"assembled\":false"));
	assert_null(strstr(after, "\"assembled\":true"));
	free(before);
	free(after);
	market_stop(m);
}

static void a_buyer_changes_his_mind(void **state)
{
	struct market *m = market_start(&(struct market_options){ .orders = 0 });
	char *reason;

	(void)state;
	market_order(m, "{\"code\":\"3001\"}");
	market_cancel_by_buyer(m, "3001");
	market_expect(m, "3001", "status", "CANCELLED");
	reason = market_truth(m, "3001", "cancel_reason");
	assert_string_equal(reason, "BUYER_CANCELLATION_HIMSELF");
	free(reason);
	market_stop(m);
}

static void a_token_may_change(void **state)
{
	struct market *m = market_start(&(struct market_options){ .orders = 0 });
	const char *path = "/shop/api/v2/orders?filter[orders][code]=1";

	(void)state;
	free(wire_ask(m, 200, "GET", path, NULL));
	free(market_control(m, "POST", "/sim/token", "{\"token\":\"new\"}"));
	free(wire_ask(m, 401, "GET", path, NULL));
	m->token = "new";
	free(wire_ask(m, 200, "GET", path, NULL));
	market_stop(m);
}

static void tests_may_set_what_no_table_knows(void **state)
{
	struct market *m = market_start(&(struct market_options){ .orders = 0 });
	char *body;

	(void)state;
	market_order(m, "{\"code\":\"3002\"}");
	free(market_control(m, "POST", "/sim/order/3002/set",
		"{\"state\":\"DRONE\",\"status\":\"FLYING\",\"assembled\":true}"));
	body = wire_ask(m, 200, "GET", "/shop/api/v2/orders?filter[orders][code]=3002", NULL);
	assert_non_null(strstr(body, "\"state\":\"DRONE\",\"status\":\"FLYING\""));
	free(body);
	free(wire_act_once(m, 400, "3002", "ACCEPTED_BY_MERCHANT", ""));
	market_stop(m);
}

static void a_hundred_thousand_orders_are_served_quickly(void **state)
{
	int64_t start = mono_ms();
	struct market *m = market_start(
		&(struct market_options){ .orders = 100000, .seed = 1, .now_ms = NOW });
	int64_t up = mono_ms() - start, best = INT64_MAX;

	(void)state;
	for (int i = 0; i < 5; i++) {
		char *body;
		int64_t took;

		start = mono_us();
		body = wire_ask(m, 200, "GET", PAGE "&filter[orders][state]=ARCHIVE", NULL);
		took = mono_us() - start;
		best = took < best ? took : best;
		free(body);
	}
	print_message("# start %d ms, a page of 100: %d us\n", (int)up, (int)best);
	/* Sanitizers are slow; the bound is for what nobody would accept. */
	assert_true(best < 200 * 1000);
	market_stop(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_seed_decides_everything),
		cmocka_unit_test(every_state_is_in_stock),
		cmocka_unit_test(orders_arrive_as_time_passes),
		cmocka_unit_test(couriers_take_what_is_assembled),
		cmocka_unit_test(a_buyer_changes_his_mind),
		cmocka_unit_test(a_token_may_change),
		cmocka_unit_test(tests_may_set_what_no_table_knows),
		cmocka_unit_test(a_hundred_thousand_orders_are_served_quickly),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
