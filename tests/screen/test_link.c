/* The link: gone, back, and not known to the server. */
#include <stdlib.h>

#include "tests/screen/counter.h"
#include "tests/unit/unit.h"

static void accept_offline(struct screen *s)
{
	counter_go(s, "400000001");
	screen_keys(s, "<F2>");
	screen_wait(s, "Accept order");
	screen_keys(s, "<Enter>");
	screen_wait(s, "no connection");
}

static void offline_is_said_and_work_goes_on(void **state)
{
	struct counter *c = *state;
	struct screen *s = counter_desk(c, 24, 80);

	market_down(c->market);
	screen_keys(s, "<F5>");
	screen_wait(s, "OFFLINE");
	counter_go(s, "400000021");
	screen_wait(s, "Нұрлан Әбдіқадыров");
	screen_keys(s, "<Esc>");
	accept_offline(s);
	screen_keys(s, "<Esc>");
	counter_up(c);
	screen_keys(s, "<F5>");
	screen_wait_gone(s, "OFFLINE");
	market_expect(c->market, "400000001", "state", "PICKUP");
	market_expect(c->market, "400000001", "requests.ACCEPTED_BY_MERCHANT", "1");
}

/* Whoever leaves is told what is not finished, and may stay; what waits goes on with the next start. */
static void leaving_with_an_open_action_is_asked_about(void **state)
{
	struct counter *c = *state;
	struct screen *s = counter_desk(c, 24, 80);

	market_down(c->market);
	screen_keys(s, "<F5>");
	screen_wait(s, "OFFLINE");
	accept_offline(s);
	screen_keys(s, "<Esc> q");
	screen_wait(s, "Leave the desk?");
	screen_wait(s, "400000001  Accept order: queued");
	screen_keys(s, "<Enter>");
	screen_wait_gone(s, "Leave the desk?");
	assert_true(screen_running(s));
	screen_keys(s, "q");
	screen_wait(s, "Leave the desk?");
	screen_keys(s, "<Left> <Enter>");
	assert_int_equal(screen_exit_status(s), 0);
	counter_up(c);
	counter_desk(c, 24, 80);
	market_expect(c->market, "400000001", "state", "PICKUP");
	market_expect(c->market, "400000001", "requests.ACCEPTED_BY_MERCHANT", "1");
}

static void a_start_without_a_link_shows_the_store(void **state)
{
	struct counter *c = *state;
	struct screen *s = counter_desk(c, 24, 80);

	screen_keys(s, "q");
	assert_int_equal(screen_exit_status(s), 0);
	market_down(c->market);
	s = counter_start(c, 24, 80, NULL, NULL);
	screen_wait(s, "400000001");
	screen_wait(s, "OFFLINE");
}

static void a_wrong_token_is_named(void **state)
{
	struct counter *c = *state;
	struct screen *s;

	free(market_control(c->market, "POST", "/sim/token", "{\"token\":\"another\"}"));
	s = counter_start(c, 24, 80, NULL, NULL);
	screen_wait(s, "token");
	assert_true(screen_running(s));
}

static void expect_age_in(struct screen *s, int colour)
{
	int col;

	assert_true(screen_find(s, " s ago ┐", NULL, &col));
	CHECK_HERE();
	assert_int_equal(screen_cell(s, 1, col - 1).fg, colour);
}

/* Nobody says that the link is down, only nothing new comes. */
static void a_list_that_grows_old_warns(void **state)
{
	struct counter *c = *state;
	struct screen *s;

	market_configure(c->market, "\tpoll_new = 1\n\tpoll_other = 1\n\trequests_per_second = 100\n", NULL);
	s = counter_desk(c, 24, 80);
	screen_wait(s, " 0 s ago ┐");
	expect_age_in(s, -1);
	market_fault(c->market, "match=/v2/orders do=silence:60000");
	screen_wait(s, " 5 s ago ┐");
	expect_age_in(s, COLOUR_WARN);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, counter_open, counter_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(offline_is_said_and_work_goes_on),
		TEST(leaving_with_an_open_action_is_asked_about),
		TEST(a_start_without_a_link_shows_the_store),
		TEST(a_wrong_token_is_named),
		TEST(a_list_that_grows_old_warns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
