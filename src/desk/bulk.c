#include "desk/bulk.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/mem.h"
#include "desk/runner.h"
#include "store/batch.h"

#define CALLED_MAX 2		/* half of the connections: the others are for people and polls */
#define PROBING_MAX 6		/* outcomes that nobody saw, before no more is sent */
#define LOOK_MS 1000
#define COMMAND_TRIES 3		/* of one action, before a command says that there is no link */
#define COMMAND_WAIT_MS 1000

void bulk_free(struct runner *r)
{
	while (r->bulks) {
		struct bulk *next = r->bulks->next;

		free(r->bulks);
		r->bulks = next;
	}
}

/* ---- telling ----------------------------------------------------------------------------------- */

static void tell(struct runner *r, int64_t batch_id, uint64_t request_id, const char *message)
{
	struct event *e = event_new(EVENT_BATCH, request_id);

	e->batch_id = batch_id;
	e->message = xstrdup_null(message && *message ? message : NULL);
	worker_post(r->w, e);
}

void bulk_done(struct worker *w, uint64_t request_id, int64_t batch_id)
{
	struct event *e = event_new(EVENT_DONE, request_id);

	e->batch_id = batch_id;
	worker_post(w, e);
}

/* ---- who belongs to it ------------------------------------------------------------------------- */

static struct bulk *find(const struct runner *r, int64_t id)
{
	struct bulk *b = r->bulks;

	while (b && b->id != id)
		b = b->next;
	return b;
}

static struct act *next_of(const struct bulk *b, struct act *a)
{
	while (a && a->bulk != b)
		a = a->next;
	return a;
}

/* Its first action that waits and has no call under way. */
static struct act *waiting(const struct bulk *b)
{
	struct act *a = next_of(b, b->runner->acts);

	while (a && (a->phase != WAITING || a->called))
		a = next_of(b, a->next);
	return a;
}

/* What was agreed to again is as old as that. */
static void agree(struct act *a, const struct batch *now)
{
	if (now->agreed_ms > a->agreed_ms)
		act_agreed(a, now->agreed_ms);
}

static void read_again(struct bulk *b, const struct batch *now)
{
	bool held = now->state != BATCH_RUNNING;

	b->look_ms = clock_mono_ms() + LOOK_MS;
	if (b->held == held)
		return;
	b->held = held;
	b->wait_ms = 0;
	for (struct act *a = next_of(b, b->runner->acts); a; a = next_of(b, a->next))
		agree(a, now);
	tell(b->runner, b->id, b->request_id, now->message);
}

static struct bulk *make(struct runner *r, int64_t id, uint64_t request_id)
{
	struct bulk *b = xcalloc(1, sizeof(*b));

	b->runner = r;
	b->id = id;
	b->request_id = request_id;
	b->next = r->bulks;
	r->bulks = b;
	return b;
}

void bulk_join(struct act *a, int64_t batch_id, uint64_t request_id)
{
	struct bulk *b = find(a->runner, batch_id);
	struct batch now;

	if (!b)
		b = make(a->runner, batch_id, request_id);
	a->bulk = b;
	b->left++;
	/* What was written down a moment ago needs no look. */
	if (request_id)
		return;
	if (batch_get(a->w->store, batch_id, &now, NULL)) {
		agree(a, &now);
		read_again(b, &now);
	} else {
		b->held = true;
	}
}

static void remove_bulk(struct bulk *b)
{
	struct bulk **p = &b->runner->bulks;

	while (*p != b)
		p = &(*p)->next;
	*p = b->next;
	free(b);
}

void bulk_leave(struct act *a)
{
	struct bulk *b = a->bulk;

	a->bulk = NULL;
	if (--b->left)
		return;
	if (b->request_id)
		bulk_done(a->w, b->request_id, b->id);
	remove_bulk(b);
}

/* ---- whose turn it is -------------------------------------------------------------------------- */

void bulk_load(const struct runner *r, struct bulk_load *out)
{
	*out = (struct bulk_load){ .called = 0 };
	for (const struct act *a = r->acts; a; a = a->next) {
		out->called += a->bulk && a->called;
		out->probing += a->bulk && a->phase == PROBING;
	}
}

