/* What the store says beside what is true. See model.h. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "tests/crash/model.h"
#include "tests/lib/check.h"

#define WINDOW 150	/* rows that are read at a time */
#define SHOWN 12	/* differences that are told */
#define ROWS_MAX 100000
#define SEARCHED 25	/* every so many orders one that was left alone is searched for */

struct comparison {
	struct model *m;
	bool full;
	unsigned wrong;
	size_t stored;
	struct {
		const char *id;		/* the store's, static */
		size_t rows;
	} queues[16];
};

static void differ(struct comparison *c, const struct model_order *o, const char *what, const char *stored,
	const char *expected)
{
	if (c->wrong++ < SHOWN)
		check_note("order %s: %s is \"%s\" in the store and should be \"%s\"; it was%s", o->code, what,
			stored, expected, *o->story ? o->story + 1 : " left alone");
}

static void same_text(struct comparison *c, const struct model_order *o, const char *what,
	const char *stored, const char *expected)
{
	if (strcmp(stored, expected) != 0)
		differ(c, o, what, stored, expected);
}

static void same_number(struct comparison *c, const struct model_order *o, const char *what,
	int64_t stored, int64_t expected)
{
	struct arena *a = &c->m->arena;

	if (stored != expected)
		differ(c, o, what, arena_printf(a, "%" PRId64, stored), arena_printf(a, "%" PRId64, expected));
}

/* A phone is shown as it is sent in the open, and as it was before when it is not. */
static void right_phone(struct comparison *c, const struct model_order *o, const struct order *stored)
{
	bool masked = !strcmp(o->state, "ARCHIVE") || !model_phone_is_open(o->phone);

	if (!masked)
		same_text(c, o, "the phone", stored->phone, o->phone);
	else if (*stored->phone ? !strstr(o->phones, stored->phone) : *o->kept != '\0')
		differ(c, o, "the phone that was kept", stored->phone, *o->kept ? o->kept : o->phones);
}

static void first_seen_mark(struct comparison *c, const struct model_order *o, const struct order *stored)
{
	if (o->seen_ms)
		same_number(c, o, "the first-seen mark", stored->seen_ms, o->seen_ms);
	else if (stored->seen_ms < c->m->began_ms || stored->seen_ms > clock_now_ms())
		same_number(c, o, "the first-seen mark", stored->seen_ms, clock_now_ms());
}

static void compare_order(struct comparison *c, const struct model_order *o, const struct order *stored)
{
	struct model *m = c->m;
	bool kaspi = strcmp(o->mode, "pickup") != 0 && strcmp(o->mode, "own") != 0;

	same_text(c, o, "the state", stored->state, o->state);
	same_text(c, o, "the id", stored->id, o->id);
	first_seen_mark(c, o, stored);
	/* Without the archive, finished ones may be as they were. */
	if (!c->full && !strcmp(o->state, "ARCHIVE"))
		return;
	same_text(c, o, "the status", stored->status, o->status);
	same_text(c, o, "the queue", stored->queue, model_queue(o));
	same_text(c, o, "the name", stored->customer, model_name(m, o));
	right_phone(c, o, stored);
	same_number(c, o, "the total", stored->total, o->total);
	same_number(c, o, "created", stored->created_ms, o->created_ms);
	same_number(c, o, "assembled", stored->assembled, o->assembled);
	same_number(c, o, "pre-order", stored->preorder, o->preorder);
	same_number(c, o, "handed over", stored->transmitted_ms, kaspi ? o->handed_over_ms : 0);
	same_number(c, o, "the waybill", *stored->waybill != '\0', kaspi && o->waybill);
}

static void count_row(struct comparison *c, const char *queue)
{
	size_t i = 0;

	while (c->queues[i].id && strcmp(c->queues[i].id, queue) != 0)
		i++;
	if (!c->queues[i].id)
		c->queues[i].id = arena_strdup(&c->m->arena, queue);
	c->queues[i].rows++;
}

static void take_row(struct comparison *c, const struct order *stored)
{
	struct model_order *o = model_find(c->m, stored->code);

	c->stored++;
	count_row(c, stored->queue);
	if (!o)
		check_fail("seed %d: the store has order %s, which nobody made", c->m->seed, stored->code);
	compare_order(c, o, stored);
	o->known = true;
	o->seen_ms = stored->seen_ms;
	if (strcmp(o->kept, stored->phone) != 0)
		o->kept = arena_strdup(&c->m->arena, stored->phone);
}

/* All rows of the store, window by window, as the screen reads them. */
static void read_rows(struct comparison *c)
{
	struct row_list rows = ROW_LIST_INIT;
	struct row_key last = { 0 };
	struct view everything = { .queue = NULL };
	struct error err = ERROR_INIT;
	size_t got = WINDOW;

	for (bool first = true; got == WINDOW; first = false) {
		if (!reader_rows(c->m->bench->reader, &everything, first ? NULL : &last, READ_FORWARD,
			    WINDOW, &rows, &err))
			check_fail("seed %d: %s", c->m->seed, err.text);
		got = rows.orders.n;
		for (size_t i = 0; i < got; i++)
			take_row(c, &rows.orders.items[i]);
		if (got)
			last = rows.keys[got - 1];
	}
	row_list_clear(&rows);
}

