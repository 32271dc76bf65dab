/* Keeps the full-text index in step with orders.text and orders.goods.
 *
 * New orders come by the hundred in a sync, and an index segment for each page would cost more than the
 * rows themselves. So rows up to meta.indexed are in the index, and what is behind is searched row by
 * row until there is enough of it, or a pass ends. All functions belong inside a write transaction. */
#ifndef STORE_INDEX_H
#define STORE_INDEX_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "store/db.h"

#define INDEX_BATCH 4096	/* rows behind the index that are worth a segment */
#define INDEX_REST 64		/* what may stay behind it when a pass has ended */

struct index_text {
	const char *text;
	const char *goods;
};

/* The row's words change from `old` to `now`. */
bool index_change(struct db *db, int64_t row, const struct index_text *old,
	const struct index_text *now, struct error *err);
/* Takes up the rows behind, if they are at least `least`. */
bool index_catch_up(struct db *db, int64_t least, struct error *err);

#endif
