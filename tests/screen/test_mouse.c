/* The mouse: what a click and the wheel do, and that they do nothing unless asked for. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "desk/clerks.h"
#include "tests/lib/patience.h"
#include "tests/screen/counter.h"
#include "tests/unit/unit.h"

enum button { LEFT = 0, WHEEL_UP = 64, WHEEL_DOWN = 65 };

/* As xterm tells it, with the button's release. */
static void press(struct screen *s, enum button button, int row, int col)
{
	char bytes[64];
	int len = snprintf(bytes, sizeof(bytes), "\033[<%d;%d;%dM\033[<%d;%d;%dm", (int)button, col + 1, row + 1,
		(int)button, col + 1, row + 1);

	screen_send(s, bytes, (size_t)len);
}

static void click(struct screen *s, const char *text)
{
	int row, col;

	screen_wait(s, text);
	screen_find(s, text, &row, &col);
	press(s, LEFT, row, col);
}

static struct screen *desk(struct counter *c, const char *lines)
{
	market_configure(c->market, "\tgrace = 0\n\trequests_per_second = 100\n\taccept_within = 0\n", lines);
	struct screen *s = counter_start(c, 24, 80, (const char *[]){ COUNTER_CRASHES, NULL }, NULL);
	counter_synced(s);
	return s;
}

static void wait_cursor(struct screen *s, const char *text)
{
	int64_t deadline = deadline_in(SCREEN_WAIT_MS);

	while (!strstr(screen_line(s, screen_cursor_row(s)), text)) {
		if (!deadline_left(deadline))
			screen_fail(s, "the cursor is not on %s", text);
		screen_pump(s, 10);
	}
}

static void wait_in_orders(struct screen *s)
{
	int64_t deadline = deadline_in(SCREEN_WAIT_MS);

	while (screen_cursor_col(s) < 20) {
		if (!deadline_left(deadline))
			screen_fail(s, "the cursor is not among the orders");
		screen_pump(s, 10);
	}
}

static bool mode_was_set(struct screen *s, size_t mark)
{
	size_t len;
	const char *raw = screen_raw(s, mark, &len);

	return len > 0 && memmem(raw, len, "1000h", 5) != NULL;
}

static void it_is_off_unless_asked_for(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);
	size_t mark;

	assert_false(mode_was_set(s, 0));
	click(s, "400000002");
	screen_wait_quiet(s, 100);
	wait_cursor(s, "400000001");
	mark = screen_mark(s);
	screen_keys(s, "z");
	screen_wait(s, "The mouse works");
	assert_true(mode_was_set(s, mark));
	click(s, "400000002");
	wait_cursor(s, "400000002");
	screen_keys(s, "z");
	screen_wait(s, "marks text");
	click(s, "400000003");
	screen_wait_quiet(s, 100);
	wait_cursor(s, "400000002");
	screen_keys(s, "q");
	assert_int_equal(screen_exit_status(s), 0);
	screen_expect_restored(s);
}

static void a_second_click_opens(void **state)
{
	struct screen *s = desk(*state, "mouse = true\n");

	click(s, "400000003");
	wait_cursor(s, "400000003");
	assert_false(screen_shows(s, "Ordered"));
	click(s, "400000003");
	screen_wait(s, "Ordered");
	click(s, "Pickup");
	screen_wait(s, "400000021");
	wait_cursor(s, "Pickup");
	press(s, LEFT, screen_cursor_row(s), 2);
	wait_in_orders(s);
}

static void function_keys_and_buttons_can_be_pressed(void **state)
{
	struct counter *c = *state;
	struct screen *s = desk(c, "mouse = true\n");

	click(s, "400000002");
	wait_cursor(s, "400000002");
	click(s, "F8");
	screen_wait(s, "Out of stock");
	click(s, "( ) 2");
	screen_wait(s, "(*) 2");
	click(s, "No, back");
	screen_wait(s, "Nothing was sent");
	click(s, "Accept");
	screen_wait(s, "[ Accept ]");
	click(s, "[ Accept ]");
	market_expect(c->market, "400000002", "requests.ACCEPTED_BY_MERCHANT", "1");
	market_expect(c->market, "400000001", "requests.ACCEPTED_BY_MERCHANT", "0");
}

static void in_a_menu_a_second_click_runs(void **state)
{
	struct screen *s = desk(*state, "mouse = true\n");

	click(s, "F9");
	click(s, "Search in all orders");
	screen_wait_quiet(s, 60);
	assert_true(screen_shows(s, "Show the keys"));
	click(s, "Show the keys");
	screen_wait_quiet(s, 60);
	assert_false(screen_shows(s, "PgDn shows more"));
	click(s, "Show the keys");
	screen_wait(s, "PgDn shows more");
	screen_wait(s, "│ Orders ");
	press(s, WHEEL_DOWN, 10, 40);
	screen_wait_gone(s, "│ Orders ");
	press(s, WHEEL_UP, 10, 40);
	screen_wait(s, "│ Orders ");
}

