/* What of an order goes to the terminal's clipboard, by which bytes. */
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/mem.h"
#include "tests/screen/counter.h"
#include "tests/unit/unit.h"

/* Since the mark the terminal was told, once, to keep the text. */
static void expect_copied(struct screen *s, size_t mark, const char *before, const char *text, const char *after)
{
	struct buf wanted = BUF_INIT(BUF_MAX_LINE);
	const char *raw, *at;
	size_t len;

	buf_adds(&wanted, before);
	base64_add(&wanted, text, strlen(text));
	buf_adds(&wanted, after);
	raw = screen_raw(s, mark, &len);
	at = memmem(raw, len, wanted.data, wanted.len);
	if (!at)
		screen_fail(s, "\"%s\" was not copied", text);
	at += wanted.len;
	assert_null(memmem(at, len - (size_t)(at - raw), "]52;", 4));
	buf_clear(&wanted);
}

static void expect_nothing_copied(struct screen *s)
{
	size_t len;
	const char *raw = screen_raw(s, 0, &len);

	assert_null(memmem(raw, len, "]52;", 4));
}

static void each_part_is_copied_whole(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);
	size_t mark;

	counter_go(s, "400000002");
	screen_wait(s, "•");
	mark = screen_mark(s);
	screen_keys(s, "y");
	screen_wait(s, "Copy");
	screen_keys(s, "<Enter>");
	screen_wait(s, "clipboard: Order number");
	expect_copied(s, mark, "\033]52;c;", "400000002", "\a");
	mark = screen_mark(s);
	screen_keys(s, "y <Down> <Enter>");
	screen_wait(s, "show it with t first");
	screen_keys(s, "t");
	screen_wait_gone(s, "•");
	screen_keys(s, "y <Down> <Enter>");
	screen_wait(s, "clipboard: Phone");
	expect_copied(s, mark, "\033]52;c;", "+77010000001", "\a");
	mark = screen_mark(s);
	screen_keys(s, "y <End> <Enter>");
	screen_wait(s, "clipboard: Address");
}

static void leaving_copies_nothing(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);

	screen_keys(s, "y <Down> <Esc>");
	screen_wait_gone(s, "Enter copies");
	screen_keys(s, "y");
	screen_wait(s, "Enter copies");
	screen_scan(s, "400000002");
	screen_wait_gone(s, "Enter copies");
	screen_wait(s, " 400000002 ");
	expect_nothing_copied(s);
}

static void tmux_hands_it_on(void **state)
{
	struct screen *s = counter_start(*state, 24, 80, (const char *[]){ "TMUX=/tmp/tmux-0/default,1,0", NULL }, NULL);
	size_t mark;

	counter_synced(s);
	mark = screen_mark(s);
	screen_keys(s, "y <Enter>");
	screen_wait(s, "clipboard: Order number");
	expect_copied(s, mark, "\033Ptmux;\033\033]52;c;", "400000001", "\a\033\\");
}

static void a_console_gets_nothing(void **state)
{
	struct screen *s = counter_start(*state, 24, 80, (const char *[]){ "TERM=linux", NULL }, NULL);

	counter_synced(s);
	screen_keys(s, "y");
	screen_wait(s, "no clipboard");
	expect_nothing_copied(s);
}

static void the_settings_may_forbid_it(void **state)
{
	struct counter *c = *state;
	struct screen *s;

	market_configure(c->market, "\tgrace = 0\n\trequests_per_second = 100\n\taccept_within = 0\n",
		"clipboard = false\n");
	s = counter_desk(c, 24, 80);
	screen_keys(s, "y");
	screen_wait(s, "clipboard = false");
	expect_nothing_copied(s);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, counter_open, counter_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_part_is_copied_whole),
		TEST(leaving_copies_nothing),
		TEST(tmux_hands_it_on),
		TEST(a_console_gets_nothing),
		TEST(the_settings_may_forbid_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
