/* How urgent orders are, on the screen: a word and a role for each, and how many there are.
 *
 * Levels change as time passes and nothing else happens, so the loop asks for them with its clock; the place of
 * an order in its queue does not change by that. */
#ifndef TUI_MODEL_URGENT_H
#define TUI_MODEL_URGENT_H

#include <stdbool.h>
#include <stddef.h>

#include "order/order.h"
#include "order/urgency.h"
#include "tui/model/fresh.h"
#include "tui/term/theme.h"

struct state;

struct urgent {
	size_t counts[QUEUES_MAX][URGENCY_LEVELS];
	size_t all[URGENCY_LEVELS];	/* of all queues */
};

/* Counts again, as of now. True when a number changed. */
bool urgent_read(struct state *s);
enum style urgent_style(enum urgency_level level);
/* For a row: "overdue 2 h", "soon 17:40", "express 17:40"; "" for none. May be out. */
const char *urgent_word(const struct state *s, const struct order *o, enum style *style, char *out, size_t cap);
/* For the details: "Hand over by 18:00 today (in 1 h 20 min)"; false when nothing is due. */
bool urgent_sentence(const struct state *s, const struct order *o, enum style *style, char *out, size_t cap);
/* "2 overdue", "3 soon", the level OVERDUE or SOON; "" for none. */
void urgent_count(size_t n, enum urgency_level level, char *out, size_t cap);

#endif
