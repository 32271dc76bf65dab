/* One experiment with many seeds, some side by side, each in a child process of its own.
 *
 *	static bool run(struct market *m, uint64_t seed);	true: all was as it should be
 *
 *	struct experiment x = { .run = run, .most = 1000, .short_ms = 15000, .side_by_side = 4 };
 *	struct findings f = seeds_run(&x);
 *	... f.tried, f.failed ...
 *
 * Call it while the process has one thread: run() begins in a child with one thread, a market that nobody
 * else uses meanwhile, and may fork again. What it prints goes to standard error. The short form tries
 * seeds for as long as it may; the long one (DUKEN_TEST_LONG=1 in the environment) all of them.
 * DUKEN_TEST_SEED=n runs that one alone. */
#ifndef TESTS_CRASH_SEEDS_H
#define TESTS_CRASH_SEEDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/lib/market.h"

#define SEEDS_COUNTS 6

struct experiment {
	bool (*run)(struct market *m, uint64_t seed);
	size_t most;		/* seeds 1..most */
	int64_t short_ms;
	size_t side_by_side;
	bool until_failed;	/* the first failure is what is looked for, and is no noise */
	const char *counts[SEEDS_COUNTS];	/* what seeds_count() counts, for the summary */
};

struct findings {
	size_t tried;
	size_t failed;
	size_t broken;		/* of them: without a word of run(), which hung or died */
	uint64_t first_failed;	/* its seed, and what was said first */
	char words[200];
	unsigned counts[SEEDS_COUNTS];
	unsigned longest_ms;	/* of seeds_waited() */
	int64_t took_ms;
};

bool seeds_long(void);
struct findings seeds_run(const struct experiment *x);
/* A TAP comment with the numbers. */
void seeds_summary(const struct experiment *x, const struct findings *f);

/* Within run(), in whichever process: says what is wrong, with the seed; always false. */
bool seeds_wrong(const char *format, ...) __attribute__((format(printf, 1, 2)));
void seeds_count(size_t what, unsigned n);
/* How long something took that shall not take long. */
void seeds_waited(int64_t ms);

#endif
