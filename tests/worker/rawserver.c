#include "tests/worker/rawserver.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/mem.h"

#define MAX_CONNECTIONS 256
#define DRIP_MS 10

struct connection {
	struct rawserver *server;
	const struct raw_step *script;
	pthread_t thread;
	struct buf received;	/* under the server's lock */
	size_t read_to;		/* the thread's own: where the next request begins */
	int fd;
};

struct rawserver {
	pthread_mutex_t lock;
	pthread_t acceptor;
	int listener, port;
	int stop_fd, release_fd;	/* readable once told */
	const struct raw_step *const *scripts;
	size_t n_scripts;
	const struct raw_step *own[1];
	struct raw_step reply[4];
	struct connection *all[MAX_CONNECTIONS];
	size_t n, open, peak, requests, waiting;
};

static void check(bool ok, const char *what)
{
	if (ok)
		return;
	perror(what);
	abort();
}

/* Waits until the connection is readable (or writable); false when the server stops. */
static bool ready(struct connection *c, short events)
{
	struct pollfd fds[] = {
		{ .fd = c->fd, .events = events },
		{ .fd = c->server->stop_fd, .events = POLLIN },
	};

	check(poll(fds, 2, -1) > 0, "poll");
	return !fds[1].revents;
}

static bool receive(struct connection *c)
{
	char chunk[16384];
	ssize_t n;

	if (!ready(c, POLLIN))
		return false;
	n = recv(c->fd, chunk, sizeof(chunk), 0);
	if (n <= 0)
		return false;
	pthread_mutex_lock(&c->server->lock);
	buf_add(&c->received, chunk, (size_t)n);
	pthread_mutex_unlock(&c->server->lock);
	return true;
}

static bool deliver(struct connection *c, const char *text, size_t len)
{
	while (len) {
		ssize_t n;

		if (!ready(c, POLLOUT))
			return false;
		n = send(c->fd, text, len, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (n <= 0)
			return false;
		text += n;
		len -= (size_t)n;
	}
	return true;
}

/* The length of the request at the start of s; 0 while it is not whole. */
static size_t request_len(const char *s, size_t len)
{
	const char *end = memmem(s, len, "\r\n\r\n", 4);
	const char *field;
	size_t head, body = 0;

	if (!end)
		return 0;
	head = (size_t)(end - s) + 4;
	field = memmem(s, head, "\r\nContent-Length:", 17);
	if (field)
		body = strtoul(field + 17, NULL, 10);
	return head + body <= len ? head + body : 0;
}

static bool read_request(struct connection *c)
{
	size_t len;

	/* Only this thread changes the buffer, so it may read it without the lock. */
	while (!c->received.data ||
	       !(len = request_len(c->received.data + c->read_to, c->received.len - c->read_to)))
		if (!receive(c))
			return false;
	c->read_to += len;
	pthread_mutex_lock(&c->server->lock);
	c->server->requests++;
	pthread_mutex_unlock(&c->server->lock);
	return true;
}

static bool drip(struct connection *c, const char *text)
{
	struct pollfd stop = { .fd = c->server->stop_fd, .events = POLLIN };

	for (; *text; text++)
		if (poll(&stop, 1, DRIP_MS) || !deliver(c, text, 1))
			return false;
	return true;
}

static bool wait_for_release(struct connection *c)
{
	struct pollfd fds[] = {
		{ .fd = c->server->release_fd, .events = POLLIN },
		{ .fd = c->server->stop_fd, .events = POLLIN },
	};

	pthread_mutex_lock(&c->server->lock);
	c->server->waiting++;
	pthread_mutex_unlock(&c->server->lock);
	check(poll(fds, 2, -1) > 0, "poll");
	return !fds[1].revents;
}

static void set_reset(struct connection *c)
{
	const struct linger now = { .l_onoff = 1, .l_linger = 0 };

	setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
}

static bool do_step(struct connection *c, const struct raw_step *s)
{
	const size_t len = s->len ? s->len : s->text ? strlen(s->text) : 0;

	switch (s->act) {
	case RAW_REQUEST:
		return read_request(c);
	case RAW_READ:
		return receive(c);
	case RAW_SEND:
		return deliver(c, s->text, len);
	case RAW_DRIP:
		return drip(c, s->text);
	case RAW_FLOOD:
		while (deliver(c, s->text, len))
			;
		return false;
	case RAW_WAIT:
		return wait_for_release(c);
	case RAW_STALL:
		while (receive(c))
			;
		return false;
	case RAW_RESET:
		set_reset(c);
		return false;
	case RAW_AGAIN:
	case RAW_END:
		break;
	}
	return false;
}

static void *serve(void *user)
{
	struct connection *c = user;
	const struct raw_step *s = c->script;

	while (s->act == RAW_AGAIN || do_step(c, s))
		s = s->act == RAW_AGAIN ? c->script : s + 1;
	pthread_mutex_lock(&c->server->lock);
	c->server->open--;
	pthread_mutex_unlock(&c->server->lock);
	close(c->fd);
	return NULL;
}

static void add_connection(struct rawserver *s, int fd)
{
	struct connection *c = xcalloc(1, sizeof(*c));

	c->server = s;
	c->fd = fd;
	c->received = (struct buf)BUF_INIT(BUF_MAX_OUTPUT);
	pthread_mutex_lock(&s->lock);
	check(s->n < MAX_CONNECTIONS, "too many connections");
	c->script = s->scripts[s->n < s->n_scripts ? s->n : s->n_scripts - 1];
	s->all[s->n++] = c;
	if (++s->open > s->peak)
		s->peak = s->open;
	check(!pthread_create(&c->thread, NULL, serve, c), "pthread_create");
	pthread_mutex_unlock(&s->lock);
}

static void *accept_all(void *user)
{
	struct rawserver *s = user;
	struct pollfd fds[] = {
		{ .fd = s->listener, .events = POLLIN },
		{ .fd = s->stop_fd, .events = POLLIN },
	};

	for (;;) {
		int fd;

		check(poll(fds, 2, -1) > 0, "poll");
		if (fds[1].revents)
			return NULL;
		fd = accept(s->listener, NULL, NULL);
		if (fd >= 0)
			add_connection(s, fd);
	}
}

static void listen_on_loopback(struct rawserver *s)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(a);

	s->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	check(s->listener >= 0, "socket");
	check(!bind(s->listener, (struct sockaddr *)&a, len), "bind");
	check(!listen(s->listener, 64), "listen");
	check(!getsockname(s->listener, (struct sockaddr *)&a, &len), "getsockname");
	s->port = ntohs(a.sin_port);
}

