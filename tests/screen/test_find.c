/* Finding an order: search, the number typed or scanned, under any layout. */
#include <string.h>

#include "tests/screen/counter.h"
#include "tests/unit/unit.h"

static void search_folds_letters_and_esc_ends_it(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);

	screen_keys(s, "/");
	screen_type(s, "нурлан");
	screen_wait(s, "400000021");
	screen_wait_gone(s, "400000001");
	screen_keys(s, "<BS> <BS> <BS> <BS> <BS> <BS>");
	screen_type(s, "7010000");
	screen_wait(s, "400000022");
	screen_keys(s, "<Enter> <Esc> <Esc>");
	screen_wait_gone(s, "7010000");
	screen_wait(s, "400000001");
}

static void another_search_takes_the_place_of_the_last(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);

	screen_keys(s, "/");
	screen_type(s, "нурлан");
	screen_keys(s, "<Enter>");
	screen_wait(s, "Found: нурлан · 2");
	screen_keys(s, "/");
	screen_type(s, "котов");
	screen_wait(s, "котов · 1");
	screen_keys(s, "<Enter> / <BS>");
	screen_wait(s, "кото · 1");
}

static void letters_in_a_search_are_no_keys(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);

	screen_keys(s, "/");
	screen_type(s, "qaxucжф?");
	screen_wait(s, "qaxucжф?");
	assert_true(screen_running(s));
	screen_wait(s, "Nothing found");
}

static void a_number_is_typed(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);

	screen_keys(s, "4");
	screen_wait(s, "Order number");
	screen_type(s, "00000031");
	screen_keys(s, "<Enter>");
	screen_wait_gone(s, "Order number");
	screen_wait(s, "Ерлан Жұмабаев");
}

static void a_number_under_the_kazakh_layout(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);

	screen_type(s, "ңқққққққ");
	screen_wait(s, "Order number");
	screen_wait(s, "40000000");
	screen_keys(s, "<BS>");
	screen_type(s, "ә\"");
	screen_wait(s, "400000021");
	screen_keys(s, "<Enter>");
	screen_wait_gone(s, "Order number");
	screen_wait(s, "Нұрлан Әбдіқадыров");
}

static void keys_go_by_place_under_russian(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);

	screen_keys(s, "ф");
	screen_wait(s, "Accept order");
	screen_keys(s, "<Esc>");
	screen_wait_gone(s, "Accept order");
	screen_keys(s, "ч");
	screen_wait(s, "Cancel order");
}

static void an_unknown_number_asks_the_server(void **state)
{
	struct counter *c = *state;
	struct screen *s = counter_desk(c, 24, 80);

	market_order(c->market, "{\"code\":\"499999999\",\"state\":\"PICKUP\",\"name\":\"Later Buyer\"}");
	screen_type(s, "499999999");
	screen_keys(s, "<Enter>");
	screen_wait_gone(s, "Order number");
	screen_wait(s, "Later Buyer");
	screen_type(s, "488888888");
	screen_keys(s, "<Enter>");
	screen_wait_gone(s, "Asking the server");
	assert_true(screen_shows(s, "Order number"));
	screen_keys(s, "<Esc>");
	screen_wait_gone(s, "Order number");
}

static void a_scan_opens_its_order(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);

	screen_scan(s, "400000021");
	screen_wait(s, "Нұрлан Әбдіқадыров");
	screen_wait_gone(s, "Order number");
	screen_scan(s, "ңққққққәә");
	screen_wait_quiet(s, 100);
	screen_scan(s, "400000022");
	screen_wait(s, "Мария Котова");
}

/* Digits show in a search at once, and a scan takes its own back. */
static void a_scan_leaves_a_search_as_it_was(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);

	screen_keys(s, "/");
	screen_type(s, "550 нұрлан");
	screen_wait_gone(s, "Мария Котова");
	screen_scan(s, "499999998");
	screen_wait(s, "Order number");
	screen_keys(s, "<Esc>");
	screen_wait_gone(s, "Order number");
	assert_true(screen_shows(s, "550 нұрлан"));
	assert_false(screen_shows(s, "99999998"));
	screen_scan(s, "400000022");
	screen_wait(s, "Мария Котова");
}

static void a_scan_confirms_nothing(void **state)
{
	struct counter *c = *state;
	struct screen *s = counter_desk(c, 24, 80);

	counter_go(s, "400000001");
	screen_keys(s, "<F2>");
	screen_wait(s, "Accept order");
	screen_scan(s, "400000022");
	screen_wait(s, "Order 400000022 was scanned");
	screen_keys(s, "<Left> <Enter>");
	screen_wait(s, "Мария Котова");
	screen_wait_quiet(s, 100);
	market_expect(c->market, "400000001", "requests.ACCEPTED_BY_MERCHANT", "0");
	market_expect(c->market, "400000022", "requests.SEND_CODE", "0");
	assert_false(screen_shows(s, "Accept order"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, counter_open, counter_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(search_folds_letters_and_esc_ends_it),
		TEST(another_search_takes_the_place_of_the_last),
		TEST(letters_in_a_search_are_no_keys),
		TEST(a_number_is_typed),
		TEST(a_number_under_the_kazakh_layout),
		TEST(keys_go_by_place_under_russian),
		TEST(an_unknown_number_asks_the_server),
		TEST(a_scan_opens_its_order),
		TEST(a_scan_leaves_a_search_as_it_was),
		TEST(a_scan_confirms_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
