/* What the worker says, turned into what the screen knows. */
#ifndef TUI_EVENTS_H
#define TUI_EVENTS_H

struct state;

/* Takes every event that waits; reads the store again once, however many there were. Returns what is
 * stale. */
unsigned events_take(struct state *s);
/* Reads the store again, when it was put off. Returns what is stale. */
unsigned events_reload(struct state *s);

#endif
