/* What the worker says: events for the front-end. */
#include "base/clock.h"
#include "base/i18n.h"
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
	e->express = changes->express;
	e->changed = changes->changed;
	e->order_id = xstrdup_null(order_id);
	worker_post(w, e);
}

void worker_clock(struct worker *w, int64_t ahead_ms)
{
	struct event *e = event_new(EVENT_CLOCK, 0);
	char apart[32];

	age_format(ahead_ms < 0 ? -ahead_ms : ahead_ms, apart, sizeof(apart));
	/* TRANSLATORS: %s is a length of time: "5 min", "1 d". */
	if (ahead_ms > 0)
		e->message = xasprintf(_("The server's clock is %s ahead of this computer's: dates and ages are "
			"shown wrong until one of them is set right."), apart);
	else if (ahead_ms < 0)
		e->message = xasprintf(_("The server's clock is %s behind this computer's: dates and ages are "
			"shown wrong until one of them is set right."), apart);
	worker_post(w, e);
}
