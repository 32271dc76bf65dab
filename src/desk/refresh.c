#include "desk/refresh.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"

struct refresh *refresh_new(struct worker *w, struct request *r)
{
	struct refresh *f = xcalloc(1, sizeof(*f));

	f->request = r;
	f->began_ms = clock_mono_ms();
	f->requests_before = transport_count(w->transport);
	return f;
}

void refresh_free(struct refresh *f)
{
	request_free(f->request);
	free(f);
}

void refresh_end(struct worker *w, struct refresh *f)
{
	struct event *e;

	if (f->error.code) {
		worker_fail(w, f->request->id, &f->error);
	} else {
		e = event_new(EVENT_DONE, f->request->id);
		e->orders = f->orders;
		e->added = f->changes.added;
		e->express = f->changes.express;
		e->changed = f->changes.changed;
		e->requests = (size_t)(transport_count(w->transport) - f->requests_before);
		e->took_ms = clock_mono_ms() - f->began_ms;
		worker_post(w, e);
	}
	refresh_free(f);
}

void refresh_cancel(struct worker *w, struct refresh *f)
{
	error_set(&f->error, ERR_CANCELLED, _("stopped on request"));
	refresh_end(w, f);
}
