#include "store/schema.h"

#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "store/audit.h"
#include "store/copy.h"

#define CACHE_ID 0x64756b63	/* "dukc" */
#define JOURNAL_ID 0x64756b6a	/* "dukj" */
#define WAL_TRIES 500
#define WAL_WAIT_US 10000

/* newest is minus created_ms, so that every list is read in ascending order. text and goods are what
 * search looks at: folded words of the order, and of its entries. The index `search` holds the rows up to
 * meta.indexed; the few behind it are looked through one by one (store/words.h).
 * `seen` is apart from orders because a pass over unchanged orders writes nothing else. */
static const char *const cache_steps[] = {
	"CREATE TABLE orders("
	"row INTEGER PRIMARY KEY, queue TEXT NOT NULL, sort_key INTEGER NOT NULL, newest INTEGER NOT NULL,"
	"state TEXT NOT NULL, text TEXT NOT NULL, goods TEXT NOT NULL DEFAULT '',"
	"entries_ms INTEGER NOT NULL DEFAULT 0,"
	"id TEXT NOT NULL, code TEXT NOT NULL, status TEXT, customer_id TEXT, customer TEXT, phone TEXT,"
	"total INTEGER, delivery_cost INTEGER, delivery_cost_seller INTEGER, payment_mode TEXT,"
	"credit_term INTEGER, delivery_mode TEXT, kaspi_delivery INTEGER, express INTEGER,"
	"preorder INTEGER, assembled INTEGER, signature_required INTEGER,"
	"returned_to_warehouse INTEGER, arrived INTEGER, created_ms INTEGER, approved_ms INTEGER,"
	"planned_ms INTEGER, reserved_until_ms INTEGER, transmission_planned_ms INTEGER,"
	"transmitted_ms INTEGER, address TEXT, town TEXT, latitude REAL, longitude REAL,"
	"pickup_point TEXT, origin TEXT, waybill TEXT, waybill_number TEXT, cancel_reason TEXT,"
	"seen_ms INTEGER);"
	"CREATE UNIQUE INDEX orders_id ON orders(id);"
	"CREATE INDEX orders_code ON orders(code);"
	"CREATE INDEX orders_queue ON orders(queue, sort_key);"
	"CREATE INDEX orders_state ON orders(state, newest);"
	"CREATE INDEX orders_newest ON orders(newest);"
	"CREATE TABLE seen(row INTEGER PRIMARY KEY, pass INTEGER NOT NULL, fetched_ms INTEGER NOT NULL,"
	"digest INTEGER NOT NULL);"
	"CREATE TABLE counts(queue TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;"
	"CREATE TABLE groups(name TEXT PRIMARY KEY, pass INTEGER NOT NULL, fresh_ms INTEGER NOT NULL)"
	" WITHOUT ROWID;"
	"CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;"
	"INSERT INTO meta VALUES('pass', 0), ('indexed', 0);"
	"CREATE TABLE entries(order_row INTEGER NOT NULL, place INTEGER NOT NULL, id TEXT, number INTEGER,"
	"quantity INTEGER, unit TEXT, weight_g INTEGER, min_weight_g INTEGER, price INTEGER,"
	"total INTEGER, delivery_cost INTEGER, category TEXT, article TEXT, name TEXT, product_id TEXT,"
	"point_id TEXT, point_name TEXT, imei_required INTEGER, PRIMARY KEY(order_row, place))"
	" WITHOUT ROWID;"
	"CREATE INDEX entries_product ON entries(product_id);"
	"CREATE TABLE facts(kind INTEGER NOT NULL, id TEXT NOT NULL, code TEXT, name TEXT,"
	"manufacturer TEXT, category TEXT, address TEXT, fetched_ms INTEGER NOT NULL,"
	"PRIMARY KEY(kind, id)) WITHOUT ROWID;"
	/* The text is folded already, so the plain tokenizer is right: it splits at ASCII blanks and
	 * takes every other byte above 127 as a letter. Nothing ranks or quotes, so no positions, no sizes. */
	"CREATE VIRTUAL TABLE search USING fts5(text, goods, content = 'orders', content_rowid = 'row',"
	"tokenize = 'ascii', detail = 'none', columnsize = 0);"
	"PRAGMA application_id = 0x64756b63;"
	"PRAGMA user_version = 1;",

	/* archive: there was one marketplace then. The poller: see store/lease.h. */
	"ALTER TABLE orders ADD COLUMN finished_ms INTEGER NOT NULL DEFAULT 0;"
	"UPDATE orders SET finished_ms = max(created_ms, 1) WHERE queue = 'archive';"
	"CREATE INDEX orders_finished ON orders(finished_ms) WHERE finished_ms > 0;"
	"CREATE TABLE poller(one INTEGER PRIMARY KEY CHECK(one = 1), pid INTEGER NOT NULL,"
	"start INTEGER NOT NULL, boot TEXT NOT NULL, beat INTEGER NOT NULL,"
	"link INTEGER NOT NULL DEFAULT 0, until_ms INTEGER NOT NULL DEFAULT 0,"
	"error INTEGER NOT NULL DEFAULT 0, sentence TEXT NOT NULL DEFAULT '');"
	"INSERT INTO meta VALUES('wait_until', 0), ('unmerged', 0);"
	/* While somebody types, words are short: what begins with two or three letters is looked up, not
	 * gathered from all words that do. */
	"DROP TABLE search;"
	"CREATE VIRTUAL TABLE search USING fts5(text, goods, content = 'orders', content_rowid = 'row',"
	"tokenize = 'ascii', detail = 'none', columnsize = 0, prefix = '1 2 3');"
	"INSERT INTO search(search) VALUES('rebuild');"
	"UPDATE meta SET value = (SELECT coalesce(max(row), 0) FROM orders) WHERE name = 'indexed';"
	"PRAGMA user_version = 2;",

	"ALTER TABLE entries ADD COLUMN imei TEXT NOT NULL DEFAULT '';"
	/* Entries that are older than the order's last change are fetched again before they are picked. */
	"ALTER TABLE orders ADD COLUMN origin_address TEXT;"
	"ALTER TABLE orders ADD COLUMN changed_ms INTEGER NOT NULL DEFAULT 0;"
	/* The index holds what there is work on: to count what is due, and to find all of it when the shop's
	 * limits are others (store_arrange). No limits have the mark 0. */
	"ALTER TABLE orders ADD COLUMN due_ms INTEGER NOT NULL DEFAULT 0;"
	"CREATE INDEX orders_due ON orders(queue, due_ms) WHERE finished_ms = 0;"
	"INSERT INTO meta VALUES('arranged', 0);"
	/* A scanner reads the number of a waybill, in whatever case. */
	"CREATE INDEX orders_waybill ON orders(waybill_number COLLATE NOCASE) WHERE waybill_number > '';"
	"PRAGMA user_version = 3;",
};

