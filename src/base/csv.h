/* Tables for spreadsheet programs: CSV by RFC 4180, in UTF-8, with a mark in front by which those programs know
 * that it is.
 *
 *	struct csv_writer w = CSV_WRITER(&buf);
 *	csv_begin(&w);
 *	csv_put_text(&w, "Чайник");
 *	csv_put_int(&w, 2);
 *	csv_end_row(&w);
 *
 * What somebody wrote must not become a formula when it is opened: a text that begins like one gets an apostrophe in
 * front. Numbers stay numbers, negative ones too. One thread at a time. */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

struct csv_writer {
	struct buf *out;
	bool inside;	/* the row has a cell already */
};

#define CSV_WRITER(buf) { .out = (buf), .inside = false }

void csv_begin(struct csv_writer *w);
void csv_put_text(struct csv_writer *w, const char *text);
void csv_put_int(struct csv_writer *w, int64_t n);
void csv_put_nothing(struct csv_writer *w);
void csv_end_row(struct csv_writer *w);

#endif
