#include "order/report.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/money.h"

static void sum_add(struct report_sum *sum, int64_t total)
{
	sum->orders++;
	if (total > 0)
		sum->total = number_plus(sum->total, total);
}

/* A letter that does not fit is left out whole. */
static void cut(const char *name, char out[REPORT_NAME_CAP])
{
	size_t len = strlen(name);

	if (len >= REPORT_NAME_CAP)
		for (len = REPORT_NAME_CAP - 1; len && ((unsigned char)name[len] & 0xc0) == 0x80; len--)
			;
	memcpy(out, name, len);
	out[len] = '\0';
}

static void group_add(struct report_group *g, const char *name, int64_t total)
{
	char key[REPORT_NAME_CAP];
	size_t i;

	cut(name, key);
	for (i = 0; i < g->n && strcmp(g->lines[i].name, key) != 0; i++)
		;
	if (i == REPORT_NAMES_MAX) {
		sum_add(&g->others, total);
		return;
	}
	if (i == g->n) {
		g->lines[g->n++] = (struct report_line){ .sum = { 0, 0 } };
		memcpy(g->lines[i].name, key, sizeof(key));
	}
	sum_add(&g->lines[i].sum, total);
}

static void slot_add(struct report *r, const struct order *o)
{
	size_t i = r->n_slots;

	while (i > 1 && r->slots[i - 1].from_ms > o->created_ms)
		i--;
	if (i)
		sum_add(&r->slots[i - 1].sold, o->total);
}

/* Two clocks that disagree may have it happen before the order was made. */
static void time_add(struct report_times *t, int64_t created_ms, int64_t ms)
{
	if (!ms || ms < created_ms || t->n == REPORT_TIMES_MAX)
		return;
	if (t->n == t->cap) {
		t->cap = t->cap ? t->cap * 2 : 64;
		t->ms = xreallocarray(t->ms, t->cap, sizeof(*t->ms));
	}
	t->ms[t->n++] = ms - created_ms;
}

static void hand_over_add(struct report *r, const struct order *o)
{
	time_add(&r->to_handed_over, o->created_ms, o->transmitted_ms);
	if (!o->transmitted_ms || !o->transmission_planned_ms)
		return;
	r->handed_over++;
	if (o->transmitted_ms > o->transmission_planned_ms)
		r->late++;
}

int report_days(enum report_period period)
{
	return period == REPORT_DAY ? 1 : period == REPORT_WEEK ? 7 : 30;
}

void report_begin(struct report *r, enum report_period period, int64_t now_ms)
{
	int days = report_days(period);
	int64_t at;

	report_clear(r);
	r->period = period;
	r->from_ms = time_on_day(now_ms, 1 - days, 0);
	r->to_ms = time_on_day(now_ms, 1, 0);
	/* Summer time makes a day of 23 or 25 hours, so hours are counted from its start and days by the zone. */
	for (at = r->from_ms; at < r->to_ms && r->n_slots < REPORT_SLOTS_MAX;) {
		r->slots[r->n_slots++].from_ms = at;
		at = period == REPORT_DAY ? at + CLOCK_HOUR_MS : time_on_day(r->from_ms, (int)r->n_slots, 0);
	}
}

static void lost_add(struct report *r, const struct provider *p, const struct order *o)
{
	sum_add(&r->lost, o->total);
	group_add(&r->reasons, o->cancel_reason, o->total);
	r->by_fault[p->fault(o->cancel_reason)]++;
}

static void sold_add(struct report *r, const struct provider *p, const struct order *o,
	const struct report_around *around)
{
	sum_add(&r->sold, o->total);
	if (!around->accepted_ms && p->accepted(o))
		r->accepted_elsewhere++;
	if (around->entries)
		report_goods_add(&r->goods, around->entries);
	else
		r->goods_unknown++;
	slot_add(r, o);
	group_add(&r->delivery, o->delivery_mode, o->total);
	group_add(&r->warehouses, *o->origin ? o->origin : o->pickup_point, o->total);
}

void report_add(struct report *r, const struct provider *p, const struct order *o,
	const struct report_around *around)
{
	static const struct report_around nothing = { .entries = NULL };

	if (o->created_ms < r->from_ms || o->created_ms >= r->to_ms)
		return;
	if (!around)
		around = &nothing;
	group_add(&r->queues, o->queue, o->total);
	time_add(&r->to_accepted, o->created_ms, around->accepted_ms);
	time_add(&r->to_handed_out, o->created_ms, around->handed_out_ms);
	hand_over_add(r, o);
	if (p->sold(o))
		sold_add(r, p, o, around);
	else
		lost_add(r, p, o);
}

