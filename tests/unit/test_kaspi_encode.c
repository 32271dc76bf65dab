#include "kaspi/kaspi.h"

#include <ctype.h>
#include <string.h>

#include "tests/unit/fixture.h"
#include "tests/unit/unit.h"

static const struct provider *const p = &kaspi_provider;

static struct order an_order(struct order_list *list)
{
	struct order *o = order_list_add(list);

	o->id = "NDEy=/+";
	o->code = "412345678";
	return *o;
}

static const char *header(const struct call *c, const char *name)
{
	for (int i = 0; i < c->n_headers; i++)
		if (strcmp(c->headers[i].name, name) == 0)
			return c->headers[i].value;
	return NULL;
}

static void check_common(const struct call *c, enum call_method method)
{
	assert_int_equal(c->method, method);
	assert_int_equal(c->mutating, method != CALL_GET);
	assert_int_equal(c->timeout_ms, 30000);
	assert_string_equal(header(c, "Accept"), "application/vnd.api+json");
	assert_string_equal(header(c, "Content-Type"), "application/vnd.api+json");
}

static void check_get(struct call *c, const char *path)
{
	check_common(c, CALL_GET);
	assert_int_equal(c->n_headers, 2);
	assert_string_equal(buf_str(&c->path), path);
	assert_int_equal(c->body.len, 0);
	call_clear(c);
}

static void check_post(struct call *c, int n_headers, const char *body)
{
	check_common(c, CALL_POST);
	assert_int_equal(c->n_headers, n_headers);
	assert_string_equal(buf_str(&c->path), "/shop/api/v2/orders");
	assert_string_equal(buf_str(&c->body), body);
}

static void encode(const char *action, const struct order *o, const struct form *f, struct call *c)
{
	struct error err = ERROR_INIT;

	const struct subject s = { .order = o };

	if (!provider_action(p, action)->encode(&s, f, c, &err))
		fail_msg("%s", err.text);
}

static void a_page_is_asked_for(void **state)
{
	const struct listing l = { .group = "KASPI_DELIVERY", .from_ms = 1478736000000,
		.to_ms = 1479859200000 };
	struct call c;

	(void)state;
	p->call_listing(&l, 17, &c);
	check_get(&c, "/shop/api/v2/orders?page%5Bnumber%5D=17&page%5Bsize%5D=100"
		"&filter%5Borders%5D%5Bstate%5D=KASPI_DELIVERY"
		"&filter%5Borders%5D%5BcreationDate%5D%5B%24ge%5D=1478736000000"
		"&filter%5Borders%5D%5BcreationDate%5D%5B%24le%5D=1479859200000");
}

static void an_order_and_its_lines_are_asked_for(void **state)
{
	struct order_list list = ORDER_LIST_INIT;
	struct order o = an_order(&list);
	struct call c;

	(void)state;
	p->call_lookup("412&page", &c);
	check_get(&c, "/shop/api/v2/orders?filter%5Borders%5D%5Bcode%5D=412%26page");
	p->call_entries(&o, &c);
	check_get(&c, "/shop/api/v2/orders/NDEy%3D%2F%2B/entries");
	order_list_clear(&list);
}

/* The link is taken as it is, and goes without what only the API's own calls need. */
static void a_waybill_is_asked_for(void **state)
{
	struct order_list list = ORDER_LIST_INIT;
	struct order o = an_order(&list);
	struct call c;

	(void)state;
	o.waybill = "https://files.kaspi.kz/w/1.pdf?sign=%2Fa";
	p->call_document(&o, &c);
	assert_true(c.absolute);
	assert_false(c.mutating);
	assert_int_equal(c.method, CALL_GET);
	assert_int_equal(c.timeout_ms, 60000);
	assert_string_equal(buf_str(&c.path), o.waybill);
	assert_string_equal(header(&c, "Accept"), "application/pdf");
	assert_int_equal(c.n_headers, 1);
	call_clear(&c);
	o.waybill = "/shop/api/waybill/1";
	p->call_document(&o, &c);
	assert_false(c.absolute);
	assert_string_equal(buf_str(&c.path), o.waybill);
	call_clear(&c);
	order_list_clear(&list);
}

