/* Alerts: what the desk sends to a terminal, and to a program, for those who do not look at it. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "tests/lib/patience.h"
#include "tests/screen/counter.h"
#include "tests/screen/heard.h"
#include "tests/unit/unit.h"

#define TITLE "duken: Test shop\a"
#define OSC_TITLE "\033]0;"
#define HANGS "notify = \"command\"\nnotify_command = 'echo >\"$HOME/told\"; exec tail -f /dev/null'\n"
#define TITLE_SAVE "\033[22;0t"
#define TITLE_BACK "\033[23;0t"

/* Polls every second, in a zone where it is about noon. */
static struct screen *desk(struct counter *c, const char *lines, const char *const *env)
{
	int hour = (int)(clock_now_ms() / CLOCK_HOUR_MS % 24);
	char *all = xasprintf("clerk = \"Clerk\"\ntimezone = \"Etc/GMT%+d\"\n%s", hour - 12, lines);
	struct screen *s;

	market_configure(c->market, "\tgrace = 0\n\trequests_per_second = 100\n\taccept_within = 0\n"
		"\tpoll_new = 1\n", all);
	free(all);
	s = counter_start(c, 24, 80, env, NULL);
	counter_synced(s);
	return s;
}

static void order(struct counter *c, const char *code, bool express)
{
	char *json = xasprintf("{\"code\":\"%s\",\"name\":\"Dana Kim\",\"state\":\"NEW\",\"mode\":\"%s\","
		"\"express\":%s,\"total\":5000}", code, express ? "kaspi" : "pickup", express ? "true" : "false");

	market_order(c->market, json);
	free(json);
}

/* Whatever it has to say within that time. */
static void listen(struct screen *s, int ms)
{
	int64_t deadline = deadline_in(ms);

	while (deadline_left(deadline))
		screen_pump(s, deadline_left(deadline));
}

/* A key counts a second after the order came. */
static void look(struct screen *s)
{
	int64_t deadline = deadline_in(SCREEN_WAIT_MS);
	size_t mark = screen_mark(s);

	while (heard_count(s, mark, OSC_TITLE TITLE) == 0) {
		if (!deadline_left(deadline))
			screen_fail(s, "the title still counts");
		screen_keys(s, "<Down>");
	}
}

static void an_order_rings_once(void **state)
{
	struct counter *c = *state;
	struct screen *s = desk(c, "", NULL);
	size_t mark = screen_mark(s);

	assert_int_equal(screen_bells(s), 0);
	order(c, "400000091", false);
	screen_wait(s, "1 new order");
	heard_bells(s, 1);
	heard_wait(s, mark, OSC_TITLE "(1) " TITLE, 1);
	listen(s, 2500);
	assert_int_equal(screen_bells(s), 1);
	assert_int_equal(heard_count(s, mark, OSC_TITLE), 1);
	order(c, "400000092", false);
	heard_wait(s, mark, OSC_TITLE "(2) " TITLE, 1);
	heard_bells(s, 2);
	look(s);
	assert_int_equal(screen_bells(s), 2);
}

static void it_rings_again_until_a_key(void **state)
{
	struct counter *c = *state;
	struct screen *s = desk(c, "remind = 1\n", NULL);
	int bells;

	order(c, "400000091", false);
	heard_bells(s, 3);
	look(s);
	bells = screen_bells(s);
	listen(s, 2500);
	assert_int_equal(screen_bells(s), bells);
}

static void an_express_order_rings_twice(void **state)
{
	struct counter *c = *state;
	struct screen *s = desk(c, "notify = \"bell osc9\"\n", NULL);
	size_t mark = screen_mark(s);

	order(c, "400000091", true);
	screen_wait(s, "1 new express order");
	heard_bells(s, 2);
	heard_wait(s, mark, "\033]9;1 new express order\a", 1);
}

