#include "store/journal.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "store/actions.h"
#include "store/audit.h"
#include "store/inner.h"
#include "store/journal_inner.h"

#define OF_A_HELD_BATCH "EXISTS(SELECT 1 FROM batch_item i JOIN batch b ON b.id = i.batch_id" \
	" WHERE i.action_id = ?1 AND i.action_id > 0 AND b.state <> 'running')"

static const char sql_who[] = "SELECT clerk, state FROM action"
	" WHERE order_id = ?1 AND kind = ?2 AND " ACTION_IS_OPEN;
static const char sql_insert[] = "INSERT INTO action(order_id, code, kind, state, message, clerk,"
	" before_state, before_status, before_assembled, attempts, confirmed_ms, send_after_ms, sent_ms,"
	" ended_ms, owner_pid, owner_start, owner_boot, salt)"
	" VALUES(?1, ?2, ?3, 'queued', '', ?4, ?5, ?6, ?7, 0, ?8, ?9, 0, 0, ?10, ?11, ?12, randomblob(16))";
static const char sql_insert_value[] = "INSERT INTO action_form(action_id, name, value)"
	" VALUES(?1, ?2, ?3)";
static const char sql_sending[] = "UPDATE action SET state = 'sending', attempts = attempts + 1,"
	" sent_ms = ?2 WHERE id = ?1 AND state = 'queued'"
	" AND owner_pid = ?3 AND owner_start = ?4 AND owner_boot = ?5 AND NOT " OF_A_HELD_BATCH;
static const char sql_move[] = "UPDATE action SET state = ?3, message = ?4, ended_ms = ?5,"
	/* Back from sending to queued: no byte left, so that attempt was none. */
	" attempts = attempts - (state = 'sending' AND ?3 = 'queued')"
	" WHERE id = ?1 AND state = ?2";
static const char sql_state[] = "SELECT state, state = 'queued' AND " OF_A_HELD_BATCH
	" FROM action WHERE id = ?1";
static const char sql_owners[] = "SELECT id, owner_pid, owner_start, owner_boot FROM action"
	" WHERE " ACTION_IS_OPEN;
static const char sql_adopt[] = "UPDATE action SET owner_pid = ?2, owner_start = ?3, owner_boot = ?4,"
	" state = CASE state WHEN 'sending' THEN 'unknown' ELSE state END WHERE id = ?1";
static const char sql_open[] = ACTION_SELECT "WHERE " ACTION_IS_OPEN " ORDER BY +id";
static const char sql_done[] = "SELECT EXISTS(SELECT 1 FROM action"
	" WHERE order_id = ?1 AND kind = ?2 AND state = 'done')";
static const char sql_sent[] = "SELECT EXISTS(SELECT 1 FROM action WHERE order_id = ?1 AND id <> ?2"
	" AND attempts > 0 AND (ended_ms = 0 OR ended_ms >= ?3))";

static const bool allowed[ACTION_STATES][ACTION_STATES] = {
	[ACTION_QUEUED] = { [ACTION_CONFLICT] = true, [ACTION_UNDONE] = true, [ACTION_ASK] = true,
		[ACTION_UNKNOWN] = true },
	[ACTION_SENDING] = { [ACTION_DONE] = true, [ACTION_REFUSED] = true, [ACTION_UNKNOWN] = true,
		[ACTION_QUEUED] = true },
	[ACTION_UNKNOWN] = { [ACTION_DONE] = true, [ACTION_REFUSED] = true, [ACTION_ASK] = true,
		[ACTION_QUEUED] = true },
	[ACTION_ASK] = { [ACTION_DONE] = true, [ACTION_REFUSED] = true },
};

static const char *const labels[ACTION_STATES] = {
	[ACTION_QUEUED] = N_("queued"),
	[ACTION_SENDING] = N_("being sent"),
	[ACTION_DONE] = N_("done"),
	[ACTION_REFUSED] = N_("refused"),
	[ACTION_CONFLICT] = N_("not sent, since the order had changed"),
	[ACTION_UNDONE] = N_("taken back"),
	[ACTION_UNKNOWN] = N_("sent, outcome not seen yet"),
	[ACTION_ASK] = N_("waiting for a person's decision"),
};

static const char *label_of(const char *state)
{
	enum action_state parsed;

	return action_state_parse(state, &parsed) ? _(labels[parsed]) : state;
}

static void bind_owner(sqlite3_stmt *st, int i, const struct owner *o)
{
	db_bind_int(st, i, o->pid);
	db_bind_int(st, i + 1, o->start);
	db_bind_text(st, i + 2, o->boot);
}

