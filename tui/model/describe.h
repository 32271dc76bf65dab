/* An order in words: the lines of the details pane. */
#ifndef TUI_MODEL_DESCRIBE_H
#define TUI_MODEL_DESCRIBE_H

#include "tui/widget/page.h"

struct state;

/* Fills the page with what state->shown holds. */
void describe_order(const struct state *s, struct page *p, int columns);

#endif
