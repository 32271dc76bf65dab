/* What the simulated shop takes and what it answers, before any order changes. */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tests/sim/wire.h"

/* 2026-11-23 12:00 UTC */
#define NOW 1795435200000LL
#define DAY 86400000LL

static struct market *shop;

static int open_shop(void **state)
{
	(void)state;
	shop = market_start(&(struct market_options){ .orders = 300, .seed = 7, .now_ms = NOW });
	return 0;
}

static int close_shop(void **state)
{
	(void)state;
	market_stop(shop);
	return 0;
}

static char *listing(const char *rest, long long from, long long to)
{
	return xasprintf(
		"/shop/api/v2/orders?page[number]=0&page[size]=100"
		"&filter[orders][creationDate][$ge]=%lld&filter[orders][creationDate][$le]=%lld%s",
		from, to, rest);
}

static void expect_refusal(int status, const char *path, const char *title)
{
	char *body = wire_ask(shop, status, "GET", path, NULL);
	char *expected = xasprintf("{\"errors\":[{\"title\":\"%s\"}]}", title);

	assert_string_equal(body, expected);
	free(expected);
	free(body);
}

static void a_page_needs_number_size_and_dates(void **state)
{
	(void)state;
	expect_refusal(400, "/shop/api/v2/orders", "Required pagination value [number] is empty.");
	expect_refusal(400, "/shop/api/v2/orders?page[number]=0",
		"Required pagination value [size] is empty.");
	expect_refusal(400, "/shop/api/v2/orders?page[number]=0&page[size]=101",
		"Pagination value [size] must be between 1 and 100.");
	expect_refusal(400, "/shop/api/v2/orders?page[number]=0&page[size]=100",
		"Required filter value [creationDate][$ge] is empty.");
	expect_refusal(400, "/shop/api/v2/orders?pagenumber=0", "Unknown parameter: pagenumber");
}

static void a_window_has_at_most_fourteen_days(void **state)
{
	char *fits = listing("", NOW - 14 * DAY, NOW), *wide = listing("", NOW - 14 * DAY - 1, NOW);

	(void)state;
	free(wire_ask(shop, 200, "GET", fits, NULL));
	expect_refusal(400, wide, "Filter [creationDate] must not span more than 14 days.");
	free(fits);
	free(wide);
}

static void filters_know_their_values(void **state)
{
	char *state_wrong = listing("&filter[orders][state]=OLD", NOW - DAY, NOW);
	char *repeats = listing("&filter[orders][state]=PICKUP&filter[orders][deliveryType]=PICKUP",
		NOW - DAY, NOW);

	(void)state;
	expect_refusal(400, state_wrong, "Unknown state: OLD");
	expect_refusal(400, repeats, "deliveryType must not repeat the state.");
	free(state_wrong);
	free(repeats);
}

static void brackets_may_be_encoded(void **state)
{
	char *raw = listing("&filter[orders][state]=ARCHIVE", NOW - 10 * DAY, NOW), *encoded;
	char *a, *b;

	(void)state;
	encoded = xasprintf("/shop/api/v2/orders?page%%5Bnumber%%5D=0&page%%5Bsize%%5D=100"
			    "&filter%%5Borders%%5D%%5BcreationDate%%5D%%5B%%24ge%%5D=%lld"
			    "&filter%%5Borders%%5D%%5BcreationDate%%5D%%5B%%24le%%5D=%lld"
			    "&filter%%5Borders%%5D%%5Bstate%%5D=ARCHIVE",
		NOW - 10 * DAY, NOW);
	a = wire_ask(shop, 200, "GET", raw, NULL);
	b = wire_ask(shop, 200, "GET", encoded, NULL);
	assert_non_null(strstr(a, "\"state\":\"ARCHIVE\""));
	assert_null(strstr(a, "\"state\":\"NEW\""));
	assert_string_equal(a, b);
	free(a);
	free(b);
	free(raw);
	free(encoded);
}

static void expect_status(const char *headers, int status)
{
	struct wire *w = wire_open(shop, shop->token);
	struct wire_reply r =
		wire_call(w, "GET", "/shop/api/v2/orders?filter[orders][code]=1", headers, NULL);

	assert_int_equal(r.end, WIRE_WHOLE);
	assert_int_equal(r.status, status);
	wire_reply_clear(&r);
	wire_close(w);
}

