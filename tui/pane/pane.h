/* A pane: a part of the screen that can have the focus. Each file of this folder ends in one of these. */
#ifndef TUI_PANE_PANE_H
#define TUI_PANE_PANE_H

#include <stdbool.h>

#include "tui/command/command.h"
#include "tui/model/react.h"
#include "tui/term/draw.h"
#include "tui/widget/list.h"

struct state;

struct pane {
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

/* The list step that a command of moving is; false for any other command. */
bool pane_step(enum command command, enum list_step *step);

#endif
