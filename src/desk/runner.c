#include "desk/runner.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/mem.h"
#include "store/batch.h"

#define ADOPT_MS 10000			/* between looks for what other processes left */
#define GRACE_MAX_MS CLOCK_MINUTE_MS	/* of an adopted one, whatever the clocks say */
#define JUMP_MS 500			/* so much apart, and the wall clock was set */

static int64_t clocks_apart(void)
{
	return clock_now_ms() - clock_mono_ms();
}

struct runner *runner_new(struct worker *w)
{
	struct runner *r = xcalloc(1, sizeof(*r));

	r->w = w;
	r->clock_ms = clocks_apart();
	return r;
}

bool runner_clock_steady(const struct runner *r)
{
	int64_t moved = clocks_apart() - r->clock_ms;

	return moved > -JUMP_MS && moved < JUMP_MS;
}

static void act_free(struct act *a)
{
	free(a->move.message);
	free(a->clerk);
	free(a->warning);
	form_clear(&a->form);
	order_list_clear(&a->before);
	entry_list_clear(&a->lines);
	free(a);
}

void runner_free(struct runner *r)
{
	if (!r)
		return;
	while (r->acts) {
		struct act *next = r->acts->next;

		act_free(r->acts);
		r->acts = next;
	}
	bulk_free(r);
	free(r);
}

void runner_remove(struct runner *r, struct act *a)
{
	struct act **p = &r->acts;

	while (*p != a)
		p = &(*p)->next;
	*p = a->next;
	if (a->bulk)
		bulk_leave(a);
	act_free(a);
}

/* ---- requests ---------------------------------------------------------------------------------- */

struct act *runner_add(struct runner *r, const struct action_spec *spec)
{
	struct act *a = xcalloc(1, sizeof(*a)), **end = &r->acts;

	a->w = r->w;
	a->runner = r;
	a->spec = spec;
	a->clerk = xstrdup(r->w->clerk);
	while (*end)
		end = &(*end)->next;
	*end = a;
	return a;
}

static struct act *act_of(struct runner *r, int64_t action_id)
{
	struct act *a = r->acts;

	while (a && a->id != action_id)
		a = a->next;
	return a;
}

static void answer_move(struct runner *r, const struct request *rq, enum action_state from,
	enum action_state to, const char *message)
{
	struct error err = ERROR_INIT;
	struct event *e;

	if (!journal_move(r->w->store, rq->action_id, from, to, message, r->w->clerk, clock_now_ms(), &err)) {
		worker_fail(r->w, rq->id, &err);
		return;
	}
	e = event_new(EVENT_DONE, rq->id);
	e->action_id = rq->action_id;
	e->action_state = to;
	worker_post(r->w, e);
}

void runner_undo(struct runner *r, struct request *rq)
{
	struct act *a = act_of(r, rq->action_id);
	struct error err = ERROR_INIT;

	if (a && a->phase != WAITING && a->phase != CHECKING) {
		error_set(&err, ERR_REFUSED, _("Too late: it is on its way already."));
		worker_fail(r->w, rq->id, &err);
		return;
	}
	/* The journal decides: once it says undone, nothing can be sent. */
	if (a && !journal_move(r->w->store, a->id, ACTION_QUEUED, ACTION_UNDONE, NULL,
			 r->w->clerk, clock_now_ms(), &err)) {
		worker_fail(r->w, rq->id, &err);
	} else if (a) {
		a->undone = true;
		act_tell(a, EVENT_ACTION, ACTION_UNDONE, NULL);
		worker_done(r->w, rq->id);
		if (!a->called)
			act_finish(a, ACTION_UNDONE, NULL);
	} else {
		answer_move(r, rq, ACTION_QUEUED, ACTION_UNDONE, NULL);
	}
}

void runner_settle(struct runner *r, struct request *rq)
{
	answer_move(r, rq, ACTION_ASK, rq->on ? ACTION_DONE : ACTION_REFUSED,
		rq->on ? _("the clerk says that it was done") : _("the clerk says that it was not done"));
}

/* ---- what an earlier process left -------------------------------------------------------------- */

/* What the clerk saw, as far as a verdict needs it. */
static void recall(struct act *a, const struct action *row)
{
	struct order *o = order_list_add(&a->before);

	o->id = arena_strdup(&a->before.arena, row->order_id);
	o->code = arena_strdup(&a->before.arena, row->code);
	o->state = arena_strdup(&a->before.arena, row->before_state);
	o->status = arena_strdup(&a->before.arena, row->before_status);
	o->assembled = row->before_assembled;
}

/* What is left of its grace: whoever confirmed it may be about to take it back. */
static int64_t grace_left(const struct action *row, int64_t now_ms)
{
	int64_t left = row->state == ACTION_QUEUED ? row->send_after_ms - now_ms : 0;

	return left < 0 ? 0 : left < GRACE_MAX_MS ? left : GRACE_MAX_MS;
}

