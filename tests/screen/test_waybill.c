/* Waybills at the counter: w, the list of them, and printing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tests/lib/patience.h"
#include "tests/screen/counter.h"
#include "tests/unit/unit.h"

#define CORNER "p prints, Esc leaves"

/* A desk that finds this script as its lp. */
static struct screen *desk_with(struct counter *c, const char *script)
{
	char *path = home_program(c->market->home, "lp", script);
	struct screen *s;

	s = counter_start(c, 24, 80, (const char *[]){ path, NULL }, NULL);
	counter_synced(s);
	free(path);
	return s;
}

#define PRINTS "#!/bin/sh\necho run \"$@\" >> \"$HOME/lp.log\"\necho 'request id is HP-7'\n"

/* How often lp ran, or how often the piece stands in what it was told. */
static size_t lp_log(struct counter *c, const char *piece)
{
	char *log = home_read(c->market->home, "lp.log", NULL);
	size_t n = 0;

	for (const char *s = log; s && (s = strstr(s, piece)); s++)
		n++;
	free(log);
	return n;
}

static void more_assembled(struct counter *c, const char *code, const char *rest)
{
	char *json = xasprintf("{\"code\":\"%s\",\"mode\":\"kaspi\",\"state\":\"KASPI_DELIVERY\",\"assembled\":true,"
		"\"status\":\"ACCEPTED_BY_MERCHANT\"%s}", code, rest);

	market_order(c->market, json);
	free(json);
}

static void one_is_fetched_and_printed(void **state)
{
	struct counter *c = *state;
	struct screen *s = desk_with(c, PRINTS);

	counter_go(s, "400000041");
	screen_keys(s, "<F6>");
	screen_wait(s, "1 of 1 ready");
	screen_wait(s, CORNER);
	screen_wait(s, "400000041  ready: ");
	/* Nothing is printed by itself. */
	assert_int_equal(lp_log(c, "run"), 0);
	screen_keys(s, "p");
	screen_wait(s, "request id is HP-7");
	screen_wait(s, "400000041  printed");
	assert_int_equal(lp_log(c, "-t duken 400000041 -- "), 1);
	/* Once more only when asked for twice. */
	screen_keys(s, "p");
	screen_wait(s, "Print once more?");
	screen_keys(s, "<Esc>");
	screen_wait_gone(s, "Print once more?");
	screen_keys(s, "p p");
	screen_wait(s, "request id is HP-7");
	screen_keys(s, "<Esc>");
	screen_wait_gone(s, CORNER);
	assert_int_equal(lp_log(c, "run"), 2);
}

static void keys_go_by_their_place(void **state)
{
	struct counter *c = *state;
	struct screen *s = desk_with(c, PRINTS);

	counter_go(s, "400000041");
	screen_keys(s, "ц");
	screen_wait(s, "1 of 1 ready");
	screen_keys(s, "з");
	screen_wait(s, "request id is HP-7");
}

static void all_marked_go_in_one_job(void **state)
{
	struct counter *c = *state;
	struct screen *s;

	more_assembled(c, "400000042", "");
	more_assembled(c, "400000043", ",\"waybill\":false");
	s = desk_with(c, PRINTS);
	counter_queue(s, "Hand over");
	screen_keys(s, "*");
	screen_wait(s, "3 marked");
	screen_keys(s, "w");
	screen_wait(s, "2 of 3 ready, 1 to come");
	screen_wait(s, "400000043  the server is still making it");
	assert_true(screen_shows(s, "Esc stops what is not here yet; what is ready is kept."));
	screen_keys(s, "p");
	screen_wait(s, "request id is HP-7");
	assert_int_equal(lp_log(c, "duken: 2 waybills"), 1);
	/* The late one is printed alone. */
	market_change(c->market, "400000043", "{\"waybill\":true}");
	screen_wait(s, "3 of 3 ready, 0 to come");
	screen_keys(s, "p");
	screen_wait(s, "400000043  printed");
	screen_wait(s, "request id is HP-7");
	assert_int_equal(lp_log(c, "-t duken 400000043 -- "), 1);
	assert_int_equal(lp_log(c, "run"), 2);
}

static void leaving_stops_what_is_not_there(void **state)
{
	struct counter *c = *state;
	struct screen *s = desk_with(c, PRINTS);

	market_fault(c->market, "match=/waybill/ do=stall:500");
	counter_go(s, "400000041");
	screen_keys(s, "w");
	screen_wait(s, "400000041  being fetched");
	screen_keys(s, "<Esc>");
	screen_wait_gone(s, CORNER);
	market_no_faults(c->market);
	screen_keys(s, "w");
	screen_wait(s, "1 of 1 ready");
}

