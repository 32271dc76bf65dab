#include "net/http_transfer.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"

#define TIMEOUT_MS 30000
/* Fewer than this many bytes a second for this long is a dead link, whatever the whole may take. */
#define SLOW_BYTES 16L
#define SLOW_SECONDS 30L
/* libcurl's 16 KiB would be eight reads for a page of orders. */
#define RECEIVE_BUFFER (128L * 1024)

/* What libcurl adds to a request unless it is told not to, where the caller does not say it. */
static const char *const unwanted[] = { "Accept:", "Content-Type:" };

#define N_UNWANTED (sizeof(unwanted) / sizeof(unwanted[0]))

/* ---- the copy of a request ------------------------------------------------------------------ */

static bool is_blank(const char *s)
{
	return s[strspn(s, " \t")] == '\0';
}

/* A line break in a value would begin a header of its own. */
static bool header_allowed(const struct http_header *h)
{
	const char *s;

	if (!*h->name)
		return false;
	for (s = h->name; *s; s++)
		if (!isalnum((unsigned char)*s) && !strchr("!#$%&'*+-.^_`|~", *s))
			return false;
	for (s = h->value; *s; s++)
		if (((unsigned char)*s < ' ' && *s != '\t') || *s == 0x7f)
			return false;
	return true;
}

static bool has_header(const struct http_request *r, const char *line)
{
	const size_t len = strcspn(line, ":");

	for (size_t i = 0; i < r->n_headers; i++)
		if (strlen(r->headers[i].name) == len &&
			!strncasecmp(r->headers[i].name, line, len))
			return true;
	return false;
}

static size_t copy_size(const struct http_request *r)
{
	size_t size = (r->n_headers + N_UNWANTED + 1) * sizeof(struct curl_slist);

	size += strlen(r->url) + 1 + r->body_len + 1;
	for (size_t i = 0; i < r->n_headers; i++)
		size += strlen(r->headers[i].name) + 2 + strlen(r->headers[i].value) + 1;
	return size;
}

static char *put(char **p, const char *s, size_t len)
{
	char *at = *p;

	if (len)
		memcpy(at, s, len);
	at[len] = '\0';
	*p += len + 1;
	return at;
}

/* libcurl drops "Name:" and sends "Name;" as a header that is present and empty. */
static char *put_header(char **p, const struct http_header *h)
{
	char *at = *p;

	*p = stpcpy(*p, h->name);
	*p = is_blank(h->value) ? stpcpy(*p, ";") : stpcpy(stpcpy(*p, ": "), h->value);
	(*p)++;
	return at;
}

/* The list's nodes are at the front of the block, the text behind them. */
static void copy_request(struct transfer *t, const struct http_request *r)
{
	struct curl_slist *node, **tail = &t->headers;
	char *p;

	t->copy_len = copy_size(r);
	t->copy = xmalloc(t->copy_len);
	node = (struct curl_slist *)(void *)t->copy;
	p = (char *)(node + r->n_headers + N_UNWANTED + 1);
	for (size_t i = 0; i < r->n_headers; i++, node++) {
		node->data = put_header(&p, &r->headers[i]);
		*tail = node;
		tail = &node->next;
	}
	for (size_t i = 0; i < N_UNWANTED; i++) {
		if (has_header(r, unwanted[i]))
			continue;
		node->data = (char *)(uintptr_t)unwanted[i];
		*tail = node;
		tail = &node->next;
		node++;
	}
	node->data = (char *)(uintptr_t)"Expect:";
	node->next = NULL;
	*tail = node;
	t->url = put(&p, r->url, strlen(r->url));
	t->body = put(&p, r->body, r->body_len);
	t->body_len = r->body_len;
}

static void forget_request(struct transfer *t)
{
	if (t->copy)
		explicit_bzero(t->copy, t->copy_len);
	free(t->copy);
	t->copy = NULL;
	t->url = t->body = NULL;
	t->headers = NULL;
}

static bool request_allowed(const struct http_request *r, struct error *err)
{
	for (size_t i = 0; i < r->n_headers; i++)
		if (!header_allowed(&r->headers[i]))
			return error_set(err, ERR_CONFIG,
				_("a value that is to be sent has a character that is not allowed "
				  "there (%s); check the token for a stray line break"),
				r->headers[i].name);
	if (r->body_len && (!r->body || r->method == HTTP_GET))
		return error_set(err, ERR_CONFIG, _("a reading request cannot carry a body"));
	return true;
}

