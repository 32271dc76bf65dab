/* A report as a table and as JSON. */
#include "base/clock.h"
#include "base/csv.h"
#include "cli/print.h"
#include "cli/report.h"

#define PARTS 4

struct part {
	const char *id;
	const struct report_group *group;
	bool reasons;		/* its names are reasons: each has an account on which it goes */
};

static void parts_of(const struct report *r, struct part out[PARTS])
{
	out[0] = (struct part){ "queues", &r->queues, false };
	out[1] = (struct part){ "delivery", &r->delivery, false };
	out[2] = (struct part){ "warehouses", &r->warehouses, false };
	out[3] = (struct part){ "reasons", &r->reasons, true };
}

static const char *fault_name(const struct report_head *head, const char *reason)
{
	static const char *const names[FAULT_KINDS] = {
		[FAULT_UNKNOWN] = "unknown",
		[FAULT_SHOP] = "shop",
		[FAULT_OTHERS] = "others",
	};

	return names[head->provider->fault(reason)];
}

struct named_times {
	const char *id;
	const struct report_times *times;
};

#define TIMES 3

static void times_of(const struct report *r, struct named_times out[TIMES])
{
	out[0] = (struct named_times){ "acceptance", &r->to_accepted };
	out[1] = (struct named_times){ "hand_over", &r->to_handed_over };
	out[2] = (struct named_times){ "hand_out", &r->to_handed_out };
}

/* ---- CSV ------------------------------------------------------------------------------------- */

/* What a row says; -1 is an empty cell. */
struct cells {
	const char *part, *name, *detail;
	int64_t orders, total, count, weight_g;
};

static void put_number(struct csv_writer *w, int64_t n)
{
	if (n < 0)
		csv_put_nothing(w);
	else
		csv_put_int(w, n);
}

static void put_row(struct csv_writer *w, const struct cells *c)
{
	csv_put_text(w, c->part);
	csv_put_text(w, c->name);
	csv_put_text(w, c->detail);
	put_number(w, c->orders);
	put_number(w, c->total);
	put_number(w, c->count);
	put_number(w, c->weight_g);
	csv_end_row(w);
}

static void put_sum(struct csv_writer *w, const char *part, const char *name, const char *detail,
	const struct report_sum *sum)
{
	put_row(w, &(struct cells){ part, name, detail, sum->orders, sum->total, -1, -1 });
}

static void put_orders(struct csv_writer *w, const char *part, const char *name, int64_t n)
{
	put_row(w, &(struct cells){ part, name, "", n, -1, -1, -1 });
}

static void put_parts(struct csv_writer *w, const struct report *r, const struct report_head *head)
{
	struct part parts[PARTS];

	parts_of(r, parts);
	for (size_t i = 0; i < PARTS; i++) {
		const struct report_group *g = parts[i].group;

		for (size_t k = 0; k < g->n; k++)
			put_sum(w, parts[i].id, g->lines[k].name,
				parts[i].reasons ? fault_name(head, g->lines[k].name) : "", &g->lines[k].sum);
		if (g->others.orders)
			put_sum(w, parts[i].id, "others", "", &g->others);
	}
}

static void put_times(struct csv_writer *w, const struct report *r)
{
	struct named_times times[TIMES];

	times_of(r, times);
	for (size_t i = 0; i < TIMES; i++) {
		const struct report_times *t = times[i].times;
		int64_t n = (int64_t)t->n;

		if (!n)
			continue;
		put_row(w, &(struct cells){ times[i].id, "median_seconds", "", n, -1,
			report_percentile(t, 50) / 1000, -1 });
		put_row(w, &(struct cells){ times[i].id, "p90_seconds", "", n, -1,
			report_percentile(t, 90) / 1000, -1 });
	}
}

static void put_good(struct csv_writer *w, const char *name, const char *article, const struct report_good *good)
{
	put_row(w, &(struct cells){ "articles", name, article, -1, good->total, good->quantity, good->weight_g });
}

