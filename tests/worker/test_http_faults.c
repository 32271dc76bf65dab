/* Networks and servers that fail: what is sent how often, how far it came, what is said of it. */
#include "net/http.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <netdb.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "tests/unit/unit.h"
#include "tests/worker/fetch.h"

#define OK_HEAD "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"
#define OK_REPLY OK_HEAD "ok"

/* ---- name servers: libcurl's calls come here ------------------------------------------------ */

static struct {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool released;
	int stuck;
} names = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false, 0 };

/* "unknown.test" is not found, "silent.test" gets no answer until names_release(). */
int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints,
	struct addrinfo **res)
{
	int (*real)(const char *, const char *, const struct addrinfo *, struct addrinfo **);

	if (node && !strcmp(node, "unknown.test"))
		return EAI_NONAME;
	if (!node || strcmp(node, "silent.test")) {
		*(void **)&real = dlsym(RTLD_NEXT, "getaddrinfo");
		return real(node, service, hints, res);
	}
	pthread_mutex_lock(&names.lock);
	names.stuck++;
	pthread_cond_broadcast(&names.changed);
	while (!names.released)
		pthread_cond_wait(&names.changed, &names.lock);
	names.stuck--;
	pthread_cond_broadcast(&names.changed);
	pthread_mutex_unlock(&names.lock);
	return EAI_AGAIN;
}

static void names_release(void)
{
	pthread_mutex_lock(&names.lock);
	names.released = true;
	pthread_cond_broadcast(&names.changed);
	while (names.stuck)
		pthread_cond_wait(&names.changed, &names.lock);
	pthread_mutex_unlock(&names.lock);
}

/* ---- helpers -------------------------------------------------------------------------------- */

static const struct raw_step answers[] = { { .act = RAW_REQUEST },
	{ .act = RAW_SEND, .text = OK_REPLY }, { .act = RAW_AGAIN } };
static const struct raw_step silent[] = { { .act = RAW_STALL } };
static const struct raw_step dies[] = { { .act = RAW_REQUEST }, { .act = RAW_END } };
static const struct raw_step resets[] = { { .act = RAW_REQUEST }, { .act = RAW_RESET } };
static const struct raw_step dies_when_used_again[] = { { .act = RAW_REQUEST },
	{ .act = RAW_SEND, .text = OK_REPLY }, { .act = RAW_REQUEST }, { .act = RAW_END } };

static struct http_request post_to(const struct rawserver *s)
{
	return (struct http_request){ .method = HTTP_POST,
		.url = fetch_url(rawserver_port(s), "orders"),
		.body = "{}",
		.body_len = 2,
		.mutating = true };
}

/* What a GET of a server with this script ends as, and how many requests the server got. */
static struct http_reply get_from(
	const struct raw_step *script, struct http_request get, size_t *requests)
{
	struct rawserver *s = rawserver_start(&script, 1);
	struct http *h = fetch_open();
	struct http_reply r;

	get.url = fetch_url(rawserver_port(s), "");
	r = fetch(h, &get);
	http_close(h);
	if (requests)
		*requests = rawserver_count(s, "GET /");
	rawserver_stop(s);
	return r;
}

static void expect(const char *reply, enum error_code code, const char *word)
{
	const struct raw_step script[] = { { .act = RAW_REQUEST },
		{ .act = RAW_SEND, .text = reply }, { .act = RAW_END } };
	struct http_reply r = get_from(script, (struct http_request){ .id = 1 }, NULL);

	fetch_expect_failure(&r, code, HTTP_MAYBE_SENT, word);
}

/* ---- sent once ------------------------------------------------------------------------------ */

/* What a mutating request must be kept from: libcurl repeats what a used connection swallowed. */
static void a_get_is_sent_again_when_its_connection_had_died(void **state)
{
	static const struct raw_step *const scripts[] = { dies_when_used_again, answers };
	struct rawserver *s = rawserver_start(scripts, 2);
	struct http *h = fetch_open();

	(void)state;
	fetch_ok(h, fetch_url(rawserver_port(s), "1"));
	fetch_ok(h, fetch_url(rawserver_port(s), "2"));
	assert_int_equal(rawserver_count(s, "GET /2"), 2);
	http_close(h);
	rawserver_stop(s);
}

