/* A scan wherever the focus is: it opens its order or asks, and does nothing else. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "tests/lib/patience.h"
#include "tests/screen/counter.h"
#include "tests/unit/unit.h"

#define GAP_MS 5
#define CUT_MS 200
#define WARY_MS 1600	/* so long after half a scan an Enter may be its end */
#define APART_MS 450	/* nobody presses a key and scans, or scans and answers, in less */

/* Where the focus is: keys that lead there from the order list, what is seen then. */
static const struct place {
	const char *keys;
	const char *seen;
	bool asks;		/* a dialog that is not left without asking */
	bool text;		/* letters are text there */
} places[] = {
	{ "", "Queues", false, false },
	{ "<Left>", "Queues", false, false },
	{ "<Enter>", "Чайник", false, false },
	{ "/", "Find", false, true },
	{ "4", "Order number", false, false },
	{ "a", "Accept order", true, false },
	{ "x", "Cancel order", true, false },
	{ "x <Tab>", "Cancel order", true, true },
	{ "J", "Journal", true, false },
	{ "w", "p prints, Esc leaves", true, false },
	{ "p", "Pick list", true, false },
	{ "?", "┌ Help ", true, false },
	{ ":", "Mark all orders of the list", true, true },
};
#define N_PLACES (sizeof(places) / sizeof(places[0]))

static void no_request_acted(struct counter *c)
{
	assert_int_equal(market_requests(c->market, "\"POST\""), 0);
	assert_int_equal(market_requests(c->market, "\"PATCH\""), 0);
}

/* Character by character; a '|' is a pause of a cut connection. */
static void scan_slowly(struct screen *s, const char *code)
{
	size_t len;

	for (; *code; code += len) {
		int64_t until = deadline_in(*code == '|' ? CUT_MS : GAP_MS);

		text_decode(code, &len);
		if (*code != '|')
			screen_send(s, code, len);
		while (deadline_left(until) > 0)
			screen_pump(s, (int)deadline_left(until));
	}
}

static void go_to(struct screen *s, const struct place *p)
{
	screen_keys(s, p->keys);
	screen_wait(s, p->seen);
	screen_wait_quiet(s, APART_MS);
}

/* Back into the list of new orders. */
static void go_home(struct screen *s)
{
	screen_keys(s, "<Esc> <Esc> <Esc> <Esc> <Esc>");
	screen_wait_gone(s, "Order number");
	counter_queue(s, "New");
	screen_wait(s, "400000003");
}

static void check_scan(struct screen *s, const struct place *p)
{
	if (p->asks) {
		screen_wait(s, "Order 400000021 was scanned");
		screen_keys(s, "<Esc>");
		screen_wait_gone(s, "was scanned");
		screen_wait(s, p->seen);
		scan_slowly(s, "400000021\r");
		screen_wait(s, "Order 400000021 was scanned");
		screen_keys(s, "<Left> <Enter>");
		screen_wait_gone(s, p->seen);
	}
	screen_wait(s, "Нұрлан Әбдіқадыров");
	screen_wait(s, " 400000021 ");
	screen_wait_gone(s, "Order number");
}

static void everywhere(struct counter *c, const char *code)
{
	struct screen *s = counter_desk(c, 24, 80);

	for (size_t i = 0; i < N_PLACES; i++) {
		counter_queue(s, "New");
		go_to(s, &places[i]);
		scan_slowly(s, code);
		check_scan(s, &places[i]);
		go_home(s);
	}
	no_request_acted(c);
}

static void a_scan_opens_its_order_or_asks(void **state)
{
	everywhere(*state, "400000021\r");
}

static void under_the_kazakh_layout(void **state)
{
	everywhere(*state, "ңққққққә\"\r\t");
}

static void cut_on_the_way(void **state)
{
	everywhere(*state, "4|0000|0021\r");
}

/* All in one read, the first behind a key that moved. */
static void merged_scans_are_two(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);
	static const char both[] = "j400000022\r\n400000021\r\n";

	screen_send(s, both, strlen(both));
	screen_wait(s, " 400000021 ");
	screen_wait_quiet(s, 100);
	assert_true(screen_shows(s, "Нұрлан Әбдіқадыров"));
	no_request_acted(*state);
}

/* Letters: each of them would be a command. */
static void unknown_codes_are_said_and_do_nothing(void **state)
{
	static const char *const codes[] = { "xaucsq12-x\r", "ФЯ*-Йк7\r", "axjkgu-*\t", "aaxx|ss99\r" };
	struct screen *s = counter_desk(*state, 24, 80);

	for (size_t i = 0; i < N_PLACES; i++) {
		if (places[i].text)
			continue;
		counter_queue(s, "New");
		go_to(s, &places[i]);
		scan_slowly(s, codes[i % 4]);
		screen_wait(s, "no order has that number");
		screen_wait(s, places[i].seen);
		go_home(s);
	}
	assert_true(screen_running(s));
	no_request_acted(*state);
}

