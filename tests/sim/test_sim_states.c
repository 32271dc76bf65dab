/* What may be done to an order, what it becomes, and what is refused. */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tests/sim/wire.h"

#define SEND_CODE "X-Security-Code:\r\nX-Send-Code: true\r\n"

static struct market *shop;

static int open_shop(void **state)
{
	static const char *const args[] = { "--waybill-delay", "0.2", NULL };

	(void)state;
	shop = market_start(&(struct market_options){ .orders = 20, .seed = 3, .args = args });
	return 0;
}

static int close_shop(void **state)
{
	(void)state;
	market_stop(shop);
	return 0;
}

static void expect_state(const char *code, const char *state, const char *status)
{
	char *is_state = market_truth(shop, code, "state");
	char *is_status = market_truth(shop, code, "status");

	assert_string_equal(is_state, state);
	assert_string_equal(is_status, status);
	free(is_state);
	free(is_status);
}

static void expect_truth(const char *code, const char *member, const char *value)
{
	char *is = market_truth(shop, code, member);

	assert_string_equal(is, value);
	free(is);
}

static void accepting_takes_an_order_where_its_mode_says(void **state)
{
	static const struct {
		const char *code, *order, *state;
	} CASES[] = {
		{ "1001", "{\"code\":\"1001\",\"mode\":\"pickup\"}", "PICKUP" },
		{ "1002", "{\"code\":\"1002\",\"mode\":\"own\"}", "DELIVERY" },
		{ "1003", "{\"code\":\"1003\",\"mode\":\"kaspi\"}", "KASPI_DELIVERY" },
		{ "1004", "{\"code\":\"1004\",\"mode\":\"postomat\"}", "KASPI_DELIVERY" },
		{ "1005", "{\"code\":\"1005\",\"mode\":\"regional\"}", "KASPI_DELIVERY" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
		market_order(shop, CASES[i].order);
		expect_state(CASES[i].code, "NEW", "APPROVED_BY_BANK");
		free(wire_act_once(shop, 200, CASES[i].code, "ACCEPTED_BY_MERCHANT", ""));
		expect_state(CASES[i].code, CASES[i].state, "ACCEPTED_BY_MERCHANT");
		free(wire_act_once(shop, 400, CASES[i].code, "ACCEPTED_BY_MERCHANT", ""));
		expect_truth(CASES[i].code, "requests.ACCEPTED_BY_MERCHANT", "2");
		expect_truth(CASES[i].code, "applied.ACCEPTED_BY_MERCHANT", "1");
	}
}

static void a_reply_repeats_what_was_sent(void **state)
{
	char *body;

	(void)state;
	market_order(shop, "{\"code\":\"1010\",\"state\":\"KASPI_DELIVERY\"}");
	body = wire_act_once(shop, 200, "1010", "ASSEMBLE", ",\"numberOfSpace\":\"2\"");
	assert_non_null(strstr(body,
		"\"attributes\":{\"code\":\"1010\",\"status\":\"ASSEMBLE\",\"numberOfSpace\":2}"));
	assert_null(strstr(body, "waybill"));
	assert_null(strstr(body, "assembled"));
	free(body);
	expect_state("1010", "KASPI_DELIVERY", "ACCEPTED_BY_MERCHANT");
	expect_truth("1010", "assembled", "true");
}

static void a_waybill_comes_later_and_is_a_pdf(void **state)
{
	char *body, *link, *end;

	(void)state;
	market_order(shop, "{\"code\":\"1011\",\"state\":\"KASPI_DELIVERY\"}");
	free(wire_act_once(shop, 200, "1011", "ASSEMBLE", ",\"numberOfSpace\":\"3\""));
	body = wire_ask(shop, 200, "GET", "/shop/api/v2/orders/MTAxMQ", NULL);
	assert_non_null(strstr(body, "\"waybill\":null"));
	free(body);
	market_expect(shop, "1011", "waybill", "true");
	body = wire_ask(shop, 200, "GET", "/shop/api/v2/orders/MTAxMQ", NULL);
	link = strstr(body, "/shop/api/waybill/");
	assert_non_null(link);
	end = strchr(link, '"');
	*end = '\0';
	end = wire_ask(shop, 200, "GET", link, NULL);
	assert_memory_equal(end, "%PDF-1.4", 8);
	free(end);
	link[strlen(link) - 1] ^= 1;
	free(wire_ask(shop, 404, "GET", link, NULL));
	free(body);
	free(wire_act_once(shop, 400, "1011", "ASSEMBLE", ",\"numberOfSpace\":\"1\""));
}

static struct wire_reply hand_out(const char *code, const char *security)
{
	struct wire *w = wire_open(shop, shop->token);
	char *headers = xasprintf("X-Security-Code: %s\r\nX-Send-Code: true\r\n", security);
	struct wire_reply r =
		wire_act(shop, w, code, "COMPLETED", "", *security ? headers : SEND_CODE);

	free(headers);
	wire_close(w);
	return r;
}

static void handing_out_takes_two_steps_and_the_buyers_code(void **state)
{
	struct wire_reply r;
	char *code;

	(void)state;
	market_order(shop, "{\"code\":\"1020\",\"state\":\"PICKUP\"}");
	free(wire_act_once(shop, 400, "1020", "COMPLETED", "")); /* no header at all */
	r = hand_out("1020", "");
	assert_int_equal(r.status, 200);
	wire_reply_clear(&r);
	expect_state("1020", "PICKUP", "ACCEPTED_BY_MERCHANT");
	code = market_code(shop, "1020");
	assert_int_equal(strlen(code), 4);
	r = hand_out("1020", "12345678");
	assert_int_equal(r.status, 400);
	assert_non_null(strstr(r.body, "Security code is not valid."));
	wire_reply_clear(&r);
	r = hand_out("1020", code);
	assert_int_equal(r.status, 200);
	wire_reply_clear(&r);
	expect_state("1020", "ARCHIVE", "COMPLETED");
	expect_truth("1020", "applied.SEND_CODE", "1");
	r = hand_out("1020", code);
	assert_non_null(strstr(r.body, "already has been completed"));
	wire_reply_clear(&r);
	free(code);
}

static void cancelling_needs_a_reason_and_a_short_comment(void **state)
{
	char *fits = xcalloc(1, 2200), *attributes;

	(void)state;
	market_order(shop, "{\"code\":\"1030\"}");
	free(wire_act_once(shop, 400, "1030", "CANCELLED", ""));
	free(wire_act_once(shop, 400, "1030", "CANCELLED", ",\"cancellationReason\":\"NO\""));
	for (size_t i = 0; i < 1001; i++) /* two bytes a letter: letters count */
		memcpy(fits + 2 * i, "Қ", 2);
	attributes = xasprintf(",\"cancellationReason\":\"MERCHANT_OUT_OF_STOCK\","
			       "\"cancellationComment\":\"%s\"",
		fits);
	free(wire_act_once(shop, 400, "1030", "CANCELLED", attributes));
	free(attributes);
	fits[2000] = '\0';
	attributes = xasprintf(",\"cancellationReason\":\"MERCHANT_OUT_OF_STOCK\","
			       "\"cancellationComment\":\"%s\"",
		fits);
	free(wire_act_once(shop, 200, "1030", "CANCELLED", attributes));
	expect_state("1030", "ARCHIVE", "CANCELLED");
	free(wire_act_once(shop, 400, "1030", "ACCEPTED_BY_MERCHANT", ""));
	free(attributes);
	free(fits);
}

static void what_is_packed_must_come_back(void **state)
{
	(void)state;
	market_order(shop, "{\"code\":\"1031\",\"state\":\"KASPI_DELIVERY\",\"assembled\":true}");
	free(wire_act_once(
		shop, 200, "1031", "CANCELLED", ",\"cancellationReason\":\"BUYER_NOT_REACHABLE\""));
	expect_state("1031", "KASPI_DELIVERY", "CANCELLING");
	free(wire_act_once(shop, 200, "1031", "ARRIVED_BACKWARD", ""));
	expect_state("1031", "ARCHIVE", "CANCELLED");
}

static void a_pre_order_arrives_once(void **state)
{
	(void)state;
	market_order(shop, "{\"code\":\"1040\",\"state\":\"PICKUP\",\"preorder\":true}");
	market_order(shop, "{\"code\":\"1041\",\"state\":\"PICKUP\"}");
	free(wire_act_once(shop, 200, "1040", "ARRIVED", ""));
	expect_truth("1040", "arrived", "true");
	free(wire_act_once(shop, 400, "1040", "ARRIVED", ""));
	free(wire_act_once(shop, 400, "1041", "ARRIVED", ""));
}

static void bodies_have_exactly_their_shape(void **state)
{
	static const char *const WRONG[] = {
		"",
		"{",
		"[]",
		"{\"data\":{}}",
		"{\"data\":{\"type\":\"orders\"}}",
		"{\"data\":{\"type\":\"order\",\"id\":\"MTA1MA\",\"attributes\":"
		"{\"code\":\"1050\",\"status\":\"ACCEPTED_BY_MERCHANT\"}}}",
		"{\"data\":{\"type\":\"orders\",\"id\":\"MTA1MA\",\"attributes\":{\"code\":"
		"\"1050\"}}}",
		"{\"data\":{\"type\":\"orders\",\"id\":\"MTA1MA\",\"attributes\":"
		"{\"code\":\"1050\",\"status\":\"ACCEPTED_BY_MERCHANT\",\"stauts\":\"1\"}}}",
	};

	(void)state;
	market_order(shop, "{\"code\":\"1050\"}");
	for (size_t i = 0; i < sizeof(WRONG) / sizeof(WRONG[0]); i++)
		free(wire_ask(shop, 400, "POST", "/shop/api/v2/orders", WRONG[i]));
	/* Without the code, or with another one, the live service does not find it. */
	free(wire_ask(shop, 404, "POST", "/shop/api/v2/orders",
		"{\"data\":{\"type\":\"orders\",\"id\":\"MTA1MA\",\"attributes\":"
		"{\"status\":\"ACCEPTED_BY_MERCHANT\"}}}"));
	expect_state("1050", "NEW", "APPROVED_BY_BANK");
}

#define ENTRY(id) "\"relationships\":{\"entry\":{\"data\":{" \
	"\"type\":\"orderentries\",\"id\":\"" id "\"}}}"

static void fewer_pieces_remain(void **state)
{
	char *body;

	(void)state;
	market_order(shop, "{\"code\":\"1060\",\"entries\":2,\"quantity\":3,"
			   "\"productCode\":\"102330519\"}");
	body = wire_ask(shop, 200, "POST", "/shop/api/v2/orderEntryCancelOperation",
		"{\"data\":{\"type\":\"orderEntryCancelOperation\",\"attributes\":{\"notes\":\"\","
		"\"remainedQuantity\":1,\"reason\":\"MERCHANT_OUT_OF_STOCK\"}," ENTRY(
			"MTA2MCMjMA") "}}");
	assert_non_null(strstr(body, "\"remainedQuantity\":1,\"status\":\"INPROGRESS\""));
	free(body);
	expect_truth("1060", "entries.0.quantity", "1");
	expect_truth("1060", "total", "2760");
	free(wire_ask(shop, 400, "POST", "/shop/api/v2/orderEntryCancelOperation",
		"{\"data\":{\"type\":\"orderEntryCancelOperation\",\"attributes\":{"
		"\"remainedQuantity\":1,\"reason\":\"MERCHANT_OUT_OF_STOCK\"}," ENTRY(
			"MTA2MCMjMA") "}}"));
}

static void weighed_goods_may_turn_out_lighter(void **state)
{
	char *body;

	(void)state;
	market_order(shop, "{\"code\":\"1061\",\"quantity\":2,\"productCode\":\"103634433\"}");
	expect_truth("1061", "entries.0.weight", "3800");
	body = wire_ask(shop, 200, "PUT", "/shop/api/orderPartialCancel/MTA2MQ",
		"[{\"entry\":{\"id\":\"MTA2MSMjMA\"},\"remainedWeight\":3000,\"remainedQuantity\":"
		"2,"
		"\"reason\":\"PRODUCT_UNDERWEIGHT\",\"notes\":\"Недовес\"}]");
	assert_non_null(strstr(body, "\"remainedWeight\":3000.0}],\"status\":\"INPROGRESS\"}"));
	free(body);
	expect_truth("1061", "total", "4680");
}

static void phones_take_their_imei(void **state)
{
	static const char *const ITEMS[] = { "[\"490154203237519\"]", "[\"490154203237518\"]" };
	char *body, *reply;

	(void)state;
	market_order(
		shop, "{\"code\":\"1062\",\"state\":\"PICKUP\",\"productCode\":\"113137790\"}");
	for (size_t i = 0; i < 2; i++) {
		body = xasprintf("{\"data\":{\"type\":\"orderEntryImeiOperation\",\"attributes\":"
				 "{\"items\":[{\"imei\":%s}]}," ENTRY("MTA2MiMjMA") "}}",
			ITEMS[i]);
		free(wire_ask(
			shop, i ? 200 : 400, "POST", "/shop/api/v2/orderEntryImeiOperation", body));
		free(body);
	}
	reply = wire_ask(shop, 200, "GET", "/shop/api/v2/orders/MTA2Mg/imei", NULL);
	assert_non_null(strstr(reply, "490154203237518"));
	free(reply);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(accepting_takes_an_order_where_its_mode_says),
		cmocka_unit_test(a_reply_repeats_what_was_sent),
		cmocka_unit_test(a_waybill_comes_later_and_is_a_pdf),
		cmocka_unit_test(handing_out_takes_two_steps_and_the_buyers_code),
		cmocka_unit_test(cancelling_needs_a_reason_and_a_short_comment),
		cmocka_unit_test(what_is_packed_must_come_back),
		cmocka_unit_test(a_pre_order_arrives_once),
		cmocka_unit_test(bodies_have_exactly_their_shape),
		cmocka_unit_test(fewer_pieces_remain),
		cmocka_unit_test(weighed_goods_may_turn_out_lighter),
		cmocka_unit_test(phones_take_their_imei),
	};

	return cmocka_run_group_tests(tests, open_shop, close_shop);
}
