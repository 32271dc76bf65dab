/* The order whose details are on the screen: read from the store, and fetched when its entries are
 * missing or old.
 *
 * The details follow the cursor a moment behind it, so that a held key moves through the list without
 * reading every order on its way; the server is asked later still, and once for each order. */
#ifndef TUI_MODEL_SHOWN_H
#define TUI_MODEL_SHOWN_H

#include <stdbool.h>
#include <stdint.h>

#include "order/order.h"
#include "store/reader.h"
#include "tui/widget/list.h"
#include "tui/widget/page.h"

#define SHOWN_FOLLOW_MS 50
#define SHOWN_FETCH_MS 300
#define SHOWN_STALE_MS (5 * 60 * 1000LL)
#define SHOWN_PHONE_MS (30 * 1000LL)
#define SHOWN_AGAIN_MS (30 * 1000LL)	/* between two tries for one order */

struct state;
struct event;

struct shown {
	char *order_id;			/* NULL: none */
	struct order_list orders;	/* the one, or none */
	struct entry_list entries;
	int64_t entries_ms;		/* when they were fetched; 0 never */
	struct action_list actions;	/* its last ones, newest first */
	struct page page;		/* the lines */
	struct list list;		/* top is the first line shown; n lines */
	int columns;

	uint64_t revealing;		/* the request that writes down who wants the phone number; 0 none */
	int64_t phone_until;		/* mono: it is shown whole until then; 0: not */

	int64_t follow_at;		/* mono; 0 none */
	int64_t fetch_at;		/* mono; 0 none */
	uint64_t fetching;		/* the request, 0 none */
	int64_t tried_ms;		/* mono, when the order was last asked for */
	char error[ERROR_TEXT_MAX];	/* why that failed; "" */
};

#define SHOWN_INIT                                                                              \
	{                                                                                       \
		.orders = ORDER_LIST_INIT, .entries = ENTRY_LIST_INIT, .actions = ACTION_LIST_INIT, \
		.page = PAGE_INIT                                                               \
	}

void shown_clear(struct shown *v);

/* The order itself, or NULL. */
const struct order *shown_order(const struct shown *v);
/* Whether the whole phone number of the order may be seen now. */
bool shown_revealed(const struct state *s, const char *order_id);
/* The cursor moved: the details follow soon. */
void shown_follow(struct state *s);
/* The details show the order under the cursor now. */
void shown_now(struct state *s);
/* Reads the order again and makes the lines anew. */
void shown_reload(struct state *s);
/* Makes the lines anew from what was read: they say how long there is still time. */
void shown_retell(struct state *s);
void shown_resize(struct state *s, int rows, int columns);
/* Shows the whole phone number for a while, once the journal has who wanted it; or hides it again. Says why not.
 * Returns what is stale, like the next two. */
unsigned shown_reveal(struct state *s);
/* It is in the journal, or could not be written. */
unsigned shown_event(struct state *s, const struct event *e);
/* Hides the number, whether it is shown or about to be. */
unsigned shown_mask(struct state *s);
/* Asks the server for the order if what is known of it is old, or is not all. */
void shown_fetch(struct state *s);

#endif
