#include "store/hits.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/search.h"

#define FEW 300	/* matches that are quicker looked up and sorted than found along the index */

static const char sql_version[] = "PRAGMA data_version";
static const char sql_last[] = "SELECT coalesce(max(row), 0) FROM orders";
static const char sql_indexed[] = "SELECT rowid FROM search WHERE search MATCH ?1";
static const char sql_behind[] = "SELECT row, text, goods FROM orders WHERE row >"
	" (SELECT value FROM meta WHERE name = 'indexed')";
static const char sql_row[] = "SELECT o.sort_key, o.newest FROM orders o WHERE o.row = ?1"
	" AND (?3 IS NULL OR o.queue = ?3) AND (?4 IS NULL OR o.state = ?4) AND o.newest <= ?5";

/* Along an index alone, so without the filters that would need the row. */
#define WALK(key, where, filter, compare, order) { \
	[LIST_TIES] = "SELECT o." key ", o.row FROM orders o WHERE " where "o." key " = ?1 AND o.row " compare \
		" ?2" filter " ORDER BY o.row" order " LIMIT ?6", \
	[LIST_BEYOND] = "SELECT o." key ", o.row FROM orders o WHERE " where "o." key " " compare " ?1" \
		filter " ORDER BY o." key order ", o.row" order " LIMIT ?6" }
#define WALK_BOTH_WAYS(key, where, filter) { \
	[READ_FORWARD] = WALK(key, where, filter, ">", ""), \
	[READ_BACKWARD] = WALK(key, where, filter, "<", " DESC") }
static const char *const sql_walk[LIST_BASES][2][LIST_PARTS] = {
	[BY_QUEUE] = WALK_BOTH_WAYS("sort_key", "o.queue = ?3 AND ", ""),
	[BY_STATE] = WALK_BOTH_WAYS("newest", "o.state = ?3 AND ", " AND o.newest <= ?5"),
	[BY_ALL] = WALK_BOTH_WAYS("newest", "", " AND o.newest <= ?5"),
};

/* ---- keys ------------------------------------------------------------------------------------ */

void keys_add(struct keys *keys, struct row_key key)
{
	if (keys->n == keys->cap) {
		keys->cap = keys->cap ? keys->cap * 2 : 64;
		keys->items = xreallocarray(keys->items, keys->cap, sizeof(*keys->items));
	}
	keys->items[keys->n++] = key;
}

void keys_clear(struct keys *keys)
{
	free(keys->items);
	*keys = (struct keys){ .items = NULL };
}

static int compare_keys(const void *left, const void *right)
{
	const struct row_key *a = left, *b = right;

	if (a->sort_key != b->sort_key)
		return a->sort_key < b->sort_key ? -1 : 1;
	return (a->row > b->row) - (a->row < b->row);
}

/* ---- what is kept ---------------------------------------------------------------------------- */

void hits_clear(struct hits *hits)
{
	free(hits->what);
	free(hits->rows);
	keys_clear(&hits->keys);
	*hits = (struct hits){ .valid = false };
}

static char *name_of(const struct view *v)
{
	return xasprintf("%s\n%s\n%lld\n%s", v->queue ? v->queue : "*", v->state ? v->state : "*",
		(long long)v->since_ms, v->search);
}

bool hits_current(struct db *db, const struct hits *hits, const struct view *v)
{
	int64_t version = 0;
	char *what;
	bool same;

	if (!hits->valid || !db_int(db, db_use(db, sql_version), &version, NULL) || hits->version != version)
		return false;
	what = name_of(v);
	same = !strcmp(hits->what, what);
	free(what);
	return same;
}

/* ---- asking the index ------------------------------------------------------------------------ */

struct row_numbers {
	int64_t *items;
	size_t n, cap;
	int64_t most;
	int64_t last;	/* of all orders: what is beyond comes from a damaged index */
};

static void add_row(struct row_numbers *rows, int64_t row)
{
	if (row <= 0 || row > rows->last)
		return;
	if (rows->n == rows->cap) {
		rows->cap = rows->cap ? rows->cap * 2 : 1024;
		rows->items = xreallocarray(rows->items, rows->cap, sizeof(*rows->items));
	}
	rows->items[rows->n++] = row;
	if (row > rows->most)
		rows->most = row;
}

/* The rows that have these words, whatever the view: the index first, then what is behind it. */
static bool find_rows(struct db *db, const struct words *w, struct row_numbers *rows, struct error *err)
{
	struct buf query = BUF_INIT(BUF_MAX_LINE);
	sqlite3_stmt *st;

	if (!db_int(db, db_use(db, sql_last), &rows->last, err))
		return false;
	st = db_use(db, sql_indexed);
	words_query(w, &query);
	db_bind_text(st, 1, buf_str(&query));
	while (db_next(db, st))
		add_row(rows, sqlite3_column_int64(st, 0));
	buf_clear(&query);
	if (!db_ended(db, err))
		return false;
	st = db_use(db, sql_behind);
	while (db_next(db, st))
		if (words_match(w, db_text(st, 1), db_text(st, 2)))
			add_row(rows, sqlite3_column_int64(st, 0));
	return db_ended(db, err);
}

