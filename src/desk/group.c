#include "desk/group.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "desk/missing.h"
#include "desk/subject.h"

#define AHEAD 4		/* pages of one group that are asked for at a time */
#define AGAIN_MAX 2

/* Which page of which listing an answer belongs to. */
struct page_ref {
	size_t listing;
	size_t page;
};

/* ---- the end of a pass ----------------------------------------------------------------------- */

/* Whether an order that nobody knows yet may have been missed: the server counted another number while
 * its pages were read, or counts more than it showed, or its clock turned out to be another one. What it never
 * shows is not waited for twice. */
static bool may_lack(struct group *g)
{
	size_t total = pages_total(&g->pages);
	size_t lacking = total > g->distinct ? total - g->distinct : 0;
	bool more = lacking && lacking != g->lacking;

	g->lacking = lacking;
	if (transport_ahead_ms(g->w->transport) > g->ahead_ms + CLOCK_MINUTE_MS)
		return true;
	/* The archive is long and only grows: what moved in it moved to a page that was still to come. And
	 * what is on one page cannot move while it is read. */
	return g->pace != PACE_SLOW && pages_known(&g->pages) > g->pages.n &&
		(more || pages_shifted(&g->pages));
}

static void end_pass(struct group *g)
{
	bool again = !g->error.code && g->again < AGAIN_MAX && may_lack(g);

	g->again = again ? g->again + 1 : 0;
	if (!g->error.code)
		g->complete_once = true;
	g->running = false;
	g->ended = g->begun;
	sync_pass_over(g, again);
}

void group_clear(struct group *g)
{
	pages_clear(&g->pages);
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

static void look_up(struct group *g, const struct order_list *missing)
{
	const struct missing_rule rule = {
		.from_ms = g->pass.from_ms,
		.hurry = sync_hurries(g->sync),
	};
	const struct order *picked[MISSING_MAX];
	size_t n = missing_pick(missing, &rule, &g->turn, picked);

	for (size_t i = 0; i < n; i++) {
		bool old = picked[i]->created_ms < rule.from_ms && !rule.hurry;

		g->waiting++;
		fetch_fresh(g->w, picked[i]->code, old ? RANK_BACKGROUND : RANK_POLL, looked_up, g, NULL);
	}
}

static void finish_pass(struct group *g)
{
	struct order_list missing = ORDER_LIST_INIT;

	if (!g->error.code && !g->w->quit)
		store_pass_end(g->w->store, &g->pass, clock_now_ms(), &missing, &g->error);
	g->waiting = 1;
	if (!g->error.code)
		look_up(g, &missing);
	order_list_clear(&missing);
	if (!g->error.code)
		worker_changed(g->w, 0, &(struct store_changes){ 0 }, NULL, true);
	if (--g->waiting == 0)
		end_pass(g);
}

/* ---- pages ----------------------------------------------------------------------------------- */

static void page_answered(void *owner, void *arg, const struct answer *a);

static enum call_rank rank_of(const struct group *g)
{
	if (sync_hurries(g->sync))
		return RANK_PERSON;
	return g->pace == PACE_SLOW ? RANK_BACKGROUND : RANK_POLL;
}

static void ask_page(struct group *g, size_t listing, size_t page)
{
	struct page_ref *ref = xmalloc(sizeof(*ref));
	struct call call;

	*ref = (struct page_ref){ listing, page };
	g->w->provider->call_listing(&g->pages.listings[listing], page, &call);
	g->waiting++;
	transport_send(g->w->transport, &call, rank_of(g), page_answered, g, ref);
}

static void ask_more(struct group *g)
{
	size_t listing, page;

	while (g->waiting < AHEAD && pages_next(&g->pages, &listing, &page))
		ask_page(g, listing, page);
}

static void take_page(struct group *g, const struct page_ref *ref, const struct answer *a)
{
	struct worker *w = g->w;
	struct order_list list = ORDER_LIST_INIT;
	struct store_changes changes = { 0 };
	struct page_info info = { 0 };
	struct page_seen seen = {
		.page = ref->page,
		.page_size = w->provider->page_size,
		.info = &info,
		.orders = &list,
	};

	if (w->provider->read_listing(a->body, a->len, &list, &info, &g->error)) {
		order_list_asked(&list, a->asked_ms);
		subject_mark(w, &list);
		for (size_t i = 0; i < list.n; i++)
			worker_place(w, &list.items[i]);
		if (store_put_listed(w->store, &g->pass, &list, clock_now_ms(), &changes, &g->error)) {
			g->distinct += changes.distinct + info.skipped;
			sync_page_read(g, list.n, &changes);
			pages_learn(&g->pages, ref->listing, &seen, &g->error);
		}
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
			transport_cancel_owner(g->w->transport, g);
		}
	}
	free(ref);
	sync_page_over(g);
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
	size_t n = sync_plan(g->w, g->ahead_ms, all), k = 0;

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

void group_start(struct group *g)
{
	g->wanted = false;
	g->running = true;
	g->begun++;
	g->distinct = 0;
	g->error.code = ERR_NONE;
	g->ahead_ms = transport_ahead_ms(g->w->transport);
	own_listings(g);
	if (!store_pass_begin(g->w->store, g->name, oldest(g), clock_now_ms(), &g->pass, &g->error)) {
		end_pass(g);
		return;
	}
	ask_more(g);
	if (!g->waiting)
		finish_pass(g);
}
