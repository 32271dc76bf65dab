/* The audit cannot be changed through SQL, and whatever is changed all the same is found. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "base/mem.h"
#include "store/audit.h"
#include "tests/unit/audit_fixture.h"
#include "tests/unit/store_fixture.h"
#include "tests/unit/unit.h"

#define NO_TRIGGERS "DROP TRIGGER audit_update; DROP TRIGGER audit_delete; DROP TRIGGER audit_replace;"

static int make_dir(void **state)
{
	*state = fixture_dir();
	return 0;
}

static int remove_dir(void **state)
{
	fixture_remove(*state);
	return 0;
}

/* ---- what SQL cannot do ------------------------------------------------------------------------ */

static void sql_only_appends(void **state)
{
	static const char *const forbidden[] = {
		"UPDATE audit SET clerk = 'nobody'",
		"UPDATE audit SET seq = seq + 100 WHERE seq = 3",
		"DELETE FROM audit",
		"DELETE FROM audit WHERE seq = 1",
		"REPLACE INTO audit SELECT * FROM audit WHERE seq = 2",
		("INSERT OR REPLACE INTO audit SELECT seq, 0, event, action_id, code, kind, state, attempts, clerk,"
		" note, facts, texts, previous, hash FROM audit WHERE seq = 2"),
	};
	char *path, *before;
	sqlite3 *db;

	audit_fill(*state);
	path = xasprintf("%s/%s", (const char *)*state, JOURNAL);
	before = fixture_dump(*state, JOURNAL, "SELECT * FROM audit");
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	for (size_t i = 0; i < sizeof(forbidden) / sizeof(forbidden[0]); i++) {
		char *now;

		assert_int_equal(sqlite3_exec(db, forbidden[i], NULL, NULL, NULL), SQLITE_CONSTRAINT);
		now = fixture_dump(*state, JOURNAL, "SELECT * FROM audit");
		assert_string_equal(now, before);
		free(now);
	}
	sqlite3_close(db);
	free(before);
	free(path);
}

/* ---- every row, every column ------------------------------------------------------------------- */

#define VALUES 3

struct property {
	char *dir;		/* where the copy is changed */
	struct buf file;	/* the untouched journal */
	sqlite3 *source;	/* another copy of it, to look things up in */
	int cases;
};

static void change_is_found(struct property *p, const char *sql)
{
	char *script = xasprintf(NO_TRIGGERS "%s", sql);

	fixture_write(p->dir, JOURNAL, &p->file);
	fixture_sql(p->dir, JOURNAL, script);
	if (audit_verify(p->dir, NULL) == 0)
		fail_msg("not found: %s", sql);
	p->cases++;
	free(script);
}

/* Another value: one that is longer or larger, one of another type, one of the same length. */
static char *value_of(int i, const char *column)
{
	if (i == 0)
		return xasprintf("CASE typeof(%1$s) WHEN 'integer' THEN %1$s + 1000 WHEN 'text' THEN %1$s || 'x'"
			" WHEN 'blob' THEN CAST(%1$s || x'00' AS BLOB) ELSE x'00' END", column);
	if (i == 1)
		return xasprintf("CASE typeof(%1$s) WHEN 'integer' THEN 'queue' WHEN 'text'"
			" THEN CAST(%1$s AS BLOB) ELSE 'text' END", column);
	return xasprintf("CASE typeof(%1$s) WHEN 'integer' THEN -1 - %1$s WHEN 'text'"
		" THEN 'Z' || substr(%1$s, 2) ELSE zeroblob(max(1, coalesce(length(%1$s), 0))) END", column);
}

/* The numbers of rows take nothing but numbers. */
static bool is_row_number(const char *table, const char *column)
{
	return !strcmp(column, "seq") || (!strcmp(column, "id") && !strcmp(table, "action"));
}

static void change_column(struct property *p, const char *table, const char *row, const char *column)
{
	for (int i = 0; i < VALUES; i++) {
		char *value, *sql;

		if (i == 1 && is_row_number(table, column))
			continue;
		value = value_of(i, column);
		sql = xasprintf("UPDATE %s SET %s = %s WHERE %s", table, column, value, row);
		change_is_found(p, sql);
		free(value);
		free(sql);
	}
}

static void change_row(struct property *p, const char *table, const char *row)
{
	char *sql = xasprintf("DELETE FROM %s WHERE %s", table, row);
	sqlite3_stmt *st;

	change_is_found(p, sql);
	free(sql);
	assert_int_equal(sqlite3_prepare_v2(p->source, "SELECT name FROM pragma_table_info(?1)", -1, &st, NULL),
		SQLITE_OK);
	sqlite3_bind_text(st, 1, table, -1, SQLITE_STATIC);
	while (sqlite3_step(st) == SQLITE_ROW)
		change_column(p, table, row, (const char *)sqlite3_column_text(st, 0));
	sqlite3_finalize(st);
}

