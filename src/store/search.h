/* Search in a list: the keys of the rows that match, for the reader.
 *
 * A typed word matches much (the first letters), little (the whole word), or something in between. So a
 * window is first looked for in the list itself, row by row, for a bounded number of rows; what is frequent
 * is found there. Only then the full-text index is asked, for the words that this sample showed to be rare:
 * a frequent one costs it more than reading the few rows that are left. What it answers is kept until the
 * view or the data change (see store/hits.h), so that paging through it costs nothing. */
#ifndef STORE_SEARCH_H
#define STORE_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "store/db.h"
#include "store/reader.h"

/* Where the rows of a view are read: which index, and so which key. */
enum list_base {
	BY_QUEUE,	/* (sort_key, row) in a queue */
	BY_STATE,	/* (newest, row) in a state */
	BY_ALL,		/* (newest, row) */
	LIST_BASES
};

/* What stands behind a place is read in two parts, for SQLite's indexes cannot be entered between two
 * rows of one key by comparing pairs: it would step through all rows of that key at every window. */
enum list_part {
	LIST_TIES,	/* the same key, a later row */
	LIST_BEYOND,	/* a later key */
	LIST_PARTS
};

/* +newest: the filter must not tempt the planner away from the list's own index. */
#define LIST_FILTER(newest) " AND (?4 = '' OR o.state = ?4) AND " newest " <= ?5 "
#define LIST(select, end, key, where, newest, compare, order) { \
	[LIST_TIES] = select "WHERE " where "o." key " = ?1 AND o.row " compare " ?2" \
		LIST_FILTER(newest) "ORDER BY o.row" order " LIMIT ?6" end, \
	[LIST_BEYOND] = select "WHERE " where "o." key " " compare " ?1" \
		LIST_FILTER(newest) "ORDER BY o." key order ", o.row" order " LIMIT ?6" end }
#define LIST_BOTH_WAYS(select, end, key, where, newest) { \
	[READ_FORWARD] = LIST(select, end, key, where, newest, ">", ""), \
	[READ_BACKWARD] = LIST(select, end, key, where, newest, "<", " DESC") }
/* One statement for each base, direction and part; `select` names the table o. */
#define LISTS(select, end) { \
	[BY_QUEUE] = LIST_BOTH_WAYS(select, end, "sort_key", "o.queue = ?3 AND ", "+o.newest"), \
	[BY_STATE] = LIST_BOTH_WAYS(select, end, "newest", "o.state = ?3 AND ", "o.newest"), \
	[BY_ALL] = LIST_BOTH_WAYS(select, end, "newest", "", "o.newest") }

struct hits;
struct keys;

enum list_base list_base(const struct view *v);
/* The date of creation at which the view ends, as it stands in `newest`. */
int64_t list_oldest(const struct view *v);
/* Binds the place (?1, ?2), the filters (?3, ?4, ?5) and the limit (?6). `from` NULL is the end where
 * reading begins. */
void list_bind(sqlite3_stmt *st, const struct view *v, const struct row_key *from,
	enum read_direction direction, size_t limit);

/* Puts up to n keys of matching rows behind `from` (in reading direction, nearest first) into *out.
 * Inside a read transaction. */
bool search_keys(struct db *db, struct hits *hits, const struct view *v, const struct row_key *from,
	enum read_direction direction, size_t n, struct keys *out, struct error *err);

/* How many rows match in all, at most `limit`. */
bool search_count(struct db *db, struct hits *hits, const struct view *v, size_t limit, size_t *out,
	struct error *err);

#endif
