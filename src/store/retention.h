/* How long buyers' data of finished orders are kept: names, phones, addresses and what leads to them.
 *
 * An order is finished when nothing is left to do about it; what was finished before it was first seen
 * counts from its creation. What is purged stays so, whatever later passes say of the order.
 * Waybills that are kept name buyers too (store/waybills.h): they go with the order's data, or when they are as old.
 * Inside of this folder; see store.h. */
#ifndef STORE_RETENTION_H
#define STORE_RETENTION_H

#include <stdint.h>

#include "order/order.h"
#include "store/store.h"

/* Empties the buyer's data of an order about to be written, if its time has come. */
void retention_apply(const struct store *s, struct order *o, int64_t now_ms);

#endif
