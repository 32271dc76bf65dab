/* The waybill of an assembled order: a PDF, a page for each parcel, the label in the top left
 * quarter of an A4 sheet, as the live ones. The built-in fonts have no Cyrillic, so names are
 * transliterated. */
#ifndef SIM_WAYBILL_H
#define SIM_WAYBILL_H

#include "base/buf.h"
#include "sim/order.h"

/* Appends the document. The same order gives the same bytes. */
void waybill_write(struct buf *out, const struct sim_order *o);
/* Appends UTF-8 as plain Latin, unknown letters as "?"; safe inside a PDF string. */
void waybill_latin(struct buf *out, const char *text);

#endif
