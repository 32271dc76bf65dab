/* Several desks on one store: real processes, each with a worker of its own. One of them asks the server by
 * schedule; the others show what it reads, and take its place when it is gone or hangs. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/mem.h"
#include "tests/lib/check.h"
#include "tests/lib/patience.h"
#include "tests/worker/bench.h"

#define CODE "412000001"
#define NEW_ORDER "{\"code\":\"" CODE "\",\"mode\":\"pickup\",\"state\":\"NEW\"}"
#define ANOTHER "{\"code\":\"412000002\",\"mode\":\"pickup\",\"state\":\"NEW\",\"express\":false}"
#define EXPRESS "{\"code\":\"412000003\",\"mode\":\"kaspi\",\"state\":\"NEW\",\"express\":true}"

static struct bench *b;
static pid_t other;

static void post_poll(struct desk *d)
{
	struct request *r = request_new(REQUEST_POLL);

	r->on = true;
	desk_post(d, r);
}

static void call_itself(const char *name)
{
	free(b->shop->user_agent);
	b->shop->user_agent = xstrdup(name);
}

/* A process with a desk that polls until it is killed. Forked while this one has no thread. */
static void start_other(void)
{
	other = fork();
	if (other == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		call_itself("other");
		bench_start(b, false);
		post_poll(b->desk);
		for (;;)
			pause();
	}
	call_itself("mine");
}

static int setup(void **state)
{
	(void)state;
	b = bench_prepare(market_start(&(struct market_options){ .seed = 5 }));
	b->shop->poll_new_s = 1;
	b->shop->poll_other_s = 1;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	if (other > 0) {
		kill(other, SIGCONT);
		kill(other, SIGKILL);
		waitpid(other, NULL, 0);
	}
	other = 0;
	bench_close(b);
	return 0;
}

#define OTHERS "\"user_agent\":\"other\""
#define MINE "\"user_agent\":\"mine\""

static bool stored(const char *code)
{
	struct order_list list = ORDER_LIST_INIT;
	bool found = reader_order_by_code(b->reader, code, &list, NULL, NULL);

	order_list_clear(&list);
	return found;
}

static bool is_changed(const struct event *e, const void *arg)
{
	return e->kind == EVENT_CHANGED && stored(arg);
}

/* Waits until this desk has told of the order. */
static void wait_for(const char *code)
{
	if (!stored(code))
		bench_wait(b, is_changed, code, "that the order is there");
}

static void begin_beside_another(void)
{
	market_order(b->market, NEW_ORDER);
	start_other();
	market_wait_requests(b->market, OTHERS, 6);
	bench_start(b, false);
	post_poll(b->desk);
	wait_for(CODE);
}

static bool is_added(const struct event *e, const void *arg)
{
	return e->kind == EVENT_CHANGED && e->added > 0 && stored(arg);
}

/* What the poller reads is told here, new orders as new ones; the link is what the poller knows. */
static void the_others_follow(void **state)
{
	(void)state;
	begin_beside_another();
	bench_wait_link(b, LINK_ONLINE);
	market_order(b->market, ANOTHER);
	assert_int_equal(bench_wait(b, is_added, "412000002", "that an order is new")->express, 0);
	market_order(b->market, EXPRESS);
	assert_int_equal(bench_wait(b, is_added, "412000003", "that one is express")->express, 1);
	market_wait_requests(b->market, OTHERS, 25);
	assert_int_equal(market_requests(b->market, MINE), 0);
	market_down(b->market);
	bench_wait_link(b, LINK_OFFLINE);
}

static void takes_over_from(int signal)
{
	begin_beside_another();
	kill(other, signal);
	if (signal == SIGKILL) {
		waitpid(other, NULL, 0);
		other = 0;
	}
	market_order(b->market, ANOTHER);
	wait_for("412000002");
}

static void a_killed_poller_is_followed(void **state)
{
	(void)state;
	takes_over_from(SIGKILL);
}

static void a_suspended_poller_is_followed(void **state)
{
	(void)state;
	takes_over_from(SIGSTOP);
}

static void a_wait_is_kept_by_all(void **state)
{
	struct event *e;

	(void)state;
	market_order(b->market, NEW_ORDER);
	market_fault(b->market, "match=\"GET\" times=1 do=retry-after:300");
	start_other();
	market_wait_requests(b->market, OTHERS, 1);
	bench_start(b, false);
	/* The other one's answer is on its way to the store: this desk asks until it is told to wait. */
	do
		e = bench_lookup(b, CODE);
	while (e->kind == EVENT_DONE);
	assert_int_equal(e->error.code, ERR_RATE_LIMITED);
	assert_true(e->error.retry_after_ms > 200 * 1000);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_others_follow),
		TEST(a_killed_poller_is_followed),
		TEST(a_suspended_poller_is_followed),
		TEST(a_wait_is_kept_by_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
