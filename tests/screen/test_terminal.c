/* The desk and its terminal: sizes, signals, colours, and text that would like to be more than text. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tests/screen/counter.h"
#include "tests/unit/unit.h"

/* The screen without its first row, where the clock is. */
static char *below_head(struct screen *s)
{
	char *text = screen_text(s), *rest = xstrdup(strchr(text, '\n'));

	free(text);
	return rest;
}

/* Some bytes around the place, with ESC as it is written. */
static char *around(const char *text, size_t at)
{
	size_t from = at > 60 ? at - 60 : 0, len = strnlen(text + from, 160);
	char *copy = xstrndup(text + from, len);

	for (char *p = copy; *p; p++)
		if ((unsigned char)*p < ' ' && *p != '\n')
			*p = '^';
	return copy;
}

/* cmocka would print the first thousand bytes, whatever differs. */
static void expect_same(char *is, char *should)
{
	size_t at = 0;

	while (is[at] && is[at] == should[at])
		at++;
	if (is[at] != should[at])
		check_fail("from byte %zu on one says:\n%s\nand the other:\n%s", at, around(is, at),
			around(should, at));
	free(is);
	free(should);
}

/* Sizes come faster than they can be drawn; some are too small for anything. */
static void storm(struct screen *s, unsigned seed, int n, int rows, int cols)
{
	for (int i = 0; i < n; i++) {
		seed = seed * 1103515245u + 12345u;
		screen_resize(s, 1 + (int)(seed >> 16) % 60, 1 + (int)(seed >> 8) % 200);
		if (i % 16 == 0)
			screen_wait_quiet(s, 1);
	}
	screen_resize(s, rows, cols);
}

static void expect_fresh_draw(struct screen *s)
{
	char *before, *after;

	screen_wait_quiet(s, 60);
	before = below_head(s);
	screen_keys(s, "<C-l>");
	screen_wait_quiet(s, 60);
	after = below_head(s);
	CHECK_HERE();
	expect_same(before, after);
}

static void a_storm_of_sizes_ends_in_a_fresh_draw(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);

	storm(s, 1, 200, 24, 80);
	screen_wait(s, "400000001");
	expect_fresh_draw(s);
	storm(s, 2, 200, 43, 132);
	screen_wait(s, "400000001");
	screen_wait(s, "Ordered");
	screen_wait(s, "Чайник");
	expect_fresh_draw(s);
}

static void a_storm_leaves_a_dialog_as_it_was(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);

	counter_go(s, "400000001");
	screen_keys(s, "<F8>");
	screen_wait(s, "Out of stock");
	screen_keys(s, "3 <Enter>");
	screen_type(s, "кейін");
	storm(s, 3, 200, 30, 100);
	screen_wait(s, "кейін");
	expect_fresh_draw(s);
	screen_keys(s, "<Esc>");
	screen_wait_gone(s, "кейін");
	assert_true(screen_running(s));
}

static void too_small_is_a_message_and_no_key_acts(void **state)
{
	struct counter *c = *state;
	struct screen *s = counter_desk(c, 24, 80);
	char *text;

	screen_resize(s, 15, 59);
	screen_wait_gone(s, "400000001");
	screen_wait_quiet(s, 30);
	text = screen_text(s);
	assert_true(strspn(text, "\n ") < strlen(text));
	free(text);
	screen_keys(s, "<F2> <Enter> * x <Enter>");
	screen_resize(s, 24, 80);
	screen_wait(s, "400000001");
	assert_false(screen_shows(s, "Accept order"));
	market_expect(c->market, "400000001", "requests.ACCEPTED_BY_MERCHANT", "0");
	screen_resize(s, 16, 60);
	screen_wait_quiet(s, 30);
	assert_true(screen_shows(s, "400000001"));
}

