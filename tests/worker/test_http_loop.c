/* The client's loop: cancelling, waking, order, several at once, the end. */
#include "net/http.h"

#include <pthread.h>
#include <unistd.h>

#include "base/clock.h"
#include "tests/unit/unit.h"
#include "tests/worker/fetch.h"

static const struct raw_step answers[] = { { .act = RAW_REQUEST },
	{ .act = RAW_SEND, .text = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok" },
	{ .act = RAW_AGAIN } };
static const struct raw_step silent[] = { { .act = RAW_STALL } };

static struct http_request post_to(const struct rawserver *s)
{
	return (struct http_request){ .id = 1,
		.method = HTTP_POST,
		.url = fetch_url(rawserver_port(s), ""),
		.body = "{}",
		.body_len = 2,
		.mutating = true };
}

static void cancelling_tells_how_far_it_came(void **state)
{
	static const struct raw_step *const scripts[] = { answers };
	struct rawserver *s = rawserver_start(scripts, 1);
	const struct http_request post = post_to(s);
	struct http *h = fetch_open();
	struct http_reply r;

	(void)state;
	fetch_send(h, &post);
	http_cancel(h, 99);
	http_cancel(h, 1);
	r = fetch_take(h);
	assert_int_equal(r.id, 1);
	fetch_expect_failure(&r, ERR_CANCELLED, HTTP_NOT_SENT, "stopped");
	assert_int_equal(rawserver_connections(s), 0);
	assert_int_equal(http_running(h), 0);
	http_close(h);
	rawserver_stop(s);
}

static void cancelling_in_flight_is_maybe_sent(void **state)
{
	static const struct raw_step script[] = { { .act = RAW_REQUEST }, { .act = RAW_STALL } };
	static const struct raw_step *const scripts[] = { script };
	struct rawserver *s = rawserver_start(scripts, 1);
	const struct http_request post = post_to(s);
	struct http *h = fetch_open();
	struct http_reply r;

	(void)state;
	fetch_send(h, &post);
	fetch_until(h, rawserver_requests, s, 1);
	http_cancel(h, 1);
	http_cancel(h, 1);
	r = fetch_take(h);
	fetch_expect_failure(&r, ERR_CANCELLED, HTTP_MAYBE_SENT, "stopped");
	assert_false(http_take(h, &r));
	http_close(h);
	rawserver_stop(s);
}

static void *wake(void *h)
{
	http_wake(h);
	return NULL;
}

static void any_thread_ends_the_wait(void **state)
{
	struct http *h = fetch_open();
	pthread_t thread;

	(void)state;
	for (int i = 0; i < 20; i++) {
		assert_int_equal(pthread_create(&thread, NULL, wake, h), 0);
		http_step(h, -1);
		pthread_join(thread, NULL);
	}
	/* Before the wait counts too. */
	http_wake(h);
	http_step(h, -1);
	http_close(h);
}

static void replies_come_in_the_order_they_end(void **state)
{
	static const struct raw_step *const scripts[] = { silent, answers };
	struct rawserver *s = rawserver_start(scripts, 2);
	struct http_request get = {
		.id = 1, .timeout_ms = 1000, .url = fetch_url(rawserver_port(s), "")
	};
	struct http *h = fetch_open();
	struct http_reply r;

	(void)state;
	fetch_send(h, &get);
	fetch_until(h, rawserver_connections, s, 1);
	get.id = 2;
	fetch_send(h, &get);
	r = fetch_take(h);
	assert_int_equal(r.id, 2);
	buf_clear(&r.body);
	assert_int_equal(http_running(h), 1);
	r = fetch_take(h);
	assert_int_equal(r.id, 1);
	fetch_expect_failure(&r, ERR_TIMEOUT, HTTP_MAYBE_SENT, "");
	assert_int_equal(http_running(h), 0);
	http_close(h);
	rawserver_stop(s);
}

static void four_run_side_by_side_and_no_more(void **state)
{
	static const struct raw_step script[] = { { .act = RAW_REQUEST }, { .act = RAW_WAIT },
		{ .act = RAW_SEND, .text = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok" },
		{ .act = RAW_AGAIN } };
	static const struct raw_step *const scripts[] = { script };
	struct rawserver *s = rawserver_start(scripts, 1);
	struct http_request get = { .timeout_ms = 15000, .url = fetch_url(rawserver_port(s), "") };
	struct http *h = fetch_open();
	int64_t deadline;

	(void)state;
	for (get.id = 1; get.id <= 12; get.id++)
		fetch_send(h, &get);
	fetch_until(h, rawserver_requests, s, 4);
	for (deadline = clock_mono_ms() + 200; clock_mono_ms() < deadline; )
		http_step(h, 20);
	assert_int_equal(rawserver_requests(s), 4);
	rawserver_release(s);
	while (http_running(h)) {
		struct http_reply r = fetch_take(h);

		assert_int_equal(r.progress, HTTP_ANSWERED);
		buf_clear(&r.body);
	}
	assert_int_equal(rawserver_requests(s), 12);
	assert_int_equal(rawserver_connections(s), 4);
	http_close(h);
	rawserver_stop(s);
}

/* One that waits for its turn has its whole time still before it. */
static void waiting_for_a_turn_is_no_delay(void **state)
{
	static const struct raw_step *const scripts[] = { silent, answers };
	const struct http_options options = { .user_agent = FETCH_AGENT, .parallel = 1 };
	struct rawserver *s = rawserver_start(scripts, 2);
	struct http_request get = {
		.id = 1, .timeout_ms = 1000, .url = fetch_url(rawserver_port(s), "")
	};
	struct http *h = http_open(&options, NULL);
	struct http_reply r;

	(void)state;
	fetch_send(h, &get);
	get.id = 2;
	get.timeout_ms = 900;
	fetch_send(h, &get);
	r = fetch_take(h);
	assert_int_equal(r.id, 1);
	fetch_expect_failure(&r, ERR_TIMEOUT, HTTP_MAYBE_SENT, "");
	r = fetch_take(h);
	assert_int_equal(r.id, 2);
	assert_int_equal(r.progress, HTTP_ANSWERED);
	buf_clear(&r.body);
	http_close(h);
	rawserver_stop(s);
}

static void closing_abandons_what_runs(void **state)
{
	static const struct raw_step script[] = { { .act = RAW_REQUEST }, { .act = RAW_STALL } };
	static const struct raw_step *const scripts[] = { answers, script };
	struct rawserver *s = rawserver_start(scripts, 2);
	const struct http_request get = { .id = 1, .url = fetch_url(rawserver_port(s), "") };
	struct http *h = fetch_open();

	(void)state;
	for (int i = 0; i < 12; i++)
		fetch_send(h, &get);
	fetch_until(h, rawserver_requests, s, 5);
	http_close(h);
	rawserver_stop(s);
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
		cmocka_unit_test(cancelling_tells_how_far_it_came),
		cmocka_unit_test(cancelling_in_flight_is_maybe_sent),
		cmocka_unit_test(any_thread_ends_the_wait),
		cmocka_unit_test(replies_come_in_the_order_they_end),
		cmocka_unit_test(four_run_side_by_side_and_no_more),
		cmocka_unit_test(waiting_for_a_turn_is_no_delay),
		cmocka_unit_test(closing_abandons_what_runs),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
