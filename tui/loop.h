/* The loop: one poll() on the terminal, its signals, the worker and a timer; everything that waits is taken,
 * then the screen is drawn once. */
#ifndef TUI_LOOP_H
#define TUI_LOOP_H

struct state;

/* Until the clerk leaves or the terminal goes away. */
void loop_run(struct state *s);

#endif
