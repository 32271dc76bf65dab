/* Passes over listings: a refresh was answered by what a pass had read before it was asked for; a server
 * that claimed any number of pages had them all queued, and one that gave one page for all was believed. */
#include <stdio.h>

#include "tests/regress/acting.h"
#include "tests/worker/rawserver.h"

static bool new_was_read(const struct event *e, const void *arg)
{
	(void)arg;
	return e->kind == EVENT_PROGRESS && !strcmp(e->what, "NEW");
}

static void refresh_in_the_middle_of_a_pass__shows_what_came_since(void **state)
{
	struct order_list list = ORDER_LIST_INIT;
	struct error err = ERROR_INIT;

	(void)state;
	acting_prepare("{\"code\":\"412000002\",\"mode\":\"pickup\",\"state\":\"NEW\"}", 0);
	bench_start(b, false);
	/* The newest window is read at once, an older one takes a while. */
	market_fault(b->market, "match=\"state]=NEW\" skip=1 times=1 do=delay:1500");
	desk_post(b->desk, request_new(REQUEST_REFRESH));
	bench_wait(b, new_was_read, NULL, "that new orders were read");
	market_order(b->market, NEW_ORDER);
	assert_int_equal(bench_refresh(b)->kind, EVENT_DONE);
	assert_true(reader_order_by_code(b->reader, CODE, &list, NULL, &err));
	order_list_clear(&list);
}

/* The desk against a server that answers everything with this body. */
static struct event *refresh_from(const char *body, struct rawserver **server)
{
	static char reply[1000];	/* the server's until it ends */

	snprintf(reply, sizeof(reply), "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
		"Content-Length: %zu\r\n\r\n%s", strlen(body), body);
	acting_prepare(NEW_ORDER, 0);
	*server = rawserver_start_reply(reply);
	free(b->shop->base_url);
	b->shop->base_url = xasprintf("http://127.0.0.1:%d", rawserver_port(*server));
	bench_start(b, false);
	return bench_refresh(b);
}

#define ONE_ORDER "{\"data\":[{\"type\":\"orders\",\"id\":\"QQ\",\"attributes\":{\"code\":\"1\"," \
	"\"state\":\"NEW\",\"status\":\"APPROVED_BY_BANK\"}}],"

static void same_page_for_ever__is_noticed(void **state)
{
	struct rawserver *server;
	struct event *e;

	(void)state;
	e = refresh_from(ONE_ORDER "\"meta\":{\"pageCount\":1000000000,\"totalCount\":1}}", &server);
	assert_int_equal(e->kind, EVENT_FAILED);
	assert_non_null(strstr(e->error.text, "the same page"));
	assert_true(rawserver_requests(server) < 200);
	rawserver_stop(server);
}

static void empty_pages_without_end__are_the_end(void **state)
{
	struct rawserver *server;
	struct event *e;

	(void)state;
	e = refresh_from("{\"data\":[],\"meta\":{\"pageCount\":1000000000,\"totalCount\":7}}", &server);
	assert_int_equal(e->kind, EVENT_DONE);
	assert_true(rawserver_requests(server) < 200);
	rawserver_stop(server);
}

/* Each refresh of several has its own end. */
static void refreshes_at_once__all_end(void **state)
{
	uint64_t ids[5];

	(void)state;
	acting_prepare(NEW_ORDER, 0);
	bench_start(b, false);
	for (size_t i = 0; i < 5; i++)
		ids[i] = desk_post(b->desk, request_new(REQUEST_REFRESH));
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(bench_end(b, ids[i])->kind, EVENT_DONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ACTING_TEST(refresh_in_the_middle_of_a_pass__shows_what_came_since),
		ACTING_TEST(same_page_for_ever__is_noticed),
		ACTING_TEST(empty_pages_without_end__are_the_end),
		ACTING_TEST(refreshes_at_once__all_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
