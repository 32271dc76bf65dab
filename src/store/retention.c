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
#include "store/index.h"
#include "store/inner.h"
#include "store/waybills.h"
#include "store/words.h"

#define BATCH 200		/* orders of one step */
#define MERGE_PAGES 500		/* of the index, in one step */

static const char sql_old[] = ORDER_SELECT ", o.text, o.goods" ORDER_FROM
	"WHERE o.finished_ms > 0 AND o.finished_ms < ?1 ORDER BY o.finished_ms LIMIT ?2";
static const char sql_forget[] = "UPDATE orders SET finished_ms = ?2, customer_id = '', customer = '',"
	" phone = '', address = '', latitude = 0, longitude = 0, waybill = '', text = ?3 WHERE row = ?1";
/* Words that are taken out of an index stand in its older parts until those are merged into one. meta.unmerged
 * says how far that is: 0 done, 1 to be begun, 2 begun. */
static const char sql_unmerged[] = "SELECT value FROM meta WHERE name = 'unmerged'";
static const char sql_set_unmerged[] = "UPDATE meta SET value = ?1 WHERE name = 'unmerged'";
static const char sql_merge[] = "INSERT INTO search(search, rank) VALUES('merge', ?1)";

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

/* A batch of them. */
struct old {
	struct order_list orders;
	int64_t rows[BATCH];
	struct index_text words[BATCH];
};

static bool read_old(struct db *db, int64_t before_ms, struct old *out, struct error *err)
{
	struct arena *arena = &out->orders.arena;
	sqlite3_stmt *st = db_use(db, sql_old);

	db_bind_int(st, 1, before_ms);
	db_bind_int(st, 2, BATCH);
	while (db_next(db, st)) {
		size_t n = out->orders.n;
		int i = sqlite3_column_count(st) - 2;

		out->rows[n] = sqlite3_column_int64(st, 0);
		out->words[n].text = arena_strdup(arena, db_text(st, i));
		out->words[n].goods = arena_strdup(arena, db_text(st, i + 1));
		columns_order(st, &out->orders);
	}
	return db_ended(db, err);
}

static bool forget(struct store *s, int64_t row, struct order *o, const struct index_text *before,
	int64_t now_ms, struct error *err)
{
	struct index_text now = { .goods = before->goods };
	sqlite3_stmt *st = db_use(&s->cache, sql_forget);

	retention_apply(s, o, now_ms);
	buf_reset(&s->text);
	words_of_order(&s->text, o);
	now.text = buf_str(&s->text);
	db_bind_int(st, 1, row);
	db_bind_int(st, 2, o->finished_ms);
	db_bind_text(st, 3, now.text);
	return db_run(&s->cache, st, err) && index_change(&s->cache, row, before, &now, err);
}

static bool set_unmerged(struct db *db, int64_t value, struct error *err)
{
	sqlite3_stmt *st = db_use(db, sql_set_unmerged);

	db_bind_int(st, 1, value);
	return db_run(db, st, err);
}

static bool purge_batch(struct store *s, int64_t now_ms, size_t *n, struct error *err)
{
	struct old *old = xcalloc(1, sizeof(*old));
	bool ok = read_old(&s->cache, now_ms - s->keep_ms, old, err);

	for (size_t i = 0; ok && i < old->orders.n; i++)
		ok = forget(s, old->rows[i], &old->orders.items[i], &old->words[i], now_ms, err);
	*n = old->orders.n;
	ok = ok && (!*n || set_unmerged(&s->cache, 1, err));
	order_list_clear(&old->orders);
	free(old);
	return ok;
}

/* A merge that finds nothing to do changes less than two rows. */
static bool merge(struct db *db, int64_t unmerged, bool *more, struct error *err)
{
	int before = sqlite3_total_changes(db->handle);
	sqlite3_stmt *st = db_use(db, sql_merge);

	db_bind_int(st, 1, unmerged == 1 ? -MERGE_PAGES : MERGE_PAGES);
	if (!db_run(db, st, err))
		return false;
	*more = unmerged == 1 || sqlite3_total_changes(db->handle) - before >= 2;
	return set_unmerged(db, *more ? 2 : 0, err);
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

/* One step in a transaction of its own, if there is anything to do. */
static bool step(struct store *s, int64_t now_ms, bool *more, struct error *err)
{
	struct db *db = &s->cache;
	int64_t unmerged = 0;
	size_t n = 0;

	*more = false;
	if (!db_begin(db, err) || !db_end(db, purge_batch(s, now_ms, &n, err), err))
		return false;
	*more = n > 0;
	if (n)
		return true;
	if (!db_int(db, db_use(db, sql_unmerged), &unmerged, err))
		return false;
	if (!unmerged)
		return true;
	if (!db_begin(db, err) || !db_end(db, merge(db, unmerged, more, err), err))
		return false;
	if (!*more)
		db_empty_log(db);
	return true;
}

bool store_purge(struct store *s, int64_t now_ms, bool *more, struct error *err)
{
	*more = false;
	if (!s->keep_ms)
		return true;
	return step(s, now_ms, more, err) && (*more || (remove_copies(s, now_ms - s->keep_ms, err) &&
		waybills_purge(s, now_ms - s->keep_ms, err)));
}
