#include "sim/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <sys/socket.h>
#include <unistd.h>

#include <microhttpd.h>

#include "base/mem.h"

/* How long a client with a tool's User-Agent is left without an answer. */
#define IGNORED_MS 120000

struct server {
	struct MHD_Daemon *daemon;
	struct site *site;
	int stop[2]; /* a pipe; closing its writing end wakes every waiter */
	atomic_uint connections;
};

/* One for each connection, in the library's socket context. */
struct link {
	unsigned id, requests;
};

/* One for each request: made when its first line is read. */
struct call {
	struct exchange x;
	char *target;
	bool started, too_large;
};

/* What the library reads a spoiled body from. */
struct spoiled {
	struct buf body;
	uint64_t cut; /* fail after so many bytes; a big one ends well there */
	bool endless, big;
	struct server *server; /* of one that stalls, with its connection */
	struct MHD_Connection *stalls;
	struct site *site; /* of a big one: who is told how far it came */
	uint64_t log_number, sent;
};

static int socket_of(struct MHD_Connection *c)
{
	return MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
}

/* Waits; earlier back when the server stops. */
static void wait_ms(struct server *server, long ms)
{
	struct pollfd fd = { .fd = server->stop[0], .events = POLLIN };

	poll(&fd, 1, (int)ms);
}

/* The same, but there is nothing to wait for when the client has gone. */
static void keep_silent(struct server *server, struct MHD_Connection *c, long ms)
{
	struct pollfd fds[2] = {
		{ .fd = server->stop[0], .events = POLLIN },
		{ .fd = socket_of(c), .events = POLLRDHUP },
	};

	poll(fds, 2, (int)ms);
}

static enum MHD_Result drop(void)
{
	return MHD_NO;
}

static enum MHD_Result reset(struct MHD_Connection *c)
{
	struct sockaddr none = { .sa_family = AF_UNSPEC };

	connect(socket_of(c), &none, sizeof(none));
	return MHD_NO;
}

static enum MHD_Result garbage(struct MHD_Connection *c)
{
	static const char NOISE[] =
		"HTTP/1.1 2\x01\xff\xfe OK\r\nContent-Length: banana\r\n: \x80\r\n\r\n{]";

	send(socket_of(c), NOISE, sizeof(NOISE) - 1, MSG_NOSIGNAL);
	return MHD_NO;
}

/* The real answer, then blanks: all of it is made as it goes. */
static ssize_t read_big(struct spoiled *s, uint64_t at, char *out, size_t max)
{
	uint64_t left = s->cut - at;
	size_t n = left < max ? (size_t)left : max, head;

	if (!n)
		return MHD_CONTENT_READER_END_OF_STREAM;
	head = at < s->body.len ? s->body.len - (size_t)at : 0;
	head = head < n ? head : n;
	if (head)
		memcpy(out, s->body.data + at, head);
	memset(out + head, ' ', n - head);
	s->sent = at + n;
	return (ssize_t)n;
}

static ssize_t read_spoiled(void *arg, uint64_t at, char *out, size_t max)
{
	static const char MORE[] =
		"{\"data\":[{\"type\":\"orders\",\"id\":\"MQ\",\"attributes\":{}},";
	struct spoiled *s = arg;
	size_t n;

	if (s->big)
		return read_big(s, at, out, max);
	if (s->endless) {
		for (n = 0; n < max; n++)
			out[n] = MORE[(at + n) % (sizeof(MORE) - 1)];
		return (ssize_t)max;
	}
	if (at >= s->cut && s->stalls)
		keep_silent(s->server, s->stalls, IGNORED_MS);
	if (at >= s->cut)
		return MHD_CONTENT_READER_END_WITH_ERROR;
	n = s->cut - at < max ? s->cut - at : max;
	memcpy(out, s->body.data + at, n);
	return (ssize_t)n;
}