/* Fails with CONFLICT when an action of that kind is open for the order. */
static bool nobody_else(struct db *db, const struct order *o, const char *kind, struct error *err)
{
	sqlite3_stmt *st = db_use(db, sql_who);
	bool found = false;

	db_bind_text(st, 1, o->id);
	db_bind_text(st, 2, kind);
	while (db_next(db, st)) {
		found = true;
		/* TRANSLATORS: order number, clerk's name, "queued" or "being sent" */
		error_set(err, ERR_CONFLICT,
			_("the same action for order %s was already confirmed by %s and is %s"), o->code,
			db_text(st, 0), label_of(db_text(st, 1)));
	}
	return !found && db_ended(db, err);
}

static bool write_form(struct db *db, int64_t id, const struct form *form, const char *secret,
	struct error *err)
{
	for (size_t i = 0; form && i < form->n; i++) {
		sqlite3_stmt *st;

		if (!form->fields[i].value || (secret && !strcmp(form->fields[i].name, secret)))
			continue;
		st = db_use(db, sql_insert_value);
		db_bind_int(st, 1, id);
		db_bind_text(st, 2, form->fields[i].name);
		db_bind_text(st, 3, form->fields[i].value);
		if (!db_run(db, st, err))
			return false;
	}
	return true;
}

static bool write_action(struct store *s, const struct order *o, const char *kind, const char *clerk,
	int64_t now_ms, int64_t send_after_ms, int64_t *id, struct error *err)
{
	sqlite3_stmt *st = db_use(&s->journal, sql_insert);

	db_bind_text(st, 1, o->id);
	db_bind_text(st, 2, o->code);
	db_bind_text(st, 3, kind);
	db_bind_text(st, 4, clerk ? clerk : "");
	db_bind_text(st, 5, o->state);
	db_bind_text(st, 6, o->status);
	db_bind_int(st, 7, o->assembled);
	db_bind_int(st, 8, now_ms);
	db_bind_int(st, 9, send_after_ms);
	bind_owner(st, 10, &s->self);
	if (!db_run(&s->journal, st, err))
		return false;
	*id = sqlite3_last_insert_rowid(s->journal.handle);
	return true;
}

bool journal_write_added(struct store *s, const struct order *o, const char *kind, const struct form *form,
	const char *secret, const char *clerk, int64_t now_ms, int64_t send_after_ms, int64_t *id,
	struct error *err)
{
	return nobody_else(&s->journal, o, kind, err) &&
		write_action(s, o, kind, clerk, now_ms, send_after_ms, id, err) &&
		write_form(&s->journal, *id, form, secret, err) &&
		audit_step(&s->journal, AUDIT_ADDED, *id, clerk, now_ms, err);
}

bool journal_add(struct store *s, const struct order *o, const char *kind, const struct form *form,
	const char *secret, const char *clerk, int64_t now_ms, int64_t send_after_ms, int64_t *id,
	struct error *err)
{
	return db_begin(&s->journal, err) && db_end(&s->journal, journal_write_added(s, o, kind, form, secret,
		clerk, now_ms, send_after_ms, id, err), err);
}

/* Why a compare-and-swap changed nothing; always false. */
static bool lost(struct db *db, int64_t id, struct error *err)
{
	sqlite3_stmt *st = db_use(db, sql_state);
	bool found = false;

	db_bind_int(st, 1, id);
	while (db_next(db, st)) {
		found = true;
		if (sqlite3_column_int(st, 1))
			error_set(err, ERR_CANCELLED, _("the bulk action that it belongs to is paused"));
		else
			/* TRANSLATORS: "done", "taken back", ... */
			error_set(err, ERR_CONFLICT, _("somebody was faster: this action is %s"),
				label_of(db_text(st, 0)));
	}
	if (!db_ended(db, err) || found)
		return false;
	return error_set(err, ERR_NOT_FOUND, _("the journal has no such action"));
}

/* Runs an UPDATE that must change its one row. */
static bool swap(struct db *db, sqlite3_stmt *st, int64_t id, struct error *err)
{
	return db_run(db, st, err) && (sqlite3_changes(db->handle) == 1 || lost(db, id, err));
}

static bool sending(struct store *s, int64_t id, int64_t now_ms, struct error *err)
{
	sqlite3_stmt *st = db_use(&s->journal, sql_sending);

	db_bind_int(st, 1, id);
	db_bind_int(st, 2, now_ms);
	bind_owner(st, 3, &s->self);
	return swap(&s->journal, st, id, err);
}

bool journal_sending(struct store *s, int64_t id, const char *clerk, int64_t now_ms, struct error *err)
{
	return db_begin(&s->journal, err) &&
		db_end(&s->journal, sending(s, id, now_ms, err) &&
			audit_step(&s->journal, AUDIT_MOVED, id, clerk, now_ms, err), err);
}

