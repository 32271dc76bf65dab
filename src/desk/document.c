/* Waybills: from an order to a PDF that is kept (store/waybills.h).
 *
 * An order that has a link is fetched at once; one that lacks it is read again first, and looked at a few times
 * more where the server is about to make one. Of many only a few are under way at a time, behind what else a person
 * asks for and in turn with the schedule: a clerk who fetches hundreds goes on working. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "desk/worker.h"
#include "store/waybills.h"

#define UNDER_WAY_MAX 3
#define FEW 3			/* so many are fetched before anything that nobody waits for */

struct document {
	struct document *next;
	struct worker *w;
	struct request *request;
	struct order_list order;	/* one */
	bool begun;
	bool counts;			/* as one that is under way; one that waits for its link does not */
	bool asked;			/* the order was read again */
	struct waybill_file file;
};

struct documents {
	struct worker *w;
	struct document *first;		/* in the order of the requests */
	size_t n;
	size_t under_way;
};

struct documents *documents_new(struct worker *w)
{
	struct documents *ds = xcalloc(1, sizeof(*ds));

	ds->w = w;
	return ds;
}

static void document_free(struct document *d)
{
	waybill_clear(&d->file);
	request_free(d->request);
	order_list_clear(&d->order);
	free(d);
}

void documents_free(struct documents *ds)
{
	if (!ds)
		return;
	while (ds->first) {
		struct document *next = ds->first->next;

		document_free(ds->first);
		ds->first = next;
	}
	free(ds);
}

static const struct order *order_of(const struct document *d)
{
	return &d->order.items[0];
}

static enum call_rank rank_of(const struct document *d)
{
	return d->w->documents->n > FEW ? RANK_POLL : RANK_PERSON;
}

static void count(struct document *d, bool on)
{
	if (d->counts == on)
		return;
	d->counts = on;
	if (on)
		d->w->documents->under_way++;
	else
		d->w->documents->under_way--;
}

/* ---- how it ends ------------------------------------------------------------------------------- */

static void end(struct document *d)
{
	struct document **p = &d->w->documents->first;

	while (*p != d)
		p = &(*p)->next;
	*p = d->next;
	count(d, false);
	d->w->documents->n--;
	document_free(d);
}

/* Whoever hears of it finds nothing half any more. */
static void fail(struct document *d, const struct error *err)
{
	waybill_clear(&d->file);
	worker_fail(d->w, d->request->id, err);
	end(d);
}

static void done(struct document *d, const char *path)
{
	struct event *e = event_new(EVENT_DONE, d->request->id);

	e->order_id = xstrdup(d->request->order_id);
	e->path = xstrdup(path);
	worker_post(d->w, e);
	end(d);
}

static void tell(const struct document *d, enum document_stage stage)
{
	struct event *e = event_new(EVENT_DOCUMENT, d->request->id);

	e->order_id = xstrdup(d->request->order_id);
	e->stage = stage;
	worker_post(d->w, e);
}

/* ---- fetching ---------------------------------------------------------------------------------- */

static bool write_some(void *arg, const char *data, size_t len)
{
	struct document *d = arg;

	return waybill_write(&d->file, data, len);
}

static void ask(struct document *d);

/* The link that is known may be an old one. */
static bool is_gone(const struct answer *a)
{
	return a->status == 404 || a->status == 410;
}

static void answered(void *owner, void *arg, const struct answer *a)
{
	struct document *d = owner;
	struct error err = d->file.error;

	(void)arg;
	if (a->ok && waybill_keep(&d->file, &err)) {
		done(d, d->file.path);
	} else if (is_gone(a) && !d->asked) {
		waybill_clear(&d->file);
		ask(d);
	} else {
		fail(d, err.code ? &err : &a->error);
	}
}

static bool begins_with(const char *url, const char *scheme)
{
	return !strncasecmp(url, scheme, strlen(scheme));
}

/* What listens on this computer is nobody else's to name, unless the shop's server itself is here. */
static bool may_follow(const struct document *d, const struct call *call, struct error *err)
{
	const char *url = buf_str(&call->path);

	if (!call->absolute || (http_url_allowed(url, NULL) &&
		(begins_with(url, "https:") || begins_with(d->w->shop->base_url, "http:"))))
		return true;
	return error_set(err, ERR_BAD_REPLY, _("The server's link to the waybill is not one that may be followed."));
}