/* What was left out shows in the numbers; which one it is has to be looked for. */
static void missing_ones(struct comparison *c)
{
	size_t expected = 0;

	for (size_t i = 0; i < c->m->n; i++) {
		const struct model_order *o = &c->m->items[i];
		bool listed = !o->old && (c->full || strcmp(o->state, "ARCHIVE") != 0);
		struct order_list list = ORDER_LIST_INIT;

		expected += o->known;
		if ((listed || o->known) && !reader_order_by_code(c->m->bench->reader, o->code, &list, NULL,
			    &(struct error)ERROR_INIT))
			differ(c, o, "the order", "absent", o->known ? "known" : "listed");
		order_list_clear(&list);
	}
	if (c->stored != expected)
		check_fail("seed %d: the lists show %zu orders of %zu", c->m->seed, c->stored, expected);
}

static void compare_counts(struct comparison *c)
{
	struct reader *r = c->m->bench->reader;
	const struct queue_spec *q = desk_provider("kaspi")->queues;

	for (; q->id; q++) {
		size_t i = 0, kept = reader_queue_count(r, q->id);

		while (c->queues[i].id && strcmp(c->queues[i].id, q->id) != 0)
			i++;
		if (kept != c->queues[i].rows && c->wrong++ < SHOWN)
			check_note("queue %s: %zu are counted, %zu are there", q->id, kept,
				c->queues[i].rows);
	}
}

void model_compare(struct model *m, bool full)
{
	struct comparison c = { .m = m, .full = full };

	read_rows(&c);
	missing_ones(&c);
	compare_counts(&c);
	if (c.wrong)
		check_fail("seed %d: the store differs from the server in %u places (%s); "
			"DUKEN_TEST_SEED=%d runs this alone", m->seed, c.wrong,
			full ? "everything was read" : "without the archive", m->seed);
}

/* ---- search ---------------------------------------------------------------------------------- */

static bool finds(struct model *m, const char *typed, const char *code, struct row_list *rows)
{
	struct view v = { .search = typed };
	struct error err = ERROR_INIT;

	if (!reader_rows(m->bench->reader, &v, NULL, READ_FORWARD, ROWS_MAX, rows, &err))
		check_fail("seed %d: search for \"%s\": %s", m->seed, typed, err.text);
	for (size_t i = 0; i < rows->orders.n; i++)
		if (!strcmp(rows->orders.items[i].code, code))
			return true;
	return false;
}

static void must_find(struct model *m, const char *typed, const char *code, struct row_list *rows)
{
	if (!finds(m, typed, code, rows))
		check_fail("seed %d: \"%s\" does not find order %s (%zu others); DUKEN_TEST_SEED=%d runs this "
			"alone", m->seed, typed, code, rows->orders.n, m->seed);
}

/* The last word of the name in three forms, as people type it. */
static void find_by_name(struct model *m, const struct model_order *o, struct row_list *rows)
{
	struct buf folded = BUF_INIT(BUF_MAX_LINE), latin = BUF_INIT(BUF_MAX_LINE);
	const char *name = model_name(m, o), *word = strrchr(name, ' ');

	word = word ? word + 1 : name;
	text_fold(&folded, word);
	text_fold_latin(&latin, word);
	must_find(m, word, o->code, rows);
	must_find(m, buf_str(&latin), o->code, rows);
	must_find(m, arena_strndup(&m->arena, buf_str(&folded), text_prefix(buf_str(&folded), 3)),
		o->code, rows);
	buf_clear(&folded);
	buf_clear(&latin);
}

/* A name like no other's finds its order alone; the one that was given up finds it no more. */
static void find_renamed(struct model *m, const struct model_order *o, struct row_list *rows)
{
	must_find(m, o->name, o->code, rows);
	if (rows->orders.n != 1)
		check_fail("seed %d: \"%s\" finds %zu orders", m->seed, o->name, rows->orders.n);
	/* One word alone may be a street's, too. */
	if (strchr(o->former, ' ') && finds(m, o->former, o->code, rows))
		check_fail("seed %d: \"%s\" still finds order %s", m->seed, o->former, o->code);
}

void model_search(struct model *m)
{
	struct row_list rows = ROW_LIST_INIT;

	for (size_t i = 0; i < m->n; i++) {
		const struct model_order *o = &m->items[i];

		if (!o->known || (!*o->story && i % SEARCHED))
			continue;
		must_find(m, o->code, o->code, &rows);
		if (*model_name(m, o))
			find_by_name(m, o, &rows);
		if (o->renamed)
			find_renamed(m, o, &rows);
	}
	row_list_clear(&rows);
}
