#include "store/store.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/path.h"
#include "store/files.h"
#include "store/inner.h"
#include "store/rescue.h"
#include "store/schema.h"

#define LOOKED_THROUGH_MAX (32 << 20)	/* bytes of a cache, which take about 0.1 s */

/* One opening of a store, and what there is to say of it. */
struct opening {
	struct store *s;
	const char *dir;
	bool alone;	/* nobody else has the folder */
	struct store_report report;
};

static bool open_file(struct opening *o, struct db *db, const char *path, enum db_mode mode,
	struct error *err)
{
	return files_private(path, err) && db_open(db, path, mode, err) && schema_update(db, o->alone, err);
}

/* Nobody else may have a file open that is renamed: they would go on writing the old one, and take
 * away the new one's log when they end. */
static bool be_alone(struct opening *o, struct error *err)
{
	o->alone = o->alone || files_lock_alone(o->s->lock, o->dir, err);
	return o->alone;
}

/* ---- the journal ------------------------------------------------------------------------------- */

/* Opens it and looks through it where there is reason to; damaged says how it failed. */
static bool try_journal(struct opening *o, const char *path, bool *is_damaged, struct error *err)
{
	bool look = rescue_suspected(path) || (o->alone && files_unclean(path));
	bool ok;

	*is_damaged = rescue_under_way(path);
	if (*is_damaged)
		return false;
	ok = open_file(o, &o->s->journal, path, DB_JOURNAL, err) &&
		(!look || db_intact(&o->s->journal, false, err));
	*is_damaged = !ok && db_damaged(&o->s->journal);
	if (ok && look)
		rescue_forget(path);
	return ok;
}

static bool open_journal(struct opening *o, const char *path, struct error *err)
{
	bool is_damaged;

	if (try_journal(o, path, &is_damaged, err))
		return true;
	if (!is_damaged)
		return false;
	db_close(&o->s->journal);
	return be_alone(o, err) && rescue_journal(&o->s->journal, path, &o->s->self, &o->report, err);
}

/* ---- the life of the machine --------------------------------------------------------------------- */

/* A program that is killed leaves nothing half-written: the system has all that it wrote. A machine that
 * lost power may. So the store remembers in which life of the machine it was opened last. */
static bool machine_went_down(const struct opening *o)
{
	char *path = path_join(o->dir, "boot");
	struct buf boot = BUF_INIT(BUF_MAX_LINE);
	bool same = access(path, F_OK) == 0 && file_read(path, &boot, NULL) && *o->s->self.boot &&
		!strcmp(buf_str(&boot), o->s->self.boot);

	buf_clear(&boot);
	free(path);
	return !same;
}

/* Not worth a failure: what is not remembered is looked through once more. */
static void remember_boot(const struct opening *o)
{
	char *path;

	if (!o->alone || !machine_went_down(o))
		return;
	path = path_join(o->dir, "boot");
	file_write_atomic(path, o->s->self.boot, strlen(o->s->self.boot), NULL);
	free(path);
}

/* ---- the cache --------------------------------------------------------------------------------- */

/* 4 ms a MB, and many times that from a slow disk: so a large one only where there is more reason than a
 * program that was killed. */
static bool worth_looking_through(const struct opening *o, const char *path)
{
	struct stat st;

	return o->alone && files_unclean(path) &&
		((stat(path, &st) == 0 && st.st_size <= LOOKED_THROUGH_MAX) || machine_went_down(o));
}

static bool try_cache(struct opening *o, const char *path, bool *is_damaged, struct error *err)
{
	bool look = worth_looking_through(o, path);
	bool ok;

	*is_damaged = rescue_suspected(path);
	if (*is_damaged)
		return false;
	ok = open_file(o, &o->s->cache, path, DB_CACHE, err) &&
		(!look || db_intact(&o->s->cache, true, err));
	*is_damaged = !ok && db_damaged(&o->s->cache);
	return ok;
}

/* Everything in the cache can be fetched again, so a damaged one costs a sync and nothing else. */
static bool open_cache(struct opening *o, const char *path, struct error *err)
{
	bool is_damaged;

	if (try_cache(o, path, &is_damaged, err))
		return true;
	if (!is_damaged)
		return false;
	o->report.cache_rebuilt = true;
	db_close(&o->s->cache);
	if (!be_alone(o, err) || !files_set_aside(path, err))
		return false;
	rescue_forget(path);
	return open_file(o, &o->s->cache, path, DB_CACHE, err);
}

/* ---- both -------------------------------------------------------------------------------------- */

static bool open_all(struct opening *o, struct error *err)
{
	char *cache = path_join(o->dir, "cache.db"), *journal = path_join(o->dir, "journal.db");
	bool ok;

	o->s->lock = -1;
	ok = files_folder(o->dir, err) && (o->s->lock = files_lock_first(o->dir, &o->alone, err)) >= 0 &&
		open_journal(o, journal, err) && open_cache(o, cache, err);
	if (ok && o->report.journal_set_aside)
		rescue_forget(journal);	/* the clerk hears of it only now */
	if (ok)
		remember_boot(o);
	ok = ok && (!o->alone || files_share(o->s->lock, o->dir, err));
	free(cache);
	free(journal);
	return ok;
}

struct store *store_open(const char *dir, struct store_report *report, struct error *err)
{
	struct store *s = xcalloc(1, sizeof(*s));
	struct opening o = { .s = s, .dir = dir };

	owner_self(&s->self);
	s->dir = xstrdup(dir);
	s->text = s->goods = (struct buf)BUF_INIT(BUF_MAX_FILE);
	if (!open_all(&o, err)) {
		store_close(s);
		s = NULL;
	}
	if (report)
		*report = o.report;
	return s;
}

void store_tidy(struct store *s)
{
	sqlite3_stmt *st = db_use(&s->journal, "PRAGMA wal_checkpoint(PASSIVE)");

	while (db_next(&s->journal, st))
		continue;
}

bool store_needs_care(const char *dir)
{
	char *cache = path_join(dir, "cache.db"), *journal = path_join(dir, "journal.db");
	bool care = rescue_suspected(cache) || rescue_suspected(journal) || files_unclean(cache) ||
		files_unclean(journal);

	free(cache);
	free(journal);
	return care;
}

void store_close(struct store *s)
{
	if (!s)
		return;
	db_close(&s->cache);
	db_close(&s->journal);
	files_unlock(s->lock);
	free(s->dir);
	order_list_clear(&s->known);
	buf_clear(&s->text);
	buf_clear(&s->goods);
	free(s);
}
