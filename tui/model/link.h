/* How a shop stands with its server, in words: "OFFLINE since 14:03", else how old its list is. */
#ifndef TUI_MODEL_LINK_H
#define TUI_MODEL_LINK_H

#include <stddef.h>

#include "tui/term/theme.h"

struct state;

enum style link_words(const struct state *s, char *out, size_t cap);

#endif
