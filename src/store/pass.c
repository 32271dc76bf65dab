/* Passes: complete views of a listing group. See store.h. */
#include <stdio.h>

#include "store/columns.h"
#include "store/index.h"
#include "store/inner.h"
#include "store/reads.h"

/* Numbers come from one counter for all processes, so that a later pass always has the greater one. */
static const char sql_next[] = "UPDATE meta SET value = value + 1 WHERE name = 'pass'"
	" RETURNING value";
static const char sql_fresh[] = "INSERT INTO groups(name, pass, fresh_ms) VALUES(?1, ?2, ?3)"
	" ON CONFLICT(name) DO UPDATE SET pass = max(pass, excluded.pass),"
	" fresh_ms = max(fresh_ms, excluded.fresh_ms)";
static const char sql_missing[] = ORDER_SELECT ORDER_FROM "WHERE o.state = ?1 AND s.pass < ?2"
	/* What is finished and older than the pass covers stays as it is. */
	" AND (o.finished_ms = 0 OR o.newest <= ?3)";

bool store_pass_begin(struct store *s, const char *group, int64_t from_ms, int64_t now_ms,
	struct pass *out, struct error *err)
{
	int64_t number = 0;

	(void)now_ms;
	if (!db_begin(&s->cache, err) ||
		!db_end(&s->cache, db_int(&s->cache, db_use(&s->cache, sql_next), &number, err), err))
		return false;
	*out = (struct pass){ .number = number, .from_ms = from_ms };
	snprintf(out->group, sizeof(out->group), "%s", group);
	return true;
}

static bool find_missing(struct db *db, const struct pass *pass, struct order_list *missing,
	struct error *err)
{
	sqlite3_stmt *st = db_use(db, sql_missing);

	db_bind_text(st, 1, pass->group);
	db_bind_int(st, 2, pass->number);
	db_bind_int(st, 3, -pass->from_ms);
	while (db_next(db, st))
		columns_order(st, missing);
	return db_ended(db, err);
}

static bool end(struct db *db, const struct pass *pass, int64_t now_ms, struct order_list *missing,
	struct error *err)
{
	sqlite3_stmt *st = db_use(db, sql_fresh);

	db_bind_text(st, 1, pass->group);
	db_bind_int(st, 2, pass->number);
	db_bind_int(st, 3, now_ms);
	return db_run(db, st, err) && index_catch_up(db, INDEX_REST, err) &&
		find_missing(db, pass, missing, err);
}

bool store_pass_end(struct store *s, const struct pass *pass, int64_t now_ms,
	struct order_list *missing, struct error *err)
{
	return db_begin(&s->cache, err) && db_end(&s->cache, end(&s->cache, pass, now_ms, missing, err), err);
}

int64_t store_group_fresh_ms(struct store *s, const char *group)
{
	return read_group_fresh_ms(&s->cache, group);
}
