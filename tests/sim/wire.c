#include "tests/sim/wire.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/mem.h"
#include "sim/base64.h"
#include "tests/lib/check.h"
#include "tests/lib/patience.h"

#define REPLY_MAX (1024u * 1024)
#define WAIT_MS	  2000

struct wire {
	int fd;
	char *headers;
};

struct wire *wire_open(struct market *m, const char *token)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)m->port) };
	struct wire *w = xcalloc(1, sizeof(*w));

	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	w->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	w->headers = xasprintf(WIRE_API_HEADERS, token);
	if (connect(w->fd, (struct sockaddr *)&to, sizeof(to)) != 0)
		check_fail("cannot connect to duken-sim: %s", strerror(errno));
	return w;
}

void wire_close(struct wire *w)
{
	close(w->fd);
	free(w->headers);
	free(w);
}

/* How long the whole reply is as its head announces it, 0 while that is unknown. */
static size_t announced(const char *data, size_t len)
{
	const char *end = memmem(data, len, "\r\n\r\n", 4), *at;

	if (!end)
		return 0;
	at = memmem(data, (size_t)(end - data), "Content-Length: ", 16);
	if (!at && memmem(data, (size_t)(end - data), " 204 ", 5))
		return (size_t)(end - data) + 4;
	return at ? (size_t)(end - data) + 4 + strtoul(at + 16, NULL, 10) : 0;
}

static enum wire_end read_reply(int fd, char *data, size_t *len)
{
	int64_t deadline = deadline_in(WAIT_MS);

	for (;;) {
		struct pollfd p = { .fd = fd, .events = POLLIN };
		size_t whole = announced(data, *len);
		ssize_t n;

		if (whole && *len >= whole)
			return WIRE_WHOLE;
		if (*len == REPLY_MAX)
			return WIRE_TOO_MUCH;
		if (poll(&p, 1, deadline_left(deadline)) <= 0)
			return WIRE_SILENT;
		n = recv(fd, data + *len, REPLY_MAX - *len, 0);
		if (n < 0)
			return WIRE_RESET;
		if (n == 0)
			return WIRE_CLOSED;
		*len += (size_t)n;
	}
}

static struct wire_reply split(enum wire_end end, char *data, size_t len)
{
	struct wire_reply r = { .end = end };
	char *body = memmem(data, len, "\r\n\r\n", 4);
	size_t head = body ? (size_t)(body - data) + 4 : len;

	r.head = xstrndup(data, head);
	r.body = xmalloc(len - head + 1);
	memcpy(r.body, data + head, len - head);
	r.body[len - head] = '\0';
	r.len = len - head;
	if (sscanf(r.head, "HTTP/1.1 %d ", &r.status) != 1)
		r.status = 0;
	return r;
}

struct wire_reply wire_call(
	struct wire *w, const char *method, const char *path, const char *headers, const char *body)
{
	char *data = xmalloc(REPLY_MAX), *request;
	struct wire_reply r;
	enum wire_end end;
	size_t len = 0;

	request = xasprintf("%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\n%sContent-Length: %zu\r\n\r\n%s",
		method, path, headers ? headers : w->headers, body ? strlen(body) : 0,
		body ? body : "");
	if (send(w->fd, request, strlen(request), MSG_NOSIGNAL) < 0)
		end = WIRE_RESET;
	else
		end = read_reply(w->fd, data, &len);
	r = split(end, data, len);
	free(request);
	free(data);
	return r;
}

void wire_reply_clear(struct wire_reply *r)
{
	free(r->head);
	free(r->body);
}

char *wire_ask(struct market *m, int status, const char *method, const char *path, const char *body)
{
	struct wire *w = wire_open(m, m->token);
	struct wire_reply r = wire_call(w, method, path, NULL, body);

	wire_close(w);
	if (r.end != WIRE_WHOLE || r.status != status) {
		check_note("%s", r.body);
		check_fail("%s %s: status %d, not %d", method, path, r.status, status);
	}
	free(r.head);
	return r.body;
}

struct wire_reply wire_act(struct market *m, struct wire *w, const char *code, const char *status,
	const char *more, const char *headers)
{
	struct arena a = ARENA_INIT;
	char *body = xasprintf("{\"data\":{\"type\":\"orders\",\"id\":\"%s\",\"attributes\":"
			       "{\"code\":\"%s\",\"status\":\"%s\"%s}}}",
		base64_encode(&a, code), code, status, more);
	char *usual = xasprintf(WIRE_API_HEADERS "%s", m->token, headers ? headers : "");
	struct wire_reply r = wire_call(w, "POST", "/shop/api/v2/orders", usual, body);

	free(usual);
	free(body);
	arena_clear(&a);
	return r;
}

char *wire_act_once(
	struct market *m, int expect, const char *code, const char *status, const char *more)
{
	struct wire *w = wire_open(m, m->token);
	struct wire_reply r = wire_act(m, w, code, status, more, NULL);

	wire_close(w);
	if (r.end != WIRE_WHOLE || r.status != expect) {
		check_note("%s", r.body);
		check_fail("%s of %s: status %d, not %d", status, code, r.status, expect);
	}
	free(r.head);
	return r.body;
}
