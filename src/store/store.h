/* The shop's store: the only truth of the desk. The worker's side: it alone writes.
 *
 * Two SQLite files in the shop's state folder, WAL, private (0600): cache.db (what the server said; may
 * be deleted at any time) and journal.db (what people did; see store/journal.h). Each write is one
 * BEGIN IMMEDIATE transaction; several processes may work on one store. The screen reads through its own
 * connection (store/reader.h).
 *
 * All functions belong to the thread that opened the store. Failures are STORAGE with a sentence that
 * tells a full disk, a read-only or network file system, a newer file and a damaged file apart. */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "order/fact.h"
#include "order/order.h"

struct store;

#define STORE_COPY_MAX 4096

/* What the clerk has to know of the opening. */
struct store_report {
	bool cache_rebuilt;	/* it was damaged and is fetched anew */
	bool journal_set_aside;	/* it was damaged; the next two belong to this */
	size_t carried_over;	/* actions that were open and now ask */
	char journal_copy[STORE_COPY_MAX];	/* where the damaged one is kept */
};

/* Opens or makes both files in `dir` (made 0700 when missing), and brings older ones up to date. A
 * damaged cache is set aside and begun anew; so is a damaged journal, with what was open in it (see
 * store/rescue.h). Both only while nobody else has the store open. After a program that did not end
 * cleanly both are looked through first, a large cache only where the machine went down with it.
 * The report may be NULL. */
struct store *store_open(const char *dir, struct store_report *report, struct error *err);
void store_close(struct store *s);
/* Moves the journal's log into its file, as far as readers let it: now and then, while no action is under way.
 * What fails is done by the next one, or by the last process that closes the store. */
void store_tidy(struct store *s);
/* Whether opening it may take longer than usual, or set a file aside: whoever has a reader open had
 * better not. A guess from the names in the folder. */
bool store_needs_care(const char *dir);

/* ---- passes --------------------------------------------------------------------------------------
 * A pass is one complete view of a listing group (an API state):
 *
 *	store_pass_begin(s, "NEW", now, &pass, err);
 *	store_put_listed(s, pass, &page, now, &changes, err);	once a page, one transaction each
 *	store_pass_end(s, pass, now, &missing, err);		orders of that group not seen in it
 *
 * An abandoned pass leaves nothing behind but fresher orders. */

struct pass {
	char group[40];
	int64_t number;
	int64_t from_ms;	/* oldest creation date that the pass covers */
};

/* What a write changed: enough to say which parts of a screen are stale. */
struct store_changes {
	size_t added;		/* orders never seen before */
	size_t express;		/* so many of those are express orders */
	size_t changed;
	size_t unchanged;
	size_t distinct;	/* of a pass: orders that it had not shown before */
};

bool store_pass_begin(struct store *s, const char *group, int64_t from_ms, int64_t now_ms,
	struct pass *out, struct error *err);
/* Adds or updates the orders; keeps seen_ms of known ones, and the phone where the server now masks it
 * (""). An order's fetched_ms says when the server was asked (0: now): an answer that is older than what is
 * stored changes nothing, whichever came first. Changes are added to *changes. */
bool store_put_listed(struct store *s, const struct pass *pass, const struct order_list *page,
	int64_t now_ms, struct store_changes *changes, struct error *err);
/* Marks the group as complete and fresh. Appends to *missing every stored order whose state is the
 * group and that this pass did not show: it left, or is older than the pass covers and not finished. */
bool store_pass_end(struct store *s, const struct pass *pass, int64_t now_ms,
	struct order_list *missing, struct error *err);

/* One order from a look-up, outside any pass: it shows nothing to one that is under way. */
bool store_put_order(struct store *s, const struct order *o, int64_t now_ms,
	struct store_changes *changes, struct error *err);
/* Replaces the entries of an order; facts known already fill the gaps when read. */
bool store_put_entries(struct store *s, const char *order_id, const struct entry_list *entries,
	int64_t now_ms, struct error *err);
bool store_put_fact(struct store *s, const struct fact *fact, struct error *err);
/* The server has no such fact: what was known of it stays, and it counts as fetched. */
bool store_put_no_fact(struct store *s, const struct fact_ref *ref, int64_t now_ms, struct error *err);
/* Whether the fact is there and was fetched after `not_before_ms`. */
bool store_has_fact(struct store *s, const struct fact_ref *ref, int64_t not_before_ms);

/* When the group was last seen whole; 0 never. */
int64_t store_group_fresh_ms(struct store *s, const char *group);

/* ---- the order of the queues ---------------------------------------------------------------------- */

/* due_ms and sort_key follow from an order and from what the shop set, which `mark` (not 0) stands for. Makes
 * both anew for every order that is not finished, if they were last made for another mark: one transaction,
 * some ten microseconds an order. The rule changes nothing else. */
bool store_arrange(struct store *s, int64_t mark, void (*rule)(void *arg, struct order *o), void *arg,
	struct error *err);

/* ---- retention: see store/retention.h ---------------------------------------------------------- */

/* Buyers' data of orders that were finished so long ago are not kept: they are left out of what is stored
 * from now on. 0: kept for ever. */
void store_set_retention(struct store *s, int64_t keep_ms);
/* Takes them out of what is stored already, down to the bytes of the files, and removes old copies of
 * damaged caches and old waybills. One step of some ten milliseconds at a time, so that nobody has to wait: *more says that
 * there is another one. */
bool store_purge(struct store *s, int64_t now_ms, bool *more, struct error *err);

/* ---- other processes ------------------------------------------------------------------------- */

/* What was there at the last look. */
struct store_news {
	int64_t cache_version;
	int64_t journal_version;
	int64_t last_row;
};

/* Whether another process wrote anything since the last look, and how many orders came that are not
 * finished, whoever stored them (`added` and `express` of *came). All zero: the first look, which says that
 * nothing is new. Cheap. */
bool store_follow(struct store *s, struct store_news *seen, bool *changed, struct store_changes *came,
	struct error *err);

/* ---- what the worker reads ------------------------------------------------------------------- */

/* Appends the order to the list. False with NOT_FOUND when there is none. */
bool store_order_by_id(struct store *s, const char *id, struct order_list *out, struct error *err);
bool store_order_by_code(struct store *s, const char *code, struct order_list *out, struct error *err);
bool store_entries(struct store *s, const char *order_id, struct entry_list *out, struct error *err);

#endif
