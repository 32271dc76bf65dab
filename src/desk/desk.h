/* The desk without a face: a worker thread that owns the network and the writing side of the store.
 *
 *	struct desk *d = desk_start(&options, err);
 *	id = desk_post(d, request_new_lookup("412345678"));
 *	poll() on desk_wake_fd(d), the terminal, a timer;
 *	desk_drain(d); while ((e = desk_take(d))) { ...; event_free(e); }
 *	desk_stop(d);
 *
 * One front-end thread calls these; the worker never draws, prints or touches the terminal, and
 * all signals are blocked in it. The network libraries start in the worker with its first call, so that
 * desk_start() costs a thread and nothing else. */
#ifndef DESK_DESK_H
#define DESK_DESK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "desk/message.h"
#include "desk/settings.h"
#include "order/provider.h"
#include "store/store.h"

struct desk;

#define DESK_PROBE_MS 1500	/* an order is re-read so long after an outcome that nobody saw, then twice as
				 * long after each try: what is on the way has to arrive first */
#define DESK_RETRY_MS 5000	/* between tries while the link is down or the disk is full */

#define DESK_PRINT_MS 30000	/* so long lp may take */

struct desk_options {
	const struct shop *shop;	/* borrowed until desk_stop() */
	const char *clerk;		/* for the journal */
	const char *state_dir;		/* the shop's own folder; see desk_state_dir() */
	bool read_only;			/* every ACT is refused */
	const char *printer;		/* lp's -d; NULL: its own choice */
	const char *print_options;	/* words for its -o, with blanks between; NULL: none */
	int probe_ms;			/* 0: DESK_PROBE_MS; tests hurry */
	int retry_ms;			/* 0: DESK_RETRY_MS */
	int print_ms;			/* 0: DESK_PRINT_MS */
};

/* Opens the store (in the calling thread, so that its failure is the caller's), then starts the thread.
 * The report (may be NULL) says what the clerk has to know of that. */
struct desk *desk_start(const struct desk_options *options, struct store_report *report, struct error *err);
/* What the clerk is told when the report says that the journal was set aside. Returns out. */
const char *desk_journal_sentence(const struct store_report *report, char *out, size_t cap);
/* Gives the request away and returns its id. */
uint64_t desk_post(struct desk *d, struct request *r);
/* Readable when events wait. */
int desk_wake_fd(const struct desk *d);
/* Empties the wake pipe: call it before taking, then take until NULL. */
void desk_drain(struct desk *d);
/* The caller's to free; NULL when none waits. */
struct event *desk_take(struct desk *d);
/* Asks it to end: several end beside each other when all were asked before the first is stopped. NULL is fine. */
void desk_quit(struct desk *d);
/* QUIT and join. What is on the way is given up: a call whose outcome nobody saw stays in the journal as
 * unknown and is re-read by the next start. NULL is fine. */
void desk_stop(struct desk *d);

/* The marketplaces that this build speaks; NULL for an unknown id. */
const struct provider *desk_provider(const char *id);
/* The i-th of them; NULL after the last. */
const struct provider *desk_provider_at(size_t i);

/* BASE/SHOP, or the XDG state folder with the shop's name when base is NULL. The caller frees it. */
char *desk_state_dir(const char *base, const struct shop *shop);

#endif