static void free_spoiled(void *arg)
{
	struct spoiled *s = arg;

	if (s->site)
		site_sent(s->site, s->log_number, s->sent);
	buf_clear(&s->body);
	free(s);
}

static bool is_big(const struct exchange *x)
{
	return x->plan.kind == FAULT_BIG || x->plan.kind == FAULT_BIG_CHUNKED;
}

static struct MHD_Response *big_response(struct site *site, struct exchange *x)
{
	struct spoiled *s = xcalloc(1, sizeof(*s));

	*s = (struct spoiled){ .body = x->reply.body, .cut = (uint64_t)x->plan.number, .big = true, .site = site,
		.log_number = x->log_number };
	x->reply.body = (struct buf)BUF_INIT(BUF_MAX_REPLY);
	return MHD_create_response_from_callback(x->plan.kind == FAULT_BIG ? s->cut : MHD_SIZE_UNKNOWN, 65536,
		read_spoiled, s, free_spoiled);
}

static struct MHD_Response *spoiled_response(struct server *server, struct MHD_Connection *c, struct exchange *x)
{
	struct spoiled *s = xcalloc(1, sizeof(*s));
	struct reply *p = &x->reply;
	size_t len = p->body.len;

	s->endless = x->plan.kind == FAULT_ENDLESS;
	if (x->plan.kind == FAULT_STALL) {
		s->server = server;
		s->stalls = c;
	}
	s->cut = (size_t)x->plan.number < len ? (size_t)x->plan.number : len - 1;
	s->body = p->body;
	p->body = (struct buf)BUF_INIT(BUF_MAX_REPLY);
	return MHD_create_response_from_callback(
		s->endless ? MHD_SIZE_UNKNOWN : len, 16384, read_spoiled, s, free_spoiled);
}

/* In English whatever the locale. */
static void add_date(struct MHD_Response *r, int64_t ms)
{
	static const char days[] = "SunMonTueWedThuFriSat", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	time_t seconds = (time_t)(ms / 1000);
	char text[64];
	struct tm t;

	gmtime_r(&seconds, &t);
	snprintf(text, sizeof(text), "%.3s, %02d %.3s %04d %02d:%02d:%02d GMT", days + 3 * t.tm_wday, t.tm_mday,
		months + 3 * t.tm_mon, t.tm_year + 1900, t.tm_hour, t.tm_min, t.tm_sec);
	MHD_add_response_header(r, "Date", text);
}

static struct MHD_Response *make_response(struct server *server, struct MHD_Connection *c, struct exchange *x)
{
	struct reply *p = &x->reply;
	struct MHD_Response *r;
	size_t len = p->body.len;
	char seconds[16];

	if (is_big(x))
		r = big_response(server->site, x);
	else if (x->plan.kind == FAULT_TRUNCATE || x->plan.kind == FAULT_STALL || x->plan.kind == FAULT_ENDLESS)
		r = spoiled_response(server, c, x);
	else
		r = MHD_create_response_from_buffer(len, buf_take(&p->body), MHD_RESPMEM_MUST_FREE);
	MHD_add_response_header(r, "Content-Type", p->type);
	if (p->retry_after) {
		snprintf(seconds, sizeof(seconds), "%d", p->retry_after);
		MHD_add_response_header(r, "Retry-After", seconds);
	}
	if (p->location)
		MHD_add_response_header(r, "Location", p->location);
	if (p->date_ms)
		add_date(r, p->date_ms);
	return r;
}

static enum MHD_Result answer(struct server *server, struct MHD_Connection *c, struct exchange *x)
{
	struct MHD_Response *r = make_response(server, c, x);
	enum MHD_Result result = MHD_queue_response(c, (unsigned)x->reply.status, r);

	MHD_destroy_response(r);
	site_end(server->site, x, x->reply.status);
	return result;
}

