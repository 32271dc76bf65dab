/* What is asked around an order: once, whichever orders need it, and not again while it is young. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "tests/lib/check.h"
#include "tests/unit/store_fixture.h"
#include "tests/worker/bench.h"

#define ORDERS 5

static struct bench *b;

static char *code_of(int i)
{
	static char code[16];

	snprintf(code, sizeof(code), "41200000%d", i);
	return code;
}

/* Orders of the same two products from the same warehouse, known without their entries. */
static int setup(void **state)
{
	(void)state;
	b = bench_open(market_start(&(struct market_options){ .seed = 5 }));
	for (int i = 0; i < ORDERS; i++) {
		char *json = xasprintf("{\"code\":\"%s\",\"mode\":\"kaspi\",\"state\":\"KASPI_DELIVERY\","
			"\"productCode\":\"101740113\",\"entries\":1}", code_of(i));

		market_order(b->market, json);
		free(json);
		assert_int_equal(bench_lookup(b, code_of(i))->kind, EVENT_DONE);
	}
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	bench_close(b);
	b = NULL;
	return 0;
}

static char *id_of(int i)
{
	struct order_list list = ORDER_LIST_INIT;
	char *id;

	assert_true(reader_order_by_code(b->reader, code_of(i), &list, NULL, NULL));
	id = xstrdup(list.items[0].id);
	order_list_clear(&list);
	return id;
}

static uint64_t post_fetch(int i)
{
	char *id = id_of(i);
	uint64_t request = desk_post(b->desk, request_new_fetch(id));

	free(id);
	return request;
}

static void fetch_one(int i)
{
	const struct event *e = bench_end(b, post_fetch(i));

	if (e->kind != EVENT_DONE)
		check_fail("%s", e->error.text);
}

static size_t asked(const char *piece)
{
	return market_requests(b->market, piece);
}

static void is_complete(int i)
{
	struct entry_list entries = ENTRY_LIST_INIT;
	char *id = id_of(i);

	assert_true(reader_entries(b->reader, id, &entries, NULL, NULL));
	assert_int_equal(entries.n, 1);
	assert_string_equal(entries.items[0].product_code, "101740113");
	assert_string_equal(entries.items[0].product_name, "Чайник Tefal KO270130 белый");
	assert_string_equal(entries.items[0].manufacturer, "Tefal");
	assert_string_equal(entries.items[0].category, "Мелкая бытовая техника");
	assert_string_equal(entries.items[0].merchant_article, "TEF-KO270");
	assert_string_not_equal(entries.items[0].merchant_name, "");
	assert_string_not_equal(entries.items[0].point_address, "");
	assert_true(entries.items[0].product_ms > 0 && entries.items[0].merchant_ms > 0 &&
		entries.items[0].point_ms > 0);
	entry_list_clear(&entries);
	free(id);
}

static void orders_of_the_same_goods_share_what_is_known(void **state)
{
	size_t points;

	(void)state;
	fetch_one(0);
	is_complete(0);
	assert_int_equal(asked("/product"), 1);
	assert_int_equal(asked("/merchantProduct"), 1);
	points = asked("/pointofservices/");
	for (int i = 1; i < ORDERS; i++) {
		fetch_one(i);
		is_complete(i);
	}
	assert_int_equal(asked("/product"), 1);
	assert_int_equal(asked("/merchantProduct"), 1);
	assert_true(asked("/pointofservices/") <= points + 2);	/* the shop has three */
	fetch_one(0);
	assert_int_equal(asked("/product"), 1);
}

static void orders_that_are_fetched_at_once_share_what_is_asked(void **state)
{
	uint64_t ids[ORDERS];
	bool ended[ORDERS] = { false };

	(void)state;
	market_fault(b->market, "match=/product$ do=delay:500");
	for (int i = 0; i < ORDERS; i++)
		ids[i] = post_fetch(i);
	for (int left = ORDERS; left > 0; left--) {
		const struct event *e = bench_wait_kind(b, EVENT_DONE);

		for (int i = 0; i < ORDERS; i++)
			ended[i] |= e->reply_to == ids[i];
	}
	for (int i = 0; i < ORDERS; i++) {
		assert_true(ended[i]);
		is_complete(i);
	}
	assert_int_equal(asked("/product"), 1);
	assert_int_equal(asked("/merchantProduct"), 1);
}

