/* The actions on lines as pure functions: what fits, what looks odd, what is sent, what came of it. */
#include "kaspi/kaspi.h"

#include <stdlib.h>
#include <string.h>

#include "order/imei.h"
#include "tests/unit/unit.h"

static const struct provider *const p = &kaspi_provider;

#define IMEI_A "490154203237518"
#define IMEI_B "356938035643809"

/* An order with three lines: pieces, weight, phones. */
struct goods {
	struct order_list orders;
	struct entry_list lines;
	struct subject subject;
	struct form form;
	struct error err;
};

static struct entry *add(struct goods *g, const char *id, const char *unit, int64_t quantity)
{
	struct entry *e = entry_list_add(&g->lines);

	e->id = id;
	e->name = id;
	e->unit = unit;
	e->quantity = quantity;
	return e;
}

static int setup(void **state)
{
	struct goods *g = calloc(1, sizeof(*g));
	struct order *o = order_list_add(&g->orders);
	struct entry *e;

	o->id = "MDAwOTIwMDA";
	o->code = "412345678";
	o->state = "KASPI_DELIVERY";
	o->status = "ACCEPTED_BY_MERCHANT";
	add(g, "kettle", "PIECES", 3);
	e = add(g, "melon", "MEASURABLE_PIECES", 2);
	e->weight_g = 3000;
	e->min_weight_g = 1500;
	add(g, "phone", "PIECES", 2)->imei_required = true;
	g->subject = (struct subject){ o, &g->lines };
	*state = g;
	return 0;
}

static int teardown(void **state)
{
	struct goods *g = *state;

	order_list_clear(&g->orders);
	entry_list_clear(&g->lines);
	form_clear(&g->form);
	free(g);
	return 0;
}

static void fill(struct goods *g, const char *const *values)
{
	form_clear(&g->form);
	for (; values[0]; values += 2)
		form_set(&g->form, values[0], values[1]);
}

#define FILL(g, ...) fill(g, (const char *[]){ __VA_ARGS__, NULL })

static void fits(struct goods *g, const char *action, const char *why)
{
	bool yes = provider_action(p, action)->fits(&g->subject, &g->form, &g->err);

	if (yes != !why || (why && !strstr(g->err.text, why)))
		fail_msg("%s: %s", action, yes ? "fits" : g->err.text);
}

static void warns(struct goods *g, const char *action, const char *what)
{
	bool yes = provider_action(p, action)->warns(&g->subject, &g->form, &g->err);

	if (yes != !!what || (what && !strstr(g->err.text, what)))
		fail_msg("%s: %s", action, yes ? g->err.text : "no warning");
}

static void sends(struct goods *g, const char *action, enum call_method method, const char *path, const char *body)
{
	struct call c;

	if (!provider_action(p, action)->encode(&g->subject, &g->form, &c, &g->err))
		fail_msg("%s", g->err.text);
	assert_int_equal(c.method, method);
	assert_true(c.mutating);
	assert_string_equal(buf_str(&c.path), path);
	assert_string_equal(buf_str(&c.body), body);
	call_clear(&c);
}

static enum verdict says(struct goods *g, const char *action)
{
	return provider_action(p, action)->verdict(g->subject.order, &g->subject, &g->form);
}

