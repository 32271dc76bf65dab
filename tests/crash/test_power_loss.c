/* The power goes at any write or sync of the store: what was confirmed is not lost, nothing is done twice,
 * and the desk that starts afterwards brings all to an end. With a disk that lies about its syncs the same
 * test has to fail. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/mem.h"
#include "tests/crash/powerloss_vfs.h"
#include "tests/crash/seeds.h"
#include "tests/crash/shift.h"
#include "tests/lib/check.h"
#include "tests/lib/patience.h"
#include "tests/lib/proc.h"
#include "tests/worker/bench.h"

#define SEEDS 1000
#define SHORT_MS 10000
#define LIES_MS 25000	/* at most: the first lie that is found out ends it */
#define OPENING 64		/* writes, truncates and syncs that make a store */
#define OPERATIONS 360		/* and those of the work; the power goes within, or after it */
#define WORK_MS 20000
#define REFUSED 6		/* so many failed writes show that the desk goes on trying */

enum { IN_OPENING, IN_SHIFT, AFTER, ROWS, ASKED, REBUILT };

/* ---- until the power goes -------------------------------------------------------------------- */

static long patience;	/* failed writes that are waited for */

static bool power_went(void)
{
	return powerloss_gone() && powerloss_refused() > patience;
}

static struct desk *start(struct bench *b, struct store_report *report, struct error *err)
{
	struct desk_options o = {
		.shop = b->shop, .clerk = "Айгуль", .state_dir = b->dir,
		.probe_ms = b->probe_ms, .retry_ms = b->retry_ms,
	};

	return desk_start(&o, report, err);
}

/* One desk from its start to its end; true when the power held so long. */
static bool one_desk(struct shift *s, struct bench *b)
{
	struct error err = ERROR_INIT;
	struct desk *d = start(b, NULL, &err);

	if (!d) {
		seeds_count(IN_OPENING, 1);
		return powerloss_gone() || seeds_wrong("the desk does not start: %s", err.text);
	}
	shift_look_up(s, d);
	shift_work(s, d, b->market, WORK_MS, power_went);
	shift_stop(s, d);
	return true;
}

static long moment(struct rng *rng)
{
	return rng_chance(rng, 0.08) ? rng_range(rng, 1, OPENING) : rng_range(rng, OPENING, OPERATIONS);
}

/* A shift, and in its second half another one on the same store; whatever comes of it, the power is gone
 * at the end. */
static bool until_power_goes(struct shift *s, struct bench *b, bool lying)
{
	char *images = home_path(b->market->home, "images");
	bool ok;

	s->rng = rng_for(s->seed, 1);
	patience = rng_chance(&s->rng, 0.5) ? REFUSED : 0;
	powerloss_arm(&(struct powerloss){ .dir = b->dir, .seed = s->seed, .lying = lying,
		.at = moment(&s->rng) });
	ok = one_desk(s, b);
	if (ok && !powerloss_gone()) {
		shift_orders(s, b->market, 1);
		ok = one_desk(s, b);
	}
	if (!ok)
		return false;
	seeds_count(powerloss_gone() ? IN_SHIFT : AFTER, 1);
	powerloss_cut();
	powerloss_images(images);
	free(images);
	return true;
}

/* ---- afterwards ------------------------------------------------------------------------------ */

static bool sound(const char *dir, const char *name)
{
	char *path = xasprintf("%s/%s", dir, name), words[120] = "";
	sqlite3_stmt *st = NULL;
	sqlite3 *db = NULL;

	if (sqlite3_open(path, &db) == SQLITE_OK &&
		sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &st, NULL) == SQLITE_OK &&
		sqlite3_step(st) == SQLITE_ROW)
		snprintf(words, sizeof(words), "%s", (const char *)sqlite3_column_text(st, 0));
	else
		snprintf(words, sizeof(words), "%s", sqlite3_errmsg(db));
	sqlite3_finalize(st);
	sqlite3_close(db);
	free(path);
	return !strcmp(words, "ok") || seeds_wrong("%s: integrity_check: %s", name, words);
}

