/* An order and its entries: plain data, the same for every marketplace.
 *
 * Strings are clean (base/text.h), never NULL ("" when absent) and live in the arena of the list that
 * holds the order; nothing here is freed one by one. Names of states and statuses are the API's own,
 * so that a value nobody has heard of is kept and shown.
 *
 *	struct order_list page = ORDER_LIST_INIT;
 *	struct order *o = order_list_add(&page);
 *	o->code = text_clean(&page.arena, ...);
 *	...
 *	order_list_clear(&page);
 */
#ifndef ORDER_ORDER_H
#define ORDER_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* Money is whole tenge; times are UTC milliseconds, 0 when unknown. */
struct order {
	const char *id;			/* the API's opaque id */
	const char *code;		/* digits: what a clerk and a buyer call the order */
	const char *state;		/* NEW, PICKUP, ... */
	const char *status;		/* APPROVED_BY_BANK, ... */
	const char *queue;		/* id of the provider's queue, by queue_of() */
	bool finished;			/* nothing is left to do: that queue is not an active one */

	const char *customer_id;	/* personal data: base64 of the phone at Kaspi */
	const char *customer;		/* the name as shown */
	const char *phone;		/* as sent; personal data */

	int64_t total;
	int64_t delivery_cost;
	int64_t delivery_cost_seller;
	const char *payment_mode;
	int64_t credit_term;		/* months; 0 none */

	const char *delivery_mode;	/* DELIVERY_PICKUP, ... */
	bool kaspi_delivery;		/* the marketplace's own courier carries it */
	bool express;
	bool preorder;
	bool assembled;
	bool signature_required;
	bool returned_to_warehouse;
	bool arrived;			/* our own mark: the goods of a pre-order are here */

	int64_t created_ms;
	int64_t approved_ms;
	int64_t planned_ms;		/* planned delivery to the buyer */
	int64_t reserved_until_ms;
	int64_t transmission_planned_ms;	/* hand-over to the courier, planned */
	int64_t transmitted_ms;			/* handed to the courier; 0 not yet */

	const char *address;		/* one line */
	const char *town;
	double latitude, longitude;	/* degrees; both 0 when unknown */
	const char *pickup_point;	/* id of the warehouse */
	const char *origin;		/* name of the seller's warehouse */
	const char *origin_address;	/* where that is, one line */
	const char *waybill;		/* absolute URL */
	const char *waybill_number;
	const char *cancel_reason;	/* the API's value */

	/* Ours; the last three are filled by the store. */
	int64_t due_ms;			/* the shop has something to do until then; 0 nothing, or no date known.
					 * With sort_key filled by order_place() */
	int64_t sort_key;		/* place in its queue: smaller is nearer the top */
	int64_t seen_ms;		/* first seen by this desk */
	int64_t changed_ms;		/* the answer that last said something else left the server's side then;
					 * entries that are older may be others by now. 0 unknown */
	int64_t finished_ms;		/* when it was, as far as is known; 0 while there is work left; negative
					 * when the buyer was forgotten since (store/retention.h) */
	int64_t fetched_ms;		/* the server was asked then, and last said so */
	int64_t entries_ms;		/* as fetched_ms, of its entries; 0 never */
};

/* One line of an order, and below what facts (order/fact.h) know of it. */
struct entry {
	const char *id;
	const char *order_id;
	int64_t number;			/* entryNumber, from 0 */
	int64_t quantity;
	const char *unit;		/* PIECES, MEASURABLE, MEASURABLE_PIECES */
	int64_t weight_g;		/* of the line; 0 unknown */
	int64_t min_weight_g;
	int64_t price;			/* basePrice */
	int64_t total;			/* of the line */
	int64_t delivery_cost;
	const char *category;
	const char *article;		/* the merchant's own; "" until known */
	const char *name;		/* the offer's name, else the merchant's, else the card's; "" until known */
	const char *product_id;
	const char *point_id;		/* warehouse */
	const char *point_name;		/* "" until known */
	bool imei_required;
	/* As the server has them: a semicolon between devices, a comma between the two of one device. "" for
	 * none, and until somebody asked. */
	const char *imei;

	/* Of the facts, filled by the store: "" and 0 until known. The times say when each was fetched. */
	const char *product_code;
	const char *product_name;
	const char *manufacturer;
	const char *merchant_article;
	const char *merchant_name;
	const char *point_address;
	int64_t product_ms;
	int64_t merchant_ms;
	int64_t point_ms;
};

struct order_list {
	struct arena arena;
	struct order *items;		/* owned; may move when one is added */
	size_t n;
	size_t cap;
};

#define ORDER_LIST_INIT { .arena = ARENA_INIT }

struct entry_list {
	struct arena arena;
	struct entry *items;
	size_t n;
	size_t cap;
	bool imeis_read;		/* entry.imei is what the server has, "" for none */
};

#define ENTRY_LIST_INIT { .arena = ARENA_INIT }

/* A new one at the end, every string "". */
struct order *order_list_add(struct order_list *list);
/* Empties the list and keeps its memory for the next page. */
void order_list_reset(struct order_list *list);
void order_list_clear(struct order_list *list);
struct entry *entry_list_add(struct entry_list *list);
void entry_list_reset(struct entry_list *list);
void entry_list_clear(struct entry_list *list);
/* NULL when there is none. */
const struct entry *entry_find(const struct entry_list *list, const char *id);
struct entry *entry_list_copy(struct entry_list *list, const struct entry *e);

/* Copies o with its strings into the list. */
struct order *order_list_copy(struct order_list *list, const struct order *o);

/* How much of an entry counts: pieces, grams, or both where pieces are weighed; what does not count is 0. The
 * service tells a weight of what is sold by the piece, too. */
void entry_amount(const struct entry *e, int64_t *quantity, int64_t *weight_g);

/* What tells its goods from others: the article, else the product, else the name, each under another word, since an
 * article may read like somebody's name of goods. In the arena. */
const char *entry_goods(const struct entry *e, struct arena *a);

/* Whether its entries are known as they are since its last change. */
bool order_entries_fresh(const struct order *o);

/* Says of all its orders when the server was asked. */
void order_list_asked(struct order_list *list, int64_t ms);

/* Whether the server's side of two orders is the same; `ours` and fetched_ms do not count. */
bool order_same(const struct order *a, const struct order *b);

#endif
