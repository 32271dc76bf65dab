/* A model of a marketplace and of what a store must know of it.
 *
 * The truth is read from duken-sim's side door; the model adds what no server tells: which orders the store
 * has known, the phones that were seen before the service masked them, and the first-seen marks. It
 * shares no code with the provider: names, queues and masks are worked out here once more.
 *
 *	struct model *m = model_new(bench, seed);
 *	changes_make(m);			accept one, cancel another: see changes.h
 *	... a refresh to its end ...
 *	model_compare(m, true);			the store equals the server, or the test fails
 *	model_free(m);
 *
 * What goes wrong fails the running cmocka test and says the seed and what was done to the order. */
#ifndef TESTS_CRASH_MODEL_H
#define TESTS_CRASH_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/rng.h"
#include "tests/worker/bench.h"

/* An order as the marketplace has it; strings are the model's, never NULL. */
struct model_order {
	const char *id, *code, *mode, *state, *status;
	const char *name, *first_name, *last_name, *phone;
	int64_t total, created_ms, handed_over_ms;
	bool assembled, waybill, preorder;

	/* What the store has to keep. */
	bool old;		/* created before the history: no listing shows it */
	bool known;		/* the store has, or was told to look it up */
	bool renamed;		/* its name is like no other's */
	const char *former;	/* the name that it had before that */
	int64_t seen_ms;	/* at the last comparison; 0 never */
	const char *kept;	/* the phone that the store had then */
	const char *phones;	/* " 7010000001 7010000002": each that was sent in the open */
	const char *story;	/* what was done to it */
};

struct model {
	struct bench *bench;
	int seed;
	struct rng rng;
	int64_t began_ms;
	struct arena arena;
	struct model_order *items;	/* sorted by code */
	size_t n, cap;
	unsigned made;			/* orders, names and phones made so far: each is unlike all others */
};

/* Reads all orders; the desk need not have run yet. */
struct model *model_new(struct bench *b, int seed);
void model_free(struct model *m);	/* NULL is fine */

/* Reads one order again, or takes a new one in. `done` goes into its story. */
struct model_order *model_read(struct model *m, const char *code, const char *done);
struct model_order *model_find(struct model *m, const char *code);
/* A random order that fits, NULL when there is none. */
struct model_order *model_pick(struct model *m, bool (*fits)(const struct model_order *o));

/* Whether the service shows a phone as it is. */
bool model_phone_is_open(const char *phone);
/* The id of the queue that the order belongs to. */
const char *model_queue(const struct model_order *o);
/* The buyer's name as it has to be shown. */
const char *model_name(struct model *m, const struct model_order *o);

/* The store equals the server. `full`: the archive was read too. Takes over what the store knows now. */
void model_compare(struct model *m, bool full);
/* What changed, and some of the others, is found by its code and by a word of its name, whole, begun and in Latin
 * letters; the names that were given up find nothing. */
void model_search(struct model *m);

#endif
