/* What a shop did in a period, summed from its orders and its journal: plain data, no I/O.
 *
 *	struct report r = REPORT_INIT;
 *	report_begin(&r, REPORT_DAY, now_ms);
 *	report_add_work(&r, "Айгуль", "accept", 12);	what clerks did in the period
 *	report_add(&r, provider, o, &around);		for each order; the period is checked here
 *	report_end(&r);
 *	...
 *	report_clear(&r);
 *
 * An order belongs to the period in which it was made. Money is whole tenge and stops at INT64_MAX; times are UTC
 * milliseconds, days are those of the shop's zone. Names are copied. Any thread, one at a time for each report. */
#ifndef ORDER_REPORT_H
#define ORDER_REPORT_H

#include <stddef.h>
#include <stdint.h>

#include "order/order.h"
#include "order/provider.h"
#include "order/report_goods.h"

#define REPORT_NAMES_MAX 32	/* names of a group; what has another one is summed in `others` */
#define REPORT_NAME_CAP 128	/* bytes of a name, longer ones are cut */
#define REPORT_SLOTS_MAX 31	/* hours of a day, days of a month */
#define REPORT_TIMES_MAX 65536	/* orders of which a time is kept; later ones are left out of it */
#define REPORT_KINDS_MAX 16	/* kinds of actions of a clerk; more are only counted */
#define REPORT_KIND_CAP 32

enum report_period {
	REPORT_DAY,	/* today, by the hour */
	REPORT_WEEK,	/* today and the 6 days before, by the day */
	REPORT_MONTH	/* today and the 29 days before, by the day */
};

struct report_sum {
	int64_t orders;
	int64_t total;
};

struct report_slot {
	int64_t from_ms;
	struct report_sum sold;
};

struct report_line {
	char name[REPORT_NAME_CAP];
	struct report_sum sum;
};

struct report_group {
	struct report_line lines[REPORT_NAMES_MAX];	/* after report_end(): the most orders first */
	size_t n;
	struct report_sum others;
};

/* From made to something; sorted by report_end(). */
struct report_times {
	int64_t *ms;	/* owned */
	size_t n;
	size_t cap;
};

struct report_kind {
	char name[REPORT_KIND_CAP];	/* action_spec.id */
	int64_t done;
};

/* What a clerk did, whenever the orders were made. */
struct report_clerk {
	char name[REPORT_NAME_CAP];	/* "" not told */
	int64_t done;
	struct report_kind kinds[REPORT_KINDS_MAX];	/* sorted likewise */
	size_t n_kinds;
};

/* What is known around an order. */
struct report_around {
	const struct entry_list *entries;	/* NULL: its goods are not known */
	int64_t accepted_ms;			/* by a clerk of this store; 0: not by one */
	int64_t handed_out_ms;			/* to the buyer, likewise */
};

struct report {
	enum report_period period;
	int64_t from_ms;	/* inclusive */
	int64_t to_ms;		/* exclusive */
	struct report_sum sold;
	struct report_sum lost;		/* cancelled or returned */
	struct report_slot slots[REPORT_SLOTS_MAX];
	size_t n_slots;
	struct report_group queues;	/* all orders, by the queue's id */
	struct report_group delivery;	/* sold, by the API's delivery mode */
	struct report_group warehouses;	/* sold */
	struct report_group reasons;	/* lost, by the API's cancel reason; "" where it gave none */
	int64_t by_fault[FAULT_KINDS];	/* of the lost ones */
	int64_t handed_over;		/* to the courier, where it is known until when that had to be */
	int64_t late;			/* of these, those that were handed over after that */
	int64_t accepted_elsewhere;	/* sold orders that no clerk of this store accepted */
	struct report_times to_accepted;	/* of those that one did */
	struct report_times to_handed_over;
	struct report_times to_handed_out;
	struct report_goods goods;	/* sold */
	int64_t goods_unknown;		/* sold orders whose goods are not known */
	struct report_clerk clerks[REPORT_NAMES_MAX];	/* after report_end(): who did most first */
	size_t n_clerks;
	int64_t others_done;		/* what the clerks did who have no row */
};

#define REPORT_INIT { .period = REPORT_DAY }

/* How many days there are in a period. */
int report_days(enum report_period period);
/* now_ms: the period ends with the day that holds it. */
void report_begin(struct report *r, enum report_period period, int64_t now_ms);
/* `around` may be NULL: nothing is known. */
void report_add(struct report *r, const struct provider *p, const struct order *o,
	const struct report_around *around);
void report_add_work(struct report *r, const char *clerk, const char *kind, int64_t n);
void report_end(struct report *r);
void report_clear(struct report *r);

/* No order was made in the period and nothing was done. */
bool report_is_empty(const struct report *r);
/* All orders of the period. */
int64_t report_orders(const struct report *r);
/* n of 100; 0 of none. */
double report_share(int64_t n, int64_t of);
/* Whether that is more than the limit; a limit of 0 is none. */
bool report_is_over(double share, double limit);
/* So long or shorter took this many of 100, in milliseconds; 0 when there was none. */
int64_t report_percentile(const struct report_times *t, size_t percent);

#endif
