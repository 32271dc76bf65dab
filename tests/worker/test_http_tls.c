/* Whom the desk talks to: a wrong certificate ends the request before a byte of it left. */
#include "net/http.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "tests/unit/unit.h"
#include "tests/worker/fetch.h"
#include "tests/worker/tlsserver.h"

#define TOKEN "very-secret-token"

static struct certs *certs;
static char key_log[] = "/tmp/duken-keys-XXXXXX";

/* A POST with the token to https://127.0.0.1; `ca` is a certificate or NULL for the system's. */
static struct http_reply post_to(int port, const char *ca)
{
	const struct http_options options = { .user_agent = FETCH_AGENT,
		.ca_file = ca ? certs_path(certs, ca) : NULL };
	const struct http_header token = { "X-Auth-Token", TOKEN };
	struct http *h = http_open(&options, NULL);
	char *url = xasprintf("https://127.0.0.1:%d/" TOKEN, port);
	struct http_reply r = fetch(h, &(struct http_request){ .method = HTTP_POST, .url = url,
		.headers = &token, .n_headers = 1, .body = TOKEN, .body_len = strlen(TOKEN),
		.mutating = true });

	free(url);
	http_close(h);
	return r;
}

static void the_right_certificate_is_accepted(void **state)
{
	struct tlsserver *s = tlsserver_start(certs, "good", NULL);
	struct http_reply r = post_to(tlsserver_port(s), "ca");

	(void)state;
	assert_string_equal(r.error.text, "");
	assert_int_equal(r.progress, HTTP_ANSWERED);
	assert_int_equal(r.status, 200);
	assert_string_equal(buf_str(&r.body), "ok");
	buf_clear(&r.body);
	/* What the tests below rely on: the server would show the token if it had got it. */
	assert_true(tlsserver_saw(s, TOKEN));
	tlsserver_stop(s);
}

static void expect_stranger(const char *cert, const char *more, const char *ca, const char *word)
{
	struct tlsserver *s = tlsserver_start(certs, cert, more);
	struct http_reply r = post_to(tlsserver_port(s), ca);

	assert_int_equal(r.status, 0);
	fetch_expect_failure(&r, ERR_OFFLINE, HTTP_NOT_SENT, word);
	assert_false(tlsserver_saw(s, "secret"));
	tlsserver_stop(s);
}

static void wrong_certificates_get_nothing(void **state)
{
	(void)state;
	expect_stranger("other", NULL, "ca", "for another name");
	expect_stranger("expired", NULL, "ca", "expired");
	expect_stranger("stranger", NULL, "ca", "signed by somebody unknown");
	expect_stranger("self", NULL, "ca", "signed by itself");
	expect_stranger("good", NULL, NULL, "signed by somebody unknown");
}

static void old_tls_gets_nothing(void **state)
{
	(void)state;
	expect_stranger("good", "-tls1_1", "ca", "no secure connection");
}

static void the_keys_are_not_logged(void **state)
{
	(void)state;
	assert_int_not_equal(access(key_log, F_OK), 0);
}

