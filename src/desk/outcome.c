/* What became of an action when nobody saw its outcome: read off the order. See act.h. */
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "desk/act.h"
#include "desk/bulk.h"

#define PROBE_DOUBLINGS 5		/* of the wait between two looks */
#define PROBE_MAX_MS 30000
#define PROBES_OF_A_COMMAND 5		/* a command gives up then and says "unknown" */
#define UNCHANGED_VIEWS 2		/* so often an order must be seen unchanged to count as not done */
#define LAGGING_VIEWS 5		/* where the server takes its time, and then it is not sure either */
#define ATTEMPTS_MAX 2

static void probe_later(struct act *a)
{
	int64_t wait = a->w->probe_ms << (a->probes < PROBE_DOUBLINGS ? a->probes : PROBE_DOUBLINGS);

	a->phase = PROBING;
	a->due_ms = clock_mono_ms() + (wait < PROBE_MAX_MS ? wait : PROBE_MAX_MS);
}

/* Others of its batch may come first, or it may be paused by now. */
static void wait_again(struct act *a)
{
	a->phase = WAITING;
	a->due_ms = clock_mono_ms();
}

static void not_applied(struct act *a)
{
	bool stopped = a->bulk && bulk_stopped(a);

	if (a->spec->repeatable && a->attempts < ATTEMPTS_MAX && !stopped && act_too_old(a)) {
		act_ask_late(a, ACTION_UNKNOWN);
		return;
	}
	if (a->spec->repeatable && a->attempts < ATTEMPTS_MAX && !stopped) {
		a->probes = a->unchanged = 0;
		act_move_then(a, ACTION_UNKNOWN, ACTION_QUEUED, NULL, a->bulk ? wait_again : act_check);
		return;
	}
	act_move_and_finish(a, ACTION_UNKNOWN, ACTION_REFUSED, a->refused ? a->why.text :
		_("It did not arrive: the order is unchanged. Confirm it once more if it is still wanted."));
}

/* The number leads to no order any more, or to another one: nothing can be read off that. */
static void vanished(struct act *a, const char *why)
{
	if (++a->unchanged < UNCHANGED_VIEWS)
		probe_later(a);
	else
		act_move_and_finish(a, ACTION_UNKNOWN, ACTION_ASK, why);
}

static void ask_somebody(struct act *a)
{
	act_move_and_finish(a, ACTION_UNKNOWN, ACTION_ASK,
		_("Nobody can tell from here whether it was done: please check and decide."));
}

static void unchanged(struct act *a)
{
	if (++a->unchanged < (a->spec->lags ? LAGGING_VIEWS : UNCHANGED_VIEWS))
		probe_later(a);
	else if (a->spec->lags && !a->refused)
		ask_somebody(a);
	else
		not_applied(a);
}

static void judge(struct act *a, const struct subject *found)
{
	switch (a->spec->verdict(act_before(a), found, &a->form)) {
	case VERDICT_DONE:
		act_move_and_finish(a, ACTION_UNKNOWN, ACTION_DONE, _("confirmed by reading the order again"));
		return;
	case VERDICT_NOT_DONE:
		unchanged(a);
		return;
	case VERDICT_UNCLEAR:
		ask_somebody(a);
	}
}

static void probed(void *owner, void *arg, const struct subject *found, const struct error *err)
{
	struct act *a = owner;

	(void)arg;
	a->called = false;
	a->probes++;
	if (!found && (a->w->quit || (a->command && a->probes >= PROBES_OF_A_COMMAND)))
		act_finish(a, ACTION_UNKNOWN, err->text);
	else if (!found && err->code == ERR_NOT_FOUND)
		vanished(a, err->text);
	else if (!found)
		probe_later(a);
	else if (strcmp(found->order->id, act_before(a)->id) != 0)
		vanished(a, _("The server says that the order has changed meanwhile."));
	else
		judge(a, found);
}

void act_probe(struct act *a)
{
	a->called = true;
	subject_fetch(a->w, act_before(a)->code, a->spec->reads, a->bulk ? RANK_POLL : RANK_ACTION,
		probed, a, NULL);
}

void act_outcome_unknown(struct act *a)
{
	if (a->w->quit) {
		act_finish(a, a->move.to, a->move.message);
		return;
	}
	act_tell(a, EVENT_ACTION, ACTION_UNKNOWN, a->move.message);
	probe_later(a);
}
