/* A pane: a part of the screen that can have the focus. Each file of this folder ends in one of these. */
#ifndef TUI_PANE_PANE_H
#define TUI_PANE_PANE_H

#include <stdbool.h>

#include "tui/command/command.h"
#include "tui/model/react.h"
#include "tui/model/state.h"
#include "tui/term/draw.h"
#include "tui/widget/list.h"

/* In a pane's list of commands: all actions of the marketplace. */
#define PANE_ACTIONS COMMANDS

struct pane {
	const char *title;	/* N_() */
	/* What is done here besides moving, the usual first; COMMAND_NONE ends it. */
	const enum command *commands;
	/* What the command does here; REACT_NONE when it means nothing. */
	unsigned (*command)(struct state *s, enum command command);
	/* The area is the whole pane with its border. */
	void (*draw)(const struct state *s, const struct area *a, bool focus);
	/* Only what a REACT_CURSOR made stale; NULL when draw() does. */
	void (*draw_cursor)(const struct state *s, const struct area *a, bool focus);
	/* The pane has this many rows and columns inside. */
	void (*resize)(struct state *s, int rows, int cols);
	/* The rows that stand in it. */
	const struct list *(*list)(const struct state *s);
	/* Puts the cursor on a row, which there is; NULL where there is no cursor. */
	void (*go)(struct state *s, size_t row);
	/* Where the hardware cursor rests, inside the border. */
	int (*cursor_row)(const struct state *s);
};

extern const struct pane pane_queues;
extern const struct pane pane_orders;
extern const struct pane pane_details;

/* The one that has that focus; and the one that has it now. */
const struct pane *pane_of(enum focus focus);
const struct pane *pane_focused(const struct state *s);
/* The pane's commands, the actions in their place; returns how many. `out` has room for COMMANDS. */
size_t pane_commands(const struct pane *pane, const struct provider *p, enum command *out);
/* The list step that a command of moving is; false for any other command. */
bool pane_step(enum command command, enum list_step *step);

#endif
