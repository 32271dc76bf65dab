/* An action whose step could not be written down was given up: nobody looked after it any more, its
 * order could not be acted on until the program ended, and "taken back" was said of one that the next
 * program then sent. It waits for the disk now. */
#include <signal.h>
#include <sys/resource.h>

#include "tests/regress/acting.h"

/* Every write to a file fails as on a full disk, in the desk as well, which is in this process. */
static void disk_full(bool full)
{
	struct rlimit limit;

	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &limit);
	limit.rlim_cur = full ? 0 : limit.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static int teardown(void **state)
{
	disk_full(false);
	return acting_teardown(state);
}

#define ON_POST "match=\"POST /v2/orders\" times=1 "

static void before_it_is_sent(void **state)
{
	uint64_t act;

	(void)state;
	acting_prepare(NEW_ORDER, 1);
	bench_start(b, false);
	bench_lookup(b, CODE);
	act = bench_post_act(b, CODE, "accept", NULL, false);
	bench_wait_kind(b, EVENT_QUEUED);
	disk_full(true);
	acting_wait(ACTION_QUEUED, "");
	acting_truth("requests.ACCEPTED_BY_MERCHANT", "0");
	disk_full(false);
	acting_ended(bench_end(b, act), ACTION_DONE);
	acting_truth("applied.ACCEPTED_BY_MERCHANT", "1");
}

static void after_it_was_done(void **state)
{
	struct event *e;
	uint64_t act;

	(void)state;
	acting_prepare(NEW_ORDER, 0);
	bench_start(b, false);
	bench_lookup(b, CODE);
	market_fault(b->market, ON_POST "do=delay:500");
	act = bench_post_act(b, CODE, "accept", NULL, false);
	acting_wait(ACTION_SENDING, "");
	disk_full(true);
	acting_wait(ACTION_SENDING, "could not be written down");
	disk_full(false);
	e = bench_end(b, act);
	acting_ended(e, ACTION_DONE);
	assert_int_equal(bench_journal(b, e->action_id), ACTION_DONE);
	acting_truth("requests.ACCEPTED_BY_MERCHANT", "1");
}

static void after_nobody_saw_the_outcome(void **state)
{
	struct event *e;
	uint64_t act;

	(void)state;
	acting_prepare(NEW_ORDER, 0);
	bench_start(b, false);
	bench_lookup(b, CODE);
	market_fault(b->market, ON_POST "when=after do=silence:500");
	act = bench_post_act(b, CODE, "accept", NULL, false);
	acting_wait(ACTION_SENDING, "");
	disk_full(true);
	acting_wait(ACTION_SENDING, "could not be written down");
	disk_full(false);
	e = bench_end(b, act);
	acting_ended(e, ACTION_DONE);
	assert_int_equal(bench_journal(b, e->action_id), ACTION_DONE);
	acting_truth("requests.ACCEPTED_BY_MERCHANT", "1");
}

/* A command does not wait for the disk; it ends and says both. */
static void at_the_end_of_a_command(void **state)
{
	struct event *e;
	uint64_t act;

	(void)state;
	acting_prepare(NEW_ORDER, 0);
	bench_start(b, false);
	bench_lookup(b, CODE);
	market_fault(b->market, ON_POST "do=delay:500");
	act = bench_post_act(b, CODE, "accept", NULL, true);
	acting_wait(ACTION_SENDING, "");
	disk_full(true);
	e = bench_end(b, act);
	acting_ended(e, ACTION_DONE);
	assert_non_null(strstr(e->message, "could not be written down"));
	assert_int_equal(bench_journal(b, e->action_id), ACTION_SENDING);
	acting_truth("requests.ACCEPTED_BY_MERCHANT", "1");
}

/* The process ends while the disk is full: what waits is said to wait. */
static void at_the_end_of_the_desk(void **state)
{
	uint64_t act;

	(void)state;
	acting_prepare(NEW_ORDER, 1);
	bench_start(b, false);
	bench_lookup(b, CODE);
	act = bench_post_act(b, CODE, "accept", NULL, false);
	bench_wait_kind(b, EVENT_QUEUED);
	disk_full(true);
	acting_wait(ACTION_QUEUED, "");
	desk_post(b->desk, request_new(REQUEST_QUIT));
	acting_ended(bench_end(b, act), ACTION_QUEUED);
	acting_truth("requests.ACCEPTED_BY_MERCHANT", "0");
}

#define TEST(f) cmocka_unit_test_teardown(f, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(before_it_is_sent),
		TEST(after_it_was_done),
		TEST(after_nobody_saw_the_outcome),
		TEST(at_the_end_of_a_command),
		TEST(at_the_end_of_the_desk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
