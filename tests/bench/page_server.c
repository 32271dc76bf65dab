/* page_server - answers order listings from memory, as fast as a loop of poll() can.
 *
 *	page_server PAGES	prints "listening on http://127.0.0.1:PORT"; ends with its standard input
 *
 * PAGES pages of 100 orders are built before the first request: whole replies, headers included. They are
 * the listing of the state KASPI_DELIVERY for the first 13 days back from now; all other listings are
 * empty. What a sync costs is then what the client costs. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"

#define ORDERS_A_PAGE 100
#define PEERS_MAX 32
#define REQUEST_MAX 8192
#define DAY_MS INT64_C(86400000)

struct reply {
	char *data;
	size_t len;
};

struct peer {
	char in[REQUEST_MAX];
	size_t in_len;
	const struct reply *out;	/* being sent */
	size_t out_done;
};

static struct reply *pages;
static int n_pages;
static struct reply nothing;
static int64_t started_ms;
static struct pollfd fds[PEERS_MAX + 2];	/* standard input, listener, peers */
static struct peer peers[PEERS_MAX + 2];

/* ---- documents ------------------------------------------------------------------------------- */

static void add_order(FILE *f, int n)
{
	static const char *const first[] = { "Айгерім", "Иван", "Dana", "Нұрлан", "Ольга", "Ерлан" };
	static const char *const last[] = { "Сәрсенова", "Петров", "Kim", "Әбдіқадыров", "Ким", "Жұмабаев" };
	const char *a = first[n % 6], *b = last[n / 6 % 6];
	int64_t created = started_ms - (int64_t)n * 10000;
	unsigned price = 1000 + (unsigned)n * 7919u % 250000;

	fprintf(f, "%s{\"type\":\"orders\",\"id\":\"T3JkZXI%d=\",\"attributes\":{\"code\":\"%d\","
		"\"totalPrice\":%u.0,\"paymentMode\":\"%s\",\"plannedDeliveryDate\":%" PRId64 ","
		"\"creationDate\":%" PRId64 ",\"deliveryCostForSeller\":%d.0,\"isKaspiDelivery\":true,"
		"\"deliveryMode\":\"DELIVERY_REGIONAL_TODOOR\",\"deliveryAddress\":{\"streetName\":"
		"\"проспект Абая\",\"streetNumber\":\"%d\",\"town\":\"Алматы\",\"district\":null,"
		"\"building\":null,\"apartment\":\"%d\",\"formattedAddress\":\"Алматы, проспект Абая, %d, %d\","
		"\"latitude\":43.238949,\"longitude\":76.889709},\"signatureRequired\":false,\"creditTerm\":%d,"
		"\"preOrder\":false,\"pickupPointId\":null,\"state\":\"KASPI_DELIVERY\","
		"\"status\":\"ACCEPTED_BY_MERCHANT\",\"assembled\":false,\"approvedByBankDate\":%" PRId64 ","
		"\"customer\":{\"id\":\"NzcwMTAw%05d\",\"name\":\"%s %s\",\"cellPhone\":\"701%07d\","
		"\"firstName\":\"%s\",\"lastName\":\"%s\"},\"deliveryCost\":0.0,\"kaspiDelivery\":{\"waybill\":null,"
		"\"waybillNumber\":null,\"courierTransmissionPlanningDate\":%" PRId64 ","
		"\"courierTransmissionDate\":null,\"express\":%s,\"returnedToWarehouse\":false}},"
		"\"relationships\":{\"user\":{\"data\":{\"type\":\"customers\",\"id\":\"NzcwMTAw%05d\"}},"
		"\"entries\":{\"links\":{\"self\":\"/v2/orders/T3JkZXI%d=/relationships/entries\"}}}}",
		n % ORDERS_A_PAGE ? "," : "", n, 400000000 + n, price, n % 3 ? "PREPAID" : "PAY_WITH_CREDIT",
		created + 3 * DAY_MS, created, n % 1500, n % 200, n % 90, n % 200, n % 90, n % 3 ? 0 : 12,
		created + 60000, n, a, b, n % 10000000, a, b, created + DAY_MS, n % 50 ? "false" : "true", n, n);
}

static struct reply finish(char *body, size_t len)
{
	struct reply r;
	char *head = xasprintf("HTTP/1.1 200 OK\r\nContent-Type: application/vnd.api+json\r\n"
		"Content-Length: %zu\r\n\r\n", len);

	r.len = strlen(head) + len;
	r.data = xmalloc(r.len);
	memcpy(r.data, head, strlen(head));
	memcpy(r.data + strlen(head), body, len);
	free(head);
	free(body);
	return r;
}

