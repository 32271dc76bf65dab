/* The worker's inside, shared by the files of this folder alone. Everything here belongs to the worker's
 * thread once it runs.
 *
 *	desk.c		starts and stops the thread, passes messages
 *	worker.c	which request goes where, and what is due
 *	report.c	what is said to the front-end
 *	follow.c	the other processes on the store
 *	sync.c		the schedule, refreshes
 *	group.c		a pass over one listing group
 *	missing.c	what it did not show
 *	pages.c		which pages of a pass to ask for
 *	fetch.c		one order: look-up, entries
 *	facts.c		and the names and addresses around them
 *	runner.c	actions: which are open in this process
 *	bulk.c		batches among them: in which order, when not, and what all of one share
 *	confirm.c	from a request to what is written down
 *	act.c		one of them: from confirmed to sent
 *	outcome.c	what became of it when nobody saw
 *	look.c		what the server adds to an order later
 *	document.c	waybills
 *	print.c		lp
 *	transport.c	calls
 */
#ifndef DESK_WORKER_H
#define DESK_WORKER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "desk/desk.h"
#include "desk/message.h"
#include "desk/transport.h"
#include "order/provider.h"
#include "store/store.h"

struct follow;
struct sync;
struct fetches;
struct facts;
struct runner;
struct looks;
struct documents;
struct printer;

struct worker {
	const struct shop *shop;
	const struct provider *provider;
	char *clerk;		/* who is at the desk now */
	bool read_only;
	char *printer_name;	/* NULL: lp's own choice */
	char *print_options;	/* words with blanks between; NULL: none */
	int64_t probe_ms;	/* see desk.h */
	int64_t retry_ms;
	int64_t print_ms;

	struct store *store;
	struct transport *transport;
	struct follow *follow;
	struct sync *sync;
	struct fetches *fetches;
	struct facts *facts;
	struct runner *runner;
	struct looks *looks;
	struct documents *documents;
	struct printer *printer;

	int watch_fd;		/* an epoll: what is readable in it ends the worker's wait */

	void (*post)(void *arg, struct event *e);	/* gives the event to the front-end */
	void *post_arg;
	bool quit;
};

/* Handles one request; owns it from here on. */
void worker_handle(struct worker *w, struct request *r);
/* Does what is due. Returns the milliseconds until the next thing is (-1: nothing is planned). */
int64_t worker_tick(struct worker *w);

/* ---- report.c ---- */
void worker_post(struct worker *w, struct event *e);
void worker_done(struct worker *w, uint64_t id);
/* FAILED, or CANCELLED where that is the code. */
void worker_fail(struct worker *w, uint64_t id, const struct error *err);
/* `order_id` NULL: several. Says nothing when nothing was added or changed, unless `always`. */
void worker_changed(struct worker *w, uint64_t id, const struct store_changes *changes,
	const char *order_id, bool always);

/* The server's clock is so far ahead of this computer's, or no more. */
void worker_clock(struct worker *w, int64_t ahead_ms);

/* ---- arrange.c ---- */
/* When the order is due, and so where it stands in its queue: by the marketplace's rules and the shop's
 * limits. For every order before it is stored. */
void worker_place(const struct worker *w, struct order *o);
/* Does it for what is stored, if the limits or the zone are not those of the last time. In the thread that
 * opened the store, before the worker starts. */
void worker_arrange(struct worker *w);

/* ---- follow.c ---- */
struct follow *follow_new(struct worker *w);
void follow_free(struct follow *f);
/* One process on the store asks by schedule; the others read what it writes. */
void follow_poll(struct follow *f, bool on);
/* The link changed, as seen from here: tells the front-end, and the other processes. */
void follow_link(struct follow *f, enum link_state state, const struct error *why, int64_t until_ms);
/* Orders that are not finished were added by this process. */
void follow_added(struct follow *f, const struct store_changes *changes);
/* A refresh ended. */
void follow_refreshed(struct follow *f);
void follow_quit(struct follow *f);
int64_t follow_tick(struct follow *f);

