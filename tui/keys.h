/* Where a key goes: the dialog on top, the search line, or a command of the desk. */
#ifndef TUI_KEYS_H
#define TUI_KEYS_H

#include <stdint.h>

struct state;

/* A key that a person pressed; returns what is stale. */
unsigned keys_dispatch(struct state *s, uint32_t key);
/* Once all keys are taken: searches what was typed. */
unsigned keys_search(struct state *s);

#endif
