/* duken report: the sums agree with the orders of the marketplace, in all three forms. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "tests/cli/house.h"

static struct market *m;

/* Of the test: it may be another day when a command runs. */
static int64_t now_ms;

static int64_t made(int days_ago)
{
	return now_ms - days_ago * CLOCK_DAY_MS;
}

static void order(const char *code, const char *members, int days_ago)
{
	char json[400];

	snprintf(json, sizeof(json), "{\"code\":\"%s\",\"entries\":1,\"created_ms\":%lld,%s}", code,
		(long long)made(days_ago), members);
	market_order(m, json);
}

/* The member of the report's day that holds the orders made so many days ago: days move on at midnight. */
static const char *on_day(int days_ago, const char *member)
{
	char start[40], path[80];

	time_format_rfc3339(time_day_start(made(days_ago)), start, sizeof(start));
	for (size_t i = 0; i < cli_json_count("times"); i++) {
		snprintf(path, sizeof(path), "times.%zu.from", i);
		if (strcmp(cli_json(path), start) != 0)
			continue;
		snprintf(path, sizeof(path), "times.%zu.%s", i, member);
		return cli_json(path);
	}
	check_fail("the report has no day that begins at %s", start);
	return NULL;
}

static int start(void **state)
{
	(void)state;
	now_ms = clock_now_ms();
	m = cli_market(0);
	order("400000001", "\"state\":\"PICKUP\",\"mode\":\"pickup\",\"total\":4000,\"name\":\"Айгерім\"", 2);
	order("400000002", "\"state\":\"PICKUP\",\"mode\":\"pickup\",\"total\":6000", 2);
	order("400000003", "\"state\":\"KASPI_DELIVERY\",\"mode\":\"kaspi\",\"total\":500", 3);
	order("400000004", "\"state\":\"ARCHIVE\",\"status\":\"CANCELLED\",\"mode\":\"pickup\",\"total\":70", 2);
	order("400000005", "\"state\":\"PICKUP\",\"mode\":\"pickup\",\"total\":9", 10);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	cli_clear();
	market_stop(m);
	return 0;
}

static void synced(void)
{
	cli(m, "sync", "--full", NULL);
	assert_int_equal(cli_status(), 0);
}

static void nothing_is_known_before_the_first_pass(void **state)
{
	(void)state;
	cli(m, "report", NULL);
	cli_expect(1, "run duken sync");
}

static void a_day_without_orders_is_a_sentence(void **state)
{
	(void)state;
	synced();
	cli(m, "report", NULL);
	cli_expect(0, "");
	assert_string_equal(cli_out(), "");
	assert_non_null(strstr(cli_err(), "No orders were made"));
}

static void the_document_agrees_with_the_orders(void **state)
{
	(void)state;
	synced();
	cli(m, "report", "--week", "--json", NULL);
	assert_int_equal(cli_status(), 0);
	assert_string_equal(cli_json("schema"), "1");
	assert_string_equal(cli_json("period"), "week");
	assert_string_equal(cli_json("sold.orders"), "3");
	assert_string_equal(cli_json("sold.total"), "10500");
	assert_string_equal(cli_json("lost.orders"), "1");
	assert_string_equal(cli_json("lost.total"), "70");
	assert_int_equal(cli_json_count("times"), 7);
	assert_string_equal(on_day(2, "total"), "10000");
	assert_string_equal(on_day(3, "total"), "500");
	assert_string_equal(cli_json("queues.items.0.name"), "pickup");
	assert_string_equal(cli_json("queues.items.0.orders"), "2");
	assert_int_equal(cli_json_count("reasons.items"), 1);
	assert_string_equal(cli_json("reasons.items.0.fault"), "unknown");
	assert_string_equal(cli_json("lost.shop"), "0");
	assert_string_equal(cli_json("lost.unknown"), "1");
	assert_string_equal(cli_json("lost.limit"), "3");
	assert_string_equal(cli_json("lost.over_limit"), "");
	assert_string_equal(cli_json("acceptance.elsewhere"), "3");
	assert_string_equal(cli_json("acceptance.median_seconds"), "null");
	assert_string_equal(cli_json("hand_over.limit"), "10");
	assert_string_equal(cli_json("articles.unknown_orders"), "3");
	assert_int_equal(cli_json_count("clerks.items"), 0);
	cli(m, "report", "--month", "--json", NULL);
	assert_string_equal(cli_json("sold.total"), "10509");
}

