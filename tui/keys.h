/* Where a key goes: the dialog on top, the search line, or a command of the desk. */
#ifndef TUI_KEYS_H
#define TUI_KEYS_H

#include <stdint.h>

struct state;

/* A key as it was typed; returns what is stale. */
unsigned keys_take(struct state *s, uint32_t key);
/* Once all keys are taken: searches what was typed. */
unsigned keys_search(struct state *s);
/* Lets digits go that were held for a scan which did not come; returns what is stale. */
unsigned keys_tick(struct state *s);

#endif
