/* The actions on the lines of an order and on pre-orders, from the key to what the marketplace knows of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/screen/counter.h"
#include "tests/unit/unit.h"

#define BUTTONS "[ No, back ]"

/* An order to pack: `more` are further members. */
#define TO_PACK(code, more) "{\"code\":\"" code "\",\"mode\":\"kaspi\",\"state\":\"KASPI_DELIVERY\"," \
	"\"status\":\"ACCEPTED_BY_MERCHANT\"," more "}"

static void expect(struct counter *c, const char *code, const char *member, const char *value)
{
	CHECK_HERE();
	market_expect(c->market, code, member, value);
}

/* Opens the order and the dialog of the key; the lines have been read again. */
static struct screen *open_dialog(struct counter *c, const char *order, const char *code, const char *key,
	const char *title)
{
	struct screen *s;

	market_order(c->market, order);
	s = counter_desk(c, 24, 80);
	counter_go(s, code);
	screen_keys(s, key);
	screen_wait(s, title);
	screen_wait_gone(s, "Reading the order again");
	return s;
}

static void pieces_are_taken_out(void **state)
{
	struct counter *c = *state;
	struct screen *s = open_dialog(c, TO_PACK("400000101", "\"productCode\":\"101740113\",\"entries\":2,"
		"\"quantity\":3"), "400000101", "e", "Take goods out");

	screen_wait(s, "KO270130 белый × 3");
	screen_keys(s, "2 <Tab> 1 <Tab> 3 <Tab>");
	screen_type(s, "осталась одна");
	/* It costs the shop something: Enter alone ends on No. */
	screen_keys(s, "<Enter> <Enter>");
	screen_wait_gone(s, BUTTONS);
	expect(c, "400000101", "requests.ENTRY_CANCEL", "0");
	screen_keys(s, "e");
	screen_wait(s, "Take goods out");
	screen_wait_gone(s, "Reading the order again");
	screen_keys(s, "2 <Tab> 1 <Tab> 3 <Tab> <Enter> <Left> <Enter>");
	expect(c, "400000101", "entries.1.quantity", "1");
	expect(c, "400000101", "entries.0.quantity", "3");
	screen_wait(s, "400000101: taken out");
	/* The journal knows what was confirmed. */
	screen_keys(s, "J");
	screen_wait(s, "Take goods out");
	screen_keys(s, "<Enter>");
	screen_wait(s, "Pieces that remain: 1");
	assert_true(screen_shows(s, "Reason: Out of stock"));
	assert_true(screen_shows(s, "Item: Чайник"));
}

static void the_last_piece_is_asked_about(void **state)
{
	struct counter *c = *state;
	struct screen *s = open_dialog(c, TO_PACK("400000102", "\"productCode\":\"101740113\""), "400000102", "e",
		"Take goods out");

	/* The only line is chosen already. */
	screen_keys(s, "0 <Tab> 1 <Tab> <Enter> <Left> <Enter>");
	screen_wait(s, "Nothing remains of the order");
	expect(c, "400000102", "requests.ENTRY_CANCEL", "0");
	screen_keys(s, "<Left> <Enter>");
	expect(c, "400000102", "status", "CANCELLED");
}

static void a_weight_is_changed(void **state)
{
	struct counter *c = *state;
	struct screen *s = open_dialog(c, TO_PACK("400000103", "\"productCode\":\"103403297\",\"entries\":2"),
		"400000103", "m", "Change weight");

	screen_wait(s, "g: Яблоко Апорт");
	screen_keys(s, "<Tab> 1 2 0 0 <Tab> <Enter>");
	screen_wait(s, "it can only become less");
	screen_keys(s, "<Up> <BS> <BS> <BS> <BS> 8 0 0 <Tab> <Enter>");
	expect(c, "400000103", "entries.1.weight", "800");
	expect(c, "400000103", "entries.0.weight", "1000");
	expect(c, "400000103", "requests.PARTIAL_CANCEL", "1");
	screen_wait(s, "400000103: weight changed");
}