static void facts_are_asked_for(void **state)
{
	struct entry_list list = ENTRY_LIST_INIT;
	struct entry *e = entry_list_add(&list);
	struct fact_ref refs[3];
	struct call c;

	(void)state;
	e->id = "e/1";
	e->product_id = "m=1";
	e->point_id = "p+1";
	e->article = "CHN-17";	/* of the offer; the merchant's own list may say otherwise */
	assert_int_equal(p->facts_of(e, refs), 3);
	assert_string_equal(refs[0].id, "m=1");
	p->call_fact(&refs[0], &c);
	check_get(&c, "/shop/api/v2/orderentries/e%2F1/product");
	assert_string_equal(refs[1].id, "m=1");
	p->call_fact(&refs[1], &c);
	check_get(&c, "/shop/api/v2/masterproducts/m%3D1/merchantProduct");
	assert_string_equal(refs[2].id, "p+1");
	p->call_fact(&refs[2], &c);
	check_get(&c, "/shop/api/v2/pointofservices/p%2B1");
	entry_list_clear(&list);
}

static void facts_without_an_id_go_through_the_entry(void **state)
{
	struct entry_list list = ENTRY_LIST_INIT;
	struct entry *e = entry_list_add(&list);
	struct fact_ref refs[3];
	struct call c;

	(void)state;
	e->id = "e1";
	e->article = "CHN-17";
	assert_int_equal(p->facts_of(e, refs), 2);
	assert_int_equal(refs[0].kind, FACT_PRODUCT);
	assert_string_equal(refs[0].id, "e1");
	assert_int_equal(refs[1].kind, FACT_POINT);
	assert_string_equal(refs[1].id, "e1");
	p->call_fact(&refs[1], &c);
	check_get(&c, "/shop/api/v2/orderentries/e1/deliveryPointOfService");
	entry_list_clear(&list);
}

static void accept_is_sent(void **state)
{
	struct order_list list = ORDER_LIST_INIT;
	struct order o = an_order(&list);
	struct form f = FORM_INIT;
	struct call c;

	(void)state;
	encode("accept", &o, &f, &c);
	check_post(&c, 2, "{\"data\":{\"type\":\"orders\",\"id\":\"NDEy=/+\",\"attributes\":{"
		"\"code\":\"412345678\",\"status\":\"ACCEPTED_BY_MERCHANT\"}}}");
	call_clear(&c);
	order_list_clear(&list);
}

static void cancel_is_sent(void **state)
{
	struct order_list list = ORDER_LIST_INIT;
	struct order o = an_order(&list);
	struct form f = FORM_INIT;
	struct call c;

	(void)state;
	form_set(&f, "reason", "out-of-stock");
	form_set(&f, "comment", "нет \"Чайника\"");
	encode("cancel", &o, &f, &c);
	check_post(&c, 2, "{\"data\":{\"type\":\"orders\",\"id\":\"NDEy=/+\",\"attributes\":{"
		"\"code\":\"412345678\",\"status\":\"CANCELLED\","
		"\"cancellationReason\":\"MERCHANT_OUT_OF_STOCK\","
		"\"cancellationComment\":\"нет \\\"Чайника\\\"\"}}}");
	call_clear(&c);
	form_set(&f, "reason", "BUYER_NOT_REACHABLE");
	form_set(&f, "comment", "");
	encode("cancel", &o, &f, &c);
	check_post(&c, 2, "{\"data\":{\"type\":\"orders\",\"id\":\"NDEy=/+\",\"attributes\":{"
		"\"code\":\"412345678\",\"status\":\"CANCELLED\","
		"\"cancellationReason\":\"BUYER_NOT_REACHABLE\"}}}");
	call_clear(&c);
	form_clear(&f);
	order_list_clear(&list);
}

