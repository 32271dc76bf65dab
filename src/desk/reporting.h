/* A report in the making: reads the store piece by piece, so that whoever draws can draw in between. For front-ends:
 * their thread, their reader. No request is made.
 *
 *	struct reporting g = REPORTING_INIT;
 *	reporting_begin(&g, provider, REPORT_DAY, on_ms);
 *	while (!g.done && reporting_step(&g, reader, err))
 *		;
 *	... g.report ...				once g.done
 *	reporting_clear(&g);
 *
 * One step takes some milliseconds, however many orders there are. What changes between two steps may be counted as it
 * was or as it is; no order is counted twice. */
#ifndef DESK_REPORTING_H
#define DESK_REPORTING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "order/report.h"
#include "store/reader.h"

struct reporting {
	const struct provider *provider;	/* borrowed */
	struct report report;
	bool done;
	size_t slots_read;		/* of the journal */
	struct row_list rows;		/* the orders that were read last */
	struct row_key last;		/* the place behind which the next ones are */
	struct entry_list entries;	/* of the order at hand */
};

#define REPORTING_INIT { .report = REPORT_INIT, .rows = ROW_LIST_INIT, .entries = ENTRY_LIST_INIT }

/* The period ends with the zone's day that holds on_ms. */
void reporting_begin(struct reporting *g, const struct provider *p, enum report_period period, int64_t on_ms);
/* False when the store cannot be read: the report is not whole then. err != NULL. */
bool reporting_step(struct reporting *g, struct reader *r, struct error *err);
void reporting_clear(struct reporting *g);

#endif
