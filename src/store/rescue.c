#include "store/rescue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/text.h"
#include "store/actions.h"
#include "store/audit.h"
#include "store/files.h"
#include "store/schema.h"

/* Damage hides what lies behind it: so from the index, from the newest on and from the oldest on. */
static const char sql_open_ids[] = "SELECT id FROM action INDEXED BY action_open WHERE " ACTION_IS_OPEN;
static const char sql_one[] = ACTION_SELECT "WHERE id = ?1 AND " ACTION_IS_OPEN;
static const char sql_newest[] = ACTION_SELECT "NOT INDEXED WHERE " ACTION_IS_OPEN " ORDER BY id DESC";
static const char sql_oldest[] = ACTION_SELECT "NOT INDEXED WHERE " ACTION_IS_OPEN " ORDER BY id";
static const char sql_form[] = "SELECT name, value FROM action_form WHERE action_id = ?1";
static const char sql_insert[] = "INSERT OR IGNORE INTO action(id, order_id, code, kind, state, message,"
	" clerk, before_state, before_status, before_assembled, attempts, confirmed_ms, send_after_ms,"
	" sent_ms, ended_ms, owner_pid, owner_start, owner_boot, salt) VALUES(nullif(?1, 0), ?2, ?3, ?4,"
	" 'ask', ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 0, ?14, ?15, ?16, randomblob(16))";
static const char sql_insert_value[] = "INSERT OR IGNORE INTO action_form(action_id, name, value)"
	" VALUES(?1, ?2, ?3)";
static const char sql_begun[] = "SELECT EXISTS(SELECT 1 FROM audit WHERE event = 'begun' AND note = ?1)";
static const char sql_carried[] = "SELECT count(*) FROM audit WHERE event = 'carried'";

/* ---- the mark ---------------------------------------------------------------------------------- */

static char *mark_of(const char *path)
{
	return xasprintf("%s.suspect", path);
}

bool rescue_suspected(const char *path)
{
	char *mark = mark_of(path);
	bool found = access(mark, F_OK) == 0;

	free(mark);
	return found;
}

void rescue_forget(const char *path)
{
	char *mark = mark_of(path);

	unlink(mark);
	free(mark);
}

/* The path that the damaged file gets or has got; NULL when nobody began. */
static char *copy_under_way(const char *path)
{
	char *mark = mark_of(path), *copy = NULL;
	struct buf name = BUF_INIT(BUF_MAX_LINE);
	const char *slash = strrchr(path, '/');

	if (access(mark, F_OK) == 0 && file_read(mark, &name, NULL) && name.len &&
		!strchr(buf_str(&name), '/'))
		copy = xasprintf("%.*s%s", slash ? (int)(slash + 1 - path) : 0, path, buf_str(&name));
	buf_clear(&name);
	free(mark);
	return copy;
}

