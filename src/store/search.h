/* Search in a list: the keys of the rows that match, for the reader.
 *
 * Most typed words match either much (the first letters) or little (the whole word). So a window is
 * first looked for in the list itself, row by row, for a bounded number of rows; what is frequent is found
 * there. Only then the full-text index is asked for everything that matches, and the answer is kept
 * until the view or the data change, so that paging through it costs nothing. */
#ifndef STORE_SEARCH_H
#define STORE_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "store/db.h"
#include "store/reader.h"
#include "store/words.h"

/* Where the rows of a view are read: which index, and so which key. */
enum list_base {
	BY_QUEUE,	/* (sort_key, row) in a queue */
	BY_STATE,	/* (newest, row) in a state */
	BY_ALL,		/* (newest, row) */
	LIST_BASES
};

enum list_base list_base(const struct view *v);
/* Binds the place (?1, ?2) and the filters (?3, ?4, ?5) that all statements of lists share. `from`
 * NULL is the end where reading begins. */
void list_bind(sqlite3_stmt *st, const struct view *v, const struct row_key *from,
	enum read_direction direction);

struct keys {
	struct row_key *items;
	size_t n;
	size_t cap;
};

void keys_add(struct keys *keys, struct row_key key);
void keys_clear(struct keys *keys);

/* Everything that matched a view, in its order. */
struct hits {
	bool valid;
	char *what;		/* the view in words */
	int64_t version;	/* of the data */
	struct keys keys;
};

void hits_clear(struct hits *hits);

/* Puts up to n keys of matching rows behind `from` (in reading direction, nearest first) into *out.
 * Inside a read transaction. */
bool search_keys(struct db *db, struct hits *hits, const struct view *v, const struct row_key *from,
	enum read_direction direction, size_t n, struct keys *out, struct error *err);

#endif
