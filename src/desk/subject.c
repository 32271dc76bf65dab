#include "desk/subject.h"

#include <stdlib.h>

#include "base/mem.h"

struct reading {
	struct worker *w;
	enum action_reads reads;
	enum call_rank rank;
	struct order_list order;	/* the one */
	struct entry_list entries;
	int64_t entries_ms;		/* UTC: when they were asked for */
	subject_cb cb;
	void *arg;
};

static void end(void *owner, struct reading *r, const struct error *err)
{
	const struct subject found = {
		.order = r->order.n ? &r->order.items[0] : NULL,
		.entries = r->reads == READS_ORDER ? NULL : &r->entries,
	};

	r->cb(owner, r->arg, err ? NULL : &found, err);
	order_list_clear(&r->order);
	entry_list_clear(&r->entries);
	free(r);
}

static void keep_entries(void *owner, struct reading *r)
{
	const struct store_changes none = { 0 };
	const char *id = r->order.items[0].id;
	struct error err = ERROR_INIT;

	if (!store_put_entries(r->w->store, id, &r->entries, r->entries_ms, &err)) {
		end(owner, r, &err);
		return;
	}
	worker_changed(r->w, 0, &none, id, true);
	end(owner, r, NULL);
}

static void imeis_answered(void *owner, void *arg, const struct answer *a)
{
	struct reading *r = arg;
	struct error err = a->error;

	/* A service may well say so of an order for which none were given yet. */
	if (a->error.code == ERR_NOT_FOUND)
		r->entries.imeis_read = true;
	if (r->entries.imeis_read ||
	    (a->ok && r->w->provider->read_imeis(a->body, a->len, &r->entries, &err)))
		keep_entries(owner, r);
	else
		end(owner, r, &err);
}

static void entries_answered(void *owner, void *arg, const struct answer *a)
{
	const struct provider *p;
	struct reading *r = arg;
	struct error err = a->error;
	struct call call;

	p = r->w->provider;
	r->entries_ms = a->asked_ms;
	if (!a->ok || !p->read_entries(a->body, a->len, &r->entries, &err)) {
		/* The order is there: it was looked up just now. */
		if (err.code == ERR_NOT_FOUND)
			err.code = ERR_BAD_REPLY;
		end(owner, r, &err);
	} else if (r->reads == READS_IMEIS && p->call_imeis) {
		p->call_imeis(&r->order.items[0], &call);
		transport_send(r->w->transport, &call, r->rank, imeis_answered, owner, r);
	} else {
		keep_entries(owner, r);
	}
}

static void looked_up(void *owner, void *arg, const struct order *found, const struct error *err)
{
	struct reading *r = arg;
	struct call call;

	if (!found) {
		end(owner, r, err);
		return;
	}
	order_list_copy(&r->order, found);
	if (r->reads == READS_ORDER) {
		end(owner, r, NULL);
		return;
	}
	r->w->provider->call_entries(&r->order.items[0], &call);
	transport_send(r->w->transport, &call, r->rank, entries_answered, owner, r);
}

void subject_fetch(struct worker *w, const char *code, enum action_reads reads, enum call_rank rank,
	subject_cb cb, void *owner, void *arg)
{
	struct reading *r = xcalloc(1, sizeof(*r));

	r->w = w;
	r->reads = reads;
	r->rank = rank;
	r->cb = cb;
	r->arg = arg;
	fetch_fresh(w, code, rank, looked_up, owner, r);
}

void subject_mark(const struct worker *w, struct order_list *list)
{
	for (const struct action_spec *a = w->provider->actions; a->id; a++)
		for (size_t i = 0; a->mark && i < list->n; i++) {
			struct order marked = list->items[i];

			if (a->mark(&marked) && journal_was_done(w->store, marked.id, a->id))
				list->items[i] = marked;
		}
}