bool rescue_under_way(const char *path)
{
	char *copy = copy_under_way(path);
	bool begun = copy != NULL;

	free(copy);
	return begun;
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* Decides the name and writes it down. */
static char *begin(const char *path, struct error *err)
{
	char *copy = files_damaged_name(path, err), *mark = mark_of(path);

	if (copy && !file_write_atomic(mark, base_name(copy), strlen(base_name(copy)), err)) {
		free(copy);
		copy = NULL;
	}
	free(mark);
	return copy;
}

/* ---- what can still be read -------------------------------------------------------------------- */

static const char *clean(struct action_list *list, const char *s)
{
	return text_clean(&list->arena, s, strlen(s), TEXT_MAX_FIELD, TEXT_LINE);
}

/* Takes the row that st stands on unless it is there, or cannot be anything that duken wrote. */
static void take(sqlite3_stmt *st, const struct owner *self, struct action_list *out)
{
	struct action *a = actions_read(st, self, out);
	bool known = a->id <= 0 || !*a->order_id || !*a->kind;

	for (size_t i = 0; i + 1 < out->n; i++)
		known = known || out->items[i].id == a->id;
	if (known) {
		out->n--;
		return;
	}
	a->order_id = clean(out, a->order_id);
	a->code = clean(out, a->code);
	a->kind = clean(out, a->kind);
	a->clerk = clean(out, a->clerk);
	a->before_state = clean(out, a->before_state);
	a->before_status = clean(out, a->before_status);
}

/* Until the end, or until the damage. */
static void take_all(struct db *old, sqlite3_stmt *st, const struct owner *self, struct action_list *out)
{
	while (db_next(old, st))
		take(st, self, out);
}

static void take_by_index(struct db *old, const struct owner *self, struct action_list *out)
{
	sqlite3_stmt *ids = db_use(old, sql_open_ids);

	while (db_next(old, ids)) {
		sqlite3_stmt *st = db_use(old, sql_one);

		db_bind_int(st, 1, sqlite3_column_int64(ids, 0));
		take_all(old, st, self, out);
	}
}

static void read_old(struct db *old, const struct owner *self, struct action_list *out)
{
	take_by_index(old, self, out);
	take_all(old, db_use(old, sql_newest), self, out);
	take_all(old, db_use(old, sql_oldest), self, out);
}

/* ---- the new journal --------------------------------------------------------------------------- */

static bool insert(struct db *db, const struct action *a, const struct owner *self, struct error *err)
{
	sqlite3_stmt *st = db_use(db, sql_insert);

	db_bind_int(st, 1, a->id);
	db_bind_text(st, 2, a->order_id);
	db_bind_text(st, 3, a->code);
	db_bind_text(st, 4, a->kind);
	db_bind_text(st, 5, _("The journal was damaged while this was open; nobody knows what became of it: "
		"please check."));
	db_bind_text(st, 6, a->clerk);
	db_bind_text(st, 7, a->before_state);
	db_bind_text(st, 8, a->before_status);
	db_bind_int(st, 9, a->before_assembled);
	db_bind_int(st, 10, a->attempts);
	db_bind_int(st, 11, a->confirmed_ms);
	db_bind_int(st, 12, a->send_after_ms);
	db_bind_int(st, 13, a->sent_ms);
	db_bind_int(st, 14, self->pid);
	db_bind_int(st, 15, self->start);
	db_bind_text(st, 16, self->boot);
	return db_run(db, st, err);
}

static bool carry_form(struct db *db, struct db *old, int64_t id, struct error *err)
{
	sqlite3_stmt *from = db_use(old, sql_form), *to;
	bool ok = true;

	db_bind_int(from, 1, id);
	while (ok && db_next(old, from)) {
		to = db_use(db, sql_insert_value);
		db_bind_int(to, 1, id);
		db_bind_text(to, 2, db_text(from, 0));
		db_bind_text(to, 3, db_text(from, 1));
		ok = db_run(db, to, err);
	}
	if (from)
		sqlite3_reset(from);
	return ok;
}

static bool carry_over(struct db *db, struct db *old, const struct action_list *list,
	const struct owner *self, int64_t now_ms, struct error *err)
{
	for (size_t i = list->n; i-- > 0;) {
		int64_t id = list->items[i].id;

		if (!insert(db, &list->items[i], self, err))
			return false;
		if (sqlite3_changes(db->handle) == 0)
			continue;
		if (!carry_form(db, old, id, err) ||
			!audit_step(db, AUDIT_CARRIED, id, NULL, now_ms, err))
			return false;
	}
	return true;
}

/* All of it in one transaction: the new journal says what it is and holds what came over, or nothing. */
static bool fill(struct db *db, struct db *old, const char *copy, const struct owner *self, struct error *err)
{
	struct action_list list = ACTION_LIST_INIT;
	sqlite3_stmt *st = db_use(db, sql_begun);
	int64_t now_ms = clock_now_ms(), begun = 0;
	bool ok;

	db_bind_text(st, 1, base_name(copy));
	if (!db_int(db, st, &begun, err))
		return false;
	if (begun)
		return true;
	read_old(old, self, &list);
	ok = db_begin(db, err) && db_end(db, audit_begun(db, base_name(copy), now_ms, err) &&
		carry_over(db, old, &list, self, now_ms, err), err);
	action_list_clear(&list);
	return ok;
}

/* Nothing may be said of the old file through db_failed(), which would leave a mark beside it. */
static bool begin_anew(struct db *db, const char *path, const char *copy, const struct owner *self,
	struct error *err)
{
	char *shared = xasprintf("%s-shm", copy), *log = xasprintf("%s-wal", copy);
	struct db old = { .handle = NULL };
	bool ok;

	db_open(&old, copy, DB_READ_JOURNAL, NULL);
	ok = files_private(path, err) && db_open(db, path, DB_JOURNAL, err) && schema_update(db, true, err) &&
		fill(db, &old, copy, self, err);
	db_close(&old);
	rescue_forget(copy);
	unlink(shared);
	if (!files_unclean(copy))
		unlink(log);	/* which reading made */
	free(shared);
	free(log);
	return ok;
}

static void tell(struct db *db, const char *copy, struct store_report *report)
{
	int64_t n = 0;

	db_int(db, db_use(db, sql_carried), &n, NULL);
	report->journal_set_aside = true;
	report->carried_over = (size_t)n;
	snprintf(report->journal_copy, sizeof(report->journal_copy), "%s", copy);
}

bool rescue_journal(struct db *db, const char *path, const struct owner *self, struct store_report *report,
	struct error *err)
{
	char *copy = copy_under_way(path);
	bool ok;

	if (!copy)
		copy = begin(path, err);
	/* Renamed already: what lies under the old name is the new one. */
	ok = copy && (access(copy, F_OK) == 0 || files_move_aside(path, copy, err)) &&
		begin_anew(db, path, copy, self, err);
	if (ok)
		tell(db, copy, report);
	free(copy);
	return ok;
}