static void a_table_has_the_same_numbers(void **state)
{
	(void)state;
	synced();
	cli(m, "report", "--week", "--csv", NULL);
	cli_expect(0, "part,name,detail,orders,total,count,weight_g\r\nsold,,,3,10500,,\r\nlost,,,1,70,,\r\n");
	cli_expect(0, "\r\nqueues,pickup,,2,10000,,\r\n");
	cli_expect(0, "\r\nacceptance,elsewhere,,3,,,\r\n");
}

static void the_text_has_no_names(void **state)
{
	(void)state;
	synced();
	cli(m, "report", "--week", NULL);
	cli_expect(0, "Orders sold: 3");
	cli_expect(0, "Cancelled and returned: 1 (25.0%)");
	assert_null(strstr(cli_out(), "Айгерім"));
}

/* The desk's clerk cancels one of two orders and accepts the other. */
static void what_was_done_today(void)
{
	market_configure(m, "requests_per_second = 100\ncancel_limit = 12.5\nlate_limit = 0\n", "clerk = \"Айгуль\"\n");
	order("400000011", "\"state\":\"NEW\",\"mode\":\"pickup\",\"product\":\"Самовар\",\"total\":800", 1);
	order("400000012", "\"state\":\"NEW\",\"mode\":\"pickup\"", 1);
	synced();
	cli(m, "accept", "400000011", NULL);
	assert_int_equal(cli_status(), 0);
	cli(m, "cancel", "400000012", "--reason", "out-of-stock", NULL);
	assert_int_equal(cli_status(), 0);
	cli(m, "show", "400000011", NULL);
	assert_int_equal(cli_status(), 0);
}

static void the_clerks_work_is_in_it(void **state)
{
	(void)state;
	what_was_done_today();
	cli(m, "report", "--week", "--json", NULL);
	assert_int_equal(cli_status(), 0);
	assert_string_equal(cli_json("acceptance.orders"), "1");
	assert_string_equal(cli_json("acceptance.elsewhere"), "3");
	assert_string_equal(cli_json("clerks.items.0.clerk"), "Айгуль");
	assert_string_equal(cli_json("clerks.items.0.done"), "2");
	assert_string_equal(cli_json("clerks.items.0.actions.accept"), "1");
	assert_string_equal(cli_json("articles.items.0.name"), "Самовар");
	assert_string_equal(cli_json("articles.items.0.quantity"), "1");
	assert_string_equal(cli_json("lost.shop"), "1");
	cli_expect(0, "\"percent\":16.7,\"limit\":12.5,\"over_limit\":true}");
	assert_string_equal(cli_json("hand_over.limit"), "null");
	cli(m, "report", "--week", "--csv", NULL);
	cli_expect(0, "\r\nclerks,Айгуль,accept,,,1,\r\n");
	cli_expect(0, "\r\nreasons,MERCHANT_OUT_OF_STOCK,shop,1,");
	cli(m, "report", "--week", NULL);
	cli_expect(0, "Counts against the shop: 1 of 6 (16.7%): over the limit of 12.5%\n");
	cli_expect(0, "From made to accepted: half within 1 d, 90% within 1 d\n");
	cli_expect(0, "\nСамовар ");
	cli_expect(0, "\nАйгуль    ");
}

static void one_period_and_one_form(void **state)
{
	(void)state;
	cli(m, "report", "--day", "--week", NULL);
	assert_int_equal(cli_status(), 2);
	cli(m, "report", "--csv", "--json", NULL);
	assert_int_equal(cli_status(), 2);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nothing_is_known_before_the_first_pass),
		TEST(a_day_without_orders_is_a_sentence),
		TEST(the_document_agrees_with_the_orders),
		TEST(a_table_has_the_same_numbers),
		TEST(the_text_has_no_names),
		TEST(the_clerks_work_is_in_it),
		TEST(one_period_and_one_form),
	};

	/* The commands' own. */
	return zone_set("Asia/Almaty", NULL) ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
