#include "store/batch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "store/actions.h"
#include "store/batch_inner.h"
#include "store/inner.h"
#include "store/journal_inner.h"

#define PURGE_MAX 50	/* batches a transaction: another process waits for its end */

static const char sql_add[] = "INSERT INTO batch(kind, clerk, state, confirmed_ms, agreed_ms, message)"
	" VALUES(?1, ?2, 'running', ?3, ?3, '')";
static const char sql_item[] = "INSERT INTO batch_item(batch_id, place, action_id, order_id, code, message)"
	" VALUES(?1, ?2, ?3, ?4, ?5, ?6)";
static const char sql_get[] = BATCH_SELECT "WHERE id = ?1";
static const char sql_of[] = BATCH_OF_ACTION;
static const char sql_pause[] = "UPDATE batch SET state = 'paused', message = ?2"
	" WHERE id = ?1 AND state = 'running'";
static const char sql_go_on[] = "UPDATE batch SET state = 'running', message = '', agreed_ms = ?2"
	" WHERE id = ?1 AND state = 'paused'";
static const char sql_stop[] = "UPDATE batch SET state = 'stopped', message = '' WHERE id = ?1";
static const char sql_queued[] = "SELECT a.id FROM batch_item i JOIN action a ON a.id = i.action_id"
	" WHERE i.batch_id = ?1 AND i.action_id > 0 AND a.state = 'queued' ORDER BY i.place";
static const char sql_over[] = "SELECT id FROM batch b WHERE confirmed_ms < ?1 AND NOT EXISTS(SELECT 1"
	" FROM batch_item i JOIN action a ON a.id = i.action_id WHERE i.batch_id = b.id AND i.action_id > 0"
	" AND a." ACTION_IS_OPEN ") ORDER BY id LIMIT ?2";
static const char sql_forget_items[] = "DELETE FROM batch_item WHERE batch_id = ?1";
static const char sql_forget[] = "DELETE FROM batch WHERE id = ?1";

struct batch_item *batch_items_add(struct batch_items *list)
{
	if (list->n == list->cap) {
		list->cap = list->cap ? list->cap * 2 : 32;
		list->items = xreallocarray(list->items, list->cap, sizeof(list->items[0]));
	}
	list->items[list->n] = (struct batch_item){ .order_id = "", .code = "", .message = "" };
	return &list->items[list->n++];
}

void batch_items_clear(struct batch_items *list)
{
	free(list->items);
	arena_clear(&list->arena);
	*list = (struct batch_items)BATCH_ITEMS_INIT;
}

/* ---- confirmed --------------------------------------------------------------------------------- */

static bool write_batch(struct db *db, const struct batch_draft *draft, int64_t *id, struct error *err)
{
	sqlite3_stmt *st = db_use(db, sql_add);

	db_bind_text(st, 1, draft->kind);
	db_bind_text(st, 2, draft->clerk ? draft->clerk : "");
	db_bind_int(st, 3, draft->now_ms);
	if (!db_run(db, st, err))
		return false;
	*id = sqlite3_last_insert_rowid(db->handle);
	return true;
}

static bool write_item(struct db *db, int64_t batch, size_t place, const struct batch_item *item,
	struct error *err)
{
	sqlite3_stmt *st = db_use(db, sql_item);

	db_bind_int(st, 1, batch);
	db_bind_int(st, 2, (int64_t)place);
	db_bind_int(st, 3, item->action_id);
	db_bind_text(st, 4, item->order_id);
	db_bind_text(st, 5, item->code);
	db_bind_text(st, 6, item->message);
	return db_run(db, st, err);
}

/* That somebody else is at the order already does not stand in the way of the others. */
static bool write_action(struct store *s, const struct batch_draft *d, size_t i, struct error *err)
{
	struct batch_item *item = &d->items->items[i];
	struct error why = ERROR_INIT;

	item->action_id = 0;
	if (!d->orders[i] || journal_write_added(s, d->orders[i], d->kind, d->form, d->secret, d->clerk,
			d->now_ms, d->send_after_ms, &item->action_id, &why))
		return true;
	item->action_id = 0;
	if (why.code == ERR_CONFLICT) {
		item->message = arena_strdup(&d->items->arena, why.text);
		return true;
	}
	if (err)
		*err = why;
	return false;
}

static bool write_all(struct store *s, const struct batch_draft *d, int64_t *id, struct error *err)
{
	if (!write_batch(&s->journal, d, id, err))
		return false;
	for (size_t i = 0; i < d->items->n; i++)
		if (!write_action(s, d, i, err) ||
			!write_item(&s->journal, *id, i, &d->items->items[i], err))
			return false;
	return true;
}

bool batch_add(struct store *s, const struct batch_draft *draft, int64_t *id, struct error *err)
{
	return db_begin(&s->journal, err) && db_end(&s->journal, write_all(s, draft, id, err), err);
}

/* ---- looked at --------------------------------------------------------------------------------- */

