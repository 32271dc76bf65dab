#include "desk/worker.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"

void worker_post(struct worker *w, struct event *e)
{
	w->post(w->post_arg, e);
}

void worker_done(struct worker *w, uint64_t id)
{
	if (id)
		worker_post(w, event_new(EVENT_DONE, id));
}

void worker_fail(struct worker *w, uint64_t id, const struct error *err)
{
	struct event *e;

	if (!id)
		return;
	e = event_new(err->code == ERR_CANCELLED ? EVENT_CANCELLED : EVENT_FAILED, id);
	e->error = *err;
	worker_post(w, e);
}

void worker_changed(struct worker *w, uint64_t id, const struct store_changes *changes,
	const char *order_id, bool always)
{
	struct event *e;

	if (!always && !changes->added && !changes->changed)
		return;
	e = event_new(EVENT_CHANGED, id);
	e->added = changes->added;
	e->changed = changes->changed;
	e->order_id = xstrdup_null(order_id);
	worker_post(w, e);
}

static void cancel(struct worker *w, uint64_t target)
{
	if (!sync_cancel(w->sync, target))
		fetch_cancel(w->fetches, target);
}

static bool changes_the_journal(enum request_kind kind)
{
	return kind == REQUEST_ACT || kind == REQUEST_UNDO || kind == REQUEST_SETTLE;
}

static void refuse(struct worker *w, struct request *r)
{
	struct error err = ERROR_INIT;

	error_set(&err, ERR_REFUSED, _("The desk is read-only: nothing was sent."));
	worker_fail(w, r->id, &err);
	request_free(r);
}

void worker_handle(struct worker *w, struct request *r)
{
	if (w->read_only && changes_the_journal(r->kind)) {
		refuse(w, r);
		return;
	}
	switch (r->kind) {
	case REQUEST_REFRESH:
		sync_refresh(w->sync, r);
		return;
	case REQUEST_LOOKUP:
		fetch_lookup(w->fetches, r);
		return;
	case REQUEST_FETCH:
		fetch_order(w->fetches, r);
		return;
	case REQUEST_ACT:
		runner_act(w->runner, r);
		return;
	case REQUEST_UNDO:
		runner_undo(w->runner, r);
		break;
	case REQUEST_SETTLE:
		runner_settle(w->runner, r);
		break;
	case REQUEST_CANCEL:
		cancel(w, r->target);
		break;
	case REQUEST_POLL:
		sync_poll(w->sync, r->on);
		if (r->on && !w->read_only)
			runner_adopt(w->runner);
		worker_done(w, r->id);
		break;
	case REQUEST_QUIT:
		w->quit = true;
		break;
	}
	request_free(r);
}

static int64_t sooner(int64_t a, int64_t b)
{
	if (a < 0)
		return b;
	if (b < 0)
		return a;
	return a < b ? a : b;
}

int64_t worker_tick(struct worker *w)
{
	int64_t next = sync_tick(w->sync);

	next = sooner(next, runner_tick(w->runner));
	return sooner(next, transport_next_ms(w->transport));
}
