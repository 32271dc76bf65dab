/* What is due when, and how near: days, cut-offs, summer time, and dates that cannot be. */
#include <stdlib.h>

#include "base/clock.h"
#include "order/urgency.h"
#include "tests/unit/unit.h"

static const struct limits limits = LIMITS_DEFAULT;

static int64_t at(const char *when)
{
	int64_t ms = 0;

	assert_true(time_parse(when, &ms));
	return ms;
}

static int in_zone(const char *name)
{
	return zone_set(name, NULL) ? 0 : -1;
}

static int almaty(void **state)
{
	(void)state;
	return in_zone("Asia/Almaty");
}

static void is_level(const char *due, const char *now, enum urgency_level expected)
{
	struct urgency u = urgency_of(DUE_HAND_OVER, at(due), &limits, at(now));

	assert_int_equal(u.level, expected);
	assert_int_equal(u.kind, DUE_HAND_OVER);
	assert_int_equal(u.due_ms, at(due));
}

static void levels_follow_the_clock(void **state)
{
	(void)state;
	is_level("2026-11-26 00:00", "2026-11-25 12:00", URGENCY_LATER);
	is_level("2026-11-25 23:59", "2026-11-25 12:00", URGENCY_TODAY);
	is_level("2026-11-25 14:00", "2026-11-25 12:00", URGENCY_TODAY);
	is_level("2026-11-25 13:59", "2026-11-25 12:00", URGENCY_SOON);
	is_level("2026-11-25 12:00", "2026-11-25 12:00", URGENCY_SOON);
	is_level("2026-11-25 11:59", "2026-11-25 12:00", URGENCY_OVERDUE);
	is_level("2026-11-01 11:59", "2026-11-25 12:00", URGENCY_OVERDUE);
	/* Soon does not end with the day; today does. */
	is_level("2026-11-26 00:30", "2026-11-25 23:00", URGENCY_SOON);
	is_level("2026-11-26 01:00", "2026-11-25 23:00", URGENCY_LATER);
	is_level("2026-11-26 23:00", "2026-11-26 00:00", URGENCY_TODAY);
}

static void nothing_due_is_never_urgent(void **state)
{
	(void)state;
	assert_int_equal(urgency_of(DUE_NOTHING, 5, &limits, 10).level, URGENCY_NONE);
	assert_int_equal(urgency_of(DUE_PICKUP, 0, &limits, 10).level, URGENCY_NONE);
	assert_int_equal(urgency_of(DUE_PICKUP, 0, &limits, 10).due_ms, 0);
}

/* Whoever counts by the ends gets the same as whoever asks for each. */
static void the_ends_are_those_of_the_levels(void **state)
{
	int64_t now = at("2026-11-25 22:30");
	struct urgency_ends ends = urgency_ends(&limits, now);

	(void)state;
	assert_true(ends.today_ms >= ends.soon_ms);
	for (int64_t due = now - CLOCK_HOUR_MS; due < now + CLOCK_DAY_MS; due += CLOCK_MINUTE_MS) {
		enum urgency_level level = urgency_of(DUE_ACCEPT, due, &limits, now).level;

		assert_int_equal(level == URGENCY_OVERDUE, due < ends.overdue_ms);
		assert_int_equal(level >= URGENCY_SOON, due < ends.soon_ms);
		assert_int_equal(level >= URGENCY_TODAY, due < ends.today_ms);
	}
}

static void the_cut_off_counts_when_it_is_earlier(void **state)
{
	struct limits shop = LIMITS_DEFAULT;

	(void)state;
	assert_int_equal(due_cut_off(at("2026-11-25 20:00"), &shop), at("2026-11-25 20:00"));
	assert_int_equal(due_cut_off(at("2026-11-25 00:00"), &shop), at("2026-11-25 23:59"));
	shop.cut_off_min = 18 * 60;
	assert_int_equal(due_cut_off(at("2026-11-25 20:00"), &shop), at("2026-11-25 18:00"));
	assert_int_equal(due_cut_off(at("2026-11-25 18:00"), &shop), at("2026-11-25 18:00"));
	assert_int_equal(due_cut_off(at("2026-11-25 17:59"), &shop), at("2026-11-25 17:59"));
	assert_int_equal(due_cut_off(at("2026-11-25 00:00"), &shop), at("2026-11-25 18:00"));
	assert_int_equal(due_cut_off(at("2026-11-25 00:01"), &shop), at("2026-11-25 00:01"));
	shop.cut_off_min = 0;
	assert_int_equal(due_cut_off(at("2026-11-25 20:00"), &shop), at("2026-11-25 00:00"));
}

static void impossible_dates_are_no_dates(void **state)
{
	static const int64_t bad[] = { 0, 1, -1, -5000000000000, 999999999999, 13569465600000, 1LL << 53, INT64_MAX,
		INT64_MIN };
	struct limits shop = LIMITS_DEFAULT;

	(void)state;
	shop.cut_off_min = 18 * 60;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_false(due_is_date(bad[i]));
		assert_int_equal(due_end_of(bad[i]), 0);
		assert_int_equal(due_cut_off(bad[i], &shop), 0);
	}
	/* A clock that is wrong makes other levels, and nothing else. */
	assert_int_equal(urgency_of(DUE_ACCEPT, at("2026-11-25 12:00"), &shop, 0).level, URGENCY_LATER);
	assert_int_equal(urgency_of(DUE_ACCEPT, at("2026-11-25 12:00"), &shop, 1LL << 53).level, URGENCY_OVERDUE);
}

/* Berlin: 2026-03-29 has 23 hours, 2026-10-25 has 25. */
static void summer_time_moves_no_cut_off(void **state)
{
	struct limits shop = LIMITS_DEFAULT;

	(void)state;
	assert_int_equal(in_zone("Europe/Berlin"), 0);
	shop.cut_off_min = 18 * 60;
	assert_int_equal(due_cut_off(at("2026-03-29 00:00"), &shop), at("2026-03-29 18:00"));
	assert_int_equal(at("2026-03-29 18:00") - at("2026-03-29 00:00"), 17 * CLOCK_HOUR_MS);
	assert_int_equal(due_cut_off(at("2026-10-25 00:00"), &shop), at("2026-10-25 18:00"));
	assert_int_equal(at("2026-10-25 18:00") - at("2026-10-25 00:00"), 19 * CLOCK_HOUR_MS);
	is_level("2026-10-25 23:30", "2026-10-25 00:30", URGENCY_TODAY);
	is_level("2026-03-30 00:00", "2026-03-29 12:00", URGENCY_LATER);
	assert_int_equal(time_on_day(at("2026-10-24 13:00"), 1, 30), at("2026-10-25 00:30"));
	assert_int_equal(in_zone("Asia/Almaty"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(levels_follow_the_clock),
		cmocka_unit_test(nothing_due_is_never_urgent),
		cmocka_unit_test(the_ends_are_those_of_the_levels),
		cmocka_unit_test(the_cut_off_counts_when_it_is_earlier),
		cmocka_unit_test(impossible_dates_are_no_dates),
		cmocka_unit_test(summer_time_moves_no_cut_off),
	};

	return cmocka_run_group_tests(tests, almaty, NULL);
}
