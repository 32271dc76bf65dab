/* What people wrote and servers answered leaves the journal; that something was done stays. */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "store/actions.h"
#include "store/audit.h"
#include "store/batch.h"
#include "store/inner.h"
#include "store/journal.h"

#define BATCH 200	/* rows a transaction: another process waits for its end */
#define COPIES_MAX 100	/* more versions than there will be */

static const char sql_ended[] = "SELECT id FROM action WHERE id > ?1 AND salt IS NOT NULL"
	" AND NOT " ACTION_IS_OPEN " AND ended_ms < ?2 ORDER BY id LIMIT ?3";
static const char sql_form[] = "DELETE FROM action_form WHERE action_id = ?1";
static const char sql_texts[] = "UPDATE action SET message = '', salt = NULL WHERE id = ?1"
	" AND salt IS NOT NULL";

static bool run_for(struct db *db, const char *sql, int64_t id, struct error *err)
{
	sqlite3_stmt *st = db_use(db, sql);

	db_bind_int(st, 1, id);
	return db_run(db, st, err);
}

static bool find(struct db *db, int64_t after, int64_t before_ms, int64_t ids[BATCH], size_t *n,
	struct error *err)
{
	sqlite3_stmt *st = db_use(db, sql_ended);

	*n = 0;
	db_bind_int(st, 1, after);
	db_bind_int(st, 2, before_ms);
	db_bind_int(st, 3, BATCH);
	while (db_next(db, st))
		ids[(*n)++] = sqlite3_column_int64(st, 0);
	return db_ended(db, err);
}

static bool purge(struct db *db, const int64_t *ids, size_t n, struct error *err)
{
	int64_t now_ms = clock_now_ms();

	for (size_t i = 0; i < n; i++) {
		if (!run_for(db, sql_texts, ids[i], err))
			return false;
		if (sqlite3_changes(db->handle) == 0)
			continue;	/* another process was faster */
		if (!run_for(db, sql_form, ids[i], err) ||
			!audit_step(db, AUDIT_PURGED, ids[i], NULL, now_ms, err))
			return false;
	}
	return true;
}

/* What is purged is in the copies that were kept before the tables changed, too. */
static void forget_copies(const struct db *db, int64_t before_ms)
{
	for (int version = 1; version < COPIES_MAX; version++) {
		char *path = xasprintf("%s.before-%d", db->path, version);
		struct stat st;

		if (stat(path, &st) == 0 && st.st_mtim.tv_sec * 1000LL < before_ms)
			unlink(path);
		free(path);
	}
}

bool journal_purge(struct store *s, int64_t before_ms, struct error *err)
{
	struct db *db = &s->journal;
	int64_t ids[BATCH] = { 0 }, after = 0;
	size_t n, batches = 0;
	bool purged;

	if (!batch_purge(s, before_ms, &batches, err))
		return false;
	purged = batches > 0;
	do {
		/* What has ended stays ended: it is looked for before anybody has to wait. */
		if (!find(db, after, before_ms, ids, &n, err))
			return false;
		if (n && (!db_begin(db, err) || !db_end(db, purge(db, ids, n, err), err)))
			return false;
		after = n ? ids[n - 1] : after;
		purged = purged || n;
	} while (n == BATCH);
	forget_copies(db, before_ms);
	if (purged)
		db_empty_log(db);
	return true;
}
