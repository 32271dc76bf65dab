#include "store/retention.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/path.h"
#include "store/columns.h"
#include "store/inner.h"
#include "store/words.h"

#define BATCH 500	/* orders that are in memory at a time */

static const char sql_old[] = ORDER_SELECT ORDER_FROM
	"WHERE o.finished_ms > 0 AND o.finished_ms < ?1 ORDER BY o.finished_ms LIMIT ?2";
static const char sql_forget[] = "UPDATE orders SET finished_ms = ?2, customer_id = '', customer = '',"
	" phone = '', address = '', latitude = 0, longitude = 0, waybill = '', text = ?3 WHERE row = ?1";
/* An index forgets a word only when it is made anew: what is taken out of it stands in its older parts
 * until they are merged. */
static const char sql_index_anew[] = "INSERT INTO search(search) VALUES('rebuild')";
static const char sql_indexed[] = "UPDATE meta SET value = (SELECT coalesce(max(row), 0) FROM orders)"
	" WHERE name = 'indexed'";
static const char sql_checkpoint[] = "PRAGMA wal_checkpoint(TRUNCATE)";

/* Once purged finished_ms is negative: its index holds those that are still to come. */
static bool is_due(const struct store *s, const struct order *o, int64_t now_ms)
{
	return o->finished_ms < 0 ||
		(s->keep_ms && o->finished_ms > 0 && o->finished_ms < now_ms - s->keep_ms);
}

void retention_apply(const struct store *s, struct order *o, int64_t now_ms)
{
	if (!is_due(s, o, now_ms))
		return;
	o->customer_id = o->customer = o->phone = o->address = o->waybill = "";
	o->latitude = o->longitude = 0;
	if (o->finished_ms > 0)
		o->finished_ms = -o->finished_ms;
}

void store_set_retention(struct store *s, int64_t keep_ms)
{
	s->keep_ms = keep_ms;
}

/* ---- what is stored already ------------------------------------------------------------------ */

static bool read_old(struct db *db, int64_t before_ms, struct order_list *out, int64_t rows[BATCH],
	struct error *err)
{
	sqlite3_stmt *st = db_use(db, sql_old);

	db_bind_int(st, 1, before_ms);
	db_bind_int(st, 2, BATCH);
	while (db_next(db, st)) {
		rows[out->n] = sqlite3_column_int64(st, 0);
		columns_order(st, out);
	}
	return db_ended(db, err);
}

static bool forget(struct store *s, int64_t row, struct order *o, int64_t now_ms, struct error *err)
{
	sqlite3_stmt *st = db_use(&s->cache, sql_forget);

	retention_apply(s, o, now_ms);
	buf_reset(&s->text);
	words_of_order(&s->text, o);
	db_bind_int(st, 1, row);
	db_bind_int(st, 2, o->finished_ms);
	db_bind_text(st, 3, buf_str(&s->text));
	return db_run(&s->cache, st, err);
}

/* *more: as many as fit were there. */
static bool purge_batch(struct store *s, int64_t now_ms, bool *more, size_t *n, struct error *err)
{
	struct order_list old = ORDER_LIST_INIT;
	int64_t rows[BATCH];
	bool ok = read_old(&s->cache, now_ms - s->keep_ms, &old, rows, err);

	for (size_t i = 0; ok && i < old.n; i++)
		ok = forget(s, rows[i], &old.items[i], now_ms, err);
	*more = old.n == BATCH;
	*n += old.n;
	order_list_clear(&old);
	return ok;
}

/* One transaction: the words are taken out without telling the index, which is made anew behind them. */
static bool purge_orders(struct store *s, int64_t now_ms, size_t *n, struct error *err)
{
	bool more = true;

	while (more)
		if (!purge_batch(s, now_ms, &more, n, err))
			return false;
	return !*n || (db_run(&s->cache, db_use(&s->cache, sql_index_anew), err) &&
		db_run(&s->cache, db_use(&s->cache, sql_indexed), err));
}

/* Moves the log into the file and empties it. Readers may be in the way: the next purge tries again. */
static void empty_log(struct db *db)
{
	sqlite3_stmt *st = db_use(db, sql_checkpoint);

	while (db_next(db, st))
		continue;
}

/* ---- copies ---------------------------------------------------------------------------------- */

static bool is_copy(const char *name)
{
	return !strncmp(name, "cache.db.damaged-", strlen("cache.db.damaged-"));
}

static void remove_if_old(const char *dir, const char *name, int64_t before_ms)
{
	char *path = path_join(dir, name);
	struct stat st;

	if (lstat(path, &st) == 0 && (int64_t)st.st_mtim.tv_sec * 1000 < before_ms)
		unlink(path);
	free(path);
}

static bool remove_copies(const struct store *s, int64_t before_ms, struct error *err)
{
	DIR *d = opendir(s->dir);
	struct dirent *entry;

	if (!d)
		return error_set(err, ERR_STORAGE, _("cannot look at the folder %s: %s"), s->dir,
			strerror(errno));
	while ((entry = readdir(d)))
		if (is_copy(entry->d_name))
			remove_if_old(s->dir, entry->d_name, before_ms);
	closedir(d);
	return true;
}

bool store_purge(struct store *s, int64_t now_ms, size_t *n, struct error *err)
{
	size_t purged = 0;

	if (!s->keep_ms)
		return true;
	if (!db_begin(&s->cache, err) || !db_end(&s->cache, purge_orders(s, now_ms, &purged, err), err) ||
		!remove_copies(s, now_ms - s->keep_ms, err))
		return false;
	empty_log(&s->cache);
	if (n)
		*n = purged;
	return true;
}