static void fetch(struct document *d)
{
	const struct http_sink sink = { .write = write_some, .arg = d, .max = WAYBILL_MAX };
	struct error err = ERROR_INIT;
	struct call call;

	d->w->provider->call_document(order_of(d), &call);
	if (!may_follow(d, &call, &err)) {
		call_clear(&call);
		fail(d, &err);
		return;
	}
	tell(d, DOCUMENT_FETCHING);
	transport_fetch(d->w->transport, &call, rank_of(d), &sink, answered, d, NULL);
}

/* The order has a link. */
static void get(struct document *d)
{
	char *path = waybills_path(d->w->store, order_of(d));

	if (!d->request->fresh && waybills_have(path)) {
		done(d, path);
	} else {
		waybill_begin(&d->file, path);
		fetch(d);
	}
	free(path);
}

/* ---- the link ---------------------------------------------------------------------------------- */

/* As the store has it: that knows what is to be forgotten. */
static bool read_order(struct document *d, struct error *err)
{
	order_list_reset(&d->order);
	return store_order_by_id(d->w->store, d->request->order_id, &d->order, err);
}

static bool why_none(const struct order *o, struct error *err)
{
	if (o->finished_ms < 0)
		return error_set(err, ERR_REFUSED, _("This order was finished long ago: its waybill is not kept."));
	if (!o->kaspi_delivery)
		return error_set(err, ERR_REFUSED, _("This order has no waybill: the marketplace does not deliver it."));
	if (!o->assembled)
		return error_set(err, ERR_REFUSED, _("This order has no waybill yet: assemble it first."));
	return error_set(err, ERR_REFUSED, _("The server gives no waybill for this order."));
}

static bool not_yet(struct error *err)
{
	return error_set(err, ERR_TIMEOUT, _("The server has not made the waybill yet. Try again in a minute."));
}

static void wait_for_link(struct document *d);

/* The order was read again. */
static void go_on(struct document *d, bool waited, const struct order *found, const struct error *why)
{
	struct error err = ERROR_INIT;
	bool expected;

	if (!found || !read_order(d, &err)) {
		fail(d, found ? &err : why);
		return;
	}
	expected = d->w->provider->more_expected(order_of(d));
	if (*order_of(d)->waybill) {
		get(d);
	} else if (expected && !waited) {
		wait_for_link(d);
	} else {
		if (expected)
			not_yet(&err);
		else
			why_none(order_of(d), &err);
		fail(d, &err);
	}
}

static void looked(void *owner, void *arg, const struct order *found, const struct error *err)
{
	(void)arg;
	go_on(owner, true, found, err);
}

static void wait_for_link(struct document *d)
{
	count(d, false);
	tell(d, DOCUMENT_WAITING);
	looks_start(d->w->looks, order_of(d), rank_of(d), looked, d, NULL);
}

static void asked(void *owner, void *arg, const struct order *found, const struct error *err)
{
	(void)arg;
	go_on(owner, false, found, err);
}

static void ask(struct document *d)
{
	d->asked = true;
	fetch_fresh(d->w, order_of(d)->code, rank_of(d), asked, d, NULL);
}

/* ---- requests ---------------------------------------------------------------------------------- */

void document_get(struct documents *ds, struct request *r)
{
	struct document *d = xcalloc(1, sizeof(*d)), **last = &ds->first;

	d->w = ds->w;
	d->request = r;
	d->file.fd = -1;
	while (*last)
		last = &(*last)->next;
	*last = d;
	ds->n++;
}

static void begin(struct document *d)
{
	struct error err = ERROR_INIT;

	d->begun = true;
	count(d, true);
	if (!read_order(d, &err))
		fail(d, &err);
	else if (d->request->fresh || !*order_of(d)->waybill)
		ask(d);
	else
		get(d);
}

void documents_tick(struct documents *ds)
{
	struct document *d, *next;

	for (d = ds->first; d && ds->under_way < UNDER_WAY_MAX; d = next) {
		next = d->next;
		if (!d->begun)
			begin(d);
	}
}

/* The callback that is cancelled ends it. */
static void stop(struct document *d)
{
	struct worker *w = d->w;
	struct error err = ERROR_INIT;

	if (!d->begun) {
		error_set(&err, ERR_CANCELLED, _("stopped on request"));
		fail(d, &err);
		return;
	}
	transport_cancel_owner(w->transport, d);
	looks_cancel(w->looks, d);
}

bool document_cancel(struct documents *ds, uint64_t target)
{
	for (struct document *d = ds->first; d; d = d->next)
		if (d->request->id == target) {
			stop(d);
			return true;
		}
	return false;
}

void documents_quit(struct documents *ds)
{
	while (ds->first)
		stop(ds->first);
}
