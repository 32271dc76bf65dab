/* How pressing an order is: what the shop has to do next, until when, and how near that is.
 *
 * What and until when comes from the marketplace's rules (provider->due) and the shop's limits; it does not
 * change as time passes, so queues can be sorted by it. How near it is does. Pure; days are the zone's
 * (base/clock.h). */
#ifndef ORDER_URGENCY_H
#define ORDER_URGENCY_H

#include <stdbool.h>
#include <stdint.h>

/* What the shop sets; see duken.conf(5). */
struct limits {
	int cut_off_min;	/* the courier's hour, in minutes past midnight; -1 not set */
	int accept_min;		/* to accept a new order in; 0 no limit */
	int soon_min;		/* before it is due an order counts as soon */
	int pickup_days;	/* for the buyer to collect an order in; 0 no limit */
	int express_min;	/* for each step of an express order that has no date of its own */
};

#define LIMITS_DEFAULT \
	{ .cut_off_min = -1, .accept_min = 120, .soon_min = 120, .pickup_days = 3, .express_min = 30 }

/* What the shop has to do. */
enum due_kind {
	DUE_NOTHING,	/* the order is finished, or in the hands of others */
	DUE_ACCEPT,
	DUE_HAND_OVER,	/* to the courier */
	DUE_DELIVER,	/* to the buyer */
	DUE_PICKUP,	/* to have it collected: later the buyer should be called */
	DUE_ARRIVE,	/* to get the goods of a pre-order */
	DUE_WAIT,	/* nothing that has a date: it waits for somebody */
	DUE_KINDS
};

enum urgency_level {
	URGENCY_NONE,	/* nothing is due */
	URGENCY_LATER,
	URGENCY_TODAY,
	URGENCY_SOON,
	URGENCY_OVERDUE,
	URGENCY_LEVELS
};

struct urgency {
	enum urgency_level level;
	enum due_kind kind;
	int64_t due_ms;		/* 0 when the level is NONE */
};

struct urgency urgency_of(enum due_kind kind, int64_t due_ms, const struct limits *limits, int64_t now_ms);

/* Where the levels end, for whoever counts: due before the first is overdue, before the second soon, before
 * the third today. */
struct urgency_ends {
	int64_t overdue_ms;
	int64_t soon_ms;
	int64_t today_ms;	/* not before soon_ms */
};

struct urgency_ends urgency_ends(const struct limits *limits, int64_t now_ms);

/* "accept", "overdue": as JSON has them. */
const char *due_kind_name(enum due_kind kind);
const char *urgency_level_name(enum urgency_level level);
/* "overdue", "soon", "today", translated; "" for the others. */
const char *urgency_word(enum urgency_level level);

/* ---- for the rules of a marketplace ------------------------------------------------------------- */

/* Whether a date can be meant: neither unknown nor before this century's second decade nor after the century.
 * What is not is left out of every rule. */
bool due_is_date(int64_t ms);
/* The date, or the last minute of its day where it is a midnight, which stands for a day. 0 for no date. */
int64_t due_end_of(int64_t ms);
/* The same for the hand-over to a courier who comes once a day: never after the cut-off of that day. */
int64_t due_cut_off(int64_t ms, const struct limits *limits);

#endif
