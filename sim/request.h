/* One request as the shop sees it, and what it answers. No HTTP library in sight.
 *
 * A request is parsed from the raw target: the path is split before it is decoded, so that an id
 * with an encoded "/" stays one segment, and names of parameters may hold brackets raw or
 * percent-encoded. Strings belong to the request. One thread each. */
#ifndef SIM_REQUEST_H
#define SIM_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

#define REQUEST_SEGMENTS 8
#define REQUEST_PARAMS 32
#define REQUEST_BODY_MAX (1024u * 1024)

struct param {
	const char *name, *value;
};

struct request {
	const char *method, *target;
	/* Headers; NULL absent, "" present and empty. Borrowed from the server. */
	const char *accept, *content_type, *token, *user_agent, *security_code, *send_code;
	const char *segments[REQUEST_SEGMENTS];
	unsigned n_segments;
	struct param params[REQUEST_PARAMS];
	unsigned n_params;
	bool bad_target; /* too long, or not decodable */
	struct buf body;
	struct arena arena;
};

struct reply {
	int status;
	const char *type; /* a constant */
	char *location;	  /* owned; NULL none */
	int retry_after;  /* seconds, 0 none */
	int64_t date_ms;  /* what the Date header says; 0 the wall clock */
	struct buf body;
};

void request_init(struct request *q, const char *method, const char *target);
void request_clear(struct request *q);
/* The value of the last parameter of this name, NULL if there is none. */
const char *request_param(const struct request *q, const char *name);
/* Do the segments match "shop/api/v2/orders/?/entries"; "?" matches any one. */
bool request_is(const struct request *q, const char *pattern);

void reply_init(struct reply *p);
void reply_clear(struct reply *p);
/* {"errors":[{"title":"..."}]} in place of whatever was written. */
void reply_error(struct reply *p, int status, const char *title);

#endif