void batch_read(sqlite3_stmt *st, struct batch *out)
{
	const char *state = db_text(st, 2);

	*out = (struct batch){ .id = sqlite3_column_int64(st, 0) };
	snprintf(out->kind, sizeof(out->kind), "%s", db_text(st, 1));
	/* A state that this program does not know must not send. */
	out->state = !strcmp(state, "running") ? BATCH_RUNNING :
		!strcmp(state, "stopped") ? BATCH_STOPPED : BATCH_PAUSED;
	out->confirmed_ms = sqlite3_column_int64(st, 3);
	out->agreed_ms = sqlite3_column_int64(st, 4);
	snprintf(out->message, sizeof(out->message), "%s", db_text(st, 5));
}

bool batch_read_one(struct db *db, sqlite3_stmt *st, struct batch *out, struct error *err)
{
	bool found = false;

	while (db_next(db, st)) {
		found = true;
		batch_read(st, out);
	}
	return db_ended(db, err) &&
		(found || error_set(err, ERR_NOT_FOUND, _("the journal has no such bulk action")));
}

bool batch_get(struct store *s, int64_t id, struct batch *out, struct error *err)
{
	sqlite3_stmt *st = db_use(&s->journal, sql_get);

	db_bind_int(st, 1, id);
	return batch_read_one(&s->journal, st, out, err);
}

int64_t batch_of_action(struct store *s, int64_t action_id)
{
	sqlite3_stmt *st = db_use(&s->journal, sql_of);
	int64_t batch = 0;

	db_bind_int(st, 1, action_id);
	return db_int(&s->journal, st, &batch, NULL) ? batch : 0;
}

/* ---- paused, stopped --------------------------------------------------------------------------- */

static bool change(struct store *s, int64_t id, bool pause, const char *why, int64_t now_ms, bool *changed,
	struct error *err)
{
	sqlite3_stmt *st = db_use(&s->journal, pause ? sql_pause : sql_go_on);
	struct batch b;

	db_bind_int(st, 1, id);
	if (pause)
		db_bind_text(st, 2, why ? why : "");
	else
		db_bind_int(st, 2, now_ms);
	if (!db_run(&s->journal, st, err))
		return false;
	*changed = sqlite3_changes(s->journal.handle) > 0;
	if (!batch_get(s, id, &b, err))
		return false;
	return b.state != BATCH_STOPPED || error_set(err, ERR_CONFLICT,
		_("This bulk action was stopped: what waited was taken back."));
}

bool batch_pause(struct store *s, int64_t id, bool on, const char *why, int64_t now_ms, bool *changed,
	struct error *err)
{
	*changed = false;
	return db_begin(&s->journal, err) &&
		db_end(&s->journal, change(s, id, on, why, now_ms, changed, err), err);
}

/* The ids that the statement finds; the caller frees them. */
static bool find_ids(struct db *db, sqlite3_stmt *st, int64_t **ids, size_t *n, struct error *err)
{
	size_t cap = 0;

	*ids = NULL;
	*n = 0;
	while (db_next(db, st)) {
		if (*n == cap) {
			cap = cap ? cap * 2 : 64;
			*ids = xreallocarray(*ids, cap, sizeof(**ids));
		}
		(*ids)[(*n)++] = sqlite3_column_int64(st, 0);
	}
	return db_ended(db, err);
}

static bool run_for(struct db *db, const char *sql, int64_t id, struct error *err)
{
	sqlite3_stmt *st = db_use(db, sql);

	db_bind_int(st, 1, id);
	return db_run(db, st, err);
}

static bool stop(struct store *s, int64_t id, const char *message, const char *clerk, int64_t now_ms,
	size_t *n, struct error *err)
{
	sqlite3_stmt *st = db_use(&s->journal, sql_queued);
	int64_t *ids;
	bool ok;

	db_bind_int(st, 1, id);
	ok = find_ids(&s->journal, st, &ids, n, err);
	for (size_t i = 0; ok && i < *n; i++)
		ok = journal_write_moved(s, ids[i], ACTION_QUEUED, ACTION_UNDONE, message, clerk, now_ms, err);
	free(ids);
	return ok && run_for(&s->journal, sql_stop, id, err);
}

bool batch_stop(struct store *s, int64_t id, const char *message, const char *clerk, int64_t now_ms,
	size_t *n, struct error *err)
{
	size_t taken = 0;

	if (!db_begin(&s->journal, err) ||
		!db_end(&s->journal, stop(s, id, message, clerk, now_ms, &taken, err), err))
		return false;
	if (n)
		*n = taken;
	return true;
}

/* ---- forgotten --------------------------------------------------------------------------------- */

static bool forget(struct db *db, const int64_t *ids, size_t n, struct error *err)
{
	for (size_t i = 0; i < n; i++)
		if (!run_for(db, sql_forget_items, ids[i], err) || !run_for(db, sql_forget, ids[i], err))
			return false;
	return true;
}

bool batch_purge(struct store *s, int64_t before_ms, size_t *n, struct error *err)
{
	struct db *db = &s->journal;
	int64_t *ids;
	size_t found;
	bool ok;

	*n = 0;
	do {
		sqlite3_stmt *st = db_use(db, sql_over);

		db_bind_int(st, 1, before_ms);
		db_bind_int(st, 2, PURGE_MAX);
		ok = find_ids(db, st, &ids, &found, err);
		if (ok && found)
			ok = db_begin(db, err) && db_end(db, forget(db, ids, found, err), err);
		free(ids);
		*n += ok ? found : 0;
	} while (ok && found == PURGE_MAX);
	return ok;
}
