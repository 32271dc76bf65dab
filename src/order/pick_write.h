/* A pick list in words, as a table and as JSON. Pure; after pick_sum(). */
#ifndef ORDER_PICK_WRITE_H
#define ORDER_PICK_WRITE_H

#include <stdint.h>

#include "base/buf.h"
#include "base/json_write.h"
#include "order/pick.h"

/* What stands above it. */
struct pick_head {
	const char *shop;
	int64_t now_ms;
};

/* For paper and screens: plain lines of at most `columns` (at least 40), with boxes to tick. Translated. */
void pick_write_text(const struct pick *p, const struct pick_head *head, int columns, struct buf *out);
/* One row an item. The orders behind it are one cell: "412345678: 2; 412345679: 1". What was left out is not in
 * it: whoever writes the table says so elsewhere. */
void pick_write_csv(const struct pick *p, struct buf *out);
/* The members "items", "orders" and "left_out" of an object that is open. */
void pick_write_json(const struct pick *p, struct json_writer *w);

#endif
