/* Words that several places of the screen use; all translated. */
#ifndef TUI_MODEL_WORDS_H
#define TUI_MODEL_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "order/order.h"
#include "store/journal.h"
#include "tui/term/theme.h"

/* "queued", "outcome unknown", ... */
const char *words_action(enum action_state state);
enum style words_action_style(enum action_state state);
/* "412345678: Accept order: done" with the message where there is one. */
void words_result(const char *code, const char *label, enum action_state state, const char *message,
	char *out, size_t cap);
/* "+7 7•• ••• 12 34" */
void words_phone(const char *phone, bool masked, char *out, size_t cap);
/* A length of time in two units at most: "20 min", "1 h 20 min", "3 d". */
void words_span(int64_t ms, char *out, size_t cap);
/* "14:32" today, else "22.11 14:32"; "" for 0. */
void words_time(int64_t ms, int64_t now_ms, char *out, size_t cap);

#endif
