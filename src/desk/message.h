/* Everything that crosses between a front-end and the worker: the program in one file.
 *
 * A front-end posts requests, the worker answers with events. Messages are plain data: ids and text,
 * no orders (the store holds those), no functions, no pointer into the other side. Posting gives a
 * message away; taking makes it yours.
 *
 *  1. Every request has an id that desk_post() gives; every event names it in reply_to (0: unasked).
 *  2. Exactly one of DONE, FAILED, CANCELLED ends a request, after all its other events.
 *  3. Events of one request come in order; between requests nothing is promised.
 *  4. CHANGED comes after the store was written; what it says is read there.
 *  5. An action that a process left that is gone is taken over under reply_to 0, while POLL is on: its
 *     steps and its end are ACTION events.
 *  6. With POLL on, CHANGED tells as well what other processes on the store wrote. One of them all asks
 *     the server by schedule, and the LINK of the others is what that one knows; see store/lease.h.
 *  7. A batch (store/batch.h) is worked off in its order, a few at a time, behind whatever else is asked for.
 *     BATCH tells under any reply_to that it was paused, went on or was stopped, by whatever process, or
 *     that it paused itself: its message says why. PAUSE and UNDO_ALL work from any process.
 *  8. STOPPED is the last event of all.
 *
 *	REFRESH			PROGRESS..., CHANGED..., DONE (counts of its passes: all began after it)
 *	LOOKUP code		CHANGED, DONE (order_id)	or FAILED NOT_FOUND
 *	FETCH order		CHANGED, DONE			entries, names and the order itself, fresh
 *	ACT order action form	QUEUED (action_id: it is on disk), ACTION..., DONE (how it ended) or FAILED
 *				(it was never written down)
 *	ACT_ALL orders action form
 *				QUEUED (batch_id: all of it is on disk), ACTION... for each, DONE (batch_id: every one has
 *				ended) or FAILED (nothing was written down)
 *	PAUSE batch on|off	DONE or FAILED; on: nothing of it is sent any more, what is under way ends
 *	UNDO_ALL batch		DONE (done: so many that waited were taken back) or FAILED
 *	UNDO action		DONE or FAILED (already under way)
 *	SETTLE action done?	DONE: a person decided what became of an action that asks
 *	DOCUMENT order		DOCUMENT (it waits for the link, it is fetched)..., DONE (path: the order's waybill, a
 *				PDF that is kept) or FAILED
 *	PRINT files title	DONE (message: what the printing system says) or FAILED
 *	NOTE kind clerk order?	DONE (it is in the journal) or FAILED; UNLOCKED: from now on that clerk is who confirms,
 *				and what was confirmed before stays with whoever did
 *	CANCEL request		nothing of its own; its target ends as CANCELLED if it still can
 *	POLL on|off		DONE; off until asked for, so that a command makes no calls it did not ask for
 *	QUIT			the end of every request that is open, STOPPED
 */
#ifndef DESK_MESSAGE_H
#define DESK_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "order/form.h"
#include "store/journal.h"
#include "store/notes.h"

enum request_kind {
	REQUEST_REFRESH,
	REQUEST_LOOKUP,
	REQUEST_FETCH,
	REQUEST_ACT,
	REQUEST_ACT_ALL,
	REQUEST_PAUSE,
	REQUEST_UNDO_ALL,
	REQUEST_UNDO,
	REQUEST_SETTLE,
	REQUEST_DOCUMENT,
	REQUEST_PRINT,
	REQUEST_NOTE,
	REQUEST_CANCEL,
	REQUEST_POLL,
	REQUEST_QUIT
};

/* One order of ACT_ALL, as the clerk knows it. */
struct request_order {
	char *id;
	char *code;
};

