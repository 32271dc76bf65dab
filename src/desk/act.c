#include "desk/act.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"

#define FRESH_MS 2000			/* an order seen so recently need not be re-read before sending */
#define RETRY_MS 5000			/* between looks while the link is down */
#define PROBE_FIRST_MS 1500		/* after an unknown outcome; the next ones wait twice as long */
#define PROBE_MAX_MS 30000
#define PROBES_OF_A_COMMAND 5		/* a command gives up then and says "unknown" */
#define UNCHANGED_VIEWS 2		/* so often an order must be seen unchanged to count as not done */
#define ATTEMPTS_MAX 2

const struct order *act_before(const struct act *a)
{
	return &a->before.items[0];
}

void act_remember(struct act *a, const struct order *o)
{
	order_list_reset(&a->before);
	order_list_copy(&a->before, o);
}

/* ---- telling --------------------------------------------------------------------------------- */

void act_tell(struct act *a, enum event_kind kind, enum action_state state, const char *message)
{
	struct event *e = event_new(kind, a->request_id);

	e->action_id = a->id;
	e->action_state = state;
	e->message = xstrdup_null(message);
	e->order_id = xstrdup(act_before(a)->id);
	e->send_after_ms = clock_now_ms() + (a->due_ms - clock_mono_ms());
	worker_post(a->w, e);
}

/* The act is over; `state` is what the journal says. */
void act_finish(struct act *a, enum action_state state, const char *message)
{
	act_tell(a, a->request_id ? EVENT_DONE : EVENT_ACTION, state, message);
	runner_remove(a->runner, a);
}

/* Moves the journal. When that fails, what the clerk is told says so: the act cannot go on. */
static bool move(struct act *a, enum action_state from, enum action_state to, const char *message,
	struct error *err)
{
	return journal_move(a->w->store, a->id, from, to, message, clock_now_ms(), err);
}

static void move_and_finish(struct act *a, enum action_state from, enum action_state to,
	const char *message)
{
	struct error err = ERROR_INIT;

	if (move(a, from, to, message, &err)) {
		act_finish(a, to, message);
	} else {
		error_prefix(&err, _("The outcome could not be written down"));
		act_finish(a, to, err.text);
	}
}

static void confirmed(void *owner, void *arg, const struct order *found, const struct error *err)
{
	struct act *a = owner;
	struct runner *r = a->runner;

	(void)arg;
	(void)err;
	if (found && !a->w->quit)
		runner_expect_more(r, found);
	act_finish(a, ACTION_DONE, NULL);
}

static void seen_truth(void *owner, void *arg, const struct order *found, const struct error *err)
{
	(void)owner;
	(void)arg;
	(void)found;
	(void)err;
}

/* ---- waiting for the link --------------------------------------------------------------------- */

const char *act_secret(const struct action_spec *spec)
{
	for (const struct field_spec *f = spec->fields; f && f->name; f++)
		if (f->kind == FIELD_CODE)
			return f->name;
	return NULL;
}

/* Nothing was sent and nothing will be: the clerk decides anew. */
void act_give_back(struct act *a, const char *why)
{
	char *sentence = xasprintf(_("Nothing was sent: %s"), why);

	move_and_finish(a, ACTION_QUEUED, ACTION_UNDONE, sentence);
	free(sentence);
}

/* The order could not be re-read, or the call certainly did not leave: the journal says queued. */
static void stay_queued(struct act *a, const struct error *err)
{
	bool offline = err->code == ERR_OFFLINE || err->code == ERR_TIMEOUT ||
		err->code == ERR_RATE_LIMITED || err->code == ERR_SERVER ||
		err->code == ERR_BAD_REPLY;

	a->phase = WAITING;
	if (a->w->quit) {
		act_finish(a, ACTION_QUEUED, err->text);
	} else if (act_secret(a->spec) || !offline) {
		act_give_back(a, err->text);
	} else if (a->command) {
		act_finish(a, ACTION_QUEUED, err->text);
	} else if (clock_now_ms() - a->confirmed_ms > QUEUE_AGE_MAX_MS) {
		act_give_back(a, _("it waited for the network for too long"));
	} else {
		a->due_ms = clock_mono_ms() +
			(err->retry_after_ms > RETRY_MS ? err->retry_after_ms : RETRY_MS);
		if (!a->told)
			act_tell(a, EVENT_ACTION, ACTION_QUEUED, err->text);
		a->told = true;
	}
}

/* ---- after an unknown outcome ------------------------------------------------------------------ */

static void probe_later(struct act *a)
{
	int64_t wait = PROBE_FIRST_MS << (a->probes < 5 ? a->probes : 5);

	a->phase = PROBING;
	a->due_ms = clock_mono_ms() + (wait < PROBE_MAX_MS ? wait : PROBE_MAX_MS);
}

static void not_applied(struct act *a)
{
	struct error err = ERROR_INIT;

	if (a->spec->repeatable && a->attempts < ATTEMPTS_MAX) {
		if (!move(a, ACTION_UNKNOWN, ACTION_QUEUED, NULL, &err)) {
			act_finish(a, ACTION_UNKNOWN, err.text);
			return;
		}
		a->probes = a->unchanged = 0;
		act_check(a);
		return;
	}
	move_and_finish(a, ACTION_UNKNOWN, ACTION_REFUSED,
		_("It did not arrive: the order is unchanged. Confirm it once more if it is still wanted."));
}

