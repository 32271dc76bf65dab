#include "tests/crash/same_store.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "base/buf.h"
#include "tests/lib/check.h"

static const char *const own[] = { "row", "seen_ms", "entries_ms", "fetched_ms", "changed_ms" };

static sqlite3 *open_file(const char *path)
{
	sqlite3 *db = NULL;

	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
		check_fail("%s: %s", path, db ? sqlite3_errmsg(db) : "no memory");
	return db;
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *st = NULL;

	if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK)
		check_fail("%s: %s", sql, sqlite3_errmsg(db));
	return st;
}

static bool next(sqlite3 *db, sqlite3_stmt *st)
{
	int code = sqlite3_step(st);

	if (code != SQLITE_ROW && code != SQLITE_DONE)
		check_fail("%s: %s", sqlite3_sql(st), sqlite3_errmsg(db));
	return code == SQLITE_ROW;
}

static const char *text(sqlite3_stmt *st, int i)
{
	const unsigned char *s = sqlite3_column_text(st, i);

	return s ? (const char *)s : "(null)";
}

static void run(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *st = prepare(db, sql);

	while (next(db, st))
		;
	sqlite3_finalize(st);
}

static sqlite3_int64 number(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *st = prepare(db, sql);
	sqlite3_int64 n = next(db, st) ? sqlite3_column_int64(st, 0) : -1;

	sqlite3_finalize(st);
	return n;
}

/* ---- two stores ------------------------------------------------------------------------------ */

static bool is_own(const char *column)
{
	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		if (!strcmp(own[i], column))
			return true;
	return false;
}

static void columns_of_orders(sqlite3 *db, struct buf *sql)
{
	sqlite3_stmt *st = prepare(db, "SELECT name FROM pragma_table_info('orders')");
	size_t n = 0;

	buf_adds(sql, "SELECT id");
	for (; next(db, st); n++)
		if (!is_own(text(st, 0)))
			buf_addf(sql, ", %s", text(st, 0));
	buf_adds(sql, " FROM orders ORDER BY id");
	sqlite3_finalize(st);
	if (n < 20)
		check_fail("there are only %zu columns", n);
}

static void same_row(sqlite3_stmt *a, sqlite3_stmt *b)
{
	for (int i = 0; i < sqlite3_column_count(b); i++)
		if (strcmp(text(a, i), text(b, i)) != 0)
			check_fail("order %s: %s is \"%s\" and should be \"%s\"", text(b, 0),
				sqlite3_column_name(b, i), text(a, i), text(b, i));
}

static void same_answer(sqlite3 *db, sqlite3 *expected, const char *sql)
{
	sqlite3_stmt *a = prepare(db, sql), *b = prepare(expected, sql);
	bool more = true;

	while (more) {
		bool one = next(db, a), two = next(expected, b);

		if (one != two)
			check_fail("%s %s is %s", sql, text(one ? a : b, 0), one ? "too much" : "missing");
		more = one;
		if (more)
			same_row(a, b);
	}
	sqlite3_finalize(a);
	sqlite3_finalize(b);
}

void same_orders(const char *path, const char *expected_path)
{
	sqlite3 *db = open_file(path), *expected = open_file(expected_path);
	struct buf sql = BUF_INIT(BUF_MAX_LINE);

	columns_of_orders(expected, &sql);
	same_answer(db, expected, buf_str(&sql));
	same_answer(db, expected, "SELECT queue, n FROM counts WHERE n != 0 ORDER BY queue");
	buf_clear(&sql);
	sqlite3_close(db);
	sqlite3_close(expected);
}

/* ---- one store ------------------------------------------------------------------------------- */

static void must_be(sqlite3 *db, const char *sql, sqlite3_int64 expected)
{
	sqlite3_int64 n = number(db, sql);

	if (n != expected)
		check_fail("%s is %lld and should be %lld", sql, (long long)n, (long long)expected);
}

static void check_pages(sqlite3 *db)
{
	sqlite3_stmt *st = prepare(db, "PRAGMA integrity_check");

	if (!next(db, st) || strcmp(text(st, 0), "ok") != 0)
		check_fail("integrity_check: %s", text(st, 0));
	sqlite3_finalize(st);
}

/* The few rows behind the index are put in for the check, which wants to see all of them. */
static void check_search(sqlite3 *db)
{
	run(db, "INSERT INTO search(search) VALUES('integrity-check')");
	run(db, "BEGIN");
	run(db, "INSERT INTO search(rowid, text, goods) SELECT row, text, goods FROM orders"
		" WHERE row > (SELECT value FROM meta WHERE name = 'indexed')");
	run(db, "INSERT INTO search(search, rank) VALUES('integrity-check', 1)");
	run(db, "ROLLBACK");
}

void sound_store(const char *path)
{
	sqlite3 *db = open_file(path);

	check_pages(db);
	check_search(db);
	must_be(db, "SELECT count(*) FROM (SELECT queue, count(*) FROM orders GROUP BY queue"
		" EXCEPT SELECT queue, n FROM counts)", 0);
	must_be(db, "SELECT count(*) FROM (SELECT queue, n FROM counts WHERE n != 0"
		" EXCEPT SELECT queue, count(*) FROM orders GROUP BY queue)", 0);
	must_be(db, "SELECT count(*) FROM (SELECT row FROM orders EXCEPT SELECT row FROM seen)", 0);
	must_be(db, "SELECT count(*) FROM (SELECT row FROM seen EXCEPT SELECT row FROM orders)", 0);
	must_be(db, "SELECT count(*) FROM orders WHERE seen_ms <= 0", 0);
	sqlite3_close(db);
}

size_t sound_file(const char *path)
{
	sqlite3 *db = open_file(path);
	size_t n;

	check_pages(db);
	n = (size_t)number(db, "SELECT count(*) FROM orders");
	sqlite3_close(db);
	return n;
}
