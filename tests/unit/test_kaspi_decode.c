#include "kaspi/kaspi.h"

#include <stdio.h>
#include <string.h>

#include "tests/unit/fixture.h"
#include "tests/unit/unit.h"

static const struct provider *const p = &kaspi_provider;

static void read_page(const char *fixture, struct order_list *list, struct page_info *info)
{
	struct error err = ERROR_INIT;
	struct buf body;

	fixture_read(fixture, &body);
	if (!p->read_listing(body.data, body.len, list, info, &err))
		fail_msg("%s: %s", fixture, err.text);
	buf_clear(&body);	/* nothing may point into the reply */
}

static void read_lines(const char *fixture, struct entry_list *list)
{
	struct error err = ERROR_INIT;
	struct buf body;

	fixture_read(fixture, &body);
	if (!p->read_entries(body.data, body.len, list, &err))
		fail_msg("%s: %s", fixture, err.text);
	buf_clear(&body);
}

static void read_fact(enum fact_kind kind, const char *fixture, struct arena *a, struct fact *f)
{
	const struct fact_ref ref = { .kind = kind, .id = "key", .via = "" };
	struct error err = ERROR_INIT;
	struct buf body;

	fixture_read(fixture, &body);
	if (!p->read_fact(&ref, body.data, body.len, a, f, &err))
		fail_msg("%s: %s", fixture, err.text);
	buf_clear(&body);
}

/* ---- orders ---------------------------------------------------------------------------------- */

static void check_documented_order(const char *fixture)
{
	struct order_list list = ORDER_LIST_INIT;
	struct page_info info = { .pages = 9, .skipped = 9 };
	const struct order *o;

	read_page(fixture, &list, &info);
	assert_int_equal(list.n, 1);
	assert_int_equal(info.pages, 1);
	assert_int_equal(info.total, 1);
	assert_int_equal(info.skipped, 0);
	o = &list.items[0];
	assert_string_equal(o->id, "orderId");
	assert_string_equal(o->code, "ordercode");
	assert_int_equal(o->total, 4000);
	assert_string_equal(o->payment_mode, "PAY_WITH_CREDIT");
	assert_int_equal(o->planned_ms, 1706896790999);
	assert_int_equal(o->created_ms, 1706608613252);
	assert_int_equal(o->approved_ms, 1706608657792);
	assert_int_equal(o->delivery_cost, 500);
	assert_int_equal(o->delivery_cost_seller, 0);
	assert_false(o->kaspi_delivery);
	assert_string_equal(o->delivery_mode, "DELIVERY_LOCAL");
	assert_string_equal(o->town, "Алматы");
	assert_string_equal(o->address, "Алматы, улица Наурызбай батыра, 154А");
	assert_true(o->latitude == 43.240013 && o->longitude == 76.938854);
	assert_int_equal(o->credit_term, 3);
	assert_string_equal(o->pickup_point, "merchant_PP1");
	assert_string_equal(o->state, "DELIVERY");
	assert_string_equal(o->status, "ACCEPTED_BY_MERCHANT");
	assert_string_equal(o->customer_id, "customerId");
	assert_string_equal(o->customer, "customerfirstname customerlastname");
	assert_string_equal(o->phone, "7750000000");
	assert_string_equal(o->queue, "own_delivery");
	assert_int_equal(o->planned_ms, 1706896790999);
	assert_int_equal(o->transmitted_ms, 0);
	assert_string_equal(o->waybill, "");
	assert_string_equal(o->cancel_reason, "");
	order_list_clear(&list);
}

static void the_documented_order_is_read(void **state)
{
	(void)state;
	check_documented_order("kaspi/order-by-code.json");
	check_documented_order("kaspi/order-by-code-guide.json");
}

static void the_documented_page_is_read(void **state)
{
	struct order_list list = ORDER_LIST_INIT;
	struct page_info info;

	(void)state;
	read_page("kaspi/orders.json", &list, &info);
	read_page("kaspi/orders-summary.json", &list, &info);
	assert_int_equal(list.n, 2);
	assert_string_equal(list.items[0].id, "orderID");
	assert_string_equal(list.items[0].customer, "Иван Иваныч Иванов");
	assert_string_equal(list.items[0].phone, "7xx0xxxxxx");
	assert_int_equal(list.items[0].total, 96045);
	assert_int_equal(list.items[0].delivery_cost, 1000);
	assert_string_equal(list.items[0].queue, "pickup");
	assert_string_equal(list.items[1].code, "1234567890");
	assert_string_equal(list.items[1].customer, "Иван Иванов");
	assert_int_equal(list.items[1].created_ms, 1479470446241);
	order_list_clear(&list);
}

