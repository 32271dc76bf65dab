/* Passes over the listing groups (the API's states), by schedule and on request.
 *
 * A group's pass asks for the pages of its listings, a few at a time, learns from each how many there
 * are, writes each as it comes, and at the end looks up by code what the pass did not show: those
 * orders went elsewhere, or are older than the history. A refresh ends with the first passes that began
 * after it was asked for: what a pass has read before may be old. A round is the time in which any group
 * runs; progress is counted over it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/mem.h"
#include "desk/pages.h"
#include "desk/refresh.h"
#include "desk/worker.h"

#define REFRESHES_MAX 16
#define SLOW_POLL_MS (15 * CLOCK_MINUTE_MS)
#define BACKOFF_MAX_MS (5 * CLOCK_MINUTE_MS)
#define LOOKUPS_MAX 200		/* of missing orders after one pass; the rest come with the next */
#define AHEAD 4			/* pages of one group that are asked for at a time */

struct group {
	struct sync *sync;
	const char *name;	/* the provider's, static */
	enum queue_pace pace;
	bool wanted;
	bool running;
	bool complete_once;
	int64_t due_ms;		/* monotonic */
	int failures;

	/* of the pass that runs */
	struct pass pass;
	struct pages pages;
	size_t waiting;		/* calls under way */
	size_t begun, ended;	/* passes; begun is the number of the one that runs */
	struct error error;
};

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

/* Which page of which listing an answer belongs to. */
struct page_ref {
	size_t listing;
	size_t page;
};

