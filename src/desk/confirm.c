/* From a request to what is written down: one action, or a batch of them. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "desk/runner.h"
#include "store/batch.h"

/* ---- one --------------------------------------------------------------------------------------- */

/* Lines that were never read are read before it is sent. */
static bool lines_allow(struct runner *r, const struct request *rq, const struct action_spec *spec,
	const struct order *o, struct error *err)
{
	struct entry_list entries = ENTRY_LIST_INIT;
	const struct subject subject = { o, &entries };
	bool ok = !spec->fits || !store_entries(r->w->store, o->id, &entries, NULL) || !entries.n ||
		spec->fits(&subject, &rq->form, err);

	entry_list_clear(&entries);
	return ok;
}

static bool allowed(struct runner *r, const struct request *rq, const struct action_spec *spec,
	const struct order *o, struct error *err)
{
	return form_check(spec->fields, &rq->form, err) && spec->applies(o, err) &&
		lines_allow(r, rq, spec, o, err);
}

/* An earlier one that asks is given up when the clerk says "again". */
static bool give_up_earlier(struct runner *r, const struct order *o, const char *kind,
	struct error *err)
{
	struct action_list open = ACTION_LIST_INIT;
	bool ok = journal_open(r->w->store, &open, err);

	for (size_t i = 0; ok && i < open.n; i++) {
		const struct action *x = &open.items[i];

		if (x->state == ACTION_ASK && !strcmp(x->order_id, o->id) && !strcmp(x->kind, kind))
			ok = journal_move(r->w->store, x->id, ACTION_ASK, ACTION_REFUSED,
				_("given up by the clerk: confirmed once more"), r->w->clerk,
				clock_now_ms(), err);
	}
	action_list_clear(&open);
	return ok;
}

static int64_t grace_ms(const struct runner *r, const struct request *rq, const struct action_spec *spec)
{
	return spec->grace && !rq->no_grace ? r->w->shop->grace_s * 1000LL : 0;
}

/* What was written down is looked after from now on. */
static struct act *begin(struct runner *r, const struct request *rq, const struct action_spec *spec,
	const struct order *o, int64_t id, int64_t now)
{
	struct act *a = runner_add(r, spec);

	a->request_id = rq->id;
	a->command = rq->no_grace;
	a->id = id;
	form_copy(&a->form, &rq->form);
	a->warning = xstrdup_null(rq->warning);
	act_remember(a, &(struct subject){ .order = o });
	act_agreed(a, now);
	a->due_ms = clock_mono_ms() + grace_ms(r, rq, spec);
	return a;
}

static bool write_down(struct runner *r, struct request *rq, const struct action_spec *spec,
	const struct order *o, struct error *err)
{
	int64_t now = clock_now_ms(), id;

	if (rq->again && !give_up_earlier(r, o, spec->id, err))
		return false;
	if (!journal_add(r->w->store, o, spec->id, &rq->form, act_secret(spec), r->w->clerk, now,
		    now + grace_ms(r, rq, spec), &id, err))
		return false;
	act_tell(begin(r, rq, spec, o, id, now), EVENT_QUEUED, ACTION_QUEUED, NULL);
	return true;
}

void runner_act(struct runner *r, struct request *rq)
{
	const struct action_spec *spec = provider_action(r->w->provider, rq->action);
	struct order_list list = ORDER_LIST_INIT;
	struct error err = ERROR_INIT;
	bool ok;

	if (!spec)
		ok = error_set(&err, ERR_USAGE, _("There is no action \"%s\"."), rq->action);
	else
		ok = store_order_by_id(r->w->store, rq->order_id, &list, &err) &&
			allowed(r, rq, spec, &list.items[0], &err) &&
			write_down(r, rq, spec, &list.items[0], &err);
	if (!ok)
		worker_fail(r->w, rq->id, &err);
	order_list_clear(&list);
	request_free(rq);
}

/* ---- many -------------------------------------------------------------------------------------- */

/* The order as the store has it, or the reason why nothing can be done to it. */
static const struct order *look_up(struct runner *r, const struct action_spec *spec, const char *id,
	struct order_list *list, struct error *why)
{
	if (!store_order_by_id(r->w->store, id, list, why))
		return NULL;
	return spec->applies(&list->items[0], why) ? &list->items[0] : NULL;
}

/* What can be done and what cannot. The orders are in lists of their own, since one that grows moves them. */
static void draft_items(struct runner *r, const struct request *rq, const struct action_spec *spec,
	struct batch_draft *d, struct order_list *found)
{
	for (size_t i = 0; i < rq->n_orders; i++) {
		struct batch_item *item = batch_items_add(d->items);
		struct error why = ERROR_INIT;

		item->order_id = rq->orders[i].id;
		item->code = rq->orders[i].code;
		d->orders[i] = look_up(r, spec, item->order_id, &found[i], &why);
		if (d->orders[i])
			item->code = d->orders[i]->code;
		else
			item->message = arena_strdup(&d->items->arena, why.text);
	}
}

static void tell_queued(struct runner *r, const struct request *rq, int64_t batch, int64_t send_after_ms)
{
	struct event *e = event_new(EVENT_QUEUED, rq->id);

	e->batch_id = batch;
	e->action_state = ACTION_QUEUED;
	e->send_after_ms = send_after_ms;
	worker_post(r->w, e);
}

static void begin_all(struct runner *r, const struct request *rq, const struct action_spec *spec,
	const struct batch_draft *d, int64_t batch)
{
	size_t begun = 0;

	tell_queued(r, rq, batch, d->send_after_ms);
	for (size_t i = 0; i < d->items->n; i++) {
		if (!d->items->items[i].action_id)
			continue;
		bulk_join(begin(r, rq, spec, d->orders[i], d->items->items[i].action_id, d->now_ms), batch,
			rq->id);
		begun++;
	}
	if (!begun)
		bulk_done(r->w, rq->id, batch);
}

static bool write_all_down(struct runner *r, const struct request *rq, const struct action_spec *spec,
	struct error *err)
{
	struct order_list *found = xcalloc(rq->n_orders + 1, sizeof(*found));
	struct batch_items items = BATCH_ITEMS_INIT;
	struct batch_draft d = {
		.kind = spec->id, .form = &rq->form, .clerk = r->w->clerk, .now_ms = clock_now_ms(),
		.items = &items, .orders = xcalloc(rq->n_orders + 1, sizeof(*d.orders)),
	};
	int64_t batch;
	bool ok;

	d.send_after_ms = d.now_ms + grace_ms(r, rq, spec);
	draft_items(r, rq, spec, &d, found);
	ok = batch_add(r->w->store, &d, &batch, err);
	if (ok)
		begin_all(r, rq, spec, &d, batch);
	for (size_t i = 0; i < rq->n_orders; i++)
		order_list_clear(&found[i]);
	free(found);
	free(d.orders);
	batch_items_clear(&items);
	return ok;
}

void runner_act_all(struct runner *r, struct request *rq)
{
	const struct action_spec *spec = provider_action(r->w->provider, rq->action);
	struct error err = ERROR_INIT;
	bool ok;

	if (!spec || !spec->bulk || act_secret(spec))
		ok = error_set(&err, ERR_USAGE, _("There is no bulk action \"%s\"."), rq->action);
	else
		ok = form_check(spec->fields, &rq->form, &err) && write_all_down(r, rq, spec, &err);
	if (!ok)
		worker_fail(r->w, rq->id, &err);
	request_free(rq);
}
