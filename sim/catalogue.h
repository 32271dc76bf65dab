/* What the simulated shop sells. A constant table; nobody owns or changes anything. */
#ifndef SIM_CATALOGUE_H
#define SIM_CATALOGUE_H

#include <stdbool.h>
#include <stdint.h>

enum unit_type {
	UNIT_PIECES,
	UNIT_MEASURABLE,       /* by weight */
	UNIT_MEASURABLE_PIECES /* whole pieces that are weighed: a melon, a chicken */
};

struct product {
	const char *code; /* of the public card */
	const char *sku;  /* the seller's article */
	const char *name;
	const char *maker; /* NULL where the card has none */
	const char *category_code, *category;
	int32_t price;	/* tenge for a piece, or for a kilogram */
	int32_t weight; /* grams of a usual portion; 0 for pieces */
	enum unit_type unit;
	bool imei; /* a phone: its number is asked for before it is handed out */
};

unsigned product_count(void);
const struct product *product_at(unsigned i);
/* By the card's code, NULL if there is none. */
const struct product *product_find(const char *code);
const char *unit_name(enum unit_type unit);

#endif