static void devices_get_their_imei(void **state)
{
	struct counter *c = *state;
	struct screen *s = open_dialog(c, TO_PACK("400000104", "\"productCode\":\"113137790\",\"quantity\":2"),
		"400000104", "i", "IMEI of devices");

	screen_wait(s, "IMEI 2 of 2");
	screen_keys(s, "4 9 0 1 5 4 2 0 3 2 3 7 5 1 9 <Tab>");
	screen_keys(s, "3 5 6 9 3 8 0 3 5 6 4 3 8 0 9 <Space> 3 5 2 0 9 9 0 0 1 7 6 1 4 8 1 <Enter>");
	screen_wait(s, "The check digit of 490154203237519 is wrong");
	expect(c, "400000104", "requests.IMEI", "0");
	screen_keys(s, "<Up> <Up> <Up> <BS> 8 <Enter> <Enter>");
	expect(c, "400000104", "entries.0.imei.0.imei.0", "490154203237518");
	expect(c, "400000104", "entries.0.imei.1.imei.1", "352099001761481");
	screen_wait(s, "400000104: IMEI saved");
	screen_wait(s, "IMEI: 490154203237518;");
}

static void scan(struct screen *s, const char *text)
{
	screen_send(s, text, strlen(text));
	screen_wait_quiet(s, 400);
}

/* A field that asks for scans gets them, under a Kazakh layout too; an order's number is still asked about. */
static void devices_are_scanned(void **state)
{
	struct counter *c = *state;
	struct screen *s = open_dialog(c, TO_PACK("400000109", "\"productCode\":\"113137790\",\"quantity\":2"),
		"400000109", "i", "IMEI of devices");

	screen_wait(s, "IMEI 2 of 2");
	scan(s, "490154203237518\r");
	screen_wait(s, "490154203237518");
	scan(s, "іғ,ұіүқіғ,ңіүқү\r");
	screen_wait(s, "490154203237518,356938035643808");
	scan(s, "400000021\r");
	screen_wait(s, "Order 400000021 was scanned");
	screen_keys(s, "<Esc>");
	screen_wait_gone(s, "was scanned");
	expect(c, "400000109", "requests.IMEI", "0");
	screen_keys(s, "<BS> 9 <Enter>");
	scan(s, "352099001761481\t");
	screen_wait_quiet(s, 600);
	screen_keys(s, "<Enter>");
	expect(c, "400000109", "entries.0.imei.0.imei.1", "356938035643809");
	expect(c, "400000109", "entries.0.imei.1.imei.0", "352099001761481");
}

static void goods_of_a_preorder_arrive(void **state)
{
	struct counter *c = *state;
	struct screen *s = open_dialog(c, TO_PACK("400000105", "\"preorder\":true"), "400000105", "v", "goods arrived");

	screen_keys(s, "<Enter>");
	expect(c, "400000105", "arrived", "true");
	screen_wait(s, "400000105: goods arrived");
	screen_keys(s, "v");
	screen_wait(s, "marked as arrived already");
	expect(c, "400000105", "requests.ARRIVED", "1");
}

static void what_came_back_ends_the_order(void **state)
{
	struct counter *c = *state;
	struct screen *s = open_dialog(c, "{\"code\":\"400000106\",\"mode\":\"kaspi\",\"state\":\"KASPI_DELIVERY\","
		"\"status\":\"CANCELLING\",\"assembled\":true}", "400000106", "b", "Goods came back");

	screen_keys(s, "<Enter>");
	expect(c, "400000106", "status", "CANCELLED");
	screen_wait(s, "400000106: came back");
}

static void a_refusal_stays_on_the_screen(void **state)
{
	struct counter *c = *state;
	struct screen *s = open_dialog(c, TO_PACK("400000107", "\"productCode\":\"113137790\""), "400000107", "i",
		"IMEI of devices");

	market_fault(c->market, "match=\"POST /v2/orderEntryImeiOperation\" do=status:400");
	screen_keys(s, "4 9 0 1 5 4 2 0 3 2 3 7 5 1 8 <Enter>");
	screen_wait(s, "refused");
	assert_true(screen_shows(s, BUTTONS));
	expect(c, "400000107", "applied.IMEI", "0");
}

