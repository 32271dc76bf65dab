/* duken pick: as text, as a table that python's csv module reads, as JSON; with goods that are missing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/cli/house.h"
#include "tests/lib/proc.h"

static struct market *m;

#define FORMULA "=cmd|' /C calc'!A0"

/* Two kettles to pack for 1, one for 2; something that reads like a formula for 3; 4 waits for its buyer. */
static int start(void **state)
{
	(void)state;
	m = cli_market(0);
	market_order(m, "{\"code\":\"400000001\",\"state\":\"KASPI_DELIVERY\",\"mode\":\"kaspi\",\"entries\":1,"
		"\"productCode\":\"101740113\",\"product\":\"Шәйнек\",\"quantity\":2,\"name\":\"Айгерім Сәрсенова\"}");
	market_order(m, "{\"code\":\"400000002\",\"state\":\"KASPI_DELIVERY\",\"mode\":\"kaspi\",\"entries\":1,"
		"\"productCode\":\"101740113\",\"product\":\"Шәйнек\",\"quantity\":1}");
	market_order(m, "{\"code\":\"400000003\",\"state\":\"KASPI_DELIVERY\",\"mode\":\"kaspi\",\"entries\":2,"
		"\"productCode\":\"104551938\",\"product\":\"" FORMULA "\",\"quantity\":1}");
	market_order(m, "{\"code\":\"400000004\",\"state\":\"PICKUP\",\"mode\":\"pickup\",\"entries\":1,"
		"\"productCode\":\"101740113\",\"product\":\"Шәйнек\",\"quantity\":7}");
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
	cli(m, "sync", NULL);
	assert_int_equal(cli_status(), 0);
}

/* Where in items the goods of this name are; there may be several warehouses. */
static size_t find_item(const char *member, const char *value)
{
	for (size_t i = 0; i < cli_json_count("items"); i++) {
		char path[80];

		snprintf(path, sizeof(path), "items.%zu.%s", i, member);
		if (!strcmp(cli_json(path), value))
			return i;
	}
	check_fail("no item with %s %s in %s", member, value, cli_out());
	return 0;
}

static const char *item(size_t i, const char *member)
{
	char path[80];

	snprintf(path, sizeof(path), "items.%zu.%s", i, member);
	return cli_json(path);
}

static void nothing_is_known_before_the_first_pass(void **state)
{
	(void)state;
	cli(m, "pick", NULL);
	cli_expect(1, "run duken sync");
}

static void the_packing_queue_is_the_default(void **state)
{
	int64_t kettles = 0;

	(void)state;
	synced();
	cli(m, "pick", "--json", NULL);
	assert_int_equal(cli_status(), 0);
	assert_string_equal(cli_json("schema"), "1");
	assert_int_equal(cli_json_count("left_out"), 0);
	assert_int_equal(cli_json_count("orders"), 1);
	assert_string_equal(cli_json("orders.0.code"), "400000003");
	assert_int_equal(cli_json_count("orders.0.lines"), 2);
	for (size_t i = 0; i < cli_json_count("items"); i++)
		if (!strcmp(item(i, "article"), "TEF-KO270"))
			kettles += strtol(item(i, "quantity"), NULL, 10);
	assert_int_equal(kettles, 3);
	assert_null(strstr(cli_out(), "400000004"));
	assert_null(strstr(cli_out(), "Айгерім"));
}

static void what_is_known_is_not_asked_for_again(void **state)
{
	size_t asked;

	(void)state;
	synced();
	cli(m, "pick", NULL);
	cli_expect(0, "Pick list, Test shop");
	assert_non_null(strstr(cli_out(), "3 orders\n"));
	assert_non_null(strstr(cli_out(), "[ ] "));
	assert_non_null(strstr(cli_out(), "Шәйнек"));
	assert_non_null(strstr(cli_out(), "Orders of several lines, packed together:\n\n400000003\n"));
	asked = market_requests(m, "/entries");
	assert_int_equal(asked, 3);
	cli(m, "pick", NULL);
	assert_int_equal(market_requests(m, "/entries"), asked);
	/* The order changed since: its goods may have, too. */
	market_change(m, "400000002", "{\"express\":true}");
	synced();
	cli(m, "pick", NULL);
	assert_int_equal(cli_status(), 0);
	assert_int_equal(market_requests(m, "/entries"), asked + 1);
}

/* A pick list asks for less than what an order is shown with. */
static void what_is_shown_is_completed_later(void **state)
{
	(void)state;
	synced();
	cli(m, "pick", "400000001", NULL);
	assert_int_equal(cli_status(), 0);
	assert_int_equal(market_requests(m, "/merchantProduct"), 0);
	market_down(m);
	cli(m, "show", "400000001", NULL);
	cli_expect(0, "the product cards are not all known");
	market_up(m);
	market_order(m, "{\"code\":\"400000001\",\"state\":\"KASPI_DELIVERY\",\"mode\":\"kaspi\",\"entries\":1,"
		"\"productCode\":\"101740113\",\"product\":\"Шәйнек\",\"quantity\":2}");
	cli(m, "show", "400000001", "--json", NULL);
	assert_string_equal(cli_json("entries.0.product.manufacturer"), "Tefal");
	assert_string_equal(cli_json("entries.0.name"), "Шәйнек");
}

