/* From the key of an action to its dialog, or to the reason why there is none. */
#include "base/i18n.h"
#include "tui/dialog/dialog.h"
#include "tui/model/state.h"

/* An order that was opened, by a scan for one, is meant itself, whatever is marked in the list. */
static size_t marked(const struct state *s)
{
	return s->focus == FOCUS_DETAILS ? 0 : s->marks.n;
}

void dialog_targets(const struct state *s, struct marks *out)
{
	struct order_list list = ORDER_LIST_INIT;
	const char *id = state_target(s);
	if (marked(s) > 0)
		marks_copy(out, &s->marks);
	else if (id != NULL && reader_order_by_id(s->reader, id, &list, NULL, NULL))
		marks_add(out, id, list.items[0].code);
	order_list_clear(&list);
}

static unsigned start_one(struct state *s, const struct action_spec *spec)
{
	struct order_list fresh = ORDER_LIST_INIT;
	struct error why = ERROR_INIT;
	const char *id = marked(s) == 1 ? s->marks.items[0].order_id : state_target(s);
	unsigned react;
	if (id == NULL)
		return state_say_why_not(s, _("Choose an order first."));
	if (!reader_order_by_id(s->reader, id, &fresh, NULL, &why) ||
		!spec->applies(&fresh.items[0], &why))
		react = state_say_why_not(s, why.text);
	else
		react = dialog_action(s, spec, &fresh.items[0]);
	order_list_clear(&fresh);
	return react;
}

unsigned dialog_start(struct state *s, const struct action_spec *spec)
{
	if (spec == NULL)
		return REACT_HANDLED;
	if (s->read_only)
		return state_say_why_not(s, _("This desk was started to read only."));
	if (s->desk == NULL || s->reader == NULL)
		return state_say_why_not(s, _("The desk is still starting."));
	if (marked(s) <= 1)
		return start_one(s, spec);
	if (!spec->bulk)
		return state_say_why_not(s,
			_("This action goes to one order at a time: take the marks away with \"-\"."));
	if (s->bulk.request != 0)
		return state_say_why_not(s, _("The last marked orders are still being written down."));
	return dialog_action_marked(s, spec);
}
