#include "tests/crash/seeds.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <signal.h>
#include <unistd.h>

#include "tests/lib/check.h"
#include "tests/lib/patience.h"
#include "tests/lib/proc.h"

#define ONE_MS 60000		/* a seed that takes longer hangs */
#define MARKET_SEEDS 20		/* then the market begins anew: listings shall stay short */
#define SIDE_BY_SIDE_MAX 16

/* What all the processes write into. */
struct shared {
	atomic_uint_fast64_t next;
	atomic_uint tried, failed, broken;
	atomic_uint counts[SEEDS_COUNTS], longest_ms;
	atomic_flag said;
	_Atomic uint64_t first_failed;
	char words[200];
};

static struct shared *shared;
static const struct experiment *experiment;
static uint64_t running;

bool seeds_long(void)
{
	return getenv("DUKEN_TEST_LONG") != NULL;
}

bool seeds_wrong(const char *format, ...)
{
	char words[sizeof(shared->words)];
	va_list args;

	va_start(args, format);
	vsnprintf(words, sizeof(words), format, args);
	va_end(args);
	if (!atomic_flag_test_and_set(&shared->said)) {
		shared->first_failed = running;
		memcpy(shared->words, words, sizeof(words));
	}
	if (!experiment->until_failed)
		check_note("# seed %" PRIu64 ": %s", running, words);
	return false;
}

void seeds_count(size_t what, unsigned n)
{
	shared->counts[what] += n;
}

void seeds_waited(int64_t ms)
{
	unsigned longest = shared->longest_ms;

	while (ms > longest && !atomic_compare_exchange_weak(&shared->longest_ms, &longest, (unsigned)ms))
		;
}

static void run_one(struct market *m, uint64_t seed)
{
	pid_t pid;
	int status;

	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		running = seed;
		exit(experiment->run(m, seed) ? 0 : 1);
	}
	status = proc_wait(pid, deadline_in(ONE_MS));
	if (status < 0) {
		kill(pid, SIGKILL);
		proc_wait(pid, deadline_in(5000));
	}
	running = seed;
	shared->tried++;
	if (!status)
		return;
	shared->failed++;
	if (status == 1)
		return;
	shared->broken++;
	seeds_wrong(status < 0 ? "did not end" : "ended with status %d", status);
}

static bool goes_on(uint64_t last, int64_t deadline)
{
	if (experiment->until_failed && shared->failed)
		return false;
	return shared->next <= last && deadline_left(deadline) > 0;
}

/* One of those side by side, in a process of its own. */
static void work(uint64_t last, int64_t deadline)
{
	struct market *m = market_start(&(struct market_options){ .seed = 3 });
	int seeds = 0;

	while (goes_on(last, deadline)) {
		uint64_t seed = shared->next++;

		if (seed > last)
			break;
		if (++seeds % MARKET_SEEDS == 0) {
			market_down(m);
			market_up(m);
		}
		run_one(m, seed);
	}
	market_stop(m);
}

static pid_t start(uint64_t last, int64_t deadline)
{
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid < 0)
		check_fail("cannot fork");
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		work(last, deadline);
		exit(0);
	}
	return pid;
}

/* Until they have ended: each has a deadline of its own. */
static void run_all(uint64_t last, int64_t ms)
{
	pid_t pids[SIDE_BY_SIDE_MAX];
	size_t n = experiment->side_by_side;
	int64_t until = mono_ms() + ms;	/* patience is for what may fail */

	for (size_t i = 0; i < n; i++)
		pids[i] = start(last, until);
	for (size_t i = 0; i < n; i++)
		if (proc_wait(pids[i], deadline_in(ms + 2 * ONE_MS)) != 0) {
			shared->failed++;
			shared->broken++;
		}
}

struct findings seeds_run(const struct experiment *x)
{
	const char *only = getenv("DUKEN_TEST_SEED");
	uint64_t first = only ? strtoull(only, NULL, 10) : 1;
	struct findings f = { .tried = 0 };
	int64_t began = mono_ms();

	experiment = x;
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		check_fail("no memory to share");
	shared->next = first;
	run_all(only ? first : x->most, seeds_long() || only ? 60 * 60000 : x->short_ms);
	f.tried = shared->tried;
	f.failed = shared->failed;
	f.broken = shared->broken;
	f.first_failed = shared->first_failed;
	memcpy(f.words, shared->words, sizeof(f.words));
	for (size_t i = 0; i < SEEDS_COUNTS; i++)
		f.counts[i] = shared->counts[i];
	f.longest_ms = shared->longest_ms;
	f.took_ms = mono_ms() - began;
	munmap(shared, sizeof(*shared));
	return f;
}

void seeds_summary(const struct experiment *x, const struct findings *f)
{
	printf("# %zu seeds in %.1f s, %zu of them wrong", f->tried, (double)f->took_ms / 1000, f->failed);
	for (size_t i = 0; i < SEEDS_COUNTS && x->counts[i]; i++)
		printf("; %u %s", f->counts[i], x->counts[i]);
	if (f->longest_ms)
		printf("; settled after %u ms at the latest", f->longest_ms);
	printf("\n");
	if (f->failed)
		printf("# the first: DUKEN_TEST_SEED=%" PRIu64 ": %s\n", f->first_failed, f->words);
}