static void an_outcome_that_nobody_saw_is_read_off_the_lines(void **state)
{
	struct counter *c = *state;
	struct screen *s = open_dialog(c, TO_PACK("400000108", "\"productCode\":\"113137790\""), "400000108", "i",
		"IMEI of devices");

	market_fault(c->market, "match=\"POST /v2/orderEntryImeiOperation\" times=1 when=after do=drop");
	screen_keys(s, "4 9 0 1 5 4 2 0 3 2 3 7 5 1 8 <Enter>");
	screen_wait(s, "400000108: IMEI saved");
	expect(c, "400000108", "requests.IMEI", "1");
}

/* Every operation: refused by the server, the dialog stays with its words; the answer lost after it was done, it is
 * read back, or a person is asked where nothing shows. */
static const struct operation {
	const char *order, *code, *key, *title, *keys, *on, *done;
} operations[] = {
	{ TO_PACK("400000121", "\"productCode\":\"101740113\",\"quantity\":3"), "400000121", "e", "Take goods out",
		"1 <Tab> 1 <Tab> <Enter> <Left> <Enter>", "POST /v2/orderEntryCancelOperation", "taken out" },
	{ TO_PACK("400000122", "\"productCode\":\"103403297\""), "400000122", "m", "Change weight",
		"9 0 0 <Tab> <Enter>", "PUT /orderPartialCancel", "weight changed" },
	{ TO_PACK("400000123", "\"preorder\":true"), "400000123", "v", "goods arrived", "<Enter>",
		"POST /v2/orders", NULL },
	{ "{\"code\":\"400000124\",\"mode\":\"kaspi\",\"state\":\"KASPI_DELIVERY\",\"status\":\"CANCELLING\","
		"\"assembled\":true}", "400000124", "b", "Goods came back", "<Enter>", "POST /v2/orders", "came back" },
};

static void fault(struct counter *c, const struct operation *o, const char *what)
{
	char rule[200];

	market_no_faults(c->market);
	snprintf(rule, sizeof(rule), "match=\"%s\" %s", o->on, what);
	market_fault(c->market, rule);
}

static void start_over(struct screen *s, const struct operation *o)
{
	screen_keys(s, o->key);
	screen_wait(s, o->title);
	screen_wait_gone(s, "Reading the order again");
	screen_keys(s, o->keys);
}

static void every_operation_refused_and_unseen(void **state)
{
	struct counter *c = *state;
	struct screen *s;

	for (size_t i = 0; i < sizeof(operations) / sizeof(operations[0]); i++)
		market_order(c->market, operations[i].order);
	s = counter_desk(c, 24, 80);
	for (size_t i = 0; i < sizeof(operations) / sizeof(operations[0]); i++) {
		const struct operation *o = &operations[i];

		counter_go(s, o->code);
		fault(c, o, "do=status:400");
		start_over(s, o);
		screen_wait(s, "refused");
		assert_true(screen_shows(s, BUTTONS));
		screen_keys(s, "<Esc>");
		screen_wait_gone(s, BUTTONS);
		fault(c, o, "times=1 when=after do=drop");
		start_over(s, o);
		screen_wait(s, o->done ? o->done : "please check and decide");
		screen_keys(s, "<Esc> <Esc>");
		screen_wait_gone(s, BUTTONS);
	}
	screen_wait(s, "1 to decide (J)");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, counter_open, counter_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(pieces_are_taken_out),
		TEST(the_last_piece_is_asked_about),
		TEST(a_weight_is_changed),
		TEST(devices_get_their_imei),
		TEST(devices_are_scanned),
		TEST(goods_of_a_preorder_arrive),
		TEST(what_came_back_ends_the_order),
		TEST(every_operation_refused_and_unseen),
		TEST(a_refusal_stays_on_the_screen),
		TEST(an_outcome_that_nobody_saw_is_read_off_the_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
