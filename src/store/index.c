#include "store/index.h"

#include <string.h>

static const char sql_indexed[] = "SELECT value FROM meta WHERE name = 'indexed'";
static const char sql_set_indexed[] = "UPDATE meta SET value = ?1 WHERE name = 'indexed'";
static const char sql_last[] = "SELECT max(row) FROM orders";
static const char sql_add[] = "INSERT INTO search(rowid, text, goods) VALUES(?1, ?2, ?3)";
static const char sql_take_out[] =
	"INSERT INTO search(search, rowid, text, goods) VALUES('delete', ?1, ?2, ?3)";
static const char sql_add_behind[] = "INSERT INTO search(rowid, text, goods)"
	" SELECT row, text, goods FROM orders WHERE row > ?1 AND row <= ?2";

static bool put(struct db *db, const char *sql, int64_t row, const struct index_text *t,
	struct error *err)
{
	sqlite3_stmt *st = db_use(db, sql);

	db_bind_int(st, 1, row);
	db_bind_text(st, 2, t->text);
	db_bind_text(st, 3, t->goods);
	return db_run(db, st, err);
}

bool index_change(struct db *db, int64_t row, const struct index_text *old,
	const struct index_text *now, struct error *err)
{
	int64_t indexed = 0;

	if (!strcmp(old->text, now->text) && !strcmp(old->goods, now->goods))
		return true;
	if (!db_int(db, db_use(db, sql_indexed), &indexed, err))
		return false;
	if (row > indexed)
		return true;
	return put(db, sql_take_out, row, old, err) && put(db, sql_add, row, now, err);
}

bool index_catch_up(struct db *db, int64_t least, struct error *err)
{
	int64_t indexed = 0, last = 0;
	sqlite3_stmt *st;

	if (!db_int(db, db_use(db, sql_indexed), &indexed, err) ||
		!db_int(db, db_use(db, sql_last), &last, err))
		return false;
	if (last - indexed < least)
		return true;
	st = db_use(db, sql_add_behind);
	db_bind_int(st, 1, indexed);
	db_bind_int(st, 2, last);
	if (!db_run(db, st, err))
		return false;
	st = db_use(db, sql_set_indexed);
	db_bind_int(st, 1, last);
	return db_run(db, st, err);
}
