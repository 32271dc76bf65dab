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

/* What it would go to when it goes to one order; NULL none. */
static const char *target(const struct state *s)
{
	return marked(s) == 1 ? s->marks.items[0].order_id : state_target(s);
}

static bool can_start_one(const struct state *s, const struct action_spec *spec, struct error *why)
{
	struct order_list fresh = ORDER_LIST_INIT;
	const char *id = target(s);
	bool ok;
	if (id == NULL)
		return error_set(why, ERR_REFUSED, _("Choose an order first."));
	ok = reader_order_by_id(s->reader, id, &fresh, NULL, why) && spec->applies(&fresh.items[0], why);
	order_list_clear(&fresh);
	return ok;
}

bool dialog_can_start(const struct state *s, const struct action_spec *spec, struct error *why)
{
	if (s->read_only)
		return error_set(why, ERR_REFUSED, _("This desk was started to read only."));
	if (s->desk == NULL || s->reader == NULL)
		return error_set(why, ERR_REFUSED, _("The desk is still starting."));
	if (marked(s) <= 1)
		return can_start_one(s, spec, why);
	if (!spec->bulk)
		return error_set(why, ERR_REFUSED,
			/* TRANSLATORS: a key. */
			_("This action goes to one order at a time: take the marks away with \"%s\"."),
			command_key(COMMAND_UNMARK_ALL).text);
	if (s->bulk.request != 0)
		return error_set(why, ERR_REFUSED, _("The last marked orders are still being written down."));
	return true;
}

unsigned dialog_start(struct state *s, const struct action_spec *spec)
{
	struct order_list fresh = ORDER_LIST_INIT;
	struct error why = ERROR_INIT;
	unsigned react;
	if (spec == NULL)
		return REACT_HANDLED;
	if (!dialog_can_start(s, spec, &why))
		return state_say_why_not(s, why.text);
	if (marked(s) > 1)
		return dialog_action_marked(s, spec);
	if (reader_order_by_id(s->reader, target(s), &fresh, NULL, &why))
		react = dialog_action(s, spec, &fresh.items[0]);
	else
		react = state_say_why_not(s, why.text);
	order_list_clear(&fresh);
	return react;
}
