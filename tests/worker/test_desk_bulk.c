/* Two hundred orders at once, with everything that can happen to some of them on the way: each is applied once
 * at most, each gets a result, and the journal says what the marketplace knows. With an argument: only the tests
 * of that name, "one_in_ten*"; DUKEN_TEST_SEED chooses what goes wrong. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/lib/check.h"
#include "tests/worker/crowd.h"

#define MANY 200
#define SOME 30
#define AT_A_TIME 8	/* calls and unknown outcomes of a batch at most, see desk/bulk.c */

/* ---- faults ------------------------------------------------------------------------------------ */

/* About one in ten of everything that is asked while the batch runs. */
static void inject(void)
{
	static const char *const rules[] = {
		CROWD_ACCEPT "probability=0.02 when=before do=drop",
		CROWD_ACCEPT "probability=0.02 when=after do=drop",
		CROWD_ACCEPT "probability=0.02 when=after do=status:500",
		CROWD_ACCEPT "probability=0.01 when=before do=reset",
		CROWD_ACCEPT "probability=0.01 when=after do=reset",
		CROWD_ACCEPT "probability=0.01 when=after do=silence:300",
		CROWD_ACCEPT "probability=0.02 do=status:400:{\"errors\":[{\"title\":\"NoSuchStock\"}]}",
		CROWD_ACCEPT "times=2 probability=0.02 do=retry-after:0",
		CROWD_LOOK "probability=0.03 do=status:500",
		CROWD_LOOK "probability=0.02 do=drop",
		CROWD_LOOK "probability=0.02 do=malformed",
	};

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		market_fault(b->market, rules[i]);
}

static void one_in_ten_fails__each_gets_a_result(void **state)
{
	struct batch_counts c;
	uint64_t request;
	int64_t batch;

	(void)state;
	crowd_prepare(MANY);
	bench_start(b, false);
	assert_int_equal(bench_refresh(b)->kind, EVENT_DONE);
	inject();
	batch = crowd_confirm(MANY, &request);
	crowd_wait_ended(batch, MANY);
	market_no_faults(b->market);
	crowd_agrees(batch, MANY);
	crowd_counts(batch, &c);
	printf("# done %zu refused %zu\n", c.done, c.refused);
	assert_true(c.done > MANY / 2);
}

/* ---- pausing, taking back ---------------------------------------------------------------------- */

static void paused__nothing_leaves_until_it_goes_on(void **state)
{
	struct batch_counts c, later;
	uint64_t request;
	int64_t batch;
	size_t sent;

	(void)state;
	crowd_prepare(SOME);
	batch = crowd_start(SOME, &request);
	crowd_wait_ended(batch, 3);
	crowd_pause(batch, true);
	crowd_wait_settled(batch);
	crowd_counts(batch, &c);
	sent = crowd_posted();
	assert_true(c.waiting > 0);
	/* Work by hand goes on meanwhile, and takes its time. */
	for (int i = 0; i < 5; i++)
		assert_int_equal(bench_lookup(b, "412000001")->kind, EVENT_DONE);
	assert_int_equal(crowd_posted(), sent);
	crowd_counts(batch, &later);
	assert_int_equal(later.waiting, c.waiting);
	crowd_pause(batch, false);
	assert_int_equal(bench_end(b, request)->kind, EVENT_DONE);
	crowd_agrees(batch, SOME);
	assert_int_equal(crowd_ended(batch), SOME);
}

static void taken_back__the_rest_is_undone(void **state)
{
	struct batch_counts c;
	struct event *e;
	uint64_t request;
	int64_t batch;
	size_t taken;

	(void)state;
	crowd_prepare(SOME);
	batch = crowd_start(SOME, &request);
	crowd_wait_ended(batch, 3);
	e = bench_end(b, desk_post(b->desk, request_new_undo_all(batch)));
	assert_int_equal(e->kind, EVENT_DONE);
	taken = e->done;
	assert_true(taken > 0);
	crowd_wait_settled(batch);
	crowd_counts(batch, &c);
	assert_int_equal(c.undone, taken);
	assert_int_equal(c.done + c.undone, SOME);
	crowd_agrees(batch, SOME);
	/* It is over for good. */
	e = bench_end(b, desk_post(b->desk, request_new_pause(batch, false)));
	assert_int_equal(e->kind, EVENT_FAILED);
	assert_int_equal(e->error.code, ERR_CONFLICT);
}

/* ---- processes --------------------------------------------------------------------------------- */

