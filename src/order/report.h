/* What a shop did in a period, summed from its orders: plain data, no I/O.
 *
 *	struct report r = REPORT_INIT;
 *	report_begin(&r, REPORT_DAY, now_ms);
 *	report_add(&r, provider, o);			for each order; the period is checked here
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

#define REPORT_NAMES_MAX 32	/* names of a group; what has another one is summed in `others` */
#define REPORT_NAME_CAP 128	/* bytes of a name, longer ones are cut */
#define REPORT_SLOTS_MAX 31	/* hours of a day, days of a month */
#define REPORT_TIMES_MAX 65536	/* hand-overs of which the time is kept; later ones are only counted */

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
	int64_t handed_over;		/* to the courier, where it is known until when that had to be */
	int64_t late;			/* of these, those that were handed over after that */
	int64_t *times;			/* owned: from made to handed over; sorted by report_end() */
	size_t n_times;
	size_t cap_times;
};

#define REPORT_INIT { .period = REPORT_DAY }

/* now_ms: the period ends with the day that holds it. */
void report_begin(struct report *r, enum report_period period, int64_t now_ms);
void report_add(struct report *r, const struct provider *p, const struct order *o);
void report_end(struct report *r);
void report_clear(struct report *r);

/* So long or shorter took this many of 100 hand-overs, in milliseconds; 0 when there was none. */
int64_t report_percentile(const struct report *r, size_t percent);

#endif
