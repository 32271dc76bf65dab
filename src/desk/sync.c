/* Passes over the listing groups (the API's states), by schedule and on request.
 *
 * The schedule belongs to the one process on the store that leads (follow.c); a refresh is anybody's. A
 * refresh ends with the first passes that began after it was asked for: what a pass has read before may be
 * old. A round is the time in which any group runs; progress is counted over it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/mem.h"
#include "desk/group.h"
#include "desk/refresh.h"

#define REFRESHES_MAX 16
#define SLOW_POLL_MS (15 * CLOCK_MINUTE_MS)
#define BACKOFF_MAX_MS (5 * CLOCK_MINUTE_MS)

struct sync {
	struct worker *w;
	struct group groups[GROUPS_MAX];
	size_t n_groups;
	bool polling;

	struct refresh *refreshes[REFRESHES_MAX];
	size_t n_refreshes;
	size_t pages_done;	/* of the round */
	size_t pages_over;	/* of its passes that ended */
};

size_t sync_plan(const struct worker *w, int64_t ahead_ms, struct listing *out)
{
	/* Orders are dated by the server's clock. */
	struct plan_input in = {
		.now_ms = clock_now_ms() + ahead_ms,
		.history_ms = w->shop->history_days * CLOCK_DAY_MS + ahead_ms,
	};

	return w->provider->plan(&in, out);
}

static struct group *group_named(struct sync *s, const char *name)
{
	for (size_t i = 0; i < s->n_groups; i++)
		if (!strcmp(s->groups[i].name, name))
			return &s->groups[i];
	return NULL;
}

struct sync *sync_new(struct worker *w)
{
	struct sync *s = xcalloc(1, sizeof(*s));
	struct listing *all = xcalloc(LISTINGS_MAX, sizeof(*all));
	size_t n;

	s->w = w;
	n = sync_plan(w, 0, all);
	for (size_t i = 0; i < n && s->n_groups < GROUPS_MAX; i++)
		if (!group_named(s, all[i].group))
			s->groups[s->n_groups++] = (struct group){
				.sync = s, .w = w, .name = all[i].group, .pace = all[i].pace,
			};
	free(all);
	return s;
}

void sync_free(struct sync *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->n_refreshes; i++)
		refresh_free(s->refreshes[i]);
	for (size_t i = 0; i < s->n_groups; i++)
		group_clear(&s->groups[i]);
	free(s);
}

/* ---- the schedule ---------------------------------------------------------------------------- */

static int64_t interval_ms(const struct group *g)
{
	const struct shop *shop = g->w->shop;

	switch (g->pace) {
	case PACE_NEW:
		return shop->poll_new_s * 1000LL;
	case PACE_OTHER:
		return shop->poll_other_s * 1000LL;
	case PACE_SLOW:
		break;
	}
	return SLOW_POLL_MS;
}

static void schedule(struct group *g)
{
	int64_t wait = interval_ms(g);

	if (g->failures) {
		int64_t back_off = interval_ms(g) << (g->failures < 5 ? g->failures - 1 : 4);

		wait = back_off < BACKOFF_MAX_MS ? back_off : BACKOFF_MAX_MS;
		if (g->pace == PACE_SLOW)
			wait = CLOCK_MINUTE_MS;
	}
	g->due_ms = clock_mono_ms() + wait;
}

/* ---- refreshes ------------------------------------------------------------------------------- */

/* Whether the pass that runs is one that the refresh waits for. */
static bool answers(const struct group *g, const struct refresh *f)
{
	return f->need[g - g->sync->groups] == g->begun;
}

static bool answered(const struct sync *s, const struct refresh *f)
{
	for (size_t i = 0; i < s->n_groups; i++)
		if (f->need[i] > s->groups[i].ended)
			return false;
	return true;
}

static void end_answered(struct sync *s)
{
	size_t n = s->n_refreshes;

	s->n_refreshes = 0;
	for (size_t i = 0; i < n; i++) {
		struct refresh *f = s->refreshes[i];

		if (answered(s, f)) {
			follow_refreshed(s->w->follow);
			refresh_end(s->w, f);
		} else {
			s->refreshes[s->n_refreshes++] = f;
		}
	}
}

/* ---- the end of a pass ----------------------------------------------------------------------- */

static bool round_over(const struct sync *s)
{
	for (size_t i = 0; i < s->n_groups; i++)
		if (s->groups[i].running || s->groups[i].wanted)
			return false;
	return true;
}

static void end_round(struct sync *s)
{
	struct event *e = event_new(EVENT_PROGRESS, 0);

	e->done = e->total = s->pages_done;
	worker_post(s->w, e);
	s->pages_done = s->pages_over = 0;
}

static void note_failure(struct group *g)
{
	struct sync *s = g->sync;

	g->failures++;
	for (size_t i = 0; i < s->n_refreshes; i++)
		if (answers(g, s->refreshes[i]) && !s->refreshes[i]->error.code)
			s->refreshes[i]->error = g->error;
	log_write(LOG_WARNING, "sync", "%s failed: %s", g->name, error_code_name(g->error.code));
}

