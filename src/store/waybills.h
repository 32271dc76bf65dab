/* The waybills that are kept: PDFs in the folder "waybills" of the shop's state folder, to be printed again.
 *
 *	char *path = waybills_path(s, order);
 *	if (!waybills_have(path)) {
 *		waybill_begin(&f, path);
 *		while (...)
 *			if (!waybill_write(&f, data, len)) ...	f.error says why
 *		if (!waybill_keep(&f, err)) ...
 *		waybill_clear(&f);				leaves nothing of what was not kept
 *	}
 *
 * A file has its name only once it is a whole PDF and on the disk. Until then it is a temporary one, which
 * its process holds locked: what a process left that is gone is removed by the next one that keeps a waybill, and
 * by the purge. Files are private (0600, the folder 0700): they name buyers. Several processes may
 * keep the same waybill at the same time. Worker's thread. */
#ifndef STORE_WAYBILLS_H
#define STORE_WAYBILLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/pdf.h"
#include "order/order.h"
#include "store/store.h"

#define WAYBILL_MAX (20u * 1024 * 1024)	/* bytes; a label is some ten thousand of them */

struct waybill_file {
	char *path;
	char *temporary;	/* NULL until the first bytes come */
	int fd;
	struct pdf_check pdf;
	struct error error;	/* of waybill_write() */
};

/* Where the waybill of an order is kept: "CODE-HASH.pdf", by its link and number: one that the server made anew has
 * another name. A code that is not of digits is hashed as well. The caller's to free. */
char *waybills_path(const struct store *s, const struct order *o);
bool waybills_have(const char *path);
/* The code as a part of a file's name, for names of others: the caller's to free. */
char *waybill_name(const char *code);

void waybill_begin(struct waybill_file *f, const char *path);
/* False when it is no PDF or cannot be written; f->error says which. */
bool waybill_write(struct waybill_file *f, const char *data, size_t len);
/* Gives it its name, if it is whole, and removes older ones of the order. */
bool waybill_keep(struct waybill_file *f, struct error *err);
void waybill_clear(struct waybill_file *f);

/* Removes those written before then, those of orders whose buyers are forgotten, and abandoned ones. See
 * store_purge(). */
bool waybills_purge(struct store *s, int64_t before_ms, struct error *err);

#endif