static void put_goods(struct csv_writer *w, const struct report *r)
{
	for (size_t i = 0; i < r->goods.n; i++)
		put_good(w, r->goods.items[i].name, r->goods.items[i].article, &r->goods.items[i]);
	if (r->goods.others.total)
		put_good(w, "others", "", &r->goods.others);
	put_orders(w, "articles_unknown", "", r->goods_unknown);
}

static void put_clerks(struct csv_writer *w, const struct report *r)
{
	for (size_t i = 0; i < r->n_clerks; i++) {
		const struct report_clerk *c = &r->clerks[i];

		for (size_t k = 0; k < c->n_kinds; k++)
			put_row(w, &(struct cells){ "clerks", c->name, c->kinds[k].name, -1, -1, c->kinds[k].done,
				-1 });
	}
	if (r->others_done)
		put_row(w, &(struct cells){ "clerks", "others", "", -1, -1, r->others_done, -1 });
}

static void put_head(struct csv_writer *w)
{
	static const char *const columns[] = { "part", "name", "detail", "orders", "total", "count", "weight_g" };

	csv_begin(w);
	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		csv_put_text(w, columns[i]);
	csv_end_row(w);
}

void report_write_csv(const struct report *r, const struct report_head *head, struct buf *out)
{
	struct csv_writer w = CSV_WRITER(out);
	char name[40];

	put_head(&w);
	put_sum(&w, "sold", "", "", &r->sold);
	put_sum(&w, "lost", "", "", &r->lost);
	put_orders(&w, "lost", "shop", r->by_fault[FAULT_SHOP]);
	put_orders(&w, "lost", "unknown", r->by_fault[FAULT_UNKNOWN]);
	put_orders(&w, "hand_over", "", r->handed_over);
	put_orders(&w, "hand_over", "late", r->late);
	put_orders(&w, "acceptance", "elsewhere", r->accepted_elsewhere);
	put_times(&w, r);
	for (size_t i = 0; i < r->n_slots; i++) {
		time_format_rfc3339(r->slots[i].from_ms, name, sizeof(name));
		put_sum(&w, "times", name, "", &r->slots[i].sold);
	}
	put_parts(&w, r, head);
	put_goods(&w, r);
	put_clerks(&w, r);
}

/* ---- JSON ------------------------------------------------------------------------------------ */

static void json_sum(struct json_writer *w, const struct report_sum *sum)
{
	json_put_int(w, "orders", sum->orders);
	json_put_int(w, "total", sum->total);
}

static void json_sum_object(struct json_writer *w, const char *name, const struct report_sum *sum)
{
	json_open(w, name, '{');
	json_sum(w, sum);
	json_close(w, '}');
}

static void json_part(struct json_writer *w, const struct part *part, const struct report_head *head)
{
	json_open(w, part->id, '{');
	json_open(w, "items", '[');
	for (size_t i = 0; i < part->group->n; i++) {
		const struct report_line *line = &part->group->lines[i];

		json_open(w, NULL, '{');
		print_text(w, "name", line->name);
		if (part->reasons)
			json_put_text(w, "fault", fault_name(head, line->name));
		json_sum(w, &line->sum);
		json_close(w, '}');
	}
	json_close(w, ']');
	json_sum_object(w, "others", &part->group->others);
	json_close(w, '}');
}

static void json_share(struct json_writer *w, double share, double limit)
{
	json_put_double(w, "percent", (double)(int64_t)(share * 10 + 0.5) / 10);
	if (limit > 0)
		json_put_double(w, "limit", limit);
	else
		json_put_null(w, "limit");
	json_put_bool(w, "over_limit", report_is_over(share, limit));
}

static void json_seconds(struct json_writer *w, const struct report_times *t)
{
	if (t->n) {
		json_put_int(w, "median_seconds", report_percentile(t, 50) / 1000);
		json_put_int(w, "p90_seconds", report_percentile(t, 90) / 1000);
	} else {
		json_put_null(w, "median_seconds");
		json_put_null(w, "p90_seconds");
	}
}

