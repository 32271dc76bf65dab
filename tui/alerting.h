/* Makes alerts heard (tui/model/alert.h) by the ways of the settings: the bell, notices of the terminal, its title,
 * a command.
 *
 * The command runs beside the desk and is never waited for: one at a time, with a time limit; what happens
 * meanwhile is told when it has ended. That it failed is said once. */
#ifndef TUI_ALERTING_H
#define TUI_ALERTING_H

#include <stdint.h>

struct state;
struct event;

/* Before the first frame; notice_start() is once for all shops. */
void alerting_start(struct state *s);
/* Ends the command if one runs. */
void alerting_stop(struct state *s);

/* What the worker said, before the store is read again. */
void alerting_event(struct state *s, const struct event *e);
/* The clerk pressed a key; where the desk is locked, or its window too small, it shows nobody anything. */
void alerting_key(struct state *s);
/* Once a turn, when everything else is done: rings, and keeps the title, which counts all shops' and names the one
 * on the screen. Returns what is stale. */
unsigned alerting_tick(struct state *s);
/* When it wants to be called at the latest: mono, 0 for never. */
int64_t alerting_due(const struct state *s);
/* What to wait for besides; -1 none. */
void alerting_fds(const struct state *s, int fds[2]);

#endif