static struct rawserver *start(struct rawserver *s)
{
	pthread_mutex_init(&s->lock, NULL);
	s->stop_fd = eventfd(0, EFD_CLOEXEC);
	s->release_fd = eventfd(0, EFD_CLOEXEC);
	listen_on_loopback(s);
	check(!pthread_create(&s->acceptor, NULL, accept_all, s), "pthread_create");
	return s;
}

struct rawserver *rawserver_start(const struct raw_step *const *scripts, size_t n)
{
	struct rawserver *s = xcalloc(1, sizeof(*s));

	s->scripts = scripts;
	s->n_scripts = n;
	return start(s);
}

struct rawserver *rawserver_start_reply(const char *reply)
{
	struct rawserver *s = xcalloc(1, sizeof(*s));

	s->reply[0].act = RAW_REQUEST;
	s->reply[1] = (struct raw_step){ .act = RAW_SEND, .text = reply };
	s->reply[2].act = RAW_AGAIN;
	s->own[0] = s->reply;
	s->scripts = s->own;
	s->n_scripts = 1;
	return start(s);
}

static void tell(int fd)
{
	const uint64_t one = 1;

	check(write(fd, &one, sizeof(one)) == sizeof(one), "eventfd");
}

void rawserver_stop(struct rawserver *s)
{
	tell(s->stop_fd);
	pthread_join(s->acceptor, NULL);
	for (size_t i = 0; i < s->n; i++) {
		pthread_join(s->all[i]->thread, NULL);
		buf_clear(&s->all[i]->received);
		free(s->all[i]);
	}
	close(s->listener);
	close(s->stop_fd);
	close(s->release_fd);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

int rawserver_port(const struct rawserver *s)
{
	return s->port;
}

void rawserver_release(struct rawserver *s)
{
	tell(s->release_fd);
}

static size_t locked(struct rawserver *s, const size_t *value)
{
	size_t n;

	pthread_mutex_lock(&s->lock);
	n = *value;
	pthread_mutex_unlock(&s->lock);
	return n;
}

size_t rawserver_connections(struct rawserver *s)
{
	return locked(s, &s->n);
}

size_t rawserver_requests(struct rawserver *s)
{
	return locked(s, &s->requests);
}

size_t rawserver_waiting(struct rawserver *s)
{
	return locked(s, &s->waiting);
}

size_t rawserver_peak(struct rawserver *s)
{
	return locked(s, &s->peak);
}

char *rawserver_received(struct rawserver *s, size_t i)
{
	char *copy;

	pthread_mutex_lock(&s->lock);
	copy = xstrdup(i < s->n ? buf_str(&s->all[i]->received) : "");
	pthread_mutex_unlock(&s->lock);
	return copy;
}

size_t rawserver_count(struct rawserver *s, const char *text)
{
	size_t count = 0;

	pthread_mutex_lock(&s->lock);
	for (size_t i = 0; i < s->n; i++) {
		const struct buf *b = &s->all[i]->received;
		const char *p = b->data, *end = p ? p + b->len : p;

		while (p && (p = memmem(p, (size_t)(end - p), text, strlen(text)))) {
			count++;
			p++;
		}
	}
	pthread_mutex_unlock(&s->lock);
	return count;
}