static bool move(struct db *db, int64_t id, enum action_state from, enum action_state to,
	const char *message, int64_t now_ms, struct error *err)
{
	sqlite3_stmt *st = db_use(db, sql_move);

	db_bind_int(st, 1, id);
	db_bind_text(st, 2, action_state_name(from));
	db_bind_text(st, 3, action_state_name(to));
	db_bind_text(st, 4, message ? message : "");
	db_bind_int(st, 5, action_state_open(to) ? 0 : now_ms);
	return swap(db, st, id, err);
}

bool journal_write_moved(struct store *s, int64_t id, enum action_state from, enum action_state to,
	const char *message, const char *clerk, int64_t now_ms, struct error *err)
{
	return move(&s->journal, id, from, to, message, now_ms, err) && audit_step(&s->journal,
		from == ACTION_ASK ? AUDIT_SETTLED : AUDIT_MOVED, id, clerk, now_ms, err);
}

bool journal_move(struct store *s, int64_t id, enum action_state from, enum action_state to,
	const char *message, const char *clerk, int64_t now_ms, struct error *err)
{
	if (from >= ACTION_STATES || to >= ACTION_STATES || !allowed[from][to])
		return error_set(err, ERR_CONFLICT, _("an action that is %s cannot become one that is %s"),
			from < ACTION_STATES ? _(labels[from]) : "?",
			to < ACTION_STATES ? _(labels[to]) : "?");
	return db_begin(&s->journal, err) &&
		db_end(&s->journal, journal_write_moved(s, id, from, to, message, clerk, now_ms, err), err);
}

/* The ids of open actions whose process is gone. */
static bool find_orphans(struct store *s, int64_t **ids, size_t *n, struct error *err)
{
	sqlite3_stmt *st = db_use(&s->journal, sql_owners);
	size_t cap = 0;
	struct owner owner;

	while (db_next(&s->journal, st)) {
		actions_owner(st, 1, &owner);
		if (!owner_gone(&owner, &s->self))
			continue;
		if (*n == cap) {
			cap = cap ? cap * 2 : 16;
			*ids = xreallocarray(*ids, cap, sizeof(**ids));
		}
		(*ids)[(*n)++] = sqlite3_column_int64(st, 0);
	}
	return db_ended(&s->journal, err);
}

static bool adopt(struct store *s, const char *clerk, int64_t now_ms, size_t *n, struct error *err)
{
	int64_t *ids = NULL;
	bool ok = find_orphans(s, &ids, n, err);

	for (size_t i = 0; ok && i < *n; i++) {
		sqlite3_stmt *st = db_use(&s->journal, sql_adopt);

		db_bind_int(st, 1, ids[i]);
		bind_owner(st, 2, &s->self);
		ok = db_run(&s->journal, st, err) &&
			audit_step(&s->journal, AUDIT_ADOPTED, ids[i], clerk, now_ms, err);
	}
	free(ids);
	return ok;
}

bool journal_adopt(struct store *s, const char *clerk, int64_t now_ms, size_t *n, struct error *err)
{
	size_t found = 0;

	if (!db_begin(&s->journal, err) || !db_end(&s->journal, adopt(s, clerk, now_ms, &found, err), err))
		return false;
	if (n)
		*n = found;
	return true;
}

bool journal_open(struct store *s, struct action_list *out, struct error *err)
{
	return actions_read_all(&s->journal, db_use(&s->journal, sql_open), &s->self, out, err);
}

bool journal_get(struct store *s, int64_t id, struct action_list *out, struct error *err)
{
	return actions_get(&s->journal, id, &s->self, out, err);
}

bool journal_form(struct store *s, int64_t id, struct form *out, struct error *err)
{
	return actions_form(&s->journal, id, out, err);
}

bool journal_was_done(struct store *s, const char *order_id, const char *kind)
{
	sqlite3_stmt *st = db_use(&s->journal, sql_done);
	int64_t done = 0;

	db_bind_text(st, 1, order_id);
	db_bind_text(st, 2, kind);
	return db_int(&s->journal, st, &done, NULL) && done;
}

bool journal_others_sent(struct store *s, const char *order_id, int64_t id, int64_t since_ms)
{
	sqlite3_stmt *st = db_use(&s->journal, sql_sent);
	int64_t sent = 0;

	db_bind_text(st, 1, order_id);
	db_bind_int(st, 2, id);
	db_bind_int(st, 3, since_ms);
	return !db_int(&s->journal, st, &sent, NULL) || sent;
}
