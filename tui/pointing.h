/* What the mouse does: a click chooses a row, a pane, a field or a choice, a second one on the same row opens it; a
 * click presses a button or a function key; the wheel scrolls what is below the pointer. Nothing that keys cannot do. */
#ifndef TUI_POINTING_H
#define TUI_POINTING_H

#include "tui/term/mouse.h"

struct state;

/* Returns what is stale. While a scan may be coming nothing is taken. */
unsigned pointing_event(struct state *s, const struct mouse *m);

#endif
