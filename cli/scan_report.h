/* One burst of characters for `duken scan-test`: what came, how it reads, what a desk would do with it.
 *
 * The desk's own recogniser judges, with the times as they were. One thread. */
#ifndef CLI_SCAN_REPORT_H
#define CLI_SCAN_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/json_write.h"
#include "base/scan.h"
#include "store/reader.h"

#define BURST_MAX 256	/* more are counted, not kept */

struct burst {
	uint32_t keys[BURST_MAX];
	int64_t at_ms[BURST_MAX];
	size_t n;
	uint32_t end;		/* CR, LF or TAB; 0: it stopped */
	int64_t end_ms;
	bool timed;		/* false: read from a file, as if all had come at once */
};

struct scan_report {
	const struct scan_rules *rules;
	struct reader *reader;		/* NULL: no store is known */
	struct json_writer *json;	/* NULL: for people */
	size_t number;			/* of the last burst */
};

void scan_report(struct scan_report *r, const struct burst *b);

#endif
