/* What happened at the desk besides actions: that it was locked, and who unlocked it, who typed a wrong PIN, and
 * who had the phone number of an order shown.
 *
 * Notes are rows of the journal's audit, with a hash like all of these: nobody takes one back unseen. They are kept
 * as long as the journal. */
#ifndef STORE_NOTES_H
#define STORE_NOTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "store/reader.h"
#include "store/store.h"

enum note_kind {
	NOTE_LOCKED,		/* the clerk left, or was away for too long */
	NOTE_UNLOCKED,		/* the clerk came */
	NOTE_WRONG_PIN,		/* tried for this clerk */
	NOTE_PHONE_SHOWN,	/* of the order */
	NOTE_KINDS
};

/* "locked", "phone_shown": JSON and database. */
const char *note_kind_name(enum note_kind kind);

struct note {
	enum note_kind kind;
	const char *clerk;
	const char *code;	/* of the order; "" none */
	int64_t at_ms;
};

struct note_list {
	struct arena arena;
	struct note *items;
	size_t n;
	size_t cap;
};

#define NOTE_LIST_INIT { .arena = ARENA_INIT }

void note_list_clear(struct note_list *list);

/* Durable when it returns true. `code` may be NULL. Worker's thread. */
bool notes_add(struct store *s, enum note_kind kind, const char *code, const char *clerk, int64_t now_ms,
	struct error *err);
/* Appends those since, newest first. */
bool notes_read(struct reader *r, int64_t since_ms, struct note_list *out, struct error *err);

#endif
