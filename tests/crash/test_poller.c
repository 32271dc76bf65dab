/* The poller of a store is killed at each of its steps: before and after every write and every word to the
 * server. Another desk on the store takes its place, within two intervals by itself, and finds what came. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/reader.h"
#include "tests/crash/points.h"
#include "tests/crash/poller.h"
#include "tests/crash/seeds.h"
#include "tests/lib/patience.h"
#include "tests/lib/proc.h"

#define SHORT_MS 12000
#define END_MS 30000
#define FIRST_AGENT "\"user_agent\":\"first\""

/* What is counted, and how far: the steps of the first rounds. */
static const struct {
	const char *call;
	unsigned most;
} steps[] = {
	{ "pwrite64", 60 },
	{ "sendto", 20 },
	{ "recvfrom", 20 },
};

#define STEPS 100
/* Seeds go through the steps in leaps, so that a short form sees all kinds of them. */
#define LEAP 37

enum { NOT_HIT };

static void choose(uint64_t seed, struct point *p)
{
	unsigned n = (unsigned)(seed * LEAP % STEPS);
	size_t i = 0;

	while (n >= steps[i].most)
		n -= steps[i++].most;
	*p = (struct point){ .nth = n + 1, .follow = true, .worker = true };
	snprintf(p->call, sizeof(p->call), "%s", steps[i].call);
}

struct run {
	struct market *m;
	char *dir, *token, *code;
	struct point point;
	pid_t first;
	int ended;		/* how the first one did; -1 it runs */
	struct poller second;
};

static bool make_store(const char *dir)
{
	struct store *s = store_open(dir, NULL, NULL);

	store_close(s);
	return s != NULL;
}

static void start_first(struct run *r)
{
	const struct hit hit = { .what = "signal=SIGKILL" };
	char *program = built_path("tests/crash/poll_run");
	const char *argv[] = { program, r->m->url, r->token, r->dir, NULL };

	r->first = points_start(r->m->env, &r->point, &hit, r->dir, argv, -1, -1);
	free(program);
}

/* The second one comes when the first one has the lease, if it lives so long. */
static bool start_second(struct run *r, size_t asked_before)
{
	int64_t deadline = deadline_in(END_MS);

	while (market_requests(r->m, FIRST_AGENT) == asked_before && r->ended < 0 &&
		deadline_left(deadline) > 0)
		r->ended = proc_wait(r->first, deadline_in(5));
	return poller_start(&r->second, r->m->url, r->token, r->dir, "second");
}

static bool has(const struct run *r)
{
	struct order_list list = ORDER_LIST_INIT;
	struct reader *reader = reader_open(r->dir, NULL);
	bool found = reader && reader_order_by_code(reader, r->code, &list, NULL, NULL);

	order_list_clear(&list);
	reader_close(reader);
	return found;
}

static bool finds_what_came(struct run *r)
{
	int64_t began = mono_ms(), deadline = deadline_in(END_MS);
	char *order = xasprintf("{\"code\":\"%s\",\"mode\":\"pickup\",\"state\":\"NEW\"}", r->code);
	bool found;

	market_order(r->m, order);
	free(order);
	while (!(found = has(r)) && deadline_left(deadline) > 0)
		poller_wait(&r->second, 100);
	seeds_waited(mono_ms() - began);
	return found || seeds_wrong("nobody polls after the first one was killed at %s number %u",
		r->point.call, r->point.nth);
}

/* The step of a first one that follows by now never comes: it is killed all the same. */
static void wait_for_its_end(struct run *r)
{
	if (r->ended < 0)
		r->ended = proc_wait(r->first, deadline_in(END_MS));
	if (r->ended >= 0)
		return;
	seeds_count(NOT_HIT, 1);
	points_end(r->first);
}

static bool run(struct market *m, uint64_t seed)
{
	struct run r = { .m = m, .ended = -1 };
	char *name = xasprintf("polled-%d/test", (int)getpid());
	size_t asked = market_requests(m, FIRST_AGENT);
	bool ok;

	r.dir = home_path(m->home, name);
	r.code = xasprintf("%llu", 413000000ULL + (unsigned long long)seed);
	home_write(m->home, "token", 0600, m->token);
	r.token = home_path(m->home, "token");
	choose(seed, &r.point);
	ok = make_store(r.dir) || seeds_wrong("no store in %s", r.dir);
	if (ok) {
		start_first(&r);
		ok = start_second(&r, asked) || seeds_wrong("the second one does not start");
	}
	if (ok) {
		wait_for_its_end(&r);
		ok = finds_what_came(&r);
		poller_stop(&r.second);
	}
	*strchr(name, '/') = '\0';
	home_remove(m->home, name);
	free(name);
	free(r.dir);
	free(r.code);
	free(r.token);
	return ok;
}

int main(void)
{
	const struct experiment x = {
		.run = run, .most = STEPS, .short_ms = SHORT_MS, .side_by_side = 4,
		.counts = { "steps that never came" },
	};
	const char *why = points_impossible();
	struct findings f;

	printf("1..1\n");
	if (why) {
		printf("ok 1 - the poller is killed # SKIP %s\n", why);
		return 0;
	}
	f = seeds_run(&x);
	seeds_summary(&x, &f);
	printf("%sok 1 - the poller is killed at each of its steps\n", f.failed ? "not " : "");
	return f.failed != 0;
}