/* What waited for this pass waits for the one that is made at once. */
static void wait_for_next(struct group *g)
{
	struct sync *s = g->sync;

	g->wanted = true;
	for (size_t i = 0; i < s->n_refreshes; i++)
		if (answers(g, s->refreshes[i]))
			s->refreshes[i]->need[g - s->groups]++;
}

void sync_pass_over(struct group *g, bool again)
{
	struct sync *s = g->sync;

	if (g->error.code)
		note_failure(g);
	else
		g->failures = 0;
	if (again)
		wait_for_next(g);
	s->pages_over += pages_known(&g->pages);
	group_clear(g);
	schedule(g);
	if (round_over(s))
		end_round(s);
	end_answered(s);
}

/* ---- pages ----------------------------------------------------------------------------------- */

bool sync_hurries(const struct sync *s)
{
	return s->n_refreshes > 0;
}

static void progress(struct group *g)
{
	struct sync *s = g->sync;
	struct event *e = event_new(EVENT_PROGRESS,
		s->n_refreshes ? s->refreshes[0]->request->id : 0);

	e->done = s->pages_done;
	e->total = s->pages_over;
	for (size_t i = 0; i < s->n_groups; i++)
		e->total += pages_known(&s->groups[i].pages);
	snprintf(e->what, sizeof(e->what), "%s", g->name);
	worker_post(s->w, e);
}

static void count_page(struct group *g, size_t orders, const struct store_changes *changes)
{
	struct sync *s = g->sync;

	for (size_t i = 0; i < s->n_refreshes; i++) {
		struct refresh *f = s->refreshes[i];

		if (!answers(g, f))
			continue;
		f->orders += orders;
		f->changes.added += changes->added;
		f->changes.express += changes->express;
		f->changes.changed += changes->changed;
	}
}

void sync_page_read(struct group *g, size_t orders, const struct store_changes *read)
{
	struct store_changes changes = *read;

	count_page(g, orders, &changes);
	if (g->pace == PACE_SLOW)
		changes = (struct store_changes){ .changed = changes.added + changes.changed };
	follow_added(g->w->follow, &changes);
	worker_changed(g->w, 0, &changes, NULL, false);
}

void sync_page_over(struct group *g)
{
	g->sync->pages_done++;
	progress(g);
}

/* ---- starting -------------------------------------------------------------------------------- */

int64_t sync_tick(struct sync *s)
{
	int64_t now = clock_mono_ms(), next = -1;

	for (size_t i = 0; i < s->n_groups; i++) {
		struct group *g = &s->groups[i];

		if (s->polling && !g->running && g->due_ms <= now)
			g->wanted = true;
		if (g->wanted && !g->running)
			group_start(g);
		if (s->polling && !g->running && (next < 0 || g->due_ms - now < next))
			next = g->due_ms > now ? g->due_ms - now : 0;
	}
	return next;
}

/* ---- requests -------------------------------------------------------------------------------- */

/* A pass that runs has read some of its pages already: the next one counts. */
static void want(struct group *g, struct refresh *f)
{
	f->need[g - g->sync->groups] = g->begun + 1;
	g->wanted = true;
}

void sync_refresh(struct sync *s, struct request *r)
{
	struct error busy = ERROR_INIT;
	struct refresh *f;

	if (s->n_refreshes == REFRESHES_MAX) {
		error_set(&busy, ERR_CANCELLED, _("a refresh is under way already"));
		worker_fail(s->w, r->id, &busy);
		request_free(r);
		return;
	}
	f = refresh_new(s->w, r);
	s->refreshes[s->n_refreshes++] = f;
	for (size_t i = 0; i < s->n_groups; i++) {
		struct group *g = &s->groups[i];

		if (g->pace != PACE_SLOW || r->full || !g->complete_once)
			want(g, f);
	}
}

/* Where the last process left off: what it read in the background is not read again at once. */
static int64_t first_due_ms(const struct group *g, int64_t now)
{
	int64_t age;

	if (g->pace != PACE_SLOW)
		return now;
	age = clock_now_ms() - store_group_fresh_ms(g->w->store, g->name);
	return age >= 0 && age < SLOW_POLL_MS ? now + SLOW_POLL_MS - age : now;
}

void sync_lead(struct sync *s, bool on)
{
	int64_t now = clock_mono_ms();

	if (on && !s->polling)
		for (size_t i = 0; i < s->n_groups; i++)
			s->groups[i].due_ms = first_due_ms(&s->groups[i], now);
	s->polling = on;
}

static void cancel(struct sync *s, size_t i)
{
	refresh_cancel(s->w, s->refreshes[i]);
	s->refreshes[i] = s->refreshes[--s->n_refreshes];
}

bool sync_cancel(struct sync *s, uint64_t target)
{
	for (size_t i = 0; i < s->n_refreshes; i++)
		if (s->refreshes[i]->request->id == target) {
			cancel(s, i);
			return true;
		}
	return false;
}

void sync_quit(struct sync *s)
{
	while (s->n_refreshes)
		cancel(s, s->n_refreshes - 1);
}
