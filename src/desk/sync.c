/* Passes over the listing groups (the API's states), by schedule and on request.
 *
 * A group's pass asks for the first page of each of its listings, learns how many there are, asks for
 * the rest, writes each page as it comes, and at the end looks up by code what the pass did not show:
 * those orders went elsewhere, or are older than the history. A round is the time in which any group
 * runs; refreshes that were asked for end with it. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/mem.h"
#include "desk/worker.h"

#define GROUPS_MAX 16
#define REFRESHES_MAX 16
#define SLOW_POLL_MS (15 * CLOCK_MINUTE_MS)
#define BACKOFF_MAX_MS (5 * CLOCK_MINUTE_MS)
#define LOOKUPS_MAX 200		/* of missing orders after one pass; the rest come with the next */
#define PAGES_MAX 10000		/* of one listing, whatever the server says */

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
	struct listing *listings;
	size_t n_listings;
	size_t waiting;		/* calls under way */
	struct error error;
};

struct sync {
	struct worker *w;
	struct group groups[GROUPS_MAX];
	size_t n_groups;
	bool polling;

	/* of the round */
	struct request *refreshes[REFRESHES_MAX];
	size_t n_refreshes;
	bool full;
	int64_t began_ms;
	uint64_t requests_before;
	size_t pages_done, pages_total, orders;
	struct store_changes changes;
	struct error error;
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
		request_free(s->refreshes[i]);
	for (size_t i = 0; i < s->n_groups; i++)
		free(s->groups[i].listings);
	free(s);
}

/* ---- the end of a pass ----------------------------------------------------------------------- */

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

static bool round_over(const struct sync *s)
{
	for (size_t i = 0; i < s->n_groups; i++)
		if (s->groups[i].running || s->groups[i].wanted)
			return false;
	return true;
}

static void end_refresh(struct sync *s, struct request *r)
{
	struct event *e;

	if (s->error.code) {
		worker_fail(s->w, r->id, &s->error);
	} else {
		e = event_new(EVENT_DONE, r->id);
		e->orders = s->orders;
		e->added = s->changes.added;
		e->changed = s->changes.changed;
		e->requests = (size_t)(transport_count(s->w->transport) - s->requests_before);
		e->took_ms = clock_mono_ms() - s->began_ms;
		worker_post(s->w, e);
	}
	request_free(r);
}

static void end_round(struct sync *s)
{
	struct event *e = event_new(EVENT_PROGRESS, 0);
	size_t n = s->n_refreshes;

	e->done = e->total = s->pages_done;
	worker_post(s->w, e);
	s->n_refreshes = 0;
	for (size_t i = 0; i < n; i++)
		end_refresh(s, s->refreshes[i]);
	s->full = false;
	s->began_ms = 0;
}

static void end_pass(struct group *g)
{
	struct sync *s = g->sync;

	g->running = false;
	free(g->listings);
	g->listings = NULL;
	if (g->error.code) {
		g->failures++;
		if (!s->error.code)
			s->error = g->error;
		log_write(LOG_WARNING, "sync", "%s failed: %s", g->name,
			error_code_name(g->error.code));
	} else {
		g->failures = 0;
		g->complete_once = true;
	}
	schedule(g);
	if (round_over(s))
		end_round(s);
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
	s->w->provider->call_listing(&g->listings[listing], page, &call);
	g->waiting++;
	s->pages_total++;
	transport_send(s->w->transport, &call, s->n_refreshes ? RANK_PERSON : RANK_POLL, page_answered,
		g, ref);
}

static void ask_further(struct group *g, const struct page_ref *ref, const struct page_info *info,
	size_t got)
{
	size_t size = g->sync->w->provider->page_size;

	if (info->pages > 1 && ref->page == 0)
		for (size_t p = 1; p < info->pages && p < PAGES_MAX; p++)
			ask_page(g, ref->listing, p);
	else if (!info->pages && got == size && ref->page < PAGES_MAX)
		ask_page(g, ref->listing, ref->page + 1);
}