static void change_table(struct property *p, const char *table, const char *rows)
{
	int before = p->cases;
	sqlite3_stmt *st;

	assert_int_equal(sqlite3_prepare_v2(p->source, rows, -1, &st, NULL), SQLITE_OK);
	while (sqlite3_step(st) == SQLITE_ROW)
		change_row(p, table, (const char *)sqlite3_column_text(st, 0));
	sqlite3_finalize(st);
	assert_true(p->cases > before);
}

/* The copy as it is has no finding, so what is found later is the change. */
static void property_begin(struct property *p, const char *dir)
{
	char *path = xasprintf("%s/%s", dir, JOURNAL);

	audit_fill(dir);
	p->file = fixture_bytes(dir, JOURNAL);
	p->dir = fixture_dir();
	assert_int_equal(sqlite3_open(path, &p->source), SQLITE_OK);
	fixture_write(p->dir, JOURNAL, &p->file);
	audit_finds_nothing(p->dir);
	free(path);
}

static void property_end(struct property *p)
{
	sqlite3_close(p->source);
	buf_clear(&p->file);
	fixture_remove(p->dir);
}

static void every_single_change_is_found(void **state)
{
	struct property p = { .cases = 0 };

	property_begin(&p, *state);
	change_table(&p, "action", "SELECT 'id = ' || id FROM action");
	change_table(&p, "action_form",
		"SELECT 'action_id = ' || action_id || ' AND name = ' || quote(name) FROM action_form");
	change_table(&p, "audit", "SELECT 'seq = ' || seq FROM audit");
	fprintf(stderr, "# %d changes of single rows, each found\n", p.cases);
	property_end(&p);
}

static void what_is_added_or_swapped_is_found(void **state)
{
	static const char *const changes[] = {
		("INSERT INTO audit SELECT seq + 1, at_ms, event, action_id, code, kind, state, attempts, clerk, note,"
		" facts, texts, previous, hash FROM audit ORDER BY seq DESC LIMIT 1"),
		("INSERT INTO audit SELECT -5, at_ms, event, action_id, code, kind, state, attempts, clerk, note,"
		" facts, texts, previous, hash FROM audit WHERE seq = 1"),
		("INSERT INTO audit SELECT seq + 7, at_ms, event, action_id, code, kind, state, attempts, clerk, note,"
		" facts, texts, hash, hash FROM audit ORDER BY seq DESC LIMIT 1"),
		("INSERT INTO action SELECT NULL, order_id, code, kind, 'done', message, clerk, before_state,"
		" before_status, before_assembled, attempts, confirmed_ms, send_after_ms, sent_ms, ended_ms,"
		" owner_pid, owner_start, owner_boot, salt FROM action WHERE id = 2"),
		"INSERT INTO action_form VALUES(2, 'more', 'text')",
		"INSERT INTO action_form VALUES(1, 'comment', 'to what was purged')",
		"INSERT INTO action_form VALUES(4711, 'comment', 'to nothing')",
		/* Two rows change places. */
		("UPDATE audit SET seq = -1 WHERE seq = 6; UPDATE audit SET seq = 6 WHERE seq = 7;"
		" UPDATE audit SET seq = 7 WHERE seq = -1"),
		/* A letter moves over the border of two columns. */
		"UPDATE audit SET code = substr(code, 1, 8), kind = substr(code, 9) || kind WHERE seq = 5",
		/* As if it had been purged. */
		"UPDATE action SET message = '', salt = NULL WHERE id = 2",
		("UPDATE action SET message = '', salt = NULL WHERE id = 2; DELETE FROM action_form"
		" WHERE action_id = 2"),
		/* The newest of both, in one go. */
		"DELETE FROM action WHERE id = 5; DELETE FROM audit WHERE action_id = 5",
		("DELETE FROM action_form WHERE action_id = 2 AND name = 'spaces'; UPDATE action_form"
		" SET value = 'kept3' WHERE action_id = 2"),
	};
	struct property p = { .cases = 0 };

	property_begin(&p, *state);
	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++)
		change_is_found(&p, changes[i]);
	property_end(&p);
}

