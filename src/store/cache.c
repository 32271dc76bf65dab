/* Orders into the cache. See store.h. */
#include <string.h>

#include "store/columns.h"
#include "store/index.h"
#include "store/inner.h"
#include "store/reads.h"
#include "store/retention.h"
#include "store/words.h"

#define QUEUES_MAX 64	/* queues that one transaction can touch before their counts are written */

static const char sql_known[] =
	"SELECT s.row, s.digest, s.pass, s.fetched_ms FROM orders o CROSS JOIN seen s ON s.row = o.row"
	" WHERE o.id = ?1";
static const char sql_before[] = ORDER_SELECT ", o.text, o.goods" ORDER_FROM "WHERE o.row = ?1";
static const char sql_insert[] = "INSERT INTO orders(newest, text" ORDER_NAMES ")"
	" VALUES(?, ?" ORDER_MARKS ")";
static const char sql_update[] = "UPDATE orders SET newest = ?, text = ?" ORDER_SETS " WHERE row = ?";
static const char sql_see_first[] =
	"INSERT INTO seen(row, pass, fetched_ms, digest) VALUES(?1, ?2, ?3, ?4)";
static const char sql_see[] =
	"UPDATE seen SET pass = max(pass, ?2), fetched_ms = ?3, digest = ?4 WHERE row = ?1";
static const char sql_see_again[] = "UPDATE seen SET pass = max(pass, ?2) WHERE row = ?1";
static const char sql_count[] = "INSERT INTO counts(queue, n) VALUES(?1, ?2)"
	" ON CONFLICT(queue) DO UPDATE SET n = n + excluded.n";
static const char sql_added[] = "SELECT count(*), coalesce(sum(express <> 0), 0) FROM orders"
	" WHERE row > ?1 AND finished_ms = 0";
static const char sql_last[] = "SELECT coalesce(max(row), 0) FROM orders";

/* One transaction's work. */
struct put {
	struct store *s;
	struct db *db;
	int64_t pass;
	int64_t now_ms;
	struct store_changes done;
	size_t n;
	struct {
		const char *queue;	/* of the page or of s->known: both outlive the transaction */
		int64_t n;
	} moved[QUEUES_MAX];
};

static bool write_counts(struct put *p, struct error *err)
{
	for (size_t i = 0; i < p->n; i++) {
		sqlite3_stmt *st = db_use(p->db, sql_count);

		db_bind_text(st, 1, p->moved[i].queue);
		db_bind_int(st, 2, p->moved[i].n);
		if (p->moved[i].n && !db_run(p->db, st, err))
			return false;
	}
	p->n = 0;
	return true;
}

static bool count(struct put *p, const char *queue, int64_t n, struct error *err)
{
	size_t i = 0;

	while (i < p->n && p->moved[i].queue != queue && strcmp(p->moved[i].queue, queue) != 0)
		i++;
	if (i == QUEUES_MAX) {
		if (!write_counts(p, err))
			return false;
		i = 0;
	}
	if (i == p->n) {
		p->moved[i].queue = queue;
		p->moved[i].n = 0;
		p->n++;
	}
	p->moved[i].n += n;
	return true;
}

/* When the server was asked: a page is as old as its request. */
static int64_t asked_ms(const struct put *p, const struct order *o)
{
	return o->fetched_ms ? o->fetched_ms : p->now_ms;
}

static bool see(struct put *p, const char *sql, int64_t row, const struct order *o, int64_t digest,
	struct error *err)
{
	sqlite3_stmt *st = db_use(p->db, sql);

	db_bind_int(st, 1, row);
	db_bind_int(st, 2, p->pass);
	db_bind_int(st, 3, asked_ms(p, o));
	db_bind_int(st, 4, digest);
	return db_run(p->db, st, err);
}

static bool see_again(struct put *p, int64_t row, struct error *err)
{
	sqlite3_stmt *st = db_use(p->db, sql_see_again);

	db_bind_int(st, 1, row);
	db_bind_int(st, 2, p->pass);
	return db_run(p->db, st, err);
}