static void kaspi_delivery_is_read_from_its_block_first(void **state)
{
	struct order_list list = ORDER_LIST_INIT;
	struct page_info info;
	const struct order *o;

	(void)state;
	read_page("kaspi/live-page.json", &list, &info);
	assert_int_equal(info.pages, 7);
	assert_int_equal(info.total, 612);
	assert_int_equal(list.n, 2);
	o = &list.items[0];
	assert_string_equal(o->waybill, "https://kaspi.kz/shop/api/waybill/MDEyMzQ1");
	assert_string_equal(o->waybill_number, "KZ0123");
	assert_int_equal(o->transmission_planned_ms, 1763956800000);
	/* null in the block: the top level is the fallback */
	assert_int_equal(o->transmitted_ms, 1763800000000);
	assert_true(o->express);
	assert_true(o->assembled);
	assert_string_equal(o->queue, "with_courier");
	assert_int_equal(o->delivery_cost_seller, 1013);
	assert_string_equal(o->customer, "Айгерім С");
	assert_string_equal(o->address, "Шымкент, улица Абая, 10, кв. 15");
	assert_string_equal(o->origin, "PP1");
	assert_string_equal(o->origin_address, "Алматы, улица Сатпаева, 22/1");
	order_list_clear(&list);
}

static void nulls_masks_and_loose_ends_are_nothing(void **state)
{
	struct order_list list = ORDER_LIST_INIT;
	const struct order *o;

	(void)state;
	read_page("kaspi/live-page.json", &list, NULL);
	o = &list.items[1];
	assert_string_equal(o->id, "NDEyMzQ1Njc5==");
	assert_string_equal(o->phone, "");
	assert_string_equal(o->customer, "Иван");
	assert_string_equal(o->address, "Шымкент");
	assert_true(o->latitude == 0);
	assert_int_equal(o->total, 106);
	assert_int_equal(o->credit_term, 24);
	assert_string_equal(o->origin, "");
	assert_string_equal(o->origin_address, "");
	assert_string_equal(o->waybill, "");
	assert_string_equal(o->queue, "archive");
	order_list_clear(&list);
}

static void odd_rows_are_left_out_and_counted(void **state)
{
	struct order_list list = ORDER_LIST_INIT;
	struct page_info info;
	const struct order *o;

	(void)state;
	read_page("kaspi/odd-page.json", &list, &info);
	assert_int_equal(list.n, 2);
	assert_int_equal(info.skipped, 4);
	assert_int_equal(info.pages, 1);
	assert_int_equal(info.total, 0);
	o = &list.items[0];
	assert_string_equal(o->code, "400000002");
	assert_string_equal(o->state, "ON_THE_MOON");
	assert_string_equal(o->status, "ASKED_NICELY");
	assert_string_equal(o->queue, "other");
	assert_int_equal(o->total, 4000);
	assert_int_equal(o->created_ms, 1763870400000);
	assert_true(o->assembled);
	assert_string_equal(o->waybill, "");
	assert_string_equal(o->customer, "");
	o = &list.items[1];
	assert_string_equal(o->customer, "Иван[31mовт и");
	assert_string_equal(o->phone, "");
	assert_int_equal(o->planned_ms, 0);
	order_list_clear(&list);
}

