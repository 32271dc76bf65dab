#include "tui/model/state.h"
#include "tui/pane/pane.h"

const struct pane *pane_of(enum focus focus)
{
	static const struct pane *const panes[] = {
		[FOCUS_QUEUES] = &pane_queues,
		[FOCUS_ORDERS] = &pane_orders,
		[FOCUS_DETAILS] = &pane_details,
		[FOCUS_SEARCH] = &pane_orders,
	};
	return panes[focus];
}

const struct pane *pane_focused(const struct state *s)
{
	return pane_of(s->focus);
}

size_t pane_commands(const struct pane *pane, const struct provider *p, enum command *out)
{
	size_t n = 0;
	for (const enum command *c = pane->commands; *c != COMMAND_NONE; c++) {
		if (*c != PANE_ACTIONS)
			out[n++] = *c;
		for (int i = COMMAND_NONE + 1; *c == PANE_ACTIONS && i < COMMANDS; i++) {
			if (command_action((enum command)i, p) != NULL)
				out[n++] = (enum command)i;
		}
	}
	return n;
}
