/* The audit of the journal: one row for every step of every action, each with the hash of the one
 * before it, so that a row that somebody edits or deletes afterwards is found (store/verify.h).
 *
 * A row is written in the transaction of the step itself. It holds no text that a person typed or a
 * server said: only digests of what the action's row says at that moment. The digest of the texts (the
 * message and the form) is salted with action.salt; when texts and salt are gone (journal_purge()), nobody
 * can guess a text from it. The rows cannot be changed through SQL as long as the table's triggers are
 * there.
 *
 * Hashed is, for each column in turn, a letter for its type, the length in eight bytes and the bytes
 * themselves: no two different rows are the same to the hash. Times are only noted, never compared, since
 * clocks jump and every computer has its own.
 *
 * Worker's thread, inside a write transaction of the journal; what is below the line, any connection. */
#ifndef STORE_AUDIT_H
#define STORE_AUDIT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/sha256.h"
#include "store/db.h"

enum audit_event {
	AUDIT_ADDED,	/* confirmed: the action's first row */
	AUDIT_MOVED,
	AUDIT_SETTLED,	/* a person said what became of it */
	AUDIT_ADOPTED,	/* taken over from a process that is gone */
	AUDIT_PURGED,	/* its texts were emptied */
	AUDIT_BEFORE,	/* as it stood when the audit began */
	AUDIT_CARRIED,	/* brought over from a damaged journal */
	AUDIT_BEGUN,	/* the journal began; note says which file it takes the place of */
	AUDIT_EVENTS
};

/* The action's row as it is now. `clerk` is whoever took the step; NULL: the program by itself. */
bool audit_step(struct db *db, enum audit_event event, int64_t action_id, const char *clerk, int64_t now_ms,
	struct error *err);
/* The row that says which file was set aside. */
bool audit_begun(struct db *db, const char *note, int64_t now_ms, struct error *err);
/* What a clerk did that is no action (store/notes.h); the code of the order that it was about, or NULL. */
bool audit_desk(struct db *db, const char *event, const char *code, const char *clerk, int64_t now_ms,
	struct error *err);
/* A first row for every action, in a journal that had no audit. */
bool audit_existing(struct db *db, int64_t now_ms, struct error *err);

/* ---- how a row is hashed ---------------------------------------------------------------------- */

/* The columns of the table that are hashed, in their order; `hash` is behind them. */
#define AUDIT_COLUMNS "seq, at_ms, event, action_id, code, kind, state, attempts, clerk, note, facts," \
	" texts, previous"
#define AUDIT_N 13
/* What the digest `facts` is of: what the row of an action says besides. */
#define AUDIT_FACTS "a.id, a.order_id, a.clerk, a.before_state, a.before_status, a.before_assembled," \
	" a.confirmed_ms, a.send_after_ms, a.sent_ms, a.ended_ms, a.owner_pid, a.owner_start, a.owner_boot"
#define AUDIT_FACTS_N 13

/* Hashes n columns of the row that st stands on. */
void audit_hash(sqlite3_stmt *st, int from, int n, unsigned char out[SHA256_SIZE]);

/* The digest of an action's texts: 0 bytes once they were purged. */
struct audit_texts {
	unsigned char digest[SHA256_SIZE];
	int len;
};

/* st stands on a row with the action's salt and message in columns i and i + 1. */
bool audit_texts(struct db *db, sqlite3_stmt *st, int i, int64_t action_id, struct audit_texts *out,
	struct error *err);

#endif
