#include "store/verify.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/path.h"
#include "store/audit.h"
#include "store/files.h"
#include "store/schema.h"

static const char sql_rows[] = "SELECT " AUDIT_COLUMNS ", hash FROM audit ORDER BY seq";
static const char sql_newest[] = "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = ?1), 0)";
/* Each action that the audit knows, with its newest row there. */
static const char sql_actions[] = "SELECT u.seq, u.action_id, u.code, u.kind, u.state, u.attempts, u.facts,"
	" u.texts, a.code, a.kind, a.state, a.attempts, " AUDIT_FACTS ", a.salt, a.message"
	" FROM (SELECT max(seq) AS seq FROM audit WHERE action_id <> 0 GROUP BY action_id) l"
	" JOIN audit u ON u.seq = l.seq LEFT JOIN action a ON a.id = u.action_id ORDER BY u.action_id";
static const char sql_unknown[] = "SELECT id FROM action WHERE id NOT IN (SELECT action_id FROM audit)";
static const char sql_stray[] = "SELECT DISTINCT action_id FROM action_form"
	" WHERE action_id NOT IN (SELECT id FROM action) OR action_id NOT IN (SELECT action_id FROM audit)";
static const char sql_highest[] = "SELECT coalesce(max(id), 0) FROM action";

enum { ROW_SEQ = 0, ROW_PREVIOUS = AUDIT_N - 1, ROW_HASH = AUDIT_N };
enum { OF_SEQ, OF_ACTION, OF_CODE, OF_FACTS = 6, OF_TEXTS, OF_NOW, NOW_FACTS = 12,
	NOW_SALT = NOW_FACTS + AUDIT_FACTS_N };

struct verify {
	struct db db;
	const char *expect;
	bool seen;			/* the expected hash */
	void (*report)(void *arg, const char *sentence);
	void *arg;
	struct verify_result *out;
	unsigned char previous[SHA256_SIZE];	/* hash of the row before, as it stands there */
	int previous_len;
	int64_t seq;			/* of the row before */
	bool doubted;			/* the row before has a finding of its own */
};