static void json_lost(struct json_writer *w, const struct report *r, const struct report_head *head)
{
	json_open(w, "lost", '{');
	json_sum(w, &r->lost);
	json_put_int(w, "shop", r->by_fault[FAULT_SHOP]);
	json_put_int(w, "unknown", r->by_fault[FAULT_UNKNOWN]);
	json_share(w, report_share(r->by_fault[FAULT_SHOP], report_orders(r)), head->cancel_limit);
	json_close(w, '}');
}

static void json_steps(struct json_writer *w, const struct report *r, const struct report_head *head)
{
	json_open(w, "acceptance", '{');
	json_put_int(w, "orders", (int64_t)r->to_accepted.n);
	json_put_int(w, "elsewhere", r->accepted_elsewhere);
	json_seconds(w, &r->to_accepted);
	json_close(w, '}');
	json_open(w, "hand_over", '{');
	json_put_int(w, "orders", r->handed_over);
	json_put_int(w, "late", r->late);
	json_share(w, report_share(r->late, r->handed_over), head->late_limit);
	json_seconds(w, &r->to_handed_over);
	json_close(w, '}');
	json_open(w, "hand_out", '{');
	json_put_int(w, "orders", (int64_t)r->to_handed_out.n);
	json_seconds(w, &r->to_handed_out);
	json_close(w, '}');
}

static void json_slots(struct json_writer *w, const struct report *r)
{
	json_open(w, "times", '[');
	for (size_t i = 0; i < r->n_slots; i++) {
		json_open(w, NULL, '{');
		print_time(w, "from", r->slots[i].from_ms);
		json_sum(w, &r->slots[i].sold);
		json_close(w, '}');
	}
	json_close(w, ']');
}

static void json_good(struct json_writer *w, const struct report_good *good)
{
	json_put_int(w, "quantity", good->quantity);
	json_put_int(w, "weight_g", good->weight_g);
	json_put_int(w, "total", good->total);
}

static void json_goods(struct json_writer *w, const struct report *r)
{
	json_open(w, "articles", '{');
	json_open(w, "items", '[');
	for (size_t i = 0; i < r->goods.n; i++) {
		json_open(w, NULL, '{');
		print_text(w, "article", r->goods.items[i].article);
		print_text(w, "name", r->goods.items[i].name);
		json_good(w, &r->goods.items[i]);
		json_close(w, '}');
	}
	json_close(w, ']');
	json_open(w, "others", '{');
	json_good(w, &r->goods.others);
	json_close(w, '}');
	json_put_int(w, "unknown_orders", r->goods_unknown);
	json_close(w, '}');
}

static void json_clerks(struct json_writer *w, const struct report *r)
{
	json_open(w, "clerks", '{');
	json_open(w, "items", '[');
	for (size_t i = 0; i < r->n_clerks; i++) {
		const struct report_clerk *c = &r->clerks[i];

		json_open(w, NULL, '{');
		print_text(w, "clerk", c->name);
		json_put_int(w, "done", c->done);
		json_open(w, "actions", '{');
		for (size_t k = 0; k < c->n_kinds; k++)
			json_put_int(w, c->kinds[k].name, c->kinds[k].done);
		json_close(w, '}');
		json_close(w, '}');
	}
	json_close(w, ']');
	json_put_int(w, "others_done", r->others_done);
	json_close(w, '}');
}

void report_print_json(const struct report *r, const struct report_head *head)
{
	static const char *const periods[] = {
		[REPORT_DAY] = "day",
		[REPORT_WEEK] = "week",
		[REPORT_MONTH] = "month",
	};
	struct buf out = BUF_INIT(BUF_MAX_OUTPUT);
	struct json_writer w = JSON_WRITER(&out);
	struct part parts[PARTS];

	print_begin(&w);
	json_put_text(&w, "period", periods[r->period]);
	print_time(&w, "from", r->from_ms);
	print_time(&w, "to", r->to_ms);
	json_sum_object(&w, "sold", &r->sold);
	json_lost(&w, r, head);
	json_steps(&w, r, head);
	json_slots(&w, r);
	parts_of(r, parts);
	for (size_t i = 0; i < PARTS; i++)
		json_part(&w, &parts[i], head);
	json_goods(&w, r);
	json_clerks(&w, r);
	print_end(&w);
	buf_clear(&out);
}
