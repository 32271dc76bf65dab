#include "net/limiter.h"

#define FIRST_WAIT_MS 1000
#define LAST_WAIT_MS 8000
#define MAX_WAIT_MS (15 * 60 * 1000)

void limiter_init(struct limiter *l, double per_second, int64_t now_ms, uint64_t seed)
{
	*l = (struct limiter){
		.per_second = per_second > 0 ? per_second : 1,
		.level_at_ms = now_ms,
		.blocked_until_ms = INT64_MIN,
		.seed = seed,
	};
	/* At least one, or a shop that is called less than once a second could never be called. */
	l->burst = l->per_second > 1 ? l->per_second : 1;
	l->level = l->burst;
}

static void refill(struct limiter *l, int64_t now_ms)
{
	if (now_ms <= l->level_at_ms)
		return;
	l->level += (double)(now_ms - l->level_at_ms) * l->per_second / 1000;
	if (l->level > l->burst)
		l->level = l->burst;
	l->level_at_ms = now_ms;
}

int64_t limiter_blocked_ms(const struct limiter *l, int64_t now_ms)
{
	return l->blocked_until_ms > now_ms ? l->blocked_until_ms - now_ms : 0;
}

/* Sums of fractions: 5 x 0.2 may come out a hair under one. The wait aims a little higher than what
 * is asked for after it. */
#define ONE (1 - 1e-9)
#define AIM (1 - 5e-10)

/* The first whole millisecond at which the level is one. */
static int64_t refill_wait_ms(const struct limiter *l)
{
	const double ms = (AIM - l->level) * 1000 / l->per_second;
	const int64_t whole = (int64_t)ms;

	return (double)whole < ms ? whole + 1 : whole;
}

int64_t limiter_take(struct limiter *l, int64_t now_ms)
{
	const int64_t blocked = limiter_blocked_ms(l, now_ms);

	refill(l, now_ms);
	if (blocked)
		return blocked;
	if (l->level < ONE)
		return refill_wait_ms(l);
	l->level -= 1;
	if (l->level < 0)
		l->level = 0;
	return 0;
}

/* xorshift64*: no more is needed to keep shops from knocking in step. */
static uint64_t next_random(struct limiter *l)
{
	uint64_t x = l->seed ? l->seed : 0x9e3779b97f4a7c15u;

	x ^= x >> 12;
	x ^= x << 25;
	x ^= x >> 27;
	l->seed = x;
	return x * 0x2545f4914f6cdd1du;
}

/* 1, 2, 4, 8, 8, ... seconds, each up to a quarter longer or shorter. */
static int64_t backoff_ms(struct limiter *l)
{
	int64_t wait = FIRST_WAIT_MS;

	for (int i = 1; i < l->failures && wait < LAST_WAIT_MS; i++)
		wait *= 2;
	return wait * 3 / 4 + (int64_t)(next_random(l) % (uint64_t)(wait / 2 + 1));
}

void limiter_block(struct limiter *l, int64_t now_ms, int64_t wait_ms)
{
	if (wait_ms > MAX_WAIT_MS)
		wait_ms = MAX_WAIT_MS;
	if (wait_ms > 0 && now_ms + wait_ms > l->blocked_until_ms)
		l->blocked_until_ms = now_ms + wait_ms;
}

void limiter_failed(struct limiter *l, int64_t now_ms, int64_t retry_after_ms)
{
	int64_t wait;

	/* Calls that ran side by side fail together: that is one failure. */
	if (!limiter_blocked_ms(l, now_ms) && l->failures < 1000)
		l->failures++;
	wait = retry_after_ms >= 0 ? retry_after_ms : backoff_ms(l);
	/* Answers of calls that ran side by side come in any order; the longest wait holds. */
	limiter_block(l, now_ms, wait);
}

void limiter_succeeded(struct limiter *l)
{
	l->failures = 0;
}
