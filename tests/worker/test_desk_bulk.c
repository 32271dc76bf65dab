/* Two hundred orders at once, with everything that can happen to some of them on the way: each is applied once
 * at most, each gets a result, and the journal says what the marketplace knows. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/mem.h"
#include "store/batch.h"
#include "tests/lib/check.h"
#include "tests/lib/patience.h"
#include "tests/worker/bench.h"

#define MANY 200
#define SOME 30
#define FIRST 412000001
#define BATCH_WAIT_MS 90000
#define ON_ACCEPT "match=\"POST /v2/orders$\" status=ACCEPTED_BY_MERCHANT "
#define ON_LOOK "match=\"filter[orders][code]=\" "

static struct bench *b;

/* ---- the shop ---------------------------------------------------------------------------------- */

static unsigned seed(void)
{
	const char *given = getenv("DUKEN_TEST_SEED");
	unsigned n = given ? (unsigned)strtoul(given, NULL, 10) : (unsigned)getpid();

	printf("# DUKEN_TEST_SEED=%u\n", n);
	fflush(stdout);
	return n;
}

static void code_of(int i, char out[16])
{
	snprintf(out, 16, "%d", FIRST + i);
}

static void prepare(int orders)
{
	b = bench_prepare(market_start(&(struct market_options){ .seed = (int)(seed() % 100000 + 1) }));
	b->probe_ms = 20;
	b->retry_ms = 50;
	for (int i = 0; i < orders; i++) {
		char json[128];

		snprintf(json, sizeof(json), "{\"code\":\"%d\",\"mode\":\"%s\",\"state\":\"NEW\"}", FIRST + i,
			i % 3 ? "pickup" : "kaspi");
		market_order(b->market, json);
	}
}

static int teardown(void **state)
{
	(void)state;
	if (b)
		bench_close(b);
	b = NULL;
	return 0;
}

static void post_poll(void)
{
	struct request *r = request_new(REQUEST_POLL);

	r->on = true;
	desk_post(b->desk, r);
}

static struct request *accept_all(int orders)
{
	struct request *r = request_new_act_all("accept", NULL);

	for (int i = 0; i < orders; i++) {
		struct order_list list = ORDER_LIST_INIT;
		struct error err = ERROR_INIT;
		char code[16];

		code_of(i, code);
		if (!reader_order_by_code(b->reader, code, &list, NULL, &err))
			check_fail("order %s: %s", code, err.text);
		request_add_order(r, list.items[0].id, code);
		order_list_clear(&list);
	}
	return r;
}

static bool is_queued(const struct event *e, const void *arg)
{
	return e->kind == EVENT_QUEUED && e->reply_to == *(const uint64_t *)arg;
}

/* Confirms the bulk action and waits until it is on the disk; the batch's id. */
static int64_t confirm(int orders, uint64_t *request)
{
	*request = desk_post(b->desk, accept_all(orders));
	return bench_wait(b, is_queued, request, "that the batch is written down")->batch_id;
}

static int64_t start_and_confirm(int orders, uint64_t *request)
{
	struct event *e;

	bench_start(b, false);
	e = bench_refresh(b);
	assert_int_equal(e->kind, EVENT_DONE);
	return confirm(orders, request);
}

/* ---- what came of it --------------------------------------------------------------------------- */

static void counts(int64_t batch, struct batch_counts *c)
{
	reader_batch_counts(b->reader, batch, c);
}

static size_t ended(int64_t batch)
{
	struct batch_counts c;

	counts(batch, &c);
	return c.total - c.waiting - c.sending - c.unknown;
}

static bool is_enough(const struct event *e, const void *arg)
{
	const int64_t *want = arg;

	(void)e;
	return ended(want[0]) >= (size_t)want[1];
}

static void wait_for_ended(int64_t batch, int64_t n)
{
	int64_t want[2] = { batch, n }, deadline = deadline_in(BATCH_WAIT_MS);

	while (ended(batch) < (size_t)n && deadline_left(deadline))
		bench_wait(b, is_enough, want, "that enough of the batch has ended");
	if (ended(batch) < (size_t)n)
		check_fail("only %zu of the batch ended", ended(batch));
}

static long number(const char *code, const char *member)
{
	char *text = market_truth(b->market, code, member);
	long n = strtol(text, NULL, 10);

	free(text);
	return n;
}

