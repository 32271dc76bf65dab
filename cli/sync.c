#include "cli/command.h"

#include <stdio.h>

#include "base/i18n.h"
#include "cli/bar.h"
#include "cli/print.h"
#include "cli/session.h"

static bool wait_for_pass(struct session *s, uint64_t id, struct event **end, struct error *err)
{
	struct event *e;

	while ((e = session_wait(s))) {
		if (e->kind == EVENT_PROGRESS)
			bar_draw(e->done, e->total);
		if (e->reply_to == id && (e->kind == EVENT_DONE || e->kind == EVENT_FAILED ||
			e->kind == EVENT_CANCELLED))
			break;
		event_free(e);
	}
	bar_wipe();
	*end = e;
	if (e && e->kind == EVENT_DONE)
		return true;
	if (e)
		*err = e->error;
	else
		error_set(err, ERR_CANCELLED, _("stopped; what was fetched so far is kept"));
	return false;
}

static void print_result(const struct cli *c, const struct event *e)
{
	struct buf out = BUF_INIT(BUF_MAX_LINE);
	struct json_writer w = JSON_WRITER(&out);

	if (!c->json) {
		printf(_("%zu orders, %zu new, %zu changed; %zu requests in %.1f s"), e->orders,
			e->added, e->changed, e->requests, (double)e->took_ms / 1000);
		putchar('\n');
		return;
	}
	print_begin(&w);
	json_put_int(&w, "orders", (int64_t)e->orders);
	json_put_int(&w, "new", (int64_t)e->added);
	json_put_int(&w, "changed", (int64_t)e->changed);
	json_put_int(&w, "requests", (int64_t)e->requests);
	json_put_double(&w, "seconds", (double)e->took_ms / 1000);
	print_end(&w);
	buf_clear(&out);
}

int cmd_sync(struct cli *c, const struct args *args)
{
	struct request *r = request_new(REQUEST_REFRESH);
	struct error err = ERROR_INIT;
	struct event *end = NULL;
	struct session s;
	int status = 0;

	r->full = args_get(args, "full") != NULL;
	if (!session_open(&s, c, &err)) {
		request_free(r);
		return cli_fail(c, &err);
	}
	if (wait_for_pass(&s, session_post(&s, r), &end, &err))
		print_result(c, end);
	else
		status = cli_fail(c, &err);
	event_free(end);
	session_close(&s);
	return status;
}
