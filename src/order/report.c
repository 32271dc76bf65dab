#include "order/report.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"

static void sum_add(struct report_sum *sum, int64_t total)
{
	sum->orders++;
	if (total > 0 && sum->total > INT64_MAX - total)
		sum->total = INT64_MAX;
	else if (total > 0)
		sum->total += total;
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

static void time_add(struct report *r, const struct order *o)
{
	if (!o->transmitted_ms || o->transmitted_ms < o->created_ms || r->n_times == REPORT_TIMES_MAX)
		return;
	if (r->n_times == r->cap_times) {
		r->cap_times = r->cap_times ? r->cap_times * 2 : 64;
		r->times = xreallocarray(r->times, r->cap_times, sizeof(*r->times));
	}
	r->times[r->n_times++] = o->transmitted_ms - o->created_ms;
}

static void hand_over_add(struct report *r, const struct order *o)
{
	time_add(r, o);
	if (!o->transmitted_ms || !o->transmission_planned_ms)
		return;
	r->handed_over++;
	if (o->transmitted_ms > o->transmission_planned_ms)
		r->late++;
}

void report_begin(struct report *r, enum report_period period, int64_t now_ms)
{
	int days = period == REPORT_DAY ? 1 : period == REPORT_WEEK ? 7 : 30;
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

void report_add(struct report *r, const struct provider *p, const struct order *o)
{
	if (o->created_ms < r->from_ms || o->created_ms >= r->to_ms)
		return;
	group_add(&r->queues, o->queue, o->total);
	hand_over_add(r, o);
	if (!p->sold(o)) {
		sum_add(&r->lost, o->total);
		group_add(&r->reasons, o->cancel_reason, o->total);
		return;
	}
	sum_add(&r->sold, o->total);
	slot_add(r, o);
	group_add(&r->delivery, o->delivery_mode, o->total);
	group_add(&r->warehouses, *o->origin ? o->origin : o->pickup_point, o->total);
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

void report_end(struct report *r)
{
	group_sort(&r->queues);
	group_sort(&r->delivery);
	group_sort(&r->warehouses);
	group_sort(&r->reasons);
	if (r->n_times)
		qsort(r->times, r->n_times, sizeof(r->times[0]), by_time);
}

int64_t report_percentile(const struct report *r, size_t percent)
{
	size_t rank = (r->n_times * percent + 99) / 100;

	return r->n_times ? r->times[rank ? rank - 1 : 0] : 0;
}

void report_clear(struct report *r)
{
	free(r->times);
	*r = (struct report)REPORT_INIT;
}
