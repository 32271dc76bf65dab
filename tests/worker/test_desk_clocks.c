/* Two programs on one store whose clocks are a day apart: nothing is lost, nothing is sent on the word of a
 * date that cannot be, and the journal holds. The other program is a command under faketime. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "tests/lib/check.h"
#include "tests/lib/proc.h"
#include "tests/worker/bench.h"

#define CODE "412000001"
#define NEW_ORDER "{\"code\":\"" CODE "\",\"mode\":\"pickup\",\"state\":\"NEW\"}"
#define NO_LINK "match=\"GET\" do=drop"

static struct bench *b;
static char *base;	/* of --state-dir */

static int setup(void **state)
{
	(void)state;
	b = bench_prepare(market_start(&(struct market_options){ .seed = 3 }));
	market_order(b->market, NEW_ORDER);
	market_configure(b->market, NULL, NULL);
	free(b->dir);
	base = home_path(b->market->home, "both");
	b->dir = home_path(b->market->home, "both/test");
	b->retry_ms = 100;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	bench_close(b);
	free(base);
	return 0;
}

/* One that was killed leaves files by its process's number, and the next with that number fails for them. */
#define FAKETIME "rm -f /dev/shm/faketime_shm_$$ /dev/shm/sem.faketime_sem_$$; export FAKETIME_DONT_FAKE_MONOTONIC=1; " \
	"exec faketime -f \"$@\""

/* A command of a program whose clock is off by that ("+1d"); returns its exit status. */
static int run_at(const char *offset, const char *word, const char *argument)
{
	char *program = built_path("duken");
	const char *argv[] = { "/bin/sh", "-c", FAKETIME, "sh", offset, program, "--state-dir", base, word, argument,
		NULL };
	struct proc_result r = proc_run(b->market->env, argv, NULL, 30000);
	int status = r.status;

	if (status == 127)
		check_fail("faketime is missing: install it");
	proc_result_clear(&r);
	free(program);
	return status;
}

static void post_poll(void)
{
	struct request *r = request_new(REQUEST_POLL);

	r->on = true;
	desk_post(b->desk, r);
}

static bool is_ask(const struct event *e, const void *arg)
{
	(void)arg;
	return e->kind == EVENT_ACTION && e->action_state == ACTION_ASK;
}

static void expect_applied(const char *times)
{
	char *is = market_truth(b->market, CODE, "applied.ACCEPTED_BY_MERCHANT");

	if (strcmp(is, times) != 0)
		check_fail("the marketplace applied it %s times, not %s", is, times);
	free(is);
}

/* What it stored is from the future or the past; what is so now is seen all the same, and acted on. */
static void orders_are_not_frozen(const char *offset)
{
	assert_int_equal(run_at(offset, "show", CODE), 0);
	market_change(b->market, CODE, "{\"state\":\"PICKUP\",\"status\":\"ACCEPTED_BY_MERCHANT\"}");
	bench_start(b, false);
	assert_int_equal(bench_refresh(b)->kind, EVENT_DONE);
	assert_string_equal(bench_stored(b, CODE, "state"), "PICKUP");
	bench_stop(b);
	market_change(b->market, CODE, "{\"state\":\"NEW\",\"status\":\"APPROVED_BY_BANK\"}");
	assert_int_equal(run_at(offset, "accept", CODE), 0);
	expect_applied("1");
	bench_start(b, false);
	assert_int_equal(bench_refresh(b)->kind, EVENT_DONE);
	assert_string_equal(bench_stored(b, CODE, "status"), "ACCEPTED_BY_MERCHANT");
	assert_int_equal(run_at("+0", "journal", "verify"), 0);
}

static void orders_of_a_clock_ahead(void **state)
{
	(void)state;
	orders_are_not_frozen("+1d");
}

static void orders_of_a_clock_behind(void **state)
{
	(void)state;
	orders_are_not_frozen("-1d");
}

/* An action that waits since tomorrow, or since yesterday: nobody knows how long, so a person is asked. */
static void what_waits_is_asked_about(const char *offset)
{
	bench_start(b, false);
	bench_lookup(b, CODE);
	bench_stop(b);
	market_fault(b->market, NO_LINK);
	assert_int_equal(run_at(offset, "accept", CODE), 3);
	market_no_faults(b->market);
	bench_start(b, false);
	post_poll();
	assert_non_null(bench_wait(b, is_ask, NULL, "that a person must decide")->message);
	expect_applied("0");
	assert_int_equal(run_at(offset, "journal", "verify"), 0);
}

static void waiting_of_a_clock_ahead(void **state)
{
	(void)state;
	what_waits_is_asked_about("+1d");
}

static void waiting_of_a_clock_behind(void **state)
{
	(void)state;
	what_waits_is_asked_about("-1d");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(orders_of_a_clock_ahead),
		TEST(orders_of_a_clock_behind),
		TEST(waiting_of_a_clock_ahead),
		TEST(waiting_of_a_clock_behind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
