/* One call of an API, described but not made.
 *
 * Providers fill it in (pure), the worker adds base URL, token and User-Agent and carries it out. An address of
 * its own goes where it says; the token goes along only where that is the shop's own server.
 * Everything in it is the caller's until call_clear(). */
#ifndef ORDER_CALL_H
#define ORDER_CALL_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"

enum call_method { CALL_GET, CALL_POST, CALL_PUT };

#define CALL_HEADERS_MAX 8

struct call_header {
	const char *name;
	const char *value;	/* "" is sent as a header that is present and empty */
};

struct call {
	struct arena arena;
	enum call_method method;
	struct buf path;		/* with its query, percent-encoded: "/shop/api/v2/orders?..." */
	bool absolute;			/* the path is a whole URL, such as the API gave in an answer */
	struct call_header headers[CALL_HEADERS_MAX];
	int n_headers;
	struct buf body;		/* wiped on clear: it may hold a code */
	bool mutating;			/* fresh connection, never repeated by the transport */
	int timeout_ms;			/* from the first byte out to the last byte in */
};

void call_init(struct call *c, enum call_method method);
/* Copies both. The value may be a secret; clear wipes it. */
void call_header(struct call *c, const char *name, const char *value);
/* Appends to the path, percent-encoding all but unreserved characters. */
void call_path_escape(struct call *c, const char *s);
void call_clear(struct call *c);

const char *call_method_name(enum call_method m);

#endif
