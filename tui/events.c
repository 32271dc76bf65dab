#include "tui/events.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "tui/alerting.h"
#include "tui/model/act.h"
#include "tui/dialog/dialog.h"
#include "tui/model/react.h"
#include "tui/model/state.h"
#include "tui/model/words.h"

#define RELOAD_GAP_MS 200
#define TYPING_MS 150		/* so long after a key the clerk may press the next */
#define TYPING_GAP_MS 2000

/* What a turn's events leave to be done at its end. */
struct turn {
	unsigned react;
	bool store;	/* orders changed */
	bool actions;	/* only the journal did */
	bool ended;	/* somebody waited for it */
};

static void on_link(struct state *s, const struct event *e, struct turn *t)
{
	int64_t since = e->since_ms > 0 ? e->since_ms : e->link == s->link ? s->link_since_ms : s->now_ms;
	if (e->link == s->link && since == s->link_since_ms && e->until_ms == s->link_until_ms)
		return;
	s->link = e->link;
	s->link_since_ms = since;
	s->link_until_ms = e->until_ms;
	snprintf(s->link_text, sizeof(s->link_text), "%s", e->error.text);
	/* Why there is no link stands where nothing newer is said. */
	if (state_unlinked(s))
		s->message[0] = '\0';
	t->react |= REACT_HEAD | REACT_ORDERS | REACT_STATUS;
}

static void on_progress(struct state *s, const struct event *e, struct turn *t)
{
	s->syncing = e->done < e->total;
	s->sync_done = e->done;
	s->sync_total = e->total;
	t->react |= REACT_STATUS;
}

static void on_changed(struct state *s, const struct event *e, struct turn *t)
{
	t->store = true;
	if (e->added == 0 || s->fresh.seen_ms[FRESH_ALL] == 0)
		return;
	/* The head counts them too: how an action ended is not to be lost for it. */
	if (s->mono_ms < s->message_until && s->message[0] != '\0')
		return;
	if (e->express > 0)
		state_say(s, STYLE_STRONG, ngettext("%zu new express order", "%zu new express orders", e->express),
			e->express);
	else
		state_say(s, STYLE_STRONG, ngettext("%zu new order", "%zu new orders", e->added),
			e->added);
	t->react |= REACT_STATUS;
}

static void on_refreshed(struct state *s, const struct event *e, struct turn *t)
{
	if (s->refresh == 0 || e->reply_to != s->refresh)
		return;
	s->refresh = 0;
	s->syncing = false;
	if (e->kind == EVENT_DONE)
		state_say(s, STYLE_NORMAL, ngettext("Synced: %zu order in %.1f s",
			"Synced: %zu orders in %.1f s", e->orders), e->orders,
			(double)e->took_ms / 1000);
	else if (e->kind == EVENT_FAILED)
		state_say(s, STYLE_BAD, "%s", e->error.text);
	t->store = true;
	t->react |= REACT_STATUS;
}

static void on_fetched(struct state *s, const struct event *e, struct turn *t)
{
	struct shown *v = &s->shown;
	if (v->fetching == 0 || e->reply_to != v->fetching)
		return;
	v->fetching = 0;
	v->error[0] = '\0';
	if (e->kind == EVENT_FAILED)
		snprintf(v->error, sizeof(v->error), "%s", e->error.text);
	t->store = true;
}

static void on_printed(struct state *s, const struct event *e, struct turn *t)
{
	if (s->print == 0 || e->reply_to != s->print)
		return;
	s->print = 0;
	if (e->kind == EVENT_DONE)
		state_say(s, STYLE_GOOD, "%s", e->message != NULL ? e->message : _("Printed."));
	else
		state_say(s, STYLE_BAD, "%s", e->error.text);
	t->react |= REACT_STATUS;
}

/* That it was paused by a key the clerk knows; that it paused itself has to be said. */
static void on_batch(struct state *s, const struct event *e, struct turn *t)
{
	t->actions = true;
	if (e->message == NULL)
		return;
	/* TRANSLATORS: a key, and why. */
	state_say(s, STYLE_BAD, _("The bulk action is paused (%s): %s"), command_key(COMMAND_BATCH).text, e->message);
	t->react |= REACT_STATUS;
}

static void on_ended(struct state *s, const struct event *e, struct turn *t)
{
	t->ended = true;
	on_refreshed(s, e, t);
	on_fetched(s, e, t);
	on_printed(s, e, t);
	t->react |= shown_event(s, e);
	if (e->action_id != 0 || e->batch_id != 0)
		t->actions = true;
}

static void take(struct state *s, const struct event *e, struct turn *t)
{
	switch (e->kind) {
	case EVENT_CHANGED:
		on_changed(s, e, t);
		break;
	case EVENT_PROGRESS:
		on_progress(s, e, t);
		break;
	case EVENT_LINK:
		on_link(s, e, t);
		break;
	case EVENT_CLOCK:
		if (e->message != NULL)
			state_say(s, STYLE_WARN, "%s", e->message);
		t->react |= REACT_STATUS;
		break;
	case EVENT_QUEUED:
	case EVENT_ACTION:
		t->actions = true;
		break;
	case EVENT_BATCH:
		on_batch(s, e, t);
		break;
	case EVENT_DONE:
	case EVENT_FAILED:
	case EVENT_CANCELLED:
		on_ended(s, e, t);
		break;
	case EVENT_DOCUMENT:	/* its dialog's */
	case EVENT_STOPPED:
		break;
	}
}

unsigned events_reload(struct state *s)
{
	s->reload_at = 0;
	s->reloaded_ms = s->mono_ms;
	state_reload(s);
	return REACT_QUEUES | REACT_ORDERS | REACT_DETAILS | REACT_HEAD | REACT_STATUS;
}

/* While somebody types the keys come first. */
static int64_t reload_gap_ms(const struct state *s)
{
	return s->mono_ms - s->key_ms < TYPING_MS ? TYPING_GAP_MS : RELOAD_GAP_MS;
}

/* A sync changes the store many times a second: the screen need not follow each of them. */
static void reload(struct state *s, struct turn *t)
{
	int64_t gap = reload_gap_ms(s);

	if (t->store && !t->ended && s->mono_ms - s->reloaded_ms < gap) {
		s->reload_at = s->reloaded_ms + gap;
		t->store = false;
	}
	if (t->store) {
		t->react |= events_reload(s);
	} else if (t->actions) {
		state_reload_actions(s);
		shown_reload(s);
		t->react |= REACT_ORDERS | REACT_DETAILS | REACT_HEAD | REACT_STATUS;
	}
}

unsigned events_take(struct state *s)
{
	struct turn t = { .react = REACT_NONE };
	struct event *e;
	if (s->desk == NULL)
		return REACT_NONE;
	desk_drain(s->desk);
	while ((e = desk_take(s->desk)) != NULL) {
		alerting_event(s, e);
		take(s, e, &t);
		t.react |= acts_event(s, e);
		t.react |= bulk_event(s, e);
		t.react |= dialogs_event(s, e);
		event_free(e);
	}
	reload(s, &t);
	return t.react;
}