static void names_are_put_together(void **state)
{
	static const struct {
		const char *customer, *name;
	} cases[] = {
		{ "{\"name\":\"Иван\",\"firstName\":\"Иван\",\"lastName\":\"П\"}", "Иван П" },
		{ "{\"name\":\"ИП Ромашка\"}", "ИП Ромашка" },
		{ "{\"name\":\"Иванов Иван\",\"firstName\":\"Иван\",\"lastName\":\"И\"}", "Иванов Иван" },
		{ "{\"name\":\"\",\"firstName\":null,\"lastName\":\"П\"}", "П" },
		{ "{\"name\":\"Иван\",\"firstName\":\"Иван\"}", "Иван" },
		{ "null", "" },
	};
	struct order_list list = ORDER_LIST_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char body[400];
		int n = snprintf(body, sizeof(body), "{\"data\":[{\"id\":\"i\",\"attributes\":{"
			"\"code\":\"1\",\"customer\":%s}}]}", cases[i].customer);

		order_list_reset(&list);
		assert_true(p->read_listing(body, (size_t)n, &list, NULL, NULL));
		assert_string_equal(list.items[0].customer, cases[i].name);
	}
	order_list_clear(&list);
}

static void a_reply_of_another_shape_is_bad(void **state)
{
	static const struct {
		const char *body;
		enum error_code code;
		const char *words;
	} cases[] = {
		{ "", ERR_BAD_REPLY, "cannot be read" },
		{ "<html>", ERR_BAD_REPLY, "cannot be read" },
		{ "[]", ERR_BAD_REPLY, "no list of orders" },
		{ "{}", ERR_BAD_REPLY, "no list of orders" },
		{ "{\"data\":null}", ERR_BAD_REPLY, "no list of orders" },
		{ "{\"data\":{\"id\":\"1\"}}", ERR_BAD_REPLY, "no list of orders" },
		{ "{\"data\":[{},{}]}", ERR_BAD_REPLY, "no number" },
		{ "{\"errors\":[{\"title\":\"Too wide\"}]}", ERR_REFUSED, "Too wide" },
		{ "{\"data\":[],\"data\":[]}", ERR_BAD_REPLY, "two members" },
	};
	struct order_list list = ORDER_LIST_INIT;

	(void)state;
	order_list_add(&list);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct error err = ERROR_INIT;

		assert_false(p->read_listing(cases[i].body, strlen(cases[i].body), &list, NULL, &err));
		assert_int_equal(err.code, cases[i].code);
		if (!strstr(err.text, cases[i].words))
			fail_msg("%s: %s", cases[i].body, err.text);
		assert_int_equal(list.n, 1);
	}
	assert_true(p->read_listing("{\"data\":[]}", 11, &list, NULL, NULL));
	assert_int_equal(list.n, 1);
	order_list_clear(&list);
}

/* ---- entries and facts ----------------------------------------------------------------------- */

static void the_documented_lines_are_read(void **state)
{
	struct entry_list list = ENTRY_LIST_INIT;
	const struct entry *e;

	(void)state;
	read_lines("kaspi/entries.json", &list);
	read_lines("kaspi/entries-summary.json", &list);
	read_lines("kaspi/entry.json", &list);
	assert_int_equal(list.n, 3);
	e = &list.items[0];
	assert_string_equal(e->id, "orderentriesId");
	assert_string_equal(e->unit, "PIECES");
	assert_int_equal(e->quantity, 2);
	assert_int_equal(e->total, 4000);
	assert_int_equal(e->price, 2000);
	assert_int_equal(e->delivery_cost, 500);
	assert_int_equal(e->weight_g, 2000);
	assert_int_equal(e->number, 0);
	assert_string_equal(e->category, "Фрукты");
	assert_string_equal(e->product_id, "masterproductsId");
	assert_string_equal(e->point_id, "pointofservicesId");
	assert_string_equal(e->article, "");
	assert_string_equal(list.items[1].id, "entryID");
	assert_string_equal(list.items[1].product_id, "");
	e = &list.items[2];
	assert_string_equal(e->unit, "MEASURABLE_PIECES");
	assert_int_equal(e->min_weight_g, 1000);
	assert_int_equal(e->weight_g, 3800);
	assert_int_equal(e->total, 5928);
	entry_list_clear(&list);
}

static void the_offer_names_the_goods(void **state)
{
	struct entry_list list = ENTRY_LIST_INIT;

	(void)state;
	read_lines("kaspi/live-entries.json", &list);
	assert_int_equal(list.n, 3);
	assert_string_equal(list.items[0].article, "CHN-17_b");
	assert_string_equal(list.items[0].name, "Чайник 1,7 л белый");
	assert_false(list.items[0].imei_required);
	assert_true(list.items[1].imei_required);	/* inside the offer */
	assert_string_equal(list.items[1].point_id, "");
	assert_true(list.items[2].imei_required);	/* beside it */
	assert_int_equal(list.items[2].number, 2);
	entry_list_clear(&list);
}