struct transfer *transfer_new(const struct http_request *r, struct error *err)
{
	struct http_address address;
	struct transfer *t;

	if (!request_allowed(r, err) || !http_address_parse(&address, r->url, err))
		return NULL;
	t = xcalloc(1, sizeof(*t));
	t->origin = address.origin;
	t->host = address.host;
	t->plain = address.plain;
	t->method = r->method;
	t->mutating = r->mutating;
	t->timeout_ms = r->timeout_ms > 0 ? r->timeout_ms : TIMEOUT_MS;
	copy_request(t, r);
	t->reply.id = r->id;
	t->reply.retry_after_ms = -1;
	t->reply.body = (struct buf)BUF_INIT(r->max_body ? r->max_body : BUF_MAX_REPLY);
	if (r->sink)
		t->sink = *r->sink;
	return t;
}

void transfer_free(struct transfer *t)
{
	forget_request(t);
	buf_clear(&t->reply.body);
	free(t->origin);
	free(t->host);
	free(t);
}

/* ---- options -------------------------------------------------------------------------------- */

/* The promises at the top of http.h, apart from the limits. */
static int set_safety(struct transfer *t, const struct http_settings *s)
{
	CURL *e = t->easy;
	int bad = 0;

	bad |= curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, t->plain ? "http" : "https");
	bad |= curl_easy_setopt(e, CURLOPT_REDIR_PROTOCOLS_STR, "https");
	bad |= curl_easy_setopt(e, CURLOPT_FOLLOWLOCATION, 0L);
	bad |= curl_easy_setopt(e, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	bad |= curl_easy_setopt(e, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	bad |= curl_easy_setopt(e, CURLOPT_SSL_VERIFYPEER, 1L);
	bad |= curl_easy_setopt(e, CURLOPT_SSL_VERIFYHOST, 2L);
	if (s->ca_file)
		bad |= curl_easy_setopt(e, CURLOPT_CAINFO, s->ca_file);
	/* With a folder beside the file libcurl would read all certificates anew for each
	 * connection, and ca_file would not be the only one that counts. */
	bad |= curl_easy_setopt(e, CURLOPT_CAPATH, NULL);
	/* "" is what keeps http_proxy and the like out; plain http never leaves this computer. */
	t->proxied = s->proxy && !t->plain;
	bad |= curl_easy_setopt(e, CURLOPT_PROXY, t->proxied ? s->proxy : "");
	bad |= curl_easy_setopt(e, CURLOPT_NOPROXY, "");
	bad |= curl_easy_setopt(e, CURLOPT_HTTPPROXYTUNNEL, 1L);
	bad |= curl_easy_setopt(e, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	bad |= curl_easy_setopt(e, CURLOPT_HEADEROPT, (long)CURLHEADER_SEPARATE);
	bad |= curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
	/* Else giving up on a request waits for the system's resolver, half a minute and more. */
	bad |= curl_easy_setopt(e, CURLOPT_QUICK_EXIT, 1L);
	if (t->mutating) {
		bad |= curl_easy_setopt(e, CURLOPT_FRESH_CONNECT, 1L);
		bad |= curl_easy_setopt(e, CURLOPT_FORBID_REUSE, 1L);
	}
	return bad;
}

static int set_limits(struct transfer *t, const struct http_settings *s)
{
	const size_t max_body = t->sink.write ? t->sink.max : t->reply.body.max;
	CURL *e = t->easy;
	int bad = 0;

	bad |= curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT_MS, (long)s->connect_timeout_ms);
	bad |= curl_easy_setopt(e, CURLOPT_TIMEOUT_MS, (long)t->timeout_ms);
	bad |= curl_easy_setopt(e, CURLOPT_LOW_SPEED_LIMIT, SLOW_BYTES);
	bad |= curl_easy_setopt(e, CURLOPT_LOW_SPEED_TIME, SLOW_SECONDS);
	bad |= curl_easy_setopt(e, CURLOPT_TCP_KEEPALIVE, 1L);
	bad |= curl_easy_setopt(e, CURLOPT_BUFFERSIZE, RECEIVE_BUFFER);
	/* Refuses a stated length before it is read; answer_body() holds the limit. */
	bad |= curl_easy_setopt(e, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)max_body);
	return bad;
}

