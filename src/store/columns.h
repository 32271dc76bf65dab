/* How an order and an entry lie in a row. One list of columns makes the SQL, the binding, the
 * reading and the digest, so that they cannot fall out of step. */
#ifndef STORE_COLUMNS_H
#define STORE_COLUMNS_H

#include <stdint.h>

#include <sqlite3.h>

#include "order/order.h"

/* Each name is a field of struct order and a column of the table. */
#define ORDER_COLUMNS(TEXT, INT, BOOL, REAL) \
	TEXT(id) TEXT(code) TEXT(state) TEXT(status) TEXT(queue) \
	TEXT(customer_id) TEXT(customer) TEXT(phone) \
	INT(total) INT(delivery_cost) INT(delivery_cost_seller) TEXT(payment_mode) INT(credit_term) \
	TEXT(delivery_mode) BOOL(kaspi_delivery) BOOL(express) BOOL(preorder) BOOL(assembled) \
	BOOL(signature_required) BOOL(returned_to_warehouse) BOOL(arrived) \
	INT(created_ms) INT(approved_ms) INT(planned_ms) INT(reserved_until_ms) \
	INT(transmission_planned_ms) INT(transmitted_ms) \
	TEXT(address) TEXT(town) REAL(latitude) REAL(longitude) \
	TEXT(pickup_point) TEXT(origin) TEXT(origin_address) TEXT(waybill) TEXT(waybill_number) \
	TEXT(cancel_reason) INT(due_ms) INT(sort_key) INT(seen_ms) INT(changed_ms) INT(finished_ms)

#define ENTRY_COLUMNS(TEXT, INT, BOOL) \
	TEXT(id) INT(number) INT(quantity) TEXT(unit) INT(weight_g) INT(min_weight_g) INT(price) \
	INT(total) INT(delivery_cost) TEXT(category) TEXT(article) TEXT(name) TEXT(product_id) \
	TEXT(point_id) TEXT(point_name) BOOL(imei_required) TEXT(imei)

/* What an entry has from facts: fields of struct entry, but no columns of its table. */
#define ENTRY_FACTS(TEXT, INT) \
	TEXT(product_code) TEXT(product_name) TEXT(manufacturer) TEXT(merchant_article) TEXT(merchant_name) \
	TEXT(point_address) INT(product_ms) INT(merchant_ms) INT(point_ms)

#define COLUMN_NAME(f) ", " #f
#define COLUMN_OF_O(f) ", o." #f
#define COLUMN_MARK(f) ", ?"
#define COLUMN_SET(f) ", " #f " = ?"

#define ORDER_NAMES ORDER_COLUMNS(COLUMN_NAME, COLUMN_NAME, COLUMN_NAME, COLUMN_NAME)
#define ORDER_MARKS ORDER_COLUMNS(COLUMN_MARK, COLUMN_MARK, COLUMN_MARK, COLUMN_MARK)
#define ORDER_SETS ORDER_COLUMNS(COLUMN_SET, COLUMN_SET, COLUMN_SET, COLUMN_SET)
#define ENTRY_NAMES ENTRY_COLUMNS(COLUMN_NAME, COLUMN_NAME, COLUMN_NAME)
#define ENTRY_MARKS ENTRY_COLUMNS(COLUMN_MARK, COLUMN_MARK, COLUMN_MARK)

/* What columns_order() reads: row, when fetched, when its entries were, the order. `o` is orders, `s` is seen. */
#define ORDER_SELECT "SELECT o.row, s.fetched_ms, o.entries_ms" \
	ORDER_COLUMNS(COLUMN_OF_O, COLUMN_OF_O, COLUMN_OF_O, COLUMN_OF_O)
#define ORDER_FROM " FROM orders o CROSS JOIN seen s ON s.row = o.row "

/* Binds from parameter i on; returns the next one. Strings are borrowed. */
int columns_bind_order(sqlite3_stmt *st, int i, const struct order *o);
int columns_bind_entry(sqlite3_stmt *st, int i, const struct entry *e);
/* Appends the row that st stands on. */
struct order *columns_order(sqlite3_stmt *st, struct order_list *out);
/* Reads an entry's columns, then those of its facts, from column i on into e. */
void columns_entry(sqlite3_stmt *st, int i, struct arena *arena, struct entry *e);
/* A number that two orders share only if all columns but the store's own dates are the same, as good as certainly. */
int64_t columns_digest(const struct order *o);

#endif
