/* A connection to one SQLite file: statements kept between uses, bound values, clear failures.
 *
 *	sqlite3_stmt *st = db_use(db, SQL);		prepared once, reset, nothing bound
 *	db_bind_text(st, 1, code);
 *	while (db_next(db, st))				each row; the statement is closed behind the last
 *		... sqlite3_column_int64(st, 0) ...
 *	return db_ended(db, err);			false when it stopped before the end
 *
 * SQL is a string that lives as long as the program: its address is the key under which the statement
 * is kept. A failed db_use() gives NULL, which the other functions take and which db_ended() reports.
 * A loop that leaves before the last row calls sqlite3_reset(), so that no SELECT stays open.
 * One thread; not across fork(). */
#ifndef STORE_DB_H
#define STORE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sqlite3.h>

#include "base/error.h"

#define DB_STATEMENTS_MAX 80

enum db_mode {
	DB_CACHE,	/* written, may be lost: synchronous=NORMAL */
	DB_JOURNAL,	/* written, must not be: synchronous=FULL */
	DB_READ_CACHE,
	DB_READ_JOURNAL
};

struct db {
	sqlite3 *handle;	/* NULL when closed */
	char *path;
	enum db_mode mode;
	int code;		/* how the last statement ended: an extended result code */
	int system_no;		/* errno behind it, 0 when there is none */
	struct {
		const char *sql;
		sqlite3_stmt *stmt;
	} kept[DB_STATEMENTS_MAX];
	size_t n;
};

/* The file must be there. */
bool db_open(struct db *db, const char *path, enum db_mode mode, struct error *err);
/* Also of one that was never opened but is all zero. */
void db_close(struct db *db);

sqlite3_stmt *db_use(struct db *db, const char *sql);
void db_bind_text(sqlite3_stmt *st, int i, const char *s);	/* borrowed until the next db_use() */
void db_bind_int(sqlite3_stmt *st, int i, int64_t v);
const char *db_text(sqlite3_stmt *st, int i);	/* never NULL */

bool db_next(struct db *db, sqlite3_stmt *st);
bool db_ended(struct db *db, struct error *err);
/* For statements without rows. */
bool db_run(struct db *db, sqlite3_stmt *st, struct error *err);
/* The one number of a statement; *out is left alone when there is no row. */
bool db_int(struct db *db, sqlite3_stmt *st, int64_t *out, struct error *err);
/* A script of this program's own, without values. */
bool db_script(struct db *db, const char *sql, struct error *err);

/* BEGIN IMMEDIATE, so that a wait for another writer happens here and nowhere later. */
bool db_begin(struct db *db, struct error *err);
/* Commits when ok, else takes everything back; true when it is committed. */
bool db_end(struct db *db, bool ok, struct error *err);
/* Moves the log into the file and empties it, so that no byte of what was deleted is left in it. Readers may
 * be in the way. */
void db_empty_log(struct db *db);
/* Several SELECTs that must see one state stand between these. */
bool db_begin_read(struct db *db, struct error *err);
void db_end_read(struct db *db);

/* The sentence for db->code; always false. A file that turns out to be damaged gets a mark beside it,
 * path.suspect, so that the next one that opens it to write sets it aside (store/rescue.h). */
bool db_failed(struct db *db, struct error *err);
/* Has SQLite look through the file: false when it is damaged, or could not be read. The quick way takes
 * a tenth of the time and does not see that an index lacks a row. */
bool db_intact(struct db *db, bool quick, struct error *err);
/* Whether the last failure says that the file is damaged or no database. */
bool db_damaged(const struct db *db);
bool db_is_journal(const struct db *db);

#endif