static void what_does_not_speak_tls_gets_nothing(void **state)
{
	static const struct raw_step plain[] = { { .act = RAW_READ }, { .act = RAW_SEND,
		.text = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok" }, { .act = RAW_STALL } };
	static const struct raw_step closes[] = { { .act = RAW_READ }, { .act = RAW_END } };
	static const struct raw_step resets[] = { { .act = RAW_READ }, { .act = RAW_RESET } };
	static const struct raw_step *const scripts[] = { plain, closes, resets };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct rawserver *s = rawserver_start(&scripts[i], 1);
		struct http_reply r = post_to(rawserver_port(s), "ca");

		fetch_expect_failure(&r, ERR_OFFLINE, HTTP_NOT_SENT, "no secure connection");
		assert_int_equal(rawserver_count(s, "secret"), 0);
		rawserver_stop(s);
	}
}

static void silence_instead_of_tls_is_no_connection(void **state)
{
	static const struct raw_step silent[] = { { .act = RAW_STALL } };
	static const struct raw_step *const scripts[] = { silent };
	struct rawserver *s = rawserver_start(scripts, 1);
	const struct http_options options = { .user_agent = FETCH_AGENT,
		.connect_timeout_ms = 500 };
	struct http *h = http_open(&options, NULL);
	char *url = xasprintf("https://127.0.0.1:%d/", rawserver_port(s));
	struct http_reply r = fetch(h, &(struct http_request){ .url = url });

	(void)state;
	fetch_expect_failure(&r, ERR_OFFLINE, HTTP_NOT_SENT, "no secure connection in time");
	free(url);
	http_close(h);
	rawserver_stop(s);
}

/* The token goes through the tunnel or nowhere; start() put "*" into NO_PROXY. */
static void a_proxy_sees_where_but_not_what(void **state)
{
	static const struct raw_step refuses[] = { { .act = RAW_REQUEST },
		{ .act = RAW_SEND,
			.text = "HTTP/1.1 407 Who are you\r\nRetry-After: 9\r\n"
				"Content-Length: 0\r\n\r\n" },
		{ .act = RAW_END } };
	static const struct raw_step closes[] = { { .act = RAW_REQUEST }, { .act = RAW_END } };
	static const struct raw_step *const scripts[] = { refuses, closes };
	const struct http_header token = { "X-Auth-Token", TOKEN };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct rawserver *s = rawserver_start(&scripts[i], 1);
		const struct http_options options = { .user_agent = FETCH_AGENT,
			.proxy = fetch_url(rawserver_port(s), "") };
		struct http *h = http_open(&options, NULL);
		struct http_reply r =
			fetch(h, &(struct http_request){ .url = "https://127.0.0.1:1/" TOKEN,
				.headers = &token, .n_headers = 1 });

		fetch_expect_failure(&r, ERR_OFFLINE, HTTP_NOT_SENT, "proxy");
		assert_int_equal(r.status, 0);
		assert_int_equal(r.retry_after_ms, -1);
		assert_int_equal(rawserver_count(s, "CONNECT 127.0.0.1:1 "), 1);
		assert_int_equal(rawserver_count(s, "secret"), 0);
		http_close(h);
		rawserver_stop(s);
	}
}

static void plain_http_does_not_go_to_the_proxy(void **state)
{
	static const char reply[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
	struct rawserver *s = rawserver_start_reply(reply), *proxy = rawserver_start_reply(reply);
	char *address = xasprintf("http://127.0.0.1:%d", rawserver_port(proxy));
	const struct http_options options = { .user_agent = FETCH_AGENT, .proxy = address };
	struct http *h = http_open(&options, NULL);

	(void)state;
	fetch_ok(h, fetch_url(rawserver_port(s), ""));
	assert_int_equal(rawserver_connections(proxy), 0);
	http_close(h);
	free(address);
	rawserver_stop(s);
	rawserver_stop(proxy);
}

static int start(void **state)
{
	int fd = mkstemp(key_log);

	(void)state;
	alarm(300);
	if (fd < 0)
		return -1;
	close(fd);
	unlink(key_log);
	setenv("SSLKEYLOGFILE", key_log, 1);
	setenv("NO_PROXY", "*", 1);
	setenv("no_proxy", "*", 1);
	certs = certs_make();
	return http_global_start(NULL) ? 0 : -1;
}

static int stop(void **state)
{
	(void)state;
	certs_remove(certs);
	http_global_stop();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_right_certificate_is_accepted),
		cmocka_unit_test(wrong_certificates_get_nothing),
		cmocka_unit_test(old_tls_gets_nothing),
		cmocka_unit_test(the_keys_are_not_logged),
		cmocka_unit_test(what_does_not_speak_tls_gets_nothing),
		cmocka_unit_test(silence_instead_of_tls_is_no_connection),
		cmocka_unit_test(a_proxy_sees_where_but_not_what),
		cmocka_unit_test(plain_http_does_not_go_to_the_proxy),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
