/* The panel of the tour (tui/model/tour.h): the lowest rows of the terminal, below the whole desk, which stands in fewer
 * rows meanwhile. So panes and dialogs remain as they are. */
#ifndef TUI_TOURING_H
#define TUI_TOURING_H

struct state;

/* Its key: begins the tour, goes on to the next step, or says why there is none. */
unsigned touring_key(struct state *s);
/* Goes on where the step was done. */
unsigned touring_tick(struct state *s);
/* How many rows the desk goes without; 0 where there is no tour, or no room for it. */
int touring_rows(const struct state *s);
void touring_draw(const struct state *s);

#endif
