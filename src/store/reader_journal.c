/* The journal, read. See reader.h. */
#include "store/actions.h"
#include "store/reader_inner.h"

#define LIMIT 1000

static const char sql_query[] = ACTION_SELECT "WHERE (?1 = 0 OR " ACTION_IS_OPEN ")"
	" AND confirmed_ms >= ?2 AND (?3 IS NULL OR order_id = ?3) AND (?4 IS NULL OR kind = ?4)"
	" ORDER BY id DESC LIMIT ?5";
/* The same by the index of what is open, and by the index of orders: ?1 is not the planner's to guess. */
static const char sql_open[] = ACTION_SELECT "WHERE " ACTION_IS_OPEN " AND ?1 = 1"
	" AND confirmed_ms >= ?2 AND (?3 IS NULL OR order_id = ?3) AND (?4 IS NULL OR kind = ?4)"
	" ORDER BY +id DESC LIMIT ?5";
static const char sql_of_order[] = ACTION_SELECT "WHERE order_id = ?3"
	" AND (?1 = 0 OR " ACTION_IS_OPEN ") AND confirmed_ms >= ?2 AND (?4 IS NULL OR kind = ?4)"
	" ORDER BY id DESC LIMIT ?5";
static const char sql_work[] = "SELECT clerk, kind, count(*) FROM action INDEXED BY action_confirmed"
	" WHERE confirmed_ms >= ?1 AND confirmed_ms < ?2 AND state = 'done' GROUP BY clerk, kind";
static const char sql_counts[] = "SELECT count(*), coalesce(sum(state = 'ask'), 0) FROM action"
	" WHERE " ACTION_IS_OPEN;

bool reader_journal(struct reader *r, const struct journal_query *q, struct action_list *out,
	struct error *err)
{
	const char *sql = q->order_id ? sql_of_order : q->open_only ? sql_open : sql_query;
	sqlite3_stmt *st = db_use(&r->journal, sql);

	db_bind_int(st, 1, q->open_only);
	db_bind_int(st, 2, q->since_ms);
	db_bind_text(st, 3, q->order_id);
	db_bind_text(st, 4, q->kind);
	db_bind_int(st, 5, q->limit ? (int64_t)q->limit : LIMIT);
	return actions_read_all(&r->journal, st, &r->self, out, err);
}

bool reader_action(struct reader *r, int64_t id, struct action_list *out, struct error *err)
{
	return actions_get(&r->journal, id, &r->self, out, err);
}

bool reader_form(struct reader *r, int64_t id, struct form *out, struct error *err)
{
	return actions_form(&r->journal, id, out, err);
}

bool reader_work(struct reader *r, int64_t from_ms, int64_t to_ms,
	void (*add)(void *arg, const char *clerk, const char *kind, int64_t n), void *arg, struct error *err)
{
	sqlite3_stmt *st = db_use(&r->journal, sql_work);

	db_bind_int(st, 1, from_ms);
	db_bind_int(st, 2, to_ms);
	while (db_next(&r->journal, st))
		add(arg, db_text(st, 0), db_text(st, 1), sqlite3_column_int64(st, 2));
	return db_ended(&r->journal, err);
}

void reader_open_actions(struct reader *r, size_t *open, size_t *ask)
{
	sqlite3_stmt *st = db_use(&r->journal, sql_counts);

	*open = *ask = 0;
	while (db_next(&r->journal, st)) {
		*open = (size_t)sqlite3_column_int64(st, 0);
		*ask = (size_t)sqlite3_column_int64(st, 1);
	}
}
