/* The reading side of the store: read-only connections of its own, for the screen and the commands.
 *
 * Lists are read by keyset windows: only the rows that can be seen, from a place in the order of the
 * list, never by offset; so memory and time do not grow with the number of orders. No SELECT
 * stays open when a function returns. One thread; not the worker's.
 *
 *	struct reader *r = reader_open(dir, err);
 *	struct view v = { .queue = "pack" };
 *	reader_rows(r, &v, NULL, READ_FORWARD, 40, &rows, err);			the first 40
 *	reader_rows(r, &v, &last_key, READ_FORWARD, 40, &rows, err);		the next 40
 */
#ifndef STORE_READER_H
#define STORE_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "order/order.h"
#include "order/urgency.h"
#include "store/journal.h"

struct reader;

/* Fails with NOT_FOUND when there is no store yet. */
struct reader *reader_open(const char *dir, struct error *err);
void reader_close(struct reader *r);
/* Has SQLite look through both files, the quick way: false when one is damaged or could not be read. */
bool reader_intact(struct reader *r, struct error *err);

/* Whether anything was committed since the last call, by whatever process; cheap. */
bool reader_changed(struct reader *r);

/* Which orders, in which order: a queue by sort_key; without a queue the newest first, by the date of
 * creation. */
struct view {
	const char *queue;	/* NULL: all */
	const char *state;	/* NULL: any */
	const char *search;	/* as typed, folded here; NULL or "": all. Every word must match the start
				 * of a word of code, name, phone, article, product, address */
	int64_t since_ms;	/* created since; 0: any */
};

/* The place of a row in its view: what the view is sorted by, smaller is nearer the top. */
struct row_key {
	int64_t sort_key;	/* the order's; without a queue minus its creation date */
	int64_t row;
};

/* The place that an order has in a view; `row` from the key that came with the order. */
struct row_key view_key(const struct view *v, const struct order *o, int64_t row);

enum read_direction { READ_FORWARD, READ_BACKWARD };

struct row_list {
	struct order_list orders;	/* fields that a list shows: all but entries */
	struct row_key *keys;		/* keys[i] belongs to orders.items[i] */
	size_t cap;
};

#define ROW_LIST_INIT { .orders = ORDER_LIST_INIT }

void row_list_reset(struct row_list *rows);
void row_list_clear(struct row_list *rows);

/* Replaces *out by at most n rows after `from` (forward) or before it (backward; still in the list's
 * order). `from` NULL: the first, or the last, n. `from` itself is not included. */
bool reader_rows(struct reader *r, const struct view *v, const struct row_key *from,
	enum read_direction direction, size_t n, struct row_list *out, struct error *err);
/* How many rows stand before the key: the row's number; counts at most `limit`. */
bool reader_rank(struct reader *r, const struct view *v, const struct row_key *key, size_t limit,
	size_t *out, struct error *err);
/* How many rows in all, at most `limit`; a queue without search is read from the kept counts. */
bool reader_count(struct reader *r, const struct view *v, size_t limit, size_t *out, struct error *err);

/* Orders of a queue, from counts that are kept with every write. */
size_t reader_queue_count(struct reader *r, const char *queue);
/* How many orders of a queue are on each level: [URGENCY_OVERDUE], [URGENCY_SOON], [URGENCY_TODAY]; the others
 * are 0. Reads nothing but the index entries of those. */
void reader_due_counts(struct reader *r, const char *queue, const struct urgency_ends *ends,
	size_t counts[URGENCY_LEVELS]);
/* When the group (an API state) was last seen whole; 0 never. */
int64_t reader_group_fresh_ms(struct reader *r, const char *group);

/* Append; NOT_FOUND when there is none. *key (may be NULL) gets the order's place in its queue; for
 * other views see view_key(). */
bool reader_order_by_id(struct reader *r, const char *id, struct order_list *out, struct row_key *key,
	struct error *err);
bool reader_order_by_code(struct reader *r, const char *code, struct order_list *out,
	struct row_key *key, struct error *err);
/* The newest order that has this waybill, whatever the number's case. */
bool reader_order_by_waybill(struct reader *r, const char *number, struct order_list *out,
	struct error *err);
/* With names from facts. *fetched_ms gets their age, 0 when they were never fetched. */
bool reader_entries(struct reader *r, const char *order_id, struct entry_list *out,
	int64_t *fetched_ms, struct error *err);

/* ---- the journal ----------------------------------------------------------------------------- */

struct journal_query {
	bool open_only;
	int64_t since_ms;
	const char *order_id;	/* NULL: any */
	const char *kind;	/* NULL: any */
	size_t limit;		/* 0: 1000 */
};

/* Appends, newest first. */
bool reader_journal(struct reader *r, const struct journal_query *q, struct action_list *out,
	struct error *err);
bool reader_action(struct reader *r, int64_t id, struct action_list *out, struct error *err);
/* What was filled in for it, but for secrets. */
bool reader_form(struct reader *r, int64_t id, struct form *out, struct error *err);
/* What clerks did, of what they confirmed from one moment up to another: a call for each clerk and kind of action, with
 * how many of them are done. Reads the actions of that time alone. Strings are borrowed until the call returns. */
bool reader_work(struct reader *r, int64_t from_ms, int64_t to_ms,
	void (*add)(void *arg, const char *clerk, const char *kind, int64_t n), void *arg, struct error *err);
/* Open actions in all, and those among them that a person must decide. */
void reader_open_actions(struct reader *r, size_t *open, size_t *ask);

#endif
