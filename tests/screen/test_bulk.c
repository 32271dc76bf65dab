/* One action for all marked orders: confirmed, watched, paused, left and found again. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "tests/screen/counter.h"
#include "tests/unit/unit.h"

#define MORE 60
#define FIRST 401000000
#define ON_POST "match=\"POST /v2/orders$\" "

/* Three new orders are there already, older ones. */
static void more_orders(struct counter *c)
{
	int64_t now = clock_now_ms();

	for (int i = 0; i < MORE; i++) {
		char *json = xasprintf("{\"code\":\"%d\",\"mode\":\"kaspi\",\"state\":\"NEW\",\"express\":false,"
			"\"created_ms\":%lld,\"handover_ms\":%lld}", FIRST + i,
			(long long)(now - CLOCK_MINUTE_MS), (long long)(now + 5 * CLOCK_DAY_MS + i * 1000));

		market_order(c->market, json);
		free(json);
	}
}

static struct screen *start_accepting(struct counter *c)
{
	struct screen *s;

	more_orders(c);
	s = counter_desk(c, 24, 80);
	counter_queue(s, "New");
	screen_keys(s, "*");
	screen_wait(s, "63 marked");
	screen_keys(s, "<F2>");
	screen_wait(s, "63 orders are marked");
	screen_keys(s, "<Enter>");
	return s;
}

static size_t posted(struct counter *c)
{
	return market_requests(c->market, "\"method\":\"POST\"");
}

static void all_are_accepted_and_the_results_stay(void **state)
{
	struct counter *c = *state;
	struct screen *s;

	market_fault(c->market, "order=401000007 " ON_POST "do=status:400:{\"errors\":[{\"title\":\"NoSuchStock\"}]}");
	s = start_accepting(c);
	screen_wait(s, "62 of 63 done, 1 not done, 0 waiting");
	screen_wait_gone(s, "marked");
	assert_int_equal(posted(c), 63);
	/* Only what needs a look. */
	screen_keys(s, "f");
	screen_wait(s, "401000007  refused");
	assert_false(screen_shows(s, "401000008"));
	screen_keys(s, "<Esc>");
	screen_wait_gone(s, "62 of 63 done");
	screen_keys(s, "B");
	screen_wait(s, "62 of 63 done, 1 not done, 0 waiting");
	screen_keys(s, "<Esc> q");
	assert_int_equal(screen_exit_status(s), 0);
	/* The next desk knows them too. Under the Russian layout the key is another letter. */
	s = counter_start(c, 24, 80, NULL, NULL);
	screen_wait(s, "401000007");
	screen_type(s, "И");
	screen_wait(s, "62 of 63 done, 1 not done, 0 waiting");
	assert_int_equal(posted(c), 63);
}

/* Paused after a few were sent, with none under way. */
static struct screen *start_and_pause(struct counter *c)
{
	struct screen *s;

	market_fault(c->market, ON_POST "do=delay:100");
	s = start_accepting(c);
	market_wait_requests(c->market, "\"method\":\"POST\"", 5);
	screen_keys(s, "<Space>");
	screen_wait(s, "Paused: nothing more is sent");
	screen_wait_gone(s, "being sent");
	return s;
}

static void it_is_paused_left_and_goes_on(void **state)
{
	struct counter *c = *state;
	struct screen *s;
	size_t sent;

	s = start_and_pause(c);
	sent = posted(c);
	assert_true(sent < 63);
	screen_keys(s, "<Esc>");
	screen_wait_gone(s, "Paused: nothing more");
	screen_wait(s, "/63 PAUSED (B)");
	/* Other work goes on. */
	counter_go(s, "400000011");
	screen_wait_quiet(s, 200);
	assert_int_equal(posted(c), sent);
	screen_keys(s, "B");
	screen_wait(s, "Paused: nothing more is sent");
	screen_keys(s, "p");
	market_no_faults(c->market);
	screen_wait(s, "63 of 63 done, 0 waiting");
	assert_int_equal(posted(c), 63);
}

static void a_desk_that_is_killed_while_paused_stays_paused(void **state)
{
	struct counter *c = *state;
	struct screen *s;
	size_t sent;

	s = start_and_pause(c);
	sent = posted(c);
	screen_signal(s, SIGKILL);
	screen_exit_status(s);
	s = counter_start(c, 24, 80, NULL, NULL);
	screen_wait(s, "/63 PAUSED (B)");
	screen_wait_quiet(s, 300);
	assert_int_equal(posted(c), sent);
	screen_keys(s, "B");
	screen_wait(s, "Paused: nothing more is sent");
	/* The rest is taken back. */
	screen_keys(s, "U");
	screen_wait(s, ", 0 waiting");
	assert_true(screen_shows(s, "taken back"));
	screen_keys(s, "<Esc>");
	screen_wait_gone(s, "PAUSED");
	assert_int_equal(posted(c), sent);
}

static void what_cannot_be_done_is_said_before(void **state)
{
	struct counter *c = *state;
	struct screen *s;

	s = counter_desk(c, 24, 80);
	counter_queue(s, "Pickup");
	screen_keys(s, "* <F2>");
	screen_wait(s, "None of them can be done.");
	screen_keys(s, "<Enter>");
	screen_wait_gone(s, "None of them");
	counter_queue(s, "New");
	screen_keys(s, "* <F2>");
	screen_wait(s, "5 orders are marked");
	screen_wait(s, "Not possible for 2 of them; the first: 40000002");
	screen_keys(s, "<Enter>");
	screen_wait(s, "3 of 5 done, 2 not done, 0 waiting");
	assert_true(screen_shows(s, "400000021  not possible: Only a new order"));
	screen_keys(s, "<Esc>");
	/* What could not be done keeps its mark. */
	screen_wait(s, "2 marked");
	assert_int_equal(posted(c), 3);
}

static void all_in_their_grace_are_taken_back(void **state)
{
	struct counter *c = *state;
	struct screen *s;

	market_configure(c->market, "\tgrace = 60\n\trequests_per_second = 100\n", NULL);
	s = start_accepting(c);
	screen_wait(s, "0 of 63 done, 63 waiting");
	screen_keys(s, "u");
	screen_wait(s, "1 taken back, 62 waiting");
	screen_keys(s, "U");
	screen_wait(s, "63 taken back, 0 waiting");
	assert_int_equal(posted(c), 0);
}

static void without_any_it_says_so(void **state)
{
	struct counter *c = *state;
	struct screen *s = counter_desk(c, 24, 80);

	screen_keys(s, "B");
	screen_wait(s, "No action was for many orders yet");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, counter_open, counter_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(all_are_accepted_and_the_results_stay),
		TEST(it_is_paused_left_and_goes_on),
		TEST(a_desk_that_is_killed_while_paused_stays_paused),
		TEST(what_cannot_be_done_is_said_before),
		TEST(all_in_their_grace_are_taken_back),
		TEST(without_any_it_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