static void a_mutating_request_is_sent_once(void **state)
{
	static const struct raw_step *const endings[] = { dies, resets };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		const struct raw_step *const scripts[] = { dies_when_used_again, endings[i],
			answers };
		struct rawserver *s = rawserver_start(scripts, 3);
		const struct http_request post = post_to(s);
		struct http *h = fetch_open();
		struct http_reply r;

		fetch_ok(h, fetch_url(rawserver_port(s), ""));
		r = fetch(h, &post);
		assert_null(strstr(r.error.text, "again"));
		fetch_expect_failure(&r, ERR_OFFLINE, HTTP_MAYBE_SENT,
			"broke before an answer came; it may have been carried out");
		assert_int_equal(rawserver_count(s, "POST "), 1);
		assert_int_equal(rawserver_connections(s), 2);
		http_close(h);
		rawserver_stop(s);
	}
}

static void nobody_uses_the_connection_of_a_mutating_request(void **state)
{
	struct rawserver *s = rawserver_start_reply(OK_REPLY);
	const struct http_request post = post_to(s);
	struct http *h = fetch_open();

	(void)state;
	for (int i = 0; i < 3; i++) {
		struct http_reply r = fetch(h, &post);

		assert_int_equal(r.progress, HTTP_ANSWERED);
		buf_clear(&r.body);
	}
	fetch_ok(h, fetch_url(rawserver_port(s), ""));
	assert_int_equal(rawserver_connections(s), 4);
	http_close(h);
	rawserver_stop(s);
}

static void reading_keeps_one_connection(void **state)
{
	struct rawserver *s = rawserver_start_reply(OK_REPLY);
	struct http *h = fetch_open();

	(void)state;
	for (int i = 0; i < 50; i++)
		fetch_ok(h, fetch_url(rawserver_port(s), ""));
	assert_int_equal(rawserver_connections(s), 1);
	assert_int_equal(rawserver_requests(s), 50);
	http_close(h);
	rawserver_stop(s);
}

static void a_redirect_is_a_reply_and_goes_nowhere(void **state)
{
	struct rawserver *other = rawserver_start_reply(OK_REPLY), *s;
	const struct http_header token = { "X-Auth-Token", "secret" };
	struct http *h = fetch_open();
	char reply[256];

	(void)state;
	snprintf(reply, sizeof(reply),
		"HTTP/1.1 307 Go\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n",
		fetch_url(rawserver_port(other), "x"));
	s = rawserver_start_reply(reply);
	for (int method = HTTP_GET; method <= HTTP_PUT; method++) {
		const struct http_request get = { .method = (enum http_method)method,
			.headers = &token,
			.n_headers = 1,
			.url = fetch_url(rawserver_port(s), "") };
		struct http_reply r = fetch(h, &get);

		assert_int_equal(r.progress, HTTP_ANSWERED);
		assert_int_equal(r.status, 307);
		buf_clear(&r.body);
	}
	assert_int_equal(rawserver_requests(s), 3);
	assert_int_equal(rawserver_connections(other), 0);
	http_close(h);
	rawserver_stop(s);
	rawserver_stop(other);
}

/* ---- no connection -------------------------------------------------------------------------- */

static void a_refused_connection_sends_nothing(void **state)
{
	struct rawserver *s = rawserver_start_reply(OK_REPLY);
	const int port = rawserver_port(s);
	const struct http_request get = { .id = 5, .url = fetch_url(port, "") };
	struct http *h = fetch_open();
	struct http_reply r;

	(void)state;
	rawserver_stop(s);
	r = fetch(h, &get);
	assert_int_equal(r.id, 5);
	assert_int_equal(r.status, 0);
	fetch_expect_failure(
		&r, ERR_OFFLINE, HTTP_NOT_SENT, "127.0.0.1: the connection is refused");
	http_close(h);
}

static void an_unknown_name_sends_nothing(void **state)
{
	const struct http_request get = { .url = "https://unknown.test/" };
	struct http *h = fetch_open();
	struct http_reply r = fetch(h, &get);

	(void)state;
	fetch_expect_failure(&r, ERR_OFFLINE, HTTP_NOT_SENT, "unknown.test: the name is not found");
	http_close(h);
}