/* Folds the order's words and binds all its columns. */
static int bind_order(struct put *p, sqlite3_stmt *st, const struct order *o)
{
	buf_reset(&p->s->text);
	words_of_order(&p->s->text, o);
	db_bind_int(st, 1, -o->created_ms);
	db_bind_text(st, 2, buf_str(&p->s->text));
	return columns_bind_order(st, 3, o);
}

static bool add(struct put *p, const struct order *o, int64_t digest, struct error *err)
{
	struct order fresh = *o;
	sqlite3_stmt *st = db_use(p->db, sql_insert);

	fresh.seen_ms = p->now_ms;
	fresh.changed_ms = asked_ms(p, o);
	/* Who finished it when we were not looking is not known; it cannot have been before it began. */
	fresh.finished_ms = o->finished ? (o->created_ms > 0 ? o->created_ms : p->now_ms) : 0;
	retention_apply(p->s, &fresh, p->now_ms);
	bind_order(p, st, &fresh);
	if (!db_run(p->db, st, err) ||
		!see(p, sql_see_first, sqlite3_last_insert_rowid(p->db->handle), o, digest, err))
		return false;
	p->done.added++;
	p->done.express += o->express;
	return count(p, o->queue, 1, err);
}

/* The order as it is stored, into s->known, its text and goods into `words`, which live as long. */
static bool read_before(struct put *p, int64_t row, struct order **out, struct index_text *words,
	struct error *err)
{
	struct order_list *known = &p->s->known;
	sqlite3_stmt *st = db_use(p->db, sql_before);

	db_bind_int(st, 1, row);
	while (db_next(p->db, st)) {
		int i = sqlite3_column_count(st) - 2;

		*out = columns_order(st, known);
		words->text = arena_strdup(&known->arena, db_text(st, i));
		words->goods = arena_strdup(&known->arena, db_text(st, i + 1));
	}
	if (p->db->code == SQLITE_DONE && !*out)
		p->db->code = SQLITE_CORRUPT;	/* the index named a row that is not there */
	return db_ended(p->db, err);
}

static bool replace(struct put *p, int64_t row, const struct order *now, const struct index_text *old,
	struct error *err)
{
	sqlite3_stmt *st = db_use(p->db, sql_update);
	struct index_text words = { .goods = old->goods };

	db_bind_int(st, bind_order(p, st, now), row);
	words.text = buf_str(&p->s->text);
	return db_run(p->db, st, err) && index_change(p->db, row, old, &words, err);
}

static bool is_same(const struct order *a, const struct order *b)
{
	return order_same(a, b) && a->sort_key == b->sort_key && a->due_ms == b->due_ms &&
		a->arrived == b->arrived && a->finished_ms == b->finished_ms && !strcmp(a->queue, b->queue);
}

/* What the server said differs from what it said last; what we keep of it may still be the same. */
static bool compare(struct put *p, int64_t row, const struct order *o, struct error *err)
{
	struct order *before = NULL, now = *o;
	struct index_text words = { .text = "", .goods = "" };

	if (!read_before(p, row, &before, &words, err))
		return false;
	now.seen_ms = before->seen_ms;
	if (!*now.phone)
		now.phone = before->phone;
	if (now.finished)
		now.finished_ms = before->finished_ms ? before->finished_ms : p->now_ms;
	retention_apply(p->s, &now, p->now_ms);
	if (is_same(before, &now)) {
		p->done.unchanged++;
		return true;
	}
	p->done.changed++;
	now.changed_ms = asked_ms(p, o);
	return replace(p, row, &now, &words, err) && count(p, before->queue, -1, err) &&
		count(p, now.queue, 1, err);
}

/* What is stored of an order. */
struct stored {
	int64_t row;		/* 0: it is not */
	int64_t digest;
	int64_t pass;
	int64_t fetched_ms;
};