/* Whether the row is in the view. */
static bool check_row(struct db *db, const struct view *v, int64_t row, struct row_key *key, bool *fits,
	struct error *err)
{
	sqlite3_stmt *st = db_use(db, sql_row);

	*fits = false;
	db_bind_int(st, 1, row);
	if (v->queue)
		db_bind_text(st, 3, v->queue);
	if (v->state)
		db_bind_text(st, 4, v->state);
	db_bind_int(st, 5, list_oldest(v));
	while (db_next(db, st)) {
		*key = (struct row_key){ sqlite3_column_int64(st, v->queue ? 0 : 1), row };
		*fits = true;
	}
	return db_ended(db, err);
}

static bool keep_keys(struct db *db, struct hits *hits, const struct view *v, const struct row_numbers *rows,
	struct error *err)
{
	for (size_t i = 0; i < rows->n; i++) {
		struct row_key key;
		bool fits;

		if (!check_row(db, v, rows->items[i], &key, &fits, err))
			return false;
		if (fits)
			keys_add(&hits->keys, key);
	}
	if (hits->keys.n)
		qsort(hits->keys.items, hits->keys.n, sizeof(*hits->keys.items), compare_keys);
	return true;
}

static void keep_rows(struct hits *hits, const struct row_numbers *rows)
{
	hits->n = rows->n;
	hits->size = (size_t)rows->most / 8 + 1;
	hits->rows = xcalloc(hits->size, 1);
	for (size_t i = 0; i < rows->n; i++)
		hits->rows[rows->items[i] / 8] |= (unsigned char)(1 << rows->items[i] % 8);
}

bool hits_renew(struct db *db, struct hits *hits, const struct view *v, const struct words *w,
	struct error *err)
{
	struct row_numbers rows = { .n = 0 };
	bool ok;

	hits_clear(hits);
	hits->what = name_of(v);
	ok = db_int(db, db_use(db, sql_version), &hits->version, err) && find_rows(db, w, &rows, err);
	if (ok && rows.n <= FEW)
		ok = keep_keys(db, hits, v, &rows, err);
	else if (ok)
		keep_rows(hits, &rows);
	free(rows.items);
	hits->valid = ok;
	return ok;
}

/* ---- windows --------------------------------------------------------------------------------- */

/* The first place whose key is not before `key`, or behind it when `behind`. */
static size_t place_of(const struct keys *keys, const struct row_key *key, bool behind)
{
	size_t low = 0, high = keys->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int c = compare_keys(&keys->items[mid], key);

		if (c < 0 || (behind && c == 0))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void cut_window(const struct keys *all, const struct row_key *from, enum read_direction direction,
	size_t n, struct keys *out)
{
	if (direction == READ_FORWARD) {
		size_t i = from ? place_of(all, from, true) : 0;

		for (; i < all->n && out->n < n; i++)
			keys_add(out, all->items[i]);
	} else {
		size_t i = from ? place_of(all, from, false) : all->n;

		for (; i > 0 && out->n < n; i--)
			keys_add(out, all->items[i - 1]);
	}
}

static bool is_hit(const struct hits *hits, int64_t row)
{
	return (size_t)row / 8 < hits->size && hits->rows[row / 8] >> row % 8 & 1;
}

bool hits_total(const struct hits *hits, const struct view *v, size_t *out)
{
	*out = hits->rows ? hits->n : hits->keys.n;
	return !hits->rows || (!v->queue && !v->state && v->since_ms <= 0);
}

/* Whether the walk leaves something to look at in the row itself. */
static bool needs_row(const struct view *v)
{
	return v->queue && (v->state || v->since_ms > 0);
}

static bool walk(struct db *db, const struct hits *hits, const struct view *v, sqlite3_stmt *st, size_t n,
	struct keys *out, struct error *err)
{
	bool look = needs_row(v);

	while (out->n < n && db_next(db, st)) {
		struct row_key key = { sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1) };
		bool fits = is_hit(hits, key.row);

		if (fits && look && !check_row(db, v, key.row, &key, &fits, err)) {
			sqlite3_reset(st);
			return false;
		}
		if (fits)
			keys_add(out, key);
	}
	if (out->n < n)
		return db_ended(db, err);
	sqlite3_reset(st);
	return true;
}

bool hits_window(struct db *db, const struct hits *hits, const struct view *v, const struct row_key *from,
	enum read_direction direction, size_t n, struct keys *out, struct error *err)
{
	if (!hits->rows) {
		cut_window(&hits->keys, from, direction, n, out);
		return true;
	}
	for (int part = 0; part < LIST_PARTS && out->n < n; part++) {
		sqlite3_stmt *st = db_use(db, sql_walk[list_base(v)][direction][part]);

		list_bind(st, v, from, direction, SIZE_MAX);
		if (!walk(db, hits, v, st, n, out, err))
			return false;
	}
	return true;
}