static void orders_that_were_there_do_not_ring(void **state)
{
	struct screen *s = desk(*state, "notify = \"bell title osc9\"\n", NULL);

	assert_int_equal(screen_bells(s), 0);
	assert_int_equal(heard_count(s, 0, "\033]9;"), 0);
	assert_int_equal(heard_count(s, 0, OSC_TITLE), 1);
}

static void notices_have_their_forms(void **state)
{
	struct counter *c = *state;
	struct screen *s = desk(c, "notify = \"osc9 osc777 osc99\"\n", NULL);
	size_t mark = screen_mark(s);

	order(c, "400000091", false);
	heard_wait(s, mark, "\033]9;1 new order\a", 1);
	heard_wait(s, mark, "\033]777;notify;duken: Test shop;1 new order\a", 1);
	heard_wait(s, mark, "\033]99;i=duken-new:d=0:p=title;duken: Test shop\033\\", 1);
	heard_wait(s, mark, "\033]99;i=duken-new:d=1:p=body;1 new order\033\\", 1);
	assert_int_equal(heard_count(s, 0, OSC_TITLE), 0);
	assert_int_equal(heard_count(s, 0, TITLE_SAVE), 0);
	assert_int_equal(screen_bells(s), 0);
}

static void tmux_hands_them_through(void **state)
{
	struct counter *c = *state;
	struct screen *s = desk(c, "notify = \"osc9 osc99 title\"\n",
		(const char *[]){ "TERM=screen-256color", "TMUX=/tmp/tmux-1000/default,1,0", NULL });
	size_t mark = screen_mark(s);

	order(c, "400000091", false);
	heard_wait(s, mark, "\033Ptmux;\033\033]9;1 new order\a\033\\", 1);
	heard_wait(s, mark, "\033Ptmux;\033\033]99;i=duken-new:d=1:p=body;1 new order\033\033\\\033\\", 1);
	heard_wait(s, mark, OSC_TITLE "(1) " TITLE, 1);
	assert_int_equal(heard_count(s, mark, "\033Ptmux;\033\033]0;"), 0);
}

static void a_console_only_rings(void **state)
{
	struct counter *c = *state;
	struct screen *s = desk(c, "notify = \"bell title osc9 osc777 osc99\"\n",
		(const char *[]){ "TERM=linux", NULL });

	order(c, "400000091", false);
	screen_wait(s, "1 new order");
	heard_bells(s, 1);
	assert_int_equal(heard_count(s, 0, "\033]9"), 0);
	assert_int_equal(heard_count(s, 0, "\033]7"), 0);
	assert_int_equal(heard_count(s, 0, OSC_TITLE), 0);
	assert_int_equal(heard_count(s, 0, TITLE_SAVE), 0);
}

static void none_is_none(void **state)
{
	struct counter *c = *state;
	struct screen *s = desk(c, "notify = \"none\"\n", NULL);

	order(c, "400000091", false);
	screen_wait(s, "1 new order");
	screen_wait_quiet(s, 100);
	assert_int_equal(screen_bells(s), 0);
	assert_int_equal(heard_count(s, 0, "\033]"), 0);
	assert_int_equal(heard_count(s, 0, TITLE_SAVE), 0);
}

static void in_quiet_hours_only_the_title_and_the_screen_tell(void **state)
{
	struct counter *c = *state;
	struct screen *s = desk(c, "notify = \"bell osc9 title\"\nquiet_hours = \"10:00-15:00\"\nremind = 1\n", NULL);
	size_t mark = screen_mark(s);

	order(c, "400000091", false);
	screen_wait(s, "1 new order");
	heard_wait(s, mark, OSC_TITLE "(1) " TITLE, 1);
	listen(s, 1500);
	assert_int_equal(screen_bells(s), 0);
	assert_int_equal(heard_count(s, mark, "\033]9;"), 0);
}