static bool find_stored(struct put *p, const char *id, struct stored *out, struct error *err)
{
	sqlite3_stmt *st = db_use(p->db, sql_known);

	db_bind_text(st, 1, id);
	while (db_next(p->db, st))
		*out = (struct stored){
			.row = sqlite3_column_int64(st, 0),
			.digest = sqlite3_column_int64(st, 1),
			.pass = sqlite3_column_int64(st, 2),
			.fetched_ms = sqlite3_column_int64(st, 3),
		};
	return db_ended(p->db, err);
}

/* Somebody asked later than this answer's request left, and stored what came: this is older news. What is
 * from the future was written before the clock was set back. */
static bool is_older(const struct put *p, const struct order *o, const struct stored *s)
{
	return asked_ms(p, o) < s->fetched_ms && s->fetched_ms <= p->now_ms;
}

static bool put_one(struct put *p, const struct order *o, struct error *err)
{
	int64_t digest = columns_digest(o);
	struct stored s = { .row = 0 };

	if (!find_stored(p, o->id, &s, err))
		return false;
	p->done.distinct += !s.row || s.pass < p->pass;
	if (!s.row)
		return add(p, o, digest, err);
	if (is_older(p, o, &s)) {
		p->done.unchanged++;
		return see_again(p, s.row, err);
	}
	if (digest == s.digest)
		p->done.unchanged++;
	else if (!compare(p, s.row, o, err))
		return false;
	return see(p, sql_see, s.row, o, digest, err);
}

static bool put_all(struct put *p, const struct order *orders, size_t n, struct error *err)
{
	for (size_t i = 0; i < n; i++)
		if (!put_one(p, &orders[i], err))
			return false;
	return write_counts(p, err) && (!p->done.added || index_catch_up(p->db, INDEX_BATCH, err));
}

/* `pass` 0: a look-up, which counts for no pass, since it may have been asked for before that began. */
static bool put(struct store *s, int64_t pass, const struct order *orders, size_t n, int64_t now_ms,
	struct store_changes *changes, struct error *err)
{
	struct put p = { .s = s, .db = &s->cache, .pass = pass, .now_ms = now_ms };

	order_list_reset(&s->known);
	if (!db_begin(p.db, err) || !db_end(p.db, put_all(&p, orders, n, err), err))
		return false;
	if (changes) {
		changes->added += p.done.added;
		changes->express += p.done.express;
		changes->changed += p.done.changed;
		changes->unchanged += p.done.unchanged;
		changes->distinct += p.done.distinct;
	}
	return true;
}

bool store_put_listed(struct store *s, const struct pass *pass, const struct order_list *page,
	int64_t now_ms, struct store_changes *changes, struct error *err)
{
	return put(s, pass->number, page->items, page->n, now_ms, changes, err);
}

bool store_put_order(struct store *s, const struct order *o, int64_t now_ms,
	struct store_changes *changes, struct error *err)
{
	return put(s, 0, o, 1, now_ms, changes, err);
}

bool store_order_by_id(struct store *s, const char *id, struct order_list *out, struct error *err)
{
	return read_order_by_id(&s->cache, id, out, NULL, err);
}

bool store_order_by_code(struct store *s, const char *code, struct order_list *out, struct error *err)
{
	return read_order_by_code(&s->cache, code, out, NULL, err);
}

bool store_follow(struct store *s, struct store_news *seen, bool *changed, struct store_changes *came,
	struct error *err)
{
	bool first = !seen->cache_version;
	int64_t last = seen->last_row;
	sqlite3_stmt *st;

	*changed = read_moved_on(&s->cache, &seen->cache_version);
	*changed |= read_moved_on(&s->journal, &seen->journal_version);
	*came = (struct store_changes){ 0 };
	if (!*changed)
		return true;
	if (!db_int(&s->cache, db_use(&s->cache, sql_last), &seen->last_row, err))
		return false;
	*changed = !first;
	if (first || seen->last_row == last)
		return true;
	st = db_use(&s->cache, sql_added);
	db_bind_int(st, 1, last);
	while (db_next(&s->cache, st)) {
		came->added = (size_t)sqlite3_column_int64(st, 0);
		came->express = (size_t)sqlite3_column_int64(st, 1);
	}
	return db_ended(&s->cache, err);
}
