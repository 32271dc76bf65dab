#include "tests/lib/http.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/mem.h"
#include "tests/lib/patience.h"

#define REPLY_MAX (64u * 1024 * 1024)

static int connect_to(int port)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0)
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}

static bool send_all(int fd, const char *data, size_t len)
{
	while (len > 0) {
		ssize_t n = send(fd, data, len, MSG_NOSIGNAL);

		if (n <= 0)
			return false;
		data += n;
		len -= (size_t)n;
	}
	return true;
}

static char *read_all(int fd, int64_t deadline, size_t *len)
{
	size_t cap = 16384, have = 0;
	char *data = xmalloc(cap);

	for (;;) {
		struct pollfd p = { .fd = fd, .events = POLLIN };
		ssize_t n;

		if (have + 1 == cap)
			data = xrealloc(data, cap *= 2);
		if (cap > REPLY_MAX || poll(&p, 1, deadline_left(deadline)) <= 0)
			break;
		n = recv(fd, data + have, cap - have - 1, 0);
		if (n <= 0) {
			data[have] = '\0';
			*len = have;
			return data;
		}
		have += (size_t)n;
	}
	free(data);
	return NULL;
}

char *plain_http(int port, const char *method, const char *path, const char *headers,
	const char *body, int *status, size_t *len)
{
	int64_t deadline = deadline_in(10 * 1000);
	int fd = connect_to(port), code = 0;
	char *request, *reply = NULL, *start;
	size_t n = 0;

	if (fd < 0)
		return NULL;
	request = xasprintf("%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
		"Content-Length: %zu\r\n%s\r\n%s", method, path, body ? strlen(body) : 0,
		headers ? headers : "", body ? body : "");
	if (send_all(fd, request, strlen(request)))
		reply = read_all(fd, deadline, &n);
	free(request);
	close(fd);
	start = reply ? strstr(reply, "\r\n\r\n") : NULL;
	if (!start || sscanf(reply, "HTTP/1.%*d %d", &code) != 1) {
		free(reply);
		return NULL;
	}
	start += 4;
	n -= (size_t)(start - reply);
	memmove(reply, start, n + 1);
	if (status)
		*status = code;
	if (len)
		*len = n;
	return reply;
}
