/* What the worker says: events for the front-end. */
#include "base/mem.h"
#include "desk/worker.h"

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