static void probed(void *owner, void *arg, const struct order *found, const struct error *err)
{
	struct act *a = owner;

	(void)arg;
	a->called = false;
	a->probes++;
	if (!found) {
		if (a->w->quit || (a->command && a->probes >= PROBES_OF_A_COMMAND))
			act_finish(a, ACTION_UNKNOWN, err->text);
		else
			probe_later(a);
		return;
	}
	switch (a->spec->verdict(act_before(a), found)) {
	case VERDICT_DONE:
		move_and_finish(a, ACTION_UNKNOWN, ACTION_DONE, _("confirmed by reading the order again"));
		return;
	case VERDICT_NOT_DONE:
		if (++a->unchanged < UNCHANGED_VIEWS)
			probe_later(a);
		else
			not_applied(a);
		return;
	case VERDICT_UNCLEAR:
		move_and_finish(a, ACTION_UNKNOWN, ACTION_ASK,
			_("Nobody can tell from here whether it was done: please check and decide."));
	}
}

void act_probe(struct act *a)
{
	a->called = true;
	fetch_fresh(a->w, act_before(a)->code, RANK_ACTION, probed, a, NULL);
}

/* ---- sending ----------------------------------------------------------------------------------- */

static bool clearly_refused(const struct answer *answer)
{
	long s = answer->status;

	/* Nor is an answer a decision that cannot be read. */
	if (answer->progress != HTTP_ANSWERED || answer->error.code == ERR_BAD_REPLY ||
	    answer->error.code == ERR_UNKNOWN_OUTCOME)
		return false;
	/* A refusal inside a 2xx counts as well; a wait that is asked for is not a decision. */
	return (s >= 200 && s <= 299) || (s >= 400 && s <= 499 && s != 408 && s != 425 && s != 429);
}

static void sent(void *owner, void *arg, const struct answer *answer)
{
	struct act *a = owner;
	struct worker *w = a->w;
	struct error err = ERROR_INIT;

	(void)arg;
	a->called = false;
	if (answer->ok) {
		if (!move(a, ACTION_SENDING, ACTION_DONE, NULL, &err)) {
			error_prefix(&err, _("It was done, but that could not be written down"));
			act_finish(a, ACTION_DONE, err.text);
			return;
		}
		a->phase = CONFIRMING;
		a->called = true;
		fetch_fresh(w, act_before(a)->code, RANK_ACTION, confirmed, a, NULL);
	} else if (clearly_refused(answer)) {
		fetch_fresh(w, act_before(a)->code, RANK_PERSON, seen_truth, a->runner, NULL);
		move_and_finish(a, ACTION_SENDING, ACTION_REFUSED, answer->error.text);
	} else if (answer->progress == HTTP_NOT_SENT) {
		if (move(a, ACTION_SENDING, ACTION_QUEUED, answer->error.text, &err)) {
			a->attempts--;
			stay_queued(a, &answer->error);
		} else {
			act_finish(a, ACTION_SENDING, err.text);
		}
	} else if (!move(a, ACTION_SENDING, ACTION_UNKNOWN, answer->error.text, &err)) {
		act_finish(a, ACTION_SENDING, err.text);
	} else if (w->quit) {
		act_finish(a, ACTION_UNKNOWN, answer->error.text);
	} else {
		act_tell(a, EVENT_ACTION, ACTION_UNKNOWN, answer->error.text);
		probe_later(a);
	}
}

static void send(struct act *a)
{
	struct worker *w = a->w;
	struct error err = ERROR_INIT;
	struct call call;

	a->phase = SENDING;
	if (!a->spec->encode(act_before(a), &a->form, &call, &err)) {
		call_clear(&call);
		act_give_back(a, err.text);
		return;
	}
	if (!journal_sending(w->store, a->id, clock_now_ms(), &err)) {
		call_clear(&call);
		error_prefix(&err, _("Nothing was sent"));
		act_finish(a, ACTION_QUEUED, err.text);
		return;
	}
	a->attempts++;
	act_tell(a, EVENT_ACTION, ACTION_SENDING, NULL);
	a->called = true;
	transport_send(w->transport, &call, RANK_ACTION, sent, a, NULL);
}

static void checked(void *owner, void *arg, const struct order *found, const struct error *err)
{
	struct act *a = owner;
	struct error why = ERROR_INIT;

	(void)arg;
	a->called = false;
	if (a->undone) {
		act_finish(a, ACTION_UNDONE, NULL);
	} else if (!found && err->code == ERR_NOT_FOUND) {
		move_and_finish(a, ACTION_QUEUED, ACTION_CONFLICT, err->text);
	} else if (!found) {
		stay_queued(a, err);
	} else if (!a->spec->applies(found, &why)) {
		move_and_finish(a, ACTION_QUEUED, ACTION_CONFLICT, why.text);
	} else {
		act_remember(a, found);
		send(a);
	}
}

void act_check(struct act *a)
{
	a->phase = CHECKING;
	if (clock_now_ms() - act_before(a)->fetched_ms < FRESH_MS) {
		send(a);
		return;
	}
	a->called = true;
	fetch_fresh(a->w, act_before(a)->code, RANK_ACTION, checked, a, NULL);
}
