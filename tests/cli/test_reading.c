#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/cli/house.h"

static struct market *m;

static void nothing_is_known_before_the_first_pass(void **state)
{
	(void)state;
	cli(m, "orders", NULL);
	cli_expect(1, "run duken sync");
	cli(m, "orders", "--json", NULL);
	assert_int_equal(cli_status(), 1);
	assert_string_equal(cli_json("error.code"), "NOT_FOUND");
	cli(m, "journal", "--json", NULL);
	assert_int_equal(cli_status(), 0);
	assert_int_equal(cli_json_count("items"), 0);
}

static void a_pass_counts_what_it_saw(void **state)
{
	(void)state;
	cli(m, "sync", "--json", NULL);
	assert_int_equal(cli_status(), 0);
	assert_string_equal(cli_json("schema"), "1");
	assert_string_equal(cli_json("orders"), "42");
	assert_string_equal(cli_json("new"), "42");
	assert_true(strtol(cli_json("requests"), NULL, 10) > 0);
	cli(m, "sync", "--full", NULL);
	cli_expect(0, "42 orders, 0 new, 0 changed");
}

static void orders_are_listed_and_filtered(void **state)
{
	(void)state;
	cli(m, "orders", "--json", NULL);
	assert_int_equal(cli_json_count("items"), 42);
	cli(m, "orders", "--json", "--limit", "5", NULL);
	assert_int_equal(cli_json_count("items"), 5);
	cli(m, "orders", "--json", "--search", "сарсенова", NULL);
	assert_int_equal(cli_json_count("items"), 1);
	assert_string_equal(cli_json("items.0.code"), "400000001");
	assert_string_equal(cli_json("items.0.queue"), "new");
	assert_string_equal(cli_json("items.0.state"), "NEW");
	assert_string_equal(cli_json("items.0.status"), "APPROVED_BY_BANK");
	assert_string_equal(cli_json("items.0.customer.name"), "Айгерім Сәрсенова");
	assert_string_equal(cli_json("items.0.total"), "12990");
	assert_string_equal(cli_json("items.0.entries"), "null");
	assert_non_null(strstr(cli_json("items.0.created"), "+05:00"));
	cli(m, "orders", "--json", "--queue", "pickup", "--search", "400000002", NULL);
	assert_int_equal(cli_json_count("items"), 1);
	cli(m, "orders", "--json", "--queue", "new", "--search", "400000002", NULL);
	assert_int_equal(cli_json_count("items"), 0);
	cli(m, "orders", "--json", "--state", "PICKUP", "--search", "400000002", NULL);
	assert_int_equal(cli_json_count("items"), 1);
	cli(m, "orders", "--json", "--since", "2100-01-01", NULL);
	assert_int_equal(cli_json_count("items"), 0);
}

static void phones_are_masked_in_lists_only(void **state)
{
	(void)state;
	cli(m, "orders", "--json", "--search", "400000001", NULL);
	assert_null(strstr(cli_out(), "7011234567"));
	assert_non_null(strstr(cli_json("items.0.customer.phone"), "4567"));
	cli(m, "show", "400000001", "--json", NULL);
	assert_non_null(strstr(cli_json("customer.phone"), "7011234567"));
}

static void a_list_is_a_table_for_people(void **state)
{
	(void)state;
	cli(m, "orders", "--search", "400000001", NULL);
	cli_expect(0, "Айгерім Сәрсенова");
	assert_non_null(strstr(cli_out(), "12\u00a0990\u00a0₸"));
	assert_null(strstr(cli_out(), " \n"));
	cli(m, "orders", "--search", "nobody", NULL);
	cli_expect(0, "No such orders");
	assert_string_equal(cli_out(), "");
}

