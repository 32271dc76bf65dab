/* What goes out, byte by byte, and what is read from an answer that comes whole. */
#include "net/http.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "tests/unit/unit.h"
#include "tests/worker/fetch.h"

#define OK_REPLY "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

static struct rawserver *proxy;

/* Sends the request to a path and compares all that the server got, but for the port. */
static void expect_on_wire(struct http_request *request, const char *path, const char *want)
{
	struct rawserver *s = rawserver_start_reply(OK_REPLY);
	struct http *h = fetch_open();
	struct http_reply r;
	char *got, *port, digits[16];

	request->url = fetch_url(rawserver_port(s), path);
	r = fetch(h, request);
	assert_int_equal(r.progress, HTTP_ANSWERED);
	assert_string_equal(buf_str(&r.body), "ok");
	buf_clear(&r.body);
	http_close(h);
	got = rawserver_received(s, 0);
	snprintf(digits, sizeof(digits), ":%d\r\n", rawserver_port(s));
	port = strstr(got, digits);
	assert_non_null(port);
	memmove(port + 1, port + strlen(digits) - 2, strlen(port + strlen(digits) - 2) + 1);
	assert_string_equal(got, want);
	free(got);
	rawserver_stop(s);
}

static void a_get_is_what_was_asked_and_nothing_more(void **state)
{
	static const struct http_header headers[] = {
		{ "X-Auth-Token", "secret" },
		{ "Accept", "application/vnd.api+json" },
		{ "Content-Type", "application/vnd.api+json" },
	};
	struct http_request get = { .method = HTTP_GET, .headers = headers, .n_headers = 3 };

	(void)state;
	expect_on_wire(&get, "shop/a%2Fb/../c?page[number]=0&x=%20",
		"GET /shop/a%2Fb/../c?page[number]=0&x=%20 HTTP/1.1\r\n"
		"Host: 127.0.0.1:\r\nUser-Agent: duken/test\r\nAccept-Encoding: gzip\r\n"
		"X-Auth-Token: secret\r\nAccept: application/vnd.api+json\r\n"
		"Content-Type: application/vnd.api+json\r\n\r\n");
}

static void nothing_is_added_to_a_bare_get(void **state)
{
	struct http_request get = { .method = HTTP_GET };

	(void)state;
	expect_on_wire(&get, "", "GET / HTTP/1.1\r\nHost: 127.0.0.1:\r\nUser-Agent: duken/test\r\n"
		"Accept-Encoding: gzip\r\n\r\n");
}

static void an_empty_header_is_present_and_empty(void **state)
{
	static const struct http_header headers[] = {
		{ "X-Security-Code", "" },
		{ "X-Send-Code", "true" },
		{ "X-Blank", " \t" },
	};
	struct http_request post = { .method = HTTP_POST, .headers = headers, .n_headers = 3,
		.body = "{\"a\":1}", .body_len = 7, .mutating = true };

	(void)state;
	expect_on_wire(&post, "o",
		"POST /o HTTP/1.1\r\nHost: 127.0.0.1:\r\nUser-Agent: duken/test\r\n"
		"Accept-Encoding: gzip\r\nX-Security-Code:\r\nX-Send-Code: true\r\nX-Blank:\r\n"
		"Content-Length: 7\r\n\r\n{\"a\":1}");
}

static void a_put_without_a_body_has_length_zero(void **state)
{
	struct http_request put = { .method = HTTP_PUT };

	(void)state;
	expect_on_wire(&put, "o",
		"PUT /o HTTP/1.1\r\nHost: 127.0.0.1:\r\nUser-Agent: duken/test\r\n"
		"Accept-Encoding: gzip\r\nContent-Length: 0\r\n\r\n");
}

static void a_large_body_goes_out_whole_and_without_expect(void **state)
{
	const size_t len = 3 * 1024 * 1024;
	struct rawserver *s = rawserver_start_reply(OK_REPLY);
	char *body = xmalloc(len + 1), *got;
	struct http_request post = { .method = HTTP_POST, .body = body, .body_len = len,
		.url = fetch_url(rawserver_port(s), "import") };
	struct http *h = fetch_open();
	struct http_reply r;

	(void)state;
	memset(body, 'b', len);
	body[len] = '\0';
	r = fetch(h, &post);
	assert_int_equal(r.progress, HTTP_ANSWERED);
	buf_clear(&r.body);
	got = rawserver_received(s, 0);
	assert_null(strstr(got, "Expect"));
	assert_true(strlen(got) > len);
	assert_string_equal(got + strlen(got) - len, body);
	free(got);
	free(body);
	http_close(h);
	rawserver_stop(s);
}

