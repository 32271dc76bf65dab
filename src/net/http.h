/* HTTP as a shop's desk needs it: few calls at a time, no surprises. The only user of libcurl.
 *
 *	http_global_start(err);				once, before http_open; never in the screen's path
 *	struct http *h = http_open(&options, err);
 *	http_send(h, &request, token);			returns at once
 *	while (http_running(h))
 *		http_step(h, timeout_ms);		waits for bytes, a wake-up or the time-out
 *		while (http_take(h, &reply)) ...	finished ones; reply.id says which
 *	http_close(h);
 *
 * Promises: HTTPS only, plain http for loopback addresses alone; certificate and host name always
 * verified; TLS 1.2 or newer; no redirects (a 3xx is a reply like any other), no cookies, no netrc, no
 * proxy and no SSLKEYLOGFILE from the environment; HTTP/1.1; a mutating request travels on a fresh
 * connection that is closed afterwards, and is never sent again by the transport (libcurl repeats a
 * POST on a reused connection that dies before the first byte: measured with 7.88); a body is limited to
 * max_body and its decoded size is what counts; no header of ours is logged.
 *
 * Everything belongs to the worker's thread, except http_wake(), which any thread may call. */
#ifndef NET_HTTP_H
#define NET_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"

struct http;

struct http_options {
	const char *user_agent;	/* never empty */
	const char *proxy;	/* NULL for none */
	const char *ca_file;	/* NULL for the system's */
	int connect_timeout_ms;	/* 0: 10 s */
	int parallel;		/* connections per host at most; 0: 4 */
};

struct http_header {
	const char *name;
	const char *value;	/* "" is sent present and empty */
};

enum http_method { HTTP_GET, HTTP_POST, HTTP_PUT };

/* Takes the body of a 2xx answer piece by piece, so that a large one is never held in memory. */
struct http_sink {
	/* False stops the transfer, which fails then: whoever said so knows why. */
	bool (*write)(void *arg, const char *data, size_t len);
	void *arg;
	size_t max;		/* bytes in all; more of them, or a Content-Length of more, stop it too */
};

struct http_request {
	uint64_t id;			/* the caller's; comes back in the reply */
	enum http_method method;
	const char *url;
	const struct http_header *headers;
	size_t n_headers;
	const char *body;		/* NULL for none */
	size_t body_len;
	bool mutating;
	int timeout_ms;			/* whole transfer; 0: 30 s */
	size_t max_body;		/* 0: BUF_MAX_REPLY */
	const struct http_sink *sink;	/* copied; NULL: the body is in the reply, as any other than a 2xx is */
};

/* How far a request came: what decides whether a mutating one may have been applied. */
enum http_progress {
	HTTP_NOT_SENT,		/* certainly no byte of the request left: DNS, TCP, TLS failed */
	HTTP_MAYBE_SENT,	/* some of it may have left; no complete reply */
	HTTP_ANSWERED		/* status and whole body are there */
};

struct http_reply {
	uint64_t id;
	enum http_progress progress;
	struct error error;		/* code NONE when ANSWERED, else OFFLINE, TIMEOUT, BAD_REPLY, CANCELLED */
	long status;			/* when ANSWERED, and where a status line came before the cut; else 0 */
	struct buf body;		/* the taker's; buf_clear() */
	int64_t retry_after_ms;		/* of a Retry-After header (seconds or date); -1 none */
	int64_t server_date_ms;		/* of the Date header; 0 none */
	int64_t first_byte_ms;		/* from the start of the request to the first byte of the answer, rounded up; 0 none came */
	char content_type[64];
};

bool http_global_start(struct error *err);
void http_global_stop(void);

/* Copies the options. */
struct http *http_open(const struct http_options *options, struct error *err);
/* Abandons what runs. */
void http_close(struct http *h);

/* Copies the request; false when the URL is not allowed (CONFIG) or it cannot be started. */
bool http_send(struct http *h, const struct http_request *request, struct error *err);
/* A running request ends with a reply CANCELLED (progress tells how far it was). */
void http_cancel(struct http *h, uint64_t id);
/* Requests sent and not yet taken. */
size_t http_running(const struct http *h);
/* Does what can be done, waiting at most timeout_ms (-1: for ever) for bytes or http_wake(). */
void http_step(struct http *h, int timeout_ms);
/* The next finished request; the caller owns *out. */
bool http_take(struct http *h, struct http_reply *out);
/* Makes the http_step() that runs now, or else the next one, return. Any thread. */
void http_wake(struct http *h);

/* While the descriptor (-1: none) is readable http_step() does not wait. */
void http_watch(struct http *h, int fd);

/* The rule for URLs: https, or http to 127.0.0.0/8, ::1 or localhost. CONFIG with a sentence. */
bool http_url_allowed(const char *url, struct error *err);
/* Whether both are allowed and have scheme, host and port in common: what may be told to one may be told to
 * the other. */
bool http_same_origin(const char *a, const char *b);

#endif
