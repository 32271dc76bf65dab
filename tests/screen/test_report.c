/* The report on the screen: of a day, a week or a month, and those before. */
#include <string.h>

#include "tests/screen/counter.h"
#include "tests/unit/unit.h"

/* The counter's orders are of the last two hours, so a week holds all of them also after midnight. */
static struct screen *week(struct counter *c, int rows, int cols)
{
	struct screen *s = counter_desk(c, rows, cols);

	screen_keys(s, "D");
	screen_wait(s, "Report of a day");
	screen_wait(s, "as of ");
	screen_keys(s, "w");
	screen_wait(s, "Orders sold: 10,");
	return s;
}

static void the_week_on_a_small_screen(void **state)
{
	struct screen *s = week(*state, 24, 80);

	screen_expect_at(s, 1,
		"~ ┌ Report of a week ─+ as of [0-9]{2}:[0-9]{2} ┐\n"
		"~ │ Test shop, [0-9.]{10} - [0-9.]{10} +│\n"
		"~ │ Orders sold: 10, [0-9].* ₸ +│\n"
		"│ Cancelled and returned: 0 (0.0%), 0 ₸                                        │\n"
		"│ 7 sold orders were not accepted at the desk.                                 │\n"
		"│                                                                              │\n"
		"│ Sold by day                                                                  │\n");
	screen_wait(s, "d day, w week, m month; h earlier, l later; r reads it anew, Esc leaves");
	assert_false(screen_shows(s, "The goods of "));
	screen_keys(s, "<PgDn>");
	screen_wait(s, "New                                    3");
	screen_keys(s, "<End>");
	screen_wait(s, "The goods of ");
	assert_false(screen_shows(s, "Айгерім"));
	screen_keys(s, "<Esc>");
	screen_wait_gone(s, "Report of");
	screen_wait(s, "400000001");
}

static void all_of_it_on_a_large_one(void **state)
{
	struct screen *s = week(*state, 60, 200);

	screen_wait(s, "Sold by day");
	screen_wait(s, "██████████████████████████████");
	screen_wait(s, "All orders by queue");
	screen_wait(s, "Sold by delivery");
	screen_wait(s, "Sold by warehouse");
	screen_wait(s, "The goods of ");
}

static void days_before_and_after(void **state)
{
	struct screen *s = week(*state, 24, 80);

	screen_keys(s, "<Left>");
	screen_wait(s, "No orders were made from ");
	screen_keys(s, "<Right>");
	screen_wait(s, "Orders sold: 10,");
	/* There is no tomorrow. */
	screen_keys(s, "<Right>");
	screen_wait(s, "Orders sold: 10,");
	screen_keys(s, "m");
	screen_wait(s, "Report of a month");
	screen_wait(s, "Orders sold: 10,");
	screen_keys(s, "<Left> <Left>");
	screen_wait(s, "No orders were made from ");
	/* d under the Russian layout. */
	screen_keys(s, "в");
	screen_wait(s, "Report of a day");
	screen_wait(s, "No orders were made on ");
	screen_keys(s, "D");
	screen_wait_gone(s, "Report of");
}

static void a_clerk_accepts_an_order(void **state)
{
	struct counter *c = *state;
	struct screen *s = counter_desk(c, 24, 80);

	screen_keys(s, "D w");
	screen_wait(s, "Orders sold: 10,");
	assert_false(screen_shows(s, "From made to accepted"));
	screen_keys(s, "q");
	screen_wait_gone(s, "Report of");
	counter_go(s, "400000001");
	screen_keys(s, "<F2> <Enter>");
	market_expect(c->market, "400000001", "state", "PICKUP");
	screen_wait(s, "accepted");
	screen_keys(s, "D w");
	screen_wait(s, "From made to accepted: half within 1 h, 90% within 1 h");
	screen_keys(s, "<End>");
	screen_wait(s, "Done by each clerk");
	screen_wait(s, "Accept order");
}

static void letters_of_ascii_are_enough(void **state)
{
	struct screen *s = counter_start(*state, 60, 100, (const char *[]){ "LC_ALL=C", NULL }, NULL);

	screen_wait(s, "400000001");
	screen_keys(s, "D w");
	screen_wait(s, "Orders sold: ");
	screen_wait(s, "########");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, counter_open, counter_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_week_on_a_small_screen),
		TEST(all_of_it_on_a_large_one),
		TEST(days_before_and_after),
		TEST(a_clerk_accepts_an_order),
		TEST(letters_of_ascii_are_enough),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
