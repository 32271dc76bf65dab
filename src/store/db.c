#include "store/db.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/path.h"

#define BUSY_MS 5000

/* A larger page cache keeps what a sync touches in memory. Deleted bytes are overwritten, for they were
 * about buyers. */
static const char cache_setup[] = "PRAGMA secure_delete = ON; PRAGMA synchronous = NORMAL;"
	"PRAGMA cache_size = -4000; PRAGMA wal_autocheckpoint = 1000;";

static bool set_mode(struct db *db, struct error *err)
{
	static const char *const setup[] = {
		[DB_CACHE] = cache_setup,
		/* No step of an action waits for what can be done between them: see store_tidy(). */
		[DB_JOURNAL] = "PRAGMA secure_delete = ON; PRAGMA synchronous = FULL;"
			"PRAGMA wal_autocheckpoint = 0;",
		[DB_READ_CACHE] = "PRAGMA query_only = ON; PRAGMA cache_size = -2000;",
		[DB_READ_JOURNAL] = "PRAGMA query_only = ON;"
	};

	/* What SQLite sorts stays in memory: no copies of personal data in /tmp. */
	return db_script(db, "PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;", err) &&
		db_script(db, setup[db->mode], err);
}

/* sqlite3_system_errno() knows nothing of a COMMIT that failed, so errno is looked at at once: nothing that
 * goes well sets it. */
static int keep_code(struct db *db, int code)
{
	int kind = code & 0xff;

	db->system_no = kind == SQLITE_IOERR || kind == SQLITE_CANTOPEN ? errno : 0;
	db->code = code;
	errno = 0;
	return code;
}

bool db_open(struct db *db, const char *path, enum db_mode mode, struct error *err)
{
	int flags = mode >= DB_READ_CACHE ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;

	*db = (struct db){ .path = xstrdup(path), .mode = mode };
	flags |= SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
	if (keep_code(db, sqlite3_open_v2(path, &db->handle, flags, NULL)) != SQLITE_OK)
		return db_failed(db, err);
	sqlite3_busy_timeout(db->handle, BUSY_MS);
	return set_mode(db, err);
}

void db_close(struct db *db)
{
	for (size_t i = 0; i < db->n; i++)
		sqlite3_finalize(db->kept[i].stmt);
	sqlite3_close(db->handle);
	free(db->path);
	*db = (struct db){ .handle = NULL };
}

static sqlite3_stmt *prepare(struct db *db, const char *sql)
{
	sqlite3_stmt *st = NULL;

	if (db->n == DB_STATEMENTS_MAX)
		abort();	/* a mistake of the program: see DB_STATEMENTS_MAX */
	if (keep_code(db, sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &st, NULL)))
		return NULL;
	db->kept[db->n].sql = sql;
	db->kept[db->n++].stmt = st;
	return st;
}

sqlite3_stmt *db_use(struct db *db, const char *sql)
{
	for (size_t i = 0; i < db->n; i++)
		if (db->kept[i].sql == sql) {
			sqlite3_reset(db->kept[i].stmt);
			sqlite3_clear_bindings(db->kept[i].stmt);
			return db->kept[i].stmt;
		}
	return prepare(db, sql);
}

void db_bind_text(sqlite3_stmt *st, int i, const char *s)
{
	if (st)
		sqlite3_bind_text(st, i, s, -1, SQLITE_STATIC);
}

void db_bind_int(sqlite3_stmt *st, int i, int64_t v)
{
	if (st)
		sqlite3_bind_int64(st, i, v);
}

const char *db_text(sqlite3_stmt *st, int i)
{
	const unsigned char *s = sqlite3_column_text(st, i);

	return s ? (const char *)s : "";
}

bool db_next(struct db *db, sqlite3_stmt *st)
{
	if (!st)
		return false;
	if (keep_code(db, sqlite3_step(st)) == SQLITE_ROW)
		return true;
	sqlite3_reset(st);
	return false;
}

bool db_ended(struct db *db, struct error *err)
{
	return db->code == SQLITE_DONE || db_failed(db, err);
}

bool db_run(struct db *db, sqlite3_stmt *st, struct error *err)
{
	while (db_next(db, st))
		;
	return db_ended(db, err);
}