struct request {
	struct request *next;	/* the mailbox's */
	uint64_t id;		/* given by desk_post() */
	enum request_kind kind;
	char *code;		/* LOOKUP; NOTE: of the order that it is about, or NULL */
	char *order_id;		/* FETCH, ACT, DOCUMENT */
	char *action;		/* ACT, ACT_ALL: action_spec.id */
	struct form form;	/* ACT, ACT_ALL; wiped when the request ends */
	bool no_grace;		/* ACT, ACT_ALL: commands have none */
	char *warning;		/* ACT: what looks odd, as the clerk read it before confirming; NULL: nothing did */
	struct request_order *orders;	/* ACT_ALL: request_add_order() */
	size_t n_orders;
	size_t cap_orders;
	int64_t batch_id;	/* PAUSE, UNDO_ALL */
	enum note_kind note;	/* NOTE */
	char *clerk;		/* NOTE */
	bool again;		/* ACT: an earlier one that asks was seen by the clerk and is given up */
	bool brief;		/* FETCH: of what is known around the entries only what names them */
	int64_t action_id;	/* UNDO, SETTLE */
	uint64_t target;	/* CANCEL: a request's id */
	bool full;		/* REFRESH: the slow groups too, whatever their age */
	bool on;		/* POLL, PAUSE; SETTLE: it was done */
	bool fresh;		/* DOCUMENT: fetched anew, whatever is kept */
	char **files;		/* PRINT: paths; they have to stay until it ends */
	size_t n_files;
	char *title;		/* PRINT: what the print queue shows */
};

enum event_kind {
	EVENT_CHANGED,
	EVENT_PROGRESS,
	EVENT_LINK,
	EVENT_CLOCK,
	EVENT_QUEUED,
	EVENT_ACTION,
	EVENT_DOCUMENT,
	EVENT_BATCH,
	EVENT_DONE,
	EVENT_FAILED,
	EVENT_CANCELLED,
	EVENT_STOPPED
};

enum link_state {
	LINK_UNKNOWN,		/* nothing was asked yet */
	LINK_ONLINE,
	LINK_OFFLINE,		/* error says why; since_ms */
	LINK_BACKING_OFF,	/* the server asked to wait; until_ms */
	LINK_UNAUTHORIZED	/* error says what to do */
};

enum document_stage {
	DOCUMENT_WAITING,	/* for the link: the server makes it some seconds after assembly */
	DOCUMENT_FETCHING
};

struct event {
	struct event *next;	/* the mailbox's */
	uint64_t reply_to;	/* the request's id; 0 unasked */
	enum event_kind kind;
	struct error error;	/* FAILED, LINK */

	/* CHANGED: what is stale now. */
	size_t added;		/* orders never seen before, but for finished ones of the archive */
	size_t express;		/* so many of those added are express orders */
	size_t changed;
	char *order_id;		/* the one order, or NULL: several; also DONE of LOOKUP */

	/* PROGRESS: pages of the refresh; total may grow. `what` is the listing group. */
	size_t done;		/* also DONE of UNDO_ALL */
	size_t total;
	char what[40];

	/* LINK */
	enum link_state link;
	int64_t since_ms;
	int64_t until_ms;

	/* CLOCK: `message` says how far this computer's clock and the server's are apart; NULL: no more */

	/* QUEUED, ACTION, DONE of ACT, UNDO and SETTLE; the message also of PRINT; of a batch besides: QUEUED and DONE of ACT_ALL have
	 * no action_id */
	int64_t batch_id;	/* also BATCH, DONE of PAUSE and UNDO_ALL; 0 none */
	int64_t action_id;
	enum action_state action_state;
	char *message;		/* the sentence for the clerk; NULL none. Also BATCH */
	int64_t send_after_ms;	/* QUEUED: end of the grace */

	enum document_stage stage;	/* DOCUMENT */
	char *path;			/* DONE of DOCUMENT */

	/* DONE of REFRESH */
	size_t orders;
	size_t requests;
	int64_t took_ms;
};

struct request *request_new(enum request_kind kind);
/* The usual ones ready made; strings are copied. */
struct request *request_new_lookup(const char *code);
struct request *request_new_fetch(const char *order_id);
struct request *request_new_act(const char *order_id, const char *action, const struct form *form);
struct request *request_new_document(const char *order_id, bool fresh);
struct request *request_new_print(const char *const *files, size_t n, const char *title);
struct request *request_new_note(enum note_kind kind, const char *clerk, const char *code);
struct request *request_new_act_all(const char *action, const struct form *form);
void request_add_order(struct request *r, const char *order_id, const char *code);
struct request *request_new_pause(int64_t batch_id, bool on);
struct request *request_new_undo_all(int64_t batch_id);
void request_free(struct request *r);	/* wipes the form; NULL is fine */

struct event *event_new(enum event_kind kind, uint64_t reply_to);
void event_free(struct event *e);

#endif
