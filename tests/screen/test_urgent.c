/* What is urgent is said in words, in the rows, the queues, the details and the head line. */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "tests/screen/counter.h"
#include "tests/unit/unit.h"

#define HEAD_OF(counts) "~  duken · Test shop · Clerk +● [0-9]+ s ago   New: 3   " counts "[0-9]{2}:[0-9]{2}\n"

/* In a zone where it is about noon, so that no day ends while the test runs. */
static void configure(struct counter *c, const char *shop_lines)
{
	int hour = (int)(clock_now_ms() / CLOCK_HOUR_MS % 24);
	char *lines = xasprintf("clerk = \"Clerk\"\ntimezone = \"Etc/GMT%+d\"\n", hour - 12);
	char *shop = xasprintf("\tgrace = 0\n\trequests_per_second = 100\n%s", shop_lines);

	market_configure(c->market, shop, lines);
	free(shop);
	free(lines);
}

static void order(struct counter *c, const char *code, bool express, int64_t due_in_ms)
{
	int64_t now = clock_now_ms();
	char *json = xasprintf("{\"code\":\"%s\",\"name\":\"Айгерім Сәрсенова\","
		"\"state\":\"KASPI_DELIVERY\",\"express\":%s,\"total\":1000,\"created_ms\":%lld,"
		"\"handover_ms\":%lld}", code, express ? "true" : "false",
		(long long)(now - CLOCK_HOUR_MS - 1000), (long long)(now + due_in_ms));

	market_order(c->market, json);
	free(json);
}

/* New ones are due in about an hour; to pack is one of each kind. */
static void stock(struct counter *c)
{
	configure(c, "");
	order(c, "400000061", true, 50 * CLOCK_MINUTE_MS);
	order(c, "400000062", false, -2 * CLOCK_HOUR_MS - 10 * CLOCK_MINUTE_MS);
	order(c, "400000063", false, 5 * CLOCK_HOUR_MS);
}

#define TIME "[0-9]{2}:[0-9]{2}"

static void words_at_80x24(void **state)
{
	struct counter *c = *state;
	struct screen *s;

	stock(c);
	s = counter_desk(c, 24, 80);
	screen_expect_at(s, 0,
		HEAD_OF("1 overdue   4 soon   ")
		"~ ┌ Queues ─+┐┌ New · 3 · 3 soon ─+ [0-9]+ s ago ┐\n"
		"~ │New           3~ 3││ 400000001  Айгерім Сәрсено… soon " TIME " +12 990 ₸    1 h│\n"
		"~ │Pack          1! 5││ 400000002  Иван Петров +soon " TIME " +4 000 ₸ 50 min│\n"
		"~ │Hand over        1││ 400000003  Dana Kim +soon " TIME " +250 000 ₸ 40 min│\n");
	counter_queue(s, "Pack");
	screen_expect_at(s, 1,
		"~ ┌ Queues ─+┐┌ Pack · 5 · 1 overdue · 1 soon ─+ [0-9]+ s ago ┐\n"
		"~ │New           3~ 3││ 400000061  Айгерім Сәрс… express " TIME " +1 000 ₸    1 h│\n"
		"~ │Pack          1! 5││ 400000062  Айгерім Сәрсен… overdue 2 h +1 000 ₸    1 h│\n"
		"~ │Hand over        1││ 400000063  Айгерім Сәрсен… today " TIME " +1 000 ₸    1 h│\n"
		"~ │With courier     0││ 400000011  Ольга Ким {10,}.*│\n");
}

static void the_details_say_how_long(void **state)
{
	struct counter *c = *state;
	struct screen *s;

	stock(c);
	s = counter_desk(c, 24, 80);
	counter_go(s, "400000062");
	screen_expect_at(s, 6, "~ .*││Hand over by " TIME " today \\(overdue by 2 h 1[0-9] min\\) +│\n");
	screen_keys(s, "<Esc>");
	counter_go(s, "400000063");
	screen_expect_at(s, 6, "~ .*││Hand over by " TIME " today \\(in 4 h 5[0-9] min\\) +│\n");
}

static void roles_are_colours_where_there_are_any(void **state)
{
	struct counter *c = *state;
	struct screen *s;
	int row, col;

	stock(c);
	s = counter_desk(c, 24, 80);
	assert_true(screen_find(s, "1 overdue", &row, &col));
	assert_true(screen_cell(s, row, col).fg == COLOUR_BAD && screen_cell(s, row, col).bold);
	assert_true(screen_find(s, "4 soon", &row, &col));
	assert_true(screen_cell(s, row, col).fg == COLOUR_WARN && screen_cell(s, row, col).bold);
	screen_stop(s);
	s = counter_start(c, 24, 80, (const char *[]){ "NO_COLOR=1", NULL }, NULL);
	counter_synced(s);
	assert_true(screen_find(s, "1 overdue", &row, &col));
	assert_true(screen_cell(s, row, col).fg == -1 && screen_cell(s, row, col).bold);
}

/* Nothing happens but that time passes: the order is counted as overdue, and stays where it is. */
static void time_makes_an_order_overdue(void **state)
{
	struct counter *c = *state;
	struct screen *s;

	configure(c, "\taccept_within = 0\n");
	order(c, "400000061", false, 9000);
	order(c, "400000062", false, 30 * CLOCK_MINUTE_MS);
	s = counter_desk(c, 24, 80);
	counter_queue(s, "Pack");
	screen_keys(s, "<Down>");
	screen_wait_ms(s, "1 overdue   1 soon", 20000);
	screen_expect_at(s, 1,
		"~ .*Pack · 4 · 1 overdue · 1 soon .*\n"
		"~ .*400000061 .* overdue [0-9]+ s .*\n"
		"~ .*400000062 .* soon " TIME ".*\n");
	assert_int_equal(screen_cursor_row(s), 3);
}

/* The store holds what is due by the old limits, and the server cannot be asked. */
static void other_limits_count_at_once(void **state)
{
	struct counter *c = *state;
	struct screen *s;

	configure(c, "\taccept_within = 0\n");
	s = counter_desk(c, 24, 80);
	assert_false(screen_shows(s, "overdue"));
	assert_false(screen_shows(s, "soon"));
	screen_keys(s, "q");
	assert_int_equal(screen_exit_status(s), 0);
	market_down(c->market);
	configure(c, "\taccept_within = 45\n");
	s = counter_start(c, 24, 80, NULL, NULL);
	screen_wait(s, "2 overdue");
	screen_expect_at(s, 1,
		"~ .*New · 3 · 2 overdue · 1 soon .*\n"
		"~ .*400000001 .* overdue 1[0-9] min .*\n"
		"~ .*400000002 .* overdue [4-6] min .*\n"
		"~ .*400000003 .* soon " TIME ".*\n");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, counter_open, counter_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(words_at_80x24),
		TEST(the_details_say_how_long),
		TEST(roles_are_colours_where_there_are_any),
		TEST(time_makes_an_order_overdue),
		TEST(other_limits_count_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
