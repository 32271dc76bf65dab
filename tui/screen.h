/* Draws what is stale, once a turn of the loop. */
#ifndef TUI_SCREEN_H
#define TUI_SCREEN_H

#include "tui/command/command.h"
#include "tui/model/state.h"
#include "tui/pane/pane.h"

/* The size may have changed: every pane learns its room. */
void screen_layout(struct state *s);
/* Draws what `react` says and brings the terminal up to date. */
void screen_draw(struct state *s, unsigned react);
/* The pane that has the focus then. */
const struct pane *screen_pane(enum focus focus);
/* The pane with the focus does the command. */
unsigned screen_command(struct state *s, enum command command);

#endif