static bool answers_nothing(const struct exchange *x)
{
	switch (x->plan.kind) {
	case FAULT_DROP:
	case FAULT_RESET:
	case FAULT_SILENCE:
	case FAULT_GARBAGE:
		return true;
	default:
		return x->ignored;
	}
}

/* The log says what happened before the client can see it. */
static enum MHD_Result end_badly(
	struct server *server, struct MHD_Connection *c, struct exchange *x)
{
	site_end(server->site, x, 0);
	if (x->ignored || x->plan.kind == FAULT_SILENCE)
		keep_silent(server, c, x->ignored ? IGNORED_MS : x->plan.number);
	if (x->plan.kind == FAULT_RESET)
		return reset(c);
	if (x->plan.kind == FAULT_GARBAGE)
		return garbage(c);
	return drop();
}

static enum MHD_Result carry_out(
	struct server *server, struct MHD_Connection *c, struct exchange *x)
{
	enum fault_kind kind;
	bool heard;

	site_begin(server->site, x);
	kind = x->plan.kind;
	heard = kind == FAULT_NONE || kind == FAULT_DELAY || x->plan.after;
	if (kind == FAULT_DELAY && !x->plan.after)
		wait_ms(server, x->plan.number);
	if (heard && !x->ignored)
		site_apply(server->site, x);
	if (kind == FAULT_DELAY && x->plan.after)
		wait_ms(server, x->plan.number);
	site_spoil(x);
	return answers_nothing(x) ? end_badly(server, c, x) : answer(server, c, x);
}

static const char *header(struct MHD_Connection *c, const char *name)
{
	return MHD_lookup_connection_value(c, MHD_HEADER_KIND, name);
}

static void start_call(struct call *call, struct MHD_Connection *c, const char *method)
{
	struct link *link =
		MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
	struct request *q = &call->x.request;

	request_init(q, method, call->target);
	q->accept = header(c, "Accept");
	q->content_type = header(c, "Content-Type");
	q->token = header(c, "X-Auth-Token");
	q->user_agent = header(c, "User-Agent");
	q->security_code = header(c, "X-Security-Code");
	q->send_code = header(c, "X-Send-Code");
	call->x.connection = link->id;
	call->x.reused = link->requests++ > 0;
	call->started = true;
}

static enum MHD_Result refuse_large(struct MHD_Connection *c)
{
	struct MHD_Response *r = MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
	enum MHD_Result result = MHD_queue_response(c, MHD_HTTP_CONTENT_TOO_LARGE, r);

	MHD_destroy_response(r);
	return result;
}

static enum MHD_Result on_request(void *arg, struct MHD_Connection *c, const char *url,
	const char *method, const char *version, const char *data, size_t *len, void **context)
{
	struct server *server = arg;
	struct call *call = *context;

	(void)url;
	(void)version;
	if (!call->started) {
		start_call(call, c, method);
		return MHD_YES;
	}
	if (*len) {
		call->too_large |= !buf_add(&call->x.request.body, data, *len);
		*len = 0;
		return MHD_YES;
	}
	return call->too_large ? refuse_large(c) : carry_out(server, c, &call->x);
}

/* The raw target: the library's own `url` has lost the difference between "/" and "%2F". */
static void *on_target(void *arg, const char *target, struct MHD_Connection *c)
{
	struct call *call = xcalloc(1, sizeof(*call));

	(void)arg;
	(void)c;
	call->target = xstrdup(target);
	return call;
}

static void on_completed(
	void *arg, struct MHD_Connection *c, void **context, enum MHD_RequestTerminationCode why)
{
	struct call *call = *context;

	(void)arg;
	(void)c;
	(void)why;
	if (!call)
		return;
	if (call->started) {
		request_clear(&call->x.request);
		reply_clear(&call->x.reply);
		fault_plan_clear(&call->x.plan);
	}
	free(call->target);
	free(call);
	*context = NULL;
}

static void on_connection(void *arg, struct MHD_Connection *c, void **context,
	enum MHD_ConnectionNotificationCode what)
{
	struct server *server = arg;
	struct link *link;