static void the_wheel_scrolls_what_is_below_it(void **state)
{
	struct counter *c = *state;
	struct screen *s;

	for (int i = 0; i < 40; i++) {
		char *json = xasprintf("{\"code\":\"4100000%02d\",\"state\":\"NEW\",\"mode\":\"pickup\",\"total\":100}", i);

		market_order(c->market, json);
		free(json);
	}
	s = desk(c, "mouse = true\n");
	wait_cursor(s, "400000001");
	screen_keys(s, "<Left>");
	wait_cursor(s, "New");
	/* Below it nothing is hidden. */
	press(s, WHEEL_DOWN, 5, 3);
	for (int i = 0; i < 8; i++)
		press(s, WHEEL_DOWN, 5, 50);
	screen_wait_gone(s, "400000001");
	wait_cursor(s, "New");
	for (int i = 0; i < 8; i++)
		press(s, WHEEL_UP, 5, 50);
	screen_wait(s, "400000001");
}

static void a_click_in_a_scan_is_none(void **state)
{
	struct counter *c = *state;
	struct screen *s = desk(c, "mouse = true\n");
	int row;

	screen_find(s, "F8", &row, NULL);
	screen_send(s, "400000", 6);
	press(s, LEFT, row, 62);
	screen_send(s, "012\r", 4);
	screen_wait(s, " 400000012 ");
	screen_wait(s, "Ordered");
	assert_false(screen_shows(s, "Out of stock"));
}

static void nothing_is_clicked_where_all_is_too_small(void **state)
{
	struct screen *s = desk(*state, "mouse = true\n");

	screen_resize(s, 12, 50);
	screen_wait(s, "too small");
	for (int row = 0; row < 12; row++)
		press(s, LEFT, row, 5);
	screen_wait_quiet(s, 60);
	assert_true(screen_shows(s, "too small"));
	screen_resize(s, 24, 80);
	screen_wait(s, "400000001");
	wait_cursor(s, "400000001");
}

static void any_bytes_are_let_be(void **state)
{
	static const char *const odd[] = { "\033[<0;0;0M", "\033[<0;99999;99999M", "\033[<;;M", "\033[<999;1;1M", "\033[<0;1M",
		"\033[<35;5;5M", "\033[<0;-1;-1M" };
	struct screen *s = desk(*state, "mouse = true\n");

	for (size_t i = 0; i < sizeof(odd) / sizeof(*odd); i++)
		screen_send(s, odd[i], strlen(odd[i]));
	/* Some of it is a button that went down and never up. */
	press(s, LEFT, 15, 50);
	screen_wait_quiet(s, 60);
	click(s, "400000002");
	wait_cursor(s, "400000002");
}

/* A program before left the terminal telling of the mouse, in the way of today or in the oldest one. */
static void what_nobody_asked_for_is_no_key(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);

	press(s, LEFT, 4, 50);
	screen_send(s, "\033[M x9\033[M#x9", 12);
	screen_wait_quiet(s, 100);
	wait_cursor(s, "400000001");
	assert_false(screen_shows(s, "Part of a scan"));
	assert_false(screen_shows(s, "Out of stock"));
	screen_keys(s, "<Down>");
	wait_cursor(s, "400000002");
}

static void a_locked_desk_hears_nothing(void **state)
{
	struct counter *c = *state;
	char *path = home_path(c->market->home, "state/duken/clerks.pin");
	struct clerks clerks = { .n = 0 };
	struct screen *s;

	assert_true(clerks_set(&clerks, "Clerk", "1234", NULL));
	assert_true(clerks_save(path, &clerks, NULL));
	clerks_clear(&clerks);
	free(path);
	market_configure(c->market, "\tgrace = 0\n\trequests_per_second = 100\n", "mouse = true\nclerk = \"Clerk\"\n");
	s = counter_start(c, 24, 80, NULL, NULL);
	screen_wait(s, "The desk is locked");
	for (int row = 0; row < 24; row++)
		press(s, LEFT, row, 5);
	press(s, LEFT, 23, 72);
	press(s, WHEEL_DOWN, 5, 50);
	screen_wait_quiet(s, 100);
	assert_true(screen_shows(s, "The desk is locked"));
	assert_true(screen_running(s));
	screen_keys(s, "1 2 3 4 <Enter>");
	counter_synced(s);
	wait_cursor(s, "400000001");
}

static void it_is_given_back_at_every_end(void **state)
{
	struct screen *s = desk(*state, "mouse = true\n");

	assert_true(mode_was_set(s, 0));
	screen_keys(s, "<C-z>");
	screen_wait_stopped(s);
	screen_expect_restored(s);
	screen_signal(s, SIGCONT);
	screen_wait(s, "400000001");
	screen_wait_quiet(s, 60);
	click(s, "400000002");
	wait_cursor(s, "400000002");
	screen_signal(s, SIGSEGV);
	screen_exit_status(s);
	screen_expect_restored(s);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, counter_open, counter_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(it_is_off_unless_asked_for),
		TEST(a_second_click_opens),
		TEST(function_keys_and_buttons_can_be_pressed),
		TEST(in_a_menu_a_second_click_runs),
		TEST(the_wheel_scrolls_what_is_below_it),
		TEST(a_click_in_a_scan_is_none),
		TEST(nothing_is_clicked_where_all_is_too_small),
		TEST(any_bytes_are_let_be),
		TEST(what_nobody_asked_for_is_no_key),
		TEST(a_locked_desk_hears_nothing),
		TEST(it_is_given_back_at_every_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
