#include "tui/model/tour.h"

#include <string.h>

#include "base/i18n.h"
#include "tui/model/state.h"

#define PARTS 2

/* ---- what was done --------------------------------------------------------------------------- */

static bool went_to_queue(const struct tour *t, const struct state *s)
{
	return s->queues.cursor != t->queue;
}

static bool went_down(const struct tour *t, const struct state *s)
{
	return s->focus == FOCUS_ORDERS && s->rows.list.cursor != t->row;
}

static bool opened(const struct tour *t, const struct state *s)
{
	(void)t;
	return s->focus == FOCUS_DETAILS;
}

static bool came_back(const struct tour *t, const struct state *s)
{
	(void)t;
	return s->focus != FOCUS_DETAILS;
}

static bool acted(const struct tour *t, const char *action, enum action_state state)
{
	return t->action != NULL && strcmp(t->action->id, action) == 0 && t->action_state == state;
}

static bool accepted(const struct tour *t, const struct state *s)
{
	(void)s;
	return t->action != NULL && strcmp(t->action->id, "accept") == 0;
}

static bool took_back(const struct tour *t, const struct state *s)
{
	(void)s;
	return acted(t, "accept", ACTION_UNDONE);
}

static bool searched(const struct tour *t, const struct state *s)
{
	(void)t;
	return state_searching(s) && s->focus == FOCUS_ORDERS;
}

static bool ended_search(const struct tour *t, const struct state *s)
{
	(void)t;
	return !state_searching(s) && s->focus != FOCUS_SEARCH;
}

static bool marked_two(const struct tour *t, const struct state *s)
{
	(void)t;
	return s->marks.n >= 2;
}

static bool unmarked(const struct tour *t, const struct state *s)
{
	(void)t;
	return s->marks.n == 0;
}

static bool assembled(const struct tour *t, const struct state *s)
{
	(void)s;
	return acted(t, "assemble", ACTION_DONE);
}

static bool saw_waybill(const struct tour *t, const struct state *s)
{
	(void)s;
	return t->command == COMMAND_WAYBILL;
}

static bool handed_out(const struct tour *t, const struct state *s)
{
	(void)s;
	return acted(t, "complete", ACTION_DONE);
}

static bool cancelled(const struct tour *t, const struct state *s)
{
	(void)s;
	return t->action != NULL && strcmp(t->action->id, "cancel") == 0;
}

static bool saw_journal(const struct tour *t, const struct state *s)
{
	(void)s;
	return t->command == COMMAND_JOURNAL;
}

static bool saw_help(const struct tour *t, const struct state *s)
{
	(void)s;
	return t->command == COMMAND_HELP;
}

/* ---- the steps ------------------------------------------------------------------------------- */

/* A text has three lines of 78 letters at most, in every language; the names of keys, queues and actions are those of the
 * desk. */
static const struct step {
	const char *title;
	const char *text;
	/* One after the other; NULL: no more. */
	bool (*parts[PARTS])(const struct tour *t, const struct state *s);
} steps[] = {
	/* TRANSLATORS: the title of a step of the tour; three lines of text at most stand below it. */
	{ N_("Queues"),
		N_("All orders stand in queues, on the left; \"2!\" counts those that are late. Left leads to "
		   "the queues, Down and Up to another one: choose one."),
		{ went_to_queue } },
	/* TRANSLATORS: the title of a step of the tour; three lines of text at most stand below it. */
	{ N_("Moving"),
		N_("Enter leads from a queue to its orders, the most urgent on top. Go there and press Down."),
		{ went_down } },
	/* TRANSLATORS: the title of a step of the tour; three lines of text at most stand below it. */
	{ N_("Opening"),
		N_("Enter opens the order under the cursor: buyer, goods, dates. Look at it, then press Esc: that "
		   "is one step back, always."),
		{ opened, came_back } },
	/* TRANSLATORS: the title of a step of the tour; three lines of text at most stand below it. */
	{ N_("Accepting"),
		N_("Go to the queue New (Esc, then Home, Enter) and accept an order: F2, Enter. It is sent after "
		   "five seconds; press u before that to take it back."),
		{ accepted, took_back } },
	/* TRANSLATORS: the title of a step of the tour; three lines of text at most stand below it. */
	{ N_("Searching"),
		N_("Press F3 and type a part of a name, a phone or a product; Enter leads to what was found, Esc "
		   "ends the search. A scanner needs no key: it opens its order."),
		{ searched, ended_search } },
	/* TRANSLATORS: the title of a step of the tour; three lines of text at most stand below it. */
	{ N_("Marking"),
		N_("Space marks an order: mark two. The next action would go to all marked ones, with a result for "
		   "each. Then take the marks away with \"-\"."),
		{ marked_two, unmarked } },
	/* TRANSLATORS: the title of a step of the tour; three lines of text at most stand below it. */
	{ N_("Assembling"),
		N_("Go to the queue Pack and press F4: say how many parcels there are, and confirm. When it is "
		   "assembled, F6 shows the waybill: press it."),
		{ assembled, saw_waybill } },
	/* TRANSLATORS: the title of a step of the tour; three lines of text at most stand below it. */
	{ N_("Handing out"),
		N_("Go to the queue Pickup and press F7, Enter: the buyer gets a code and tells it to you. Here it is "
		   "1234: type it, Enter."),
		{ handed_out } },
	/* TRANSLATORS: the title of a step of the tour; three lines of text at most stand below it. */
	{ N_("Cancelling"),
		N_("Press F8 at an order of the queue New, choose a reason and confirm; Tab leads from field to field. "
		   "In a real shop cancellations count against the rating."),
		{ cancelled } },
	/* TRANSLATORS: the title of a step of the tour; three lines of text at most stand below it. */
	{ N_("The journal"),
		N_("Press J: all that you did stands there, by whom and how it ended. Leave with Esc; F1 shows all "
		   "keys, and ends the tour."),
		{ saw_journal, saw_help } },
};

size_t tour_steps(void)
{
	return sizeof(steps) / sizeof(steps[0]);
}

const char *tour_title(const struct tour *t)
{
	return t->step > 0 ? _(steps[t->step - 1].title) : "";
}

const char *tour_text(const struct tour *t)
{
	return t->step > 0 ? _(steps[t->step - 1].text) : "";
}

/* ---- going on -------------------------------------------------------------------------------- */

void tour_next(struct state *s)
{
	size_t next = s->tour.step < tour_steps() ? s->tour.step + 1 : 0;
	s->tour = (struct tour){ .step = next, .queue = s->queues.cursor, .row = s->rows.list.cursor };
}

void tour_command(struct tour *t, enum command command)
{
	t->command = command;
}

void tour_action(struct tour *t, const struct action_spec *spec, enum action_state state)
{
	t->action = spec;
	t->action_state = state;
}

bool tour_watch(struct state *s)
{
	struct tour *t = &s->tour;
	if (t->step == 0)
		return false;
	const struct step *step = &steps[t->step - 1];
	while (t->part < PARTS && step->parts[t->part] != NULL && step->parts[t->part](t, s))
		t->part++;
	if (t->part < PARTS && step->parts[t->part] != NULL)
		return false;
	tour_next(s);
	if (t->step == 0)
		state_say(s, STYLE_GOOD, "%s", _("That was the tour. Ctrl-G begins it anew; F10 leaves, and nothing stays."));
	return true;
}
