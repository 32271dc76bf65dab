/* A shift at the counter: a few orders, what is done with them, and what the desk said of it.
 *
 *	struct shift *s = shift_new(seed);		in memory that child processes share
 *	shift_orders(s, market, 2);
 *	shift_look_up(s, desk);				so that the store has the orders
 *	shift_work(s, desk, market, 5000, NULL);	acts, until each has ended
 *	shift_stop(s, desk);
 *	...
 *	if (!shift_settle(s, desk2, market, dir, 20000)) ...		what is left is brought to an end
 *	if (!shift_check(s, market, dir)) ...		nothing lost, nothing sent twice, nothing made up
 *
 * What is wrong is said through seeds_wrong(). One thread. */
#ifndef TESTS_CRASH_SHIFT_H
#define TESTS_CRASH_SHIFT_H

#include <stdbool.h>
#include <stdint.h>

#include "desk/desk.h"
#include "sim/rng.h"
#include "tests/lib/market.h"

#define SHIFT_DEEDS 8

/* One action on one order. */
struct deed {
	const char *kind;	/* action_spec.id */
	const char *counter;	/* what duken-sim calls it */
	const char *order;	/* what to make of it, JSON without the code */
	const char *before;	/* the kind that has to be done first, or NULL */
	char code[16];
	char order_id[64];
	bool known;		/* the store has the order */
	bool posted;
	bool wrong_code;
	uint64_t request;
	int64_t action_id;	/* 0: never said to be queued */
	int ends;		/* of the request */
	bool failed;		/* it ended as never written down */
	enum action_state said;	/* last */
	bool said_done;
};

struct shift {
	uint64_t seed;
	struct rng rng;
	unsigned orders;
	size_t n;
	struct deed deeds[SHIFT_DEEDS];
	bool crashed;		/* a desk's power went: what it said last may be old */
};

struct shift *shift_new(uint64_t seed);
/* Makes `orders` orders with one or two deeds each. */
void shift_orders(struct shift *s, struct market *m, unsigned orders);
/* A deed on an order that the store has already. */
void shift_deed_on(struct shift *s, const char *kind, const struct order *o);
/* Until each look-up has ended. */
void shift_look_up(struct shift *s, struct desk *d);
/* Posts what may be posted and takes what is said until all is over, or `enough` is, or the time. */
void shift_work(struct shift *s, struct desk *d, struct market *m, int64_t ms, bool (*enough)(void));
bool shift_over(const struct shift *s);
/* QUIT; takes all that is said on the way, and frees the desk. */
void shift_stop(struct shift *s, struct desk *d);
/* Lets the desk poll, and so take over what an earlier one left. */
void shift_poll(struct desk *d);
/* The same, and works until nothing is open but what asks. */
bool shift_settle(struct shift *s, struct desk *d, struct market *m, const char *dir, int64_t ms);

/* What has to be true of each deed at the end. */
bool shift_check(struct shift *s, struct market *m, const char *dir);
/* "requests" or "applied": what the market counted for the deed. */
long shift_counted(const struct deed *d, struct market *m, const char *what);

#endif
