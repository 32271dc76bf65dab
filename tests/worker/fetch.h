/* What the tests of net/http share: a desk's client, and waiting with a deadline. The worker's
 * rules hold: one thread. Whatever does not come within 20 s fails the test that waits. */
#ifndef TESTS_WORKER_FETCH_H
#define TESTS_WORKER_FETCH_H

#include "net/http.h"
#include "tests/worker/rawserver.h"

#define FETCH_AGENT "duken/test"

struct http *fetch_open(void);
/* "http://127.0.0.1:PORT/PATH", good until the next call. */
const char *fetch_url(int port, const char *path);
void fetch_send(struct http *h, const struct http_request *r);
/* The next reply; its body is the caller's. */
struct http_reply fetch_take(struct http *h);
/* Sends one, takes its reply. */
struct http_reply fetch(struct http *h, const struct http_request *r);
/* A plain GET that must be answered with 200; forgets the body. */
void fetch_ok(struct http *h, const char *url);
/* Runs the client until counter(s) reaches n. */
void fetch_until(struct http *h, size_t (*counter)(struct rawserver *s), struct rawserver *s,
	size_t n);
/* The reply failed like this; forgets it. */
void fetch_expect_failure(struct http_reply *r, enum error_code code, enum http_progress progress,
	const char *word);

#endif
