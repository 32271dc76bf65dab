/* A client of one connection that tells what really came over it, for tests of duken-sim.
 *
 *	struct wire *w = wire_open(m, m->token);
 *	struct wire_reply r = wire_call(w, "GET", "/shop/api/v2/orders?...", NULL, NULL);
 *	assert_int_equal(r.status, 200);
 *	wire_reply_clear(&r);
 *	wire_close(w);
 *
 * The connection is kept between calls. Only wire_open() fails the running test. */
#ifndef TESTS_SIM_WIRE_H
#define TESTS_SIM_WIRE_H

#include <stdbool.h>
#include <stddef.h>

#include "tests/lib/market.h"

/* The headers that the API asks for, and a User-Agent; %s is the token. */
#define WIRE_API_HEADERS "User-Agent: wire/1\r\nX-Auth-Token: %s\r\n" \
	"Accept: application/vnd.api+json\r\nContent-Type: application/vnd.api+json\r\n"

enum wire_end {
	WIRE_WHOLE,	/* as long as was announced */
	WIRE_CLOSED,	/* the other side closed before that; status 0: without a byte */
	WIRE_RESET,
	WIRE_SILENT,	/* the deadline passed */
	WIRE_TOO_MUCH	/* more than 1 MiB */
};

struct wire_reply {
	enum wire_end end;
	int status;	/* 0: no status line */
	char *head;	/* all but the body; "" */
	char *body;	/* "" */
	size_t len;	/* of the body as far as it came */
};

struct wire;

struct wire *wire_open(struct market *m, const char *token);
void wire_close(struct wire *w);
/* `headers` replaces the usual ones; lines with "\r\n". Chunked bodies are left as they are. */
struct wire_reply wire_call(struct wire *w, const char *method, const char *path,
	const char *headers, const char *body);
void wire_reply_clear(struct wire_reply *r);

/* One call with the usual headers on a connection of its own. The whole body, the caller's to free;
 * fails unless the status is `status`. */
char *wire_ask(
	struct market *m, int status, const char *method, const char *path, const char *body);
/* POST /v2/orders of {code, status, more}; `more` starts with a comma or is "". `headers` come on top
 * of the usual ones. */
struct wire_reply wire_act(struct market *m, struct wire *w, const char *code, const char *status,
	const char *more, const char *headers);
/* The same on a connection of its own, expecting this status. The body, the caller's to free. */
char *wire_act_once(
	struct market *m, int expect, const char *code, const char *status, const char *more);

#endif
