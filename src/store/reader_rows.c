/* Lists by windows. See reader.h. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/columns.h"
#include "store/reader_inner.h"

#define NEAR 4096	/* rows from the top that are counted one by one */

static const char *const sql_rows[LIST_BASES][2][LIST_PARTS] = LISTS(ORDER_SELECT ORDER_FROM, "");
static const char *const sql_count[LIST_BASES][2][LIST_PARTS] =
	LISTS("SELECT count(*) FROM (SELECT 1 FROM orders o ", ")");
/* In a whole queue the same without filters, so that the index answers and no row is touched. */
static const char *const sql_count_before[LIST_PARTS] = {
	[LIST_TIES] = "SELECT count(*) FROM (SELECT 1 FROM orders"
		" WHERE queue = ?3 AND sort_key = ?1 AND row < ?2 LIMIT ?6)",
	[LIST_BEYOND] = "SELECT count(*) FROM (SELECT 1 FROM orders"
		" WHERE queue = ?3 AND sort_key < ?1 LIMIT ?6)",
};

/* Without a limit, which costs as much again, and from the nearer end. */
static const char *const sql_before[LIST_PARTS] = {
	[LIST_TIES] = "SELECT count(*) FROM orders WHERE queue = ?3 AND sort_key = ?1 AND row < ?2",
	[LIST_BEYOND] = "SELECT count(*) FROM orders WHERE queue = ?3 AND sort_key < ?1",
};
static const char *const sql_from[LIST_PARTS] = {
	[LIST_TIES] = "SELECT count(*) FROM orders WHERE queue = ?3 AND sort_key = ?1 AND row >= ?2",
	[LIST_BEYOND] = "SELECT count(*) FROM orders WHERE queue = ?3 AND sort_key > ?1",
};
static const char sql_middle[] = "SELECT (SELECT min(sort_key) FROM orders WHERE queue = ?1) / 2"
	" + (SELECT max(sort_key) FROM orders WHERE queue = ?1) / 2";

static const char sql_row[] = ORDER_SELECT ORDER_FROM "WHERE o.row = ?1";
static const char sql_all[] = "SELECT coalesce(sum(n), 0) FROM counts";

void row_list_reset(struct row_list *rows)
{
	order_list_reset(&rows->orders);
}

void row_list_clear(struct row_list *rows)
{
	order_list_clear(&rows->orders);
	free(rows->keys);
	rows->keys = NULL;
	rows->cap = 0;
}

struct row_key view_key(const struct view *v, const struct order *o, int64_t row)
{
	return (struct row_key){ v->queue ? o->sort_key : -o->created_ms, row };
}

static void add_row(const struct view *v, sqlite3_stmt *st, struct row_list *out)
{
	const struct order *o = columns_order(st, &out->orders);

	if (out->orders.n > out->cap) {
		out->cap = out->cap ? out->cap * 2 : 64;
		out->keys = xreallocarray(out->keys, out->cap, sizeof(*out->keys));
	}
	out->keys[out->orders.n - 1] = view_key(v, o, sqlite3_column_int64(st, 0));
}

/* Rows that were read backward stand in the list's order afterwards. */
static void turn_round(struct row_list *rows)
{
	for (size_t i = 0, j = rows->orders.n; i + 1 < j; i++) {
		struct order o = rows->orders.items[i];
		struct row_key k = rows->keys[i];

		j--;
		rows->orders.items[i] = rows->orders.items[j];
		rows->orders.items[j] = o;
		rows->keys[i] = rows->keys[j];
		rows->keys[j] = k;
	}
}

static bool is_search(const struct view *v)
{
	return v->search && *v->search;
}

static bool read_parts(struct reader *r, const struct view *v, const struct row_key *from,
	enum read_direction direction, size_t n, struct row_list *out, struct error *err)
{
	for (int part = 0; part < LIST_PARTS && out->orders.n < n; part++) {
		sqlite3_stmt *st = db_use(&r->cache, sql_rows[list_base(v)][direction][part]);

		list_bind(st, v, from, direction, n - out->orders.n);
		while (db_next(&r->cache, st))
			add_row(v, st, out);
		if (!db_ended(&r->cache, err))
			return false;
	}
	return true;
}

static bool read_window(struct reader *r, const struct view *v, const struct row_key *from,
	enum read_direction direction, size_t n, struct row_list *out, struct error *err)
{
	bool ok;

	if (!db_begin_read(&r->cache, err))
		return false;
	ok = read_parts(r, v, from, direction, n, out, err);
	db_end_read(&r->cache);
	return ok;
}

static bool read_keys(struct reader *r, const struct view *v, const struct keys *keys,
	struct row_list *out, struct error *err)
{
	for (size_t i = 0; i < keys->n; i++) {
		sqlite3_stmt *st = db_use(&r->cache, sql_row);

		db_bind_int(st, 1, keys->items[i].row);
		while (db_next(&r->cache, st))
			add_row(v, st, out);
		if (!db_ended(&r->cache, err))
			return false;
	}
	return true;
}

/* Reads up to n matching rows behind `from`; only counts them when out is NULL. */
static bool find(struct reader *r, const struct view *v, const struct row_key *from,
	enum read_direction direction, size_t n, struct row_list *out, size_t *found, struct error *err)
{
	struct keys keys = { .items = NULL };
	bool ok;

