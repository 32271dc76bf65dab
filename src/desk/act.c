#include "desk/act.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "desk/bulk.h"

#define FRESH_MS 2000			/* an order seen so recently need not be re-read before sending */
#define ANSWER_MAX_MS CLOCK_MINUTE_MS	/* no answer is longer on its way */

const struct order *act_before(const struct act *a)
{
	return &a->before.items[0];
}

void act_remember(struct act *a, const struct subject *s)
{
	order_list_reset(&a->before);
	order_list_copy(&a->before, s->order);
	entry_list_reset(&a->lines);
	for (size_t i = 0; s->entries && i < s->entries->n; i++)
		entry_list_copy(&a->lines, &s->entries->items[i]);
}

/* What is done by hand goes before a batch, and a batch takes turns with the polls. But once its order was
 * looked at, an action is sent soon. */
static enum call_rank reading_rank(const struct act *a)
{
	return a->bulk ? RANK_POLL : RANK_ACTION;
}

static enum call_rank sending_rank(const struct act *a)
{
	return a->bulk ? RANK_PERSON : RANK_ACTION;
}

/* ---- telling --------------------------------------------------------------------------------- */

void act_tell(struct act *a, enum event_kind kind, enum action_state state, const char *message)
{
	struct event *e = event_new(kind, a->request_id);

	e->batch_id = a->bulk ? a->bulk->id : 0;
	e->action_id = a->id;
	e->action_state = state;
	e->message = xstrdup_null(message);
	e->order_id = xstrdup(act_before(a)->id);
	e->send_after_ms = clock_now_ms() + (a->due_ms - clock_mono_ms());
	worker_post(a->w, e);
}

/* The act is over; `state` is what the journal says. The end of a request for a batch is that of its last one. */
void act_finish(struct act *a, enum action_state state, const char *message)
{
	act_tell(a, a->request_id && !a->bulk ? EVENT_DONE : EVENT_ACTION, state, message);
	runner_remove(a->runner, a);
}

/* ---- the journal ------------------------------------------------------------------------------ */

static void finish(struct act *a)
{
	act_finish(a, a->move.to, a->move.message);
}

void act_finish_as_journal(struct act *a, const char *message)
{
	struct action_list list = ACTION_LIST_INIT;
	enum action_state state = a->move.from;

	if (journal_get(a->w->store, a->id, &list, NULL) && list.n > 0)
		state = list.items[0].state;
	action_list_clear(&list);
	act_finish(a, state, message);
}

/* The journal stays behind. Where nothing was sent it is what the next process goes by; else what the
 * server said counts. */
static void finish_unwritten(struct act *a, struct error *err)
{
	bool sent = a->move.from != ACTION_QUEUED && a->move.to != ACTION_QUEUED;

	error_prefix(err, _("The outcome could not be written down"));
	if (a->move.message && *a->move.message)
		error_prefix(err, "%s", a->move.message);
	act_finish(a, sent ? a->move.to : a->move.from, err->text);
}

static void write_later(struct act *a, struct error *err)
{
	a->phase = WRITING;
	a->due_ms = clock_mono_ms() + a->w->retry_ms;
	error_prefix(err, _("The outcome could not be written down"));
	if (!a->told_unwritten)
		act_tell(a, EVENT_ACTION, a->move.from, err->text);
	a->told_unwritten = true;
}

void act_write(struct act *a)
{
	const struct move *m = &a->move;
	struct error err = ERROR_INIT;

	if (journal_move(a->w->store, a->id, m->from, m->to, m->message, a->clerk, clock_now_ms(), &err))
		m->then(a);
	else if (err.code != ERR_STORAGE)
		act_finish_as_journal(a, err.text);
	else if (a->command || a->w->quit)
		finish_unwritten(a, &err);
	else
		write_later(a, &err);
}

void act_move_then(struct act *a, enum action_state from, enum action_state to, const char *message,
	void (*then)(struct act *a))
{
	free(a->move.message);
	a->move = (struct move){ from, to, xstrdup_null(message), then };
	act_write(a);
}

void act_move_and_finish(struct act *a, enum action_state from, enum action_state to,
	const char *message)
{
	act_move_then(a, from, to, message, finish);
}

/* The server works some things off later than it says yes to them. */
static bool shows(const struct act *a, const struct subject *found)
{
	return a->spec->reads == READS_ORDER ||
		a->spec->verdict(act_before(a), found, &a->form) == VERDICT_DONE;
}

static void confirmed(void *owner, void *arg, const struct subject *found, const struct error *err)
{
	struct act *a = owner;

	(void)arg;
	(void)err;
	if (found && !a->w->quit)
		looks_start(a->w->looks, found->order, RANK_POLL, NULL, NULL, NULL);
	act_finish(a, ACTION_DONE, found && !shows(a, found) ?
		_("The server has taken it on, but does not show it yet: look at the order again later.") : NULL);
}

