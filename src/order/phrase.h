/* What is known of an order and its entries in short phrases, the same on the screen and in commands.
 * Pure, any thread; translated. */
#ifndef ORDER_PHRASE_H
#define ORDER_PHRASE_H

#include <stddef.h>
#include <stdint.h>

#include "order/order.h"
#include "order/provider.h"

/* "43.2366, 76.9334", as a map takes it; "" when unknown. */
#define PHRASE_PLACE_CAP 40
const char *phrase_place(const struct order *o, char out[PHRASE_PLACE_CAP]);
/* "Credit, 24 months"; "" when unknown. */
const char *phrase_payment(const struct provider *p, const struct order *o, char *out, size_t cap);
/* "PP1, Алматы, улица Сатпаева, 22/1" of a name and an address, either of which may be "". */
const char *phrase_where(const char *name, const char *address, char *out, size_t cap);
/* How much of an entry: "2", "1 900 g", or for pieces that are weighed "2, 3 800 g". */
const char *phrase_amount(int64_t quantity, int64_t weight_g, char *out, size_t cap);
/* "3 d ago"; "" for 0. */
const char *phrase_ago(int64_t ms, int64_t now_ms, char *out, size_t cap);

#endif
