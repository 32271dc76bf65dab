#include "order/report.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "kaspi/kaspi.h"
#include "tests/unit/unit.h"

#define MIDNIGHT 1795978800000LL	/* 2026-11-30T00:00:00+05:00 */
#define NOON (MIDNIGHT + 12 * CLOCK_HOUR_MS)

static struct report r = REPORT_INIT;

static int use_almaty(void **state)
{
	(void)state;
	return zone_set("Asia/Almaty", NULL) ? 0 : -1;
}

static int clear(void **state)
{
	(void)state;
	report_clear(&r);
	return 0;
}

static struct order made(int64_t created_ms, int64_t total)
{
	return (struct order){
		.state = "ARCHIVE",
		.status = "COMPLETED",
		.queue = "archive",
		.delivery_mode = "DELIVERY_PICKUP",
		.pickup_point = "PP1",
		.origin = "",
		.cancel_reason = "",
		.created_ms = created_ms,
		.total = total,
	};
}

static void add(const struct order *o)
{
	report_add(&r, &kaspi_provider, o);
}

static void add_made(int64_t created_ms, int64_t total)
{
	struct order o = made(created_ms, total);

	add(&o);
}

static void a_day_ends_at_midnight_in_the_zone(void **state)
{
	(void)state;
	report_begin(&r, REPORT_DAY, NOON);
	assert_int_equal(r.from_ms, MIDNIGHT);
	assert_int_equal(r.to_ms, MIDNIGHT + CLOCK_DAY_MS);
	assert_int_equal(r.n_slots, 24);
	add_made(MIDNIGHT - 1, 1);
	add_made(MIDNIGHT, 10);
	add_made(MIDNIGHT + CLOCK_DAY_MS - 1, 100);
	add_made(MIDNIGHT + CLOCK_DAY_MS, 1000);
	report_end(&r);
	assert_int_equal(r.sold.orders, 2);
	assert_int_equal(r.sold.total, 110);
	assert_int_equal(r.slots[0].sold.total, 10);
	assert_int_equal(r.slots[23].sold.total, 100);
}

static void a_week_and_a_month_go_by_days(void **state)
{
	(void)state;
	report_begin(&r, REPORT_WEEK, NOON);
	assert_int_equal(r.n_slots, 7);
	add_made(MIDNIGHT - 6 * CLOCK_DAY_MS, 5);
	add_made(MIDNIGHT - 6 * CLOCK_DAY_MS - 1, 7);
	add_made(NOON, 9);
	assert_int_equal(r.slots[0].sold.total, 5);
	assert_int_equal(r.slots[6].sold.total, 9);
	assert_int_equal(r.sold.orders, 2);
	report_begin(&r, REPORT_MONTH, NOON);
	assert_int_equal(r.n_slots, 30);
	assert_int_equal(r.from_ms, MIDNIGHT - 29 * CLOCK_DAY_MS);
	assert_int_equal(r.sold.orders, 0);
}

static void what_was_cancelled_or_returned_is_not_sold(void **state)
{
	static const char *const lost[] = { "CANCELLED", "CANCELLING", "RETURNED",
		"KASPI_DELIVERY_RETURN_REQUESTED", "RETURN_ACCEPTED_BY_MERCHANT" };

	(void)state;
	report_begin(&r, REPORT_DAY, NOON);
	for (size_t i = 0; i < sizeof(lost) / sizeof(lost[0]); i++) {
		struct order o = made(NOON, 100);

		o.status = lost[i];
		o.cancel_reason = i ? "BUYER_NOT_REACHABLE" : "MERCHANT_OUT_OF_STOCK";
		add(&o);
	}
	add_made(NOON, 7);
	report_end(&r);
	assert_int_equal(r.sold.orders, 1);
	assert_int_equal(r.sold.total, 7);
	assert_int_equal(r.lost.orders, 5);
	assert_int_equal(r.lost.total, 500);
	assert_int_equal(r.queues.lines[0].sum.orders, 6);
	assert_int_equal(r.delivery.lines[0].sum.orders, 1);
	assert_int_equal(r.reasons.n, 2);
	assert_string_equal(r.reasons.lines[0].name, "BUYER_NOT_REACHABLE");
	assert_int_equal(r.reasons.lines[0].sum.orders, 4);
}

static void hand_overs_are_late_after_their_plan(void **state)
{
	(void)state;
	report_begin(&r, REPORT_DAY, NOON);
	assert_int_equal(report_percentile(&r, 50), 0);
	for (int i = 10; i >= 1; i--) {
		struct order o = made(NOON, 1);

		o.transmitted_ms = NOON + i * CLOCK_MINUTE_MS;
		o.transmission_planned_ms = i == 10 ? 0 : NOON + 7 * CLOCK_MINUTE_MS;
		add(&o);
	}
	report_end(&r);
	assert_int_equal(r.handed_over, 9);
	assert_int_equal(r.late, 2);
	assert_int_equal(report_percentile(&r, 50), 5 * CLOCK_MINUTE_MS);
	assert_int_equal(report_percentile(&r, 90), 9 * CLOCK_MINUTE_MS);
}

static void too_many_names_are_others(void **state)
{
	char name[2 * REPORT_NAME_CAP];

	(void)state;
	report_begin(&r, REPORT_DAY, NOON);
	for (int i = 0; i < REPORT_NAMES_MAX + 3; i++) {
		struct order o = made(NOON, 10);

		snprintf(name, sizeof(name), "Point %d", i);
		o.origin = name;
		add(&o);
	}
	report_end(&r);
	assert_int_equal(r.warehouses.n, REPORT_NAMES_MAX);
	assert_int_equal(r.warehouses.others.orders, 3);
	assert_int_equal(r.warehouses.others.total, 30);
}

static void a_long_name_is_cut_between_letters(void **state)
{
	char name[2 * REPORT_NAME_CAP + 1] = "x";
	struct order o = made(NOON, 10);

	(void)state;
	for (size_t i = 1; i + 2 < sizeof(name); i += 2)
		memcpy(name + i, "Ш", 3);
	o.origin = name;
	report_begin(&r, REPORT_DAY, NOON);
	add(&o);
	assert_int_equal(strlen(r.warehouses.lines[0].name), REPORT_NAME_CAP - 1);
	name[1] = 'y';
	name[2] = 'y';
	memmove(name, name + 1, sizeof(name) - 1);
	add(&o);
	assert_int_equal(strlen(r.warehouses.lines[1].name), REPORT_NAME_CAP - 2);
}

static void money_stops_at_its_end(void **state)
{
	(void)state;
	report_begin(&r, REPORT_DAY, NOON);
	add_made(NOON, INT64_MAX);
	add_made(NOON, 1);
	assert_true(r.sold.total == INT64_MAX);
	assert_int_equal(r.sold.orders, 2);
}

#define TEST(f) cmocka_unit_test_teardown(f, clear)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_day_ends_at_midnight_in_the_zone),
		TEST(a_week_and_a_month_go_by_days),
		TEST(what_was_cancelled_or_returned_is_not_sold),
		TEST(hand_overs_are_late_after_their_plan),
		TEST(too_many_names_are_others),
		TEST(a_long_name_is_cut_between_letters),
		TEST(money_stops_at_its_end),
	};

	return cmocka_run_group_tests(tests, use_almaty, NULL);
}
