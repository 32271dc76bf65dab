/* Keys as they come: what a scanner typed is one event, all the rest goes on to keys.h.
 *
 * A scan opens its order and does nothing else. Two scans in one go are two events: the second replaces the
 * first, as if it had come later. Enter that came in one go with other keys, as happens behind a connection
 * that stood still, confirms nothing. */
#ifndef TUI_SCANNING_H
#define TUI_SCANNING_H

#include <stdint.h>

struct state;

/* A key as it was typed; returns what is stale. */
unsigned scanning_key(struct state *s, uint32_t key);
/* Forgets all keys that came: among them were secret ones. */
void scanning_wipe(struct state *s);
/* When scan_due() says so. */
unsigned scanning_tick(struct state *s);

#endif
