/* A theme changes how the words look and none of the words. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tests/screen/counter.h"
#include "tests/unit/unit.h"

static struct screen *desk(struct counter *c, const char *theme, const char *const *env)
{
	char *lines = xasprintf("clerk = \"Clerk\"\ntheme = \"%s\"\n", theme);

	market_configure(c->market, "\tgrace = 0\n\trequests_per_second = 100\n\taccept_within = 0\n", lines);
	free(lines);
	return counter_start(c, 24, 80, env, NULL);
}

/* All but the head line, where the clock is; the digits are alike, since ages change. */
static char *words_below_head(struct screen *s)
{
	char *text = screen_text(s), *rest = xstrdup(strchr(text, '\n'));

	free(text);
	for (char *p = rest; *p; p++)
		if (*p >= '0' && *p <= '9')
			*p = '0';
	return rest;
}

static int coloured_cells(struct screen *s)
{
	int n = 0;

	for (int row = 0; row < 24; row++)
		for (int col = 0; col < 80; col++) {
			struct cell cell = screen_cell(s, row, col);

			n += cell.fg != -1 || cell.bg != -1;
		}
	return n;
}

static void the_words_are_the_same_in_every_look(void **state)
{
	static const struct {
		const char *theme, *env;
		enum { NO_CELL, SOME, EVERY_CELL } coloured;
	} looks[] = {
		{ "default", "TERM=xterm-256color", SOME },
		{ "default", "TERM=linux", SOME },
		{ "default", "NO_COLOR=1", NO_CELL },
		{ "contrast", "TERM=xterm-256color", EVERY_CELL },
		{ "contrast", "TERM=xterm", EVERY_CELL },
		{ "contrast", "NO_COLOR=1", NO_CELL },
		{ "mono", "TERM=xterm-256color", NO_CELL },
	};
	char *first = NULL;

	for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++) {
		struct screen *s = desk(*state, looks[i].theme, (const char *[]){ looks[i].env, NULL });
		char *words;
		int n;

		counter_synced(s);
		words = words_below_head(s);
		if (first == NULL)
			first = xstrdup(words);
		if (strcmp(words, first) != 0)
			screen_fail(s, "%s with %s says something else", looks[i].theme, looks[i].env);
		free(words);
		n = coloured_cells(s);
		if (looks[i].coloured == NO_CELL ? n != 0 : looks[i].coloured == SOME ? n == 0 : n != 24 * 80)
			screen_fail(s, "%s with %s has %d cells of a colour", looks[i].theme, looks[i].env, n);
		screen_keys(s, "q");
		assert_int_equal(screen_exit_status(s), 0);
		screen_expect_restored(s);
		screen_stop(s);
	}
	free(first);
}

/* Two colours that are in no palette, and one that is. */
static const char sunset[] = "normal = fg #f0e0d1 bg #1d0f07\ncursor = reverse fg 255\n";

static bool sends(struct screen *s, const char *bytes)
{
	size_t len;
	const char *raw = screen_raw(s, 0, &len);

	return len > 0 && memmem(raw, len, bytes, strlen(bytes)) != NULL;
}

static void ones_own_theme_is_a_file(void **state)
{
	struct counter *c = *state;
	struct screen *s;

	home_write(c->market->home, "config/duken/themes/sunset.theme", 0600, sunset);
	s = desk(c, "sunset", NULL);
	counter_synced(s);
	/* The nearest of 256. */
	assert_int_equal(screen_cell(s, 2, 1).fg, 224);
	assert_int_equal(screen_cell(s, 2, 1).bg, 233);
	assert_false(sends(s, "\033]4;"));
	screen_stop(s);
}

static void a_palette_that_can_be_changed_has_every_colour(void **state)
{
	struct counter *c = *state;
	struct screen *s;

	home_write(c->market->home, "config/duken/themes/sunset.theme", 0600, sunset);
	s = desk(c, "sunset", (const char *[]){ "COLORTERM=truecolor", COUNTER_CRASHES, NULL });
	counter_synced(s);
	assert_true(sends(s, "\033]4;254;rgb:F0/E0/D1\033\\"));
	assert_true(sends(s, "\033]4;253;rgb:1D/0F/07\033\\"));
	assert_int_equal(screen_cell(s, 2, 1).fg, 254);
	assert_int_equal(screen_cell(s, 2, 1).bg, 253);
	assert_false(sends(s, "\033]104"));
	screen_signal(s, SIGSEGV);
	screen_exit_status(s);
	screen_expect_restored(s);
	assert_true(sends(s, "\033]104"));
}

static void a_terminal_of_all_colours_has_every_colour(void **state)
{
	struct counter *c = *state;
	struct screen *s;

	counter_terminal(c, "duken-direct", "RGB, colors#0x1000000, pairs#0x7fff, ccc@, initc@, oc@,\n"
		"\tsetaf=\\E[%?%p1%{8}%<%t3%p1%d%e38;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m,\n"
		"\tsetab=\\E[%?%p1%{8}%<%t4%p1%d%e48;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m");
	home_write(c->market->home, "config/duken/themes/sunset.theme", 0600, sunset);
	s = desk(c, "sunset", (const char *[]){ "TERM=duken-direct", NULL });
	counter_synced(s);
	assert_true(sends(s, "\033[38;2;240;224;209m"));
	assert_true(sends(s, "\033[48;2;29;15;7m"));
	assert_true(sends(s, "\033[38;2;238;238;238m"));
	screen_keys(s, "q");
	assert_int_equal(screen_exit_status(s), 0);
	screen_expect_restored(s);
}

static void a_slip_in_a_theme_is_an_error(void **state)
{
	struct counter *c = *state;
	struct screen *s;

	home_write(c->market->home, "config/duken/themes/sunset.theme", 0600, "normal =\nglow = bold\n");
	s = desk(c, "sunset", NULL);
	assert_int_equal(screen_exit_status(s), 2);
	assert_true(screen_shows(s, "glow"));
	assert_true(screen_shows(s, ".theme:2:"));
}

static void a_theme_that_is_not_there_is_an_error(void **state)
{
	struct screen *s = desk(*state, "neon", NULL);

	assert_int_equal(screen_exit_status(s), 2);
	assert_true(screen_shows(s, "theme"));
	assert_true(screen_shows(s, "neon"));
	assert_true(screen_shows(s, "contrast"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_words_are_the_same_in_every_look, counter_open, counter_close),
		cmocka_unit_test_setup_teardown(ones_own_theme_is_a_file, counter_open, counter_close),
		cmocka_unit_test_setup_teardown(a_palette_that_can_be_changed_has_every_colour, counter_open, counter_close),
		cmocka_unit_test_setup_teardown(a_terminal_of_all_colours_has_every_colour, counter_open, counter_close),
		cmocka_unit_test_setup_teardown(a_slip_in_a_theme_is_an_error, counter_open, counter_close),
		cmocka_unit_test_setup_teardown(a_theme_that_is_not_there_is_an_error, counter_open, counter_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
