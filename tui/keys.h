/* Where a key goes: the dialog on top, the search line, or a command of the desk. */
#ifndef TUI_KEYS_H
#define TUI_KEYS_H

#include <stdint.h>

struct state;

/* Returns what is stale. */
unsigned keys_take(struct state *s, uint32_t key);

#endif
