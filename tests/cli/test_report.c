/* duken report: the sums agree with the orders of the marketplace, in all three forms. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "tests/cli/house.h"

static struct market *m;

static void order(const char *code, const char *members, int days_ago)
{
	char json[400];

	snprintf(json, sizeof(json), "{\"code\":\"%s\",\"entries\":1,\"created_ms\":%lld,%s}", code,
		(long long)(clock_now_ms() - days_ago * CLOCK_DAY_MS), members);
	market_order(m, json);
}

static int start(void **state)
{
	(void)state;
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
	assert_string_equal(cli_json("times.4.total"), "10000");
	assert_string_equal(cli_json("times.3.total"), "500");
	assert_string_equal(cli_json("queues.items.0.name"), "pickup");
	assert_string_equal(cli_json("queues.items.0.orders"), "2");
	assert_int_equal(cli_json_count("reasons.items"), 1);
	cli(m, "report", "--month", "--json", NULL);
	assert_string_equal(cli_json("sold.total"), "10509");
}

static void a_table_has_the_same_numbers(void **state)
{
	(void)state;
	synced();
	cli(m, "report", "--week", "--csv", NULL);
	cli_expect(0, "part,name,orders,total\r\nsold,,3,10500\r\nlost,,1,70\r\n");
	cli_expect(0, "\r\nqueues,pickup,2,10000\r\n");
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
		TEST(one_period_and_one_form),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
