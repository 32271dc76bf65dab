/* Making orders: the history at start, arrivals, and what a test asks for.
 *
 * Order n of seed s is always the same order; only its dates follow the clock. Under the shop's
 * lock (generate_history() belongs to shop_init()). */
#ifndef SIM_GENERATE_H
#define SIM_GENERATE_H

#include "sim/shop.h"

/* What a test may fix of an order; NULL, 0, MODES, -1 leave it to chance or to the defaults. */
struct order_spec {
	const char *code, *state, *status;
	const char *first_name, *last_name, *name, *phone, *product, *product_code;
	const char *waybill_link;
	enum sim_mode mode;
	int64_t total, created;
	int64_t handover; /* when the courier is planned */
	int entries;	  /* lines; 0 one line */
	int quantity;	  /* of each line; 0 one */
	int pre_order, express, assembled, arrived, sign, handed_over, waybill; /* -1: default */
};

#define ORDER_SPEC_INIT { .mode = MODES, .pre_order = -1, .express = -1, .assembled = -1, \
	.arrived = -1, .sign = -1, .handed_over = -1, .waybill = -1 }

void generate_history(struct shop *s);
void generate_arrival(struct shop *s, int64_t created);
/* NULL if the code is in use. */
struct sim_order *generate_spec(struct shop *s, const struct order_spec *spec);
/* Changes what the spec fixes of an order that exists (its code and lines aside). */
void generate_set(struct shop *s, struct sim_order *o, const struct order_spec *spec);

#endif