/* A dead name server holds up neither the other requests nor the end of its own. */
static void silent_name_servers_hold_up_nobody(void **state)
{
	struct rawserver *s = rawserver_start_reply(OK_REPLY);
	const struct http_options options = { .user_agent = FETCH_AGENT,
		.connect_timeout_ms = 500 };
	const struct http_request get = { .id = 1, .url = "https://silent.test/" },
		cancelled = { .id = 2, .url = "https://silent.test/" };
	struct http *h = http_open(&options, NULL);
	struct http_reply r;

	(void)state;
	fetch_send(h, &get);
	fetch_ok(h, fetch_url(rawserver_port(s), ""));
	r = fetch_take(h);
	fetch_expect_failure(&r, ERR_OFFLINE, HTTP_NOT_SENT, "name servers");
	fetch_send(h, &cancelled);
	http_step(h, 0);
	http_cancel(h, 2);
	r = fetch_take(h);
	fetch_expect_failure(&r, ERR_CANCELLED, HTTP_NOT_SENT, "");
	http_close(h);
	rawserver_stop(s);
	names_release();
}

/* A full backlog on Linux drops what knocks: no answer at all, as behind a firewall. */
static void a_connection_that_nobody_takes_sends_nothing(void **state)
{
	const struct http_options options = { .user_agent = FETCH_AGENT,
		.connect_timeout_ms = 500 };
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(a);
	int listener = socket(AF_INET, SOCK_STREAM, 0), knock[4];
	struct http *h = http_open(&options, NULL);
	struct http_request get = { .method = HTTP_GET };
	struct http_reply r;

	(void)state;
	assert_int_equal(bind(listener, (struct sockaddr *)&a, len), 0);
	assert_int_equal(listen(listener, 0), 0);
	assert_int_equal(getsockname(listener, (struct sockaddr *)&a, &len), 0);
	for (size_t i = 0; i < 4; i++) {
		knock[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
		(void)!connect(knock[i], (struct sockaddr *)&a, len);
	}
	get.url = fetch_url(ntohs(a.sin_port), "");
	r = fetch(h, &get);
	fetch_expect_failure(&r, ERR_OFFLINE, HTTP_NOT_SENT, "no connection in time");
	http_close(h);
	for (size_t i = 0; i < 4; i++)
		close(knock[i]);
	close(listener);
}

/* ---- no answer, or half of one -------------------------------------------------------------- */

static void silence_is_a_timeout_and_maybe_sent(void **state)
{
	size_t requests;
	struct http_reply r =
		get_from(silent, (struct http_request){ .timeout_ms = 500 }, &requests);

	(void)state;
	fetch_expect_failure(&r, ERR_TIMEOUT, HTTP_MAYBE_SENT, "user_agent");
	assert_int_equal(r.status, 0);
	assert_int_equal(requests, 1);
}

static void slow_bytes_end_at_the_deadline(void **state)
{
	static const struct raw_step script[] = { { .act = RAW_REQUEST },
		{ .act = RAW_SEND, .text = "HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" },
		{ .act = RAW_DRIP,
			.text = "01234567890123456789012345678901234567890123456789"
				"01234567890123456789012345678901234567890123456789"
				"01234567890123456789012345678901234567890123456789" },
		{ .act = RAW_STALL } };
	const int64_t start = clock_mono_ms();
	struct http_reply r = get_from(script, (struct http_request){ .timeout_ms = 1000 }, NULL);

	(void)state;
	fetch_expect_failure(&r, ERR_TIMEOUT, HTTP_MAYBE_SENT, "slow");
	assert_int_equal(r.status, 200);
	assert_in_range(clock_mono_ms() - start, 990, 15000);
}

static void broken_answers_are_told_apart(void **state)
{
	(void)state;
	expect("", ERR_OFFLINE, "broke before an answer");
	expect("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this", ERR_BAD_REPLY,
		"broke off");
	expect("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", ERR_BAD_REPLY,
		"broke off");
	expect("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n",
		ERR_BAD_REPLY, "");
	expect("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", ERR_BAD_REPLY, "");
	expect("220 mail.example ESMTP\r\n", ERR_BAD_REPLY, "does not speak HTTP");
	expect("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nbody",
		ERR_BAD_REPLY, "packed");
	expect("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 4\r\n\r\nbody",
		ERR_BAD_REPLY, "packed");
}

static void a_reset_within_the_body_keeps_the_status(void **state)
{
	static const struct raw_step script[] = { { .act = RAW_REQUEST },
		{ .act = RAW_SEND,
			.text = "HTTP/1.1 409 Conflict\r\nContent-Length: 9999\r\n\r\nhalf" },
		{ .act = RAW_WAIT }, { .act = RAW_RESET } };
	static const struct raw_step *const scripts[] = { script };
	struct rawserver *s = rawserver_start(scripts, 1);
	const struct http_request post = post_to(s);
	struct http *h = fetch_open();
	struct http_reply r;

	(void)state;
	fetch_send(h, &post);
	fetch_until(h, rawserver_waiting, s, 1);
	http_step(h, 0);
	rawserver_release(s);
	r = fetch_take(h);
	fetch_expect_failure(&r, ERR_BAD_REPLY, HTTP_MAYBE_SENT, "broke off");
	assert_int_equal(r.status, 409);
	http_close(h);
	rawserver_stop(s);
}

/* ---- too much ------------------------------------------------------------------------------- */

static const char block[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

static void an_endless_body_is_cut_at_the_limit(void **state)
{
	static const struct raw_step script[] = { { .act = RAW_REQUEST },
		{ .act = RAW_SEND, .text = "HTTP/1.1 200 OK\r\n\r\n" },
		{ .act = RAW_FLOOD, .text = block } };
	struct http_reply r = get_from(script, (struct http_request){ .max_body = 1000000 }, NULL);

	(void)state;
	fetch_expect_failure(&r, ERR_BAD_REPLY, HTTP_MAYBE_SENT, "larger");
	assert_int_equal(r.status, 200);
}

static void a_body_of_exactly_the_limit_is_whole(void **state)
{
	const struct raw_step script[] = { { .act = RAW_REQUEST },
		{ .act = RAW_SEND,
			.text = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789" },
		{ .act = RAW_STALL } };
	/* The length alone is enough to refuse it: the body never comes. */
	static const struct raw_step stated[] = { { .act = RAW_REQUEST }, { .act = RAW_SEND,
		.text = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n" }, { .act = RAW_STALL } };
	struct http_reply r = get_from(script, (struct http_request){ .max_body = 10 }, NULL);

	(void)state;
	assert_int_equal(r.progress, HTTP_ANSWERED);
	assert_string_equal(buf_str(&r.body), "0123456789");
	buf_clear(&r.body);
	r = get_from(stated, (struct http_request){ .max_body = 9 }, NULL);
	fetch_expect_failure(&r, ERR_BAD_REPLY, HTTP_MAYBE_SENT, "larger");
}

static void endless_headers_are_cut(void **state)
{
	static const struct raw_step line[] = { { .act = RAW_REQUEST },
		{ .act = RAW_SEND, .text = "HTTP/1.1 200 OK\r\nX-Long: " },
		{ .act = RAW_FLOOD, .text = block } };
	static const struct raw_step many[] = { { .act = RAW_REQUEST },
		{ .act = RAW_SEND, .text = "HTTP/1.1 200 OK\r\n" },
		{ .act = RAW_FLOOD, .text = "X-A: b\r\n" } };
	static const struct raw_step hints[] = { { .act = RAW_REQUEST },
		{ .act = RAW_FLOOD, .text = "HTTP/1.1 103 Early Hints\r\n\r\n" } };
	static const struct raw_step *const scripts[] = { line, many, hints };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct http_reply r = get_from(scripts[i], (struct http_request){ .id = 1 }, NULL);

		fetch_expect_failure(&r, ERR_BAD_REPLY, HTTP_MAYBE_SENT, "headers are larger");
	}
}

static int start(void **state)
{
	(void)state;
	alarm(300);
	return http_global_start(NULL) ? 0 : -1;
}

static int stop(void **state)
{
	(void)state;
	http_global_stop();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_get_is_sent_again_when_its_connection_had_died),
		cmocka_unit_test(a_mutating_request_is_sent_once),
		cmocka_unit_test(nobody_uses_the_connection_of_a_mutating_request),
		cmocka_unit_test(reading_keeps_one_connection),
		cmocka_unit_test(a_redirect_is_a_reply_and_goes_nowhere),
		cmocka_unit_test(a_refused_connection_sends_nothing),
		cmocka_unit_test(an_unknown_name_sends_nothing),
		cmocka_unit_test(silent_name_servers_hold_up_nobody),
		cmocka_unit_test(a_connection_that_nobody_takes_sends_nothing),
		cmocka_unit_test(silence_is_a_timeout_and_maybe_sent),
		cmocka_unit_test(slow_bytes_end_at_the_deadline),
		cmocka_unit_test(broken_answers_are_told_apart),
		cmocka_unit_test(a_reset_within_the_body_keeps_the_status),
		cmocka_unit_test(an_endless_body_is_cut_at_the_limit),
		cmocka_unit_test(a_body_of_exactly_the_limit_is_whole),
		cmocka_unit_test(endless_headers_are_cut),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
