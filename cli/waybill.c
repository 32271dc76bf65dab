/* duken waybill: fetches waybills, puts them into a folder, prints them. */
#include "cli/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/path.h"
#include "cli/print.h"
#include "cli/session.h"
#include "store/reader.h"
#include "store/waybills.h"

/* One order, and what became of its waybill. */
struct job {
	const char *code;
	uint64_t request;	/* the look-up, then the document; 0 once it is over */
	bool fetching;
	char *path;		/* NULL: it is not there, `error` says why */
	struct error error;
};

struct run {
	struct cli *c;
	const char *folder;	/* -o, or NULL */
	bool fresh;
	bool print;
	struct session session;
	struct job *jobs;
	size_t n;
	size_t running;
	size_t ready;
	struct error printing;	/* why nothing was printed */
	char *printed;		/* what the printing system says; NULL: it was not */
};

/* ---- fetching ---------------------------------------------------------------------------------- */

static void end_job(struct run *r, struct job *job, char *path, const struct error *err)
{
	job->path = path;
	if (!path)
		job->error = *err;
	job->request = 0;
	r->running--;
	r->ready += path != NULL;
}

static void fetch(struct run *r, struct job *job, const char *order_id)
{
	job->fetching = true;
	job->request = session_post(&r->session, request_new_document(order_id, r->fresh));
}

/* A copy beside the one that is kept. */
static char *copy(const char *from, const char *folder, const char *code, struct error *err)
{
	char *name = waybill_name(code), *file = xasprintf("%s.pdf", name), *path = path_join(folder, file);
	struct buf data = BUF_INIT(WAYBILL_MAX);
	bool ok = file_read(from, &data, err) && file_write_atomic(path, buf_str(&data), data.len, err);

	buf_clear(&data);
	free(file);
	free(name);
	if (ok)
		return path;
	free(path);
	return NULL;
}

static void fetched(struct run *r, struct job *job, struct event *e)
{
	struct error err = ERROR_INIT;
	char *path = e->path;

	e->path = NULL;
	if (r->folder) {
		char *kept = path;

		path = copy(kept, r->folder, job->code, &err);
		free(kept);
	}
	end_job(r, job, path, &err);
}

static void handle(struct run *r, struct job *job, struct event *e)
{
	if (e->kind == EVENT_DOCUMENT && e->stage == DOCUMENT_WAITING)
		cli_say(_("%s: the server has not made the waybill yet, waiting..."), job->code);
	if (e->kind == EVENT_FAILED || e->kind == EVENT_CANCELLED)
		end_job(r, job, NULL, &e->error);
	else if (e->kind == EVENT_DONE && job->fetching)
		fetched(r, job, e);
	else if (e->kind == EVENT_DONE)
		fetch(r, job, e->order_id);
}

static struct job *job_of(struct run *r, uint64_t request)
{
	for (size_t i = 0; request && i < r->n; i++)
		if (r->jobs[i].request == request)
			return &r->jobs[i];
	return NULL;
}

static void wait_for_all(struct run *r)
{
	struct event *e;

	while (r->running > 0 && (e = session_wait(&r->session))) {
		struct job *job = job_of(r, e->reply_to);

		if (job)
			handle(r, job, e);
		event_free(e);
	}
}

/* An order that the store knows need not be looked up. */
static void begin(struct run *r, struct reader *reader, struct job *job)
{
	struct order_list list = ORDER_LIST_INIT;

	if (reader && reader_order_by_code(reader, job->code, &list, NULL, NULL))
		fetch(r, job, list.items[0].id);
	else
		job->request = session_post(&r->session, request_new_lookup(job->code));
	order_list_clear(&list);
}

static void end_stopped(struct run *r)
{
	struct error err = ERROR_INIT;

	error_set(&err, ERR_CANCELLED, _("Stopped before it was there."));
	for (size_t i = 0; i < r->n; i++)
		if (r->jobs[i].request)
			end_job(r, &r->jobs[i], NULL, &err);
}

/* ---- printing ---------------------------------------------------------------------------------- */

static char *title_of(const struct run *r)
{
	if (r->n == 1)
		return xasprintf("duken %s", r->jobs[0].code);
	/* TRANSLATORS: the name of a job in the print queue. */
	return xasprintf(ngettext("duken: %zu waybill", "duken: %zu waybills", r->ready), r->ready);
}

static uint64_t post_print(struct run *r)
{
	const char **files = xcalloc(r->ready + 1, sizeof(*files));
	char *title = title_of(r);
	size_t n = 0;
	uint64_t id;

	for (size_t i = 0; i < r->n; i++)
		if (r->jobs[i].path)
			files[n++] = r->jobs[i].path;
	id = session_post(&r->session, request_new_print(files, n, title));
	free(files);
	free(title);
	return id;
}

