/* Actions from this screen: posting one, taking one back, and following those posted until they end. */
#ifndef TUI_MODEL_ACT_H
#define TUI_MODEL_ACT_H

#include <stdbool.h>
#include <stdint.h>

#include "desk/message.h"
#include "order/action.h"

struct state;

/* One that was posted. */
struct act {
	struct act *next;
	uint64_t request;
	int64_t action_id;		/* 0 until it is on disk */
	char *code;
	const struct action_spec *spec;
	unsigned flags;
};

enum act_flags {
	ACT_PLAIN = 0,
	ACT_QUIET = 1 << 0,	/* a list of results shows it, the status line does not */
	ACT_AGAIN = 1 << 1	/* an earlier one that asks was seen by the clerk and is given up */
};

/* Sends the form away; the worker answers. Returns the request's id. */
uint64_t act_post(struct state *s, const struct action_spec *spec, const char *order_id,
	const char *code, const struct form *form, unsigned flags, const char *warning);
/* Takes back the action of the order under the cursor, or else the latest, while it waits. */
unsigned act_undo(struct state *s);
/* Lets the status line follow an event of an action. */
unsigned acts_event(struct state *s, const struct event *e);
void acts_clear(struct state *s);

#endif
