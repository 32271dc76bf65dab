/* Entries and the facts around them into the cache. See store.h. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/columns.h"
#include "store/index.h"
#include "store/inner.h"
#include "store/reads.h"
#include "store/words.h"

static const char sql_imeis[] = "SELECT id, imei FROM entries WHERE order_row = ?1 AND imei > ''";
static const char sql_drop[] = "DELETE FROM entries WHERE order_row = ?1";
static const char sql_insert[] = "INSERT INTO entries(order_row, place" ENTRY_NAMES ")"
	" VALUES(?, ?" ENTRY_MARKS ")";
static const char sql_fetched[] = "UPDATE orders SET entries_ms = ?2 WHERE row = ?1";
static const char sql_words[] = "SELECT text, goods FROM orders WHERE row = ?1";
static const char sql_set_goods[] = "UPDATE orders SET goods = ?2 WHERE row = ?1";
static const char sql_fact[] = "SELECT coalesce(code, ''), coalesce(name, ''), fetched_ms FROM facts"
	" WHERE kind = ?1 AND id = ?2";
static const char sql_put_fact[] = "INSERT OR REPLACE INTO"
	" facts(kind, id, code, name, manufacturer, category, address, fetched_ms)"
	" VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
static const char sql_put_no_fact[] = "INSERT INTO facts(kind, id, fetched_ms) VALUES(?1, ?2, ?3)"
	" ON CONFLICT(kind, id) DO UPDATE SET fetched_ms = excluded.fetched_ms";
static const char sql_with_product[] = "SELECT order_row FROM entries WHERE product_id = ?1"
	" UNION SELECT order_row FROM entries WHERE product_id = '' AND id = ?1";

static bool write_goods(struct db *db, int64_t row, const struct index_text *old,
	const struct index_text *now, struct error *err)
{
	sqlite3_stmt *st;

	if (!strcmp(old->goods, now->goods))
		return true;
	st = db_use(db, sql_set_goods);
	db_bind_int(st, 1, row);
	db_bind_text(st, 2, now->goods);
	return db_run(db, st, err) && index_change(db, row, old, now, err);
}

/* Makes the words of an order's entries again. */
static bool refresh_goods(struct store *s, int64_t row, struct error *err)
{
	struct entry_list entries = ENTRY_LIST_INIT;
	char *text = NULL, *goods = NULL;
	sqlite3_stmt *st = db_use(&s->cache, sql_words);
	bool ok;

	db_bind_int(st, 1, row);
	while (db_next(&s->cache, st)) {
		text = xstrdup(db_text(st, 0));
		goods = xstrdup(db_text(st, 1));
	}
	ok = db_ended(&s->cache, err) && read_entries(&s->cache, row, &entries, err);
	if (ok && text) {
		buf_reset(&s->goods);
		words_of_entries(&s->goods, &entries);
		ok = write_goods(&s->cache, row, &(struct index_text){ text, goods },
			&(struct index_text){ text, buf_str(&s->goods) }, err);
	}
	entry_list_clear(&entries);
	free(text);
	free(goods);
	return ok;
}

/* What was known of the lines' devices, where nobody asked for them this time. */
static bool read_imeis(struct db *db, int64_t row, struct entry_list *known, struct error *err)
{
	sqlite3_stmt *st = db_use(db, sql_imeis);

	db_bind_int(st, 1, row);
	while (db_next(db, st)) {
		struct entry *e = entry_list_add(known);

		e->id = arena_strdup(&known->arena, db_text(st, 0));
		e->imei = arena_strdup(&known->arena, db_text(st, 1));
	}
	return db_ended(db, err);
}

static bool insert_entry(struct db *db, int64_t row, size_t place, const struct entry *e, struct error *err)
{
	sqlite3_stmt *st = db_use(db, sql_insert);

	db_bind_int(st, 1, row);
	db_bind_int(st, 2, (int64_t)place);
	columns_bind_entry(st, 3, e);
	return db_run(db, st, err);
}

static bool write_entries(struct db *db, int64_t row, const struct entry_list *entries, struct error *err)
{
	struct entry_list known = ENTRY_LIST_INIT;
	bool ok = entries->imeis_read || read_imeis(db, row, &known, err);
	sqlite3_stmt *st = db_use(db, sql_drop);

	db_bind_int(st, 1, row);
	ok = ok && db_run(db, st, err);
	for (size_t i = 0; ok && i < entries->n; i++) {
		struct entry e = entries->items[i];
		const struct entry *before = entry_find(&known, e.id);

		if (before)
			e.imei = before->imei;
		ok = insert_entry(db, row, i, &e, err);
	}
	entry_list_clear(&known);
	return ok;
}