	(void)c;
	if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
		free(*context);
		return;
	}
	link = xcalloc(1, sizeof(*link));
	link->id = atomic_fetch_add(&server->connections, 1) + 1;
	*context = link;
}

static bool loopback(const char *text, unsigned port, struct sockaddr_storage *out)
{
	struct sockaddr_in *v4 = (struct sockaddr_in *)out;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)out;

	memset(out, 0, sizeof(*out));
	if (!strcmp(text, "localhost"))
		text = "127.0.0.1";
	if (inet_pton(AF_INET, text, &v4->sin_addr) == 1) {
		v4->sin_family = AF_INET;
		v4->sin_port = htons((uint16_t)port);
		return ntohl(v4->sin_addr.s_addr) >> 24 == 127;
	}
	if (inet_pton(AF_INET6, text, &v6->sin6_addr) != 1)
		return false;
	v6->sin6_family = AF_INET6;
	v6->sin6_port = htons((uint16_t)port);
	return IN6_IS_ADDR_LOOPBACK(&v6->sin6_addr);
}

static struct MHD_Daemon *start_daemon(
	struct server *server, const struct server_config *config, struct sockaddr_storage *address)
{
	unsigned flags =
		MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL;

	if (config->certificate)
		flags |= MHD_USE_TLS;
	if (address->ss_family == AF_INET6)
		flags |= MHD_USE_IPv6;
	return MHD_start_daemon(flags, 0, NULL, NULL, on_request, server, MHD_OPTION_SOCK_ADDR,
		(struct sockaddr *)address, MHD_OPTION_LISTENING_ADDRESS_REUSE, 1U,
		MHD_OPTION_CONNECTION_LIMIT, 1000U, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
		(size_t)(256 * 1024), MHD_OPTION_URI_LOG_CALLBACK, on_target, server,
		MHD_OPTION_NOTIFY_COMPLETED, on_completed, server, MHD_OPTION_NOTIFY_CONNECTION,
		on_connection, server,
		config->certificate ? MHD_OPTION_HTTPS_MEM_CERT : MHD_OPTION_END,
		config->certificate, MHD_OPTION_HTTPS_MEM_KEY, config->key, MHD_OPTION_END);
}

static void set_base_url(struct server *server, const struct server_config *config)
{
	struct shop *shop = &server->site->shop;
	const char *scheme = config->certificate ? "https" : "http";
	unsigned port = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;

	/* Whoever knows the port may be asking already. */
	shop_lock(shop);
	free(shop->base_url);
	shop->base_url = strchr(config->address, ':')
				 ? xasprintf("%s://[%s]:%u", scheme, config->address, port)
				 : xasprintf("%s://%s:%u", scheme, config->address, port);
	shop_unlock(shop);
}

struct server *server_start(
	struct site *site, const struct server_config *config, struct error *err)
{
	struct server *server;
	struct sockaddr_storage address;

	if (!loopback(config->address, config->port, &address)) {
		error_set(err, ERR_USAGE, "%s is not a loopback address", config->address);
		return NULL;
	}
	server = xcalloc(1, sizeof(*server));
	server->site = site;
	if (pipe2(server->stop, O_CLOEXEC) < 0) {
		error_set(err, ERR_STORAGE, "cannot make a pipe: %s", strerror(errno));
		free(server);
		return NULL;
	}
	server->daemon = start_daemon(server, config, &address);
	if (!server->daemon) {
		error_set(err, ERR_OFFLINE, "cannot listen on %s port %u: %s", config->address,
			config->port, strerror(errno));
		close(server->stop[1]);
		close(server->stop[0]);
		free(server);
		return NULL;
	}
	set_base_url(server, config);
	return server;
}

void server_stop(struct server *server)
{
	close(server->stop[1]);
	MHD_stop_daemon(server->daemon);
	close(server->stop[0]);
	free(server);
}
