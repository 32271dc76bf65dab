/* Many orders in one batch: written down together, worked off in order, stopped between two of them by a
 * signal. See act.h. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "cli/act.h"
#include "store/batch.h"

struct bulk {
	struct act_run *run;
	uint64_t request;
	int64_t batch_id;	/* 0: not written down yet */
	bool stopping;		/* a signal came: the rest is taken back */
	bool over;
	struct error error;	/* nothing was written down */
};

static struct job *job_of_order(const struct act_run *r, const char *order_id)
{
	for (size_t i = 0; order_id && i < r->n; i++)
		if (r->jobs[i].order_id && strcmp(r->jobs[i].order_id, order_id) == 0)
			return &r->jobs[i];
	return NULL;
}

/* ---- what could not be written down ------------------------------------------------------------ */

/* An open action of somebody else stands in the way, or the order itself. */
static void end_unwritten(struct act_run *r, struct job *job, struct reader *reader, const char *message)
{
	struct journal_query query = { .order_id = job->order_id, .kind = r->spec->id, .limit = 1,
		.open_only = true };
	struct action_list list = ACTION_LIST_INIT;
	bool open = reader_journal(reader, &query, &list, NULL) && list.n > 0;

	act_end(r, job, open ? "conflict" : "refused", message, CLI_EXIT_FAILED);
	action_list_clear(&list);
}

static void end_all_unwritten(const struct bulk *b)
{
	struct batch_items items = BATCH_ITEMS_INIT;
	struct reader *reader = reader_open(b->run->c->state_dir, NULL);

	if (reader && reader_batch_items(reader, b->batch_id, &items, NULL))
		for (size_t i = 0; i < items.n; i++) {
			struct job *job = job_of_order(b->run, items.items[i].order_id);

			if (job && !job->outcome && !items.items[i].action_id)
				end_unwritten(b->run, job, reader, items.items[i].message);
		}
	batch_items_clear(&items);
	reader_close(reader);
}

/* ---- while it runs ----------------------------------------------------------------------------- */

static void hear(struct bulk *b, const struct event *e)
{
	struct job *job = job_of_order(b->run, e->order_id);

	if (!job)
		return;
	job->state = e->action_state;
	free(job->heard);
	job->heard = xstrdup_null(e->message);
}

static bool under_way(const struct job *job)
{
	return job->step == STEP_ACT && !job->outcome && (job->state == ACTION_QUEUED || job->state == ACTION_SENDING);
}

static size_t count_under_way(const struct bulk *b)
{
	size_t n = 0;

	for (size_t i = 0; i < b->run->n; i++)
		n += under_way(&b->run->jobs[i]);
	return n;
}

static void take_back(struct bulk *b)
{
	if (b->batch_id)
		session_post(&b->run->session, request_new_undo_all(b->batch_id));
}

/* By another desk: a command itself never pauses. */
static void say_paused(const struct bulk *b)
{
	struct reader *reader = reader_open(b->run->c->state_dir, NULL);
	struct batch batch;

	if (reader && reader_batch(reader, b->batch_id, &batch, NULL) && batch.state == BATCH_PAUSED) {
		act_progress(NULL, 0, 0);
		cli_say("%s", _("Paused by another desk, which can let it go on; Ctrl-C takes back what waits."));
	}
	reader_close(reader);
}

static void take(struct bulk *b, const struct event *e)
{
	if (e->kind == EVENT_BATCH && e->batch_id == b->batch_id && b->batch_id)
		say_paused(b);
	if (e->reply_to != b->request)
		return;
	if (e->kind == EVENT_QUEUED) {
		b->batch_id = e->batch_id;
		end_all_unwritten(b);
		if (b->stopping)
			take_back(b);
	} else if (e->kind == EVENT_ACTION) {
		hear(b, e);
	} else if (e->kind == EVENT_DONE) {
		b->over = true;
	} else if (e->kind == EVENT_FAILED || e->kind == EVENT_CANCELLED) {
		b->over = true;
		b->error = e->error;
	}
}

/* The first signal takes back what waits, and what is under way ends; a second one ends the waiting. */
static bool stop(struct bulk *b)
{
	/* Without its number there is nothing yet that could be taken back; it comes from the disk. */
	if (b->stopping && b->batch_id)
		return false;
	b->stopping = true;
	session_go_on(&b->run->session);
	act_progress(NULL, 0, 0);
	cli_say("%s", _("Stopping: what waits is taken back, what is on its way ends."));
	take_back(b);
	return true;
}

/* What nobody saw the outcome of is not waited for once it is stopped: the journal keeps it. */
static bool goes_on(const struct bulk *b)
{
	return !b->over && (!b->stopping || !b->batch_id || count_under_way(b) > 0);
}

static void wait_for_all(struct bulk *b, size_t n)
{
	struct event *e;

	while (goes_on(b)) {
		e = session_wait(&b->run->session);
		if (!e && !stop(b))
			break;
		if (!e)
			continue;
		take(b, e);
		event_free(e);
		if (!b->stopping)
			act_progress(_(b->run->spec->verb), n - count_under_way(b), n);
	}
	act_progress(NULL, 0, 0);
}

/* ---- how each ended ---------------------------------------------------------------------------- */

static const char *sentence(const struct bulk *b, const struct job *job, const struct batch_item *item)
{
	if (*item->message)
		return item->message;
	if (item->state == ACTION_UNDONE)
		return b->stopping ? _("Stopped before it was sent.") : _("It was taken back before it was sent.");
	return job->heard;
}

static void end_all(struct bulk *b, struct reader *reader)
{
	struct batch_items items = BATCH_ITEMS_INIT;

	if (reader_batch_items(reader, b->batch_id, &items, NULL))
		for (size_t i = 0; i < items.n; i++) {
			const struct batch_item *item = &items.items[i];
			struct job *job = job_of_order(b->run, item->order_id);

			if (job && !job->outcome && item->action_id)
				act_end_in_state(b->run, job, item->state, sentence(b, job, item));
		}
	batch_items_clear(&items);
}

static void end_failed(struct bulk *b)
{
	for (size_t i = 0; i < b->run->n; i++)
		if (!b->run->jobs[i].outcome)
			act_end_failed(b->run, &b->run->jobs[i], &b->error);
}

void act_bulk(struct act_run *r)
{
	struct request *request = request_new_act_all(r->spec->id, &r->form);
	struct bulk b = { .run = r };
	struct reader *reader;

	request->no_grace = true;
	for (size_t i = 0; i < r->n; i++) {
		if (r->jobs[i].outcome)
			continue;
		request_add_order(request, r->jobs[i].order_id, r->jobs[i].code);
		r->jobs[i].step = STEP_ACT;
	}
	if (!request->n_orders) {
		request_free(request);
		return;
	}
	b.request = session_post(&r->session, request);
	wait_for_all(&b, request->n_orders);
	reader = reader_open(r->c->state_dir, NULL);
	if (b.error.code)
		end_failed(&b);
	else if (reader && b.batch_id)
		end_all(&b, reader);
	reader_close(reader);
}