static void seen_truth(void *owner, void *arg, const struct subject *found, const struct error *err)
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

	act_move_and_finish(a, ACTION_QUEUED, ACTION_UNDONE, sentence);
	free(sentence);
}

int64_t act_wait_max_ms(const struct worker *w)
{
	return w->shop->ask_after_min * CLOCK_MINUTE_MS;
}

/* Whatever was confirmed so long ago may not be wanted any more: a person decides. */
void act_ask_late(struct act *a, enum action_state from)
{
	act_move_and_finish(a, from, ACTION_ASK, a->attempts ?
		_("It was sent and did not arrive, and a long time has passed: please decide whether it is still "
		  "wanted.") :
		_("It waited for the network for too long and was not sent: please decide whether it is still "
		  "wanted."));
}

void act_ask(struct act *a)
{
	if (a->bulk)
		bulk_ask(a);
	else
		act_ask_late(a, ACTION_QUEUED);
}

static bool passes_by_itself(enum error_code code)
{
	return code == ERR_OFFLINE || code == ERR_TIMEOUT || code == ERR_RATE_LIMITED ||
		code == ERR_SERVER || code == ERR_BAD_REPLY || code == ERR_STORAGE;
}

/* Both clocks: one may have jumped, the other stands still while the machine sleeps. What was confirmed in
 * the future is of an unknown age. */
bool act_too_old(const struct act *a)
{
	int64_t age = clock_now_ms() - a->agreed_ms;

	return clock_mono_ms() > a->expires_ms || age > act_wait_max_ms(a->w) || age < -CLOCK_MINUTE_MS;
}

void act_agreed(struct act *a, int64_t agreed_ms)
{
	a->agreed_ms = agreed_ms;
	a->expires_ms = clock_mono_ms() + act_wait_max_ms(a->w) - (clock_now_ms() - agreed_ms);
}

/* A server may ask to wait for longer than that. */
static int64_t next_try_ms(const struct act *a, const struct error *err)
{
	int64_t wait = err->retry_after_ms > a->w->retry_ms ? err->retry_after_ms : a->w->retry_ms;
	int64_t due = clock_mono_ms() + wait;

	return due < a->expires_ms ? due : a->expires_ms + 1;
}

/* The order could not be re-read, the step not be written down, or the call certainly did not leave: the
 * journal says queued. */
static void stay_queued(struct act *a, const struct error *err)
{
	a->phase = WAITING;
	if (a->w->quit) {
		act_finish(a, ACTION_QUEUED, err->text);
	} else if (a->bulk && bulk_stays(a, err)) {
		return;
	} else if (a->spec->attended || !passes_by_itself(err->code)) {
		act_give_back(a, err->text);
	} else if (a->command) {
		act_finish(a, ACTION_QUEUED, err->text);
	} else if (act_too_old(a)) {
		act_ask(a);
	} else {
		a->due_ms = next_try_ms(a, err);
		if (!a->told)
			act_tell(a, EVENT_ACTION, ACTION_QUEUED, err->text);
		a->told = true;
	}
}