static void headers_are_checked(void **state)
{
	char *token = xasprintf("X-Auth-Token: %s\r\n", shop->token);
	char *no_accept = xasprintf("User-Agent: w/1\r\n%s"
				    "Content-Type: application/vnd.api+json\r\n",
		token);
	char *wrong_type = xasprintf("User-Agent: w/1\r\n%sAccept: application/vnd.api+json\r\n"
				     "Content-Type: application/json\r\n",
		token);

	(void)state;
	expect_status(NULL, 200);
	expect_status(no_accept, 406);
	expect_status(wrong_type, 415);
	expect_status("User-Agent: w/1\r\n", 401);
	expect_status("User-Agent: w/1\r\nX-Auth-Token: other\r\n", 401);
	free(no_accept);
	free(wrong_type);
	free(token);
}

static void a_tool_gets_no_byte(void **state)
{
	struct wire *w = wire_open(shop, shop->token);
	struct wire_reply r;

	(void)state;
	r = wire_call(w, "GET", "/shop/api/v2/orders", "User-Agent: curl/8.0\r\n", NULL);
	assert_int_equal(r.end, WIRE_SILENT);
	assert_int_equal(r.status, 0);
	wire_reply_clear(&r);
	wire_close(w);
}

static void a_code_finds_orders_of_any_age(void **state)
{
	char *body;

	(void)state;
	market_order(shop, "{\"code\":\"900000001\",\"created_ms\":1600000000000}");
	body = wire_ask(
		shop, 200, "GET", "/shop/api/v2/orders?filter[orders][code]=900000001", NULL);
	assert_non_null(strstr(body, "\"id\":\"OTAwMDAwMDAx\""));
	assert_non_null(strstr(body, "\"meta\":{\"pageCount\":1,\"totalCount\":1}"));
	free(body);
	body = wire_ask(shop, 200, "GET", "/shop/api/v2/orders?filter[orders][code]=5", NULL);
	assert_string_equal(
		body, "{\"data\":[],\"included\":[],\"meta\":{\"pageCount\":0,\"totalCount\":0}}");
	free(body);
}

static void an_order_looks_as_the_live_ones(void **state)
{
	static const char *const PARTS[] = {
		"\"type\":\"orders\",\"id\":\"OTAwMDAwMDAy\"",
		"\"code\":\"900000002\"",
		"\"totalPrice\":4000.0,",
		"\"creationDate\":1795435200000,",
		"\"kaspiDelivery\":{",
		"\"waybill\":null,",
		"\"courierTransmissionDate\":null,",
		"\"assembled\":false",
		"\"cellPhone\":\"7010000002\"",
		"\"originAddress\":{",
		"\"isKaspiDelivery\":true",
		"\"links\":{\"self\":\"http://127.0.0.1:",
	};
	char *body;

	(void)state;
	/* Every tenth order sends 4000 for 4000.0; this one is not one of them. */
	market_order(shop, "{\"code\":\"900000002\",\"state\":\"KASPI_DELIVERY\",\"total\":4000,"
			   "\"phone\":\"7010000002\"}");
	body = wire_ask(shop, 200, "GET", "/shop/api/v2/orders/OTAwMDAwMDAy", NULL);
	for (size_t i = 0; i < sizeof(PARTS) / sizeof(PARTS[0]); i++) {
		if (!strstr(body, PARTS[i]))
			fail_msg("%s is not in %s", PARTS[i], body);
	}
	free(body);
	free(market_control(shop, "POST", "/sim/order/900000002/set", "{\"state\":\"ARCHIVE\"}"));
	body = wire_ask(shop, 200, "GET", "/shop/api/v2/orders/OTAwMDAwMDAy", NULL);
	assert_null(strstr(body, "\"7010000002\""));
	assert_non_null(strstr(body, "\"cellPhone\":\"+0(000)-000-00-00\""));
	free(body);
}

