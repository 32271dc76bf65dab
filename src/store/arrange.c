/* The queues in another order, when the shop sets other limits. See store.h. */
#include <stdlib.h>

#include "base/mem.h"
#include "store/columns.h"
#include "store/inner.h"

static const char sql_mark[] = "SELECT value FROM meta WHERE name = 'arranged'";
static const char sql_set_mark[] = "UPDATE meta SET value = ?1 WHERE name = 'arranged'";
static const char sql_rows[] = "SELECT row FROM orders INDEXED BY orders_due WHERE finished_ms = 0";
static const char sql_order[] = ORDER_SELECT ORDER_FROM "WHERE o.row = ?1";
static const char sql_move[] = "UPDATE orders SET due_ms = ?2, sort_key = ?3 WHERE row = ?1";

struct rows {
	int64_t *items;
	size_t n, cap;
};

/* All of them first: what is read while it moves may come twice, or never. */
static bool find_rows(struct db *db, struct rows *rows, struct error *err)
{
	sqlite3_stmt *st = db_use(db, sql_rows);

	while (db_next(db, st)) {
		if (rows->n == rows->cap) {
			rows->cap = rows->cap ? rows->cap * 2 : 1024;
			rows->items = xreallocarray(rows->items, rows->cap, sizeof(*rows->items));
		}
		rows->items[rows->n++] = sqlite3_column_int64(st, 0);
	}
	return db_ended(db, err);
}

static bool move(struct db *db, int64_t row, const struct order *o, struct error *err)
{
	sqlite3_stmt *st = db_use(db, sql_move);

	db_bind_int(st, 1, row);
	db_bind_int(st, 2, o->due_ms);
	db_bind_int(st, 3, o->sort_key);
	return db_run(db, st, err);
}

static bool arrange_row(struct store *s, int64_t row, void (*rule)(void *arg, struct order *o), void *arg,
	struct error *err)
{
	sqlite3_stmt *st = db_use(&s->cache, sql_order);
	struct order *o = NULL;
	int64_t due_ms, sort_key;

	order_list_reset(&s->known);
	db_bind_int(st, 1, row);
	while (db_next(&s->cache, st))
		o = columns_order(st, &s->known);
	if (!db_ended(&s->cache, err))
		return false;
	if (!o)
		return true;
	due_ms = o->due_ms;
	sort_key = o->sort_key;
	rule(arg, o);
	return (o->due_ms == due_ms && o->sort_key == sort_key) || move(&s->cache, row, o, err);
}

static bool arrange(struct store *s, int64_t mark, void (*rule)(void *arg, struct order *o), void *arg,
	struct error *err)
{
	struct rows rows = { .items = NULL };
	bool ok = find_rows(&s->cache, &rows, err);
	sqlite3_stmt *st;

	for (size_t i = 0; ok && i < rows.n; i++)
		ok = arrange_row(s, rows.items[i], rule, arg, err);
	free(rows.items);
	if (!ok)
		return false;
	st = db_use(&s->cache, sql_set_mark);
	db_bind_int(st, 1, mark);
	return db_run(&s->cache, st, err);
}

bool store_arrange(struct store *s, int64_t mark, void (*rule)(void *arg, struct order *o), void *arg,
	struct error *err)
{
	int64_t last = 0;

	if (!db_int(&s->cache, db_use(&s->cache, sql_mark), &last, err))
		return false;
	if (last == mark)
		return true;
	return db_begin(&s->cache, err) && db_end(&s->cache, arrange(s, mark, rule, arg, err), err);
}