static void queued_again(struct act *a)
{
	stay_queued(a, &a->why);
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

/* A server may repeat in its sentence what it was sent. */
static void hide_secret(const struct act *a, char *text)
{
	const char *name = act_secret(a->spec), *secret = name ? form_get(&a->form, name) : NULL;
	size_t len = secret ? strlen(secret) : 0;

	for (char *s = text; len && (s = strstr(s, secret)); s += len)
		memset(s, '*', len);
}

static void confirm(struct act *a)
{
	a->phase = CONFIRMING;
	a->called = true;
	subject_fetch(a->w, act_before(a)->code, a->spec->reads, reading_rank(a), confirmed, a, NULL);
}

static void sent(void *owner, void *arg, const struct answer *answer)
{
	struct act *a = owner;

	(void)arg;
	a->called = false;
	a->why = answer->error;
	hide_secret(a, a->why.text);
	a->refused = !answer->ok && clearly_refused(answer);
	if (answer->ok) {
		act_move_then(a, ACTION_SENDING, ACTION_DONE, NULL, confirm);
	} else if (a->refused && a->attempts == 1) {
		subject_fetch(a->w, act_before(a)->code, a->spec->reads, a->bulk ? RANK_POLL : RANK_PERSON,
			seen_truth, a->runner, NULL);
		act_move_and_finish(a, ACTION_SENDING, ACTION_REFUSED, a->why.text);
	} else if (answer->progress == HTTP_NOT_SENT) {
		a->attempts--;
		act_move_then(a, ACTION_SENDING, ACTION_QUEUED, a->why.text, queued_again);
	} else {
		/* The second attempt is refused as well when the first one arrived after all. */
		act_move_then(a, ACTION_SENDING, ACTION_UNKNOWN, a->why.text, act_outcome_unknown);
	}
}

/* False when the journal does not let it go; the act is waiting or over then. */
static bool write_sending(struct act *a)
{
	struct error err = ERROR_INIT;

	if (journal_sending(a->w->store, a->id, a->clerk, clock_now_ms(), &err))
		return true;
	if (err.code == ERR_STORAGE) {
		stay_queued(a, &err);
	} else if (err.code == ERR_CANCELLED && a->bulk) {
		bulk_hold(a);
	} else {
		a->move.from = ACTION_QUEUED;
		act_finish_as_journal(a, err.text);
	}
	return false;
}

static void give_back_late(struct act *a)
{
	if (a->spec->attended)
		act_give_back(a, _("it waited for the network for too long"));
	else
		act_ask(a);
}

static void send(struct act *a)
{
	struct worker *w = a->w;
	const struct subject subject = { act_before(a), &a->lines };
	struct error err = ERROR_INIT;
	struct call call;

	if (act_too_old(a)) {
		give_back_late(a);
		return;
	}
	if (!a->spec->encode(&subject, &a->form, &call, &err)) {
		call_clear(&call);
		act_give_back(a, err.text);
		return;
	}
	if (!write_sending(a)) {
		call_clear(&call);
		return;
	}
	a->phase = SENDING;
	a->attempts++;
	act_tell(a, EVENT_ACTION, ACTION_SENDING, NULL);
	a->called = true;
	transport_send(w->transport, &call, sending_rank(a), sent, a, NULL);
}

/* What was confirmed is one order; a number that leads to another one by now is not it. */
static bool still_applies(const struct act *a, const struct subject *found, struct error *why)
{
	if (strcmp(found->order->id, act_before(a)->id) != 0)
		return error_set(why, ERR_CONFLICT,
			_("The server says that the order has changed meanwhile."));
	return a->spec->applies(found->order, why) &&
		(!a->spec->fits || a->spec->fits(found, &a->form, why));
}

/* Odd in another way than the clerk read: the lines are others by now. */
static bool looks_odd(const struct act *a, const struct subject *found, struct error *what)
{
	return a->spec->warns && a->spec->warns(found, &a->form, what) &&
		(!a->warning || strcmp(a->warning, what->text) != 0);
}

/* Somebody else was at it, unless an earlier attempt arrived after all. */
static void moved_on(struct act *a, const struct error *why)
{
	if (a->attempts)
		act_move_then(a, ACTION_QUEUED, ACTION_UNKNOWN, why->text, act_outcome_unknown);
	else
		act_move_and_finish(a, ACTION_QUEUED, ACTION_CONFLICT, why->text);
}

static void checked(void *owner, void *arg, const struct subject *found, const struct error *err)
{
	struct act *a = owner;
	struct error why = ERROR_INIT;

	(void)arg;
	a->called = false;
	if (a->undone) {
		act_finish(a, ACTION_UNDONE, NULL);
	} else if (!found && err->code == ERR_NOT_FOUND) {
		moved_on(a, err);
	} else if (!found) {
		stay_queued(a, err);
	} else if (!still_applies(a, found, &why)) {
		moved_on(a, &why);
	} else if (!a->attempts && looks_odd(a, found, &why)) {
		act_give_back(a, why.text);
	} else {
		act_remember(a, found);
		send(a);
	}
}

/* By the wall clock, which every process on the store has in common: it says nothing once it jumped. What
 * another program did with the order may have come between: the answer may be older than its arrival. */
static bool seen_just_now(const struct act *a)
{
	const struct order *o = act_before(a);
	int64_t age = clock_now_ms() - o->fetched_ms;

	return a->spec->reads == READS_ORDER && age >= 0 && age < FRESH_MS &&
		runner_clock_steady(a->runner) &&
		!journal_others_sent(a->w->store, o->id, a->id, o->fetched_ms - ANSWER_MAX_MS);
}

void act_check(struct act *a)
{
	a->phase = CHECKING;
	if (seen_just_now(a)) {
		send(a);
		return;
	}
	a->called = true;
	subject_fetch(a->w, act_before(a)->code, a->spec->reads, reading_rank(a), checked, a, NULL);
}

void act_quit(struct act *a)
{
	if (a->phase == WRITING) {
		a->move.then = finish;
		act_write(a);
	} else {
		act_finish(a, a->phase == PROBING ? ACTION_UNKNOWN : ACTION_QUEUED, NULL);
	}
}
