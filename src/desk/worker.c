#include "desk/worker.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"

static void cancel(struct worker *w, uint64_t target)
{
	if (!sync_cancel(w->sync, target) && !fetch_cancel(w->fetches, target) &&
	    !document_cancel(w->documents, target))
		printer_cancel(w->printer, target);
}

static bool changes_the_journal(enum request_kind kind)
{
	return kind == REQUEST_ACT || kind == REQUEST_ACT_ALL || kind == REQUEST_PAUSE ||
		kind == REQUEST_UNDO_ALL || kind == REQUEST_UNDO || kind == REQUEST_SETTLE;
}

static void refuse(struct worker *w, struct request *r)
{
	struct error err = ERROR_INIT;

	error_set(&err, ERR_REFUSED, _("The desk is read-only: nothing was sent."));
	worker_fail(w, r->id, &err);
	request_free(r);
}

static void write_note(struct worker *w, const struct request *r)
{
	struct error err = ERROR_INIT;

	/* Whether it can be written down or not: this is who acts from now on. */
	if (r->note == NOTE_UNLOCKED) {
		free(w->clerk);
		w->clerk = xstrdup(r->clerk);
	}
	if (notes_add(w->store, r->note, r->code, r->clerk, clock_now_ms(), &err))
		worker_done(w, r->id);
	else
		worker_fail(w, r->id, &err);
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
	case REQUEST_DOCUMENT:
		document_get(w->documents, r);
		return;
	case REQUEST_PRINT:
		printer_print(w->printer, r);
		return;
	case REQUEST_ACT_ALL:
		runner_act_all(w->runner, r);
		return;
	case REQUEST_PAUSE:
		runner_pause(w->runner, r);
		break;
	case REQUEST_UNDO_ALL:
		runner_undo_all(w->runner, r);
		break;
	case REQUEST_UNDO:
		runner_undo(w->runner, r);
		break;
	case REQUEST_SETTLE:
		runner_settle(w->runner, r);
		break;
	case REQUEST_NOTE:
		write_note(w, r);
		break;
	case REQUEST_CANCEL:
		cancel(w, r->target);
		break;
	case REQUEST_POLL:
		follow_poll(w->follow, r->on);
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
	int64_t next = follow_tick(w->follow);

	documents_tick(w->documents);
	next = sooner(next, sync_tick(w->sync));
	next = sooner(next, runner_tick(w->runner));
	next = sooner(next, looks_tick(w->looks));
	next = sooner(next, printer_tick(w->printer));
	return sooner(next, transport_next_ms(w->transport));
}
