#include "store/search.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define SCAN_MAX 1000	/* rows that are looked at before the index is asked */

static const char *const sql_scan[LIST_BASES][2][LIST_PARTS] =
	LISTS("SELECT o.sort_key, o.newest, o.row, o.text, o.goods FROM orders o ", "");

#define HIT "SELECT o.sort_key, o.newest, o.row, o.text, o.goods FROM "
#define HIT_WHERE " AND (?3 IS NULL OR o.queue = ?3) AND (?4 IS NULL OR o.state = ?4) AND o.newest <= ?5"
static const char sql_indexed_hits[] = HIT "search CROSS JOIN orders o ON o.row = search.rowid"
	" WHERE search MATCH ?1" HIT_WHERE;
static const char sql_rows_behind[] = HIT "orders o WHERE o.row >"
	" (SELECT value FROM meta WHERE name = 'indexed')" HIT_WHERE;
static const char sql_version[] = "PRAGMA data_version";

enum list_base list_base(const struct view *v)
{
	return v->queue ? BY_QUEUE : v->state ? BY_STATE : BY_ALL;
}

static int64_t oldest(const struct view *v)
{
	return v->since_ms > 0 ? -v->since_ms : INT64_MAX;
}

void list_bind(sqlite3_stmt *st, const struct view *v, const struct row_key *from,
	enum read_direction direction, size_t limit)
{
	int64_t end = direction == READ_FORWARD ? INT64_MIN : INT64_MAX;

	db_bind_int(st, 1, from ? from->sort_key : end);
	db_bind_int(st, 2, from ? from->row : end);
	db_bind_text(st, 3, v->queue ? v->queue : v->state ? v->state : "");
	db_bind_text(st, 4, v->queue && v->state ? v->state : "");
	db_bind_int(st, 5, oldest(v));
	db_bind_int(st, 6, limit < INT64_MAX ? (int64_t)limit : INT64_MAX);
}

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

void hits_clear(struct hits *hits)
{
	free(hits->what);
	keys_clear(&hits->keys);
	*hits = (struct hits){ .valid = false };
}

static int compare_keys(const void *left, const void *right)
{
	const struct row_key *a = left, *b = right;

	if (a->sort_key != b->sort_key)
		return a->sort_key < b->sort_key ? -1 : 1;
	return (a->row > b->row) - (a->row < b->row);
}

static struct row_key key_of(sqlite3_stmt *st, const struct view *v)
{
	return (struct row_key){ sqlite3_column_int64(st, v->queue ? 0 : 1), sqlite3_column_int64(st, 2) };
}

/* Looks through one part until n keys are in out or *left rows were looked at. */
static bool scan_part(struct db *db, sqlite3_stmt *st, const struct words *w, const struct view *v,
	size_t n, size_t *left, struct keys *out, struct error *err)
{
	while (out->n < n && db_next(db, st)) {
		(*left)--;
		if (words_match(w, db_text(st, 3), db_text(st, 4)))
			keys_add(out, key_of(st, v));
	}
	if (out->n < n)
		return db_ended(db, err);
	sqlite3_reset(st);
	return true;
}

/* Looks through the list itself. *whole: what is in out is all that was asked for, or all there is. */
static bool scan(struct db *db, const struct words *w, const struct view *v, const struct row_key *from,
	enum read_direction direction, size_t n, struct keys *out, bool *whole, struct error *err)
{
	size_t left = SCAN_MAX + (n < SCAN_MAX ? n : SCAN_MAX);

	for (int part = 0; part < LIST_PARTS && left && out->n < n; part++) {
		sqlite3_stmt *st = db_use(db, sql_scan[list_base(v)][direction][part]);

		list_bind(st, v, from, direction, left);
		if (!scan_part(db, st, w, v, n, &left, out, err))
			return false;
	}
	*whole = left || out->n == n;
	return true;
}

static void take_hits(struct db *db, sqlite3_stmt *st, const struct words *w, const struct view *v,
	struct keys *out)
{
	if (v->queue)
		db_bind_text(st, 3, v->queue);
	if (v->state)
		db_bind_text(st, 4, v->state);
	db_bind_int(st, 5, oldest(v));
	while (db_next(db, st))
		if (!w || words_match(w, db_text(st, 3), db_text(st, 4)))
			keys_add(out, key_of(st, v));
}

static bool find_all(struct db *db, const struct words *w, const struct view *v, struct keys *out,
	struct error *err)
{
	struct buf query = BUF_INIT(BUF_MAX_LINE);
	sqlite3_stmt *st = db_use(db, sql_indexed_hits);

	words_query(w, &query);
	db_bind_text(st, 1, buf_str(&query));
	take_hits(db, st, NULL, v, out);
	buf_clear(&query);
	if (!db_ended(db, err))
		return false;
	take_hits(db, db_use(db, sql_rows_behind), w, v, out);
	if (!db_ended(db, err))
		return false;
	if (out->n)
		qsort(out->items, out->n, sizeof(*out->items), compare_keys);
	return true;
}

static char *name_of(const struct view *v)
{
	return xasprintf("%s\n%s\n%lld\n%s", v->queue ? v->queue : "*", v->state ? v->state : "*",
		(long long)v->since_ms, v->search);
}

/* Whether what is kept answers this view as the data are now. */
static bool is_current(struct db *db, const struct hits *hits, const char *what, int64_t *version)
{
	return db_int(db, db_use(db, sql_version), version, NULL) && hits->valid &&
		hits->version == *version && !strcmp(hits->what, what);
}

static bool renew(struct db *db, struct hits *hits, const struct words *w, const struct view *v,
	char *what, int64_t version, struct error *err)
{
	hits_clear(hits);
	hits->what = what;
	hits->version = version;
	hits->valid = find_all(db, w, v, &hits->keys, err);
	return hits->valid;
}

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

static void window(const struct keys *all, const struct row_key *from, enum read_direction direction,
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

static bool search(struct db *db, struct hits *hits, const struct words *w, const struct view *v,
	const struct row_key *from, enum read_direction direction, size_t n, struct keys *out,
	struct error *err)
{
	char *what = name_of(v);
	int64_t version = 0;
	bool whole = true, ok = true;

	if (!is_current(db, hits, what, &version)) {
		ok = scan(db, w, v, from, direction, n, out, &whole, err);
		if (!ok || whole) {
			free(what);
			return ok;
		}
		out->n = 0;
		ok = renew(db, hits, w, v, what, version, err);
	} else {
		free(what);
	}
	if (ok)
		window(&hits->keys, from, direction, n, out);
	return ok;
}

bool search_keys(struct db *db, struct hits *hits, const struct view *v, const struct row_key *from,
	enum read_direction direction, size_t n, struct keys *out, struct error *err)
{
	struct words w;
	bool ok;

	words_parse(&w, v->search);
	ok = search(db, hits, &w, v, from, direction, n, out, err);
	words_clear(&w);
	return ok;
}