/* ---- what clerks did ------------------------------------------------------------------------- */

static struct report_clerk *clerk_of(struct report *r, const char *name)
{
	char key[REPORT_NAME_CAP];
	size_t i;

	cut(name, key);
	for (i = 0; i < r->n_clerks && strcmp(r->clerks[i].name, key) != 0; i++)
		;
	if (i == REPORT_NAMES_MAX)
		return NULL;
	if (i == r->n_clerks) {
		r->clerks[i] = (struct report_clerk){ .done = 0 };
		memcpy(r->clerks[r->n_clerks++].name, key, sizeof(key));
	}
	return &r->clerks[i];
}

static void kind_add(struct report_clerk *c, const char *kind, int64_t n)
{
	size_t i;

	for (i = 0; i < c->n_kinds && strcmp(c->kinds[i].name, kind) != 0; i++)
		;
	if (i == REPORT_KINDS_MAX || strlen(kind) >= REPORT_KIND_CAP)
		return;
	if (i == c->n_kinds)
		memcpy(c->kinds[c->n_kinds++].name, kind, strlen(kind) + 1);
	c->kinds[i].done += n;
}

void report_add_work(struct report *r, const char *clerk, const char *kind, int64_t n)
{
	struct report_clerk *c = clerk_of(r, clerk);

	if (!c) {
		r->others_done += n;
		return;
	}
	c->done += n;
	kind_add(c, kind, n);
}

/* ---- the end --------------------------------------------------------------------------------- */

static int by_done(const void *a, const void *b)
{
	const struct report_clerk *x = a, *y = b;

	if (x->done != y->done)
		return x->done < y->done ? 1 : -1;
	return strcmp(x->name, y->name);
}

static int by_kind(const void *a, const void *b)
{
	const struct report_kind *x = a, *y = b;

	if (x->done != y->done)
		return x->done < y->done ? 1 : -1;
	return strcmp(x->name, y->name);
}

static void clerks_sort(struct report *r)
{
	qsort(r->clerks, r->n_clerks, sizeof(r->clerks[0]), by_done);
	for (size_t i = 0; i < r->n_clerks; i++)
		qsort(r->clerks[i].kinds, r->clerks[i].n_kinds, sizeof(r->clerks[i].kinds[0]), by_kind);
}

static int by_orders(const void *a, const void *b)
{
	const struct report_line *x = a, *y = b;

	if (x->sum.orders != y->sum.orders)
		return x->sum.orders < y->sum.orders ? 1 : -1;
	return strcmp(x->name, y->name);
}

static int by_time(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void group_sort(struct report_group *g)
{
	qsort(g->lines, g->n, sizeof(g->lines[0]), by_orders);
}

static void times_sort(struct report_times *t)
{
	if (t->n)
		qsort(t->ms, t->n, sizeof(t->ms[0]), by_time);
}

void report_end(struct report *r)
{
	group_sort(&r->queues);
	group_sort(&r->delivery);
	group_sort(&r->warehouses);
	group_sort(&r->reasons);
	times_sort(&r->to_accepted);
	times_sort(&r->to_handed_over);
	times_sort(&r->to_handed_out);
	report_goods_end(&r->goods);
	clerks_sort(r);
}

bool report_is_empty(const struct report *r)
{
	return !report_orders(r) && !r->n_clerks;
}

int64_t report_orders(const struct report *r)
{
	return r->sold.orders + r->lost.orders;
}

double report_share(int64_t n, int64_t of)
{
	return of ? 100.0 * (double)n / (double)of : 0;
}

bool report_is_over(double share, double limit)
{
	return limit > 0 && share > limit;
}

int64_t report_percentile(const struct report_times *t, size_t percent)
{
	size_t rank = (t->n * percent + 99) / 100;

	return t->n ? t->ms[rank ? rank - 1 : 0] : 0;
}

void report_clear(struct report *r)
{
	free(r->to_accepted.ms);
	free(r->to_handed_over.ms);
	free(r->to_handed_out.ms);
	report_goods_clear(&r->goods);
	*r = (struct report)REPORT_INIT;
}
