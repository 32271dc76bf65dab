/* The other processes on the store: which of them asks the server by schedule, what they wrote, and what
 * they know of the link. */
#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "desk/worker.h"
#include "store/lease.h"

#define LOOK_MS 1000			/* between looks for what others wrote */
#define PURGE_MS (6 * CLOCK_HOUR_MS)
#define TIDY_MS CLOCK_MINUTE_MS
#define FIRST_MS 2000			/* for these two: at the start there is better to do */

struct follow {
	struct worker *w;
	bool on;
	struct lease lease;
	int64_t beat_ms;		/* monotonic: the next beat, or look whether it is free */
	int64_t look_ms;
	int64_t purge_ms;
	int64_t tidy_ms;
	struct store_news seen;
	struct store_changes own;	/* orders that this process added since */
	struct lease_news said;		/* what is known of the link here */
	struct lease_news heard;	/* what the poller last said */
};

struct follow *follow_new(struct worker *w)
{
	struct follow *f = xcalloc(1, sizeof(*f));

	f->w = w;
	return f;
}

void follow_free(struct follow *f)
{
	free(f);
}

/* ---- the lease ------------------------------------------------------------------------------- */

static int64_t interval_ms(const struct follow *f)
{
	return f->w->shop->poll_new_s * 1000LL;
}

/* Beats twice an interval; the others look as often and wait one and a half: whoever stops is followed
 * within two. */
static void beat(struct follow *f, int64_t now)
{
	struct error err = ERROR_INIT;
	bool led = f->lease.mine;

	f->beat_ms = now + interval_ms(f) / 2;
	if (!lease_beat(f->w->store, &f->lease, now, interval_ms(f) * 3 / 2, &err))
		log_write(LOG_WARNING, "follow", "no lease: %s", error_code_name(err.code));
	if (led == f->lease.mine)
		return;
	log_write(LOG_INFO, "follow", "%s", f->lease.mine ? "polls" : "follows");
	if (f->lease.mine)
		lease_say(f->w->store, &f->lease, &f->said, NULL);
	sync_lead(f->w->sync, f->lease.mine);
}

/* Buyers' data whose time has come leave the store, a step at a time, and the screens that show them. A desk
 * that only looks may forget what it has read, not what people did. True: there is more to do. */
static bool purge(struct follow *f)
{
	int64_t now_ms = clock_now_ms(), keep_ms = f->w->shop->retention_days * CLOCK_DAY_MS;
	const struct store_changes none = { 0 };
	struct error err = ERROR_INIT;
	bool more = false;

	if (store_purge(f->w->store, now_ms, &more, &err) && (more || f->w->read_only ||
		journal_purge(f->w->store, now_ms - keep_ms, &err))) {
		worker_changed(f->w, 0, &none, NULL, more);
		return more;
	}
	log_write(LOG_WARNING, "follow", "cannot purge: %s", err.text);
	return false;
}

static void purge_if_due(struct follow *f, int64_t now)
{
	if (f->purge_ms > now || runner_busy(f->w->runner))
		return;
	f->purge_ms = purge(f) ? now : now + PURGE_MS;
}

/* Not while an action is under way, but not never either. */
static void tidy_if_due(struct follow *f, int64_t now)
{
	if (f->tidy_ms > now || (runner_busy(f->w->runner) && f->tidy_ms + 10 * TIDY_MS > now))
		return;
	f->tidy_ms = now + TIDY_MS;
	store_tidy(f->w->store);
}

/* ---- what others wrote ------------------------------------------------------------------------- */

static void post_link(struct follow *f, const struct lease_news *n)
{
	struct event *e = event_new(EVENT_LINK, 0);

	e->link = (enum link_state)n->link;
	e->error = n->error;
	e->until_ms = n->until_ms;
	worker_post(f->w, e);
}

/* A follower makes few calls of its own; the poller's word counts when it is new. */
static void hear(struct follow *f)
{
	struct lease_news n;

	if (f->lease.mine || !lease_news(f->w->store, &n, NULL))
		return;
	if (n.link == f->heard.link && n.until_ms == f->heard.until_ms && n.error.code == f->heard.error.code)
		return;
	f->heard = f->said = n;
	post_link(f, &n);
}

static size_t less(size_t all, size_t own)
{
	return all > own ? all - own : 0;
}

/* Orders that others added are told as new; of its own ones each process has spoken already. */
static void look(struct follow *f, int64_t now)
{
	struct store_changes changes;
	bool changed;

	f->look_ms = now + LOOK_MS;
	if (!store_follow(f->w->store, &f->seen, &changed, &changes, NULL) || !changed)
		return;
	changes.added = less(changes.added, f->own.added);
	changes.express = less(changes.express, f->own.express);
	f->own = (struct store_changes){ 0 };
	worker_changed(f->w, 0, &changes, NULL, true);
	hear(f);
}

/* ---- the worker's calls ------------------------------------------------------------------------ */

void follow_poll(struct follow *f, bool on)
{
	int64_t now = clock_mono_ms();

	if (f->on == on)
		return;
	f->on = on;
	if (on) {
		bool changed;
		struct store_changes came;

		store_follow(f->w->store, &f->seen, &changed, &came, NULL);
		f->look_ms = now + LOOK_MS;
		f->purge_ms = f->tidy_ms = now + FIRST_MS;
		beat(f, now);
		hear(f);
	} else {
		follow_quit(f);
	}
}

void follow_added(struct follow *f, const struct store_changes *changes)
{
	f->own.added += changes->added;
	f->own.express += changes->express;
}

/* A command does what no desk may be there to do. */
void follow_refreshed(struct follow *f)
{
	while (!f->on && !f->w->quit && purge(f))
		continue;
}

void follow_quit(struct follow *f)
{
	if (!f->lease.mine)
		return;
	lease_drop(f->w->store, &f->lease, NULL);
	sync_lead(f->w->sync, false);
}

void follow_link(struct follow *f, enum link_state state, const struct error *why, int64_t until_ms)
{
	f->said = (struct lease_news){ .link = (int)state, .until_ms = until_ms };
	if (why)
		f->said.error = *why;
	post_link(f, &f->said);
	if (f->on)
		lease_say(f->w->store, &f->lease, &f->said, NULL);
}

int64_t follow_tick(struct follow *f)
{
	int64_t now = clock_mono_ms(), next;

	if (!f->on)
		return -1;
	if (f->beat_ms <= now)
		beat(f, now);
	if (f->look_ms <= now)
		look(f, now);
	purge_if_due(f, now);
	tidy_if_due(f, now);
	next = f->beat_ms < f->look_ms ? f->beat_ms : f->look_ms;
	if (f->purge_ms < next && !runner_busy(f->w->runner))
		next = f->purge_ms;
	return next > now ? next - now : 0;
}
