/* The last requests that came in, for tests that ask what a client really sent.
 *
 * A ring of REQLOG_MAX; a request is entered when it has been read whole and gets its status when
 * it is answered (0 until then, and for ever if nothing was answered). Never a token, never a body.
 * All under the shop's lock. */
#ifndef SIM_REQLOG_H
#define SIM_REQLOG_H

#include <stdint.h>
#include <stdio.h>

#include "sim/json.h"
#include "sim/request.h"

#define REQLOG_MAX 8192

struct reqlog_item {
	uint64_t n;
	int64_t at;
	char method[10], path[400], user_agent[100];
	const char *token, *fault; /* constants; fault NULL none */
	unsigned connection;
	int status;
	uint64_t sent; /* bytes of a big body (sim/fault.h) that were on their way when it ended; else 0 */
};

struct reqlog {
	struct reqlog_item *items; /* REQLOG_MAX, once anything was entered */
	uint64_t next;
	FILE *file; /* borrowed, NULL none: a line for each answer */
};

uint64_t reqlog_enter(struct reqlog *log, const struct request *q, const char *token,
	unsigned connection, int64_t at);
void reqlog_finish(struct reqlog *log, uint64_t n, int status, const char *fault);
void reqlog_sent(struct reqlog *log, uint64_t n, uint64_t bytes);
/* {"next":N,"items":[...]}: those numbered since and above that are still there. */
void reqlog_write(const struct reqlog *log, uint64_t since, struct json *j);
void reqlog_clear(struct reqlog *log);

#endif
