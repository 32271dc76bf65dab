/* `duken sync --full` killed again and again at random places; what comes together in the end is what one
 * sync that nobody disturbed has.
 *
 *	tests/crash/test_interrupted_sync	5,000 orders, 12 places; with DUKEN_TEST_LONG 100,000 and 50
 *	DUKEN_TEST_SEED=7 ...			other places
 *
 * A place is a number of requests that the marketplace has answered since the program was started. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <poll.h>

#include <cmocka.h>

#include "base/mem.h"
#include "sim/rng.h"
#include "tests/crash/same_store.h"
#include "tests/lib/check.h"
#include "tests/lib/market.h"
#include "tests/lib/patience.h"
#include "tests/lib/proc.h"

#define RUN_MS (300 * 1000)
#define END_MS (10 * 1000)

static struct market *market;
static struct rng random_numbers;
static int seed, orders, places;

/* ---- the program ----------------------------------------------------------------------------- */

static pid_t start_sync(const char *base)
{
	char *duken = built_path("duken"), *dir = home_path(market->home, base);
	const char *argv[] = { duken, "--state-dir", dir, "sync", "--full", NULL };
	pid_t pid = proc_start(market->env, argv, -1, -1, -1);

	free(duken);
	free(dir);
	return pid;
}

static void sync_to_the_end(const char *base)
{
	int status = proc_wait(start_sync(base), deadline_in(RUN_MS));

	if (status != 0)
		check_fail("seed %d: duken sync --full ended with %d", seed, status);
}

static char *cache_of(const char *base)
{
	char *name = xasprintf("%s/test/cache.db", base), *path = home_path(market->home, name);

	free(name);
	return path;
}

/* How many requests the marketplace has seen in all. */
static long long requests(void)
{
	char *reply = market_control(market, "GET", "/sim/requests?since=1000000000", NULL);
	long long n = -1;

	if (sscanf(reply, "{\"next\":%lld", &n) != 1)
		check_fail("no number of requests in %s", reply);
	free(reply);
	return n;
}

/* Waits until it has asked for so much, and no longer than it runs: its status then, -1 while it does. */
static int wait_for_requests(pid_t pid, long long n)
{
	int64_t deadline = deadline_in(RUN_MS);
	int status = -1;

	while (status < 0 && requests() < n) {
		status = proc_wait(pid, deadline_in(1));
		if (!deadline_left(deadline))
			check_fail("seed %d: %lld requests never came", seed, n);
	}
	return status;
}

/* ---- one interruption ------------------------------------------------------------------------ */

/* SIGKILL mostly; asked to end, it says that what was fetched is kept. False: it was done before. */
static bool interrupt(const char *base, long long after)
{
	static const int signals[] = { SIGKILL, SIGKILL, SIGKILL, SIGTERM, SIGINT };
	int sig = signals[rng_below(&random_numbers, 5)];
	pid_t pid = start_sync(base);
	int status = wait_for_requests(pid, requests() + after);

	if (status >= 0)
		return false;
	kill(pid, sig);
	status = proc_wait(pid, deadline_in(END_MS));
	if (status != 0 && status != (sig == SIGKILL ? 128 + SIGKILL : 1))
		check_fail("seed %d: after signal %d at request %lld it ended with %d", seed, sig, after, status);
	return status != 0;
}

/* Looking at the file is what SQLite would do first at the next start, so it is done now and then. */
static void look(const char *path, size_t *before)
{
	size_t now;

	if (access(path, F_OK) != 0 || !rng_chance(&random_numbers, 0.3))
		return;
	now = sound_file(path);
	if (now < *before)
		check_fail("seed %d: %zu orders after an interruption, %zu before", seed, now, *before);
	*before = now;
}

static void an_interrupted_sync_ends_as_one_that_was_not(void **state)
{
	char *whole = cache_of("whole"), *broken = cache_of("broken");
	long long before = requests(), total;
	size_t kept = 0;
	int done = 0;

	(void)state;
	sync_to_the_end("whole");
	total = requests() - before;
	printf("# seed %d: %d orders, %lld requests, %d places\n", seed, orders, total, places);
	while (done < places) {
		done += interrupt("broken", 1 + (long long)rng_below(&random_numbers, (uint32_t)total));
		look(broken, &kept);
	}
	sync_to_the_end("broken");
	sound_store(broken);
	same_orders(broken, whole);
	assert_int_equal(sound_file(broken), orders);
	free(whole);
	free(broken);
}

static int open_market(void **state)
{
	const char *given = getenv("DUKEN_TEST_SEED");
	bool is_long = getenv("DUKEN_TEST_LONG") != NULL;

	(void)state;
	seed = given ? atoi(given) : 1;
	orders = is_long ? 100000 : 5000;
	places = is_long ? 50 : 12;
	random_numbers = rng_for((uint64_t)seed, 0);
	market = market_start(&(struct market_options){ .orders = orders, .seed = seed });
	market_configure(market, "requests_per_second = 100000\nhistory_days = 40\n"
		"retention_days = 365\n", NULL);
	return 0;
}

static int close_market(void **state)
{
	(void)state;
	market_stop(market);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_interrupted_sync_ends_as_one_that_was_not),
	};

	setvbuf(stdout, NULL, _IOLBF, 0);
	return cmocka_run_group_tests(tests, open_market, close_market);
}
