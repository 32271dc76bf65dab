/* Keys that the settings changed, and keys under other layouts, in the real program. */
#include <stdlib.h>
#include <string.h>

#include "tests/lib/check.h"
#include "tests/screen/counter.h"
#include "tests/unit/unit.h"

static void with_keys(struct counter *c, const char *lines)
{
	market_configure(c->market, "\tgrace = 0\n\trequests_per_second = 100\n\taccept_within = 0\n", lines);
}

static const char *bar(struct screen *s)
{
	return screen_line(s, screen_rows(s) - 1);
}

static void other_keys_do_what_they_are_given_to(void **state)
{
	struct counter *c = *state;
	struct screen *s;

	with_keys(c, "keys {\n\taccept = \"F12 n\"\n\tjournal = \"F11 K\"\n\thelp = \"F4\"\n\tassemble = \"\"\n}\n");
	s = counter_desk(c, 24, 80);
	assert_non_null(strstr(bar(s), "F4Help"));
	assert_non_null(strstr(bar(s), "F11Journal"));
	assert_non_null(strstr(bar(s), "F12Accept"));
	assert_null(strstr(bar(s), "F2"));
	assert_null(strstr(bar(s), "Assemble"));
	screen_keys(s, "a <F2> J");
	assert_false(screen_shows(s, "Journal:"));
	screen_keys(s, "K");
	screen_wait(s, "Journal: 0 open");
	screen_keys(s, "K");
	screen_wait_gone(s, "Journal: 0 open");
	screen_keys(s, "n <Enter>");
	market_expect(c->market, "400000001", "status", "ACCEPTED_BY_MERCHANT");
	screen_keys(s, "<F4>");
	screen_wait(s, "F12 n ");
	screen_keys(s, "<PgDn>");
	screen_wait(s, "F11 K ");
}

static void sentences_name_the_keys_there_are(void **state)
{
	struct counter *c = *state;
	struct screen *s;

	with_keys(c, "keys {\n\tunmark_all = \"o\"\n\tpick = \"n\"\n\tquit = \"F12\"\n}\n");
	s = counter_desk(c, 24, 80);
	counter_queue(s, "Pack");
	screen_keys(s, "* e");
	screen_wait(s, "take the marks away with");
	screen_wait(s, "\"o\".");
	screen_keys(s, "o n");
	screen_wait(s, "n prints, Esc leaves");
	screen_resize(s, 10, 40);
	screen_wait(s, "No key acts but F12");
	screen_keys(s, "<F12>");
	assert_int_equal(screen_exit_status(s), 0);
}

static void a_command_without_keys_is_in_the_menu(void **state)
{
	struct counter *c = *state;
	struct screen *s;

	with_keys(c, "keys {\n\tjournal = \"\"\n}\n");
	s = counter_desk(c, 24, 80);
	screen_keys(s, "J");
	assert_false(screen_shows(s, "Journal:"));
	screen_keys(s, "<F9>");
	screen_type(s, "how it ended");
	screen_keys(s, "<Enter>");
	screen_wait(s, "Journal: 0 open");
}

static void wrong_keys_do_not_start(void **state)
{
	struct counter *c = *state;
	struct screen *s;

	with_keys(c, "keys {\n\tundo = \"a\"\n}\n");
	s = counter_start(c, 24, 80, NULL, NULL);
	assert_int_equal(screen_exit_status(s), 2);
	screen_wait(s, "undo: the key a is the");
}

/* What the same keys type under the Russian layout and the Kazakh one. */
static void keys_are_known_by_their_place(void **state)
{
	struct counter *c = *state;
	struct screen *s = counter_desk(c, 24, 80);

	screen_keys(s, "Ү");
	screen_wait(s, "3 marked");
	screen_keys(s, "ө");
	screen_wait_gone(s, "marked");
	screen_keys(s, "О");
	screen_wait(s, "Journal:");
	screen_keys(s, "О");
	screen_wait_gone(s, "Journal:");
	screen_keys(s, "Ж");
	screen_wait(s, "Ask the server for all orders");
	screen_keys(s, "<Esc>");
	screen_wait_gone(s, "Ask the server");
	screen_keys(s, "№");
	screen_wait(s, "Search:");
	screen_keys(s, "<Esc> ф");
	screen_wait(s, "400000001 · ");
	screen_keys(s, "<Enter>");
	market_expect(c->market, "400000001", "status", "ACCEPTED_BY_MERCHANT");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, counter_open, counter_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(other_keys_do_what_they_are_given_to),
		TEST(sentences_name_the_keys_there_are),
		TEST(a_command_without_keys_is_in_the_menu),
		TEST(wrong_keys_do_not_start),
		TEST(keys_are_known_by_their_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