static void count_rows(const struct shift *s)
{
	for (size_t i = 0; i < s->n; i++) {
		seeds_count(ROWS, s->deeds[i].action_id != 0);
		seeds_count(ASKED, s->deeds[i].said == ACTION_ASK);
	}
}

static bool start_again(struct shift *s, struct bench *b)
{
	struct error err = ERROR_INIT;
	struct store_report report = { .cache_rebuilt = false };
	bool ok;
	struct desk *d = start(b, &report, &err);

	if (!d)
		return seeds_wrong("the desk does not start again: %s", err.text);
	seeds_count(REBUILT, report.cache_rebuilt);
	ok = shift_settle(s, d, b->market, b->dir, WORK_MS);
	shift_stop(s, d);
	count_rows(s);
	return shift_check(s, b->market, b->dir) && sound(b->dir, "journal.db") &&
		sound(b->dir, "cache.db") && ok;
}

/* ---- a seed ---------------------------------------------------------------------------------- */

/* The market is not this seed's. */
static void forget(struct bench *b)
{
	b->market = NULL;
	bench_close(b);
}

/* The desk whose power goes is a process of its own, for a journal tells the living from the dead. */
static bool in_a_process(struct shift *s, struct bench *b, bool lying)
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		powerloss_install();
		status = until_power_goes(s, b, lying) ? 0 : 1;
		forget(b);
		exit(status);
	}
	status = proc_wait(pid, deadline_in(2 * WORK_MS));
	if (status < 0)
		kill(pid, SIGKILL);
	return !status || (status == 1 ? false : seeds_wrong("the desk without power ended with %d", status));
}

static void replace_by_images(struct bench *b)
{
	char *images = home_path(b->market->home, "images");

	home_remove(b->market->home, "state");
	if (rename(images, b->dir) != 0)
		check_fail("cannot rename %s", images);
	free(images);
}

static bool power_loss(struct market *m, uint64_t seed, bool lying)
{
	struct shift *s = shift_new(seed);
	struct bench *b = bench_prepare(m);
	char *images = home_path(m->home, "images");
	bool ok;

	b->probe_ms = 20;
	b->retry_ms = 50;
	home_remove(m->home, "state");
	home_remove(m->home, "images");
	mkdir(images, 0700);
	mkdir(b->dir, 0700);
	free(images);
	shift_orders(s, m, 2);
	ok = in_a_process(s, b, lying);
	if (ok) {
		replace_by_images(b);
		s->crashed = true;
		ok = start_again(s, b);
	}
	forget(b);
	return ok;
}

static bool honest_disk(struct market *m, uint64_t seed)
{
	return power_loss(m, seed, false);
}

static bool lying_disk(struct market *m, uint64_t seed)
{
	return power_loss(m, seed, true);
}

#define COUNTS { "without power while the store was opened", "during the shift", "after it", \
	"actions shown as queued", "asked about", "caches rebuilt" }

int main(void)
{
	static const struct experiment honest = {
		.run = honest_disk, .most = SEEDS, .short_ms = SHORT_MS, .side_by_side = 6, .counts = COUNTS,
	};
	static const struct experiment lying = {
		.run = lying_disk, .most = 200, .short_ms = LIES_MS, .side_by_side = 2,
		.until_failed = true, .counts = COUNTS,
	};
	struct findings f = seeds_run(&honest);
	bool ok = f.tried && !f.failed, one = getenv("DUKEN_TEST_SEED") != NULL, found;

	printf("1..%d\n", one ? 1 : 2);
	seeds_summary(&honest, &f);
	printf("%sok 1 - power loss: nothing is lost and nothing done twice\n", ok ? "" : "not ");
	if (one)
		return ok ? 0 : 1;	/* not every seed finds a lie out */
	f = seeds_run(&lying);
	found = f.failed && !f.broken;
	seeds_summary(&lying, &f);
	printf("%sok 2 - power loss: a disk that lies about its syncs is found out\n", found ? "" : "not ");
	return ok && found ? 0 : 1;
}
