#include "order/report_goods.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/money.h"

#define PLACES (2 * REPORT_GOODS_MAX)	/* a power of two */

static size_t hash(const char *key)
{
	uint64_t h = 14695981039346656037u;

	for (; *key; key++)
		h = (h ^ (unsigned char)*key) * 1099511628211u;
	return (size_t)(h ^ h >> 32) % PLACES;
}

/* What is sold in two ways is not summed. */
static const char *key_of(struct report_goods *g, const struct entry *e)
{
	arena_reset(&g->scratch);
	return arena_printf(&g->scratch, "%s %s", e->unit, entry_goods(e, &g->scratch));
}

static struct report_good *new_good(struct report_goods *g, const char *key, const struct entry *e)
{
	struct report_good *good = &g->items[g->n++];

	*good = (struct report_good){
		.key = arena_strdup(&g->arena, key),
		.article = arena_strdup(&g->arena, e->article),
		.name = arena_strdup(&g->arena, e->name),
	};
	return good;
}

static struct report_good *find(struct report_goods *g, const struct entry *e)
{
	const char *key = key_of(g, e);
	size_t at = hash(key);

	for (; g->places[at]; at = (at + 1) % PLACES)
		if (strcmp(g->items[g->places[at] - 1].key, key) == 0)
			return &g->items[g->places[at] - 1];
	if (g->n == REPORT_GOODS_MAX)
		return &g->others;
	g->places[at] = g->n + 1;
	return new_good(g, key, e);
}

static void add(struct report_good *to, int64_t quantity, int64_t weight_g, int64_t total)
{
	to->quantity = number_plus(to->quantity, quantity);
	to->weight_g = number_plus(to->weight_g, weight_g);
	to->total = number_plus(to->total, total);
}

static void add_entry(struct report_goods *g, const struct entry *e)
{
	struct report_good *good = find(g, e);
	int64_t quantity, weight_g;

	if (good->name && !*good->name && *e->name)
		good->name = arena_strdup(&g->arena, e->name);
	entry_amount(e, &quantity, &weight_g);
	add(good, quantity, weight_g, e->total > 0 ? e->total : 0);
}

void report_goods_add(struct report_goods *g, const struct entry_list *entries)
{
	if (!g->items) {
		g->items = xcalloc(REPORT_GOODS_MAX, sizeof(*g->items));
		g->places = xcalloc(PLACES, sizeof(*g->places));
	}
	/* What was taken out of an order has no pieces left. */
	for (size_t i = 0; i < entries->n; i++)
		if (entries->items[i].quantity > 0)
			add_entry(g, &entries->items[i]);
}

static int by_money(const void *a, const void *b)
{
	const struct report_good *x = a, *y = b;

	if (x->total != y->total)
		return x->total < y->total ? 1 : -1;
	return strcmp(x->key, y->key);
}

void report_goods_end(struct report_goods *g)
{
	if (g->n)
		qsort(g->items, g->n, sizeof(*g->items), by_money);
	for (; g->n > REPORT_GOODS_BEST; g->n--) {
		const struct report_good *last = &g->items[g->n - 1];

		add(&g->others, last->quantity, last->weight_g, last->total);
	}
}

void report_goods_clear(struct report_goods *g)
{
	arena_clear(&g->arena);
	arena_clear(&g->scratch);
	free(g->items);
	free(g->places);
	*g = (struct report_goods)REPORT_GOODS_INIT;
}