static void find(struct verify *v, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void find(struct verify *v, const char *format, ...)
{
	char sentence[ERROR_TEXT_MAX];
	va_list args;

	va_start(args, format);
	vsnprintf(sentence, sizeof(sentence), format, args);
	va_end(args);
	v->out->findings++;
	v->report(v->arg, sentence);
}

static bool is_blob(sqlite3_stmt *st, int i, const unsigned char *bytes, int len)
{
	return sqlite3_column_type(st, i) == SQLITE_BLOB && sqlite3_column_bytes(st, i) == len &&
		(!len || !memcmp(sqlite3_column_blob(st, i), bytes, (size_t)len));
}

static bool same(sqlite3_stmt *st, int i, int j)
{
	unsigned char a[SHA256_SIZE], b[SHA256_SIZE];

	audit_hash(st, i, 1, a);
	audit_hash(st, j, 1, b);
	return !memcmp(a, b, sizeof(a));
}

/* ---- the chain --------------------------------------------------------------------------------- */

static void find_gap(struct verify *v, int64_t seq)
{
	long long first = v->seq + 1, last = seq - 1;

	if (last == first)
		find(v, _("entry %lld is missing"), first);
	else
		find(v, _("the entries %lld to %lld are missing"), first, last);
}

static void remember(struct verify *v, sqlite3_stmt *st, bool doubted)
{
	int len = sqlite3_column_bytes(st, ROW_HASH);

	v->previous_len = len == SHA256_SIZE ? len : 0;
	if (v->previous_len)
		memcpy(v->previous, sqlite3_column_blob(st, ROW_HASH), SHA256_SIZE);
	v->seq = sqlite3_column_int64(st, ROW_SEQ);
	v->doubted = doubted;
	v->out->entries++;
	v->out->head[0] = '\0';
	if (v->previous_len)
		sha256_hex(v->previous, v->out->head);
	if (v->expect && !strcasecmp(v->expect, v->out->head))
		v->seen = true;
}

/* What was reported of the row before explains that the next one does not follow it. */
static void check_row(struct verify *v, sqlite3_stmt *st)
{
	long long seq = sqlite3_column_int64(st, ROW_SEQ);
	bool follows = is_blob(st, ROW_PREVIOUS, v->previous, v->previous_len);
	unsigned char hash[SHA256_SIZE];
	bool whole;

	audit_hash(st, 0, AUDIT_N, hash);
	whole = is_blob(st, ROW_HASH, hash, SHA256_SIZE);
	if (seq < 1)
		find(v, _("entry %lld was added by another program"), seq);
	else if (seq != v->seq + 1)
		find_gap(v, seq);
	else if (whole && !follows && !v->doubted)
		find(v, _("the chain is broken behind entry %lld"), (long long)v->seq);
	if (seq >= 1 && !whole)
		find(v, _("entry %lld was changed, or added by another program"), seq);
	remember(v, st, !whole || seq < 1);
	if (seq < 1)
		v->seq = 0;
}

static bool newest_given(struct verify *v, const char *table, int64_t *out, struct error *err)
{
	sqlite3_stmt *st = db_use(&v->db, sql_newest);

	db_bind_text(st, 1, table);
	return db_int(&v->db, st, out, err);
}

static bool check_chain(struct verify *v, struct error *err)
{
	sqlite3_stmt *st = db_use(&v->db, sql_rows);
	int64_t given = 0;

	while (db_next(&v->db, st))
		check_row(v, st);
	if (!db_ended(&v->db, err) || !newest_given(v, "audit", &given, err))
		return false;
	if (given > v->seq)
		find_gap(v, given + 1);
	if (v->expect && !v->seen)
		find(v, _("the entry with the hash %s is not there: entries were cut off, or this is another "
			"journal"), v->expect);
	return true;
}

/* ---- the actions ------------------------------------------------------------------------------- */

static void differs(struct verify *v, long long id, long long seq, const char *what)
{
	/* TRANSLATORS: numbers of an action and of an entry, "its state was changed" */
	find(v, _("action %lld is not as entry %lld says: %s"), id, seq, what);
}

static bool check_action(struct verify *v, sqlite3_stmt *st, struct error *err)
{
	static const char *const what[] = { N_("its order's number was changed"), N_("its kind was changed"),
		N_("its state was changed"), N_("its attempts were changed") };
	long long seq = sqlite3_column_int64(st, OF_SEQ), id = sqlite3_column_int64(st, OF_ACTION);
	unsigned char facts[SHA256_SIZE];
	struct audit_texts texts;

	if (sqlite3_column_type(st, NOW_FACTS) == SQLITE_NULL) {
		find(v, _("action %lld was deleted"), id);
		return true;
	}
	for (int i = 0; i < 4; i++)
		if (!same(st, OF_CODE + i, OF_NOW + i))
			differs(v, id, seq, _(what[i]));
	audit_hash(st, NOW_FACTS, AUDIT_FACTS_N, facts);
	if (!is_blob(st, OF_FACTS, facts, SHA256_SIZE))
		differs(v, id, seq, _("its clerk, its order, its times or its process were changed"));
	if (!audit_texts(&v->db, st, NOW_SALT, id, &texts, err))
		return false;
	if (!is_blob(st, OF_TEXTS, texts.digest, texts.len))
		differs(v, id, seq, _("its message or its form was changed"));
	return true;
}

static bool check_actions(struct verify *v, struct error *err)
{
	sqlite3_stmt *st = db_use(&v->db, sql_actions);
	bool ok = true;

	while (ok && db_next(&v->db, st))
		ok = check_action(v, st, err);
	if (!ok)
		sqlite3_reset(st);
	return ok && db_ended(&v->db, err);
}

static bool check_unknown(struct verify *v, struct error *err)
{
	sqlite3_stmt *st = db_use(&v->db, sql_unknown);

	while (db_next(&v->db, st))
		find(v, _("action %lld has no entry: it was added by another program"),
			(long long)sqlite3_column_int64(st, 0));
	if (!db_ended(&v->db, err))
		return false;
	st = db_use(&v->db, sql_stray);
	while (db_next(&v->db, st))
		find(v, _("the form of action %lld belongs to no action that has an entry"),
			(long long)sqlite3_column_int64(st, 0));
	return db_ended(&v->db, err);
}

/* Numbers of actions are given once too. */
static bool check_newest_action(struct verify *v, struct error *err)
{
	int64_t given = 0, highest = 0;

	if (!newest_given(v, "action", &given, err) ||
		!db_int(&v->db, db_use(&v->db, sql_highest), &highest, err))
		return false;
	if (given > highest)
		find(v, _("the newest action is %lld, but %lld were there: the rest was deleted"),
			(long long)highest, (long long)given);
	return true;
}

/* ---- both -------------------------------------------------------------------------------------- */

/* One state of the file, whatever is written meanwhile. */
static bool check_all(struct verify *v, struct error *err)
{
	bool ok;

	if (!db_begin_read(&v->db, err))
		return false;
	ok = check_chain(v, err) && check_actions(v, err) && check_unknown(v, err) &&
		check_newest_action(v, err);
	db_end_read(&v->db);
	return ok;
}

static bool open_journal(struct db *db, const char *path, struct error *err)
{
	if (access(path, F_OK) < 0)
		return error_set(err, ERR_NOT_FOUND,
			_("there are no orders yet: start duken or run duken sync first"));
	return db_open(db, path, DB_READ_JOURNAL, err) && schema_check(db, err);
}

bool journal_verify(const char *dir, const char *expect, void (*report)(void *arg, const char *sentence),
	void *arg, struct verify_result *out, struct error *err)
{
	struct verify v = { .expect = expect, .report = report, .arg = arg, .out = out };
	char *path = path_join(dir, "journal.db");
	int lock = access(dir, F_OK) == 0 ? files_lock(dir, err) : -1;
	bool ok;

	*out = (struct verify_result){ .entries = 0 };
	ok = (lock >= 0 || access(dir, F_OK) < 0) && open_journal(&v.db, path, err) && check_all(&v, err);
	db_close(&v.db);
	files_unlock(lock);
	free(path);
	return ok;
}

bool verify_is_hash(const char *text)
{
	return strlen(text) == 2 * SHA256_SIZE && strspn(text, "0123456789abcdefABCDEF") == 2 * SHA256_SIZE;
}
