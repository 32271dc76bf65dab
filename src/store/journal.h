/* The action journal: what a person confirmed, written down before it is sent.
 *
 *	confirmed -> queued -> sending -> done | refused
 *	                |         `-----> unknown -> done | queued once more | ask
 *	                `-> undone | conflict | ask (it waited too long)
 *
 * Every step is one durable transaction (synchronous=FULL) made before the step is taken, so that
 * after a crash the journal says at least as much as happened. Steps are compare-and-swap: when two
 * processes try the same one, one of them gets CONFLICT and does nothing. One open action per order and
 * kind is a unique index, across every process on the store. Secret fields never get here. Every step
 * leaves a row in the audit, in the same transaction and with the clerk of the process that took it
 * (store/audit.h).
 *
 * Worker's thread; the screen reads rows through store/reader.h. */
#ifndef STORE_JOURNAL_H
#define STORE_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "order/form.h"
#include "order/order.h"
#include "store/store.h"

enum action_state {
	ACTION_QUEUED,	/* on disk, not sent */
	ACTION_SENDING,	/* on disk before the first byte */
	ACTION_DONE,
	ACTION_REFUSED,	/* the server said no; message holds its sentence */
	ACTION_CONFLICT, /* the order moved on before it was sent; nothing was sent */
	ACTION_UNDONE,	/* taken back before it was sent */
	ACTION_UNKNOWN,	/* sent, outcome not seen yet; will be re-read */
	ACTION_ASK,	/* a person must decide */
	ACTION_STATES
};

/* "queued", "done", ...: JSON and database. */
const char *action_state_name(enum action_state state);
bool action_state_parse(const char *name, enum action_state *out);
/* Queued, sending, unknown or ask. */
bool action_state_open(enum action_state state);

struct action {
	int64_t id;
	const char *order_id;
	const char *code;
	const char *kind;		/* action_spec.id */
	enum action_state state;
	const char *message;		/* how it ended, a sentence */
	const char *clerk;
	const char *before_state;	/* what the order was when the clerk confirmed */
	const char *before_status;
	bool before_assembled;
	int attempts;			/* sent so often */
	int64_t confirmed_ms;
	int64_t send_after_ms;		/* end of the grace */
	int64_t sent_ms;		/* of the last attempt; 0 never */
	int64_t ended_ms;		/* 0 while open */
	bool mine;			/* this process looks after it */
	bool orphan;			/* the process that looked after it is gone */
};

struct action_list {
	struct arena arena;
	struct action *items;
	size_t n;
	size_t cap;
};

#define ACTION_LIST_INIT { .arena = ARENA_INIT }

struct action *action_list_add(struct action_list *list);
void action_list_clear(struct action_list *list);

/* Writes a confirmed action down as queued. `secret` names the form's field that is not kept (NULL:
 * none). Fails with CONFLICT if an action of that kind is open for the order, and names who has it. */
bool journal_add(struct store *s, const struct order *o, const char *kind, const struct form *form,
	const char *secret, const char *clerk, int64_t now_ms, int64_t send_after_ms, int64_t *id,
	struct error *err);
/* queued -> sending, attempts + 1; only for an action that is mine. Durable when it returns true; only then may a
 * byte leave. CANCELLED when its batch is paused or stopped (store/batch.h). */
bool journal_sending(struct store *s, int64_t id, const char *clerk, int64_t now_ms, struct error *err);
/* sending -> done, refused or unknown; unknown -> done, refused, ask or queued; queued -> conflict,
 * undone or ask, or unknown again where an earlier attempt may have arrived late; ask -> done or refused (a
 * person decided); sending -> queued only where certainly no byte
 * left (the attempt is not counted). Anything else is CONFLICT. */
bool journal_move(struct store *s, int64_t id, enum action_state from, enum action_state to,
	const char *message, const char *clerk, int64_t now_ms, struct error *err);
/* Takes over actions whose process is gone: what was sending becomes unknown. Returns through *n how
 * many; they are listed by journal_open() as mine from then on. */
bool journal_adopt(struct store *s, const char *clerk, int64_t now_ms, size_t *n, struct error *err);
/* Empties the texts (message and form) of actions that ended before that moment; the rows and the audit
 * stay, and so does what the audit can prove. A few hundred a transaction. Copies of the journal that were
 * made before that moment (store/copy.h) are deleted. */
bool journal_purge(struct store *s, int64_t before_ms, struct error *err);
/* Open actions, oldest first. */
bool journal_open(struct store *s, struct action_list *out, struct error *err);
bool journal_get(struct store *s, int64_t id, struct action_list *out, struct error *err);
/* Whether an action of that kind ever ended as done for the order: our own mark where the server shows
 * none afterwards ("arrived"). */
bool journal_was_done(struct store *s, const char *order_id, const char *kind);
/* Whether an action of the order other than `id` was sent and is open still, or ended at that time or
 * later; yes when the journal cannot be read. */
bool journal_others_sent(struct store *s, const char *order_id, int64_t id, int64_t since_ms);
/* The form as it was kept, without the secret. */
bool journal_form(struct store *s, int64_t id, struct form *out, struct error *err);

#endif