/* The owner of an action is a process: its number, when it was started, and in which life of the
 * machine, since numbers come again. */
static const char *const journal_steps[] = {
	"CREATE TABLE action(id INTEGER PRIMARY KEY AUTOINCREMENT, order_id TEXT NOT NULL,"
	"code TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL, message TEXT NOT NULL,"
	"clerk TEXT NOT NULL, before_state TEXT NOT NULL, before_status TEXT NOT NULL,"
	"before_assembled INTEGER NOT NULL, attempts INTEGER NOT NULL, confirmed_ms INTEGER NOT NULL,"
	"send_after_ms INTEGER NOT NULL, sent_ms INTEGER NOT NULL, ended_ms INTEGER NOT NULL,"
	"owner_pid INTEGER NOT NULL, owner_start INTEGER NOT NULL, owner_boot TEXT NOT NULL);"
	"CREATE UNIQUE INDEX action_open ON action(order_id, kind)"
	" WHERE state IN ('queued', 'sending', 'unknown', 'ask');"
	"CREATE INDEX action_order ON action(order_id, kind);"
	"CREATE INDEX action_confirmed ON action(confirmed_ms);"
	"CREATE TABLE action_form(action_id INTEGER NOT NULL REFERENCES action(id), name TEXT NOT NULL,"
	"value TEXT NOT NULL, PRIMARY KEY(action_id, name)) WITHOUT ROWID;"
	"PRAGMA application_id = 0x64756b6a;"
	"PRAGMA user_version = 1;",

	/* The audit: see store/audit.h. AUTOINCREMENT, so that SQLite knows the number of the newest row
	 * even after somebody cut it off. INSERT OR REPLACE would delete without a trigger. */
	"ALTER TABLE action ADD COLUMN salt BLOB;"
	"UPDATE action SET salt = randomblob(16);"
	"CREATE TABLE audit(seq INTEGER PRIMARY KEY AUTOINCREMENT, at_ms INTEGER NOT NULL,"
	"event TEXT NOT NULL, action_id INTEGER NOT NULL, code TEXT NOT NULL, kind TEXT NOT NULL,"
	"state TEXT NOT NULL, attempts INTEGER NOT NULL, clerk TEXT NOT NULL, note TEXT NOT NULL,"
	"facts BLOB NOT NULL, texts BLOB NOT NULL, previous BLOB NOT NULL, hash BLOB NOT NULL);"
	"CREATE TRIGGER audit_update BEFORE UPDATE ON audit"
	" BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;"
	"CREATE TRIGGER audit_delete BEFORE DELETE ON audit"
	" BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;"
	"CREATE TRIGGER audit_replace BEFORE INSERT ON audit"
	" WHEN EXISTS(SELECT 1 FROM audit WHERE seq = NEW.seq)"
	" BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;"
	"PRAGMA user_version = 2;",

	/* Batches: see store/batch.h. Apart from `action`, whose rows the audit hashes. */
	"CREATE TABLE batch(id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, clerk TEXT NOT NULL,"
	"state TEXT NOT NULL, confirmed_ms INTEGER NOT NULL, agreed_ms INTEGER NOT NULL,"
	"message TEXT NOT NULL);"
	"CREATE TABLE batch_item(batch_id INTEGER NOT NULL REFERENCES batch(id), place INTEGER NOT NULL,"
	"action_id INTEGER NOT NULL, order_id TEXT NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL,"
	"PRIMARY KEY(batch_id, place)) WITHOUT ROWID;"
	"CREATE UNIQUE INDEX batch_item_action ON batch_item(action_id) WHERE action_id > 0;"
	"PRAGMA user_version = 3;",
};

