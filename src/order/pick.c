#include "order/pick.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/money.h"
#include "base/text.h"

static void *grow(void *items, size_t n, size_t size)
{
	/* Doubles at each power of two. */
	return n & (n - 1) ? items : xreallocarray(items, n ? 2 * n : 1, size);
}

/* The first that says something. */
static const char *either(const char *a, const char *b)
{
	return *a ? a : b;
}

/* A number keeps sorting in front of letters, and the parts apart. */
static const char *fold(struct arena *a, const char *warehouse, const char *name)
{
	struct buf out = BUF_INIT(BUF_MAX_LINE);
	const char *folded;

	text_fold(&out, warehouse);
	buf_addc(&out, '\n');
	text_fold(&out, name);
	folded = arena_strdup(a, buf_str(&out));
	buf_clear(&out);
	return folded;
}

static void add_line(struct pick *p, const struct entry *e)
{
	struct arena *a = &p->arena;
	struct pick_line *line;

	p->lines = grow(p->lines, p->n_lines, sizeof(*p->lines));
	line = &p->lines[p->n_lines++];
	*line = (struct pick_line){
		.order = p->n_codes - 1,
		.warehouse = arena_strdup(a, either(e->point_name, e->point_id)),
		.article = arena_strdup(a, e->article),
		.name = arena_strdup(a, e->name),
		.unit = arena_strdup(a, e->unit),
		.place = arena_strdup(a, either(e->point_id, e->point_name)),
		.goods = entry_goods(e, a),
	};
	entry_amount(e, &line->amount.quantity, &line->amount.weight_g);
	line->folded = fold(a, line->warehouse, line->name);
}

void pick_add(struct pick *p, const struct order *o, const struct entry_list *entries)
{
	size_t before = p->n_lines;

	p->codes = grow(p->codes, p->n_codes, sizeof(*p->codes));
	p->codes[p->n_codes++] = arena_strdup(&p->arena, o->code);
	for (size_t i = 0; i < entries->n; i++)
		if (entries->items[i].quantity > 0)
			add_line(p, &entries->items[i]);
	if (p->n_lines > before)
		return;
	p->n_codes--;
	pick_leave_out(p, o->code, _("There is nothing to pick in it."));
}

void pick_leave_out(struct pick *p, const char *code, const char *why)
{
	p->left_out = grow(p->left_out, p->n_left_out, sizeof(*p->left_out));
	p->left_out[p->n_left_out++] = (struct pick_left_out){
		.code = arena_strdup(&p->arena, code),
		.why = arena_strdup(&p->arena, why),
	};
}

void pick_clear(struct pick *p)
{
	arena_clear(&p->arena);
	free(p->codes);
	free(p->lines);
	free(p->left_out);
	*p = (struct pick)PICK_INIT;
}

/* ---- summing --------------------------------------------------------------------------------- */

static void add_amount(struct pick_amount *to, const struct pick_amount *more)
{
	to->quantity = number_plus(to->quantity, more->quantity);
	to->weight_g = number_plus(to->weight_g, more->weight_g);
}

/* What is sold in two ways is not summed. */
static int compare_goods(const struct pick_line *a, const struct pick_line *b)
{
	int c = strcmp(a->place, b->place);

	if (!c)
		c = strcmp(a->goods, b->goods);
	return c ? c : strcmp(a->unit, b->unit);
}

/* The same goods stand together, in the order in which they were added. */
static int by_goods(const void *x, const void *y)
{
	const struct pick_line *a = *(const struct pick_line *const *)x, *b = *(const struct pick_line *const *)y;
	int c = compare_goods(a, b);

	return c ? c : (a > b) - (a < b);
}

static int by_name(const void *x, const void *y)
{
	const struct pick_line *a = ((const struct pick_item *)x)->line, *b = ((const struct pick_item *)y)->line;
	int c = strcmp(a->folded, b->folded);

	if (!c)
		c = strcmp(a->article, b->article);
	return c ? c : compare_goods(a, b);
}

/* Makes one item of n lines with the same goods. */
static struct pick_item item_of(struct pick *p, const struct pick_line *const *lines, size_t n)
{
	struct pick_item item = { .line = lines[0] };

	item.parts = arena_calloc(&p->arena, n, sizeof(*item.parts));
	for (size_t i = 0; i < n; i++) {
		if (!*item.line->name)
			item.line = lines[i];
		if (i == 0 || lines[i]->order != lines[i - 1]->order)
			item.parts[item.n++].code = p->codes[lines[i]->order];
		add_amount(&item.parts[item.n - 1].amount, &lines[i]->amount);
		add_amount(&item.amount, &lines[i]->amount);
	}
	return item;
}

static void sum_items(struct pick *p)
{
	const struct pick_line **sorted = xcalloc(p->n_lines, sizeof(*sorted));

	for (size_t i = 0; i < p->n_lines; i++)
		sorted[i] = &p->lines[i];
	qsort(sorted, p->n_lines, sizeof(*sorted), by_goods);
	p->items = arena_calloc(&p->arena, p->n_lines, sizeof(*p->items));
	for (size_t i = 0, end; i < p->n_lines; i = end) {
		for (end = i + 1; end < p->n_lines && !compare_goods(sorted[i], sorted[end]); end++)
			;
		p->items[p->n_items++] = item_of(p, sorted + i, end - i);
		p->several_warehouses |= strcmp(sorted[i]->place, sorted[0]->place) != 0;
	}
	free(sorted);
	qsort(p->items, p->n_items, sizeof(*p->items), by_name);
}

static void find_orders(struct pick *p)
{
	p->orders = arena_calloc(&p->arena, p->n_codes, sizeof(*p->orders));
	for (size_t i = 0, end; i < p->n_lines; i = end) {
		for (end = i + 1; end < p->n_lines && p->lines[end].order == p->lines[i].order; end++)
			;
		if (end - i > 1)
			p->orders[p->n_orders++] = (struct pick_order){
				.code = p->codes[p->lines[i].order],
				.lines = &p->lines[i],
				.n = end - i,
			};
	}
}

void pick_sum(struct pick *p)
{
	if (!p->n_lines)
		return;
	sum_items(p);
	find_orders(p);
}