bool db_int(struct db *db, sqlite3_stmt *st, int64_t *out, struct error *err)
{
	while (db_next(db, st))
		*out = sqlite3_column_int64(st, 0);
	return db_ended(db, err);
}

bool db_script(struct db *db, const char *sql, struct error *err)
{
	return keep_code(db, sqlite3_exec(db->handle, sql, NULL, NULL, NULL)) == SQLITE_OK ||
		db_failed(db, err);
}

bool db_begin(struct db *db, struct error *err)
{
	return db_run(db, db_use(db, "BEGIN IMMEDIATE"), err);
}

/* A COMMIT that failed in its last sync is in the log from its first byte to its last, and whoever reads
 * the log after a crash takes it for good, although somebody was told that it failed. A transaction without
 * meaning takes its place in the log. */
static void overwrite_failed(struct db *db)
{
	int code = db->code, no = db->system_no;
	int64_t version = 0;
	char sql[48];

	if (db_int(db, db_use(db, "PRAGMA user_version"), &version, NULL)) {
		snprintf(sql, sizeof(sql), "PRAGMA user_version = %" PRId64, version);
		sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
	}
	db->code = code;
	db->system_no = no;
}

bool db_end(struct db *db, bool ok, struct error *err)
{
	if (ok && db_run(db, db_use(db, "COMMIT"), err))
		return true;
	/* SQLite has taken it back by itself after some failures. */
	if (!sqlite3_get_autocommit(db->handle))
		sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
	if (ok && db->mode == DB_JOURNAL)
		overwrite_failed(db);
	return false;
}

void db_empty_log(struct db *db)
{
	sqlite3_stmt *st = db_use(db, "PRAGMA wal_checkpoint(TRUNCATE)");

	while (db_next(db, st))
		continue;
}

bool db_begin_read(struct db *db, struct error *err)
{
	return db_run(db, db_use(db, "BEGIN"), err);
}

void db_end_read(struct db *db)
{
	if (!sqlite3_get_autocommit(db->handle))
		db_run(db, db_use(db, "COMMIT"), NULL);
}

bool db_damaged(const struct db *db)
{
	int code = db->code & 0xff;

	return code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
}

bool db_is_journal(const struct db *db)
{
	return db->mode == DB_JOURNAL || db->mode == DB_READ_JOURNAL;
}

static bool damaged(struct db *db, struct error *err)
{
	char *mark = xasprintf("%s.suspect", db->path);
	int fd = open(mark, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd >= 0)
		close(fd);
	free(mark);
	/* What is in its log may be all that can be read of it. */
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	if (db_is_journal(db))
		return error_set(err, ERR_STORAGE, _("%s is damaged: end every duken of this shop and start one "
			"again, which sets the file aside, begins a new journal and says what was open"),
			db->path);
	return error_set(err, ERR_STORAGE, _("%s is damaged: end duken and start it again, and the orders are "
		"fetched anew"), db->path);
}

bool db_failed(struct db *db, struct error *err)
{
	const char *path = db->path;

	if (path_no_room((db->code & 0xff) == SQLITE_FULL ? ENOSPC : db->system_no, path, err))
		return false;
	switch (db->code & 0xff) {
	case SQLITE_READONLY:
	case SQLITE_PERM:
		return error_set(err, ERR_STORAGE,
			_("%s cannot be written: it or its folder is read-only for this user"), path);
	case SQLITE_CANTOPEN:
		return error_set(err, ERR_STORAGE,
			_("%s cannot be opened: see that it belongs to this user and its folder is "
			"writable"), path);
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return error_set(err, ERR_STORAGE,
			_("another duken has been writing %s for too long: try again"), path);
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return damaged(db, err);
	default:
		return error_set(err, ERR_STORAGE, _("the store failed at %s: %s"), path,
			sqlite3_errstr(db->code));
	}
}

bool db_intact(struct db *db, bool quick, struct error *err)
{
	sqlite3_stmt *st = db_use(db, quick ? "PRAGMA quick_check(1)" : "PRAGMA integrity_check(1)");
	bool ok = true;

	while (db_next(db, st))
		ok = !strcmp(db_text(st, 0), "ok");
	if (db->code == SQLITE_DONE && !ok)
		db->code = SQLITE_CORRUPT;
	return db_ended(db, err);
}