struct schema {
	int64_t application_id;
	const char *const *steps;
	int64_t version;
	bool keeps_copy;	/* of a file, before it is changed */
};

static const struct schema cache_schema = { CACHE_ID, cache_steps,
	sizeof(cache_steps) / sizeof(cache_steps[0]), false };
static const struct schema journal_schema = { JOURNAL_ID, journal_steps,
	sizeof(journal_steps) / sizeof(journal_steps[0]), true };

/* What a step needs besides its SQL, in the same transaction. */
static bool finish_step(struct db *db, const struct schema *schema, int64_t version, struct error *err)
{
	if (schema == &journal_schema && version == 2)
		return audit_existing(db, clock_now_ms(), err);
	return true;
}

/* Two processes that make a store at the same moment need the file alone, one after the other, and
 * SQLite does not wait here by itself. */
static bool use_wal(struct db *db, struct error *err)
{
	char mode[16] = "";

	for (int i = 0; i < WAL_TRIES; i++) {
		sqlite3_stmt *st = db_use(db, "PRAGMA journal_mode = WAL");

		while (db_next(db, st))
			strncpy(mode, db_text(st, 0), sizeof(mode) - 1);
		if ((db->code & 0xff) != SQLITE_BUSY)
			break;
		usleep(WAL_WAIT_US);
	}
	if (!db_ended(db, err))
		return false;
	return !strcmp(mode, "wal") || error_set(err, ERR_STORAGE,
		_("%s cannot be shared between programs on this file system: choose a folder on a local "
		"disk with --state-dir"), db->path);
}

static bool synchronous_full(struct db *db, struct error *err)
{
	int64_t level = 0;

	if (!db_int(db, db_use(db, "PRAGMA synchronous"), &level, err))
		return false;
	return level >= 2 || error_set(err, ERR_STORAGE,
		_("%s cannot be written safely: this SQLite ignores synchronous=FULL"), db->path);
}

static bool version_of(struct db *db, const struct schema *schema, int64_t *version, struct error *err)
{
	int64_t id = 0;

	if (!db_int(db, db_use(db, "PRAGMA user_version"), version, err) ||
		!db_int(db, db_use(db, "PRAGMA application_id"), &id, err))
		return false;
	if (id != schema->application_id && (id || *version))
		return error_set(err, ERR_STORAGE, _("%s was not made by duken: move it away"), db->path);
	if (*version > schema->version)
		return error_set(err, ERR_STORAGE,
			_("%s was made by a newer duken: install that version on this computer too"),
			db->path);
	return true;
}

/* Makes the next step, or finds inside the transaction that another process has made it. */
static bool next_step(struct db *db, const struct schema *schema, int64_t *version, struct error *err)
{
	bool ok;

	if (!db_begin(db, err))
		return false;
	ok = version_of(db, schema, version, err);
	if (ok && *version < schema->version)
		ok = db_script(db, schema->steps[*version], err) &&
			finish_step(db, schema, *version + 1, err);
	return db_end(db, ok, err);
}

/* What has to be before the first step of a file that is not new. */
static bool prepare(struct db *db, const struct schema *schema, int64_t version, bool alone,
	struct error *err)
{
	if (version == 0 || version == schema->version)
		return true;
	if (!alone)
		return error_set(err, ERR_STORAGE,
			_("%s was made by an older duken and another program has it open: end every duken of "
			"this shop, then start again"), db->path);
	return !schema->keeps_copy || copy_before(db, version, err);
}

bool schema_update(struct db *db, bool alone, struct error *err)
{
	const struct schema *schema = db_is_journal(db) ? &journal_schema : &cache_schema;
	int64_t version = 0;

	/* First, so that a newer file is left as it is. */
	if (!version_of(db, schema, &version, err)) {
		sqlite3_db_config(db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
		return false;
	}
	if (!use_wal(db, err) || (db->mode == DB_JOURNAL && !synchronous_full(db, err)) ||
		!prepare(db, schema, version, alone, err))
		return false;
	while (version < schema->version) {
		if (!next_step(db, schema, &version, err))
			return false;
		if (!version_of(db, schema, &version, err))
			return false;
	}
	return true;
}

bool schema_check(struct db *db, struct error *err)
{
	const struct schema *schema = db_is_journal(db) ? &journal_schema : &cache_schema;
	int64_t version = 0;

	if (!version_of(db, schema, &version, err))
		return false;
	if (version && version < schema->version)
		return error_set(err, ERR_STORAGE, _("%s was made by an older duken: start duken, or run "
			"duken sync, which brings it up to date"), db->path);
	return version == schema->version || error_set(err, ERR_NOT_FOUND,
		_("there are no orders yet: start duken or run duken sync first"));
}
