#include "cli/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "cli/act_form.h"
#include "cli/print.h"
#include "cli/session.h"
#include "store/reader.h"

enum step { STEP_LOOKUP, STEP_LINES, STEP_ACT };

/* One order that the action goes to, and what became of it. */
struct job {
	const char *code;
	uint64_t request;	/* of the step; 0 once it is over */
	enum step step;
	char *order_id;		/* known after the look-up */
	const char *outcome;	/* "done", ...; NULL while it runs */
	char *message;
	int status;
};

struct run {
	struct cli *c;
	const struct action_spec *spec;
	const struct action_spec *asked;	/* what was typed: spec may be its opener */
	struct form form;
	bool force;
	struct session session;
	struct job *jobs;
	size_t n;
	size_t running;
};

static bool add_job(struct run *r, const char *code, struct error *err)
{
	if (!args_code(code, err))
		return false;
	for (size_t i = 0; i < r->n; i++)
		if (strcmp(r->jobs[i].code, code) == 0)
			return true;
	r->jobs[r->n++] = (struct job){ .code = code };
	return true;
}

static bool prepare(struct run *r, const struct args *args, struct error *err)
{
	int n = r->spec->bulk ? args->n_rest : 1;

	r->jobs = xcalloc((size_t)n, sizeof(*r->jobs));
	for (int i = 0; i < n; i++)
		if (!add_job(r, args->rest[i], err))
			return false;
	r->force = args_get(args, "force") != NULL;
	return act_form(r->c->provider, &r->spec, args, &r->form, err);
}

/* ---- how it ended ---------------------------------------------------------------------------- */

static void end_job(struct run *r, struct job *job, const char *outcome, const char *message,
	int status)
{
	job->outcome = outcome;
	job->message = xstrdup(message ? message : "");
	job->status = status;
	job->request = 0;
	r->running--;
}

static void end_failed(struct run *r, struct job *job, const struct error *err)
{
	end_job(r, job, err->code == ERR_CONFLICT ? "conflict" : "refused", err->text,
		error_exit_status(err->code));
}

/* What keeps us from the server says more than "refused". */
static int status_of_link(const struct run *r, int otherwise)
{
	return r->session.link.code ? error_exit_status(r->session.link.code) : otherwise;
}

/* By what the journal says. */
static void end_in_state(struct run *r, struct job *job, enum action_state state,
	const char *message)
{
	bool said = message && *message;

	switch (state) {
	case ACTION_DONE:
		end_job(r, job, "done", message, 0);
		return;
	case ACTION_QUEUED:
		end_job(r, job, "queued", said ? message : _("It waits in the journal."), 3);
		return;
	case ACTION_CONFLICT:
		end_job(r, job, "conflict", message, 1);
		return;
	case ACTION_REFUSED:
	case ACTION_UNDONE:
		end_job(r, job, "refused", message, status_of_link(r, 1));
		return;
	case ACTION_SENDING:
	case ACTION_UNKNOWN:
	case ACTION_ASK:
	case ACTION_STATES:
		end_job(r, job, "unknown",
			said ? message :
			       _("It was sent, and nobody saw what became of it: look at the order "
				 "again."),
			5);
	}
}

/* ---- the work -------------------------------------------------------------------------------- */

static void start_acting(struct run *r, struct job *job)
{
	struct request *request = request_new_act(job->order_id, r->spec->id, &r->form);

	request->no_grace = true;
	job->step = STEP_ACT;
	job->request = session_post(&r->session, request);
}

static char *known_order(const struct run *r, const char *code)
{
	struct order_list list = ORDER_LIST_INIT;
	struct reader *reader = reader_open(r->c->state_dir, NULL);
	char *id = NULL;

	if (reader && reader_order_by_code(reader, code, &list, NULL, NULL))
		id = xstrdup(list.items[0].id);
	order_list_clear(&list);
	reader_close(reader);
	return id;
}

/* The server decides what an order is; where it cannot be reached, what is known has to do, and the
 * action waits in the journal. */
static void looked_up(struct run *r, struct job *job, struct event *e)
{
	enum error_code code = e->error.code;
	bool away = code == ERR_OFFLINE || code == ERR_TIMEOUT || code == ERR_RATE_LIMITED ||
		code == ERR_SERVER;

	if (e->kind == EVENT_DONE) {
		job->order_id = e->order_id;
		e->order_id = NULL;
	} else if (away) {
		job->order_id = known_order(r, job->code);
	}
	if (!job->order_id) {
		end_failed(r, job, &e->error);
	} else if (r->spec->reads == READS_ORDER) {
		start_acting(r, job);
	} else {
		job->step = STEP_LINES;
		job->request = session_post(&r->session, request_new_fetch(job->order_id));
	}
}

/* The store has the order's lines now; offline those that were seen last. */
static void lines_read(struct run *r, struct job *job, const struct event *e)
{
	struct order_list order = ORDER_LIST_INIT;
	struct entry_list entries = ENTRY_LIST_INIT;
	struct reader *reader = reader_open(r->c->state_dir, NULL);
	struct error err = ERROR_INIT;

	if (reader && reader_order_by_id(reader, job->order_id, &order, NULL, &err) &&
	    reader_entries(reader, job->order_id, &entries, NULL, &err) && entries.n == 0 &&
	    e->kind == EVENT_FAILED)
		err = e->error;
	if (!err.code && order.n &&
	    act_form_entries(r->spec, &(struct subject){ &order.items[0], &entries }, r->force, &r->form, &err))
		start_acting(r, job);
	else
		end_failed(r, job, &err);
	order_list_clear(&order);
	entry_list_clear(&entries);
	reader_close(reader);
}

