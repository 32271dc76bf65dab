/* What the writing and the reading side both read from the cache, each through its own connection. */
#ifndef STORE_READS_H
#define STORE_READS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "order/order.h"
#include "store/db.h"

/* Append the order; NOT_FOUND when there is none. *row (may be NULL) gets its number. */
bool read_order_by_id(struct db *db, const char *id, struct order_list *out, int64_t *row,
	struct error *err);
bool read_order_by_code(struct db *db, const char *code, struct order_list *out, int64_t *row,
	struct error *err);
/* By the number of its waybill, whatever the case; the newest. */
bool read_order_by_waybill(struct db *db, const char *number, struct order_list *out, struct error *err);
/* Appends the entries of an order in their order, with what facts know. */
bool read_entries(struct db *db, int64_t row, struct entry_list *out, struct error *err);
/* Whether another connection committed anything since the last call, by whatever process; takes note. */
bool read_moved_on(struct db *db, int64_t *version);
/* When the listing group was last seen whole; 0 never. */
int64_t read_group_fresh_ms(struct db *db, const char *group);
/* The order's row and when its entries were fetched; NOT_FOUND. */
bool read_row(struct db *db, const char *order_id, int64_t *row, int64_t *entries_ms, struct error *err);

#endif
