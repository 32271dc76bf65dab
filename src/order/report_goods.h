/* The goods of many orders, summed by article: a part of a report (order/report.h).
 *
 *	report_goods_add(&g, &entries);		for each order
 *	report_goods_end(&g);			now g.items, the most money first
 *	report_goods_clear(&g);
 *
 * So many goods are told apart; what comes after them is summed in `others`, as is what has no place among the best.
 * Strings are copied. Pure; one thread at a time. */
#ifndef ORDER_REPORT_GOODS_H
#define ORDER_REPORT_GOODS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "order/order.h"

#define REPORT_GOODS_MAX 4096
#define REPORT_GOODS_BEST 10

struct report_good {
	const char *key;
	const char *article;	/* "" unknown, like the next */
	const char *name;
	int64_t quantity;	/* as entry_amount() has them; 0 is what does not count */
	int64_t weight_g;
	int64_t total;
};

struct report_goods {
	struct arena arena;
	struct arena scratch;
	struct report_good *items;	/* owned */
	size_t n;
	size_t *places;			/* owned: where the item with that hash is, plus 1; 0 free */
	struct report_good others;	/* its texts are NULL */
};

#define REPORT_GOODS_INIT { .arena = ARENA_INIT, .scratch = ARENA_INIT }

void report_goods_add(struct report_goods *g, const struct entry_list *entries);
/* Keeps the best REPORT_GOODS_BEST; nothing may be added after it. */
void report_goods_end(struct report_goods *g);
void report_goods_clear(struct report_goods *g);

#endif
