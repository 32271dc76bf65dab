/* The loop: one poll() on the terminal, its signals, the workers and a timer; everything that waits is taken,
 * then the screen is drawn once. */
#ifndef TUI_LOOP_H
#define TUI_LOOP_H

struct shops;

/* Until the clerk leaves, wants another language, or the terminal goes away. */
void loop_run(struct shops *all);

#endif
