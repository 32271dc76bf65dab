#include "store/reads.h"

#include "base/i18n.h"
#include "store/columns.h"

static const char sql_by_id[] = ORDER_SELECT ORDER_FROM "WHERE o.id = ?1";
/* The newest, should a marketplace ever give one number twice. */
static const char sql_by_code[] = ORDER_SELECT ORDER_FROM
	"WHERE o.code = ?1 ORDER BY o.newest, o.row LIMIT 1";
/* Two orders of one buyer may go under one waybill. */
static const char sql_by_waybill[] = ORDER_SELECT ORDER_FROM "WHERE o.waybill_number > ''"
	" AND o.waybill_number = ?1 COLLATE NOCASE ORDER BY o.newest, o.row LIMIT 1";
static const char sql_version[] = "PRAGMA data_version";
static const char sql_fresh[] = "SELECT fresh_ms FROM groups WHERE name = ?1";
static const char sql_row[] = "SELECT row, entries_ms FROM orders WHERE id = ?1";

/* The offer's words come first, then the merchant's own, then the marketplace's. What an entry does not name is
 * kept under the entry's own id. */
static const char sql_entries[] = "SELECT o.id, e.id, e.number, e.quantity, e.unit, e.weight_g,"
	" e.min_weight_g, e.price, e.total, e.delivery_cost,"
	" coalesce(nullif(e.category, ''), p.category, ''),"
	" coalesce(nullif(e.article, ''), m.code, ''),"
	" coalesce(nullif(e.name, ''), nullif(m.name, ''), p.name, ''),"
	" e.product_id, e.point_id, coalesce(nullif(e.point_name, ''), w.name, ''), e.imei_required, e.imei,"
	" p.code, p.name, coalesce(nullif(p.manufacturer, ''), m.manufacturer), m.code, m.name, w.address,"
	" p.fetched_ms, m.fetched_ms, w.fetched_ms"
	" FROM entries e JOIN orders o ON o.row = e.order_row"
	" LEFT JOIN facts m ON m.kind = 1 AND m.id = e.product_id"
	" LEFT JOIN facts p ON p.kind = 0 AND p.id = coalesce(nullif(e.product_id, ''), e.id)"
	" LEFT JOIN facts w ON w.kind = 2 AND w.id = coalesce(nullif(e.point_id, ''), e.id)"
	" WHERE e.order_row = ?1 ORDER BY e.place";

static bool read_one(struct db *db, const char *sql, const char *name, struct order_list *out,
	int64_t *row, struct error *err)
{
	sqlite3_stmt *st = db_use(db, sql);
	size_t before = out->n;

	db_bind_text(st, 1, name);
	while (db_next(db, st)) {
		if (row)
			*row = sqlite3_column_int64(st, 0);
		columns_order(st, out);
	}
	if (!db_ended(db, err))
		return false;
	return out->n > before || error_set(err, ERR_NOT_FOUND, _("there is no order %s here"), name);
}

bool read_order_by_id(struct db *db, const char *id, struct order_list *out, int64_t *row,
	struct error *err)
{
	return read_one(db, sql_by_id, id, out, row, err);
}

bool read_order_by_code(struct db *db, const char *code, struct order_list *out, int64_t *row,
	struct error *err)
{
	return read_one(db, sql_by_code, code, out, row, err);
}

bool read_order_by_waybill(struct db *db, const char *number, struct order_list *out, struct error *err)
{
	return read_one(db, sql_by_waybill, number, out, NULL, err);
}

bool read_entries(struct db *db, int64_t row, struct entry_list *out, struct error *err)
{
	sqlite3_stmt *st = db_use(db, sql_entries);

	db_bind_int(st, 1, row);
	while (db_next(db, st)) {
		struct entry *e = entry_list_add(out);

		e->order_id = arena_strdup(&out->arena, db_text(st, 0));
		columns_entry(st, 1, &out->arena, e);
	}
	return db_ended(db, err);
}

bool read_row(struct db *db, const char *order_id, int64_t *row, int64_t *entries_ms, struct error *err)
{
	sqlite3_stmt *st = db_use(db, sql_row);
	bool found = false;

	db_bind_text(st, 1, order_id);
	while (db_next(db, st)) {
		found = true;
		*row = sqlite3_column_int64(st, 0);
		*entries_ms = sqlite3_column_int64(st, 1);
	}
	if (!db_ended(db, err))
		return false;
	return found || error_set(err, ERR_NOT_FOUND, _("there is no order %s here"), order_id);
}

bool read_moved_on(struct db *db, int64_t *version)
{
	int64_t last = *version;

	db_int(db, db_use(db, sql_version), version, NULL);
	return *version != last;
}

int64_t read_group_fresh_ms(struct db *db, const char *group)
{
	sqlite3_stmt *st = db_use(db, sql_fresh);
	int64_t ms = 0;

	db_bind_text(st, 1, group);
	db_int(db, st, &ms, NULL);
	return ms;
}