/* A pick list needs no cards where the offers name the goods. */
static void a_brief_fetch_asks_for_names_alone(void **state)
{
	struct entry_list entries = ENTRY_LIST_INIT;
	char *id = id_of(0);
	struct request *r = request_new_fetch(id);

	(void)state;
	r->brief = true;
	assert_int_equal(bench_end(b, desk_post(b->desk, r))->kind, EVENT_DONE);
	assert_int_equal(asked("/product"), 0);
	assert_int_equal(asked("/merchantProduct"), 0);
	assert_true(reader_entries(b->reader, id, &entries, NULL, NULL));
	assert_string_equal(entries.items[0].article, "TEF-KO270");
	assert_string_not_equal(entries.items[0].point_name, "");
	entry_list_clear(&entries);
	free(id);
	fetch_one(0);
	is_complete(0);
}

static void one_that_leaves_does_not_take_it_from_the_others(void **state)
{
	struct request *cancel = request_new(REQUEST_CANCEL);
	uint64_t first, second;

	(void)state;
	market_fault(b->market, "match=/product$ do=delay:1500");
	first = post_fetch(0);
	market_wait_requests(b->market, "/product", 1);
	second = post_fetch(1);
	market_wait_requests(b->market, "/entries", 2);
	cancel->target = first;
	desk_post(b->desk, cancel);
	assert_int_equal(bench_end(b, first)->kind, EVENT_CANCELLED);
	assert_int_equal(bench_end(b, second)->kind, EVENT_DONE);
	is_complete(1);
}

static void the_only_one_that_leaves_ends_the_call(void **state)
{
	struct request *cancel = request_new(REQUEST_CANCEL);
	uint64_t id;

	(void)state;
	market_fault(b->market, "match=/product$ times=1 do=silence:8000");
	id = post_fetch(0);
	market_wait_requests(b->market, "/product", 1);
	cancel->target = id;
	desk_post(b->desk, cancel);
	assert_int_equal(bench_end(b, id)->kind, EVENT_CANCELLED);
	fetch_one(0);
	is_complete(0);
}

static void what_the_server_does_not_have_is_asked_once(void **state)
{
	(void)state;
	market_fault(b->market, "match=/merchantProduct do=status:404:{\"errors\":[{\"title\":\"none\"}]}");
	for (int i = 0; i < 3; i++)
		fetch_one(i);
	assert_int_equal(asked("/merchantProduct"), 1);
	market_no_faults(b->market);
	fetch_one(0);
	assert_int_equal(asked("/merchantProduct"), 1);
}

static void what_failed_is_asked_again(void **state)
{
	(void)state;
	market_fault(b->market, "match=/product$ times=1 do=status:500");
	fetch_one(0);
	assert_int_equal(asked("/product"), 1);
	fetch_one(0);
	assert_int_equal(asked("/product"), 2);
	is_complete(0);
}

static void what_is_a_week_old_is_asked_again(void **state)
{
	(void)state;
	fetch_one(0);
	bench_stop(b);
	fixture_sql(b->dir, "cache.db", "UPDATE facts SET fetched_ms = fetched_ms - 6 * 86400000");
	bench_start(b, false);
	fetch_one(0);
	assert_int_equal(asked("/product"), 1);
	bench_stop(b);
	fixture_sql(b->dir, "cache.db", "UPDATE facts SET name = 'old', fetched_ms = fetched_ms - 2 * 86400000");
	bench_start(b, false);
	fetch_one(0);
	assert_int_equal(asked("/product"), 2);
	is_complete(0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(orders_of_the_same_goods_share_what_is_known),
		TEST(orders_that_are_fetched_at_once_share_what_is_asked),
		TEST(a_brief_fetch_asks_for_names_alone),
		TEST(one_that_leaves_does_not_take_it_from_the_others),
		TEST(the_only_one_that_leaves_ends_the_call),
		TEST(what_the_server_does_not_have_is_asked_once),
		TEST(what_is_a_week_old_is_asked_again),
		TEST(what_failed_is_asked_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