static void both_steps_of_handing_out_are_sent(void **state)
{
	static const char body[] = "{\"data\":{\"type\":\"orders\",\"id\":\"NDEy=/+\",\"attributes\":{"
		"\"code\":\"412345678\",\"status\":\"COMPLETED\"}}}";
	struct order_list list = ORDER_LIST_INIT;
	struct order o = an_order(&list);
	struct form f = FORM_INIT;
	struct call c;

	(void)state;
	encode("send_code", &o, &f, &c);
	check_post(&c, 4, body);
	assert_string_equal(header(&c, "X-Security-Code"), "");
	assert_string_equal(header(&c, "X-Send-Code"), "true");
	call_clear(&c);
	form_set(&f, "code", "1234");
	encode("complete", &o, &f, &c);
	check_post(&c, 4, body);
	assert_string_equal(header(&c, "X-Security-Code"), "1234");
	assert_string_equal(header(&c, "X-Send-Code"), "true");
	call_clear(&c);
	form_clear(&f);
	order_list_clear(&list);
}

static void the_number_of_parcels_travels_as_text(void **state)
{
	struct order_list list = ORDER_LIST_INIT;
	struct order o = an_order(&list);
	struct form f = FORM_INIT;
	struct call c;

	(void)state;
	form_set(&f, "spaces", "02");
	encode("assemble", &o, &f, &c);
	check_post(&c, 2, "{\"data\":{\"type\":\"orders\",\"id\":\"NDEy=/+\",\"attributes\":{"
		"\"code\":\"412345678\",\"status\":\"ASSEMBLE\",\"numberOfSpace\":\"2\"}}}");
	call_clear(&c);
	form_clear(&f);
	order_list_clear(&list);
}

static void a_wrong_form_makes_no_call(void **state)
{
	static const struct {
		const char *action, *name, *value;
	} cases[] = {
		{ "accept", "code", "1234" }, { "cancel", "comment", "why" }, { "cancel", "reason", "x" },
		{ "complete", "code", "12" }, { "complete", "code", "1234\r\nX: y" },
		{ "assemble", "spaces", "0" }, { "assemble", "spaces", "100" },
		{ "send_code", "code", "1234" },
	};
	struct order_list list = ORDER_LIST_INIT;
	struct order o = an_order(&list);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct form f = FORM_INIT;
		struct error err = ERROR_INIT;
		struct call c;

		form_set(&f, cases[i].name, cases[i].value);
		assert_false(provider_action(p, cases[i].action)->encode(&(struct subject){ .order = &o }, &f, &c, &err));
		assert_int_equal(err.code, ERR_USAGE);
		assert_int_equal(c.body.len, 0);
		call_clear(&c);
		form_clear(&f);
	}
	order_list_clear(&list);
}

/* The documents' own request without its white space is what we send. */
static void check_document(const char *fixture, const char *action, const char *name,
	const char *value)
{
	struct order_list list = ORDER_LIST_INIT;
	struct order *o = order_list_add(&list);
	struct form f = FORM_INIT;
	struct buf text;
	struct call c;
	size_t n = 0;

	fixture_read(fixture, &text);
	for (size_t i = 0; i < text.len; i++)
		if (!isspace((unsigned char)text.data[i]))
			text.data[n++] = text.data[i];
	text.data[n] = '\0';
	o->id = "ordersID";
	o->code = "ordercode";
	if (name)
		form_set(&f, name, value);
	encode(action, o, &f, &c);
	assert_string_equal(buf_str(&c.body), text.data);
	call_clear(&c);
	form_clear(&f);
	buf_clear(&text);
	order_list_clear(&list);
}

static void the_documented_requests_are_ours(void **state)
{
	(void)state;
	check_document("kaspi/request-accept.json", "accept", NULL, NULL);
	check_document("kaspi/request-cancel.json", "cancel", "reason", "buyer");
	check_document("kaspi/request-complete.json", "complete", "code", "1234");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_page_is_asked_for),
		cmocka_unit_test(an_order_and_its_lines_are_asked_for),
		cmocka_unit_test(a_waybill_is_asked_for),
		cmocka_unit_test(facts_are_asked_for),
		cmocka_unit_test(facts_without_an_id_go_through_the_entry),
		cmocka_unit_test(accept_is_sent),
		cmocka_unit_test(cancel_is_sent),
		cmocka_unit_test(both_steps_of_handing_out_are_sent),
		cmocka_unit_test(the_number_of_parcels_travels_as_text),
		cmocka_unit_test(a_wrong_form_makes_no_call),
		cmocka_unit_test(the_documented_requests_are_ours),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