static void take_over(struct runner *r, const struct action *row)
{
	const struct action_spec *spec = provider_action(r->w->provider, row->kind);
	int64_t now_ms = clock_now_ms(), batch;
	struct form form = FORM_INIT;
	struct act *a;

	if (!spec || act_of(r, row->id) ||
	    (row->state != ACTION_QUEUED && row->state != ACTION_UNKNOWN))
		return;
	/* Half a form is not what was confirmed. The next look tries again. */
	if (!journal_form(r->w->store, row->id, &form, NULL)) {
		form_clear(&form);
		return;
	}
	a = runner_add(r, spec);
	a->id = row->id;
	a->form = form;
	a->attempts = row->attempts;
	act_agreed(a, row->confirmed_ms);
	recall(a, row);
	batch = batch_of_action(r->w->store, row->id);
	if (batch)
		bulk_join(a, batch, 0);
	a->due_ms = clock_mono_ms() + grace_left(row, now_ms);
	a->phase = row->state == ACTION_QUEUED ? WAITING : PROBING;
	log_write(LOG_WARNING, "action", "took over %lld (%s, %s)", (long long)row->id, row->kind,
		action_state_name(row->state));
	if (row->state == ACTION_QUEUED && act_secret(spec))
		act_give_back(a, _("the code is not kept; please enter it again"));
	else if (row->state == ACTION_QUEUED && spec->attended)
		act_give_back(a, _("the program that was to send it has ended"));
	else if (row->state == ACTION_QUEUED && act_too_old(a))
		act_ask(a);
}

static bool somebody_left(const struct action_list *open)
{
	for (size_t i = 0; i < open->n; i++)
		if (open->items[i].orphan)
			return true;
	return false;
}

static bool adopt(struct runner *r, struct action_list *open, struct error *err)
{
	if (!journal_open(r->w->store, open, err))
		return false;
	if (!somebody_left(open))
		return true;
	action_list_clear(open);
	return journal_adopt(r->w->store, r->w->clerk, clock_now_ms(), NULL, err) &&
		journal_open(r->w->store, open, err);
}

void runner_adopt(struct runner *r)
{
	struct action_list open = ACTION_LIST_INIT;
	struct error err = ERROR_INIT;

	r->adopting = true;
	r->adopt_ms = clock_mono_ms() + ADOPT_MS;
	if (!adopt(r, &open, &err))
		log_write(LOG_ERROR, "action", "cannot take over open actions: %s",
			error_code_name(err.code));
	for (size_t i = 0; i < open.n; i++)
		if (open.items[i].mine)
			take_over(r, &open.items[i]);
	action_list_clear(&open);
}

/* ---- time -------------------------------------------------------------------------------------- */

/* When it goes on by itself; INT64_MAX when something else has to happen first. */
static int64_t due_ms(const struct act *a, const struct bulk_load *load)
{
	if (a->called || (a->phase != WAITING && a->phase != PROBING && a->phase != WRITING))
		return INT64_MAX;
	return a->bulk ? bulk_due_ms(a, load) : a->due_ms;
}

static struct act *due_act(struct runner *r, int64_t now, int64_t *next)
{
	struct bulk_load load;

	*next = -1;
	bulk_load(r, &load);
	for (struct act *a = r->acts; a; a = a->next) {
		int64_t due = due_ms(a, &load);

		if (due <= now)
			return a;
		if (due != INT64_MAX && (*next < 0 || due - now < *next))
			*next = due - now;
	}
	return NULL;
}

static void go_on(struct act *a)
{
	if (a->phase == PROBING)
		act_probe(a);
	else if (a->phase == WRITING)
		act_write(a);
	else if (!a->bulk || bulk_lets_go(a))
		act_check(a);
}

int64_t runner_tick(struct runner *r)
{
	int64_t now = clock_mono_ms(), next, held;
	struct act *a;

	if (r->adopting && r->adopt_ms <= now)
		runner_adopt(r);
	bulk_tick(r, now);
	while ((a = due_act(r, now, &next)))
		go_on(a);
	held = bulk_next_ms(r, now);	/* going on may be what found one to be held */
	if (held >= 0 && (next < 0 || held < next))
		next = held;
	if (r->adopting && (next < 0 || r->adopt_ms - now < next))
		next = r->adopt_ms - now;
	return next;
}

bool runner_busy(const struct runner *r)
{
	for (const struct act *a = r->acts; a; a = a->next)
		if (!a->bulk || !a->bulk->held || a->phase != WAITING)
			return true;
	return false;
}

void runner_quit(struct runner *r)
{
	while (r->acts)
		act_quit(r->acts);
}
