/* A pick list for other programs. */
#include "base/csv.h"
#include "order/pick_write.h"

/* ---- CSV ------------------------------------------------------------------------------------- */

static void put_amount(struct csv_writer *w, int64_t n)
{
	if (n)
		csv_put_int(w, n);
	else
		csv_put_nothing(w);
}

/* Pieces where there are any, else grams. */
static int64_t share(const struct pick_part *part)
{
	return part->amount.quantity ? part->amount.quantity : part->amount.weight_g;
}

static void put_parts(struct csv_writer *w, const struct pick_item *item)
{
	struct buf cell = BUF_INIT(BUF_MAX_OUTPUT);

	for (size_t i = 0; i < item->n; i++)
		buf_addf(&cell, "%s%s: %lld", i ? "; " : "", item->parts[i].code,
			(long long)share(&item->parts[i]));
	csv_put_text(w, buf_str(&cell));
	buf_clear(&cell);
}

void pick_write_csv(const struct pick *p, struct buf *out)
{
	static const char *const columns[] = { "warehouse", "article", "name", "unit", "quantity", "weight_g",
		"orders" };
	struct csv_writer w = CSV_WRITER(out);

	csv_begin(&w);
	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		csv_put_text(&w, columns[i]);
	csv_end_row(&w);
	for (size_t i = 0; i < p->n_items; i++) {
		const struct pick_item *item = &p->items[i];

		csv_put_text(&w, item->line->warehouse);
		csv_put_text(&w, item->line->article);
		csv_put_text(&w, item->line->name);
		csv_put_text(&w, item->line->unit);
		put_amount(&w, item->amount.quantity);
		put_amount(&w, item->amount.weight_g);
		put_parts(&w, item);
		csv_end_row(&w);
	}
}

/* ---- JSON ------------------------------------------------------------------------------------ */

static void write_text(struct json_writer *w, const char *name, const char *text)
{
	json_put_text(w, name, *text ? text : NULL);
}

static void write_amount(struct json_writer *w, const struct pick_amount *a)
{
	if (a->quantity)
		json_put_int(w, "quantity", a->quantity);
	else
		json_put_null(w, "quantity");
	if (a->weight_g)
		json_put_int(w, "weight_g", a->weight_g);
	else
		json_put_null(w, "weight_g");
}

static void write_line(struct json_writer *w, const struct pick_line *line, const struct pick_amount *amount)
{
	write_text(w, "warehouse", line->warehouse);
	write_text(w, "article", line->article);
	write_text(w, "name", line->name);
	write_text(w, "unit", line->unit);
	write_amount(w, amount);
}

static void write_item(struct json_writer *w, const struct pick_item *item)
{
	json_open(w, NULL, '{');
	write_line(w, item->line, &item->amount);
	json_open(w, "orders", '[');
	for (size_t i = 0; i < item->n; i++) {
		json_open(w, NULL, '{');
		json_put_text(w, "code", item->parts[i].code);
		write_amount(w, &item->parts[i].amount);
		json_close(w, '}');
	}
	json_close(w, ']');
	json_close(w, '}');
}

static void write_order(struct json_writer *w, const struct pick_order *order)
{
	json_open(w, NULL, '{');
	json_put_text(w, "code", order->code);
	json_open(w, "lines", '[');
	for (size_t i = 0; i < order->n; i++) {
		json_open(w, NULL, '{');
		write_line(w, &order->lines[i], &order->lines[i].amount);
		json_close(w, '}');
	}
	json_close(w, ']');
	json_close(w, '}');
}

void pick_write_json(const struct pick *p, struct json_writer *w)
{
	json_open(w, "items", '[');
	for (size_t i = 0; i < p->n_items; i++)
		write_item(w, &p->items[i]);
	json_close(w, ']');
	json_open(w, "orders", '[');
	for (size_t i = 0; i < p->n_orders; i++)
		write_order(w, &p->orders[i]);
	json_close(w, ']');
	json_open(w, "left_out", '[');
	for (size_t i = 0; i < p->n_left_out; i++) {
		json_open(w, NULL, '{');
		json_put_text(w, "code", p->left_out[i].code);
		json_put_text(w, "message", p->left_out[i].why);
		json_close(w, '}');
	}
	json_close(w, ']');
}
