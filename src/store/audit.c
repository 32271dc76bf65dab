#include "store/audit.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const char sql_facts[] = "SELECT " AUDIT_FACTS ", a.salt, a.message FROM action a WHERE a.id = ?1";
static const char sql_form[] = "SELECT name, value FROM action_form WHERE action_id = ?1 ORDER BY name";
/* The next row but for its hash. A number is given once: those of rows that somebody cut off as well, which
 * SQLite remembers. */
static const char sql_next[] = "SELECT 1 + max(coalesce((SELECT max(seq) FROM audit), 0),"
	" coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'audit'), 0)),"
	" ?2, ?3, ?1, coalesce(a.code, ?8), coalesce(a.kind, ''), coalesce(a.state, ''),"
	" coalesce(a.attempts, 0), ?4, ?5, ?6, ?7,"
	" coalesce((SELECT hash FROM audit ORDER BY seq DESC LIMIT 1), x'')"
	" FROM (SELECT 1) LEFT JOIN action a ON a.id = ?1";
static const char sql_insert[] = "INSERT INTO audit(" AUDIT_COLUMNS ", hash)"
	" VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
static const char sql_ids[] = "SELECT id FROM action ORDER BY id";

static const char *const names[AUDIT_EVENTS] = {
	[AUDIT_ADDED] = "added",
	[AUDIT_MOVED] = "moved",
	[AUDIT_SETTLED] = "settled",
	[AUDIT_ADOPTED] = "adopted",
	[AUDIT_PURGED] = "purged",
	[AUDIT_BEFORE] = "before",
	[AUDIT_CARRIED] = "carried",
	[AUDIT_BEGUN] = "begun",
};

/* ---- hashing ----------------------------------------------------------------------------------- */

static void put_number(unsigned char out[8], uint64_t v)
{
	for (int i = 7; i >= 0; i--, v >>= 8)
		out[i] = (unsigned char)v;
}

static void add_bytes(struct sha256 *h, char type, const void *data, size_t len)
{
	unsigned char head[9] = { (unsigned char)type };

	put_number(head + 1, len);
	sha256_add(h, head, sizeof(head));
	if (len)
		sha256_add(h, data, len);
}

static void add_number(struct sha256 *h, char type, uint64_t v)
{
	unsigned char bytes[8];

	put_number(bytes, v);
	add_bytes(h, type, bytes, sizeof(bytes));
}

static void add_column(struct sha256 *h, sqlite3_stmt *st, int i)
{
	uint64_t bits;
	double real;

	switch (sqlite3_column_type(st, i)) {
	case SQLITE_INTEGER:
		add_number(h, 'i', (uint64_t)sqlite3_column_int64(st, i));
		break;
	case SQLITE_FLOAT:
		real = sqlite3_column_double(st, i);
		memcpy(&bits, &real, sizeof(bits));
		add_number(h, 'f', bits);
		break;
	case SQLITE_NULL:
		add_bytes(h, 'n', NULL, 0);
		break;
	case SQLITE_TEXT:
		add_bytes(h, 't', sqlite3_column_text(st, i), (size_t)sqlite3_column_bytes(st, i));
		break;
	default:
		add_bytes(h, 'b', sqlite3_column_blob(st, i), (size_t)sqlite3_column_bytes(st, i));
	}
}

void audit_hash(sqlite3_stmt *st, int from, int n, unsigned char out[SHA256_SIZE])
{
	struct sha256 h;

	sha256_start(&h);
	for (int i = from; i < from + n; i++)
		add_column(&h, st, i);
	sha256_end(&h, out);
}

bool audit_texts(struct db *db, sqlite3_stmt *st, int i, int64_t action_id, struct audit_texts *out,
	struct error *err)
{
	bool empty = sqlite3_column_type(st, i) == SQLITE_NULL &&
		sqlite3_column_type(st, i + 1) == SQLITE_TEXT && !sqlite3_column_bytes(st, i + 1);
	sqlite3_stmt *form = db_use(db, sql_form);
	struct sha256 h;

