/* One request on its way; shared by the http*.c files and by nothing else.
 *
 *	struct transfer *t = transfer_new(&request, err);	checked and copied
 *	transfer_prepare(t, easy, &settings)			every option of libcurl set
 *	... the loop runs it ...
 *	transfer_finish(t, code);			t->reply is complete, secrets are gone
 *	transfer_free(t);
 *
 * The worker's thread. */
#ifndef NET_HTTP_TRANSFER_H
#define NET_HTTP_TRANSFER_H

#include "net/curl_lazy.h"
#include "net/http.h"

/* What we ourselves refused in an answer; libcurl only says "write error". */
enum http_refusal {
	HTTP_REFUSED_NOTHING,
	HTTP_REFUSED_BODY,	/* over max_body, or the sink's max */
	HTTP_REFUSED_SINK,	/* the sink wants no more of it */
	HTTP_REFUSED_HEADERS,	/* too long together */
	HTTP_REFUSED_ENCODING	/* compressed in a way nobody asked for */
};

struct transfer {
	struct transfer *next;
	CURL *easy;
	char *origin;			/* "https://kaspi.kz:443": what the limit counts by */
	char *host;			/* for sentences */
	enum http_method method;
	bool plain;			/* http, so a loopback address */
	bool mutating;
	bool proxied;
	bool began;			/* the first byte of the request was about to be written */
	int timeout_ms;
	char *copy;			/* url, body, headers in one block: one wipe ends them */
	size_t copy_len;
	const char *url;
	const char *body;
	size_t body_len;
	struct curl_slist *headers;
	char curl_text[CURL_ERROR_SIZE];
	enum http_refusal refusal;
	struct http_sink sink;		/* write NULL: none */
	size_t sunk;			/* bytes that it took */
	size_t header_bytes;
	int64_t retry_at_ms;		/* of a Retry-After that is a date; 0 none */
	struct http_reply reply;
};

/* What http_open() was told, owned by struct http. */
struct http_settings {
	char *user_agent;
	char *proxy;
	char *ca_file;
	int connect_timeout_ms;
	int parallel;
};

struct http_address {
	char *host;
	char *origin;
	bool plain;
};

/* Applies the rule of http_url_allowed() and says what it found; the strings are the caller's. */
bool http_address_parse(struct http_address *a, const char *url, struct error *err);

struct transfer *transfer_new(const struct http_request *request, struct error *err);
/* False when this libcurl lacks an option that a promise rests on. */
bool transfer_prepare(struct transfer *t, CURL *easy, const struct http_settings *settings);
/* Fills the reply from what libcurl says and forgets the request. The handle is still attached. */
void transfer_finish(struct transfer *t, CURLcode code);
/* The same for one that is stopped on request. */
void transfer_abandon(struct transfer *t);
void transfer_free(struct transfer *t);

/* What libcurl calls back (http_answer.c); `user` is the transfer. The first is called when the
 * connection stands, its certificate is verified, and no byte of the request is written yet: the
 * one honest mark between "certainly not sent" and "maybe". The second gets decoded bytes, so that
 * a small compressed answer cannot unfold over the limit. */
int answer_begin(void *user, char *ip, char *local_ip, int port, int local_port);
size_t answer_body(char *data, size_t size, size_t n, void *user);
size_t answer_header(char *line, size_t size, size_t n, void *user);

/* The sentence and the code for a transfer that failed (http_error.c). */
void transfer_explain(const struct transfer *t, CURLcode code, struct error *err);

#endif
