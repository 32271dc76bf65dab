/* A report in words, line by line: the same for the command and for the screen. Translated; pure but for the
 * locale, by which widths go; any thread. */
#ifndef ORDER_REPORT_TEXT_H
#define ORDER_REPORT_TEXT_H

#include <stdbool.h>

#include "order/report.h"

enum report_mark {
	REPORT_PLAIN,
	REPORT_TITLE,	/* of the table below */
	REPORT_OVER	/* a share that is over its limit; the words say so, too */
};

/* What stands around it, and whom to ask for words. */
struct report_head {
	const char *shop;
	const struct provider *provider;
	double cancel_limit;	/* percent of all orders; 0 none */
	double late_limit;	/* percent of what went to the courier; 0 none */
};

struct report_page {
	int columns;		/* that a line may have; 40 at least */
	bool ascii;		/* no letters but those of ASCII for the bars */
	void (*line)(void *arg, enum report_mark mark, const char *text);	/* borrowed; "" an empty line */
	void *arg;
};

/* After report_end(). Of an empty report one sentence. */
void report_write_text(const struct report *r, const struct report_head *head, const struct report_page *page);

#endif