static void progress(struct group *g)
{
	struct sync *s = g->sync;
	struct event *e = event_new(EVENT_PROGRESS, s->n_refreshes ? s->refreshes[0]->id : 0);

	e->done = s->pages_done;
	e->total = s->pages_total;
	strncpy(e->what, g->name, sizeof(e->what) - 1);
	worker_post(s->w, e);
}

static void take_page(struct group *g, const struct page_ref *ref, const struct answer *a)
{
	struct sync *s = g->sync;
	struct order_list list = ORDER_LIST_INIT;
	struct store_changes changes = { 0 };
	struct page_info info = { 0 };

	if (s->w->provider->read_listing(a->body, a->len, &list, &info, &g->error) &&
	    store_put_listed(s->w->store, &g->pass, &list, clock_now_ms(), &changes, &g->error)) {
		s->orders += list.n;
		s->changes.added += changes.added;
		s->changes.changed += changes.changed;
		worker_changed(s->w, 0, &changes, NULL, false);
		ask_further(g, ref, &info, list.n);
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
	if (--g->waiting == 0)
		finish_pass(g);
}

/* ---- starting -------------------------------------------------------------------------------- */

static void begin_round(struct sync *s)
{
	if (s->began_ms)
		return;
	s->began_ms = clock_mono_ms();
	s->requests_before = transport_count(s->w->transport);
	s->pages_done = s->pages_total = s->orders = 0;
	s->changes = (struct store_changes){ 0 };
	s->error.code = ERR_NONE;
}

static void own_listings(struct group *g)
{
	struct listing *all = xcalloc(LISTINGS_MAX, sizeof(*all));
	size_t n = plan(g->sync, all), k = 0;

	for (size_t i = 0; i < n; i++)
		if (!strcmp(all[i].group, g->name))
			all[k++] = all[i];
	g->listings = all;
	g->n_listings = k;
}

static void start_pass(struct group *g)
{
	struct sync *s = g->sync;
	int64_t oldest = INT64_MAX;

	begin_round(s);
	g->wanted = false;
	g->running = true;
	g->error.code = ERR_NONE;
	own_listings(g);
	for (size_t i = 0; i < g->n_listings; i++)
		if (g->listings[i].from_ms < oldest)
			oldest = g->listings[i].from_ms;
	if (!store_pass_begin(s->w->store, g->name, oldest, clock_now_ms(), &g->pass, &g->error)) {
		end_pass(g);
		return;
	}
	g->waiting = 1;
	for (size_t i = 0; i < g->n_listings; i++)
		ask_page(g, i, 0);
	if (--g->waiting == 0)
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

void sync_refresh(struct sync *s, struct request *r)
{
	struct error busy = ERROR_INIT;

	if (s->n_refreshes == REFRESHES_MAX) {
		error_set(&busy, ERR_CANCELLED, _("a refresh is under way already"));
		worker_fail(s->w, r->id, &busy);
		request_free(r);
		return;
	}
	begin_round(s);
	s->refreshes[s->n_refreshes++] = r;
	for (size_t i = 0; i < s->n_groups; i++) {
		struct group *g = &s->groups[i];

		if (!g->running && (g->pace != PACE_SLOW || r->full || !g->complete_once))
			g->wanted = true;
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

bool sync_cancel(struct sync *s, uint64_t target)
{
	struct error cancelled = ERROR_INIT;

	for (size_t i = 0; i < s->n_refreshes; i++)
		if (s->refreshes[i]->id == target) {
			error_set(&cancelled, ERR_CANCELLED, _("stopped on request"));
			worker_fail(s->w, target, &cancelled);
			request_free(s->refreshes[i]);
			s->refreshes[i] = s->refreshes[--s->n_refreshes];
			return true;
		}
	return false;
}