static void half_a_scan_is_no_command(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);

	scan_slowly(s, "axu*");
	screen_wait(s, "Part of a scan came, \"axu*\"");
	assert_false(screen_shows(s, "Cancel order"));
	no_request_acted(*state);
}

static void an_unknown_number_asks_the_server(void **state)
{
	struct counter *c = *state;
	struct screen *s = counter_desk(c, 24, 80);

	market_order(c->market, "{\"code\":\"499999999\",\"state\":\"PICKUP\",\"name\":\"Later Buyer\"}");
	scan_slowly(s, "499999999\r");
	screen_wait(s, "Later Buyer");
	scan_slowly(s, "4870001112223\r");
	screen_wait(s, "has no order 4870001112223");
	/* The next scan takes its place. */
	scan_slowly(s, "400000021\r");
	screen_wait(s, "Нұрлан Әбдіқадыров");
	screen_wait_gone(s, "Order number");
	no_request_acted(c);
}

/* The connection stood still: what was pressed meanwhile comes in one go. */
static void enter_in_one_go_confirms_nothing(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);

	screen_send(s, "a\r", 2);
	screen_wait(s, "Accept order");
	screen_wait(s, "press it again");
	screen_wait_quiet(s, 100);
	no_request_acted(*state);
	screen_keys(s, "<Esc>");
	screen_wait_gone(s, "Accept order");
	screen_send(s, "x12\r\r", 5);
	screen_wait(s, "Part of a scan");
	no_request_acted(*state);
	/* A person's does, and would have been seen. */
	screen_wait_quiet(s, WARY_MS);
	screen_keys(s, "a");
	screen_wait(s, "Accept order");
	screen_keys(s, "<Enter>");
	market_wait_requests(((struct counter *)*state)->market, "\"POST\"", 1);
}

/* What was typed before is there when the question was answered with No. */
static void a_field_keeps_what_was_typed(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);

	screen_keys(s, "/");
	screen_type(s, "мария");
	screen_wait_quiet(s, APART_MS);
	scan_slowly(s, "40|0000021\r");
	screen_wait(s, "Нұрлан Әбдіқадыров");
	go_home(s);
	screen_keys(s, ":");
	screen_wait(s, "Menu");
	screen_type(s, "refr");
	screen_wait_quiet(s, APART_MS);
	scan_slowly(s, "4|00000021\r");
	screen_wait(s, "was scanned");
	screen_wait_quiet(s, APART_MS);
	screen_keys(s, "<Enter>");
	screen_wait_gone(s, "was scanned");
	screen_wait(s, "refr ");
	assert_false(screen_shows(s, "refr4"));
	no_request_acted(*state);
}

static void a_prefix_is_a_scan_however_slow(void **state)
{
	struct counter *c = *state;
	struct screen *s;

	market_configure(c->market, "\tgrace = 0\n\trequests_per_second = 100\n",
		"clerk = \"Clerk\"\nscan_prefix = \"\\\\x02\"\nscan_suffix = \"enter\"\n");
	s = counter_desk(c, 24, 80);
	screen_keys(s, "/");
	screen_send(s, "\002", 1);
	screen_type(s, "400000021");
	assert_false(screen_shows(s, "/4"));
	screen_keys(s, "<Enter>");
	screen_wait(s, "Нұрлан Әбдіқадыров");
	no_request_acted(c);
}

/* Not the first one of its queue, which a list that is loaded anew shows. */
static void in_the_search_it_opens_its_own_order(void **state)
{
	struct counter *c = *state;
	struct screen *s = counter_desk(c, 24, 80);

	screen_keys(s, "/");
	screen_wait(s, "Find");
	screen_wait_quiet(s, APART_MS);
	screen_scan(s, "400000022");
	screen_wait(s, " 400000022 ");
	screen_wait_quiet(s, APART_MS);
	assert_true(screen_shows(s, "Мария Котова"));
	screen_keys(s, "<F7>");
	screen_wait(s, "400000022 ·");
	no_request_acted(c);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, counter_open, counter_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(in_the_search_it_opens_its_own_order),
		TEST(a_scan_opens_its_order_or_asks),
		TEST(under_the_kazakh_layout),
		TEST(cut_on_the_way),
		TEST(merged_scans_are_two),
		TEST(unknown_codes_are_said_and_do_nothing),
		TEST(half_a_scan_is_no_command),
		TEST(an_unknown_number_asks_the_server),
		TEST(enter_in_one_go_confirms_nothing),
		TEST(a_field_keeps_what_was_typed),
		TEST(a_prefix_is_a_scan_however_slow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