/* The journal and the marketplace say the same of an item that has ended. */
static void agree(const struct batch_item *item)
{
	long applied = number(item->code, "applied.ACCEPTED_BY_MERCHANT");

	if (applied > 1)
		check_fail("%s was accepted %ld times", item->code, applied);
	if (!item->action_id || action_state_open(item->state))
		check_fail("%s did not end: %s, %s", item->code, action_state_name(item->state), item->message);
	if ((item->state == ACTION_DONE) != (applied == 1))
		check_fail("%s: the journal says %s (%s), it was applied %ld times", item->code,
			action_state_name(item->state), item->message, applied);
	if (item->state != ACTION_DONE && item->state != ACTION_UNDONE && !*item->message)
		check_fail("%s: %s, and nobody says why", item->code, action_state_name(item->state));
}

static void all_agree(int64_t batch, size_t n)
{
	struct batch_items items = BATCH_ITEMS_INIT;

	assert_true(reader_batch_items(b->reader, batch, &items, NULL));
	assert_int_equal(items.n, n);
	for (size_t i = 0; i < items.n; i++)
		agree(&items.items[i]);
	batch_items_clear(&items);
}

/* ---- faults ------------------------------------------------------------------------------------ */

/* About one in ten of everything that is asked while the batch runs. */
static void inject(void)
{
	static const char *const rules[] = {
		ON_ACCEPT "probability=0.02 when=before do=drop",
		ON_ACCEPT "probability=0.02 when=after do=drop",
		ON_ACCEPT "probability=0.02 when=after do=status:500",
		ON_ACCEPT "probability=0.01 when=before do=reset",
		ON_ACCEPT "probability=0.01 when=after do=reset",
		ON_ACCEPT "probability=0.01 when=after do=silence:300",
		ON_ACCEPT "probability=0.02 do=status:400:{\"errors\":[{\"title\":\"NoSuchStock\"}]}",
		ON_ACCEPT "times=2 probability=0.02 do=retry-after:0",
		ON_LOOK "probability=0.03 do=status:500",
		ON_LOOK "probability=0.02 do=drop",
		ON_LOOK "probability=0.02 do=malformed",
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
	prepare(MANY);
	bench_start(b, false);
	assert_int_equal(bench_refresh(b)->kind, EVENT_DONE);
	inject();
	batch = confirm(MANY, &request);
	wait_for_ended(batch, MANY);
	market_no_faults(b->market);
	all_agree(batch, MANY);
	counts(batch, &c);
	printf("# done %zu refused %zu\n", c.done, c.refused);
	assert_true(c.done > MANY / 2);
}

/* ---- pausing, taking back ---------------------------------------------------------------------- */

static void pause_batch(int64_t batch, bool on)
{
	struct event *e = bench_end(b, desk_post(b->desk, request_new_pause(batch, on)));

	if (e->kind != EVENT_DONE)
		check_fail("pause: %s", e->error.text);
}

static bool is_settled(const struct event *e, const void *arg)
{
	struct batch_counts c;

	(void)e;
	counts(*(const int64_t *)arg, &c);
	return c.sending + c.unknown == 0;
}

/* What was under way has ended. */
static void wait_until_settled(int64_t batch)
{
	if (!is_settled(NULL, &batch))
		bench_wait(b, is_settled, &batch, "that what is under way ends");
}

static size_t posted(void)
{
	return market_requests(b->market, "\"method\":\"POST\"");
}

static void paused__nothing_leaves_until_it_goes_on(void **state)
{
	struct batch_counts c, later;
	uint64_t request;
	int64_t batch;
	size_t sent;

	(void)state;
	prepare(SOME);
	batch = start_and_confirm(SOME, &request);
	wait_for_ended(batch, 3);
	pause_batch(batch, true);
	wait_until_settled(batch);
	counts(batch, &c);
	sent = posted();
	assert_true(c.waiting > 0);
	/* Work by hand goes on meanwhile, and takes its time. */
	for (int i = 0; i < 5; i++)
		assert_int_equal(bench_lookup(b, "412000001")->kind, EVENT_DONE);
	assert_int_equal(posted(), sent);
	counts(batch, &later);
	assert_int_equal(later.waiting, c.waiting);
	pause_batch(batch, false);
	assert_int_equal(bench_end(b, request)->kind, EVENT_DONE);
	all_agree(batch, SOME);
	assert_int_equal(ended(batch), SOME);
}

static void taken_back__the_rest_is_undone(void **state)
{
	struct batch_counts c;
	struct event *e;
	uint64_t request;
	int64_t batch;
	size_t taken;

	(void)state;
	prepare(SOME);
	batch = start_and_confirm(SOME, &request);
	wait_for_ended(batch, 3);
	e = bench_end(b, desk_post(b->desk, request_new_undo_all(batch)));
	assert_int_equal(e->kind, EVENT_DONE);
	taken = e->done;
	assert_true(taken > 0);
	wait_until_settled(batch);
	counts(batch, &c);
	assert_int_equal(c.undone, taken);
	assert_int_equal(c.done + c.undone, SOME);
	all_agree(batch, SOME);
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
		id = start_and_confirm(SOME, &request);
		wait_for_ended(id, 5);
		if (paused)
			pause_batch(id, true);
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
	prepare(SOME);
	b->shop->requests_per_second = 40;
	leave_behind(false, &batch);
	bench_start(b, false);
	post_poll();
	wait_for_ended(batch, SOME);
	all_agree(batch, SOME);
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
	prepare(SOME);
	b->shop->requests_per_second = 40;
	leave_behind(true, &batch);
	sent = posted();
	bench_start(b, false);
	counts(batch, &c);
	assert_true(c.waiting > 0);
	post_poll();
	bench_wait(b, is_batch, &batch, "that the batch is paused");
	wait_until_settled(batch);
	assert_int_equal(bench_lookup(b, "412000001")->kind, EVENT_DONE);
	assert_int_equal(posted(), sent);
	counts(batch, &later);
	assert_int_equal(later.waiting, c.waiting);
	assert_true(reader_batch(b->reader, batch, &now, NULL));
	assert_int_equal(now.state, BATCH_PAUSED);
	pause_batch(batch, false);
	wait_for_ended(batch, SOME);
	all_agree(batch, SOME);
}

/* What was confirmed so long ago is asked about once, not two hundred times. */
static void left_for_too_long__asks_once(void **state)
{
	struct batch_counts c;
	struct batch now;
	int64_t batch;

	(void)state;
	prepare(SOME);
	b->shop->requests_per_second = 40;
	leave_behind(false, &batch);
	b->shop->ask_after_min = 0;
	bench_start(b, false);
	post_poll();
	bench_wait(b, is_batch, &batch, "that the batch is paused");
	wait_until_settled(batch);
	assert_true(reader_batch(b->reader, batch, &now, NULL));
	assert_int_equal(now.state, BATCH_PAUSED);
	assert_non_null(strstr(now.message, "still wanted"));
	counts(batch, &c);
	assert_int_equal(c.ask, 0);
	assert_true(c.waiting > 0);
}

/* A program without a desk: told which batch, it pauses it and takes the rest back. Forked while this process
 * has no thread. */
static pid_t start_decider(int *told)
{
	int words[2];
	pid_t child;

	assert_int_equal(pipe(words), 0);
	child = fork();
	if (child == 0) {
		struct store *s;
		int64_t id = 0;
		bool changed;
		size_t n;

		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (read(words[0], &id, sizeof(id)) != sizeof(id))
			_exit(1);
		s = store_open(b->dir, NULL, NULL);
		_exit(s && batch_pause(s, id, true, NULL, 1, &changed, NULL) && changed &&
			batch_stop(s, id, NULL, "x", 1, &n, NULL) && n > 0 ? 0 : 1);
	}
	close(words[0]);
	*told = words[1];
	return child;
}

static void another_process_decides(void **state)
{
	struct batch_counts c;
	uint64_t request;
	int64_t batch;
	pid_t child;
	int told, status;

	(void)state;
	prepare(SOME);
	b->shop->requests_per_second = 40;
	child = start_decider(&told);
	batch = start_and_confirm(SOME, &request);
	wait_for_ended(batch, 3);
	assert_int_equal(write(told, &batch, sizeof(batch)), sizeof(batch));
	assert_int_equal(waitpid(child, &status, 0), child);
	close(told);
	assert_int_equal(status, 0);
	assert_int_equal(bench_end(b, request)->kind, EVENT_DONE);
	counts(batch, &c);
	assert_true(c.undone > 0);
	all_agree(batch, SOME);
}

/* ---- the others -------------------------------------------------------------------------------- */

static bool is_end_of(const struct event *e, const void *arg)
{
	return e->kind == EVENT_DONE && e->reply_to == *(const uint64_t *)arg;
}

/* Somebody at the counter does not wait for the batch. */
static void work_by_hand_comes_first(void **state)
{
	struct batch_counts c;
	uint64_t request, act;
	int64_t batch;

	(void)state;
	prepare(SOME + 1);
	b->shop->requests_per_second = 20;
	batch = start_and_confirm(SOME, &request);
	wait_for_ended(batch, 1);
	act = bench_post_act(b, "412000031", "accept", NULL, false);
	bench_wait(b, is_end_of, &act, "the end of the action by hand");
	counts(batch, &c);
	assert_true(c.waiting > SOME / 2);
	assert_int_equal(number("412000031", "applied.ACCEPTED_BY_MERCHANT"), 1);
	assert_int_equal(bench_end(b, request)->kind, EVENT_DONE);
	all_agree(batch, SOME);
}

/* Without a link the batch waits as one, and goes on as one. */
static void offline__it_waits_and_goes_on(void **state)
{
	struct batch_counts c;
	uint64_t request;
	int64_t batch;

	(void)state;
	prepare(SOME);
	b->shop->grace_s = 3;	/* so that each order is looked at again */
	bench_start(b, false);
	assert_int_equal(bench_refresh(b)->kind, EVENT_DONE);
	market_fault(b->market, ON_LOOK "do=drop");
	batch = confirm(SOME, &request);
	bench_wait_link(b, LINK_OFFLINE);
	counts(batch, &c);
	assert_int_equal(c.waiting, SOME);
	market_no_faults(b->market);
	assert_int_equal(bench_end(b, request)->kind, EVENT_DONE);
	all_agree(batch, SOME);
}

/* A token that is not known any more is not tried two hundred times. */
static void locked_out__it_pauses_itself(void **state)
{
	struct batch_counts c;
	uint64_t request;
	int64_t batch;

	(void)state;
	prepare(SOME);
	b->shop->grace_s = 3;	/* so that each order is looked at again */
	bench_start(b, false);
	assert_int_equal(bench_refresh(b)->kind, EVENT_DONE);
	market_fault(b->market, ON_LOOK "do=status:401");
	batch = confirm(SOME, &request);
	assert_non_null(bench_wait(b, is_batch, &batch, "that it paused itself")->message);
	market_no_faults(b->market);
	wait_until_settled(batch);
	counts(batch, &c);
	assert_int_equal(c.waiting, SOME);
	pause_batch(batch, false);
	assert_int_equal(bench_end(b, request)->kind, EVENT_DONE);
	all_agree(batch, SOME);
}

static void what_does_not_apply__is_an_item_with_a_reason(void **state)
{
	struct batch_items items = BATCH_ITEMS_INIT;
	struct request *r;
	uint64_t request;
	int64_t batch;

	(void)state;
	prepare(3);
	market_change(b->market, "412000002", "{\"state\":\"PICKUP\",\"status\":\"ACCEPTED_BY_MERCHANT\"}");
	bench_start(b, false);
	assert_int_equal(bench_refresh(b)->kind, EVENT_DONE);
	r = accept_all(3);
	request_add_order(r, "nobody", "499999999");
	request = desk_post(b->desk, r);
	batch = bench_wait(b, is_queued, &request, "that it is written down")->batch_id;
	assert_int_equal(bench_end(b, request)->kind, EVENT_DONE);
	assert_true(reader_batch_items(b->reader, batch, &items, NULL));
	assert_int_equal(items.n, 4);
	assert_int_equal(items.items[0].state, ACTION_DONE);
	assert_int_equal(items.items[1].action_id, 0);
	assert_non_null(strstr(items.items[1].message, "Only a new order"));
	assert_int_equal(items.items[2].state, ACTION_DONE);
	assert_int_equal(items.items[3].action_id, 0);
	assert_string_equal(items.items[3].code, "499999999");
	assert_true(*items.items[3].message);
	batch_items_clear(&items);
	assert_int_equal(posted(), 2);
}

#define TEST(f) cmocka_unit_test_teardown(f, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(one_in_ten_fails__each_gets_a_result),
		TEST(paused__nothing_leaves_until_it_goes_on),
		TEST(taken_back__the_rest_is_undone),
		TEST(killed__the_next_desk_goes_on),
		TEST(killed_while_paused__stays_paused),
		TEST(left_for_too_long__asks_once),
		TEST(another_process_decides),
		TEST(work_by_hand_comes_first),
		TEST(offline__it_waits_and_goes_on),
		TEST(locked_out__it_pauses_itself),
		TEST(what_does_not_apply__is_an_item_with_a_reason),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
