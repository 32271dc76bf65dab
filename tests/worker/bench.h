/* A desk at work against a simulated marketplace, for the tests of the worker.
 *
 *	struct bench *b = bench_open(market_start(&options), NULL);
 *	uint64_t id = desk_post(b->desk, request_new_lookup("400000001"));
 *	struct event *e = bench_end(b, id);		the event that ended it; the bench's
 *	assert_int_equal(e->kind, EVENT_DONE);
 *	bench_close(b);
 */
#ifndef TESTS_WORKER_BENCH_H
#define TESTS_WORKER_BENCH_H

#include <stdbool.h>
#include <stdint.h>

#include "desk/desk.h"
#include "store/reader.h"
#include "tests/lib/market.h"

struct bench {
	struct market *market;
	struct settings *settings;	/* likewise */
	struct shop *shop;		/* change it before bench_start() */
	char *dir;
	int probe_ms, retry_ms, print_ms;	/* see desk.h; 0: as in a shop */
	struct desk *desk;
	struct reader *reader;
	const char *warning;		/* what the clerk read before confirming; NULL nothing */
	struct event *last;		/* what bench_wait() gave last */
};

/* Takes the market over. Grace is 0 and the pace fast; the desk runs. */
struct bench *bench_open(struct market *market);
/* The same, with the desk still to be started. */
struct bench *bench_prepare(struct market *market);
void bench_start(struct bench *b, bool read_only);
/* Ends the desk, keeps the store: bench_start() opens it again. */
void bench_stop(struct bench *b);
void bench_close(struct bench *b);

/* The next event that `fits`, within 20 s; valid until the next call. Others are thrown away. */
struct event *bench_wait(struct bench *b, bool (*fits)(const struct event *e, const void *arg),
	const void *arg, const char *what);
struct event *bench_wait_kind(struct bench *b, enum event_kind kind);
struct event *bench_wait_link(struct bench *b, enum link_state state);
/* The event that ends the request. */
struct event *bench_end(struct bench *b, uint64_t id);

/* Requests to their end. */
struct event *bench_lookup(struct bench *b, const char *code);
struct event *bench_refresh(struct bench *b);
/* Looks the order up first, so that the store has it. `values` is name, value, ..., NULL. */
struct event *bench_act(struct bench *b, const char *code, const char *action,
	const char *const *values);
uint64_t bench_post_act(struct bench *b, const char *code, const char *action,
	const char *const *values, bool command);

/* The order's lines as the store has them; the caller clears. */
struct entry_list bench_lines(struct bench *b, const char *code);
/* Looks the order up and fetches its lines: the id of the i-th, the caller's to free. */
char *bench_line_id(struct bench *b, const char *code, size_t i);
/* The marketplace has that value (market_truth()). */
void bench_truth(struct bench *b, const char *code, const char *member, const char *value);
/* The action ended like this, and the journal agrees. */
void bench_ended(struct bench *b, const struct event *e, enum action_state state);
/* The state of an action in the journal. */
enum action_state bench_journal(struct bench *b, int64_t action_id);
/* A member of the stored order: "state", "status". The bench's, until the next call. */
const char *bench_stored(struct bench *b, const char *code, const char *member);

#endif