static bool put_entries(struct store *s, const char *order_id, const struct entry_list *entries,
	int64_t now_ms, struct error *err)
{
	int64_t row, before_ms;
	sqlite3_stmt *st;

	if (!read_row(&s->cache, order_id, &row, &before_ms, err) ||
		!write_entries(&s->cache, row, entries, err))
		return false;
	st = db_use(&s->cache, sql_fetched);
	db_bind_int(st, 1, row);
	db_bind_int(st, 2, now_ms);
	return db_run(&s->cache, st, err) && refresh_goods(s, row, err);
}

bool store_put_entries(struct store *s, const char *order_id, const struct entry_list *entries,
	int64_t now_ms, struct error *err)
{
	return db_begin(&s->cache, err) &&
		db_end(&s->cache, put_entries(s, order_id, entries, now_ms, err), err);
}

static bool same_text(const char *stored, const char *s)
{
	return !strcmp(stored, s ? s : "");
}

/* Whether the words of the fact are others than before. */
static bool fact_differs(struct db *db, const struct fact *fact, bool *differs, struct error *err)
{
	sqlite3_stmt *st = db_use(db, sql_fact);

	*differs = true;
	db_bind_int(st, 1, fact->kind);
	db_bind_text(st, 2, fact->id);
	while (db_next(db, st))
		*differs = !same_text(db_text(st, 0), fact->code) ||
			!same_text(db_text(st, 1), fact->name);
	return db_ended(db, err);
}

static bool write_fact(struct db *db, const struct fact *fact, struct error *err)
{
	sqlite3_stmt *st = db_use(db, sql_put_fact);

	db_bind_int(st, 1, fact->kind);
	db_bind_text(st, 2, fact->id);
	db_bind_text(st, 3, fact->code);
	db_bind_text(st, 4, fact->name);
	db_bind_text(st, 5, fact->manufacturer);
	db_bind_text(st, 6, fact->category);
	db_bind_text(st, 7, fact->address);
	db_bind_int(st, 8, fact->fetched_ms);
	return db_run(db, st, err);
}

static bool refresh_orders_with(struct store *s, const char *product_id, struct error *err)
{
	sqlite3_stmt *st = db_use(&s->cache, sql_with_product);
	int64_t *rows = NULL;
	size_t n = 0, cap = 0;
	bool ok;

	db_bind_text(st, 1, product_id);
	while (db_next(&s->cache, st)) {
		if (n == cap) {
			cap = cap ? cap * 2 : 64;
			rows = xreallocarray(rows, cap, sizeof(*rows));
		}
		rows[n++] = sqlite3_column_int64(st, 0);
	}
	ok = db_ended(&s->cache, err);
	for (size_t i = 0; ok && i < n; i++)
		ok = refresh_goods(s, rows[i], err);
	free(rows);
	return ok;
}

static bool put_fact(struct store *s, const struct fact *fact, struct error *err)
{
	bool differs;

	if (!fact_differs(&s->cache, fact, &differs, err) || !write_fact(&s->cache, fact, err))
		return false;
	return !differs || fact->kind == FACT_POINT || refresh_orders_with(s, fact->id, err);
}

bool store_put_fact(struct store *s, const struct fact *fact, struct error *err)
{
	return db_begin(&s->cache, err) && db_end(&s->cache, put_fact(s, fact, err), err);
}

bool store_put_no_fact(struct store *s, const struct fact_ref *ref, int64_t now_ms, struct error *err)
{
	sqlite3_stmt *st;
	bool ok;

	if (!db_begin(&s->cache, err))
		return false;
	st = db_use(&s->cache, sql_put_no_fact);
	db_bind_int(st, 1, ref->kind);
	db_bind_text(st, 2, ref->id);
	db_bind_int(st, 3, now_ms);
	ok = db_run(&s->cache, st, err);
	return db_end(&s->cache, ok, err);
}

bool store_has_fact(struct store *s, const struct fact_ref *ref, int64_t not_before_ms)
{
	sqlite3_stmt *st = db_use(&s->cache, sql_fact);
	bool found = false;

	db_bind_int(st, 1, ref->kind);
	db_bind_text(st, 2, ref->id);
	while (db_next(&s->cache, st))
		found = sqlite3_column_int64(st, 2) >= not_before_ms;
	return found;
}

bool store_entries(struct store *s, const char *order_id, struct entry_list *out, struct error *err)
{
	int64_t row, entries_ms;

	return read_row(&s->cache, order_id, &row, &entries_ms, err) &&
		read_entries(&s->cache, row, out, err);
}
