#include "tui/model/act.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/model/react.h"
#include "tui/model/state.h"
#include "tui/model/words.h"

uint64_t act_post(struct state *s, const struct action_spec *spec, const char *order_id,
	const char *code, const struct form *form, unsigned flags, const char *warning)
{
	struct act *act = xcalloc(1, sizeof(*act));
	act->code = xstrdup(code);
	act->spec = spec;
	act->flags = flags;
	struct request *r = request_new_act(order_id, spec->id, form);
	r->again = flags & ACT_AGAIN;
	r->warning = xstrdup_null(warning);
	act->request = desk_post(s->desk, r);
	act->next = s->acts;
	s->acts = act;
	return act->request;
}

static const struct action *undoable(const struct state *s)
{
	const char *target = state_target(s);
	const struct action *latest = NULL;
	for (size_t i = 0; i < s->open.n; i++) {
		const struct action *a = &s->open.items[i];
		if (a->state != ACTION_QUEUED)
			continue;
		if (target != NULL && strcmp(a->order_id, target) == 0)
			return a;
		if (latest == NULL || a->confirmed_ms > latest->confirmed_ms)
			latest = a;
	}
	return latest;
}

static unsigned say_together(struct state *s)
{
	char text[ERROR_TEXT_MAX];
	/* TRANSLATORS: a key; U is a key of the dialog that it opens. */
	snprintf(text, sizeof(text), _("It was confirmed together with others: %s shows them, and U there takes back all "
		"that wait."), command_key(COMMAND_BATCH).text);
	return state_say_why_not(s, text);
}

unsigned act_undo(struct state *s)
{
	const struct action *a = undoable(s);
	if (a == NULL || s->desk == NULL)
		return state_say_why_not(s, _("Nothing waits that could be taken back."));
	const char *target = state_target(s);
	bool meant = target != NULL && strcmp(a->order_id, target) == 0;
	if (!meant && reader_batch_of_action(s->reader, a->id) != 0)
		return say_together(s);
	struct request *r = request_new(REQUEST_UNDO);
	r->action_id = a->id;
	desk_post(s->desk, r);
	state_say(s, STYLE_NORMAL, _("%s: taking it back..."), a->code);
	return REACT_STATUS;
}

static void say_queued(struct state *s, const struct act *act, const struct event *e)
{
	int64_t seconds = (e->send_after_ms - s->now_ms + 999) / 1000;
	if (seconds <= 0) {
		state_say(s, STYLE_WARN, _("%s: %s: queued"), act->code, _(act->spec->label));
		return;
	}
	/* TRANSLATORS: code of the order, name of the action, seconds, a key. */
	state_say(s, STYLE_WARN, _("%s: %s: sent in %d s, %s takes it back"), act->code,
		_(act->spec->label), (int)seconds, command_key(COMMAND_UNDO).text);
	s->message_end = s->mono_ms + 1000 * seconds;
}

static void say_ended(struct state *s, const struct act *act, const struct event *e)
{
	char text[ERROR_TEXT_MAX];
	if (e->kind == EVENT_FAILED) {
		state_say(s, STYLE_BAD, "%s: %s", act->code, e->error.text);
	} else if (e->action_state == ACTION_DONE && act->spec->waybill) {
		/* TRANSLATORS: number of the order, "assembled", a key. */
		state_say(s, STYLE_GOOD, _("%s: %s; its waybill comes in a moment, %s shows it"), act->code,
			_(act->spec->done), command_key(COMMAND_WAYBILL).text);
	} else if (e->action_state == ACTION_DONE && act->spec->done != NULL) {
		state_say(s, STYLE_GOOD, "%s: %s", act->code, _(act->spec->done));
	} else {
		words_result(act->code, _(act->spec->label), e->action_state, e->message, text,
			sizeof(text));
		state_say(s, words_action_style(e->action_state), "%s", text);
	}
}

static void say(struct state *s, const struct act *act, const struct event *e)
{
	if (act->flags & ACT_QUIET)
		return;
	if (e->kind == EVENT_QUEUED)
		say_queued(s, act, e);
	else if (e->kind == EVENT_ACTION)
		state_say(s, STYLE_WARN, "%s: %s: %s", act->code, _(act->spec->label),
			words_action(e->action_state));
	else if (e->kind == EVENT_DONE || e->kind == EVENT_FAILED)
		say_ended(s, act, e);
}

static void act_free(struct act *act)
{
	free(act->code);
	free(act);
}

unsigned acts_event(struct state *s, const struct event *e)
{
	struct act **link = &s->acts;
	while (*link != NULL && (*link)->request != e->reply_to)
		link = &(*link)->next;
	struct act *act = *link;
	if (act == NULL)
		return REACT_NONE;
	if (e->kind == EVENT_QUEUED)
		act->action_id = e->action_id;
	if (e->kind == EVENT_QUEUED || e->kind == EVENT_DONE)
		tour_action(&s->tour, act->spec, e->action_state);
	say(s, act, e);
	if (e->kind == EVENT_DONE || e->kind == EVENT_FAILED || e->kind == EVENT_CANCELLED) {
		*link = act->next;
		act_free(act);
	}
	return REACT_STATUS;
}

void acts_clear(struct state *s)
{
	while (s->acts != NULL) {
		struct act *act = s->acts;
		s->acts = act->next;
		act_free(act);
	}
}
