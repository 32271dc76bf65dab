/* A report read from a store piece by piece. */
#include "desk/reporting.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "kaspi/kaspi.h"
#include "store/store.h"
#include "tests/unit/store_fixture.h"
#include "tests/unit/unit.h"

#define ORDERS 450		/* one each 10 minutes, back from noon: a bit more than three days */
#define STEP_MS (10 * CLOCK_MINUTE_MS)

static char *dir;
static struct store *store;
static struct order_list orders = ORDER_LIST_INIT;
static struct reporting reporting = REPORTING_INIT;
static int64_t noon;

static bool fill(void)
{
	struct pass pass;

	for (int64_t i = 0; i < ORDERS; i++) {
		struct order *o = fixture_order(&orders, i);

		o->state = "KASPI_DELIVERY";
		o->status = "ACCEPTED_BY_MERCHANT";
		o->total = 100;
		o->created_ms = noon - i * STEP_MS;
	}
	return store_pass_begin(store, "ANY", 0, 1, &pass, NULL) &&
		store_put_listed(store, &pass, &orders, 1, NULL, NULL);
}

static int open_shop(void **state)
{
	(void)state;
	if (!zone_set("Asia/Almaty", NULL) || !time_parse("2024-03-02 12:00", &noon))
		return -1;
	dir = fixture_dir();
	store = store_open(dir, NULL, NULL);
	return store && fill() ? 0 : -1;
}

static int close_shop(void **state)
{
	(void)state;
	reporting_clear(&reporting);
	order_list_clear(&orders);
	store_close(store);
	fixture_remove(dir);
	return 0;
}

/* Returns in how many steps. */
static int read_report(enum report_period period, int64_t on_ms)
{
	struct reader *r = reader_open(dir, NULL);
	struct error err = ERROR_INIT;
	int steps = 0;

	assert_non_null(r);
	for (reporting_begin(&reporting, &kaspi_provider, period, on_ms); !reporting.done; steps++)
		if (!reporting_step(&reporting, r, &err))
			fail_msg("%s", err.text);
	reader_close(r);
	return steps;
}

static void do_action(int64_t order, const char *kind, const char *clerk, int64_t at_ms, enum action_state end)
{
	int64_t id;

	assert_true(journal_add(store, &orders.items[order], kind, NULL, NULL, clerk, at_ms, at_ms, &id, NULL));
	assert_true(journal_sending(store, id, clerk, at_ms, NULL));
	assert_true(journal_move(store, id, ACTION_SENDING, end, "", clerk, at_ms + CLOCK_MINUTE_MS, NULL));
}

static void a_day_is_read_alone(void **state)
{
	(void)state;
	/* From midnight to noon, noon included; the first of March has all of its own. */
	read_report(REPORT_DAY, noon);
	assert_int_equal(reporting.report.sold.orders, 73);
	read_report(REPORT_DAY, noon - CLOCK_DAY_MS);
	assert_int_equal(reporting.report.sold.orders, 144);
	/* A day of 25 hours. */
	read_report(REPORT_DAY, noon - 2 * CLOCK_DAY_MS);
	assert_int_equal(reporting.report.sold.orders, 150);
	read_report(REPORT_DAY, noon + CLOCK_DAY_MS);
	assert_true(report_is_empty(&reporting.report));
}

static void many_orders_take_many_steps(void **state)
{
	int steps = read_report(REPORT_WEEK, noon);

	(void)state;
	assert_int_equal(reporting.report.sold.orders, ORDERS);
	assert_int_equal(reporting.report.sold.total, 100 * ORDERS);
	assert_int_equal(reporting.report.accepted_elsewhere, ORDERS);
	assert_int_equal(reporting.report.goods_unknown, ORDERS);
	assert_true(steps >= 7 + ORDERS / 100);
}

static void the_journal_says_who_and_when(void **state)
{
	const struct report *r = &reporting.report;

	(void)state;
	do_action(5, "accept", "Айгуль", orders.items[5].created_ms + CLOCK_HOUR_MS, ACTION_DONE);
	do_action(6, "accept", "Айгуль", noon, ACTION_REFUSED);
	do_action(7, "assemble", "Иван", noon, ACTION_DONE);
	/* Yesterday's order is yesterday's, the work on it today's. */
	do_action(100, "accept", "Иван", noon, ACTION_DONE);
	do_action(100, "complete", "Иван", noon + CLOCK_HOUR_MS, ACTION_DONE);
	read_report(REPORT_DAY, noon);
	assert_int_equal(r->n_clerks, 2);
	assert_string_equal(r->clerks[0].name, "Иван");
	assert_int_equal(r->clerks[0].done, 3);
	assert_int_equal(r->clerks[1].done, 1);
	assert_int_equal(r->to_accepted.n, 1);
	assert_int_equal(report_percentile(&r->to_accepted, 50), CLOCK_HOUR_MS + CLOCK_MINUTE_MS);
	assert_int_equal(r->to_handed_out.n, 0);
	assert_int_equal(r->accepted_elsewhere, 72);
	read_report(REPORT_DAY, noon - CLOCK_DAY_MS);
	assert_int_equal(r->n_clerks, 0);
	assert_int_equal(r->to_accepted.n, 1);
	assert_int_equal(report_percentile(&r->to_handed_out, 50), 100 * STEP_MS + 61 * CLOCK_MINUTE_MS);
}

static void goods_are_those_that_are_known(void **state)
{
	struct entry_list entries = ENTRY_LIST_INIT;
	struct entry *e = entry_list_add(&entries);

	(void)state;
	e->id = "e1";
	e->article = "A-1";
	e->name = "Чайник";
	e->unit = "PIECES";
	e->quantity = 2;
	e->total = 500;
	assert_true(store_put_entries(store, orders.items[3].id, &entries, 2, NULL));
	entry_list_clear(&entries);
	read_report(REPORT_DAY, noon);
	assert_int_equal(reporting.report.goods.n, 1);
	assert_string_equal(reporting.report.goods.items[0].name, "Чайник");
	assert_int_equal(reporting.report.goods.items[0].quantity, 2);
	assert_int_equal(reporting.report.goods_unknown, 72);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_day_is_read_alone),
		cmocka_unit_test(many_orders_take_many_steps),
		cmocka_unit_test(the_journal_says_who_and_when),
		cmocka_unit_test(goods_are_those_that_are_known),
	};

	return cmocka_run_group_tests(tests, open_shop, close_shop);
}