static void an_order_is_shown_with_its_entries(void **state)
{
	(void)state;
	cli(m, "show", "400000002", "--json", NULL);
	assert_int_equal(cli_status(), 0);
	assert_string_equal(cli_json("schema"), "1");
	assert_string_equal(cli_json("code"), "400000002");
	assert_int_equal(cli_json_count("entries"), 1);
	assert_string_equal(cli_json("entries.0.entry"), "0");
	cli(m, "show", "400000002", NULL);
	cli_expect(0, "400000002");
	market_down(m);
	cli(m, "show", "400000002", "--json", NULL);
	assert_int_equal(cli_status(), 0);
	assert_int_equal(cli_json_count("entries"), 1);
	cli(m, "show", "400000002", "--fresh", "--json", NULL);
	assert_int_equal(cli_status(), 3);
	assert_string_equal(cli_json("error.code"), "OFFLINE");
	cli(m, "show", "400000009", NULL);
	assert_int_equal(cli_status(), 3);
	market_up(m);
	cli(m, "show", "499999999", NULL);
	cli_expect(1, "no order 499999999");
}

static void everything_around_an_order_is_told(void **state)
{
	(void)state;
	market_order(m, "{\"code\":\"400000003\",\"mode\":\"own\",\"state\":\"DELIVERY\",\"entries\":1,"
		"\"productCode\":\"101740113\",\"name\":\"Дана\"}");
	cli(m, "show", "400000003", "--json", NULL);
	assert_int_equal(cli_status(), 0);
	assert_string_not_equal(cli_json("latitude"), "null");
	assert_string_not_equal(cli_json("longitude"), "null");
	assert_non_null(strstr(cli_json("origin.name"), "PP"));
	assert_non_null(strstr(cli_json("origin.address"), "г. "));
	assert_string_equal(cli_json("entries.0.product.code"), "101740113");
	assert_string_equal(cli_json("entries.0.product.manufacturer"), "Tefal");
	assert_string_equal(cli_json("entries.0.category"), "Мелкая бытовая техника");
	assert_string_equal(cli_json("entries.0.merchant_product.article"), "TEF-KO270");
	assert_non_null(strstr(cli_json("entries.0.product.fetched"), "+05:00"));
	assert_non_null(strstr(cli_json("entries.0.warehouse.address"), "г. "));
	assert_string_not_equal(cli_json("payment_mode"), "null");
	cli(m, "show", "400000003", NULL);
	cli_expect(0, "Tefal");
	assert_non_null(strstr(cli_out(), "Coordinates"));
	assert_non_null(strstr(cli_out(), "Sent from"));
	assert_non_null(strstr(cli_out(), " ago"));
	assert_non_null(strstr(cli_out(), "Warehouse: PP"));
	market_cancel_by_buyer(m, "400000003");
	cli(m, "show", "400000003", "--fresh", NULL);
	cli_expect(0, "Cancelled by the buyer");
}

static void a_store_that_cannot_be_read_is_named(void **state)
{
	(void)state;
	char *dir = home_path(m->home, "broken");

	/* A folder in the place of the journal: nothing that could be set aside. */
	home_write(m->home, "broken/test/journal.db/file", 0600, "");
	cli(m, "--state-dir", dir, "sync", "--json", NULL);
	assert_int_equal(cli_status(), 1);
	assert_string_equal(cli_json("error.code"), "STORAGE");
	cli(m, "--state-dir", dir, "doctor", NULL);
	cli_expect(1, "store          FAILED");
	cli(m, "--state-dir", dir, "orders", NULL);
	assert_int_equal(cli_status(), 1);
	free(dir);
}

static int start(void **state)
{
	(void)state;
	m = cli_market(40);
	market_order(m, "{\"code\":\"400000001\",\"mode\":\"pickup\",\"state\":\"NEW\","
		"\"name\":\"Айгерім Сәрсенова\",\"phone\":\"7011234567\",\"total\":12990}");
	market_order(m, "{\"code\":\"400000002\",\"mode\":\"pickup\",\"state\":\"PICKUP\"}");
	return 0;
}

static int stop(void **state)
{
	(void)state;
	cli_clear();
	market_stop(m);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_known_before_the_first_pass),
		cmocka_unit_test(a_pass_counts_what_it_saw),
		cmocka_unit_test(orders_are_listed_and_filtered),
		cmocka_unit_test(phones_are_masked_in_lists_only),
		cmocka_unit_test(a_list_is_a_table_for_people),
		cmocka_unit_test(an_order_is_shown_with_its_entries),
		cmocka_unit_test(everything_around_an_order_is_told),
		cmocka_unit_test(a_store_that_cannot_be_read_is_named),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