static void fewer_pieces(void **state)
{
	struct goods *g = *state;

	FILL(g, "entry", "kettle", "remain", "1", "reason", "out-of-stock", "notes", "Отказ клиента");
	fits(g, "remove_item", NULL);
	warns(g, "remove_item", NULL);
	sends(g, "remove_item", CALL_POST, "/shop/api/v2/orderEntryCancelOperation",
		"{\"data\":{\"type\":\"orderEntryCancelOperation\",\"attributes\":{\"notes\":\"Отказ клиента\","
		"\"remainedQuantity\":1,\"reason\":\"MERCHANT_OUT_OF_STOCK\"},\"relationships\":{\"entry\":{\"data\":"
		"{\"type\":\"orderentries\",\"id\":\"kettle\"}}}}}");
	assert_int_equal(says(g, "remove_item"), VERDICT_NOT_DONE);
	g->lines.items[0].quantity = 2;
	assert_int_equal(says(g, "remove_item"), VERDICT_NOT_DONE);
	g->lines.items[0].quantity = 1;
	assert_int_equal(says(g, "remove_item"), VERDICT_DONE);
	fits(g, "remove_item", "must be fewer");
	g->lines.items[0].quantity = 0;
	assert_int_equal(says(g, "remove_item"), VERDICT_UNCLEAR);
	FILL(g, "entry", "nobody", "remain", "0", "reason", "buyer");
	fits(g, "remove_item", "no such item");
	g->lines.items[0].quantity = 0;
	g->lines.items[1].quantity = 0;
	FILL(g, "entry", "phone", "remain", "0", "reason", "buyer");
	fits(g, "remove_item", NULL);
	warns(g, "remove_item", "Nothing remains");
}

static void less_weight(void **state)
{
	struct goods *g = *state;

	add(g, "apples", "MEASURABLE", 1)->weight_g = 1000;
	FILL(g, "entry", "melon", "weight", "2000", "remain", "1", "entry.2", "apples", "weight.2", "900", "notes",
		"Недовес");
	fits(g, "reweigh", NULL);
	warns(g, "reweigh", NULL);
	sends(g, "reweigh", CALL_PUT, "/shop/api/orderPartialCancel/MDAwOTIwMDA",
		"[{\"entry\":{\"id\":\"melon\"},\"remainedWeight\":2000,\"remainedQuantity\":1,"
		"\"reason\":\"PRODUCT_UNDERWEIGHT\",\"notes\":\"Недовес\"},{\"entry\":{\"id\":\"apples\"},"
		"\"remainedWeight\":900,\"remainedQuantity\":1,\"reason\":\"PRODUCT_UNDERWEIGHT\","
		"\"notes\":\"Недовес\"}]");
	assert_int_equal(says(g, "reweigh"), VERDICT_NOT_DONE);
	g->lines.items[1].weight_g = 2000;
	g->lines.items[1].quantity = 1;
	assert_int_equal(says(g, "reweigh"), VERDICT_UNCLEAR);
	g->lines.items[3].weight_g = 900;
	assert_int_equal(says(g, "reweigh"), VERDICT_DONE);
	FILL(g, "entry", "melon", "weight", "1000");
	fits(g, "reweigh", NULL);
	warns(g, "reweigh", "less than Kaspi allows");
	FILL(g, "entry", "melon", "weight", "0", "entry.2", "apples", "weight.2", "0");
	warns(g, "reweigh", "\"melon\" is taken out");
	warns(g, "reweigh", "\"apples\" is taken out");
	g->lines.items[0].quantity = g->lines.items[2].quantity = 0;
	warns(g, "reweigh", "Nothing remains");
	FILL(g, "entry", "melon", "weight", "2000");
	fits(g, "reweigh", "nothing would change");
	FILL(g, "entry", "melon", "weight", "2001");
	fits(g, "reweigh", "only become less");
	FILL(g, "entry", "kettle", "weight", "10");
	fits(g, "reweigh", "sold by the piece");
	FILL(g, "entry", "melon", "weight", "10", "entry.2", "melon", "weight.2", "20");
	fits(g, "reweigh", "given twice");
}