static size_t plan(struct sync *s, struct listing *out)
{
	struct plan_input in = {
		.now_ms = clock_now_ms(),
		.history_ms = s->w->shop->history_days * CLOCK_DAY_MS,
	};

	return s->w->provider->plan(&in, out);
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
	n = plan(s, all);
	for (size_t i = 0; i < n && s->n_groups < GROUPS_MAX; i++)
		if (!group_named(s, all[i].group))
			s->groups[s->n_groups++] = (struct group){
				.sync = s, .name = all[i].group, .pace = all[i].pace,
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
		pages_clear(&s->groups[i].pages);
	free(s);
}

/* ---- the schedule ---------------------------------------------------------------------------- */

static int64_t interval_ms(const struct group *g)
{
	const struct shop *shop = g->sync->w->shop;

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

		if (answered(s, f))
			refresh_end(s->w, f);
		else
			s->refreshes[s->n_refreshes++] = f;
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

static void end_pass(struct group *g)
{
	struct sync *s = g->sync;

	if (g->error.code) {
		note_failure(g);
	} else {
		g->failures = 0;
		g->complete_once = true;
	}
	g->running = false;
	g->ended = g->begun;
	s->pages_over += pages_known(&g->pages);
	pages_clear(&g->pages);
	schedule(g);
	if (round_over(s))
		end_round(s);
	end_answered(s);
}

static void looked_up(void *owner, void *arg, const struct order *found, const struct error *err)
{
	struct group *g = owner;

	(void)arg;
	/* An order that the server no longer knows stays as it was; a failure is tried by the next pass. */
	if (!found && err->code != ERR_NOT_FOUND && !g->error.code)
		g->error = *err;
	if (--g->waiting == 0)
		end_pass(g);
}

/* Orders older than the history leave the archive's windows by themselves: they stay as they are. */
static bool worth_a_look(const struct group *g, const struct order *o)
{
	return g->pace != PACE_SLOW || o->created_ms >= g->pass.from_ms;
}

static void finish_pass(struct group *g)
{
	struct order_list missing = ORDER_LIST_INIT;
	struct worker *w = g->sync->w;
	size_t looks = 0;

	if (!g->error.code && !w->quit)
		store_pass_end(w->store, &g->pass, clock_now_ms(), &missing, &g->error);
	g->waiting = 1;
	for (size_t i = 0; i < missing.n && looks < LOOKUPS_MAX; i++)
		if (worth_a_look(g, &missing.items[i])) {
			looks++;
			g->waiting++;
			fetch_fresh(w, missing.items[i].code, RANK_POLL, looked_up, g, NULL);
		}
	order_list_clear(&missing);
	if (!g->error.code)
		worker_changed(w, 0, &(struct store_changes){ 0 }, NULL, true);
	if (--g->waiting == 0)
		end_pass(g);
}

/* ---- pages ----------------------------------------------------------------------------------- */

static void page_answered(void *owner, void *arg, const struct answer *a);

static void ask_page(struct group *g, size_t listing, size_t page)
{
	struct sync *s = g->sync;
	struct page_ref *ref = xmalloc(sizeof(*ref));
	struct call call;

	*ref = (struct page_ref){ listing, page };
	s->w->provider->call_listing(&g->pages.listings[listing], page, &call);
	g->waiting++;
	transport_send(s->w->transport, &call, s->n_refreshes ? RANK_PERSON : RANK_POLL, page_answered,
		g, ref);
}

static void ask_more(struct group *g)
{
	size_t listing, page;

	while (g->waiting < AHEAD && pages_next(&g->pages, &listing, &page))
		ask_page(g, listing, page);
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
		f->changes.changed += changes->changed;
	}
}

static void take_page(struct group *g, const struct page_ref *ref, const struct answer *a)
{
	struct worker *w = g->sync->w;
	struct order_list list = ORDER_LIST_INIT;
	struct store_changes changes = { 0 };
	struct page_info info = { 0 };
	struct page_seen seen = {
		.page = ref->page,
		.page_size = w->provider->page_size,
		.info = &info,
		.orders = &list,
	};

	if (w->provider->read_listing(a->body, a->len, &list, &info, &g->error) &&
	    store_put_listed(w->store, &g->pass, &list, clock_now_ms(), &changes, &g->error)) {
		count_page(g, list.n, &changes);
		if (g->pace == PACE_SLOW)
			changes = (struct store_changes){ .changed = changes.added + changes.changed };
		worker_changed(w, 0, &changes, NULL, false);
		pages_learn(&g->pages, ref->listing, &seen, &g->error);
	}
	order_list_clear(&list);
}

static void page_answered(void *owner, void *arg, const struct answer *a)
{
	struct group *g = owner;
	struct page_ref *ref = arg;

	if (!g->error.code) {
		if (a->ok)
			take_page(g, ref, a);
		else
			g->error = a->error;
		if (g->error.code && a->error.code != ERR_CANCELLED) {
			/* The other pages are of no use now; this one still counts as waiting. */
			transport_cancel_owner(g->sync->w->transport, g);
		}
	}
	free(ref);
	g->sync->pages_done++;
	progress(g);
	g->waiting--;
	if (!g->error.code)
		ask_more(g);
	if (!g->waiting)
		finish_pass(g);
}

/* ---- starting -------------------------------------------------------------------------------- */

static void own_listings(struct group *g)
{
	struct listing *all = xcalloc(LISTINGS_MAX, sizeof(*all));
	size_t n = plan(g->sync, all), k = 0;

	for (size_t i = 0; i < n; i++)
		if (!strcmp(all[i].group, g->name))
			all[k++] = all[i];
	pages_begin(&g->pages, all, k);
}

static int64_t oldest(const struct group *g)
{
	int64_t ms = INT64_MAX;

	for (size_t i = 0; i < g->pages.n; i++)
		if (g->pages.listings[i].from_ms < ms)
			ms = g->pages.listings[i].from_ms;
	return ms;
}

static void start_pass(struct group *g)
{
	struct sync *s = g->sync;

	g->wanted = false;
	g->running = true;
	g->begun++;
	g->error.code = ERR_NONE;
	own_listings(g);
	if (!store_pass_begin(s->w->store, g->name, oldest(g), clock_now_ms(), &g->pass, &g->error)) {
		end_pass(g);
		return;
	}
	ask_more(g);
	if (!g->waiting)
		finish_pass(g);
}

int64_t sync_tick(struct sync *s)
{
	int64_t now = clock_mono_ms(), next = -1;

	for (size_t i = 0; i < s->n_groups; i++) {
		struct group *g = &s->groups[i];

		if (s->polling && !g->running && g->due_ms <= now)
			g->wanted = true;
		if (g->wanted && !g->running)
			start_pass(g);
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

void sync_poll(struct sync *s, bool on)
{
	int64_t now = clock_mono_ms();

	if (on && !s->polling)
		for (size_t i = 0; i < s->n_groups; i++)
			s->groups[i].due_ms = now;
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