static void orders_can_be_named(void **state)
{
	(void)state;
	cli(m, "pick", "400000004", "400000001", "400000004", "--json", NULL);
	assert_int_equal(cli_status(), 0);
	assert_int_equal(strtol(item(find_item("orders.0.code", "400000004"), "orders.0.quantity"), NULL, 10), 7);
	find_item("article", "TEF-KO270");
	cli(m, "pick", "400000004", "499999999", NULL);
	cli_expect(1, "no order 499999999");
	cli(m, "pick", "400000004", "--queue", "pack", NULL);
	cli_expect(2, "not both");
	cli(m, "pick", "--queue", "moon", NULL);
	cli_expect(2, "no queue \"moon\"");
	cli(m, "pick", "--csv", "--json", NULL);
	assert_int_equal(cli_status(), 2);
	synced();
	cli(m, "pick", "--queue", "pickup", "--json", NULL);
	assert_string_equal(cli_json("items.0.orders.0.code"), "400000004");
	cli(m, "pick", "--queue", "returns", NULL);
	cli_expect(0, "No such orders");
}

static const char read_csv[] =
	"import csv, io, sys\n"
	"text = sys.stdin.buffer.read().decode('utf-8')\n"
	"assert text[0] == '\\ufeff', 'no mark'\n"
	"rows = list(csv.reader(io.StringIO(text[1:], newline=''), strict=True))\n"
	"assert rows[0] == ['warehouse', 'article', 'name', 'unit', 'quantity', 'weight_g', 'orders'], rows[0]\n"
	"assert all(len(row) == 7 for row in rows), rows\n"
	"assert all(not cell or cell[0] not in '=+-@\\t\\r' for row in rows for cell in row), rows\n"
	"kettles = [row for row in rows if row[1] == 'TEF-KO270']\n"
	"assert sum(int(row[4]) for row in kettles) == 3, rows\n"
	"assert sum(len(row[6].split('; ')) for row in kettles) == 2, rows\n"
	"assert any(row[2] == \"'=cmd|' /C calc'!A0\" for row in rows), rows\n"
	"print('read', len(rows))\n";

static void a_table_is_read_by_others(void **state)
{
	const char *const argv[] = { "/usr/bin/python3", "-c", read_csv, NULL };
	struct proc_result r;

	(void)state;
	synced();
	cli(m, "pick", "--csv", NULL);
	assert_int_equal(cli_status(), 0);
	r = proc_run(m->env, argv, cli_out(), 20000);
	if (r.status != 0 || strncmp(r.out, "read ", 5) != 0)
		check_fail("%s%s", r.err, cli_out());
	proc_result_clear(&r);
}

static void what_cannot_be_had_is_named(void **state)
{
	(void)state;
	synced();
	market_fault(m, "match=/entries times=1 do=status:400:{\"errors\":[{\"title\":\"Not-today\"}]}");
	cli(m, "pick", NULL);
	assert_int_equal(cli_status(), 1);
	assert_non_null(strstr(cli_out(), "2 orders; 1 more is not on this list, see its end\n"));
	assert_non_null(strstr(cli_out(), "Not on this list:\n40000000"));
	assert_non_null(strstr(cli_out(), "Not-today"));
	cli(m, "pick", NULL);
	assert_int_equal(cli_status(), 0);
	assert_non_null(strstr(cli_out(), "3 orders\n"));
}

static void without_a_link_what_is_known_is_listed(void **state)
{
	(void)state;
	synced();
	cli(m, "pick", "400000001", NULL);
	assert_int_equal(cli_status(), 0);
	market_down(m);
	cli(m, "pick", "--json", NULL);
	assert_int_equal(cli_status(), 3);
	assert_int_equal(cli_json_count("left_out"), 2);
	assert_int_equal(cli_json_count("items"), 1);
	assert_string_equal(cli_json("items.0.orders.0.code"), "400000001");
	cli(m, "pick", "--csv", NULL);
	assert_int_equal(cli_status(), 3);
	assert_non_null(strstr(cli_err(), "not on the list: 400000003: "));
	cli(m, "pick", "400000009", NULL);
	assert_int_equal(cli_status(), 3);
	market_up(m);
}

static void one_that_was_cancelled_meanwhile_is_not_picked(void **state)
{
	(void)state;
	synced();
	market_change(m, "400000002", "{\"state\":\"ARCHIVE\",\"status\":\"CANCELLED\"}");
	cli(m, "pick", "--json", NULL);
	assert_int_equal(cli_status(), 0);
	assert_int_equal(cli_json_count("left_out"), 1);
	assert_string_equal(cli_json("left_out.0.code"), "400000002");
	assert_non_null(strstr(cli_json("left_out.0.message"), "cancelled"));
}

static void the_private_file_is_printed(void **state)
{
	char *text, *lp = home_program(m->home, "lp", "#!/bin/sh\ncat \"$4\" > \"$HOME/printed\"\n");
	char *path = home_path(m->home, "state/duken/test/picklist.txt");
	struct stat st;

	(void)state;
	home_env_free(m->env);
	m->env = home_env(m->home, (const char *[]){ lp, NULL });
	synced();
	cli(m, "pick", "--print", NULL);
	assert_int_equal(cli_status(), 0);
	assert_string_equal(cli_out(), "");
	text = home_read(m->home, "printed", NULL);
	assert_non_null(strstr(text, "Шәйнек"));
	free(text);
	free(lp);
	text = home_read(m->home, "state/duken/test/picklist.txt", NULL);
	assert_non_null(text);
	assert_non_null(strstr(text, "Шәйнек"));
	assert_null(strstr(text, "Айгерім"));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	cli(m, "pick", "--print", "--csv", NULL);
	assert_int_equal(cli_status(), 2);
	free(text);
	free(path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nothing_is_known_before_the_first_pass),
		TEST(the_packing_queue_is_the_default),
		TEST(what_is_known_is_not_asked_for_again),
		TEST(what_is_shown_is_completed_later),
		TEST(orders_can_be_named),
		TEST(a_table_is_read_by_others),
		TEST(what_cannot_be_had_is_named),
		TEST(without_a_link_what_is_known_is_listed),
		TEST(one_that_was_cancelled_meanwhile_is_not_picked),
		TEST(the_private_file_is_printed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
