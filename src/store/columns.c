#include "store/columns.h"

#include <string.h>

int columns_bind_order(sqlite3_stmt *st, int i, const struct order *o)
{
	if (!st)
		return i;
#define BIND_TEXT(f) sqlite3_bind_text(st, i++, o->f, -1, SQLITE_STATIC);
#define BIND_INT(f) sqlite3_bind_int64(st, i++, o->f);
#define BIND_REAL(f) sqlite3_bind_double(st, i++, o->f);
	ORDER_COLUMNS(BIND_TEXT, BIND_INT, BIND_INT, BIND_REAL)
#undef BIND_TEXT
#undef BIND_INT
	return i;
}

int columns_bind_entry(sqlite3_stmt *st, int i, const struct entry *e)
{
	if (!st)
		return i;
#define BIND_TEXT(f) sqlite3_bind_text(st, i++, e->f, -1, SQLITE_STATIC);
#define BIND_INT(f) sqlite3_bind_int64(st, i++, e->f);
	ENTRY_COLUMNS(BIND_TEXT, BIND_INT, BIND_INT)
	return i;
}

static const char *keep(sqlite3_stmt *st, int i, struct arena *arena)
{
	const unsigned char *s = sqlite3_column_text(st, i);
	int len = s ? sqlite3_column_bytes(st, i) : 0;

	return len ? arena_strndup(arena, (const char *)s, (size_t)len) : "";
}

#define READ_INT(f) to->f = sqlite3_column_int64(st, i++);
#define READ_BOOL(f) to->f = sqlite3_column_int(st, i++) != 0;
#define READ_REAL(f) to->f = sqlite3_column_double(st, i++);
#define READ_TEXT(f) to->f = keep(st, i++, arena);

struct order *columns_order(sqlite3_stmt *st, struct order_list *out)
{
	struct order *to = order_list_add(out);
	struct arena *arena = &out->arena;
	int i = 1;

	READ_INT(fetched_ms)
	READ_INT(entries_ms)
	ORDER_COLUMNS(READ_TEXT, READ_INT, READ_BOOL, READ_REAL)
	return to;
}

void columns_entry(sqlite3_stmt *st, int i, struct arena *arena, struct entry *to)
{
	ENTRY_COLUMNS(READ_TEXT, READ_INT, READ_BOOL)
	ENTRY_FACTS(READ_TEXT, READ_INT)
}

/* Multiply and fold, eight bytes at a time. Nobody gains by a collision: it would hide one change of
 * one order until the next. */
static uint64_t mix(uint64_t h, uint64_t v)
{
	h = (h ^ v) * 0x9e3779b97f4a7c15U;
	return h ^ h >> 32;
}

static uint64_t mix_text(uint64_t h, const char *s)
{
	size_t len = strlen(s);
	uint64_t v;

	h = mix(h, len);
	for (; len >= sizeof(v); len -= sizeof(v), s += sizeof(v)) {
		memcpy(&v, s, sizeof(v));
		h = mix(h, v);
	}
	v = 0;
	memcpy(&v, s, len);
	return mix(h, v);
}

static uint64_t mix_real(uint64_t h, double d)
{
	uint64_t v;

	memcpy(&v, &d, sizeof(v));
	return mix(h, v);
}

int64_t columns_digest(const struct order *o)
{
	struct order all = *o;
	uint64_t h = 1;

	all.seen_ms = all.changed_ms = all.finished_ms = 0;
#define MIX_TEXT(f) h = mix_text(h, all.f);
#define MIX_INT(f) h = mix(h, (uint64_t)all.f);
#define MIX_REAL(f) h = mix_real(h, all.f);
	ORDER_COLUMNS(MIX_TEXT, MIX_INT, MIX_INT, MIX_REAL)
	return (int64_t)h;
}