static int set_callbacks(struct transfer *t)
{
	CURL *e = t->easy;
	int bad = 0;

	bad |= curl_easy_setopt(e, CURLOPT_PRIVATE, t);
	bad |= curl_easy_setopt(e, CURLOPT_ERRORBUFFER, t->curl_text);
	bad |= curl_easy_setopt(e, CURLOPT_PREREQFUNCTION, answer_begin);
	bad |= curl_easy_setopt(e, CURLOPT_PREREQDATA, t);
	bad |= curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, answer_body);
	bad |= curl_easy_setopt(e, CURLOPT_WRITEDATA, t);
	bad |= curl_easy_setopt(e, CURLOPT_HEADERFUNCTION, answer_header);
	bad |= curl_easy_setopt(e, CURLOPT_HEADERDATA, t);
	return bad;
}

static int set_request(struct transfer *t, const struct http_settings *s)
{
	CURL *e = t->easy;
	int bad = 0;

	bad |= curl_easy_setopt(e, CURLOPT_URL, t->url);
	bad |= curl_easy_setopt(e, CURLOPT_PATH_AS_IS, 1L);
	bad |= curl_easy_setopt(e, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	bad |= curl_easy_setopt(e, CURLOPT_USERAGENT, s->user_agent);
	/* A page of orders is a tenth of its size in gzip, and shops sit behind mobile modems. */
	bad |= curl_easy_setopt(e, CURLOPT_ACCEPT_ENCODING, "gzip");
	bad |= curl_easy_setopt(e, CURLOPT_HTTPHEADER, t->headers);
	if (t->method == HTTP_GET)
		return bad | (int)curl_easy_setopt(e, CURLOPT_HTTPGET, 1L);
	bad |= curl_easy_setopt(e, CURLOPT_POST, 1L);
	bad |= curl_easy_setopt(e, CURLOPT_POSTFIELDS, t->body);
	bad |= curl_easy_setopt(e, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)t->body_len);
	if (t->method == HTTP_PUT)
		bad |= curl_easy_setopt(e, CURLOPT_CUSTOMREQUEST, "PUT");
	return bad;
}

bool transfer_prepare(struct transfer *t, CURL *easy, const struct http_settings *settings)
{
	t->easy = easy;
	return !(set_safety(t, settings) | set_limits(t, settings) | set_callbacks(t) |
		set_request(t, settings));
}

/* ---- the end -------------------------------------------------------------------------------- */

static void take_status(struct transfer *t)
{
	long status = 0;

	if (t->easy)
		curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	t->reply.status = status >= 200 ? status : 0;
}

static void take_first_byte(struct transfer *t)
{
	curl_off_t asked_us = 0, answered_us = 0;

	curl_easy_getinfo(t->easy, CURLINFO_PRETRANSFER_TIME_T, &asked_us);
	curl_easy_getinfo(t->easy, CURLINFO_STARTTRANSFER_TIME_T, &answered_us);
	t->reply.first_byte_ms = answered_us > asked_us ? (answered_us - asked_us + 999) / 1000 : 0;
}

/* By the server's own clock where it told it: a shop's computer may be wrong by minutes. */
static void take_retry_date(struct transfer *t)
{
	const int64_t now = t->reply.server_date_ms ? t->reply.server_date_ms : clock_now_ms();

	if (t->retry_at_ms)
		t->reply.retry_after_ms = t->retry_at_ms > now ? t->retry_at_ms - now : 0;
}

static void fail(struct transfer *t)
{
	t->reply.progress = t->began ? HTTP_MAYBE_SENT : HTTP_NOT_SENT;
	buf_wipe(&t->reply.body);
}

void transfer_finish(struct transfer *t, CURLcode code)
{
	take_status(t);
	take_retry_date(t);
	take_first_byte(t);
	if (code == CURLE_OK && t->reply.status) {
		t->reply.progress = HTTP_ANSWERED;
	} else {
		transfer_explain(t, code, &t->reply.error);
		fail(t);
	}
	forget_request(t);
}

void transfer_abandon(struct transfer *t)
{
	take_status(t);
	take_retry_date(t);
	error_set(&t->reply.error, ERR_CANCELLED, _("stopped on request"));
	fail(t);
	forget_request(t);
}
