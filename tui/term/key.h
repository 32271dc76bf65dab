/* Keys from the terminal, numbered as base/key.h says. */
#ifndef TUI_TERM_KEY_H
#define TUI_TERM_KEY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/key.h"

/* The next key that waits; false when none does. Never blocks longer than an escape sequence takes. */
bool key_take(uint32_t *key);
/* Whether the key is a character that a text field takes. */
bool key_is_text(uint32_t key);

#endif