static void print_ready(struct run *r)
{
	uint64_t id = post_print(r);
	struct event *e;
	bool over = false;

	while (!over && (e = session_wait(&r->session))) {
		over = e->reply_to == id && (e->kind == EVENT_DONE || e->kind == EVENT_FAILED);
		if (over && e->kind == EVENT_DONE)
			r->printed = xstrdup(e->message ? e->message : "");
		else if (over)
			r->printing = e->error;
		event_free(e);
	}
	if (!over)
		error_set(&r->printing, ERR_CANCELLED, _("Stopped before the printing system answered."));
}

/* ---- saying it --------------------------------------------------------------------------------- */

static void print_json(const struct run *r)
{
	struct buf out = BUF_INIT(BUF_MAX_OUTPUT);
	struct json_writer w = JSON_WRITER(&out);

	print_begin(&w);
	json_open(&w, "results", '[');
	for (size_t i = 0; i < r->n; i++) {
		json_open(&w, NULL, '{');
		json_put_text(&w, "code", r->jobs[i].code);
		json_put_text(&w, "action", "waybill");
		json_put_text(&w, "outcome", r->jobs[i].path ? "done" : "refused");
		print_text(&w, "message", r->jobs[i].error.text);
		print_text(&w, "path", r->jobs[i].path);
		json_close(&w, '}');
	}
	json_close(&w, ']');
	if (r->print) {
		json_open(&w, "print", '{');
		json_put_text(&w, "outcome", r->printed ? "done" : "refused");
		print_text(&w, "message", r->printed ? r->printed : r->printing.text);
		json_close(&w, '}');
	}
	print_end(&w);
	buf_clear(&out);
}

static void print_lines(const struct run *r)
{
	for (size_t i = 0; i < r->n; i++) {
		if (r->jobs[i].path)
			printf("%s\n", r->jobs[i].path);
		else
			cli_say("%s: %s", r->jobs[i].code, r->jobs[i].error.text);
	}
	if (r->printed && *r->printed)
		cli_say("%s", r->printed);
	else if (r->print && !r->printed)
		cli_say("%s", r->printing.text);
}

static int worst(const struct run *r)
{
	int status = r->print && !r->printed ? error_exit_status(r->printing.code) : 0;

	for (size_t i = 0; i < r->n; i++) {
		int own = r->jobs[i].path ? 0 : error_exit_status(r->jobs[i].error.code);

		status = own > status ? own : status;
	}
	return status;
}

/* ---- the command ------------------------------------------------------------------------------- */

static bool work(struct run *r, struct error *err)
{
	struct reader *reader;

	if (!session_open(&r->session, r->c, err))
		return false;
	reader = reader_open(r->c->state_dir, NULL);
	r->running = r->n;
	for (size_t i = 0; i < r->n; i++)
		begin(r, reader, &r->jobs[i]);
	reader_close(reader);
	wait_for_all(r);
	end_stopped(r);
	if (r->print && r->ready && !r->session.interrupted)
		print_ready(r);
	else if (r->print)
		error_set(&r->printing, ERR_REFUSED, _("There is nothing to print."));
	session_close(&r->session);
	return true;
}

/* A number that was typed twice is meant once. */
static bool add_job(struct run *r, const char *code, struct error *err)
{
	if (!args_code(code, err))
		return false;
	for (size_t i = 0; i < r->n; i++)
		if (!strcmp(r->jobs[i].code, code))
			return true;
	r->jobs[r->n++].code = code;
	return true;
}

int cmd_waybill(struct cli *c, const struct args *args)
{
	struct run r = { .c = c, .folder = args_get(args, "output"), .fresh = args_get(args, "fresh") != NULL,
		.print = args_get(args, "print") != NULL };
	struct error err = ERROR_INIT;
	bool ok = true;
	int status;

	r.jobs = xcalloc((size_t)args->n_rest, sizeof(*r.jobs));
	for (int i = 0; ok && i < args->n_rest; i++)
		ok = add_job(&r, args->rest[i], &err);
	if (!ok || !work(&r, &err)) {
		status = cli_fail(c, &err);
	} else {
		status = worst(&r);
		if (c->json)
			print_json(&r);
		else
			print_lines(&r);
	}
	for (size_t i = 0; i < r.n; i++)
		free(r.jobs[i].path);
	free(r.jobs);
	free(r.printed);
	return status;
}