static void the_cursor_sits_on_the_focused_row(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);
	static const char *const codes[] = { "400000001", "400000002", "400000003" };
	int rows[3];

	for (int i = 0; i < 3; i++) {
		assert_true(screen_find(s, codes[i], &rows[i], NULL));
		screen_keys(s, i ? "<Down>" : "<Home>");
		assert_int_equal(screen_cursor_row(s), rows[0] + i);
	}
	assert_true(screen_cursor_visible(s));
	screen_keys(s, "<Left>");
	assert_true(strstr(screen_line(s, screen_cursor_row(s)), "New") != NULL);
}

/* ---- the end ------------------------------------------------------------------------------- */

static void quitting_gives_the_terminal_back(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);

	screen_keys(s, "q");
	assert_int_equal(screen_exit_status(s), 0);
	screen_expect_restored(s);
}

static void end_by(void **state, int sig)
{
	struct counter *c = *state;
	struct screen *s = counter_start(c, 24, 80,
		(const char *[]){ COUNTER_CRASHES, NULL },
		NULL);

	counter_synced(s);
	screen_keys(s, "<F2>");
	screen_signal(s, sig);
	screen_exit_status(s);
	screen_expect_restored(s);
}

static void term_gives_the_terminal_back(void **state)
{
	end_by(state, SIGTERM);
}

static void hup_gives_the_terminal_back(void **state)
{
	end_by(state, SIGHUP);
}

static void int_gives_the_terminal_back(void **state)
{
	end_by(state, SIGINT);
}

static void a_crash_gives_the_terminal_back(void **state)
{
	end_by(state, SIGSEGV);
}

static void an_abort_gives_the_terminal_back(void **state)
{
	end_by(state, SIGABRT);
}

static void a_lost_terminal_ends_the_desk(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);

	screen_hang_up(s);
	screen_exit_status(s);
}

static void stop_and_go_on(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);
	char *before = below_head(s), *after;

	screen_keys(s, "<C-z>");
	screen_wait_stopped(s);
	screen_expect_restored(s);
	screen_signal(s, SIGCONT);
	screen_wait(s, "400000001");
	screen_wait_quiet(s, 60);
	after = below_head(s);
	CHECK_HERE();
	expect_same(before, after);
	screen_signal(s, SIGTSTP);
	screen_wait_stopped(s);
	screen_expect_restored(s);
	screen_signal(s, SIGCONT);
	screen_wait(s, "400000001");
	screen_keys(s, "q");
	assert_int_equal(screen_exit_status(s), 0);
	screen_expect_restored(s);
}

/* ---- terminals ----------------------------------------------------------------------------- */

static void no_color_means_none(void **state)
{
	struct screen *s = counter_start(*state, 24, 80, (const char *[]){ "NO_COLOR=1", NULL }, NULL);

	counter_synced(s);
	screen_keys(s, "<F8>");
	for (int row = 0; row < 24; row++)
		for (int col = 0; col < 80; col++) {
			struct cell cell = screen_cell(s, row, col);

			if (cell.fg != -1 || cell.bg != -1)
				screen_fail(s, "row %d, column %d has a colour", row, col);
		}
}

static void poor_terminals_will_do(void **state)
{
	static const char *const terms[] = { "TERM=linux", "TERM=vt100", "TERM=screen", "TERM=xterm" };

	for (size_t i = 0; i < sizeof(terms) / sizeof(terms[0]); i++) {
		struct screen *s = counter_start(*state, 24, 80, (const char *[]){ terms[i], NULL }, NULL);

		counter_synced(s);
		screen_keys(s, "q");
		screen_stop(s);
	}
}

static void an_ascii_locale_gets_ascii(void **state)
{
	struct screen *s = counter_start(*state, 24, 80, (const char *[]){ "LC_ALL=C", NULL }, NULL);
	const char *raw;
	size_t len;

	counter_synced(s);
	screen_keys(s, "<F8>");
	screen_wait_quiet(s, 50);
	raw = screen_raw(s, 0, &len);
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)raw[i] >= 0x80)
			screen_fail(s, "byte %02x in the stream", (unsigned char)raw[i]);
}

/* ---- hostile text -------------------------------------------------------------------------- */