/* A desk in a process of its own confirms the bulk action, then `prepare` it and say so; it is killed. */
static void leave_behind(bool paused, int64_t *batch)
{
	int words[2];
	pid_t child;

	assert_int_equal(pipe(words), 0);
	child = fork();
	if (child == 0) {
		uint64_t request;
		int64_t id;

		prctl(PR_SET_PDEATHSIG, SIGKILL);
		id = crowd_start(SOME, &request);
		crowd_wait_ended(id, 5);
		if (paused) {
			crowd_pause(id, true);
			crowd_wait_settled(id);
		}
		if (write(words[1], &id, sizeof(id)) == sizeof(id))
			for (;;)
				pause();
		_exit(1);
	}
	close(words[1]);
	assert_int_equal(read(words[0], batch, sizeof(*batch)), sizeof(*batch));
	close(words[0]);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
}

static void killed__the_next_desk_goes_on(void **state)
{
	int64_t batch;

	(void)state;
	crowd_prepare(SOME);
	b->shop->requests_per_second = 40;
	inject();
	leave_behind(false, &batch);
	bench_start(b, false);
	crowd_poll();
	crowd_wait_ended(batch, SOME);
	market_no_faults(b->market);
	crowd_agrees(batch, SOME);
}

static bool is_batch(const struct event *e, const void *arg)
{
	return e->kind == EVENT_BATCH && e->batch_id == *(const int64_t *)arg;
}

static void killed_while_paused__stays_paused(void **state)
{
	struct batch_counts c, later;
	struct batch now;
	int64_t batch;
	size_t sent;

	(void)state;
	crowd_prepare(SOME);
	b->shop->requests_per_second = 40;
	leave_behind(true, &batch);
	sent = crowd_posted();
	bench_start(b, false);
	crowd_counts(batch, &c);
	assert_true(c.waiting > 0);
	crowd_poll();
	bench_wait(b, is_batch, &batch, "that the batch is paused");
	crowd_wait_settled(batch);
	assert_int_equal(bench_lookup(b, "412000001")->kind, EVENT_DONE);
	assert_int_equal(crowd_posted(), sent);
	crowd_counts(batch, &later);
	assert_int_equal(later.waiting, c.waiting);
	assert_true(reader_batch(b->reader, batch, &now, NULL));
	assert_int_equal(now.state, BATCH_PAUSED);
	crowd_pause(batch, false);
	crowd_wait_ended(batch, SOME);
	crowd_agrees(batch, SOME);
}

/* What was confirmed so long ago is asked about once, not two hundred times. */
static void left_for_too_long__asks_once(void **state)
{
	struct batch_counts c;
	struct batch now;
	int64_t batch;

	(void)state;
	crowd_prepare(SOME);
	b->shop->requests_per_second = 40;
	leave_behind(false, &batch);
	b->shop->ask_after_min = 0;
	bench_start(b, false);
	crowd_poll();
	bench_wait(b, is_batch, &batch, "that the batch is paused");
	crowd_wait_settled(batch);
	assert_true(reader_batch(b->reader, batch, &now, NULL));
	assert_int_equal(now.state, BATCH_PAUSED);
	assert_non_null(strstr(now.message, "still wanted"));
	crowd_counts(batch, &c);
	/* Those that were on their way when the desk died ask by themselves: it may have been for nothing. */
	assert_true(c.ask <= AT_A_TIME);
	assert_true(c.waiting > 0);
}

static void another_process_decides(void **state)
{
	struct batch_counts c;
	uint64_t request;
	int64_t batch;
	pid_t decider;
	int told;

	(void)state;
	crowd_prepare(SOME);
	b->shop->requests_per_second = 40;
	decider = crowd_start_decider(&told);
	batch = crowd_start(SOME, &request);
	crowd_wait_ended(batch, 3);
	crowd_decide(decider, told, batch);
	assert_int_equal(bench_end(b, request)->kind, EVENT_DONE);
	crowd_counts(batch, &c);
	assert_true(c.undone > 0);
	crowd_agrees(batch, SOME);
}

#define TEST(f) cmocka_unit_test_teardown(f, crowd_teardown)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		TEST(one_in_ten_fails__each_gets_a_result),
		TEST(paused__nothing_leaves_until_it_goes_on),
		TEST(taken_back__the_rest_is_undone),
		TEST(killed__the_next_desk_goes_on),
		TEST(killed_while_paused__stays_paused),
		TEST(left_for_too_long__asks_once),
		TEST(another_process_decides),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