static struct reply build_page(int page)
{
	char *body = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&body, &len);

	fputs("{\"data\":[", f);
	for (int i = 0; page < n_pages && i < ORDERS_A_PAGE; i++)
		add_order(f, page * ORDERS_A_PAGE + i);
	fprintf(f, "],\"included\":[],\"meta\":{\"pageCount\":%d,\"totalCount\":%d}}",
		page < n_pages ? n_pages : 0, page < n_pages ? n_pages * ORDERS_A_PAGE : 0);
	fclose(f);
	return finish(body, len);
}

static void build(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	started_ms = t.tv_sec * INT64_C(1000);
	pages = xcalloc((size_t)n_pages, sizeof(*pages));
	for (int i = 0; i < n_pages; i++)
		pages[i] = build_page(i);
	nothing = build_page(n_pages);
}

/* ---- requests -------------------------------------------------------------------------------- */

/* The value behind a key's closing bracket, percent-encoded or not. */
static const char *value_of(const char *line, const char *key)
{
	const char *p = strstr(line, key);

	if (!p)
		return NULL;
	p += strlen(key);
	if (strncasecmp(p, "%5D", 3) == 0)
		p += 3;
	else if (*p == ']')
		p++;
	return *p == '=' ? p + 1 : NULL;
}

static const struct reply *answer(const char *request)
{
	const char *state = value_of(request, "state"), *page = value_of(request, "number");
	const char *to = value_of(request, "le");
	int n = page ? atoi(page) : 0;

	if (!state || strncmp(state, "KASPI_DELIVERY", 14) != 0 || n < 0 || n >= n_pages)
		return &nothing;
	if (to && strtoll(to, NULL, 10) < started_ms - DAY_MS)
		return &nothing;
	return &pages[n];
}

static void drop(int i)
{
	close(fds[i].fd);
	fds[i].fd = -1;
}

static void send_more(int i)
{
	struct peer *p = &peers[i];
	ssize_t n = send(fds[i].fd, p->out->data + p->out_done, p->out->len - p->out_done, MSG_NOSIGNAL);

	if (n < 0 && errno != EAGAIN) {
		drop(i);
		return;
	}
	if (n > 0)
		p->out_done += (size_t)n;
	if (p->out_done == p->out->len)
		p->out = NULL;
	fds[i].events = p->out ? POLLOUT : POLLIN;
}

static void receive(int i)
{
	struct peer *p = &peers[i];
	ssize_t n = recv(fds[i].fd, p->in + p->in_len, REQUEST_MAX - 1 - p->in_len, 0);
	char *end;

	if (n <= 0) {
		if (n == 0 || errno != EAGAIN)
			drop(i);
		return;
	}
	p->in_len += (size_t)n;
	p->in[p->in_len] = '\0';
	end = strstr(p->in, "\r\n\r\n");
	if (!end && p->in_len == REQUEST_MAX - 1)
		drop(i);
	if (!end)
		return;
	p->out = answer(p->in);
	p->out_done = p->in_len = 0;
	send_more(i);
}

static void welcome(void)
{
	int fd = accept4(fds[1].fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC), one = 1;

	for (int i = 2; i < PEERS_MAX + 2; i++)
		if (fds[i].fd < 0) {
			setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
			fds[i] = (struct pollfd){ .fd = fd, .events = POLLIN };
			peers[i].in_len = 0;
			return;
		}
	close(fd);
}

static int listen_here(void)
{
	struct sockaddr_in here = { .sin_family = AF_INET };
	socklen_t len = sizeof(here);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (bind(fd, (struct sockaddr *)&here, sizeof(here)) != 0 || listen(fd, 16) != 0 ||
		getsockname(fd, (struct sockaddr *)&here, &len) != 0) {
		perror("page_server");
		exit(1);
	}
	printf("listening on http://127.0.0.1:%d\n", ntohs(here.sin_port));
	fflush(stdout);
	return fd;
}

int main(int argc, char **argv)
{
	n_pages = argc > 1 ? atoi(argv[1]) : 1000;
	signal(SIGPIPE, SIG_IGN);
	build();
	for (int i = 0; i < PEERS_MAX + 2; i++)
		fds[i].fd = -1;
	fds[0] = (struct pollfd){ .fd = 0, .events = POLLIN };
	fds[1] = (struct pollfd){ .fd = listen_here(), .events = POLLIN };
	while (poll(fds, PEERS_MAX + 2, -1) > 0 && !fds[0].revents) {
		if (fds[1].revents)
			welcome();
		for (int i = 2; i < PEERS_MAX + 2; i++) {
			if (fds[i].fd >= 0 && fds[i].revents & POLLOUT)
				send_more(i);
			else if (fds[i].fd >= 0 && fds[i].revents)
				receive(i);
		}
	}
	return 0;
}