static void entries_lead_to_products_and_warehouses(void **state)
{
	char *body;

	(void)state;
	market_order(shop, "{\"code\":\"900000003\",\"productCode\":\"103403301\",\"quantity\":2}");
	body = wire_ask(shop, 200, "GET", "/shop/api/v2/orders/OTAwMDAwMDAz/entries", NULL);
	assert_non_null(strstr(body, "\"id\":\"OTAwMDAwMDAzIyMw\""));
	assert_non_null(strstr(body, "\"unitType\":\"MEASURABLE\",\"quantity\":2,"));
	assert_non_null(strstr(body, "\"offer\":{\"code\":\"FRU-0102\""));
	free(body);
	body = wire_ask(
		shop, 200, "GET", "/shop/api/v2/orderentries/OTAwMDAwMDAzIyMw/product", NULL);
	assert_non_null(strstr(body, "\"code\":\"103403301\""));
	free(body);
	body = wire_ask(
		shop, 200, "GET", "/shop/api/v2/masterproducts/MTAzNDAzMzAx/merchantProduct", NULL);
	assert_non_null(strstr(body, "\"code\":\"FRU-0102\""));
	free(body);
	body = wire_ask(shop, 200, "GET",
		"/shop/api/v2/orderentries/OTAwMDAwMDAzIyMw/deliveryPointOfService", NULL);
	assert_non_null(strstr(body, "\"displayName\":\"PP"));
	free(body);
	body = wire_ask(shop, 200, "GET", "/shop/api/v2/pointofservices/MzA0NTM0NjRfUFAx", NULL);
	assert_non_null(strstr(body, "\"displayName\":\"PP1\""));
	free(body);
}

static void unknown_things_are_not_found(void **state)
{
	(void)state;
	expect_refusal(404, "/shop/api/v2/orders/MTIz", "Order not found");
	expect_refusal(404, "/shop/api/v2/orders/MTIz/entries", "Order not found");
	expect_refusal(404, "/shop/api/v2/orderentries/MTIz", "Order entry not found");
	expect_refusal(404, "/shop/api/v2/nothing", "Not found");
}

static void include_brings_users_and_entries_along(void **state)
{
	char *path = listing("&include[orders]=user,entries", NOW - 3 * DAY, NOW);
	char *body = wire_ask(shop, 200, "GET", path, NULL);

	(void)state;
	assert_non_null(strstr(body, "\"included\":[{\"type\":\"customers\""));
	assert_non_null(strstr(body, "{\"type\":\"orderentries\",\"id\":\""));
	assert_non_null(strstr(body, "\"unitType\":"));
	free(body);
	free(path);
}

static void hostile_text_leaves_as_it_came(void **state)
{
	char *body;

	(void)state;
	market_order(shop, "{\"code\":\"900000004\",\"firstName\":\"A\\u001b[2J\\\"\\\\\\u202e\"}");
	body = wire_ask(shop, 200, "GET", "/shop/api/v2/orders/OTAwMDAwMDA0", NULL);
	assert_non_null(strstr(body, "\"firstName\":\"A\\u001b[2J\\\"\\\\\u202e\""));
	free(body);
}

static size_t occurrences(const char *text, const char *piece)
{
	size_t n = 0;

	for (const char *at = text; (at = strstr(at, piece)); at++)
		n++;
	return n;
}

static void the_side_door_tells_the_truth_of_all_orders(void **state)
{
	char *health, *one, *all, *count;

	(void)state;
	market_order(shop, "{\"code\":\"900000005\",\"mode\":\"regional-pickup\",\"firstName\":\"A\","
			   "\"phone\":\"7010000005\"}");
	health = market_control(shop, "GET", "/sim/health", NULL);
	one = market_control(shop, "GET", "/sim/order/900000005", NULL);
	all = market_control(shop, "GET", "/sim/orders", NULL);
	count = xasprintf("{\"orders\":%zu,", occurrences(all, "\"cancel_comment\":"));
	assert_memory_equal(health, count, strlen(count));
	assert_non_null(strstr(all, one));
	assert_non_null(strstr(one, "\"mode\":\"regional-pickup\",\"state\":\"NEW\""));
	assert_non_null(strstr(one, "\"firstName\":\"A\""));
	free(health);
	free(one);
	free(all);
	free(count);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_page_needs_number_size_and_dates),
		cmocka_unit_test(a_window_has_at_most_fourteen_days),
		cmocka_unit_test(filters_know_their_values),
		cmocka_unit_test(brackets_may_be_encoded),
		cmocka_unit_test(headers_are_checked),
		cmocka_unit_test(a_tool_gets_no_byte),
		cmocka_unit_test(a_code_finds_orders_of_any_age),
		cmocka_unit_test(an_order_looks_as_the_live_ones),
		cmocka_unit_test(entries_lead_to_products_and_warehouses),
		cmocka_unit_test(unknown_things_are_not_found),
		cmocka_unit_test(include_brings_users_and_entries_along),
		cmocka_unit_test(hostile_text_leaves_as_it_came),
		cmocka_unit_test(the_side_door_tells_the_truth_of_all_orders),
	};

	return cmocka_run_group_tests(tests, open_shop, close_shop);
}