int64_t bulk_due_ms(const struct act *a, const struct bulk_load *load)
{
	const struct bulk *b = a->bulk;

	if (a->phase == WRITING)
		return a->due_ms;
	if (load->called >= CALLED_MAX)
		return INT64_MAX;
	if (a->phase == PROBING)
		return a->due_ms;
	if (b->held || load->probing >= PROBING_MAX)
		return INT64_MAX;
	return a->due_ms > b->wait_ms ? a->due_ms : b->wait_ms;
}

/* Ends what is not queued any more: somebody took it back. */
static bool still_queued(struct act *a)
{
	struct action_list list = ACTION_LIST_INIT;
	bool known = journal_get(a->w->store, a->id, &list, NULL) && list.n > 0;
	bool queued = !known || list.items[0].state == ACTION_QUEUED;

	action_list_clear(&list);
	if (queued)
		return true;
	a->move.from = ACTION_QUEUED;
	act_finish_as_journal(a, NULL);
	return false;
}

bool bulk_stopped(const struct act *a)
{
	struct batch now;

	return batch_get(a->w->store, a->bulk->id, &now, NULL) && now.state == BATCH_STOPPED;
}

bool bulk_lets_go(struct act *a)
{
	struct bulk *b = a->bulk;
	struct batch now;

	if (!batch_get(a->w->store, b->id, &now, NULL)) {
		b->wait_ms = clock_mono_ms() + a->w->retry_ms;
		return false;
	}
	read_again(b, &now);
	if (!still_queued(a))
		return false;
	if (now.state == BATCH_STOPPED)
		act_move_and_finish(a, ACTION_QUEUED, ACTION_UNDONE, NULL);
	return now.state == BATCH_RUNNING;
}

void bulk_hold(struct act *a)
{
	a->phase = WAITING;
	a->bulk->wait_ms = 0;
	a->due_ms = clock_mono_ms();
}

/* Others may have let it go on, or taken its actions back. */
static void look(struct bulk *b, int64_t now_ms)
{
	struct runner *r = b->runner;
	struct act *a, *next;
	struct batch now;

	b->look_ms = now_ms + LOOK_MS;
	if (!batch_get(r->w->store, b->id, &now, NULL))
		return;
	read_again(b, &now);
	if (now.state == BATCH_RUNNING)
		return;
	b->left++;	/* it outlives its last action until this is done */
	for (a = next_of(b, r->acts); a; a = next) {
		next = next_of(b, a->next);
		if (a->phase == WAITING && !a->called && still_queued(a) && now.state == BATCH_STOPPED)
			act_move_and_finish(a, ACTION_QUEUED, ACTION_UNDONE, NULL);
	}
	if (--b->left == 0) {
		if (b->request_id)
			bulk_done(r->w, b->request_id, b->id);
		remove_bulk(b);
	}
}

void bulk_tick(struct runner *r, int64_t now)
{
	struct bulk *b, *after;

	for (b = r->bulks; b; b = after) {
		after = b->next;
		if (b->held && b->look_ms <= now)
			look(b, now);
	}
}

int64_t bulk_next_ms(const struct runner *r, int64_t now)
{
	int64_t next = -1;

	for (const struct bulk *b = r->bulks; b; b = b->next)
		if (b->held && (next < 0 || b->look_ms - now < next))
			next = b->look_ms - now;
	return next;
}

/* ---- what keeps it back ------------------------------------------------------------------------ */

/* So long as a command waits for it nobody is there who could let it go on. */
static void end_waiting(struct bulk *b, bool give_back, const char *why)
{
	struct act *a;

	b->left++;
	while ((a = waiting(b)))
		if (give_back)
			act_give_back(a, why);
		else
			act_finish(a, ACTION_QUEUED, why);
	if (--b->left == 0) {
		bulk_done(b->runner->w, b->request_id, b->id);
		remove_bulk(b);
	}
}

static void pause_itself(struct bulk *b, const char *why)
{
	struct worker *w = b->runner->w;
	struct error err = ERROR_INIT;
	struct batch now;
	bool changed;

	if (!batch_pause(w->store, b->id, true, why, clock_now_ms(), &changed, &err) && err.code == ERR_STORAGE) {
		log_write(LOG_ERROR, "action", "cannot pause a batch: %s", err.text);
		b->wait_ms = clock_mono_ms() + w->retry_ms;
	} else if (batch_get(w->store, b->id, &now, NULL)) {
		read_again(b, &now);
	}
}

