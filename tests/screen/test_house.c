/* The screen-test house itself, tried on a small curses program. */
#include "tests/screen/picture.h"
#include "tests/screen/screen.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/home.h"
#include "tests/unit/unit.h"

static struct home *home;
static char **env;
static char *program;

static int set_up(void **state)
{
	(void)state;
	home = home_new();
	env = home_env(home, NULL);
	program = built_path("tests/bench/floor_screen");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	screen_stop_all();
	free(program);
	home_env_free(env);
	home_free(home);
	return 0;
}

static struct screen *start(int rows, int cols, const char *lines)
{
	struct screen *s = screen_start(rows, cols, env, (const char *[]){ program, lines, NULL });

	screen_wait(s, "400000000");
	/* curses misses a SIGWINCH that comes between its drawing and its reading */
	screen_wait_quiet(s, 5);
	return s;
}

static void a_picture_matches_what_is_drawn(void **state)
{
	struct screen *s = start(5, 60, "3");

	(void)state;
	screen_expect(s,
		" 400000000  00:00  Buyer 0                   0 ₸  Almaty\n"
		" 400000001  ░░:░░  Buyer ░░░░░          ░░░░░░ ₸  Қарағанды\n"
		"~  400000002  [0-9:]{5}  Buyer .* ₸  .*\n"
		"\n");
	screen_expect(s, "⋮\n~ .*Қарағанды\n⋮\n");
	screen_expect_at(s, 1, " 400000001░░░░░░░░░Buyer ░░░░░          ░░░░░░ ₸  Қарағанды");
	assert_false(picture_line_matches(s, 0, " 400000000"));
	assert_false(picture_line_matches(s, 4, "x"));
	assert_true(picture_line_matches(s, 4, ""));
}

static void the_cursor_and_the_highlight_follow_keys(void **state)
{
	struct screen *s = start(10, 70, "100000");

	(void)state;
	assert_int_equal(screen_cursor_row(s), 0);
	screen_keys(s, "jj<Down>");
	assert_int_equal(screen_cursor_row(s), 3);
	assert_true(screen_cell(s, 3, 1).reverse);
	assert_false(screen_cell(s, 2, 1).reverse);
	assert_int_equal(screen_cell(s, 2, 1).fg, -1);
	screen_keys(s, "<PgDn> k");
	assert_int_equal(screen_cursor_row(s), 2);
	assert_true(screen_shows(s, "400000012"));
	screen_keys(s, "G");
	assert_string_equal(screen_cell(s, 9, 9).text, "9");
	assert_true(screen_shows(s, "400099999"));
	assert_false(screen_shows(s, "400000001"));
}

static void places_are_found_in_columns(void **state)
{
	struct screen *s = start(5, 60, "3");
	int row, col;

	(void)state;
	assert_true(screen_find(s, "Қарағанды", &row, &col));
	assert_int_equal(row, 1);
	assert_string_equal(screen_cell(s, row, col).text, "Қ");
	assert_string_equal(screen_cell(s, row, col + 8).text, "ы");
}

static void a_resize_redraws(void **state)
{
	struct screen *s = start(10, 70, "100000");

	(void)state;
	screen_resize(s, 20, 40);
	screen_wait(s, "400000019");
	screen_resize(s, 1, 12);
	screen_wait_quiet(s, 20);
	screen_resize(s, 6, 30);
	screen_wait(s, "400000005");
	assert_int_equal(screen_rows(s), 6);
}

static void the_terminal_comes_back_at_the_end(void **state)
{
	struct screen *s = start(10, 70, "100000");
	size_t mark = screen_mark(s), len;

	(void)state;
	screen_keys(s, "j q");
	assert_int_equal(screen_exit_status(s), 0);
	screen_expect_restored(s);
	assert_true(screen_cursor_visible(s));
	assert_non_null(strstr(screen_raw(s, mark, &len), "\033[?1049l"));
}

static void a_signal_is_seen(void **state)
{
	struct screen *s = start(10, 70, "100000");

	(void)state;
	screen_signal(s, SIGKILL);
	assert_int_equal(screen_exit_status(s), 128 + SIGKILL);
}

static void a_hang_up_ends_the_program(void **state)
{
	struct screen *s = start(10, 70, "100000");

	(void)state;
	screen_hang_up(s);
	assert_int_equal(screen_exit_status(s), 128 + SIGHUP);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_picture_matches_what_is_drawn, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_cursor_and_the_highlight_follow_keys, set_up, tear_down),
		cmocka_unit_test_setup_teardown(places_are_found_in_columns, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_resize_redraws, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_terminal_comes_back_at_the_end, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_signal_is_seen, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_hang_up_ends_the_program, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
