/* Draws what is stale, once a turn of the loop. */
#ifndef TUI_SCREEN_H
#define TUI_SCREEN_H

#include "tui/command/command.h"

struct frame;
struct state;

/* Where everything stands now. */
void screen_frame(const struct state *s, struct frame *f);
/* The size may have changed: every pane learns its room. */
void screen_layout(struct state *s);
/* Draws what `react` says and brings the terminal up to date. */
void screen_draw(struct state *s, unsigned react);
/* The pane with the focus does the command. */
unsigned screen_command(struct state *s, enum command command);

#endif
