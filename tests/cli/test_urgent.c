/* What is due, in the lists for people and for scripts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "tests/cli/house.h"

static struct market *m;

static void order(const char *code, const char *rest, int64_t due_in_ms)
{
	int64_t now = clock_now_ms();
	char *json = xasprintf("{\"code\":\"%s\",\"name\":\"A B\",\"express\":false,\"created_ms\":%lld,"
		"\"handover_ms\":%lld,%s}", code, (long long)(now - CLOCK_HOUR_MS), (long long)(now + due_in_ms),
		rest);

	market_order(m, json);
	free(json);
}

/* In a zone where it is about noon. */
static void configure(const char *shop_lines)
{
	int hour = (int)(clock_now_ms() / CLOCK_HOUR_MS % 24);
	char *zone = xasprintf("timezone = \"Etc/GMT%+d\"\n", hour - 12);

	market_configure(m, shop_lines, zone);
	free(zone);
}

static int start(void **state)
{
	(void)state;
	m = market_start(&(struct market_options){ .orders = 0 });
	configure("requests_per_second = 100\n");
	order("400000001", "\"state\":\"NEW\",\"mode\":\"pickup\"", CLOCK_DAY_MS);
	order("400000002", "\"state\":\"KASPI_DELIVERY\"", 4 * CLOCK_HOUR_MS);
	order("400000003", "\"state\":\"KASPI_DELIVERY\"", -CLOCK_HOUR_MS);
	order("400000004", "\"state\":\"KASPI_DELIVERY\"", 2 * CLOCK_DAY_MS);
	order("400000005", "\"state\":\"ARCHIVE\"", -CLOCK_DAY_MS);
	cli(m, "sync", "--full", NULL);
	return cli_status();
}

static int stop(void **state)
{
	(void)state;
	cli_clear();
	market_stop(m);
	return 0;
}

static void is_item(int i, const char *code, const char *level, const char *what)
{
	char path[60];

	snprintf(path, sizeof(path), "items.%d.code", i);
	assert_string_equal(cli_json(path), code);
	snprintf(path, sizeof(path), "items.%d.urgency.level", i);
	assert_string_equal(cli_json(path), level);
	snprintf(path, sizeof(path), "items.%d.urgency.what", i);
	assert_string_equal(cli_json(path), what);
}

static void documents_say_level_and_what(void **state)
{
	(void)state;
	cli(m, "orders", "--queue", "pack", "--json", NULL);
	assert_int_equal(cli_json_count("items"), 3);
	is_item(0, "400000003", "overdue", "hand_over");
	is_item(1, "400000002", "today", "hand_over");
	is_item(2, "400000004", "later", "hand_over");
	assert_string_equal(cli_json("items.2.urgency.due"), cli_json("items.2.transmission_planned"));
	cli(m, "orders", "--queue", "archive", "--json", NULL);
	assert_string_equal(cli_json("items.0.urgency"), "null");
	cli(m, "show", "400000003", "--json", NULL);
	assert_string_equal(cli_json("urgency.level"), "overdue");
}

static void urgent_ones_are_listed_by_queue(void **state)
{
	(void)state;
	cli(m, "orders", "--urgent", "--json", NULL);
	assert_int_equal(cli_json_count("items"), 3);
	is_item(0, "400000001", "soon", "accept");
	is_item(1, "400000003", "overdue", "hand_over");
	is_item(2, "400000002", "today", "hand_over");
	cli(m, "orders", "--urgent", "--queue", "pack", "--limit", "1", "--json", NULL);
	assert_int_equal(cli_json_count("items"), 1);
	is_item(0, "400000003", "overdue", "hand_over");
	cli(m, "orders", "--urgent", "--queue", "archive", NULL);
	cli_expect(0, "");
	assert_non_null(strstr(cli_err(), "No such orders"));
}

static void a_table_has_the_words(void **state)
{
	(void)state;
	cli(m, "orders", "--urgent", NULL);
	cli_expect(0, "Urgency");
	assert_non_null(strstr(cli_out(), "  overdue\n"));
	assert_non_null(strstr(cli_out(), "  soon\n"));
	assert_non_null(strstr(cli_out(), "  today\n"));
	cli(m, "show", "400000003", NULL);
	cli_expect(0, "overdue");
}

/* At noon it is past a cut-off in the morning; a word about it comes without asking the server again. */
static void a_cut_off_counts_at_once(void **state)
{
	(void)state;
	configure("cut_off = \"09:00\"\n");
	cli(m, "show", "400000002", "--json", NULL);
	assert_string_equal(cli_json("urgency.level"), "overdue");
	assert_non_null(strstr(cli_json("urgency.due"), "T09:00:00"));
	configure("cut_off = \"9\"\n");
	cli(m, "orders", NULL);
	assert_int_equal(cli_status(), 2);
	assert_non_null(strstr(cli_err(), "cut_off must be a time of day"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(documents_say_level_and_what),
		cmocka_unit_test(urgent_ones_are_listed_by_queue),
		cmocka_unit_test(a_table_has_the_words),
		cmocka_unit_test(a_cut_off_counts_at_once),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
