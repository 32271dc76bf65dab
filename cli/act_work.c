/* Doing an action for the orders of a command: looked up first, then acted on. See act.h. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "cli/act.h"
#include "cli/act_form.h"
#include "store/reader.h"

#define PROGRESS_WIDTH 60

static void start_acting(struct act_run *r, struct job *job)
{
	struct request *request = request_new_act(job->order_id, r->spec->id, &r->form);

	request->no_grace = true;
	request->warning = xstrdup_null(r->warning);
	job->step = STEP_ACT;
	job->request = session_post(&r->session, request);
}

/* What reads the order's lines has them read first. */
static void start(struct act_run *r, struct job *job)
{
	if (r->spec->reads == READS_ORDER) {
		start_acting(r, job);
		return;
	}
	job->step = STEP_LINES;
	job->request = session_post(&r->session, request_new_fetch(job->order_id));
}

static char *known_order(const struct act_run *r, const char *code)
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
static void looked_up(struct act_run *r, struct job *job, struct event *e)
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
	job->request = 0;
	if (!job->order_id)
		act_end_failed(r, job, &e->error);
	else if (r->n == 1)
		start(r, job);
}

/* The store has the order's lines now; offline those that were seen last. */
static void lines_read(struct act_run *r, struct job *job, const struct event *e)
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
	    act_form_entries(r->spec, &(struct subject){ &order.items[0], &entries }, r->force, &r->form,
		&r->warning, &err))
		start_acting(r, job);
	else
		act_end_failed(r, job, &err);
	order_list_clear(&order);
	entry_list_clear(&entries);
	reader_close(reader);
}

static void handle(struct act_run *r, struct job *job, struct event *e)
{
	if (e->kind != EVENT_DONE && e->kind != EVENT_FAILED && e->kind != EVENT_CANCELLED)
		return;
	if (job->step == STEP_LOOKUP)
		looked_up(r, job, e);
	else if (job->step == STEP_LINES)
		lines_read(r, job, e);
	else if (e->kind == EVENT_DONE)
		act_end_in_state(r, job, e->action_state, e->message);
	else
		act_end_failed(r, job, &e->error);
}

static struct job *job_of(struct act_run *r, uint64_t request)
{
	for (size_t i = 0; request && i < r->n; i++)
		if (r->jobs[i].request == request)
			return &r->jobs[i];
	return NULL;
}

static void wait_for_all(struct act_run *r)
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
static void end_by_journal(struct act_run *r, struct job *job)
{
	struct journal_query query = { .order_id = job->order_id, .kind = r->spec->id, .limit = 1,
		.open_only = true };
	struct reader *reader = job->step == STEP_ACT ? reader_open(r->c->state_dir, NULL) : NULL;
	struct action_list list = ACTION_LIST_INIT;

	if (reader && reader_journal(reader, &query, &list, NULL) && list.n > 0)
		act_end_in_state(r, job, list.items[0].state,
			list.items[0].state == ACTION_QUEUED ?
				_("Stopped before it was sent; it waits in the journal.") :
				_("Stopped while it was on its way; the journal keeps it, look at "
				  "the order again."));
	else
		act_end(r, job, "refused", _("Stopped before anything was sent."), CLI_EXIT_FAILED);
	action_list_clear(&list);
	reader_close(reader);
}

/* ---- one or many ------------------------------------------------------------------------------- */

void act_progress(const char *what, size_t done, size_t total)
{
	if (!isatty(STDERR_FILENO))
		return;
	if (total)
		fprintf(stderr, "\r%s %zu/%zu ", what, done, total);
	else
		fprintf(stderr, "\r%*s\r", PROGRESS_WIDTH, "");
	fflush(stderr);
}

static bool is_end(const struct event *e)
{
	return e->kind == EVENT_DONE || e->kind == EVENT_FAILED || e->kind == EVENT_CANCELLED;
}

bool act_look_up(struct act_run *r)
{
	size_t looked = 0;
	struct event *e;

	while (looked < r->n && (e = session_wait(&r->session))) {
		struct job *job = is_end(e) ? job_of(r, e->reply_to) : NULL;

		if (job) {
			looked_up(r, job, e);
			act_progress(_("Looking up"), ++looked, r->n);
		}
		event_free(e);
	}
	act_progress(NULL, 0, 0);
	return looked == r->n;
}

static void work_off(struct act_run *r)
{
	if (r->n == 1)
		wait_for_all(r);
	else if (act_look_up(r))
		act_bulk(r);
}

bool act_work(struct act_run *r, struct error *err)
{
	if (!session_open(&r->session, r->c, err))
		return false;
	for (size_t i = 0; i < r->n; i++)
		r->jobs[i].request = session_post(&r->session, request_new_lookup(r->jobs[i].code));
	work_off(r);
	session_close(&r->session);
	for (size_t i = 0; i < r->n; i++)
		if (!r->jobs[i].outcome)
			end_by_journal(r, &r->jobs[i]);
	return true;
}
