#include "store/lease.h"

#include <stdio.h>

#include "store/actions.h"
#include "store/inner.h"

static const char sql_who[] = "SELECT pid, start, boot, beat FROM poller";
static const char sql_take[] = "INSERT OR REPLACE INTO poller(one, pid, start, boot, beat)"
	" VALUES(1, ?1, ?2, ?3, ?4)";
static const char sql_beat[] = "UPDATE poller SET beat = ?1";
static const char sql_drop[] = "DELETE FROM poller WHERE pid = ?1 AND start = ?2 AND boot = ?3";
static const char sql_say[] = "UPDATE poller SET link = ?1, until_ms = ?2, error = ?3, sentence = ?4"
	" WHERE pid = ?5 AND start = ?6 AND boot = ?7";
static const char sql_news[] = "SELECT link, until_ms, error, sentence FROM poller";
static const char sql_wait[] = "UPDATE meta SET value = max(?1, iif(value > ?2, 0, value))"
	" WHERE name = 'wait_until'";
static const char sql_wait_until[] = "SELECT value FROM meta WHERE name = 'wait_until'";

/* Who has the lease now; found is false when nobody does. */
struct holder {
	bool found;
	struct owner owner;
	int64_t beat;
};

static bool read_holder(struct db *db, struct holder *h, struct error *err)
{
	sqlite3_stmt *st = db_use(db, sql_who);

	*h = (struct holder){ .found = false };
	while (db_next(db, st)) {
		h->found = true;
		actions_owner(st, 0, &h->owner);
		h->beat = sqlite3_column_int64(st, 3);
	}
	return db_ended(db, err);
}

static void bind_self(sqlite3_stmt *st, int i, const struct owner *self)
{
	db_bind_int(st, i, self->pid);
	db_bind_int(st, i + 1, self->start);
	db_bind_text(st, i + 2, self->boot);
}

/* Whether this process may have the lease that `h` has, or has it. */
static bool is_free(const struct store *s, struct lease *l, const struct holder *h, int64_t mono_ms,
	int64_t patience_ms)
{
	if (!h->found || owner_same(&h->owner, &s->self) || owner_gone(&h->owner, &s->self))
		return true;
	if (h->beat != l->beat || !l->beat_at_ms) {
		l->beat = h->beat;
		l->beat_at_ms = mono_ms;
	}
	return mono_ms - l->beat_at_ms >= patience_ms;
}

static bool take(struct store *s, const struct holder *h, struct error *err)
{
	bool kept = h->found && owner_same(&h->owner, &s->self);
	sqlite3_stmt *st = db_use(&s->cache, kept ? sql_beat : sql_take);

	if (kept) {
		db_bind_int(st, 1, h->beat + 1);
	} else {
		bind_self(st, 1, &s->self);
		db_bind_int(st, 4, h->beat + 1);
	}
	return db_run(&s->cache, st, err);
}

/* Two may have found it free: the second one finds the first inside the transaction. */
static bool take_if_free(struct store *s, struct lease *l, int64_t mono_ms, int64_t patience_ms,
	struct error *err)
{
	struct holder h;

	if (!read_holder(&s->cache, &h, err))
		return false;
	l->mine = is_free(s, l, &h, mono_ms, patience_ms);
	return !l->mine || take(s, &h, err);
}

bool lease_beat(struct store *s, struct lease *l, int64_t mono_ms, int64_t patience_ms, struct error *err)
{
	struct holder h;

	l->mine = false;
	if (!read_holder(&s->cache, &h, err))
		return false;
	if (!is_free(s, l, &h, mono_ms, patience_ms))
		return true;
	if (db_begin(&s->cache, err) &&
		db_end(&s->cache, take_if_free(s, l, mono_ms, patience_ms, err), err))
		return true;
	l->mine = false;
	return false;
}

bool lease_drop(struct store *s, struct lease *l, struct error *err)
{
	sqlite3_stmt *st;

	if (!l->mine)
		return true;
	*l = (struct lease)LEASE_INIT;
	st = db_use(&s->cache, sql_drop);
	bind_self(st, 1, &s->self);
	return db_run(&s->cache, st, err);
}

bool lease_say(struct store *s, const struct lease *l, const struct lease_news *news, struct error *err)
{
	sqlite3_stmt *st;

	if (!l->mine)
		return true;
	st = db_use(&s->cache, sql_say);
	db_bind_int(st, 1, news->link);
	db_bind_int(st, 2, news->until_ms);
	db_bind_int(st, 3, news->error.code);
	db_bind_text(st, 4, news->error.text);
	bind_self(st, 5, &s->self);
	return db_run(&s->cache, st, err);
}

bool lease_news(struct store *s, struct lease_news *out, struct error *err)
{
	sqlite3_stmt *st = db_use(&s->cache, sql_news);

	*out = (struct lease_news){ .link = 0 };
	while (db_next(&s->cache, st)) {
		out->link = sqlite3_column_int(st, 0);
		out->until_ms = sqlite3_column_int64(st, 1);
		out->error.code = (enum error_code)sqlite3_column_int(st, 2);
		snprintf(out->error.text, sizeof(out->error.text), "%s", db_text(st, 3));
	}
	return db_ended(&s->cache, err);
}

bool lease_wait(struct store *s, int64_t now_ms, int64_t wait_ms, struct error *err)
{
	sqlite3_stmt *st = db_use(&s->cache, sql_wait);

	if (wait_ms > LEASE_WAIT_MAX_MS)
		wait_ms = LEASE_WAIT_MAX_MS;
	db_bind_int(st, 1, now_ms + wait_ms);
	db_bind_int(st, 2, now_ms + LEASE_WAIT_MAX_MS);
	return db_run(&s->cache, st, err);
}

int64_t lease_wait_left(struct store *s, int64_t now_ms)
{
	int64_t until_ms = 0, left;

	db_int(&s->cache, db_use(&s->cache, sql_wait_until), &until_ms, NULL);
	left = until_ms - now_ms;
	return left > 0 && left <= LEASE_WAIT_MAX_MS ? left : 0;
}
