/* A bad wire: cut, reset, stalled, broken and busy, before and after the effect, at any call of an action,
 * with the desk stopped in the middle or the market gone. Nothing is done twice, nothing stays open once
 * the link is back, and what is said is what the journal says. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "base/mem.h"
#include "tests/crash/seeds.h"
#include "tests/crash/shift.h"
#include "tests/lib/check.h"
#include "tests/lib/patience.h"
#include "tests/worker/bench.h"

#define SCHEDULES 500
#define SHORT_MS 12000
#define SETTLE_MS 20000
#define RULES_MAX 4
#define ORDERS 100	/* of a market that goes away: it comes back with them */

enum { ACTS, FAULTS, STOPS, DOWNS, ASKED };

/* ---- what goes wrong ------------------------------------------------------------------------- */

/* All that leaves the effect as the rule's when= says. %u: so many milliseconds, bytes. */
static const struct trouble {
	const char *what;
	unsigned low, high;
	bool before_only;	/* after the effect it would be a lie, not a fault */
} troubles[] = {
	{ "drop", 0, 0, false },
	{ "reset", 0, 0, false },
	{ "truncate:%u", 0, 200, false },
	{ "malformed", 0, 0, false },
	{ "html", 0, 0, false },
	{ "garbage-header", 0, 0, false },
	{ "silence:%u", 20, 400, false },
	{ "status:500", 0, 0, false },
	{ "status:502", 0, 0, false },
	{ "status:503", 0, 0, false },
	{ "status:504", 0, 0, false },
	{ "status:408", 0, 0, false },
	{ "retry-after:%u", 0, 1, false },
	{ "redirect:http://127.0.0.1:1/", 0, 0, false },
	{ "status:401", 0, 0, true },
	{ "delay:%u", 5, 300, true },
};

#define TROUBLES (sizeof(troubles) / sizeof(troubles[0]))

/* A call that is on the way for longer than a desk waits between two looks is the one thing that cannot be
 * told from one that never arrives, so nothing is delayed where the desk is stopped meanwhile. */
static const struct trouble *some_trouble(struct rng *rng, bool delays)
{
	return &troubles[rng_below(rng, TROUBLES - (delays ? 0 : 1))];
}

static void add_rule(struct shift *s, struct market *m, bool delays)
{
	const struct trouble *t = some_trouble(&s->rng, delays);
	bool post = rng_chance(&s->rng, 0.6);
	bool after = post && !t->before_only && rng_chance(&s->rng, 0.5);
	unsigned n = (unsigned)rng_range(&s->rng, t->low, t->high);
	unsigned times = 1 + rng_below(&s->rng, 3), skip = rng_below(&s->rng, 3);
	char what[80], *rule;

	snprintf(what, sizeof(what), "%s", t->what);
	if (t->high)
		snprintf(what + strlen(what) - 2, sizeof(what) - strlen(what), "%u", n);
	rule = xasprintf("match=\"%s /v2/orders\" when=%s times=%u skip=%u do=%s", post ? "POST" : "GET",
		after ? "after" : "before", times, skip, what);
	if (getenv("DUKEN_TEST_SEED"))
		check_note("# %s", rule);
	market_fault(m, rule);
	free(rule);
}

/* What was seen just now is not read again before an action is sent; what is older is. */
static void let_age(const char *dir)
{
	char *path = xasprintf("%s/cache.db", dir);
	sqlite3 *db = NULL;

	if (sqlite3_open(path, &db) != SQLITE_OK || sqlite3_busy_timeout(db, 5000) != SQLITE_OK ||
		sqlite3_exec(db, "UPDATE seen SET fetched_ms = fetched_ms - 60000", NULL, NULL, NULL) !=
			SQLITE_OK)
		check_fail("%s: %s", path, sqlite3_errmsg(db));
	sqlite3_close(db);
	free(path);
}

/* ---- schedules ------------------------------------------------------------------------------- */

static int64_t a_while(struct shift *s)
{
	return rng_range(&s->rng, 5, 600);
}

static void add_rules(struct shift *s, struct market *m, bool delays)
{
	unsigned n = 1 + rng_below(&s->rng, RULES_MAX);

	while (n--)
		add_rule(s, m, delays);
}

static void faults(struct shift *s, struct bench *b)
{
	add_rules(s, b->market, true);
	shift_work(s, b->desk, b->market, 3 * a_while(s), NULL);
}

static void stop(struct shift *s, struct bench *b)
{
	shift_stop(s, b->desk);
	b->desk = NULL;
	bench_stop(b);
}

/* What goes wrong still meets the one that takes over. */
static void another_desk(struct shift *s, struct bench *b)
{
	stop(s, b);
	bench_start(b, false);
	shift_poll(b->desk);
	shift_work(s, b->desk, b->market, a_while(s), NULL);
	seeds_count(STOPS, 1);
}

