/* The menu, the help and the hints: what a person who does not know the keys has. */
#include <stdlib.h>
#include <string.h>

#include "tests/lib/check.h"
#include "tests/screen/counter.h"
#include "tests/unit/unit.h"

/* Types into the menu and expects this one row alone. */
static void finds(struct screen *s, const char *typed, const char *row)
{
	screen_keys(s, "<F9>");
	screen_wait(s, "┌ Menu ");
	screen_type(s, typed);
	screen_wait(s, row);
	if (strcmp(row, "Show the keys") != 0 && screen_shows(s, "Show the keys"))
		screen_fail(s, "\"%s\" finds other commands, too", typed);
	screen_keys(s, "<Esc>");
	screen_wait_gone(s, "┌ Menu ");
}

static void commands_are_found_in_every_language(void **state)
{
	struct counter *c = *state;
	struct screen *s = counter_desk(c, 24, 80);

	finds(s, "acc ord", "Accept order");
	finds(s, "принять", "Accept order");
	finds(s, "ҚАБЫЛДАУ", "Accept order");
	finds(s, "обновить все", "Ask the server");
	finds(s, "f1", "Show the keys");
}

static void the_wrong_layout_finds_them_too(void **state)
{
	struct counter *c = *state;
	struct screen *s = counter_desk(c, 24, 80);

	finds(s, "ghbyznm", "Accept order");	/* принять */
	finds(s, "фссузе", "Accept order");	/* accept */
	finds(s, "0f,sk", "Accept order");	/* қабыл */
	screen_keys(s, "<F9>");
	screen_type(s, "ghbyznm");
	screen_keys(s, "<Enter>");
	screen_wait(s, "400000001 · ");
	screen_keys(s, "<Enter>");
	market_expect(c->market, "400000001", "status", "ACCEPTED_BY_MERCHANT");
}

/* The first line of the help says what it is about. */
static void expect_help(struct screen *s, const char *heading, const char *keys)
{
	int row, col;

	screen_keys(s, "<F1>");
	screen_wait(s, "┌ Help ");
	assert_true(screen_find(s, "┌ Help ", &row, &col));
	if (strstr(screen_line(s, row + 1), heading) == NULL)
		screen_fail(s, "the help does not begin with \"%s\"", heading);
	screen_wait(s, keys);
	screen_keys(s, "o 5 x <F8>");
	screen_wait(s, "┌ Help ");
	screen_keys(s, "<F1>");
	screen_wait_gone(s, "┌ Help ");
}

static void help_begins_with_what_is_in_front(void **state)
{
	struct counter *c = *state;
	struct screen *s = counter_desk(c, 24, 80);

	expect_help(s, " Orders ", "Space            Mark:");
	screen_keys(s, "<S-Tab>");
	expect_help(s, " Queues ", "Enter            Open the queue");
	screen_keys(s, "<Tab> <Enter>");
	expect_help(s, " Order ", "Esc              One step back");
	screen_keys(s, "J");
	expect_help(s, " Journal ", "J                Close");
	screen_keys(s, "<Esc> <F9>");
	expect_help(s, " Menu ", "Choose a command");
	screen_keys(s, "<Esc> x");
	expect_help(s, " Dialog of an action ", "Ctrl-R           Do once more");
	screen_keys(s, "<Esc>");
	screen_wait(s, "Nothing was sent.");
}

static void a_key_without_a_command_says_so(void **state)
{
	struct counter *c = *state;
	struct screen *s = counter_desk(c, 24, 80);

	screen_keys(s, "o");
	screen_wait(s, "No command on o; F1 shows the keys.");
	screen_keys(s, "<F12>");
	screen_wait(s, "No command on F12; F1 shows the keys.");
	/* A key that comes at once is no sign that it was read. */
	screen_wait_quiet(s, 350);
	screen_keys(s, "j");
	screen_wait_gone(s, "No command on");
}

static const char *hints(struct screen *s)
{
	return screen_line(s, screen_rows(s) - 2);
}

static void a_high_window_hints_at_what_is_possible(void **state)
{
	struct counter *c = *state;
	struct screen *s = counter_desk(c, 30, 100);

	assert_non_null(strstr(hints(s), "Enter Open  Space Mark  a Accept"));
	assert_null(strstr(hints(s), "Hand out"));
	screen_keys(s, "<S-Tab>");
	screen_wait(s, "Enter Open  p Pick list");
	assert_null(strstr(hints(s), "Accept"));
	counter_queue(s, "Pickup");
	screen_wait(s, "c Hand out  ");
	assert_null(strstr(hints(s), "Accept"));
	screen_keys(s, "<Space>");
	screen_wait(s, "- Unmark");
	screen_keys(s, "<F9>");
	screen_wait_gone(s, "c Hand out  ");
	assert_string_equal(hints(s), "");
	screen_keys(s, "<Esc> /");
	assert_string_equal(hints(s), "");
	screen_resize(s, 24, 100);
	screen_wait_quiet(s, 200);
	assert_null(strstr(hints(s), "Enter Open"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, counter_open, counter_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(commands_are_found_in_every_language),
		TEST(the_wrong_layout_finds_them_too),
		TEST(help_begins_with_what_is_in_front),
		TEST(a_key_without_a_command_says_so),
		TEST(a_high_window_hints_at_what_is_possible),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
