/* The lines above and below the panes: head, status, function keys. */
#ifndef TUI_BARS_H
#define TUI_BARS_H

#include "tui/term/draw.h"

struct state;

/* "duken, shop, clerk; the link and how old the screen is; new orders; the time" */
void bar_head(const struct state *s, const struct area *a);
/* How many lines the status needs so that nothing of it is cut. */
int bar_status_rows(const struct state *s, int cols);
/* What is being typed to search, else what runs and the last message, or why there is no link. Returns the
 * cursor's column while searching, else -1. */
int bar_status(const struct state *s, const struct area *a);
void bar_keys(const struct state *s, const struct area *a);

#endif
