/* The states of an action, and lists of actions. See journal.h. */
#include "store/journal.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const char *const names[ACTION_STATES] = {
	[ACTION_QUEUED] = "queued",
	[ACTION_SENDING] = "sending",
	[ACTION_DONE] = "done",
	[ACTION_REFUSED] = "refused",
	[ACTION_CONFLICT] = "conflict",
	[ACTION_UNDONE] = "undone",
	[ACTION_UNKNOWN] = "unknown",
	[ACTION_ASK] = "ask",
};

const char *action_state_name(enum action_state state)
{
	return state < ACTION_STATES ? names[state] : "?";
}

bool action_state_parse(const char *name, enum action_state *out)
{
	for (int i = 0; i < ACTION_STATES; i++)
		if (!strcmp(name, names[i])) {
			*out = (enum action_state)i;
			return true;
		}
	return false;
}

bool action_state_open(enum action_state state)
{
	return state == ACTION_QUEUED || state == ACTION_SENDING || state == ACTION_UNKNOWN ||
		state == ACTION_ASK;
}

struct action *action_list_add(struct action_list *list)
{
	struct action *a;

	if (list->n == list->cap) {
		list->cap = list->cap ? list->cap * 2 : 16;
		list->items = xreallocarray(list->items, list->cap, sizeof(*list->items));
	}
	a = &list->items[list->n++];
	*a = (struct action){ .order_id = "", .code = "", .kind = "", .message = "", .clerk = "",
		.before_state = "", .before_status = "" };
	return a;
}

void action_list_clear(struct action_list *list)
{
	arena_clear(&list->arena);
	free(list->items);
	list->items = NULL;
	list->n = list->cap = 0;
}
