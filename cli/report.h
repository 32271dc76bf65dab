/* A report for other programs. After report_end(). */
#ifndef CLI_REPORT_H
#define CLI_REPORT_H

#include "base/buf.h"
#include "order/report_text.h"

/* One row a number, with what it is of. */
void report_write_csv(const struct report *r, const struct report_head *head, struct buf *out);
/* The whole document, to standard output. */
void report_print_json(const struct report *r, const struct report_head *head);

#endif