static void a_lost_link_is_told_and_its_return(void **state)
{
	struct counter *c = *state;
	struct screen *s = desk(c, "notify = \"bell osc9 title\"\n", NULL);
	size_t mark = screen_mark(s);

	market_down(c->market);
	screen_wait(s, "OFFLINE");
	assert_int_equal(screen_bells(s), 0);
	heard_wait(s, mark, "\033]9;The marketplace cannot be asked: new orders do not arrive.\a", 1);
	heard_bells(s, 1);
	heard_wait(s, mark, OSC_TITLE "(!) " TITLE, 1);
	counter_up(c);
	screen_keys(s, "<F5>");
	heard_wait(s, mark, "\033]9;The marketplace can be asked again.\a", 1);
	heard_wait(s, mark, OSC_TITLE TITLE, 1);
	heard_bells(s, 2);
}

/* Whoever typed its number knows of it. */
static void an_order_that_was_looked_for_is_no_news(void **state)
{
	struct counter *c = *state;
	struct screen *s;

	market_configure(c->market, "\trequests_per_second = 100\n\tpoll_new = 3600\n", NULL);
	s = counter_start(c, 24, 80, NULL, NULL);
	counter_synced(s);
	order(c, "400000091", false);
	counter_go(s, "400000091");
	screen_wait(s, "Dana Kim");
	screen_wait_quiet(s, 100);
	assert_int_equal(screen_bells(s), 0);
	assert_int_equal(heard_count(s, 0, OSC_TITLE), 1);
}

static void an_action_to_decide_on_rings(void **state)
{
	struct counter *c = *state;
	struct screen *s = desk(c, "notify = \"bell osc777 title\"\n", NULL);
	size_t mark = screen_mark(s);

	market_fault(c->market, "match=\"POST\" when=after do=drop");
	counter_go(s, "400000021");
	screen_keys(s, "<F7>");
	screen_wait(s, "The buyer gets a code");
	screen_keys(s, "<Enter>");
	screen_wait(s, "1 to decide (J)");
	heard_wait(s, mark, "\033]777;notify;duken: Test shop;An action waits for a person to decide.\a", 1);
	heard_bells(s, 1);
	heard_wait(s, mark, OSC_TITLE "(!) " TITLE, 1);
	look(s);
}

/* The shop's name stands between the parts of a sequence. */
static void a_name_ends_no_sequence(void **state)
{
	struct counter *c = *state;
	struct screen *s;
	size_t mark;
	char *text = xasprintf("notify = \"osc777 title\"\nshop test {\n\tlabel = \"A;B\\x1b\\x07C\"\n"
		"\tprovider = \"kaspi\"\n\tbase_url = \"%s\"\n\tpoll_new = 1\n\trequests_per_second = 100\n"
		"\ttoken_file = \"~/config/duken/token\"\n}\n", c->market->url);

	home_write(c->market->home, "config/duken/duken.conf", 0600, text);
	free(text);
	s = counter_start(c, 24, 80, NULL, NULL);
	heard_wait(s, 0, OSC_TITLE "duken: A,B??C\a", 1);
	counter_synced(s);
	mark = screen_mark(s);
	order(c, "400000091", false);
	heard_wait(s, mark, "\033]777;notify;duken: A,B??C;1 new order\a", 1);
}

/* ---- the terminal's own title ------------------------------------------------------------------ */

static void the_title_is_put_back(void **state)
{
	struct screen *s = desk(*state, "", NULL);
	size_t mark;

	assert_int_equal(heard_count(s, 0, TITLE_SAVE OSC_TITLE TITLE), 1);
	mark = screen_mark(s);
	screen_keys(s, "<C-z>");
	screen_wait_stopped(s);
	assert_int_equal(heard_count(s, mark, TITLE_BACK), 1);
	mark = screen_mark(s);
	screen_signal(s, SIGCONT);
	heard_wait(s, mark, TITLE_SAVE OSC_TITLE TITLE, 1);
	screen_wait_quiet(s, 60);
	mark = screen_mark(s);
	screen_keys(s, "q");
	assert_int_equal(screen_exit_status(s), 0);
	assert_int_equal(heard_count(s, mark, TITLE_BACK), 1);
	screen_expect_restored(s);
}