static void handle(struct run *r, struct job *job, struct event *e)
{
	if (e->kind != EVENT_DONE && e->kind != EVENT_FAILED && e->kind != EVENT_CANCELLED)
		return;
	if (job->step == STEP_LOOKUP)
		looked_up(r, job, e);
	else if (job->step == STEP_LINES)
		lines_read(r, job, e);
	else if (e->kind == EVENT_DONE)
		end_in_state(r, job, e->action_state, e->message);
	else
		end_failed(r, job, &e->error);
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

/* After a signal: the journal knows how far each came. */
static void end_by_journal(struct run *r, struct job *job)
{
	struct journal_query query = { .order_id = job->order_id, .kind = r->spec->id, .limit = 1,
		.open_only = true };
	struct reader *reader = job->step == STEP_ACT ? reader_open(r->c->state_dir, NULL) : NULL;
	struct action_list list = ACTION_LIST_INIT;

	if (reader && reader_journal(reader, &query, &list, NULL) && list.n > 0)
		end_in_state(r, job, list.items[0].state,
			list.items[0].state == ACTION_QUEUED ?
				_("Stopped before it was sent; it waits in the journal.") :
				_("Stopped while it was on its way; the journal keeps it, look at "
				  "the order again."));
	else
		end_job(r, job, "refused", _("Stopped before anything was sent."), CLI_EXIT_FAILED);
	action_list_clear(&list);
	reader_close(reader);
}

static bool work(struct run *r, struct error *err)
{
	if (!session_open(&r->session, r->c, err))
		return false;
	for (size_t i = 0; i < r->n; i++)
		r->jobs[i].request = session_post(&r->session, request_new_lookup(r->jobs[i].code));
	wait_for_all(r);
	session_close(&r->session);
	for (size_t i = 0; i < r->n; i++)
		if (!r->jobs[i].outcome)
			end_by_journal(r, &r->jobs[i]);
	return true;
}

static void refuse_all(struct run *r)
{
	for (size_t i = 0; i < r->n; i++)
		end_job(r, &r->jobs[i], "refused", _("The desk is read-only: nothing was sent."),
			CLI_EXIT_FAILED);
}

/* ---- saying it ------------------------------------------------------------------------------- */

static void print_json(const struct run *r)
{
	struct buf out = BUF_INIT(BUF_MAX_OUTPUT);
	struct json_writer w = JSON_WRITER(&out);

	print_begin(&w);
	json_open(&w, "results", '[');
	for (size_t i = 0; i < r->n; i++) {
		json_open(&w, NULL, '{');
		json_put_text(&w, "code", r->jobs[i].code);
		json_put_text(&w, "action", r->spec->id);
		json_put_text(&w, "outcome", r->jobs[i].outcome);
		print_text(&w, "message", r->jobs[i].message);
		json_close(&w, '}');
	}
	json_close(&w, ']');
	print_end(&w);
	buf_clear(&out);
}

static void print_lines(const struct run *r)
{
	static const struct {
		const char *outcome, *label;
	} labels[] = {
		{ "refused", N_("refused") },
		{ "conflict", N_("not done, the order changed") },
		{ "unknown", N_("outcome unknown") },
		{ "queued", N_("queued") },
	};

	char name[40];

	for (size_t i = 0; i < r->n; i++) {
		const struct job *job = &r->jobs[i];
		const char *label = _(r->spec->done);

		for (size_t k = 0; k < sizeof(labels) / sizeof(*labels); k++)
			if (strcmp(labels[k].outcome, job->outcome) == 0)
				label = _(labels[k].label);
		printf("%s: %s%s%s\n", job->code, label, *job->message ? ": " : "", job->message);
		if (r->asked != r->spec && strcmp(job->outcome, "done") == 0)
			/* TRANSLATORS: the command that comes next */
			fprintf(stderr, _("Then: duken %s %s --code CODE\n"),
				act_name(r->asked, name), job->code);
	}
}

static int worst(const struct run *r)
{
	int status = 0;

	for (size_t i = 0; i < r->n; i++)
		if (r->jobs[i].status > status)
			status = r->jobs[i].status;
	return status;
}

static void run_clear(struct run *r)
{
	for (size_t i = 0; i < r->n; i++) {
		free(r->jobs[i].order_id);
		free(r->jobs[i].message);
	}
	free(r->jobs);
	form_clear(&r->form);
}

int act_run(struct cli *c, const struct action_spec *spec, const struct args *args)
{
	struct run r = { .c = c, .spec = spec, .asked = spec, .form = FORM_INIT };
	struct error err = ERROR_INIT;
	int status;

	if (!prepare(&r, args, &err)) {
		status = cli_fail(c, &err);
		run_clear(&r);
		return status;
	}
	r.running = r.n;
	if (c->read_only)
		refuse_all(&r);
	if (!c->read_only && !work(&r, &err)) {
		status = cli_fail(c, &err);
	} else {
		status = worst(&r);
		if (c->json)
			print_json(&r);
		else
			print_lines(&r);
	}
	run_clear(&r);
	return status;
}
