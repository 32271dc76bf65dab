/* Everything that matched a search, kept for the next windows of the same view.
 *
 *	if (!hits_current(db, hits, v)) ok = hits_renew(db, hits, v, &w, err);
 *	ok = hits_window(db, hits, v, from, READ_FORWARD, 40, &keys, err);
 *
 * A few matches are kept as their keys, in the order of the view. Of many only the row numbers are kept, a bit
 * for each: to look up and sort some ten thousand keys takes longer than to walk along the list's own index,
 * which holds nothing but keys, until the window is full. Inside a read transaction. */
#ifndef STORE_HITS_H
#define STORE_HITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "store/db.h"
#include "store/reader.h"
#include "store/words.h"

struct keys {
	struct row_key *items;
	size_t n;
	size_t cap;
};

void keys_add(struct keys *keys, struct row_key key);
void keys_clear(struct keys *keys);

struct hits {
	bool valid;
	char *what;		/* the view in words */
	int64_t version;	/* of the data */
	struct keys keys;	/* few: of all that matched */
	unsigned char *rows;	/* many: a bit for each row that has the words; else NULL */
	size_t size;		/* of rows, in bytes */
	size_t n;		/* rows in it */
};

void hits_clear(struct hits *hits);

/* Whether what is kept answers this view as the data are now. */
bool hits_current(struct db *db, const struct hits *hits, const struct view *v);
/* Asks the index for the rows that have the words. */
bool hits_renew(struct db *db, struct hits *hits, const struct view *v, const struct words *w,
	struct error *err);
/* How many rows match in all, if that is known without reading any. */
bool hits_total(const struct hits *hits, const struct view *v, size_t *out);
/* Puts up to n keys behind `from`, nearest first, into *out. */
bool hits_window(struct db *db, const struct hits *hits, const struct view *v, const struct row_key *from,
	enum read_direction direction, size_t n, struct keys *out, struct error *err);

#endif
