/* Links behind the text of the details, by which bytes; and that nothing is left of one where another text stands. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tests/screen/counter.h"
#include "tests/screen/heard.h"
#include "tests/unit/unit.h"

#define BEGIN "\033]8;;http://127.0.0.1:"
#define END "\033]8;;\033\\"

static struct screen *desk(struct counter *c, const char *lines, const char *const *env)
{
	struct screen *s;

	market_configure(c->market, "\tgrace = 0\n\trequests_per_second = 100\n\taccept_within = 0\n", lines);
	s = counter_start(c, 24, 132, env, NULL);
	counter_synced(s);
	return s;
}

/* The row of the number of the order's waybill. */
static int waybill_row(struct screen *s)
{
	int row = 0;

	counter_go(s, "400000041");
	screen_wait(s, "│Waybill ");
	assert_true(screen_find(s, "│Waybill ", &row, NULL));
	return row;
}

static void it_is_off_unless_asked_for(void **state)
{
	struct screen *s = desk(*state, "", NULL);

	waybill_row(s);
	screen_wait_quiet(s, 50);
	assert_int_equal(heard_count(s, 0, "\033]8;"), 0);
}

static void a_waybill_leads_to_its_page(void **state)
{
	struct screen *s = desk(*state, "links = true\n", NULL);

	assert_int_equal(heard_count(s, 0, "\033]8;"), 0);
	waybill_row(s);
	heard_wait(s, 0, BEGIN, 1);
	heard_wait(s, 0, END, 1);
}

static void it_looks_like_what_stands_around_it(void **state)
{
	struct screen *s = desk(*state, "links = true\ntheme = \"contrast\"\n", NULL);
	int row = waybill_row(s), col;
	struct cell link, other;

	heard_wait(s, 0, END, 1);
	screen_keys(s, "<F5>");
	screen_wait(s, "Synced");
	screen_wait_quiet(s, 50);
	assert_true(screen_find(s, "Waybill ", &row, &col));
	link = screen_cell(s, row, col);
	assert_true(screen_find(s, "Ordered ", &row, &col));
	other = screen_cell(s, row, col);
	assert_int_equal(link.fg, other.fg);
	assert_int_equal(link.bg, other.bg);
	assert_int_equal(link.bold, other.bold);
	assert_int_equal(screen_cursor_row(s), 2);
}

static void a_dialog_over_it_has_none(void **state)
{
	struct screen *s = desk(*state, "links = true\n", NULL);
	size_t mark;

	waybill_row(s);
	heard_wait(s, 0, END, 1);
	screen_keys(s, "J");
	screen_wait(s, "Nothing was done yet");
	screen_wait_quiet(s, 50);
	mark = screen_mark(s);
	screen_keys(s, "<Down>");
	screen_resize(s, 25, 132);
	screen_wait_quiet(s, 50);
	assert_false(screen_shows(s, "Waybill 4"));
	assert_int_equal(heard_count(s, mark, "\033]8;"), 0);
	screen_keys(s, "<Esc>");
	heard_wait(s, mark, BEGIN, 1);
}

/* From its first column on: of its own curses writes those letters alone that differ. */
static void the_row_is_written_anew_when_it_goes(void **state)
{
	struct screen *s = desk(*state, "links = true\n", NULL);
	int row = waybill_row(s) + 1;
	char *begins = xasprintf("\033[%d;1H", row), *goes_on = xasprintf("\033[%dd", row);
	size_t mark;

	heard_wait(s, 0, END, 1);
	mark = screen_mark(s);
	counter_go(s, "400000011");
	screen_wait_gone(s, "│Waybill ");
	screen_wait_quiet(s, 50);
	assert_true(heard_count(s, mark, begins) + heard_count(s, mark, goes_on) > 0);
	free(begins);
	free(goes_on);
}

static void a_console_gets_none(void **state)
{
	struct screen *s = desk(*state, "links = true\n", (const char *[]){ "TERM=linux", NULL });

	counter_go(s, "400000041");
	screen_wait(s, "Waybill ");
	screen_wait_quiet(s, 50);
	assert_int_equal(heard_count(s, 0, "\033]8;"), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, counter_open, counter_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(it_is_off_unless_asked_for),
		TEST(a_waybill_leads_to_its_page),
		TEST(it_looks_like_what_stands_around_it),
		TEST(a_dialog_over_it_has_none),
		TEST(the_row_is_written_anew_when_it_goes),
		TEST(a_console_gets_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
