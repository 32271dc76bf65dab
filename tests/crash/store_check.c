#include "tests/crash/store_check.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/mem.h"
#include "tests/lib/check.h"

/* The first column of the first row, NULL without a row, or what SQLite has against it in *why. */
static char *ask(const char *dir, const char *file, const char *sql, const char *a, const char *b,
	char **why)
{
	char *path = xasprintf("%s/%s", dir, file), *text = NULL;
	sqlite3_stmt *st = NULL;
	sqlite3 *db = NULL;
	int rc;

	*why = NULL;
	rc = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_prepare_v2(db, sql, -1, &st, NULL);
	sqlite3_bind_text(st, 1, a, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 2, b, -1, SQLITE_STATIC);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(st);
	if (rc == SQLITE_ROW)
		text = xstrdup((const char *)sqlite3_column_text(st, 0));
	else if (rc != SQLITE_DONE)
		*why = xasprintf("%s: %s", path, sqlite3_errmsg(db));
	sqlite3_finalize(st);
	sqlite3_close(db);
	free(path);
	return text;
}

static char *ask_safely(const char *dir, const char *file, const char *sql, const char *a, const char *b)
{
	char *why, *text = ask(dir, file, sql, a, b, &why);

	if (why)
		check_fail("%s", why);
	return text;
}

static char *file_damage(const char *dir, const char *file)
{
	char *why, *text = ask(dir, file, "PRAGMA integrity_check", NULL, NULL, &why);

	if (!why && strcmp(text, "ok") != 0)
		why = xasprintf("%s: %s", file, text);
	free(text);
	return why;
}

char *store_damage(const char *dir)
{
	char *why = file_damage(dir, "journal.db");

	if (!why)
		why = file_damage(dir, "cache.db");
	if (!why)
		free(ask(dir, "cache.db", "INSERT INTO search(search) VALUES('integrity-check')", NULL, NULL,
			&why));
	return why;
}

size_t store_orders(const char *dir)
{
	char *text = ask_safely(dir, "cache.db", "SELECT count(*) FROM orders", NULL, NULL);
	size_t n = (size_t)strtoul(text, NULL, 10);

	free(text);
	return n;
}

bool store_action(const char *dir, const char *code, const char *kind, enum action_state *state)
{
	char *path = xasprintf("%s/journal.db", dir), *text = NULL;

	/* Not even begun. */
	if (access(path, F_OK) == 0)
		text = ask_safely(dir, "journal.db", "SELECT state FROM action WHERE code = ?1 AND kind = ?2"
			" ORDER BY id DESC", code, kind);
	free(path);
	if (text && !action_state_parse(text, state))
		check_fail("order %s: the journal says \"%s\"", code, text);
	free(text);
	return text != NULL;
}
