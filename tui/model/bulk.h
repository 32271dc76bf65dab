/* Actions for many orders: what would come of one, posting it, and the batch that is under way. */
#ifndef TUI_MODEL_BULK_H
#define TUI_MODEL_BULK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "desk/message.h"
#include "order/action.h"
#include "store/batch.h"
#include "tui/model/marks.h"

struct state;

struct bulk {
	bool open;		/* something of the batch is still to be sent, or on its way */
	struct batch batch;	/* the newest such one, whoever confirmed it */
	struct batch_counts counts;
	uint64_t request;	/* posted from here and not written down yet; 0 none */
};

/* What is known of the marked orders before it is confirmed. */
struct bulk_outlook {
	size_t possible;
	size_t not_possible;
	char why[ERROR_TEXT_MAX];	/* of the first one that is not: its number and the reason */
};

void bulk_outlook(const struct state *s, const struct action_spec *spec, const struct marks *orders,
	struct bulk_outlook *out);
/* Sends the form away for all of them; returns the request's id. Those that become actions lose their marks. */
uint64_t bulk_post(struct state *s, const struct action_spec *spec, const struct marks *orders,
	const struct form *form);
/* Returns what is stale. */
unsigned bulk_event(struct state *s, const struct event *e);
/* Reads again what is under way. */
void bulk_read(struct state *s);
/* "Accept 37/200", for the status line; "" when nothing is under way. */
void bulk_words(const struct state *s, char *out, size_t cap);
/* How many have ended, whatever came of them. */
size_t bulk_ended(const struct batch_counts *c);

#endif