/* Many are asked for a few at a time, from the top; Space holds the others back. */
static void many_are_paused_and_go_on(void **state)
{
	struct counter *c = *state;
	struct screen *s;
	char code[16];

	for (int i = 0; i < 14; i++) {
		snprintf(code, sizeof(code), "4000001%02d", i);
		more_assembled(c, code, ",\"waybill\":true");
	}
	market_fault(c->market, "match=/waybill/ do=delay:700");
	s = desk_with(c, PRINTS);
	counter_queue(s, "Hand over");
	screen_keys(s, "* w");
	screen_wait(s, "of 15 ready");
	screen_keys(s, "<Space>");
	screen_wait(s, "Paused: Space goes on.");
	screen_wait(s, "waits for its turn");
	screen_wait_gone(s, "being fetched");
	screen_wait_gone(s, "  asking");
	assert_false(screen_shows(s, "15 of 15 ready"));
	market_no_faults(c->market);
	screen_keys(s, "<Space>");
	screen_wait(s, "15 of 15 ready");
	screen_keys(s, "p");
	screen_wait(s, "request id is HP-7");
}

static void what_goes_wrong_is_said_and_tried_again(void **state)
{
	struct counter *c = *state;
	struct screen *s = desk_with(c, "#!/bin/sh\necho 'lp: Drucker brennt' >&2\nexit 1\n");

	market_fault(c->market, "match=/waybill/ times=1 do=page");
	counter_go(s, "400000041");
	screen_keys(s, "w");
	screen_wait(s, "400000041  not there: The server sent a web page instead of a PDF");
	screen_keys(s, "p");
	screen_wait(s, "Nothing is there yet that could be printed.");
	screen_keys(s, "r");
	screen_wait(s, "1 of 1 ready");
	screen_keys(s, "p");
	screen_wait(s, "It was not printed: lp: Drucker brennt");
	/* What was not printed is not asked about. */
	assert_true(screen_shows(s, "400000041  ready: "));
}

static void an_order_without_one_says_why(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);

	counter_go(s, "400000021");
	screen_keys(s, "w");
	screen_wait(s, "400000021  not there: This order has no waybill: the marketplace does");
}

static void after_assembly_the_way_to_it_is_told(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);

	counter_go(s, "400000011");
	screen_keys(s, "<F4>");
	screen_wait(s, "[ No, back ]");
	screen_keys(s, "<Enter>");
	screen_wait(s, "400000011: assembled; its waybill comes in a moment, w shows it");
	screen_keys(s, "w");
	screen_wait(s, "1 of 1 ready");
}

static void after_many_were_assembled_they_are_fetched_together(void **state)
{
	struct counter *c = *state;
	struct screen *s = desk_with(c, PRINTS);

	counter_queue(s, "Pack");
	screen_keys(s, "*");
	screen_wait(s, "2 marked");
	screen_keys(s, "<F4>");
	screen_wait(s, "2 orders are marked");
	screen_keys(s, "1 <Enter>");
	screen_wait(s, "w fetches the waybills");
	screen_keys(s, "w");
	screen_wait(s, "2 of 2 ready, 0 to come");
	screen_keys(s, "p");
	screen_wait(s, "request id is HP-7");
	assert_int_equal(lp_log(c, "duken: 2 waybills"), 1);
	screen_keys(s, "<Esc>");
	screen_wait_gone(s, CORNER);
	assert_true(screen_shows(s, "w fetches the waybills"));
}

/* A scanner's number opens its order over the list, and nothing is printed. */
/* Whoever leaves while lp has it in hand is asked first. */
static void leaving_while_it_prints_is_asked_about(void **state)
{
	struct counter *c = *state;
	struct screen *s = desk_with(c, "#!/bin/sh\ntail -f /dev/null\n");

	counter_go(s, "400000041");
	screen_keys(s, "w");
	screen_wait(s, "1 of 1 ready");
	screen_keys(s, "p");
	screen_wait(s, "Printing 1 waybill");
	screen_keys(s, "<Esc> q");
	screen_wait(s, "Something is being printed");
	screen_keys(s, "<Enter>");
	screen_wait_gone(s, "Something is being printed");
	assert_true(screen_running(s));
	screen_keys(s, "q");
	screen_wait(s, "Something is being printed");
	screen_keys(s, "<Left> <Enter>");
	assert_int_equal(screen_exit_status(s), 0);
}

static void a_scan_prints_nothing(void **state)
{
	struct counter *c = *state;
	struct screen *s = desk_with(c, PRINTS);

	counter_go(s, "400000041");
	screen_keys(s, "w");
	screen_wait(s, "1 of 1 ready");
	/* Nobody presses a key and scans in less. */
	screen_wait_quiet(s, 450);
	screen_scan(s, "400000001");
	screen_wait(s, " 400000001 ");
	screen_wait_gone(s, CORNER);
	assert_int_equal(lp_log(c, "run"), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, counter_open, counter_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(one_is_fetched_and_printed),
		TEST(keys_go_by_their_place),
		TEST(all_marked_go_in_one_job),
		TEST(leaving_stops_what_is_not_there),
		TEST(many_are_paused_and_go_on),
		TEST(what_goes_wrong_is_said_and_tried_again),
		TEST(an_order_without_one_says_why),
		TEST(after_assembly_the_way_to_it_is_told),
		TEST(after_many_were_assembled_they_are_fetched_together),
		TEST(leaving_while_it_prints_is_asked_about),
		TEST(a_scan_prints_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