static void a_line_break_cannot_begin_another_header(void **state)
{
	static const struct http_header bad[] = {
		{ "X-Auth-Token", "a\r\nX-Evil: 1" },
		{ "X-Auth-Token", "a\n" },
		{ "X-Auth-Token", "a\x7f" },
		{ "X Auth", "a" },
		{ "X:Auth", "a" },
		{ "", "a" },
	};
	struct http *h = fetch_open();

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		const struct http_request r = {
			.url = "https://127.0.0.1:1/", .headers = &bad[i], .n_headers = 1
		};
		struct error err = ERROR_INIT;

		assert_false(http_send(h, &r, &err));
		assert_int_equal(err.code, ERR_CONFIG);
		assert_null(strstr(err.text, "Evil"));
	}
	assert_int_equal(http_running(h), 0);
	http_close(h);
}

static void plain_http_is_for_this_computer_alone(void **state)
{
	static const struct {
		const char *url;
		bool ok;
	} cases[] = {
		{ "https://kaspi.kz", true },
		{ "https://kaspi.kz/shop/api?a=b", true },
		{ "HTTPS://KASPI.KZ/", true },
		{ "http://127.0.0.1:80/", true },
		{ "http://127.200.0.1/", true },
		{ "http://127.1/", true },
		{ "http://localhost:8080/", true },
		{ "http://LOCALHOST/", true },
		{ "http://[::1]:8080/", true },
		{ "http://kaspi.kz/", false },
		{ "http://10.0.0.1/", false },
		{ "http://128.0.0.1/", false },
		{ "http://127.0.0.1.evil.example/", false },
		{ "http://localhost.evil.example/", false },
		{ "http://127.0.0.1@evil.example/", false },
		{ "http://0.0.0.0/", false },
		{ "http://[::ffff:127.0.0.1]/", false },
		{ "https://user:password@kaspi.kz/", false },
		{ "https://user@kaspi.kz/", false },
		{ "ftp://127.0.0.1/", false },
		{ "file:///etc/passwd", false },
		{ "kaspi.kz", false },
		{ "", false },
		{ "https://", false },
		{ "https://kaspi.kz/a b", false },
		{ "https://kaspi.kz/\r\nX-Evil: 1", false },
		{ "https://касса.example/", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct error err = ERROR_INIT;
		const struct http_request r = { .url = cases[i].url };
		struct http *h = fetch_open();

		if (http_url_allowed(cases[i].url, &err) != cases[i].ok)
			fail_msg("%s", cases[i].url);
		assert_int_equal(err.code, cases[i].ok ? ERR_NONE : ERR_CONFIG);
		if (!cases[i].ok)
			assert_false(http_send(h, &r, NULL));
		http_close(h);
	}
}

static void the_same_origin_is_scheme_host_and_port(void **state)
{
	static const struct {
		const char *a, *b;
		bool same;
	} cases[] = {
		{ "https://kaspi.kz", "https://kaspi.kz/a?b", true },
		{ "https://kaspi.kz", "https://KASPI.kz:443/a", true },
		{ "http://127.0.0.1:8080/x", "http://127.0.0.1:8080", true },
		{ "https://kaspi.kz", "https://kaspi.kz:8443/a", false },
		{ "https://kaspi.kz", "https://kaspi.kz.evil.example/a", false },
		{ "https://kaspi.kz", "https://files.kaspi.kz/a", false },
		{ "https://kaspi.kz", "https://kaspi.kz@evil.example/a", false },
		{ "https://kaspi.kz", "https://evil.example\\@kaspi.kz/a", false },
		{ "https://127.0.0.1", "http://127.0.0.1:443/", false },
		{ "http://127.0.0.1:80", "http://localhost:80/", false },
		{ "nonsense", "nonsense", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (http_same_origin(cases[i].a, cases[i].b) != cases[i].same)
			fail_msg("%s %s", cases[i].a, cases[i].b);
}

/* main() put the proxy into every variable that libcurl knows, and a .netrc into $HOME. */
static void proxies_of_the_environment_see_nothing(void **state)
{
	struct rawserver *s = rawserver_start_reply(OK_REPLY);
	const struct http_request secure = { .url = "https://127.0.0.1:1/" };
	struct http *h = fetch_open();
	struct http_reply r;

	(void)state;
	fetch_ok(h, fetch_url(rawserver_port(s), ""));
	r = fetch(h, &secure);
	fetch_expect_failure(&r, ERR_OFFLINE, HTTP_NOT_SENT, "refused");
	http_close(h);
	assert_int_equal(rawserver_connections(proxy), 0);
	assert_int_equal(rawserver_count(s, "Authorization"), 0);
	assert_null(getenv("SSLKEYLOGFILE"));
	rawserver_stop(s);
}

/* A server whose reply is `head`, its length and "body"; what came of it. */
static struct http_reply reply_to(const char *head)
{
	char *text = xasprintf("%sContent-Length: 4\r\n\r\nbody", head);
	struct rawserver *s = rawserver_start_reply(text);
	const struct http_request get = { .id = 7, .url = fetch_url(rawserver_port(s), "") };
	struct http *h = fetch_open();
	struct http_reply r = fetch(h, &get);

	http_close(h);
	rawserver_stop(s);
	free(text);
	assert_int_equal(r.progress, HTTP_ANSWERED);
	assert_int_equal(r.error.code, ERR_NONE);
	assert_int_equal(r.id, 7);
	assert_string_equal(buf_str(&r.body), "body");
	buf_clear(&r.body);
	return r;
}

static void retry_after_is_seconds_or_a_date(void **state)
{
	static const struct {
		const char *fields;
		int64_t want;
	} cases[] = {
		{ "", -1 },
		{ "Retry-After: 0\r\n", 0 },
		{ "Retry-After: 7\r\n", 7000 },
		{ "retry-after:  120 \r\n", 120000 },
		{ "Retry-After: -5\r\n", -1 },
		{ "Retry-After: soon\r\n", -1 },
		{ "Retry-After: 7 apples\r\n", -1 },
		{ "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
		  "Retry-After: Sun, 06 Nov 1994 08:50:07 GMT\r\n", 30000 },
		{ "Retry-After: Sun, 06 Nov 1994 08:50:07 GMT\r\n"
		  "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n", 30000 },
		{ "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT\r\n", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *head = xasprintf("HTTP/1.1 429 Too Many Requests\r\n%s", cases[i].fields);
		const struct http_reply r = reply_to(head);

		assert_int_equal(r.status, 429);
		assert_int_equal(r.retry_after_ms, cases[i].want);
		free(head);
	}
	assert_in_range(reply_to("HTTP/1.1 503 No\r\nRetry-After: 99999999999999999999999\r\n")
				.retry_after_ms,
		INT32_MAX * INT64_C(1000), INT64_MAX);
}

static void date_and_type_are_read(void **state)
{
	struct http_reply r = reply_to("HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
		"Content-Type: Application/VND.api+json;charset=UTF-8\r\n");

	(void)state;
	assert_int_equal(r.server_date_ms, INT64_C(784111777000));
	assert_string_equal(r.content_type, "application/vnd.api+json;charset=utf-8");
	r = reply_to("HTTP/1.1 200 OK\r\nDate: whenever\r\n"
		"Content-Type: a\033]0;b\x9b/\xd2\x92\r\n");
	assert_int_equal(r.server_date_ms, 0);
	assert_string_equal(r.content_type, "a]0;b/");
	r = reply_to("HTTP/1.1 200 OK\r\nContent-Type: 0123456789012345678901234567890123456789"
		"0123456789012345678901234567890123456789\r\n");
	assert_int_equal(strlen(r.content_type), 63);
}

static void a_100_is_not_the_answer(void **state)
{
	const struct http_reply r = reply_to("HTTP/1.1 100 Continue\r\nRetry-After: 9\r\n\r\n"
		"HTTP/1.1 404 Not Found\r\n");

	(void)state;
	assert_int_equal(r.status, 404);
	assert_int_equal(r.retry_after_ms, -1);
}

/* printf 'a%.0s' $(seq 1000) | gzip -9n */
static const char packed[] =
	"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 29\r\n\r\n"
	"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\x4b\x4c\x1c\x05\xa3\x60\x14\x0c\x77\x00\x00\x03"
	"\xda\x38\x9a\xe8\x03\x00\x00";

static struct http_reply fetch_packed(size_t max_body)
{
	const struct raw_step script[] = {
		{ RAW_REQUEST, NULL, 0 },
		{ RAW_SEND, packed, sizeof(packed) - 1 },
		{ RAW_STALL, NULL, 0 },
	};
	const struct raw_step *const scripts[] = { script };
	struct rawserver *s = rawserver_start(scripts, 1);
	const struct http_request get = { .url = fetch_url(rawserver_port(s), ""),
		.max_body = max_body };
	struct http *h = fetch_open();
	struct http_reply r = fetch(h, &get);

	http_close(h);
	rawserver_stop(s);
	return r;
}

static void a_packed_body_is_unpacked_within_the_limit(void **state)
{
	struct http_reply r = fetch_packed(1000);

	(void)state;
	assert_int_equal(r.progress, HTTP_ANSWERED);
	assert_int_equal(r.body.len, 1000);
	assert_int_equal(r.body.data[999], 'a');
	buf_clear(&r.body);
	r = fetch_packed(999);
	fetch_expect_failure(&r, ERR_BAD_REPLY, HTTP_MAYBE_SENT, "larger");
	assert_int_equal(r.status, 200);
}

static void several_packings_in_a_row_are_refused(void **state)
{
	struct rawserver *s = rawserver_start_reply("HTTP/1.1 200 OK\r\n"
		"Content-Encoding: gzip, gzip\r\nContent-Length: 4\r\n\r\nbody");
	const struct http_request get = { .url = fetch_url(rawserver_port(s), "") };
	struct http *h = fetch_open();
	struct http_reply r = fetch(h, &get);

	(void)state;
	fetch_expect_failure(&r, ERR_BAD_REPLY, HTTP_MAYBE_SENT, "packed");
	http_close(h);
	rawserver_stop(s);
}

static void bad_options_are_named(void **state)
{
	static const struct {
		struct http_options options;
		const char *word;
	} cases[] = {
		{ { .user_agent = NULL }, "user_agent" },
		{ { .user_agent = "" }, "user_agent" },
		{ { .user_agent = "a\r\nb" }, "user_agent" },
		{ { .user_agent = "a", .ca_file = "/nonexistent/ca.pem" }, "/nonexistent/ca.pem" },
		{ { .user_agent = "a", .proxy = "http://user:secret@ /" }, "proxy" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct error err = ERROR_INIT;

		assert_null(http_open(&cases[i].options, &err));
		assert_int_equal(err.code, ERR_CONFIG);
		assert_non_null(strstr(err.text, cases[i].word));
		assert_null(strstr(err.text, "secret"));
	}
}

static char home[] = "/tmp/duken-http-XXXXXX";

static int spoil_environment(void **state)
{
	static const char *const names[] = { "http_proxy", "https_proxy", "HTTPS_PROXY",
		"ALL_PROXY", "all_proxy" };
	char *url, *netrc;
	FILE *f;

	(void)state;
	proxy = rawserver_start_reply(OK_REPLY);
	url = xasprintf("http://127.0.0.1:%d", rawserver_port(proxy));
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		setenv(names[i], url, 1);
	free(url);
	setenv("SSLKEYLOGFILE", "/dev/null", 1);
	if (!mkdtemp(home))
		return -1;
	setenv("HOME", home, 1);
	netrc = xasprintf("%s/.netrc", home);
	f = fopen(netrc, "w");
	free(netrc);
	if (!f)
		return -1;
	fputs("machine 127.0.0.1 login me password mine\n", f);
	fclose(f);
	return http_global_start(NULL) ? 0 : -1;
}

static int restore(void **state)
{
	char *netrc = xasprintf("%s/.netrc", home);

	(void)state;
	unlink(netrc);
	rmdir(home);
	free(netrc);
	rawserver_stop(proxy);
	http_global_stop();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_get_is_what_was_asked_and_nothing_more),
		cmocka_unit_test(nothing_is_added_to_a_bare_get),
		cmocka_unit_test(an_empty_header_is_present_and_empty),
		cmocka_unit_test(a_put_without_a_body_has_length_zero),
		cmocka_unit_test(a_large_body_goes_out_whole_and_without_expect),
		cmocka_unit_test(a_line_break_cannot_begin_another_header),
		cmocka_unit_test(plain_http_is_for_this_computer_alone),
		cmocka_unit_test(the_same_origin_is_scheme_host_and_port),
		cmocka_unit_test(proxies_of_the_environment_see_nothing),
		cmocka_unit_test(retry_after_is_seconds_or_a_date),
		cmocka_unit_test(date_and_type_are_read),
		cmocka_unit_test(a_100_is_not_the_answer),
		cmocka_unit_test(a_packed_body_is_unpacked_within_the_limit),
		cmocka_unit_test(several_packings_in_a_row_are_refused),
		cmocka_unit_test(bad_options_are_named),
	};

	return cmocka_run_group_tests(tests, spoil_environment, restore);
}
