/* How often a shop may be called: a token bucket and a back-off. Pure arithmetic on a clock that is
 * passed in (monotonic milliseconds); the worker's thread. */
#ifndef NET_LIMITER_H
#define NET_LIMITER_H

#include <stdbool.h>
#include <stdint.h>

struct limiter {
	double per_second;
	double burst;
	double level;
	int64_t level_at_ms;
	int64_t blocked_until_ms;	/* by 429 or failures */
	int failures;			/* in a row */
	uint64_t seed;			/* for the jitter */
};

void limiter_init(struct limiter *l, double per_second, int64_t now_ms, uint64_t seed);
/* 0 and takes a token, or the milliseconds to wait before asking again. */
int64_t limiter_take(struct limiter *l, int64_t now_ms);
/* A 429 or 503: blocks for retry_after_ms, or where the server did not say (-1) for 1-2-4-8 s, jittered.
 * Capped at 15 min. */
void limiter_failed(struct limiter *l, int64_t now_ms, int64_t retry_after_ms);
/* Blocks for at least so long: somebody else was told to wait. Not a failure of this one. */
void limiter_block(struct limiter *l, int64_t now_ms, int64_t wait_ms);
void limiter_succeeded(struct limiter *l);
/* Milliseconds until calls are allowed again; 0 now. */
int64_t limiter_blocked_ms(const struct limiter *l, int64_t now_ms);

#endif