/* Nobody knows the token, or it cannot be read: the next one would not be sent either. */
static bool locks_out(enum error_code code)
{
	return code == ERR_UNAUTHORIZED || code == ERR_FORBIDDEN || code == ERR_CONFIG;
}

/* Of the link or the disk, and not of this order alone. */
static bool of_all(enum error_code code)
{
	return code == ERR_OFFLINE || code == ERR_TIMEOUT || code == ERR_RATE_LIMITED || code == ERR_STORAGE;
}

/* Whether it is over soon, if at all: a command waits for that, and for nothing else. */
static bool is_brief(enum error_code code)
{
	return code == ERR_OFFLINE || code == ERR_TIMEOUT || code == ERR_SERVER || code == ERR_BAD_REPLY;
}

static bool command_stays(struct act *a, const struct error *err)
{
	int64_t wait = a->w->retry_ms < COMMAND_WAIT_MS ? a->w->retry_ms : COMMAND_WAIT_MS;

	if (is_brief(err->code) && ++a->stays < COMMAND_TRIES) {
		a->due_ms = clock_mono_ms() + wait;
		if (of_all(err->code))
			a->bulk->wait_ms = a->due_ms;
		return true;
	}
	if (!of_all(err->code) && !locks_out(err->code))
		return false;
	end_waiting(a->bulk, locks_out(err->code), err->text);
	return true;
}

bool bulk_stays(struct act *a, const struct error *err)
{
	int64_t wait = err->retry_after_ms > a->w->retry_ms ? err->retry_after_ms : a->w->retry_ms;

	if (a->command)
		return command_stays(a, err);
	if (locks_out(err->code)) {
		a->due_ms = clock_mono_ms();
		pause_itself(a->bulk, err->text);
		return true;
	}
	if (of_all(err->code))
		a->bulk->wait_ms = clock_mono_ms() + wait;
	return false;
}

void bulk_ask(struct act *a)
{
	const char *why = _("It waited for too long: please decide whether the rest is still wanted.");

	a->phase = WAITING;
	a->due_ms = clock_mono_ms();
	if (a->command)
		end_waiting(a->bulk, false, why);
	else
		pause_itself(a->bulk, why);
}

/* ---- requests ---------------------------------------------------------------------------------- */

static void answer(struct runner *r, const struct request *rq, size_t n)
{
	struct event *e = event_new(EVENT_DONE, rq->id);

	e->batch_id = rq->batch_id;
	e->done = n;
	worker_post(r->w, e);
}

void runner_pause(struct runner *r, struct request *rq)
{
	struct bulk *b = find(r, rq->batch_id);
	struct error err = ERROR_INIT;
	struct batch now;
	bool changed;

	if (!batch_pause(r->w->store, rq->batch_id, rq->on, NULL, clock_now_ms(), &changed, &err)) {
		worker_fail(r->w, rq->id, &err);
		return;
	}
	if (b && batch_get(r->w->store, b->id, &now, NULL))
		read_again(b, &now);
	else if (changed)
		tell(r, rq->batch_id, 0, NULL);
	answer(r, rq, 0);
}

/* The first one of the batch that was taken back and does not know yet. */
static struct act *taken_back(const struct bulk *b)
{
	struct act *a = next_of(b, b->runner->acts);

	while (a && (a->undone || (a->phase != WAITING && a->phase != CHECKING)))
		a = next_of(b, a->next);
	return a;
}

static void end_undone(struct runner *r, int64_t batch_id)
{
	struct bulk *b;
	struct act *a;

	while ((b = find(r, batch_id)) && (a = taken_back(b))) {
		a->undone = true;
		if (a->called)
			act_tell(a, EVENT_ACTION, ACTION_UNDONE, NULL);
		else
			act_finish(a, ACTION_UNDONE, NULL);
	}
}

void runner_undo_all(struct runner *r, struct request *rq)
{
	struct error err = ERROR_INIT;
	size_t n = 0;

	if (!batch_stop(r->w->store, rq->batch_id, NULL, r->w->clerk, clock_now_ms(), &n, &err)) {
		worker_fail(r->w, rq->id, &err);
		return;
	}
	end_undone(r, rq->batch_id);
	tell(r, rq->batch_id, 0, NULL);
	answer(r, rq, n);
}