/* ---- sync.c ---- */
struct sync *sync_new(struct worker *w);
void sync_free(struct sync *s);
void sync_refresh(struct sync *s, struct request *r);
/* Begins or ends the schedule: this process became the poller of its store, or is it no more. */
void sync_lead(struct sync *s, bool on);
bool sync_cancel(struct sync *s, uint64_t target);
/* Ends every refresh as cancelled. */
void sync_quit(struct sync *s);
int64_t sync_tick(struct sync *s);

/* ---- fetch.c ---- */
struct fetches *fetches_new(struct worker *w);
void fetches_free(struct fetches *f);
void fetch_lookup(struct fetches *f, struct request *r);
void fetch_order(struct fetches *f, struct request *r);
bool fetch_cancel(struct fetches *f, uint64_t target);
/* Looks an order up, stores it and tells: `found` is NULL with an error, or when there is no such
 * order (NOT_FOUND). The callback runs once; it may send calls. */
typedef void (*lookup_cb)(void *owner, void *arg, const struct order *found,
	const struct error *err);
void fetch_fresh(struct worker *w, const char *code, enum call_rank rank, lookup_cb cb, void *owner,
	void *arg);

/* ---- facts.c ---- */
struct facts *facts_new(struct worker *w);
void facts_free(struct facts *f);
/* Runs once for each answer. `failed` has a code when the fact could not be stored, or on CANCELLED. */
typedef void (*fact_cb)(void *owner, const struct error *failed);
/* Asks for what the store lacks around the entries, or has but is old, and what nobody asks for already; `brief`:
 * only where an entry is without a name, an article or a warehouse's name without it. Returns how many answers will
 * come; each of them comes to every owner who waits for it. */
size_t facts_want(struct facts *f, const struct entry_list *entries, bool brief, fact_cb cb, void *owner);
/* The owner waits no longer; returns how many answers will not come. */
size_t facts_leave(struct facts *f, const void *owner);

/* ---- look.c ---- */
struct looks *looks_new(struct worker *w);
void looks_free(struct looks *ls);
/* The server may be about to say more of the order: looks at it again until it has, a few times. The callback runs
 * once: with the order as it is then, which may still lack it, or with what went wrong. It may be NULL. */
void looks_start(struct looks *ls, const struct order *o, enum call_rank rank, lookup_cb cb, void *owner,
	void *arg);
/* Ends those of the owner that wait for their time; transport_cancel_owner() ends the others. */
void looks_cancel(struct looks *ls, const void *owner);
int64_t looks_tick(struct looks *ls);

/* ---- document.c ---- */
struct documents *documents_new(struct worker *w);
void documents_free(struct documents *ds);
void document_get(struct documents *ds, struct request *r);
bool document_cancel(struct documents *ds, uint64_t target);
/* Begins those whose turn it is. */
void documents_tick(struct documents *ds);
void documents_quit(struct documents *ds);

/* ---- print.c ---- */
struct printer *printer_new(struct worker *w);
void printer_free(struct printer *p);
void printer_print(struct printer *p, struct request *r);
bool printer_cancel(struct printer *p, uint64_t target);
void printer_quit(struct printer *p);
int64_t printer_tick(struct printer *p);

/* ---- runner.c ---- */
struct runner *runner_new(struct worker *w);
void runner_free(struct runner *r);
void runner_undo(struct runner *r, struct request *rq);
void runner_settle(struct runner *r, struct request *rq);
/* ---- confirm.c ---- */
void runner_act(struct runner *r, struct request *rq);
void runner_act_all(struct runner *r, struct request *rq);
/* ---- bulk.c ---- */
void runner_pause(struct runner *r, struct request *rq);
void runner_undo_all(struct runner *r, struct request *rq);
/* ---- runner.c ---- */
/* Takes over what a process that is gone left open, now and whenever one leaves something. */
void runner_adopt(struct runner *r);
/* Ends every act as far as it came; no call is under way any more. */
void runner_quit(struct runner *r);
int64_t runner_tick(struct runner *r);
/* Whether any action is open here that is not held back by a pause. */
bool runner_busy(const struct runner *r);

#endif
