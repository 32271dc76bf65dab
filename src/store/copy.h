/* A copy of a database, kept before it is brought up to date: path.before-N, private, N being the version
 * that it has. It appears under that name whole and on the disk, or not at all. */
#ifndef STORE_COPY_H
#define STORE_COPY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "store/db.h"

/* Outside of a transaction, while nobody else has the store open. */
bool copy_before(struct db *db, int64_t version, struct error *err);

#endif
