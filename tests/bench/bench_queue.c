/* bench_queue - from a confirmed action to "queued" on the disk, beside two bare syncs of the same disk.
 *
 *	bench_queue [ACTS]
 *
 * A desk and duken-sim; orders are accepted, with a grace, so that nothing is sent. Counted are the calls of
 * fsync() and fdatasync() between desk_post() and the event QUEUED in the same process: these functions stand
 * here in place of the C library's. Beside each act a file in the same folder gets 8 KiB and a
 * fdatasync(), twice. $TMPDIR says which disk. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "tests/bench/pty.h"
#include "tests/lib/patience.h"
#include "tests/worker/bench.h"

#define ACTS_MAX 2000
#define BLOCK 8192

static atomic_int syncs;

int fdatasync(int fd)
{
	atomic_fetch_add(&syncs, 1);
	return (int)syscall(SYS_fdatasync, fd);
}

int fsync(int fd)
{
	atomic_fetch_add(&syncs, 1);
	return (int)syscall(SYS_fsync, fd);
}

/* ---- the disk -------------------------------------------------------------------------------- */

static double two_bare_syncs(int fd)
{
	static char block[BLOCK];
	int64_t from = mono_us();

	for (int i = 0; i < 2; i++)
		if (write(fd, block, BLOCK) != BLOCK || syscall(SYS_fdatasync, fd) != 0)
			pty_stop("the disk cannot be written");
	return (double)(mono_us() - from);
}

/* ---- the desk -------------------------------------------------------------------------------- */

static struct bench *open_desk(int acts)
{
	struct bench *b = bench_prepare(market_start(&(struct market_options){ .orders = 0 }));

	b->shop->grace_s = 60;
	for (int i = 0; i < acts; i++) {
		char *json = xasprintf("{\"code\":\"4%08d\",\"mode\":\"pickup\",\"state\":\"NEW\"}", i);

		market_order(b->market, json);
		free(json);
	}
	bench_start(b, false);
	if (bench_refresh(b)->kind != EVENT_DONE)
		pty_stop("no refresh");
	return b;
}

static double time_act(struct bench *b, int i, int *calls)
{
	char code[16];
	int64_t from;
	int before;

	snprintf(code, sizeof(code), "4%08d", i);
	before = atomic_load(&syncs);
	from = mono_us();
	bench_post_act(b, code, "accept", NULL, false);
	bench_wait_kind(b, EVENT_QUEUED);
	*calls = atomic_load(&syncs) - before;
	return (double)(mono_us() - from);
}

int main(int argc, char **argv)
{
	static double act_us[ACTS_MAX], bare_us[ACTS_MAX], calls[ACTS_MAX];
	int acts = argc > 1 ? atoi(argv[1]) : 200;
	struct bench *b;
	char *path;
	int fd;

	if (acts < 1 || acts > ACTS_MAX)
		pty_stop("between 1 and 2000 acts");
	b = open_desk(acts);
	path = home_path(b->market->home, "state/bare");
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	for (int i = 0; i < acts; i++) {
		int n;

		bare_us[i] = two_bare_syncs(fd);
		act_us[i] = time_act(b, i, &n);
		calls[i] = n;
	}
	close(fd);
	free(path);
	bench_close(b);
	printf("from desk_post() to QUEUED, %d acts\n  %-34s %8s %8s %8s %8s\n", acts, "", "least", "median", "p95",
		"most");
	printf("  %-34s %8.0f %8.0f %8.0f %8.0f\n", "syncs of the disk", share_of(calls, acts, 0),
		share_of(calls, acts, 0.5), share_of(calls, acts, 0.95), share_of(calls, acts, 1));
	printf("  %-34s %8.0f %8.0f %8.0f %8.0f\n", "us", share_of(act_us, acts, 0),
		share_of(act_us, acts, 0.5), share_of(act_us, acts, 0.95), share_of(act_us, acts, 1));
	printf("  %-34s %8.0f %8.0f %8.0f %8.0f\n", "us, two bare fdatasync()", share_of(bare_us, acts, 0),
		share_of(bare_us, acts, 0.5), share_of(bare_us, acts, 0.95), share_of(bare_us, acts, 1));
	printf("  %-34s %8.2fx %7.2fx\n", "to two bare ones", share_of(act_us, acts, 0) / share_of(bare_us, acts, 0),
		share_of(act_us, acts, 0.5) / share_of(bare_us, acts, 0.5));
	return 0;
}