static void a_crash_puts_the_title_back(void **state)
{
	struct screen *s = desk(*state, "",
		(const char *[]){ COUNTER_CRASHES, NULL });
	size_t mark = screen_mark(s);

	screen_signal(s, SIGSEGV);
	screen_exit_status(s);
	assert_int_equal(heard_count(s, mark, TITLE_BACK), 1);
	screen_expect_restored(s);
}

/* ---- a command ----------------------------------------------------------------------------------- */

/* Waits until the program has left a file with that text. */
static void expect_told(struct counter *c, struct screen *s, const char *text)
{
	int64_t deadline = deadline_in(SCREEN_WAIT_MS);
	char *told = NULL;

	while (!(told = home_read(c->market->home, "told", NULL)) || strcmp(told, text) != 0) {
		if (!deadline_left(deadline))
			screen_fail(s, "it was told \"%s\", not \"%s\"", told ? told : "", text);
		free(told);
		screen_pump(s, 20);
	}
	free(told);
}

static void a_command_is_told(void **state)
{
	struct counter *c = *state;
	struct screen *s = desk(c, "notify = \"command\"\n"
		"notify_command = 'printf \"%s: %s, %s.\" \"$1\" \"$2\" \"$DUKEN_TOKEN\" >\"$HOME/told\"'\n",
		(const char *[]){ "DUKEN_TOKEN=secret", NULL });

	order(c, "400000091", false);
	expect_told(c, s, "new: 1 new order, .");
	order(c, "400000092", true);
	expect_told(c, s, "express: 1 new express order, .");
}

static void a_command_that_fails_is_said_once(void **state)
{
	struct counter *c = *state;
	struct screen *s = desk(c, "notify = \"command\"\nremind = 1\n"
		"notify_command = 'echo x >>\"$HOME/told\"; exit 3'\n", NULL);

	order(c, "400000091", false);
	screen_wait(s, "it ended with status 3");
	expect_told(c, s, "x\nx\n");
}

/* Its time is ten seconds; the desk works on meanwhile. */
static void a_command_that_hangs_is_ended(void **state)
{
	struct counter *c = *state;
	struct screen *s = desk(c, HANGS, NULL);

	order(c, "400000091", false);
	expect_told(c, s, "\n");
	counter_go(s, "400000022");
	screen_wait(s, "Мария Котова");
	screen_wait_ms(s, "it did not end within 10 s", 2 * SCREEN_WAIT_MS);
}

/* Leaving does not wait for it. */
static void a_command_ends_with_the_desk(void **state)
{
	struct counter *c = *state;
	struct screen *s = desk(c, HANGS, NULL);

	order(c, "400000091", false);
	expect_told(c, s, "\n");
	screen_keys(s, "q");
	assert_int_equal(screen_exit_status(s), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, counter_open, counter_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_order_rings_once),
		TEST(it_rings_again_until_a_key),
		TEST(an_express_order_rings_twice),
		TEST(orders_that_were_there_do_not_ring),
		TEST(notices_have_their_forms),
		TEST(tmux_hands_them_through),
		TEST(a_console_only_rings),
		TEST(none_is_none),
		TEST(in_quiet_hours_only_the_title_and_the_screen_tell),
		TEST(a_lost_link_is_told_and_its_return),
		TEST(an_order_that_was_looked_for_is_no_news),
		TEST(an_action_to_decide_on_rings),
		TEST(a_name_ends_no_sequence),
		TEST(the_title_is_put_back),
		TEST(a_crash_puts_the_title_back),
		TEST(a_command_is_told),
		TEST(a_command_that_fails_is_said_once),
		TEST(a_command_that_hangs_is_ended),
		TEST(a_command_ends_with_the_desk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