static void a_finding_says_what_and_where(void **state)
{
	static const struct {
		const char *sql, *sentence;
	} cases[] = {
		{ "UPDATE audit SET clerk = 'x' WHERE seq = 5", "entry 5 was changed" },
		{ "DELETE FROM audit WHERE seq = 5", "entry 5 is missing" },
		{ "DELETE FROM audit WHERE seq BETWEEN 5 AND 8", "the entries 5 to 8 are missing" },
		{ "DELETE FROM audit WHERE seq = 19", "entry 19 is missing" },
		{ "DELETE FROM audit WHERE seq = 1", "entry 1 is missing" },
		{ "UPDATE action SET state = 'refused' WHERE id = 2",
			"action 2 is not as entry 7 says: its state was changed" },
		{ "UPDATE action SET clerk = 'x' WHERE id = 2", "action 2 is not as entry 7 says: its clerk" },
		{ "UPDATE action SET message = 'x' WHERE id = 1", "action 1 is not as entry 4 says: its message" },
		{ "UPDATE action_form SET value = 'x' WHERE action_id = 4",
			"action 4 is not as entry 16 says: its message or its form" },
		{ "DELETE FROM action WHERE id = 3", "action 3 was deleted" },
		{ "INSERT INTO action SELECT 77, order_id, code, kind, 'done', '', '', '', '', 0, 0, 0, 0, 0, 0, 0,"
			" 0, '', NULL FROM action WHERE id = 1", "action 77 has no entry" },
	};
	struct property p = { .cases = 0 };

	property_begin(&p, *state);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		change_is_found(&p, cases[i].sql);
		audit_finds(p.dir, cases[i].sentence);
	}
	property_end(&p);
}

/* Somebody who knows how: a row is changed and its hash computed anew. The next row gives it away. */
static void a_row_forged_with_its_hash_breaks_the_chain(void **state)
{
	struct property p = { .cases = 0 };
	unsigned char hash[SHA256_SIZE];
	char hex[SHA256_HEX_CAP], *sql;
	sqlite3_stmt *st;

	property_begin(&p, *state);
	assert_int_equal(sqlite3_prepare_v2(p.source, "SELECT seq, at_ms, event, action_id, code, kind, state,"
		" attempts, 'forger', note, facts, texts, previous FROM audit WHERE seq = 5", -1, &st, NULL),
		SQLITE_OK);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	audit_hash(st, 0, AUDIT_N, hash);
	sqlite3_finalize(st);
	sha256_hex(hash, hex);
	sql = xasprintf("UPDATE audit SET clerk = 'forger', hash = x'%s' WHERE seq = 5", hex);
	change_is_found(&p, sql);
	assert_string_equal(audit_findings(), "the chain is broken behind entry 5\n");
	free(sql);
	property_end(&p);
}

static void what_is_cut_off_shows_to_whoever_noted_the_hash(void **state)
{
	char early[SHA256_HEX_CAP], late[SHA256_HEX_CAP];
	struct store *s;

	audit_fill(*state);
	audit_finds_nothing(*state);
	snprintf(early, sizeof(early), "%s", audit_result()->head);
	s = audit_open(*state);
	audit_add(s, &audit_orders[1], "cancel", NULL);
	store_close(s);
	assert_int_equal(audit_verify(*state, early), 0);
	snprintf(late, sizeof(late), "%s", audit_result()->head);
	assert_string_not_equal(early, late);
	assert_int_equal(audit_verify(*state, late), 0);
	fixture_sql(*state, JOURNAL, NO_TRIGGERS "DELETE FROM audit WHERE seq = 20;"
		"DELETE FROM action WHERE id = 6; DELETE FROM action_form WHERE action_id = 6;");
	/* SQLite remembers which numbers it gave. */
	audit_finds(*state, "entry 20 is missing");
	audit_finds(*state, "the newest action is 5, but 6 were there");
	fixture_sql(*state, JOURNAL, "UPDATE sqlite_sequence SET seq = 19 WHERE name = 'audit';"
		"UPDATE sqlite_sequence SET seq = 5 WHERE name = 'action'");
	audit_finds_nothing(*state);
	assert_int_equal(audit_verify(*state, early), 0);
	assert_int_equal(audit_verify(*state, late), 1);
	assert_non_null(strstr(audit_findings(), late));
	assert_false(verify_is_hash("abc"));
	assert_false(verify_is_hash("g3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
}

/* A cut that nobody looked for stays visible: its numbers are not given again. */
static void a_cut_stays_visible_after_more_steps(void **state)
{
	struct store *s;

	audit_fill(*state);
	fixture_sql(*state, JOURNAL, NO_TRIGGERS "DELETE FROM audit WHERE action_id = 5;"
		"DELETE FROM action WHERE id = 5");
	s = audit_open(*state);
	audit_add(s, &audit_orders[1], "cancel", NULL);
	store_close(s);
	audit_finds(*state, "the entries 17 to 19 are missing");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make_dir, remove_dir)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(sql_only_appends),
		TEST(every_single_change_is_found),
		TEST(what_is_added_or_swapped_is_found),
		TEST(a_finding_says_what_and_where),
		TEST(a_row_forged_with_its_hash_breaks_the_chain),
		TEST(what_is_cut_off_shows_to_whoever_noted_the_hash),
		TEST(a_cut_stays_visible_after_more_steps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