	if (!db_begin_read(&r->cache, err))
		return false;
	ok = search_keys(&r->cache, &r->hits, v, from, direction, n, &keys, err) &&
		(!out || read_keys(r, v, &keys, out, err));
	db_end_read(&r->cache);
	if (found)
		*found = keys.n;
	keys_clear(&keys);
	return ok;
}

static bool count_matches(struct reader *r, const struct view *v, size_t limit, size_t *out,
	struct error *err)
{
	bool ok;

	if (!db_begin_read(&r->cache, err))
		return false;
	ok = search_count(&r->cache, &r->hits, v, limit, out, err);
	db_end_read(&r->cache);
	return ok;
}

bool reader_rows(struct reader *r, const struct view *v, const struct row_key *from,
	enum read_direction direction, size_t n, struct row_list *out, struct error *err)
{
	bool ok;

	row_list_reset(out);
	ok = is_search(v) ? find(r, v, from, direction, n, out, NULL, err) :
		read_window(r, v, from, direction, n, out, err);
	if (direction == READ_BACKWARD)
		turn_round(out);
	return ok;
}

static bool is_whole_queue(const struct view *v)
{
	return v->queue && !v->state && v->since_ms <= 0;
}

static bool count_parts(struct reader *r, const struct view *v, const struct row_key *key, size_t limit,
	size_t *out, struct error *err)
{
	for (int part = 0; part < LIST_PARTS && *out < limit; part++) {
		sqlite3_stmt *st = db_use(&r->cache, is_whole_queue(v) ? sql_count_before[part] :
			sql_count[list_base(v)][READ_BACKWARD][part]);
		int64_t n = 0;

		list_bind(st, v, key, READ_BACKWARD, limit - *out);
		if (!db_int(&r->cache, st, &n, err))
			return false;
		*out += (size_t)n;
	}
	return true;
}

static bool count_side(struct reader *r, const char *const sql[LIST_PARTS], const struct view *v,
	const struct row_key *key, size_t *out, struct error *err)
{
	*out = 0;
	for (int part = 0; part < LIST_PARTS; part++) {
		sqlite3_stmt *st = db_use(&r->cache, sql[part]);
		int64_t n = 0;

		list_bind(st, v, key, READ_BACKWARD, SIZE_MAX);
		if (!db_int(&r->cache, st, &n, err))
			return false;
		*out += (size_t)n;
	}
	return true;
}

/* In a queue of `total` rows; the keys tell which end is likely to be the nearer. */
static bool rank_in_queue(struct reader *r, const struct view *v, const struct row_key *key, size_t total,
	size_t *out, struct error *err)
{
	sqlite3_stmt *st = db_use(&r->cache, sql_middle);
	int64_t middle = 0;
	size_t behind;

	db_bind_text(st, 1, v->queue);
	if (!db_int(&r->cache, st, &middle, err))
		return false;
	if (key->sort_key < middle)
		return count_side(r, sql_before, v, key, out, err);
	if (!count_side(r, sql_from, v, key, &behind, err))
		return false;
	*out = behind < total ? total - behind : 0;
	return true;
}

/* Most keys stand near the top; only beyond it the number of rows matters. */
static bool rank_in_list(struct reader *r, const struct view *v, const struct row_key *key, size_t limit,
	size_t *out, struct error *err)
{
	size_t total = key && is_whole_queue(v) ? reader_queue_count(r, v->queue) : 0;
	bool far = total > NEAR && total <= limit;

	if (!count_parts(r, v, key, far ? NEAR : limit, out, err))
		return false;
	return !far || *out < NEAR || rank_in_queue(r, v, key, total, out, err);
}

/* How many rows stand before the key, or in all when it is NULL. */
static bool rank(struct reader *r, const struct view *v, const struct row_key *key, size_t limit,
	size_t *out, struct error *err)
{
	bool ok;

	*out = 0;
	if (is_search(v) && !key)
		return count_matches(r, v, limit, out, err);
	if (is_search(v))
		return find(r, v, key, READ_BACKWARD, limit, NULL, out, err);
	if (!db_begin_read(&r->cache, err))
		return false;
	ok = rank_in_list(r, v, key, limit, out, err);
	db_end_read(&r->cache);
	return ok;
}

bool reader_rank(struct reader *r, const struct view *v, const struct row_key *key, size_t limit,
	size_t *out, struct error *err)
{
	return rank(r, v, key, limit, out, err);
}

static bool count_all(struct reader *r, size_t *out, struct error *err)
{
	int64_t n = 0;

	if (!db_int(&r->cache, db_use(&r->cache, sql_all), &n, err))
		return false;
	*out = n > 0 ? (size_t)n : 0;
	return true;
}

bool reader_count(struct reader *r, const struct view *v, size_t limit, size_t *out, struct error *err)
{
	bool ok = true;

	if (is_search(v) || v->state || v->since_ms > 0)
		return rank(r, v, NULL, limit, out, err);
	if (v->queue)
		*out = reader_queue_count(r, v->queue);
	else
		ok = count_all(r, out, err);
	if (ok && *out > limit)
		*out = limit;
	return ok;
}
