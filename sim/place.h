/* Towns, streets and the shop's warehouses; people who buy. Constant tables and pure functions.
 *
 * The streets exist; the house numbers and the people are invented. */
#ifndef SIM_PLACE_H
#define SIM_PLACE_H

#include "base/arena.h"
#include "sim/rng.h"

struct town {
	const char *name; /* "Алматы" */
	const char *full; /* "г. Алматы" */
	const char *code; /* of the API's list of cities */
	double latitude, longitude;
};

struct address {
	const char *street; /* NULL: a pickup point, only the town is known */
	const char *house, *district, *building, *apartment;
	const struct town *town;
	double latitude, longitude;
};

struct warehouse {
	const char *id;	  /* "30453464_PP1" */
	const char *name; /* "PP1" */
	struct address address;
};

struct person {
	const char *first_name, *last_name, *phone;
};

unsigned warehouse_count(void);
const struct warehouse *warehouse_at(unsigned i);
/* By id, NULL if there is none. */
const struct warehouse *warehouse_find(const char *id);
const struct town *town_find(const char *code);

/* A flat somewhere in the town, or in another one when `regional`. */
struct address address_pick(struct rng *r, struct arena *a, const struct town *town, bool regional);
struct person person_pick(struct rng *r, struct arena *a);

#endif
