#include "store/search.h"

#include "store/hits.h"

#define SCAN_MAX 1000	/* rows that are looked at before the index is asked */
#define SCAN_LEAST 200	/* of them, before it is judged */

static const char *const sql_scan[LIST_BASES][2][LIST_PARTS] =
	LISTS("SELECT o.sort_key, o.newest, o.row, o.text, o.goods FROM orders o ", "");

enum list_base list_base(const struct view *v)
{
	return v->queue ? BY_QUEUE : v->state ? BY_STATE : BY_ALL;
}

int64_t list_oldest(const struct view *v)
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
	db_bind_int(st, 5, list_oldest(v));
	db_bind_int(st, 6, limit < INT64_MAX ? (int64_t)limit : INT64_MAX);
}

/* Rows of a scan. */
struct sight {
	size_t left;		/* that may still be looked at */
	size_t seen;
};

/* After a few rows it shows whether the window will be full before the end. */
static bool hopeless(const struct sight *sight, size_t n, const struct keys *out)
{
	return sight->seen >= SCAN_LEAST && out->n * (sight->seen + sight->left) < n * sight->seen;
}

/* Looks through one part until n keys are in out, no row may be looked at any more, or there is no hope. */
static bool scan_part(struct db *db, sqlite3_stmt *st, const struct words *w, const struct view *v,
	size_t n, struct sight *sight, struct keys *out, struct error *err)
{
	while (out->n < n && !hopeless(sight, n, out) && db_next(db, st)) {
		sight->left--;
		sight->seen++;
		if (words_match(w, db_text(st, 3), db_text(st, 4)))
			keys_add(out, (struct row_key){ sqlite3_column_int64(st, v->queue ? 0 : 1),
				sqlite3_column_int64(st, 2) });
	}
	if (db->code != SQLITE_ROW)
		return db_ended(db, err);
	sqlite3_reset(st);
	return true;
}

/* Looks through the list itself. *whole: what is in out is all that was asked for, or all there is. */
static bool scan(struct db *db, const struct words *w, const struct view *v, const struct row_key *from,
	enum read_direction direction, size_t n, struct keys *out, bool *whole, struct error *err)
{
	struct sight sight = { .left = SCAN_MAX + (n < SCAN_MAX ? n : SCAN_MAX) };

	for (int part = 0; part < LIST_PARTS && sight.left && out->n < n; part++) {
		sqlite3_stmt *st = db_use(db, sql_scan[list_base(v)][direction][part]);

		list_bind(st, v, from, direction, sight.left);
		if (!scan_part(db, st, w, v, n, &sight, out, err))
			return false;
		if (hopeless(&sight, n, out))
			sight.left = 0;
	}
	*whole = sight.left || out->n == n;
	return true;
}

/* Looks for a window in the list, or else makes sure that *hits answers the view: then *whole is false and
 * nothing is in out. */
static bool prepare(struct db *db, struct hits *hits, const struct words *w, const struct view *v,
	const struct row_key *from, enum read_direction direction, size_t n, struct keys *out, bool *whole,
	struct error *err)
{
	*whole = false;
	if (hits_current(db, hits, v))
		return true;
	if (!scan(db, w, v, from, direction, n, out, whole, err))
		return false;
	if (*whole)
		return true;
	out->n = 0;
	return hits_renew(db, hits, v, w, err);
}

bool search_keys(struct db *db, struct hits *hits, const struct view *v, const struct row_key *from,
	enum read_direction direction, size_t n, struct keys *out, struct error *err)
{
	struct words w;
	bool ok, whole;

	words_parse(&w, v->search);
	ok = prepare(db, hits, &w, v, from, direction, n, out, &whole, err);
	if (ok && !whole)
		ok = hits_window(db, hits, v, from, direction, n, out, err);
	words_clear(&w);
	return ok;
}

bool search_count(struct db *db, struct hits *hits, const struct view *v, size_t limit, size_t *out,
	struct error *err)
{
	struct keys keys = { .items = NULL };
	struct words w;
	bool ok, whole;

	words_parse(&w, v->search);
	ok = prepare(db, hits, &w, v, NULL, READ_FORWARD, limit, &keys, &whole, err);
	*out = keys.n;
	if (ok && !whole && !hits_total(hits, v, out)) {
		ok = hits_window(db, hits, v, NULL, READ_FORWARD, limit, &keys, err);
		*out = keys.n;
	}
	if (*out > limit)
		*out = limit;
	keys_clear(&keys);
	words_clear(&w);
	return ok;
}
