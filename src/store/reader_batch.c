/* Batches, read. See batch.h. */
#include "store/actions.h"
#include "store/batch_inner.h"
#include "store/reader_inner.h"

static const char sql_before[] = BATCH_SELECT "WHERE ?1 = 0 OR id < ?1 ORDER BY id DESC LIMIT 1";
static const char sql_after[] = BATCH_SELECT "WHERE id > ?1 ORDER BY id LIMIT 1";
static const char sql_get[] = BATCH_SELECT "WHERE id = ?1";
/* From what is open, which is little, to its batch. */
static const char sql_open[] = BATCH_SELECT "WHERE id = (SELECT max(i.batch_id) FROM action a"
	" JOIN batch_item i ON i.action_id = a.id AND i.action_id > 0"
	" WHERE a." ACTION_IS_OPEN " AND a.state <> 'ask')";
static const char sql_of[] = BATCH_OF_ACTION;
static const char sql_items[] = "SELECT i.order_id, i.code, i.message, i.action_id, a.state, a.message,"
	" a.send_after_ms FROM batch_item i LEFT JOIN action a ON a.id = i.action_id AND i.action_id > 0"
	" WHERE i.batch_id = ?1 ORDER BY i.place";

static bool one(struct reader *r, const char *sql, int64_t id, struct batch *out, struct error *err)
{
	sqlite3_stmt *st = db_use(&r->journal, sql);

	db_bind_int(st, 1, id);
	return batch_read_one(&r->journal, st, out, err);
}

bool reader_batch_before(struct reader *r, int64_t before, struct batch *out, struct error *err)
{
	return one(r, sql_before, before, out, err);
}

bool reader_batch_after(struct reader *r, int64_t after, struct batch *out, struct error *err)
{
	return one(r, sql_after, after, out, err);
}

bool reader_batch(struct reader *r, int64_t id, struct batch *out, struct error *err)
{
	return one(r, sql_get, id, out, err);
}

bool reader_batch_open(struct reader *r, struct batch *out, struct error *err)
{
	return batch_read_one(&r->journal, db_use(&r->journal, sql_open), out, err);
}

int64_t reader_batch_of_action(struct reader *r, int64_t action_id)
{
	sqlite3_stmt *st = db_use(&r->journal, sql_of);
	int64_t batch = 0;

	db_bind_int(st, 1, action_id);
	return db_int(&r->journal, st, &batch, NULL) ? batch : 0;
}

static void read_item(sqlite3_stmt *st, struct batch_items *out)
{
	struct batch_item *item = batch_items_add(out);
	bool acted = sqlite3_column_type(st, 4) != SQLITE_NULL;

	item->order_id = arena_strdup(&out->arena, db_text(st, 0));
	item->code = arena_strdup(&out->arena, db_text(st, 1));
	item->message = arena_strdup(&out->arena, db_text(st, acted ? 5 : 2));
	item->action_id = acted ? sqlite3_column_int64(st, 3) : 0;
	/* A state that this program does not know is for a person. */
	if (acted && !action_state_parse(db_text(st, 4), &item->state))
		item->state = ACTION_ASK;
	item->send_after_ms = sqlite3_column_int64(st, 6);
}

bool reader_batch_items(struct reader *r, int64_t id, struct batch_items *out, struct error *err)
{
	sqlite3_stmt *st = db_use(&r->journal, sql_items);

	db_bind_int(st, 1, id);
	while (db_next(&r->journal, st))
		read_item(st, out);
	return db_ended(&r->journal, err);
}

static size_t *count_of(const struct batch_item *item, struct batch_counts *c)
{
	size_t *const places[ACTION_STATES] = {
		[ACTION_QUEUED] = &c->waiting, [ACTION_SENDING] = &c->sending, [ACTION_DONE] = &c->done,
		[ACTION_REFUSED] = &c->refused, [ACTION_CONFLICT] = &c->refused,
		[ACTION_UNDONE] = &c->undone, [ACTION_UNKNOWN] = &c->unknown, [ACTION_ASK] = &c->ask,
	};

	return item->action_id ? places[item->state] : &c->refused;
}

void batch_count(const struct batch_items *items, struct batch_counts *out)
{
	*out = (struct batch_counts){ .total = items->n };
	for (size_t i = 0; i < items->n; i++)
		++*count_of(&items->items[i], out);
}

void reader_batch_counts(struct reader *r, int64_t id, struct batch_counts *out)
{
	struct batch_items items = BATCH_ITEMS_INIT;

	*out = (struct batch_counts){ .total = 0 };
	if (reader_batch_items(r, id, &items, NULL))
		batch_count(&items, out);
	batch_items_clear(&items);
}
