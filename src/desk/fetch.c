/* One order at a time: look-up by code, entries, and the facts around them. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "desk/worker.h"

#define FACT_AGE_MAX_MS (7 * CLOCK_DAY_MS)

/* ---- a fresh copy of one order --------------------------------------------------------------- */

struct lookup {
	struct worker *w;
	char *code;
	lookup_cb cb;
	void *arg;
};

static void lookup_end(void *owner, struct lookup *l, const struct order *o, const struct error *err)
{
	lookup_cb cb = l->cb;
	void *arg = l->arg;

	free(l->code);
	free(l);
	cb(owner, arg, o, err);
}

static bool read_one(struct lookup *l, const struct answer *a, struct order_list *list,
	struct error *err)
{
	const struct provider *p = l->w->provider;
	struct page_info info;

	if (!a->ok) {
		*err = a->error;
		return false;
	}
	if (!p->read_listing(a->body, a->len, list, &info, err))
		return false;
	for (size_t i = 0; i < list->n; i++)
		if (!strcmp(list->items[i].code, l->code)) {
			list->items[0] = list->items[i];
			list->items[0].fetched_ms = a->asked_ms;
			worker_place(l->w, &list->items[0]);
			return true;
		}
	return error_set(err, ERR_NOT_FOUND, _("The shop has no order %s."), l->code);
}

static void lookup_answered(void *owner, void *arg, const struct answer *a)
{
	struct lookup *l = arg;
	struct order_list list = ORDER_LIST_INIT;
	struct store_changes changes = { 0 };
	struct error err = ERROR_INIT;

	if (read_one(l, a, &list, &err) &&
	    store_put_order(l->w->store, &list.items[0], clock_now_ms(), &changes, &err)) {
		if (!list.items[0].finished)
			follow_added(l->w->follow, changes.added);
		worker_changed(l->w, 0, &changes, list.items[0].id, false);
		lookup_end(owner, l, &list.items[0], NULL);
	} else {
		lookup_end(owner, l, NULL, &err);
	}
	order_list_clear(&list);
}

void fetch_fresh(struct worker *w, const char *code, enum call_rank rank, lookup_cb cb, void *owner,
	void *arg)
{
	struct lookup *l = xcalloc(1, sizeof(*l));
	struct call call;

	l->w = w;
	l->code = xstrdup(code);
	l->cb = cb;
	l->arg = arg;
	w->provider->call_lookup(code, &call);
	transport_send(w->transport, &call, rank, lookup_answered, owner, l);
}

/* ---- requests -------------------------------------------------------------------------------- */

struct fetch {
	struct fetch *next;
	struct worker *w;
	struct request *request;
	struct order_list order;	/* FETCH: the one it is about */
	struct arena arena;		/* of the facts asked for */
	size_t waiting;			/* calls under way */
	struct error error;		/* the first failure that counts */
};

struct fetches {
	struct worker *w;
	struct fetch *first;
};

struct fetches *fetches_new(struct worker *w)
{
	struct fetches *f = xcalloc(1, sizeof(*f));

	f->w = w;
	return f;
}

static void fetch_free(struct fetch *f)
{
	request_free(f->request);
	order_list_clear(&f->order);
	arena_clear(&f->arena);
	free(f);
}

void fetches_free(struct fetches *fs)
{
	if (!fs)
		return;
	while (fs->first) {
		struct fetch *next = fs->first->next;

		fetch_free(fs->first);
		fs->first = next;
	}
	free(fs);
}

static struct fetch *fetch_new(struct fetches *fs, struct request *r)
{
	struct fetch *f = xcalloc(1, sizeof(*f));

	f->w = fs->w;
	f->request = r;
	f->next = fs->first;
	fs->first = f;
	return f;
}

static void fetch_end(struct fetch *f, const char *order_id)
{
	struct fetch **p = &f->w->fetches->first;

	if (f->error.code) {
		worker_fail(f->w, f->request->id, &f->error);
	} else {
		struct event *e = event_new(EVENT_DONE, f->request->id);

		e->order_id = xstrdup_null(order_id);
		worker_post(f->w, e);
	}
	while (*p != f)
		p = &(*p)->next;
	*p = f->next;
	fetch_free(f);
}

bool fetch_cancel(struct fetches *fs, uint64_t target)
{
	for (struct fetch *f = fs->first; f; f = f->next)
		if (f->request->id == target) {
			/* The last callback that is cancelled ends the fetch. */
			transport_cancel_owner(fs->w->transport, f);
			return true;
		}
	return false;
}

