/* A batch: which orders one confirmation was for. Its actions are ordinary ones (store/journal.h); what could
 * not become an action is an item too, with the sentence that says why, so that the list of results can be
 * shown again whenever somebody asks.
 *
 *	BATCH_RUNNING <-> BATCH_PAUSED -> BATCH_STOPPED
 *
 * Only while it runs may its actions be sent: journal_sending() looks at the state in its own transaction, so
 * that any process on the store can pause or stop the batch of any other, and nothing leaves afterwards. Names
 * of buyers are not kept here: numbers and codes only.
 *
 * The first part belongs to the worker's thread; the second reads through store/reader.h. */
#ifndef STORE_BATCH_H
#define STORE_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "order/form.h"
#include "order/order.h"
#include "store/journal.h"
#include "store/reader.h"
#include "store/store.h"

enum batch_state {
	BATCH_RUNNING,
	BATCH_PAUSED,	/* nothing is sent until somebody lets it go on */
	BATCH_STOPPED	/* what waited was taken back; nothing is sent any more */
};

struct batch {
	int64_t id;
	char kind[40];			/* action_spec.id */
	enum batch_state state;
	int64_t confirmed_ms;
	int64_t agreed_ms;		/* when somebody last said that it is wanted: confirmed or let go on */
	char message[ERROR_TEXT_MAX];	/* why it was paused, where nobody did it by a key; "" else */
};

struct batch_item {
	const char *order_id;
	const char *code;
	const char *message;		/* why there is no action, or how the action ended; "" none */
	int64_t action_id;		/* 0: it did not become an action */
	enum action_state state;	/* of the action */
	int64_t send_after_ms;		/* of the action: end of the grace */
};

struct batch_items {
	struct arena arena;
	struct batch_item *items;	/* in the order of marking */
	size_t n;
	size_t cap;
};

#define BATCH_ITEMS_INIT { .arena = ARENA_INIT }

/* Every item is in exactly one of these but `total`. */
struct batch_counts {
	size_t total;
	size_t done;
	size_t refused;		/* by the server, or not sent since the order had changed or did not apply */
	size_t undone;
	size_t unknown;		/* sent, outcome not seen yet */
	size_t ask;		/* a person must decide */
	size_t sending;
	size_t waiting;		/* queued */
};

struct batch_item *batch_items_add(struct batch_items *list);
void batch_items_clear(struct batch_items *list);

/* What a batch is to be made of: orders[i] belongs to items[i] and is NULL where the item's message says why
 * it cannot be. */
struct batch_draft {
	const char *kind;
	const struct form *form;
	const char *secret;	/* as in journal_add() */
	const char *clerk;
	int64_t now_ms;
	int64_t send_after_ms;
	struct batch_items *items;
	const struct order **orders;
};

/* Writes the batch and all its actions down in one transaction: all are on the disk when it returns true, none
 * otherwise. An order that has an open action of the kind becomes an item with a sentence. Fills in
 * items[i].action_id, and message. */
bool batch_add(struct store *s, const struct batch_draft *draft, int64_t *id, struct error *err);
/* NOT_FOUND. */
bool batch_get(struct store *s, int64_t id, struct batch *out, struct error *err);
/* The batch that the action belongs to; 0 for none. */
int64_t batch_of_action(struct store *s, int64_t action_id);
/* Running -> paused when `on`, else the way back; *changed says whether it was not so before. `why` may be NULL.
 * CONFLICT when it is stopped. */
bool batch_pause(struct store *s, int64_t id, bool on, const char *why, int64_t now_ms, bool *changed,
	struct error *err);
/* Takes back every action that is queued and stops the batch, in one transaction. *n (may be NULL) gets how
 * many were. */
bool batch_stop(struct store *s, int64_t id, const char *message, const char *clerk, int64_t now_ms,
	size_t *n, struct error *err);
/* Forgets batches that were confirmed before that moment and of which nothing is open. *n gets how many. */
bool batch_purge(struct store *s, int64_t before_ms, size_t *n, struct error *err);

/* ---- the reading side --------------------------------------------------------------------------- */

/* The newest batch before `before` (0: of all); NOT_FOUND when there is none. */
bool reader_batch_before(struct reader *r, int64_t before, struct batch *out, struct error *err);
/* The oldest batch after `after`; NOT_FOUND. */
bool reader_batch_after(struct reader *r, int64_t after, struct batch *out, struct error *err);
bool reader_batch(struct reader *r, int64_t id, struct batch *out, struct error *err);
/* The newest batch that something of is still to be sent or on its way; NOT_FOUND. */
bool reader_batch_open(struct reader *r, struct batch *out, struct error *err);
int64_t reader_batch_of_action(struct reader *r, int64_t action_id);
/* Appends the items as they are now. */
bool reader_batch_items(struct reader *r, int64_t id, struct batch_items *out, struct error *err);
void batch_count(const struct batch_items *items, struct batch_counts *out);
/* The same, of the batch; all 0 where it cannot be read. */
void reader_batch_counts(struct reader *r, int64_t id, struct batch_counts *out);

#endif
