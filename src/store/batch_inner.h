/* How a batch lies in a row of the journal, for both sides of the store. */
#ifndef STORE_BATCH_INNER_H
#define STORE_BATCH_INNER_H

#include "store/batch.h"
#include "store/db.h"

#define BATCH_SELECT "SELECT id, kind, state, confirmed_ms, agreed_ms, message FROM batch "
#define BATCH_OF_ACTION "SELECT batch_id FROM batch_item WHERE action_id = ?1 AND action_id > 0"

/* The row that st stands on. */
void batch_read(sqlite3_stmt *st, struct batch *out);
/* The one row of st; NOT_FOUND. */
bool batch_read_one(struct db *db, sqlite3_stmt *st, struct batch *out, struct error *err);

#endif
