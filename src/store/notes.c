#include "store/notes.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/audit.h"
#include "store/inner.h"
#include "store/reader_inner.h"

#define LIMIT 1000000

static const char sql_notes[] = "SELECT event, clerk, code, at_ms FROM audit"
	" WHERE action_id = 0 AND at_ms >= ?1 ORDER BY seq DESC LIMIT ?2";

static const char *const names[NOTE_KINDS] = {
	[NOTE_LOCKED] = "locked",
	[NOTE_UNLOCKED] = "unlocked",
	[NOTE_WRONG_PIN] = "wrong_pin",
	[NOTE_PHONE_SHOWN] = "phone_shown",
};

const char *note_kind_name(enum note_kind kind)
{
	return names[kind];
}

void note_list_clear(struct note_list *list)
{
	arena_clear(&list->arena);
	free(list->items);
	*list = (struct note_list)NOTE_LIST_INIT;
}

static struct note *list_add(struct note_list *list)
{
	if (list->n == list->cap) {
		list->cap = list->cap ? 2 * list->cap : 32;
		list->items = xreallocarray(list->items, list->cap, sizeof(list->items[0]));
	}
	return &list->items[list->n++];
}

bool notes_add(struct store *s, enum note_kind kind, const char *code, const char *clerk, int64_t now_ms,
	struct error *err)
{
	return db_begin(&s->journal, err) &&
		db_end(&s->journal, audit_desk(&s->journal, names[kind], code, clerk, now_ms, err), err);
}

/* The audit has rows of other kinds too. */
static bool parse(const char *name, enum note_kind *out)
{
	for (int kind = 0; kind < NOTE_KINDS; kind++) {
		if (strcmp(names[kind], name) == 0) {
			*out = (enum note_kind)kind;
			return true;
		}
	}
	return false;
}

bool notes_read(struct reader *r, int64_t since_ms, struct note_list *out, struct error *err)
{
	sqlite3_stmt *st = db_use(&r->journal, sql_notes);
	enum note_kind kind;

	db_bind_int(st, 1, since_ms);
	db_bind_int(st, 2, LIMIT);
	while (db_next(&r->journal, st)) {
		if (!parse(db_text(st, 0), &kind))
			continue;
		*list_add(out) = (struct note){ .kind = kind, .clerk = arena_strdup(&out->arena, db_text(st, 1)),
			.code = arena_strdup(&out->arena, db_text(st, 2)), .at_ms = sqlite3_column_int64(st, 3) };
	}
	return db_ended(&r->journal, err);
}
