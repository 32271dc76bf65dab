#include "tests/worker/fetch.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "tests/unit/unit.h"

#define DEADLINE_MS 20000

struct http *fetch_open(void)
{
	const struct http_options options = { .user_agent = FETCH_AGENT };
	struct error err = ERROR_INIT;
	struct http *h = http_open(&options, &err);

	if (!h)
		fail_msg("%s", err.text);
	return h;
}

const char *fetch_url(int port, const char *path)
{
	static char url[512];

	snprintf(url, sizeof(url), "http://127.0.0.1:%d/%s", port, path);
	return url;
}

void fetch_send(struct http *h, const struct http_request *r)
{
	struct error err = ERROR_INIT;

	if (!http_send(h, r, &err))
		fail_msg("%s", err.text);
}

struct http_reply fetch_take(struct http *h)
{
	const int64_t deadline = clock_mono_ms() + DEADLINE_MS;
	struct http_reply r;

	while (!http_take(h, &r)) {
		if (clock_mono_ms() > deadline)
			fail_msg("no reply in time");
		http_step(h, 1000);
	}
	return r;
}

struct http_reply fetch(struct http *h, const struct http_request *r)
{
	fetch_send(h, r);
	return fetch_take(h);
}

void fetch_ok(struct http *h, const char *url)
{
	const struct http_request get = { .method = HTTP_GET, .url = url };
	struct http_reply r = fetch(h, &get);

	assert_string_equal(r.error.text, "");
	assert_int_equal(r.progress, HTTP_ANSWERED);
	assert_int_equal(r.status, 200);
	buf_clear(&r.body);
}

void fetch_until(struct http *h, size_t (*counter)(struct rawserver *s), struct rawserver *s,
	size_t n)
{
	const int64_t deadline = clock_mono_ms() + DEADLINE_MS;

	while (counter(s) < n) {
		if (clock_mono_ms() > deadline)
			fail_msg("what the server waits for did not come in time");
		http_step(h, 10);
	}
}

void fetch_expect_failure(struct http_reply *r, enum error_code code, enum http_progress progress,
	const char *word)
{
	assert_string_equal(error_code_name(r->error.code), error_code_name(code));
	assert_int_equal(r->progress, progress);
	if (!strstr(r->error.text, word))
		fail_msg("\"%s\" does not say \"%s\"", r->error.text, word);
	assert_int_equal(r->body.len, 0);
	buf_clear(&r->body);
}
