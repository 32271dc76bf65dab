/* The line of hints, where the window has a row for it: the keys that do something to what has the focus now. */
#ifndef TUI_HINTS_H
#define TUI_HINTS_H

#include "tui/term/draw.h"

struct state;

/* Empty while a dialog is open or a search is typed: letters are theirs then. */
void hints_draw(const struct state *s, const struct area *a);

#endif