	sha256_start(&h);
	add_column(&h, st, i);
	add_column(&h, st, i + 1);
	db_bind_int(form, 1, action_id);
	while (db_next(db, form)) {
		empty = false;
		add_column(&h, form, 0);
		add_column(&h, form, 1);
	}
	sha256_end(&h, out->digest);
	out->len = empty ? 0 : SHA256_SIZE;
	return db_ended(db, err);
}

/* ---- writing ----------------------------------------------------------------------------------- */

struct digests {
	unsigned char facts[SHA256_SIZE];
	int facts_len;
	struct audit_texts texts;
};

/* Nothing of an action that is none. */
static bool read_digests(struct db *db, int64_t action_id, struct digests *out, struct error *err)
{
	sqlite3_stmt *st = db_use(db, sql_facts);
	bool ok = true;

	*out = (struct digests){ .facts_len = 0 };
	db_bind_int(st, 1, action_id);
	while (ok && db_next(db, st)) {
		out->facts_len = SHA256_SIZE;
		audit_hash(st, 0, AUDIT_FACTS_N, out->facts);
		ok = audit_texts(db, st, AUDIT_FACTS_N, action_id, &out->texts, err);
	}
	if (!ok)
		sqlite3_reset(st);
	return ok && db_ended(db, err);
}

/* Inserts the row that st stands on, with its hash. */
static bool insert(struct db *db, sqlite3_stmt *next, struct error *err)
{
	sqlite3_stmt *st = db_use(db, sql_insert);
	unsigned char hash[SHA256_SIZE];

	audit_hash(next, 0, AUDIT_N, hash);
	for (int i = 0; st && i < AUDIT_N; i++)
		sqlite3_bind_value(st, i + 1, sqlite3_column_value(next, i));
	if (st)
		sqlite3_bind_blob(st, AUDIT_N + 1, hash, sizeof(hash), SQLITE_TRANSIENT);
	return db_run(db, st, err);
}

/* What a row says. */
struct row {
	const char *event;
	int64_t action_id;	/* 0: none */
	const char *clerk;	/* NULL: the program by itself */
	const char *code;	/* where there is no action */
	const char *note;
};

static bool append(struct db *db, const struct row *row, int64_t now_ms, struct error *err)
{
	struct digests d;
	sqlite3_stmt *st;
	bool ok = read_digests(db, row->action_id, &d, err);

	st = ok ? db_use(db, sql_next) : NULL;
	if (!st)
		return ok && db_failed(db, err);
	db_bind_int(st, 1, row->action_id);
	db_bind_int(st, 2, now_ms);
	db_bind_text(st, 3, row->event);
	db_bind_text(st, 4, row->clerk ? row->clerk : "");
	db_bind_text(st, 5, row->note ? row->note : "");
	sqlite3_bind_blob(st, 6, d.facts, d.facts_len, SQLITE_STATIC);
	sqlite3_bind_blob(st, 7, d.texts.digest, d.texts.len, SQLITE_STATIC);
	db_bind_text(st, 8, row->code ? row->code : "");
	ok = db_next(db, st) ? insert(db, st, err) : db_ended(db, err);
	sqlite3_reset(st);
	sqlite3_clear_bindings(st);
	return ok;
}

bool audit_step(struct db *db, enum audit_event event, int64_t action_id, const char *clerk, int64_t now_ms,
	struct error *err)
{
	return append(db, &(struct row){ .event = names[event], .action_id = action_id, .clerk = clerk }, now_ms, err);
}

bool audit_begun(struct db *db, const char *note, int64_t now_ms, struct error *err)
{
	return append(db, &(struct row){ .event = names[AUDIT_BEGUN], .note = note }, now_ms, err);
}

bool audit_desk(struct db *db, const char *event, const char *code, const char *clerk, int64_t now_ms,
	struct error *err)
{
	return append(db, &(struct row){ .event = event, .code = code, .clerk = clerk }, now_ms, err);
}

bool audit_existing(struct db *db, int64_t now_ms, struct error *err)
{
	sqlite3_stmt *st = db_use(db, sql_ids);
	bool ok = true;

	while (ok && db_next(db, st))
		ok = audit_step(db, AUDIT_BEFORE, sqlite3_column_int64(st, 0), NULL, now_ms, err);
	if (!ok)
		sqlite3_reset(st);
	return ok && db_ended(db, err);
}
