/* A pick list: what has to be fetched from the shelves for many orders. The lines of all orders are summed by
 * article, and the orders that have more than one line are kept by themselves, since they are packed together.
 *
 *	struct pick p = PICK_INIT;
 *	pick_add(&p, &order, &entries);			each order once
 *	pick_leave_out(&p, "412345678", why);		one that should be on it and is not
 *	pick_sum(&p);					now p.items, p.orders
 *	pick_write_text(&p, &head, 80, &out);		order/pick_write.h
 *	pick_clear(&p);
 *
 * Pure; one thread at a time. It holds no names of buyers. Strings are copied and live until pick_clear(). */
#ifndef ORDER_PICK_H
#define ORDER_PICK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "order/order.h"

/* Pieces, grams, or both where pieces are weighed; 0 is what does not count, see entry_amount(). */
struct pick_amount {
	int64_t quantity;
	int64_t weight_g;
};

/* A line of an order. What was removed from the order is none. */
struct pick_line {
	size_t order;		/* index into codes */
	const char *warehouse;	/* its name, else its id, else "" */
	const char *article;
	const char *name;
	const char *unit;
	struct pick_amount amount;

	/* What it is sorted and summed by. */
	const char *place;	/* the warehouse, whatever it is called */
	const char *goods;	/* article, else product, else name */
	const char *folded;	/* warehouse and name, as the shop would sort them */
};

/* An order behind an item, with its share. */
struct pick_part {
	const char *code;
	struct pick_amount amount;
};

/* The same goods of all orders from one warehouse. */
struct pick_item {
	const struct pick_line *line;	/* what they are called */
	struct pick_amount amount;
	struct pick_part *parts;	/* in the order in which the orders were added */
	size_t n;
};

/* An order with more than one line. */
struct pick_order {
	const char *code;
	const struct pick_line *lines;	/* as the order has them */
	size_t n;
};

struct pick_left_out {
	const char *code;
	const char *why;	/* a sentence */
};

struct pick {
	struct arena arena;
	const char **codes;		/* of all orders that were added */
	size_t n_codes;
	struct pick_line *lines;
	size_t n_lines;
	struct pick_left_out *left_out;
	size_t n_left_out;

	/* Since pick_sum(): by warehouse, then name, then article. */
	struct pick_item *items;
	size_t n_items;
	struct pick_order *orders;
	size_t n_orders;
	bool several_warehouses;
};

#define PICK_INIT { .arena = ARENA_INIT }

void pick_add(struct pick *p, const struct order *o, const struct entry_list *entries);
void pick_leave_out(struct pick *p, const char *code, const char *why);
/* After the last order. */
void pick_sum(struct pick *p);
void pick_clear(struct pick *p);

#endif
