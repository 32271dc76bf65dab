/* One order at a time: look-up by code, and entries with the facts around them. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "desk/subject.h"
#include "desk/worker.h"

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
			list->n = 1;
			subject_mark(l->w, list);
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
			follow_added(l->w->follow, &changes);
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
	struct entry_list entries;	/* FETCH: as they came */
	int64_t entries_ms;		/* UTC: when they were asked for */
	size_t waiting;			/* answers to come */
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
	entry_list_clear(&f->entries);
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

/* The last callback that is cancelled ends the fetch, if there is any left. */
static void stop(struct fetch *f)
{
	f->waiting -= facts_leave(f->w->facts, f);
	if (!f->error.code)
		error_set(&f->error, ERR_CANCELLED, _("stopped on request"));
	if (f->waiting)
		transport_cancel_owner(f->w->transport, f);
	else
		fetch_end(f, NULL);
}

bool fetch_cancel(struct fetches *fs, uint64_t target)
{
	for (struct fetch *f = fs->first; f; f = f->next)
		if (f->request->id == target) {
			stop(f);
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

	f->waiting = 1;
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

static void fact_came(void *owner, const struct error *failed)
{
	struct fetch *f = owner;

	/* A name that cannot be had is a gap on the screen, not a failure of the order. */
	if (failed->code && !f->error.code)
		f->error = *failed;
	one_less(f);
}

static bool keep_entries(struct fetch *f, struct error *err)
{
	const struct store_changes none = { 0 };

	if (!store_put_entries(f->w->store, f->order.items[0].id, &f->entries, f->entries_ms, err))
		return false;
	worker_changed(f->w, f->request->id, &none, f->order.items[0].id, true);
	return true;
}

/* Like a fact, a gap on the screen where it cannot be had. */
static void imeis_answered(void *owner, void *arg, const struct answer *a)
{
	struct fetch *f = owner;
	struct error err = ERROR_INIT;

	(void)arg;
	if (a->error.code == ERR_CANCELLED && !f->error.code)
		f->error = a->error;
	if (a->ok && f->w->provider->read_imeis(a->body, a->len, &f->entries, &err) &&
	    !keep_entries(f, &err) && !f->error.code)
		f->error = err;
	one_less(f);
}

static void ask_imeis(struct fetch *f)
{
	const struct provider *p = f->w->provider;
	struct call call;
	size_t i = 0;

	while (i < f->entries.n && !f->entries.items[i].imei_required)
		i++;
	if (i == f->entries.n || !p->call_imeis)
		return;
	p->call_imeis(&f->order.items[0], &call);
	f->waiting++;
	transport_send(f->w->transport, &call, RANK_PERSON, imeis_answered, f, NULL);
}

static void entries_answered(void *owner, void *arg, const struct answer *a)
{
	struct fetch *f = owner;
	struct error err = a->error;

	(void)arg;
	f->entries_ms = a->asked_ms;
	if (a->ok && f->w->provider->read_entries(a->body, a->len, &f->entries, &err) && keep_entries(f, &err)) {
		f->waiting += facts_want(f->w->facts, &f->entries, f->request->brief, fact_came, f);
		if (!f->request->brief)
			ask_imeis(f);
	} else if (!f->error.code) {
		f->error = err;
	}
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
