#include "store/reader.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/path.h"
#include "store/files.h"
#include "store/reader_inner.h"
#include "store/reads.h"
#include "store/schema.h"

static const char sql_count[] = "SELECT n FROM counts WHERE queue = ?1";

static const char sql_due[] = "SELECT count(*), count(due_ms >= ?2 OR NULL), count(due_ms >= ?3 OR NULL)"
	" FROM orders INDEXED BY orders_due WHERE queue = ?1 AND finished_ms = 0 AND due_ms > 0 AND due_ms < ?4";

static bool open_file(struct db *db, const char *dir, const char *name, enum db_mode mode,
	struct error *err)
{
	char *path = path_join(dir, name);
	bool ok;

	if (access(path, F_OK) < 0)
		ok = error_set(err, ERR_NOT_FOUND,
			_("there are no orders yet: start duken or run duken sync first"));
	else
		ok = db_open(db, path, mode, err) && schema_check(db, err);
	free(path);
	return ok;
}

static bool open_all(struct reader *r, const char *dir, struct error *err)
{
	if (access(dir, F_OK) < 0)
		return error_set(err, ERR_NOT_FOUND,
			_("there are no orders yet: start duken or run duken sync first"));
	r->lock = files_lock(dir, err);
	return r->lock >= 0 && open_file(&r->journal, dir, "journal.db", DB_READ_JOURNAL, err) &&
		open_file(&r->cache, dir, "cache.db", DB_READ_CACHE, err);
}

struct reader *reader_open(const char *dir, struct error *err)
{
	struct reader *r = xcalloc(1, sizeof(*r));

	owner_self(&r->self);
	r->lock = -1;
	if (!open_all(r, dir, err)) {
		reader_close(r);
		return NULL;
	}
	reader_changed(r);
	return r;
}

bool reader_intact(struct reader *r, struct error *err)
{
	return db_intact(&r->journal, true, err) && db_intact(&r->cache, true, err);
}

void reader_close(struct reader *r)
{
	if (!r)
		return;
	db_close(&r->cache);
	db_close(&r->journal);
	files_unlock(r->lock);
	hits_clear(&r->hits);
	free(r);
}

bool reader_changed(struct reader *r)
{
	bool cache = read_moved_on(&r->cache, &r->cache_version);
	bool journal = read_moved_on(&r->journal, &r->journal_version);

	return cache || journal;
}

size_t reader_queue_count(struct reader *r, const char *queue)
{
	sqlite3_stmt *st = db_use(&r->cache, sql_count);
	int64_t n = 0;

	db_bind_text(st, 1, queue);
	db_int(&r->cache, st, &n, NULL);
	return n > 0 ? (size_t)n : 0;
}

void reader_due_counts(struct reader *r, const char *queue, const struct urgency_ends *ends,
	size_t counts[URGENCY_LEVELS])
{
	sqlite3_stmt *st = db_use(&r->cache, sql_due);

	for (int i = 0; i < URGENCY_LEVELS; i++)
		counts[i] = 0;
	db_bind_text(st, 1, queue);
	db_bind_int(st, 2, ends->overdue_ms);
	db_bind_int(st, 3, ends->soon_ms);
	db_bind_int(st, 4, ends->today_ms);
	while (db_next(&r->cache, st)) {
		size_t all = (size_t)sqlite3_column_int64(st, 0), not_yet = (size_t)sqlite3_column_int64(st, 1);

		counts[URGENCY_TODAY] = (size_t)sqlite3_column_int64(st, 2);
		counts[URGENCY_SOON] = not_yet - counts[URGENCY_TODAY];
		counts[URGENCY_OVERDUE] = all - not_yet;
	}
	db_ended(&r->cache, NULL);
}

int64_t reader_group_fresh_ms(struct reader *r, const char *group)
{
	return read_group_fresh_ms(&r->cache, group);
}

static void key_of_last(const struct order_list *list, int64_t row, struct row_key *key)
{
	if (key)
		*key = (struct row_key){ list->items[list->n - 1].sort_key, row };
}

bool reader_order_by_id(struct reader *r, const char *id, struct order_list *out, struct row_key *key,
	struct error *err)
{
	int64_t row;

	if (!read_order_by_id(&r->cache, id, out, &row, err))
		return false;
	key_of_last(out, row, key);
	return true;
}

bool reader_order_by_code(struct reader *r, const char *code, struct order_list *out,
	struct row_key *key, struct error *err)
{
	int64_t row;

	if (!read_order_by_code(&r->cache, code, out, &row, err))
		return false;
	key_of_last(out, row, key);
	return true;
}

bool reader_order_by_waybill(struct reader *r, const char *number, struct order_list *out,
	struct error *err)
{
	return read_order_by_waybill(&r->cache, number, out, err);
}

bool reader_entries(struct reader *r, const char *order_id, struct entry_list *out,
	int64_t *fetched_ms, struct error *err)
{
	int64_t row, entries_ms = 0;
	bool ok;

	if (!db_begin_read(&r->cache, err))
		return false;
	ok = read_row(&r->cache, order_id, &row, &entries_ms, err) &&
		read_entries(&r->cache, row, out, err);
	db_end_read(&r->cache);
	if (ok && fetched_ms)
		*fetched_ms = entries_ms;
	return ok;
}
