/* The tables of both files, as numbered steps from nothing to now. */
#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H

#include <stdbool.h>

#include "base/error.h"
#include "store/db.h"

/* Brings an open file up to date: WAL, then each missing step in a transaction of its own. A file that
 * a newer duken made is refused and left as it is, and so is one that duken did not make.
 *
 * A file that an older duken made is only changed while nobody else has the store open (`alone`): the
 * older program would go on with tables that it does not know. Of the journal a copy is kept first
 * (store/copy.h); not of the cache, which can be fetched again and is full of buyers' data. */
bool schema_update(struct db *db, bool alone, struct error *err);
/* For a reader: the file is of exactly this program's version. NOT_FOUND when it is empty still. */
bool schema_check(struct db *db, struct error *err);

#endif
