/* Two programs on one store: an action that the other one took back was said to wait still; one that a
 * killed program left was looked after only by a desk that was started later; and a grace that still ran
 * was cut short by the next program. */
#include <signal.h>

#include "tests/lib/patience.h"
#include "tests/lib/proc.h"
#include "tests/regress/acting.h"

static void taken_back_by_the_other_one(void **state)
{
	struct desk_options o;
	struct request *undo = request_new(REQUEST_UNDO);
	struct error err = ERROR_INIT;
	struct desk *other;
	uint64_t act;

	(void)state;
	acting_prepare(NEW_ORDER, 2);
	bench_start(b, false);
	bench_lookup(b, CODE);
	o = (struct desk_options){ .shop = b->shop, .clerk = "Иван", .state_dir = b->dir };
	other = desk_start(&o, NULL, &err);
	assert_non_null(other);
	act = bench_post_act(b, CODE, "accept", NULL, false);
	undo->action_id = bench_wait_kind(b, EVENT_QUEUED)->action_id;
	desk_post(other, undo);
	acting_ended(bench_end(b, act), ACTION_UNDONE);
	acting_truth("requests.ACCEPTED_BY_MERCHANT", "0");
	desk_stop(other);
}

static void start_beside_commands(void)
{
	free(b->dir);
	b->dir = home_path(b->market->home, "both/test");
	market_configure(b->market, NULL, NULL);
	bench_start(b, false);
	acting_poll();
}

static pid_t accept_command(void)
{
	char *program = built_path("duken"), *base = home_path(b->market->home, "both");
	const char *argv[] = { program, "--state-dir", base, "accept", CODE, NULL };
	pid_t pid = proc_start(b->market->env, argv, -1, -1, -1);

	free(program);
	free(base);
	return pid;
}

static void killed_while_sending__is_taken_over_by_a_desk_that_runs(void **state)
{
	pid_t command;

	(void)state;
	acting_prepare(NEW_ORDER, 0);
	start_beside_commands();
	market_fault(b->market, "match=\"POST /v2/orders\" times=1 when=after do=silence:30000");
	command = accept_command();
	market_expect(b->market, CODE, "status", "ACCEPTED_BY_MERCHANT");
	kill(command, SIGKILL);
	assert_int_equal(proc_wait(command, deadline_in(5000)), 128 + SIGKILL);
	acting_wait(ACTION_DONE, "");
	acting_truth("requests.ACCEPTED_BY_MERCHANT", "1");
}

static void stopped_in_its_grace__keeps_the_grace(void **state)
{
	int64_t action;

	(void)state;
	acting_prepare(NEW_ORDER, 30);
	bench_start(b, false);
	bench_lookup(b, CODE);
	bench_post_act(b, CODE, "accept", NULL, false);
	action = bench_wait_kind(b, EVENT_QUEUED)->action_id;
	bench_stop(b);
	bench_start(b, false);
	acting_poll();
	/* Were it sent at once, that would be before the end of a whole pass. */
	assert_int_equal(bench_refresh(b)->kind, EVENT_DONE);
	assert_int_equal(bench_journal(b, action), ACTION_QUEUED);
	acting_truth("requests.ACCEPTED_BY_MERCHANT", "0");
}

/* Many at once, of two programs, over a bad link: each order is accepted once at most. */
static void both_at_once_over_a_bad_link(void **state)
{
	enum { N = 4 };
	pid_t commands[N];

	(void)state;
	acting_prepare(NEW_ORDER, 0);
	start_beside_commands();
	bench_lookup(b, CODE);
	market_fault(b->market, "match=\"POST /v2/orders\" times=1 do=delay:300");
	for (int i = 0; i < N; i++)
		commands[i] = accept_command();
	bench_post_act(b, CODE, "accept", NULL, false);
	for (int i = 0; i < N; i++)
		assert_true(proc_wait(commands[i], deadline_in(20000)) >= 0);
	market_expect(b->market, CODE, "status", "ACCEPTED_BY_MERCHANT");
	acting_truth("requests.ACCEPTED_BY_MERCHANT", "1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ACTING_TEST(taken_back_by_the_other_one),
		ACTING_TEST(killed_while_sending__is_taken_over_by_a_desk_that_runs),
		ACTING_TEST(stopped_in_its_grace__keeps_the_grace),
		ACTING_TEST(both_at_once_over_a_bad_link),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