static void desk_stopped(struct shift *s, struct bench *b)
{
	add_rules(s, b->market, false);
	shift_work(s, b->desk, b->market, a_while(s), NULL);
	another_desk(s, b);
}

static void market_gone(struct shift *s, struct bench *b)
{
	static const char *const until_then[] = { NULL, "drop when=before", "silence:2000 when=after" };
	const char *what = until_then[rng_below(&s->rng, 3)];
	char *rule = what ? xasprintf("match=\"POST /v2/orders\" do=%s", what) : NULL;

	seeds_count(DOWNS, 1);
	if (rule) {
		market_fault(b->market, rule);
		shift_work(s, b->desk, b->market, a_while(s), NULL);
	}
	market_down(b->market);
	shift_work(s, b->desk, b->market, a_while(s), NULL);
	if (rng_chance(&s->rng, 0.3))
		another_desk(s, b);
	market_up(b->market);
	free(rule);
}

static const struct schedule {
	void (*run)(struct shift *s, struct bench *b);
	unsigned weight;
} schedules[] = { { faults, 70 }, { desk_stopped, 15 }, { market_gone, 15 } };

static size_t some_schedule(struct rng *rng)
{
	const unsigned weights[] = { schedules[0].weight, schedules[1].weight, schedules[2].weight };

	return rng_weighted(rng, weights, 3);
}

/* ---- a seed ---------------------------------------------------------------------------------- */

/* What a market has from its start: what is made later is gone when it comes back. */
static void deeds_of_its_own(struct shift *s, struct bench *b)
{
	static const char *const kinds[][2] = {
		{ "new", "accept" }, { "new", "cancel" }, { "pack", "assemble" }, { "pickup", "send_code" },
	};
	struct row_list rows = ROW_LIST_INIT;
	struct error err = ERROR_INIT;

	if (bench_refresh(b)->kind != EVENT_DONE)
		check_fail("no refresh");
	for (size_t i = 0; i < 4; i++) {
		struct view v = { .queue = kinds[i][0] };

		if (!reader_rows(b->reader, &v, NULL, READ_FORWARD, 2, &rows, &err))
			check_fail("rows: %s", err.text);
		if (rows.orders.n == 2 && rng_chance(&s->rng, 0.6))
			shift_deed_on(s, kinds[i][1], &rows.orders.items[i % 2]);
		row_list_reset(&rows);
	}
	row_list_clear(&rows);
}

static void count(const struct shift *s)
{
	for (size_t i = 0; i < s->n; i++) {
		seeds_count(ACTS, s->deeds[i].posted);
		seeds_count(ASKED, s->deeds[i].said == ACTION_ASK);
	}
}

static void count_faults(struct market *m)
{
	char *list = market_control(m, "GET", "/sim/fault", NULL);

	for (const char *at = list; (at = strstr(at, "\"hits\":")); at++)
		seeds_count(FAULTS, (unsigned)strtoul(at + strlen("\"hits\":"), NULL, 10));
	free(list);
}

static bool settle(struct shift *s, struct bench *b)
{
	bool ok;

	count_faults(b->market);
	market_no_faults(b->market);
	ok = shift_settle(s, b->desk, b->market, b->dir, SETTLE_MS);
	ok = shift_check(s, b->market, b->dir) && ok;
	count(s);
	return ok;
}

static bool bad_wire(struct market *shared, uint64_t seed)
{
	struct shift *s = shift_new(seed);
	const struct schedule *x = &schedules[some_schedule(&s->rng)];
	bool gone = x->run == market_gone;
	struct market *own = gone ? market_start(&(struct market_options){ .orders = ORDERS,
		.seed = 1 + (int)(seed % 50) }) : NULL;
	struct bench *b = bench_prepare(own ? own : shared);
	bool ok;

	b->probe_ms = 20;
	b->retry_ms = 50;
	home_remove(b->market->home, "state");
	bench_start(b, false);
	if (gone) {
		deeds_of_its_own(s, b);
	} else {
		shift_orders(s, b->market, 1 + rng_below(&s->rng, 3));
		shift_look_up(s, b->desk);
	}
	if (rng_chance(&s->rng, 0.5))
		let_age(b->dir);
	x->run(s, b);
	ok = settle(s, b);
	stop(s, b);
	b->market = own;
	bench_close(b);
	return ok;
}

int main(void)
{
	static const struct experiment wire = {
		.run = bad_wire, .most = SCHEDULES, .short_ms = SHORT_MS, .side_by_side = 8,
		.counts = { "acts", "faults met", "desks stopped", "markets gone", "asked about" },
	};
	struct findings f = seeds_run(&wire);
	bool ok = f.tried && !f.failed;

	printf("1..1\n");
	seeds_summary(&wire, &f);
	printf("%sok 1 - wire: nothing is done twice, and all is settled\n", ok ? "" : "not ");
	return ok ? 0 : 1;
}
