/* Writing the shop's things in the shape of the live service (JSON:API with its habits): ids are
 * unpadded base64, money is 4000.0, delivery facts are nested in kaspiDelivery, phones of finished
 * orders are masked.
 *
 * All under the shop's lock; everything is appended to the writer. */
#ifndef SIM_RENDER_H
#define SIM_RENDER_H

#include "sim/json.h"
#include "sim/shop.h"

enum render_include {
	INCLUDE_USER = 1,
	INCLUDE_ENTRIES = 2
};

/* A whole resource object, as a member of an array or under `key`. */
void render_order(struct json *j, const char *key, const struct shop *s, const struct sim_order *o,
	unsigned include);
void render_customer(
	struct json *j, const char *key, const struct shop *s, const struct sim_order *o);
void render_entry(struct json *j, const char *key, const struct shop *s, const struct sim_order *o,
	const struct sim_entry *e);
void render_product(struct json *j, const char *key, const struct shop *s, const struct product *p);
void render_merchant_product(struct json *j, const char *key, const struct shop *s,
	const struct product *p, const char *name);
void render_point(struct json *j, const char *key, const struct shop *s, const struct warehouse *w);
void render_city(struct json *j, const char *key, const struct shop *s, const struct town *t);
/* "relationships" and "links", as every reply to a change of an order has them. */
void render_order_links(struct json *j, const struct shop *s, const char *order_id);

/* The plain text inside an entry's id: "<code>##<number>"; static per call site via `out`. */
void entry_plain_id(char *out, size_t cap, const struct sim_order *o, const struct sim_entry *e);
/* The text after ".../waybill/" of the order's link. */
void waybill_token(char *out, size_t cap, const struct shop *s, const struct sim_order *o);

#endif