static void a_line_is_never_left_out(void **state)
{
	static const char *const bad[] = {
		"{\"data\":[{\"id\":\"a\"},{\"attributes\":{\"quantity\":1}}]}",
		"{\"data\":[{\"id\":\"a\"},null]}", "{\"data\":null}", "{\"data\":\"x\"}", "[]",
	};
	struct entry_list list = ENTRY_LIST_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct error err = ERROR_INIT;

		assert_false(p->read_entries(bad[i], strlen(bad[i]), &list, &err));
		assert_int_equal(err.code, ERR_BAD_REPLY);
		assert_int_equal(list.n, 0);
	}
	entry_list_clear(&list);
}

static void the_documented_facts_are_read(void **state)
{
	struct arena a = ARENA_INIT;
	struct fact f;

	(void)state;
	read_fact(FACT_PRODUCT, "kaspi/product.json", &a, &f);
	assert_string_equal(f.id, "key");
	assert_string_equal(f.code, "103403297");
	assert_string_equal(f.name, "Фруктовик яблоко черный принц Польша 1 кг");
	assert_string_equal(f.category, "Фрукты");
	assert_string_equal(f.manufacturer, "");
	read_fact(FACT_MERCHANT_PRODUCT, "kaspi/merchant-product.json", &a, &f);
	assert_int_equal(f.kind, FACT_MERCHANT_PRODUCT);
	assert_string_equal(f.code, "103403297");
	read_fact(FACT_POINT, "kaspi/point.json", &a, &f);
	assert_string_equal(f.name, "PP1");
	assert_string_equal(f.address, "г. Алматы, улица Каныша Сатпаева, 22/1");
	read_fact(FACT_POINT, "kaspi/entry-point.json", &a, &f);
	assert_string_equal(f.name, "PP1");
	arena_clear(&a);
}

