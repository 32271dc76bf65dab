/* A marketplace: tables and pure functions. No I/O, no clock, no thread of its own; every function may
 * be called from any thread at the same time.
 *
 * A third marketplace is one new folder that ends in one `const struct provider` and one row in
 * desk/providers.c. The worker's use, in short:
 *
 *	n = p->plan(&window, &passes);			which listings make one complete view
 *	p->call_listing(&passes[i], page, &call);	-> HTTP ->
 *	p->read_listing(body, len, &list, &info, err);
 *	order_place(p, &limits, &list.items[i]);	for each order: when it is due, and so where it stands
 */
#ifndef ORDER_PROVIDER_H
#define ORDER_PROVIDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "order/action.h"
#include "order/call.h"
#include "order/fact.h"
#include "order/order.h"
#include "order/urgency.h"

enum queue_pace {
	PACE_NEW,	/* every poll_new seconds */
	PACE_OTHER,	/* every poll_other seconds */
	PACE_SLOW	/* in the background */
};

struct queue_spec {
	const char *id;		/* "hand_over": --queue and JSON */
	const char *label;	/* N_("Hand over") */
	const char *help;	/* N_(): one sentence that says which orders are in it */
	const char *group;	/* the listing group whose passes keep it fresh */
	bool active;		/* work waits here: counted, shown first */
	bool packing;		/* its goods are picked and packed: what a pick list is made of by default */
};

/* One listing: a filter and a window of creation dates. A complete pass over all listings of one
 * `group` sees every order of that group within the history. */
struct listing {
	const char *group;	/* the API's state; static */
	enum queue_pace pace;
	int64_t from_ms;	/* inclusive */
	int64_t to_ms;		/* inclusive */
};

#define LISTINGS_MAX 512

struct plan_input {
	int64_t now_ms;
	int64_t history_ms;	/* how far back */
};

struct page_info {
	size_t pages;		/* of this listing in all; 0 when the server did not say */
	size_t total;		/* orders of this listing; 0 when the server did not say */
	size_t skipped;		/* rows of this page without an id or a code, left out of the list */
};

/* On whose account it goes that an order was not sold. */
enum fault {
	FAULT_UNKNOWN,
	FAULT_SHOP,	/* the marketplace counts it against the shop */
	FAULT_OTHERS,
	FAULT_KINDS
};

struct provider {
	const char *id;		/* "kaspi": the setting's value */
	const char *label;	/* "Kaspi.kz" */
	const char *default_base_url;
	const char *auth_header;	/* the header that carries the token: "X-Auth-Token" */
	const char *merchant_header;	/* carries merchant_uid when that is set, or NULL */
	size_t page_size;

	const struct queue_spec *queues;	/* in the order of the screen; ends with a NULL id */
	const struct action_spec *actions;	/* ends with a NULL id */

	/* The first queue whose rule takes the order; never NULL. */
	const struct queue_spec *(*queue_of)(const struct order *o);
	/* What the shop has to do next with the order, and until when at the latest; *due_ms is 0 when that
	 * is not known. Does not depend on the time of day. */
	enum due_kind (*due)(const struct order *o, const struct limits *limits, int64_t *due_ms);
	/* Whether the order counts as a sale: it was not cancelled or returned, nor is it about to be. */
	bool (*sold)(const struct order *o);
	/* Whether the order was accepted, by whomever: the marketplace may do so by itself. */
	bool (*accepted)(const struct order *o);
	/* By order.cancel_reason; UNKNOWN for "" and for a reason that nobody has heard of. */
	enum fault (*fault)(const char *reason);
	/* Short words for a state, status, reason or mode: "Kaspi delivery"; the value itself when it is
	 * unknown. Translated. */
	const char *(*value_label)(const char *value);
	/* How the order gets to the buyer; "" when the API does not say. Translated. */
	const char *(*delivery_label)(const struct order *o);

	/* Fills out[LISTINGS_MAX], newest windows first; returns how many. */
	size_t (*plan)(const struct plan_input *in, struct listing *out);
	void (*call_listing)(const struct listing *l, size_t page, struct call *out);
	/* Appends to the list; queue and finished are filled in. */
	bool (*read_listing)(const char *body, size_t len, struct order_list *list,
		struct page_info *info, struct error *err);

	/* One order by its code: read with read_listing(); an empty page is "no such order". */
	void (*call_lookup)(const char *code, struct call *out);

	void (*call_entries)(const struct order *o, struct call *out);
	bool (*read_entries)(const char *body, size_t len, struct entry_list *list, struct error *err);

	/* The IMEI that were given for the order's lines, into entry.imei. NULL: this marketplace has none. */
	void (*call_imeis)(const struct order *o, struct call *out);
	bool (*read_imeis)(const char *body, size_t len, struct entry_list *entries, struct error *err);

	/* Which facts would complete the entry: up to 3, best effort. Returned ids live as long as e. */
	size_t (*facts_of)(const struct entry *e, struct fact_ref out[3]);
	void (*call_fact)(const struct fact_ref *ref, struct call *out);
	bool (*read_fact)(const struct fact_ref *ref, const char *body, size_t len, struct arena *arena,
		struct fact *out, struct error *err);

	/* Whether the server is about to add something that is worth another look within seconds (a
	 * waybill's link after assembly). */
	bool (*more_expected)(const struct order *o);
	/* The waybill of an order that has a link to one: a PDF. */
	void (*call_document)(const struct order *o, struct call *out);

	/* What a reply that is not 2xx says: sets code and a sentence with the server's own words in
	 * it where there are any. Always false. */
	bool (*read_refusal)(long http_status, const char *body, size_t len, struct error *err);
	/* Whether a reply of 2xx to a mutating call accepts it (an error may hide in a 200). */
	bool (*read_acceptance)(const char *body, size_t len, struct error *err);
};

/* The first queue in which goods are packed; NULL when the marketplace has none. */
const struct queue_spec *provider_packing(const struct provider *p);
const struct queue_spec *provider_queue(const struct provider *p, const char *id);
/* Whether all facts around the entries were asked for, whenever that was. */
bool provider_knows_around(const struct provider *p, const struct entry_list *entries);
const struct action_spec *provider_action(const struct provider *p, const char *id);

/* Fills in due_ms and sort_key. In a queue express comes first, then what is due first, then what has no date;
 * where the shop has nothing to do the newest is first. */
void order_place(const struct provider *p, const struct limits *limits, struct order *o);
/* How urgent the order is now. From its own dates, not from due_ms, so that it follows the limits at once. */
struct urgency order_urgency(const struct provider *p, const struct limits *limits, const struct order *o,
	int64_t now_ms);

#endif