static void imeis(void **state)
{
	struct goods *g = *state;

	FILL(g, "entry", "phone", "imei", IMEI_A "," IMEI_B, "imei.2", "35209900176148");
	fits(g, "imei", NULL);
	warns(g, "imei", NULL);
	sends(g, "imei", CALL_POST, "/shop/api/v2/orderEntryImeiOperation",
		"{\"data\":{\"type\":\"orderEntryImeiOperation\",\"attributes\":{\"items\":[{\"imei\":[\"" IMEI_A "\",\""
		IMEI_B "\"]},{\"imei\":[\"35209900176148\"]}]},\"relationships\":{\"entry\":{\"data\":"
		"{\"type\":\"orderentries\",\"id\":\"phone\"}}}}}");
	assert_int_equal(says(g, "imei"), VERDICT_NOT_DONE);
	g->lines.items[2].imei = IMEI_A "," IMEI_B ";35209900176148";
	assert_int_equal(says(g, "imei"), VERDICT_DONE);
	g->lines.items[2].imei = IMEI_A "," IMEI_B ";352099001761481";
	assert_int_equal(says(g, "imei"), VERDICT_UNCLEAR);
	FILL(g, "entry", "phone", "imei", IMEI_A, "imei.2", IMEI_B "," IMEI_A);
	fits(g, "imei", "the same IMEI");
	FILL(g, "entry", "phone", "imei", IMEI_A);
	warns(g, "imei", "no IMEI yet");
	FILL(g, "entry", "phone", "imei", IMEI_A, "imei.2", "356938035643808");
	warns(g, "imei", "check digit of 356938035643808");
	FILL(g, "entry", "kettle", "imei", IMEI_A, "imei.2", IMEI_B, "imei.3", "35209900176148");
	warns(g, "imei", "does not ask");
	FILL(g, "entry", "phone", "imei", IMEI_A, "imei.2", IMEI_B, "imei.3", "35209900176148");
	fits(g, "imei", "one device too many");
}

static void an_imei_is_digits(void **state)
{
	static const char *const wrong[] = { "", "1", "49015420323751a", "490154203237518,", ",490154203237518",
		"49015420323751812", "490154203237518;356938035643809", IMEI_A "," IMEI_A,
		IMEI_A "," IMEI_B "," IMEI_B };

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		if (imei_check(wrong[i], NULL))
			fail_msg("\"%s\" is taken for an IMEI", wrong[i]);
	assert_true(imei_check(IMEI_A, NULL));
	assert_true(imei_check(IMEI_A "," IMEI_B, NULL));
	assert_true(imei_luhn(IMEI_A "," IMEI_B));
	assert_false(imei_luhn(IMEI_A ",356938035643808"));
	assert_true(imei_luhn("35209900176148"));
}

static void reads_as(struct goods *g, const char *body, bool ok, const char *imei)
{
	assert_int_equal(p->read_imeis(body, strlen(body), &g->lines, &g->err), ok);
	assert_string_equal(g->lines.items[2].imei, imei);
}

/* The documents do not show the answer: what is known of it, and what else is likely. */
static void imeis_are_read_as_they_come(void **state)
{
	struct goods *g = *state;

	reads_as(g, "{\"data\":[{\"id\":\"x\",\"attributes\":{\"items\":[{\"imei\":[\"1\",\"2\"]},{\"imei\":[\"3\"]}]},"
		"\"relationships\":{\"entry\":{\"data\":{\"id\":\"phone\"}}}}]}", true, "1,2;3");
	reads_as(g, "{\"data\":{\"id\":\"phone\",\"attributes\":{\"items\":[\"1\",\"2\"]}}}", true, "1;2");
	reads_as(g, "{\"data\":[{\"id\":\"phone\",\"attributes\":{\"items\":[{\"imei\":\"1\"},null,{}]}}]}", true, "1");
	reads_as(g, "{\"data\":[{\"id\":\"other\",\"attributes\":{\"items\":[\"1\"]}}]}", true, "");
	reads_as(g, "{\"data\":[]}", true, "");
	g->lines.items[2].imei = "kept";
	reads_as(g, "{\"data\":7}", false, "kept");
	reads_as(g, "<html>", false, "kept");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(fewer_pieces),
		TEST(less_weight),
		TEST(imeis),
		TEST(imeis_are_read_as_they_come),
		cmocka_unit_test(an_imei_is_digits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
