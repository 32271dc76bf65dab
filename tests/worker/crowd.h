/* A shop with many new orders, a desk that accepts all of them at once, and what came of that. The orders
 * have the numbers 412000001 and so on. */
#ifndef TESTS_WORKER_CROWD_H
#define TESTS_WORKER_CROWD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "store/batch.h"
#include "tests/worker/bench.h"

#define CROWD_ACCEPT "match=\"POST /v2/orders$\" status=ACCEPTED_BY_MERCHANT "
#define CROWD_LOOK "match=\"filter[orders][code]=\" "

extern struct bench *b;

/* The marketplace by DUKEN_TEST_SEED; the desk is still to be started. */
void crowd_prepare(int orders);
int crowd_teardown(void **state);
void crowd_poll(void);
/* The request for the first so many. */
struct request *crowd_accept(int orders);
bool crowd_is_queued(const struct event *e, const void *request);
/* Confirms the bulk action and waits until it is on the disk; the batch's id. */
int64_t crowd_confirm(int orders, uint64_t *request);
/* The same after starting the desk and reading all orders. */
int64_t crowd_start(int orders, uint64_t *request);

void crowd_counts(int64_t batch, struct batch_counts *c);
/* How many are neither waiting nor under way, and waits until that is so many. */
size_t crowd_ended(int64_t batch);
void crowd_wait_ended(int64_t batch, int64_t n);
/* Waits until nothing of it is under way. */
void crowd_wait_settled(int64_t batch);
void crowd_pause(int64_t batch, bool on);
/* A program without a desk; told which batch, it pauses it and takes back what was not sent. It is forked, so only
 * while this process has no thread. */
pid_t crowd_start_decider(int *told);
void crowd_decide(pid_t decider, int told, int64_t batch);
/* How often the marketplace was asked to change something. */
size_t crowd_posted(void);
long crowd_number(const char *code, const char *member);
/* The batch has n items, all have ended, and the marketplace says of each what the journal says. */
void crowd_agrees(int64_t batch, size_t n);

#endif
