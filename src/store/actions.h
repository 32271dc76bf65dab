/* How an action lies in a row of the journal, for both sides of the store. */
#ifndef STORE_ACTIONS_H
#define STORE_ACTIONS_H

#include "store/db.h"
#include "store/journal.h"
#include "store/owner.h"

#define ACTION_SELECT "SELECT id, order_id, code, kind, state, message, clerk, before_state," \
	" before_status, before_assembled, attempts, confirmed_ms, send_after_ms, sent_ms, ended_ms," \
	" owner_pid, owner_start, owner_boot FROM action "
#define ACTION_IS_OPEN "state IN ('queued', 'sending', 'unknown', 'ask')"

/* Appends the row that st stands on, seen from the process `self`. */
struct action *actions_read(sqlite3_stmt *st, const struct owner *self, struct action_list *out);
/* Appends all rows of st. */
bool actions_read_all(struct db *db, sqlite3_stmt *st, const struct owner *self, struct action_list *out,
	struct error *err);
/* Appends the action; NOT_FOUND. */
bool actions_get(struct db *db, int64_t id, const struct owner *self, struct action_list *out,
	struct error *err);
/* What was filled in, but for secrets. STORAGE where a name is none of a form's. */
bool actions_form(struct db *db, int64_t id, struct form *out, struct error *err);
void actions_owner(sqlite3_stmt *st, int i, struct owner *out);

#endif