static void an_unknown_fact_is_not_found(void **state)
{
	const struct fact_ref ref = { .kind = FACT_PRODUCT, .id = "k", .via = "e" };
	struct error err = ERROR_INIT;
	struct arena a = ARENA_INIT;
	struct fact f;

	(void)state;
	assert_false(p->read_fact(&ref, "{\"data\":null}", 13, &a, &f, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	arena_clear(&a);
}

/* ---- refusals -------------------------------------------------------------------------------- */

static void refused(long status, const char *body, enum error_code code, const char *sentence)
{
	struct error err = ERROR_INIT;

	assert_false(p->read_refusal(status, body, strlen(body), &err));
	assert_int_equal(err.code, code);
	assert_string_equal(err.text, sentence);
}

static void refusals_have_a_code_and_the_servers_words(void **state)
{
	(void)state;
	refused(400, "{\"errors\":[{\"title\":\"Required pagination value [number] is empty.\"}]}",
		ERR_REFUSED, "The server refused: Required pagination value [number] is empty.");
	refused(422, "{\"errors\":[{\"title\":\"Bad\",\"detail\":\"very\\u001b[1m\"}]}", ERR_REFUSED,
		"The server refused: Bad: very[1m");
	refused(400, "{\"errors\":[{\"detail\":\"no\"},{\"title\":\"second\"}]}", ERR_REFUSED,
		"The server refused: no");
	refused(400, "", ERR_REFUSED, "The server refused with status 400 and gave no reason.");
	refused(400, "<html><body>x</body></html>", ERR_REFUSED,
		"The server refused with status 400 and gave no reason.");
	refused(405, "Method not allowed\r\n", ERR_REFUSED, "The server refused: Method not allowed");
	refused(404, "{\"errors\":[{\"title\":\"Order not found\"}]}", ERR_NOT_FOUND,
		"The server did not find what was asked for. The server says: Order not found");
	refused(409, "", ERR_CONFLICT, "The server says that the order has changed meanwhile.");
	refused(429, "{\"errors\":[]}", ERR_RATE_LIMITED,
		"The server asks to wait: too many requests.");
	refused(403, "{}", ERR_FORBIDDEN, "The token has no right to this; look at the API access of "
		"the shop in the merchant cabinet.");
	refused(401, "[]", ERR_UNAUTHORIZED, "The server does not accept the token; make a new one in "
		"the merchant cabinet (Settings, API token).");
	refused(500, "{\"message\":\"oops\",\"status\":500}", ERR_SERVER,
		"The server failed with status 500; try again later. The server says: oops");
	refused(502, "<html>", ERR_SERVER, "The server failed with status 502; try again later.");
	refused(302, "", ERR_BAD_REPLY, "The server sends us elsewhere (status 302), which is never "
		"followed; check the address of the shop's API in the settings.");
	refused(101, "", ERR_BAD_REPLY, "The server answered with the odd status 101.");
}

static void long_words_are_cut(void **state)
{
	struct buf body = BUF_INIT(BUF_MAX_LINE);
	struct error err = ERROR_INIT;

	(void)state;
	buf_adds(&body, "{\"errors\":[{\"title\":\"");
	for (int i = 0; i < 1000; i++)
		buf_adds(&body, "ә");
	buf_adds(&body, "\"}]}");
	assert_false(p->read_refusal(400, body.data, body.len, &err));
	assert_true(strlen(err.text) < ERROR_TEXT_MAX);
	assert_false(p->read_refusal(500, body.data, body.len, NULL));
	buf_clear(&body);
}

static void accepted(const char *fixture)
{
	struct error err = ERROR_INIT;
	struct buf body;

	fixture_read(fixture, &body);
	if (!p->read_acceptance(body.data, body.len, &err))
		fail_msg("%s: %s", fixture, err.text);
	buf_clear(&body);
}

static void the_documented_replies_accept(void **state)
{
	(void)state;
	accepted("kaspi/reply-accept.json");
	accepted("kaspi/reply-cancel.json");
	accepted("kaspi/reply-complete.json");
	accepted("kaspi/reply-assemble.json");
	accepted("kaspi/reply-arrived.json");
	accepted("kaspi/reply-remove-item.json");
	accepted("kaspi/reply-reweigh.json");
	assert_true(p->read_acceptance("", 0, NULL));
	assert_true(p->read_acceptance(" \r\n", 3, NULL));
}

static void an_error_in_a_200_refuses(void **state)
{
	static const char body[] = "{\"errors\":[{\"title\":\"Security code is not valid\"}]}";
	static const char odd[] = "{\"errors\":[{}]}", html[] = "<html>hello</html>";
	struct error err = ERROR_INIT;

	(void)state;
	assert_false(p->read_acceptance(body, strlen(body), &err));
	assert_int_equal(err.code, ERR_REFUSED);
	assert_string_equal(err.text, "The server refused: Security code is not valid");
	assert_false(p->read_acceptance(odd, strlen(odd), &err));
	assert_int_equal(err.code, ERR_REFUSED);
	assert_false(p->read_acceptance(html, strlen(html), &err));
	assert_int_equal(err.code, ERR_UNKNOWN_OUTCOME);
	assert_false(p->read_acceptance("true", 4, &err));
	assert_int_equal(err.code, ERR_UNKNOWN_OUTCOME);
	assert_true(p->read_acceptance("{\"errors\":[]}", 13, &err));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_documented_order_is_read),
		cmocka_unit_test(the_documented_page_is_read),
		cmocka_unit_test(kaspi_delivery_is_read_from_its_block_first),
		cmocka_unit_test(nulls_masks_and_loose_ends_are_nothing),
		cmocka_unit_test(odd_rows_are_left_out_and_counted),
		cmocka_unit_test(names_are_put_together),
		cmocka_unit_test(a_reply_of_another_shape_is_bad),
		cmocka_unit_test(the_documented_lines_are_read),
		cmocka_unit_test(the_offer_names_the_goods),
		cmocka_unit_test(a_line_is_never_left_out),
		cmocka_unit_test(the_documented_facts_are_read),
		cmocka_unit_test(an_unknown_fact_is_not_found),
		cmocka_unit_test(refusals_have_a_code_and_the_servers_words),
		cmocka_unit_test(long_words_are_cut),
		cmocka_unit_test(the_documented_replies_accept),
		cmocka_unit_test(an_error_in_a_200_refuses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