/* A name as it comes, in JSON, and the twin of it that cannot harm anybody. */
static const struct {
	const char *what, *spite, *twin;
} names[] = {
	{ "colours", "A\\u001b[31mB", "A[31mB" },
	{ "a title", "A\\u001b]0;pwned\\u0007B", "A]0;pwnedB" },
	{ "line breaks", "A\\r\\nB\\tC\\u2028D\\u0085E", "A B C D E" },
	{ "bidi", "A\\u202eB\\u2066C\\u200fD", "ABCD" },
	{ "zero width", "A\\u200bB\\u200dC\\ufeffD", "ABCD" },
	{ "C1", "A\\u009b5mB\\u0090C", "A5mBC" },
	{ "a bell, BS and DEL", "A\\u0007B\\u0008C\\u007fD", "ABCD" },
};

#define NAMES (sizeof(names) / sizeof(names[0]))

/* What is sent for the whole screen with the order open. */
static char *stream_of(struct counter *c)
{
	struct screen *s;
	size_t mark, len;
	char *copy;
	const char *raw;

	home_remove(c->market->home, "state");
	s = counter_desk(c, 24, 100);
	counter_go(s, "400000099");
	screen_wait(s, "Ordered");
	screen_wait(s, "PP");
	screen_wait_gone(s, "Asking the server");
	screen_wait_quiet(s, 400);
	/* Nothing but the name is different from here on: the whole screen is drawn anew. */
	mark = screen_mark(s);
	screen_keys(s, "<C-l>");
	screen_wait_quiet(s, 100);
	raw = screen_raw(s, mark, &len);
	copy = xmalloc(len + 1);
	for (size_t i = 0; i <= len; i++)
		copy[i] = i == len ? '\0' : raw[i] ? raw[i] : '?';
	screen_stop(s);
	return copy;
}

static void set_name(struct counter *c, const char *name)
{
	char *json = xasprintf("{\"name\":\"%s\",\"firstName\":\"%s\",\"lastName\":\"\",\"product\":\"%s\"}",
		name, name, name);

	market_change(c->market, "400000099", json);
	free(json);
}

/* From the panes to the last of the function keys: the head tells the time, and may do so once more. */
static void without_head(char *stream)
{
	char *second = strstr(stream, "┌"), *last = strstr(stream, "Quit");

	assert_non_null(second);
	assert_non_null(last);
	last[4] = '\0';
	memmove(stream, second, strlen(second) + 1);
}

static void a_hostile_name_is_only_text(void **state)
{
	struct counter *c = *state;

	market_configure(c->market, "\trequests_per_second = 100\n", "notify = \"none\"\n");
	market_order(c->market, "{\"code\":\"400000099\",\"state\":\"PICKUP\",\"total\":100}");
	for (size_t i = 0; i < NAMES; i++) {
		char *spite, *twin;

		set_name(c, names[i].spite);
		spite = stream_of(c);
		set_name(c, names[i].twin);
		twin = stream_of(c);
		without_head(spite);
		without_head(twin);
		if (strcmp(spite, twin) != 0)
			check_note("%s: not the stream of the twin", names[i].what);
		CHECK_HERE();
		expect_same(spite, twin);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, counter_open, counter_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_storm_of_sizes_ends_in_a_fresh_draw),
		TEST(a_storm_leaves_a_dialog_as_it_was),
		TEST(too_small_is_a_message_and_no_key_acts),
		TEST(the_cursor_sits_on_the_focused_row),
		TEST(quitting_gives_the_terminal_back),
		TEST(term_gives_the_terminal_back),
		TEST(hup_gives_the_terminal_back),
		TEST(int_gives_the_terminal_back),
		TEST(a_crash_gives_the_terminal_back),
		TEST(an_abort_gives_the_terminal_back),
		TEST(a_lost_terminal_ends_the_desk),
		TEST(stop_and_go_on),
		TEST(no_color_means_none),
		TEST(poor_terminals_will_do),
		TEST(an_ascii_locale_gets_ascii),
		TEST(a_hostile_name_is_only_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
