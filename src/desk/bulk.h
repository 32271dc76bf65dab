/* The batches (store/batch.h) of which actions are open in this process.
 *
 * A batch is worked off in its order. Of all batches together few actions are under way at a time, and few
 * wait for an outcome that nobody saw: a server that stopped answering is not asked two hundred times. What
 * keeps one action back keeps all of its batch back: the link, an unknown token, age. Where a person has to say
 * whether an old batch is still wanted, that is asked once: it is paused.
 *
 * Whether a batch runs is for the journal to say; what is remembered here only saves looking. Inside of
 * runner.c; worker's thread. */
#ifndef DESK_BULK_H
#define DESK_BULK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct act;
struct runner;
struct worker;

struct bulk {
	struct bulk *next;
	struct runner *runner;
	int64_t id;
	uint64_t request_id;	/* 0: adopted */
	size_t left;		/* actions that are open here */
	bool held;		/* it does not run, as the journal said last */
	int64_t wait_ms;	/* monotonic: there is no link until then */
	int64_t look_ms;	/* monotonic: what others decided is looked at then */
};

/* How much of all batches is under way. */
struct bulk_load {
	size_t called;
	size_t probing;
};

/* Makes the act one of the batch. */
void bulk_join(struct act *a, int64_t batch_id, uint64_t request_id);
/* The act is over; the last one ends the request. */
void bulk_leave(struct act *a);
/* Ends the request for a batch. */
void bulk_done(struct worker *w, uint64_t request_id, int64_t batch_id);

void bulk_load(const struct runner *r, struct bulk_load *out);
/* When the act, which waits, may go on (monotonic); INT64_MAX: not until something else happens. */
int64_t bulk_due_ms(const struct act *a, const struct bulk_load *load);
/* Whether the journal lets a queued act go on now. Else it waits, or is over and freed. */
bool bulk_lets_go(struct act *a);
/* The journal did not let it be sent: its batch does not run. */
void bulk_hold(struct act *a);
/* It could not be sent. True: that was dealt with for the whole batch. */
bool bulk_stays(struct act *a, const struct error *err);
/* It is too old: pauses the batch. */
void bulk_ask(struct act *a);
/* Whether what waited of its batch was taken back. */
bool bulk_stopped(const struct act *a);
/* Looks at what is held here, now and then. */
void bulk_tick(struct runner *r, int64_t now);
/* Milliseconds until it has to look again, -1 never. */
int64_t bulk_next_ms(const struct runner *r, int64_t now);
void bulk_free(struct runner *r);

#endif