static void looked_up(void *owner, void *arg, const struct order *found, const struct error *err)
{
	struct fetch *f = owner;

	(void)arg;
	if (!found)
		f->error = *err;
	fetch_end(f, found ? found->id : NULL);
}

void fetch_lookup(struct fetches *fs, struct request *r)
{
	struct fetch *f = fetch_new(fs, r);

	fetch_fresh(fs->w, r->code, RANK_PERSON, looked_up, f, NULL);
}

/* ---- entries and what belongs to them -------------------------------------------------------- */

static void one_less(struct fetch *f)
{
	struct store_changes none = { 0 };

	if (--f->waiting)
		return;
	worker_changed(f->w, f->request->id, &none, f->order.items[0].id, true);
	fetch_end(f, f->order.items[0].id);
}

static void fact_answered(void *owner, void *arg, const struct answer *a)
{
	struct fetch *f = owner;
	const struct fact_ref *ref = arg;
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct fact fact;

	if (a->error.code == ERR_CANCELLED && !f->error.code)
		f->error = a->error;
	/* A name that cannot be had is a gap on the screen, not a failure of the order. */
	if (a->ok && f->w->provider->read_fact(ref, a->body, a->len, &arena, &fact, &err)) {
		fact.fetched_ms = clock_now_ms();
		if (!store_put_fact(f->w->store, &fact, &err) && !f->error.code)
			f->error = err;
	}
	arena_clear(&arena);
	one_less(f);
}

static void ask_fact(struct fetch *f, const struct fact_ref *ref)
{
	struct fact_ref *kept = arena_alloc(&f->arena, sizeof(*kept));
	struct call call;

	kept->kind = ref->kind;
	kept->id = arena_strdup(&f->arena, ref->id);
	kept->via = arena_strdup(&f->arena, ref->via);
	f->w->provider->call_fact(kept, &call);
	f->waiting++;
	transport_send(f->w->transport, &call, RANK_PERSON, fact_answered, f, kept);
}

static bool asked_already(const struct fact_ref *asked, size_t n, const struct fact_ref *ref)
{
	for (size_t i = 0; i < n; i++)
		if (asked[i].kind == ref->kind && !strcmp(asked[i].id, ref->id))
			return true;
	return false;
}

#define FACTS_MAX 300	/* calls for one order */

static void ask_missing_facts(struct fetch *f, const struct entry_list *entries)
{
	struct fact_ref asked[FACTS_MAX];
	int64_t not_before = clock_now_ms() - FACT_AGE_MAX_MS;
	size_t n = 0;

	for (size_t i = 0; i < entries->n; i++) {
		struct fact_ref refs[3];
		size_t k = f->w->provider->facts_of(&entries->items[i], refs);

		for (size_t j = 0; j < k && n < FACTS_MAX; j++) {
			if (asked_already(asked, n, &refs[j]) ||
			    store_has_fact(f->w->store, &refs[j], not_before))
				continue;
			asked[n++] = refs[j];
			ask_fact(f, &refs[j]);
		}
	}
}

static void entries_answered(void *owner, void *arg, const struct answer *a)
{
	struct fetch *f = owner;
	struct entry_list entries = ENTRY_LIST_INIT;
	struct store_changes none = { 0 };
	struct error err = a->error;

	(void)arg;
	if (a->ok && f->w->provider->read_entries(a->body, a->len, &entries, &err) &&
	    store_put_entries(f->w->store, f->order.items[0].id, &entries, clock_now_ms(), &err)) {
		worker_changed(f->w, f->request->id, &none, f->order.items[0].id, true);
		ask_missing_facts(f, &entries);
	} else if (!f->error.code) {
		f->error = err;
	}
	entry_list_clear(&entries);
	one_less(f);
}

static void freshened(void *owner, void *arg, const struct order *found, const struct error *err)
{
	struct fetch *f = owner;

	(void)arg;
	if (!found && !f->error.code)
		f->error = *err;
	one_less(f);
}

void fetch_order(struct fetches *fs, struct request *r)
{
	struct fetch *f = fetch_new(fs, r);
	struct call call;

	if (!store_order_by_id(fs->w->store, r->order_id, &f->order, &f->error)) {
		fetch_end(f, NULL);
		return;
	}
	f->waiting = 2;
	fetch_fresh(fs->w, f->order.items[0].code, RANK_PERSON, freshened, f, NULL);
	fs->w->provider->call_entries(&f->order.items[0], &call);
	transport_send(fs->w->transport, &call, RANK_PERSON, entries_answered, f, NULL);
}
