/* The pick list on the screen: of what is marked, of what is shown, and with goods that cannot be had. */
#include <stdlib.h>
#include <string.h>

#include "tests/screen/counter.h"
#include "tests/unit/unit.h"

static void the_list_that_is_shown(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);

	counter_queue(s, "Pack");
	screen_wait(s, "400000011");
	screen_keys(s, "p");
	screen_wait(s, "p prints, Esc leaves");
	screen_expect_at(s, 1,
		"~ ┌ Pick list: 2 orders ─+ p prints, Esc leaves ┐\n"
		"~ │ Pick list, Test shop +[0-9]{2}\\.[0-9]{2}\\.[0-9]{4} [0-9]{2}:[0-9]{2} │\n"
		"│ 2 orders                                                                     │\n"
		"│                                                                              │\n");
	screen_wait(s, "[ ] ");
	screen_wait(s, "Чайник электрический");
	screen_keys(s, "<End>");
	screen_wait(s, "400000011 ");
	screen_keys(s, "<Home>");
	screen_wait(s, "Pick list, Test shop");
	screen_keys(s, "<Esc>");
	screen_wait_gone(s, "Pick list");
	screen_wait(s, "400000012");
}

static void the_marked_orders_alone(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);

	screen_keys(s, "<Down> <Space> з");	/* p under the Russian layout */
	screen_wait(s, "┌ Pick list: 1 order ");
	screen_wait(s, "│ 1 order ");
	screen_wait(s, "400000002: ");
	assert_false(screen_shows(s, "400000001: "));
	screen_keys(s, "q");
	screen_wait_gone(s, "Pick list");
	assert_true(screen_running(s));
}

static void what_a_search_found(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);

	screen_keys(s, "/");
	screen_type(s, "котова");
	screen_wait_gone(s, "400000001");
	screen_keys(s, "<Enter> p");
	screen_wait(s, "┌ Pick list: 1 order ");
	screen_wait(s, "400000022: ");
}

static void an_empty_list_says_so(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);

	screen_keys(s, "/");
	screen_type(s, "nobody");
	screen_wait(s, "Nothing found");
	screen_keys(s, "<Enter> p");
	screen_wait(s, "There are no orders here to pick for.");
	assert_false(screen_shows(s, "Pick list"));
}

static void while_goods_are_asked_for(void **state)
{
	struct counter *c = *state;
	struct screen *s = counter_desk(c, 24, 80);
	size_t asked;

	market_fault(c->market, "match=/entries do=delay:1500");
	counter_queue(s, "Pack");
	screen_keys(s, "p");
	screen_wait(s, "Asking the server for the goods of ");
	screen_wait(s, "0 of 2 have come. Esc stops it.");
	screen_wait(s, "p prints, Esc leaves");
	screen_wait(s, "Чайник электрический");
	screen_keys(s, "<Esc>");
	market_fault(c->market, "match=/entries do=silence:8000");
	counter_queue(s, "Pickup");
	screen_keys(s, "p");
	screen_wait(s, "0 of 2 have come");
	screen_keys(s, "<Esc>");
	screen_wait_gone(s, "Pick list");
	/* What was under way ended with the dialog: the next one asks anew. */
	market_no_faults(c->market);
	asked = market_requests(c->market, "/entries");
	screen_keys(s, "p");
	screen_wait(s, "400000021: ");
	assert_true(market_requests(c->market, "/entries") >= asked + 2);
}

static void without_a_link_the_missing_are_named(void **state)
{
	struct counter *c = *state;
	struct screen *s = counter_desk(c, 24, 80);

	counter_queue(s, "Pack");
	screen_keys(s, "p");
	screen_wait(s, "Чайник электрический");
	screen_keys(s, "<Esc>");
	counter_queue(s, "Pickup");
	market_down(c->market);
	screen_keys(s, "p");
	screen_wait(s, "Not all orders are on the list: its end says which, and why.");
	screen_keys(s, "<End>");
	screen_wait(s, "Not on this list:");
	screen_wait(s, "400000021: ");
	screen_wait(s, "400000022: ");
	screen_keys(s, "<Esc>");
	counter_queue(s, "Pack");
	screen_keys(s, "p");
	screen_wait(s, "Чайник электрический");
	screen_wait(s, "│ 2 orders ");
	assert_false(screen_shows(s, "Not all orders"));
}

static void the_file_is_printed(void **state)
{
	struct counter *c = *state;
	char *path = home_program(c->market->home, "lp", "#!/bin/sh\necho \"$@\" >> \"$HOME/lp.log\"\n");
	struct screen *s = counter_start(c, 24, 80, (const char *[]){ path, NULL }, NULL);
	char *text;

	counter_synced(s);
	counter_queue(s, "Pack");
	screen_keys(s, "p");
	screen_wait(s, "Чайник электрический");
	screen_keys(s, "p");
	screen_wait(s, "Sent to the printer.");
	text = home_read(c->market->home, "lp.log", NULL);
	assert_non_null(strstr(text, "-t Pick list -- "));
	assert_non_null(strstr(text, "/picklist.txt\n"));
	free(text);
	free(path);
	text = home_read(c->market->home, "state/duken/test/picklist.txt", NULL);
	assert_non_null(text);
	assert_non_null(strstr(text, "400000012: "));
	assert_null(strstr(text, "Ольга"));
	free(text);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, counter_open, counter_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_list_that_is_shown),
		TEST(the_marked_orders_alone),
		TEST(what_a_search_found),
		TEST(an_empty_list_says_so),
		TEST(while_goods_are_asked_for),
		TEST(without_a_link_the_missing_are_named),
		TEST(the_file_is_printed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
