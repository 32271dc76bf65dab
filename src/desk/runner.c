/* The actions that are open in this process: requests, what an earlier process left, and time. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/mem.h"
#include "desk/act.h"
#include "desk/worker.h"

#define ADOPT_MS 10000			/* between looks for what other processes left */
#define GRACE_MAX_MS CLOCK_MINUTE_MS	/* of an adopted one, whatever the clocks say */
#define JUMP_MS 500			/* so much apart, and the wall clock was set */

struct runner {
	struct worker *w;
	struct act *acts;
	int64_t clock_ms;	/* wall clock less monotonic clock, at the start */
	bool adopting;
	int64_t adopt_ms;	/* monotonic: when to look again */
};

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
	free(r);
}

void runner_remove(struct runner *r, struct act *a)
{
	struct act **p = &r->acts;

	while (*p != a)
		p = &(*p)->next;
	*p = a->next;
	act_free(a);
}

/* ---- requests ---------------------------------------------------------------------------------- */

static struct act *act_new(struct runner *r, const struct action_spec *spec)
{
	struct act *a = xcalloc(1, sizeof(*a)), **end = &r->acts;

	a->w = r->w;
	a->runner = r;
	a->spec = spec;
	while (*end)
		end = &(*end)->next;	/* what was confirmed first goes first */
	*end = a;
	return a;
}

/* Lines that were never read are read before it is sent. */
static bool lines_allow(struct runner *r, const struct request *rq, const struct action_spec *spec,
	const struct order *o, struct error *err)
{
	struct entry_list entries = ENTRY_LIST_INIT;
	const struct subject subject = { o, &entries };
	bool ok = !spec->fits || !store_entries(r->w->store, o->id, &entries, NULL) || !entries.n ||
		spec->fits(&subject, &rq->form, err);

	entry_list_clear(&entries);
	return ok;
}

static bool allowed(struct runner *r, const struct request *rq, const struct action_spec *spec,
	const struct order *o, struct error *err)
{
	return form_check(spec->fields, &rq->form, err) && spec->applies(o, err) &&
		lines_allow(r, rq, spec, o, err);
}

/* An earlier one that asks is given up when the clerk says "again". */
static bool give_up_earlier(struct runner *r, const struct order *o, const char *kind,
	struct error *err)
{
	struct action_list open = ACTION_LIST_INIT;
	bool ok = journal_open(r->w->store, &open, err);

	for (size_t i = 0; ok && i < open.n; i++) {
		const struct action *x = &open.items[i];

		if (x->state == ACTION_ASK && !strcmp(x->order_id, o->id) && !strcmp(x->kind, kind))
			ok = journal_move(r->w->store, x->id, ACTION_ASK, ACTION_REFUSED,
				_("given up by the clerk: confirmed once more"), r->w->clerk,
				clock_now_ms(), err);
	}
	action_list_clear(&open);
	return ok;
}

static bool write_down(struct runner *r, struct request *rq, const struct action_spec *spec,
	const struct order *o, struct error *err)
{
	int64_t now = clock_now_ms();
	int64_t grace = spec->grace && !rq->no_grace ? r->w->shop->grace_s * 1000LL : 0;
	struct act *a;
	int64_t id;

	if (rq->again && !give_up_earlier(r, o, spec->id, err))
		return false;
	if (!journal_add(r->w->store, o, spec->id, &rq->form, act_secret(spec), r->w->clerk, now,
		    now + grace, &id, err))
		return false;
	a = act_new(r, spec);
	a->request_id = rq->id;
	a->command = rq->no_grace;
	a->id = id;
	form_copy(&a->form, &rq->form);
	act_remember(a, &(struct subject){ .order = o });
	a->confirmed_ms = now;
	a->due_ms = clock_mono_ms() + grace;
	a->expires_ms = clock_mono_ms() + act_wait_max_ms(r->w);
	act_tell(a, EVENT_QUEUED, ACTION_QUEUED, NULL);
	return true;
}

void runner_act(struct runner *r, struct request *rq)
{
	const struct action_spec *spec = provider_action(r->w->provider, rq->action);
	struct order_list list = ORDER_LIST_INIT;
	struct error err = ERROR_INIT;
	bool ok;

	if (!spec)
		ok = error_set(&err, ERR_USAGE, _("There is no action \"%s\"."), rq->action);
	else
		ok = store_order_by_id(r->w->store, rq->order_id, &list, &err) &&
			allowed(r, rq, spec, &list.items[0], &err) &&
			write_down(r, rq, spec, &list.items[0], &err);
	if (!ok)
		worker_fail(r->w, rq->id, &err);
	order_list_clear(&list);
	request_free(rq);
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
	int64_t now_ms = clock_now_ms(), age = now_ms - row->confirmed_ms;
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
	a = act_new(r, spec);
	a->id = row->id;
	a->form = form;
	a->attempts = row->attempts;
	a->confirmed_ms = row->confirmed_ms;
	recall(a, row);
	a->due_ms = clock_mono_ms() + grace_left(row, now_ms);
	a->expires_ms = clock_mono_ms() + act_wait_max_ms(r->w) - age;
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

static struct act *due_act(struct runner *r, int64_t now, int64_t *next)
{
	*next = -1;
	for (struct act *a = r->acts; a; a = a->next) {
		if (a->called ||
		    (a->phase != WAITING && a->phase != PROBING && a->phase != WRITING))
			continue;
		if (a->due_ms <= now)
			return a;
		if (*next < 0 || a->due_ms - now < *next)
			*next = a->due_ms - now;
	}
	return NULL;
}

static void go_on(struct act *a)
{
	if (a->phase == WAITING)
		act_check(a);
	else if (a->phase == PROBING)
		act_probe(a);
	else
		act_write(a);
}

int64_t runner_tick(struct runner *r)
{
	int64_t now = clock_mono_ms(), next;
	struct act *a;

	if (r->adopting && r->adopt_ms <= now)
		runner_adopt(r);
	while ((a = due_act(r, now, &next)))
		go_on(a);
	if (r->adopting && (next < 0 || r->adopt_ms - now < next))
		next = r->adopt_ms - now;
	return next;
}

bool runner_busy(const struct runner *r)
{
	return r->acts != NULL;
}

void runner_quit(struct runner *r)
{
	while (r->acts)
		act_quit(r->acts);
}
