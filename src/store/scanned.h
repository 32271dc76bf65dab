/* Which order a scanned code belongs to: by its own number, or by the number of its waybill. Reads only; the
 * reader's thread. */
#ifndef STORE_SCANNED_H
#define STORE_SCANNED_H

#include "base/barcode.h"
#include "store/reader.h"

enum scanned {
	SCANNED_NOTHING,	/* no order's number */
	SCANNED_ASK,		/* a number that the store does not know: the server may */
	SCANNED_ORDER,		/* appended: the order of that number */
	SCANNED_WAYBILL		/* appended: the order of that waybill */
};

/* `r` NULL: there is no store yet. */
enum scanned scanned_find(struct reader *r, const struct readings *code, struct order_list *out);

#endif
