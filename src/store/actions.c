#include "store/actions.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"

static const char sql_form[] = "SELECT name, value FROM action_form WHERE action_id = ?1";
static const char sql_get[] = ACTION_SELECT "WHERE id = ?1";

static const char *keep(sqlite3_stmt *st, int i, struct action_list *out)
{
	return arena_strdup(&out->arena, db_text(st, i));
}

void actions_owner(sqlite3_stmt *st, int i, struct owner *out)
{
	out->pid = sqlite3_column_int64(st, i);
	out->start = sqlite3_column_int64(st, i + 1);
	snprintf(out->boot, sizeof(out->boot), "%s", db_text(st, i + 2));
}

struct action *actions_read(sqlite3_stmt *st, const struct owner *self, struct action_list *out)
{
	struct action *a = action_list_add(out);
	struct owner owner;

	a->id = sqlite3_column_int64(st, 0);
	a->order_id = keep(st, 1, out);
	a->code = keep(st, 2, out);
	a->kind = keep(st, 3, out);
	/* A state that this program does not know is for a person. */
	if (!action_state_parse(db_text(st, 4), &a->state))
		a->state = ACTION_ASK;
	a->message = keep(st, 5, out);
	a->clerk = keep(st, 6, out);
	a->before_state = keep(st, 7, out);
	a->before_status = keep(st, 8, out);
	a->before_assembled = sqlite3_column_int(st, 9) != 0;
	a->attempts = sqlite3_column_int(st, 10);
	a->confirmed_ms = sqlite3_column_int64(st, 11);
	a->send_after_ms = sqlite3_column_int64(st, 12);
	a->sent_ms = sqlite3_column_int64(st, 13);
	a->ended_ms = sqlite3_column_int64(st, 14);
	actions_owner(st, 15, &owner);
	a->mine = owner_same(&owner, self);
	a->orphan = action_state_open(a->state) && owner_gone(&owner, self);
	return a;
}

bool actions_read_all(struct db *db, sqlite3_stmt *st, const struct owner *self, struct action_list *out,
	struct error *err)
{
	while (db_next(db, st))
		actions_read(st, self, out);
	return db_ended(db, err);
}

bool actions_get(struct db *db, int64_t id, const struct owner *self, struct action_list *out,
	struct error *err)
{
	sqlite3_stmt *st = db_use(db, sql_get);
	size_t before = out->n;

	db_bind_int(st, 1, id);
	if (!actions_read_all(db, st, self, out, err))
		return false;
	return out->n > before || error_set(err, ERR_NOT_FOUND, _("the journal has no such action"));
}

bool actions_form(struct db *db, int64_t id, struct form *out, struct error *err)
{
	sqlite3_stmt *st = db_use(db, sql_form);
	bool sound = true;

	db_bind_int(st, 1, id);
	while (db_next(db, st)) {
		const char *name = db_text(st, 0);

		/* The file may have been edited, and a form takes no such thing. */
		sound = sound && strlen(name) < sizeof(out->fields[0].name) && out->n < FORM_MAX;
		if (sound)
			form_set(out, name, db_text(st, 1));
	}
	if (!db_ended(db, err))
		return false;
	return sound || error_set(err, ERR_STORAGE, _("the journal has a damaged action"));
}
