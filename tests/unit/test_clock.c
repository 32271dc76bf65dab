#include "base/clock.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/unit/unit.h"

#define CHANGE 1709229600000LL	/* 2024-02-29T18:00:00Z, when Almaty left UTC+6 for UTC+5 */

static int use_almaty(void **state)
{
	(void)state;
	return zone_set("Asia/Almaty", NULL) ? 0 : -1;
}

static void expect_rfc3339(int64_t ms, const char *text)
{
	char out[26];

	time_format_rfc3339(ms, out, sizeof(out));
	assert_string_equal(out, text);
}

static int64_t parsed(const char *s)
{
	int64_t ms = -1;

	if (!time_parse(s, &ms))
		fail_msg("%s is not taken for a time", s);
	return ms;
}

static void clocks_run(void **state)
{
	int64_t wall = clock_now_ms(), mono = clock_mono_ms();

	(void)state;
	assert_true(llabs(wall / 1000 - (int64_t)time(NULL)) <= 1);
	for (long looks = 0; clock_mono_ms() < mono + 2 && looks < 1000000000; looks++)
		;
	assert_true(clock_mono_ms() >= mono + 2);
}

static void the_offset_is_that_of_the_day(void **state)
{
	(void)state;
	expect_rfc3339(CHANGE - 1000, "2024-02-29T23:59:59+06:00");
	expect_rfc3339(CHANGE, "2024-02-29T23:00:00+05:00");
	expect_rfc3339(CHANGE + CLOCK_HOUR_MS, "2024-03-01T00:00:00+05:00");
	expect_rfc3339(1795426325999LL, "2026-11-23T14:32:05+05:00");
	expect_rfc3339(0, "1970-01-01T06:00:00+06:00");
	expect_rfc3339(-1, "1970-01-01T05:59:59+06:00");
}

static void days_start_at_the_zones_midnight(void **state)
{
	int64_t first = parsed("2024-03-01");

	(void)state;
	assert_int_equal(first, CHANGE + CLOCK_HOUR_MS);
	assert_int_equal(time_day_start(first), first);
	assert_int_equal(time_day_start(first + CLOCK_DAY_MS - 1), first);
	assert_int_equal(time_day_start(first + CLOCK_DAY_MS), first + CLOCK_DAY_MS);
	/* The day of the change has 25 hours. */
	assert_int_equal(time_day_start(first - 1), first - 25 * CLOCK_HOUR_MS);
	assert_int_equal(time_day_start(CHANGE), first - 25 * CLOCK_HOUR_MS);
	assert_int_equal(time_day_start(CHANGE - 1), first - 25 * CLOCK_HOUR_MS);
}

static void times_are_parsed_in_the_zone(void **state)
{
	(void)state;
	assert_int_equal(parsed("2026-11-23 14:32"), 1795426320000LL);
	assert_int_equal(parsed("2026-11-23"), 1795374000000LL);
	assert_int_equal(parsed("2024-02-29 12:00"), CHANGE - 12 * CLOCK_HOUR_MS);
	assert_int_equal(parsed("2023-12-31 23:59"), 1704045540000LL);
}

static void what_is_no_time_is_refused(void **state)
{
	static const char *const wrong[] = {
		"", "2026", "2026-11", "2026-11-", "2026-1-2", "2026-13-01", "2026-00-01", "2026-01-00",
		"2026-02-29", "2026-02-30", "2026-04-31", "2026-11-23 ", "2026-11-23 14", "2026-11-23 24:00",
		"2026-11-23 14:60", "2026-11-23 14:3", "2026-11-23 14:32:00", "2026-11-23T14:32",
		" 2026-11-23", "2026-11-23x", "-026-11-23", "+026-11-23", "today",
	};
	int64_t ms = 42;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		if (time_parse(wrong[i], &ms))
			fail_msg("\"%s\" is taken for a time", wrong[i]);
	assert_int_equal(ms, 42);
}

/* Through four years, day by day: what is written is read back, and days do not overlap. */
static void days_follow_each_other(void **state)
{
	int64_t day = parsed("2023-01-01"), again;
	char text[32];

	(void)state;
	for (int i = 0; i < 4 * 365; i++) {
		int64_t next = time_day_start(day + 26 * CLOCK_HOUR_MS);

		time_format(day, "%Y-%m-%d", text, sizeof(text));
		assert_true(time_parse(text, &again));
		assert_int_equal(again, day);
		assert_true(next - day == CLOCK_DAY_MS || next == CHANGE + CLOCK_HOUR_MS);
		day = next;
	}
}

static void times_are_formatted_as_asked(void **state)
{
	char out[32] = "old", small[4] = "old";

	(void)state;
	time_format(1795426325000LL, "%H:%M %d.%m.%Y", out, sizeof(out));
	assert_string_equal(out, "14:32 23.11.2026");
	time_format(1795426325000LL, "%H:%M", small, sizeof(small));
	assert_string_equal(small, "");
	time_format(0, "%H", small, 0);
}

static void zones_are_those_the_system_knows(void **state)
{
	static const char *const wrong[] = {
		"", "Asia/Nowhere", "../../etc/passwd", "/etc/localtime", ":Asia/Almaty", "Asia", "tzdata.zi",
	};
	struct error err = ERROR_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_false(zone_set(wrong[i], &err));
		assert_int_equal(err.code, ERR_CONFIG);
	}
	expect_rfc3339(CHANGE, "2024-02-29T23:00:00+05:00");	/* still the zone from before */
	assert_true(zone_set("UTC", &err));
	expect_rfc3339(CHANGE, "2024-02-29T18:00:00+00:00");
	assert_true(zone_set("America/St_Johns", &err));
	expect_rfc3339(CHANGE, "2024-02-29T14:30:00-03:30");
	assert_true(zone_set("Asia/Almaty", &err));
}

static void expect_age(int64_t ms, const char *text)
{
	char out[32];

	age_format(ms, out, sizeof(out));
	assert_string_equal(out, text);
}

static void ages_are_short(void **state)
{
	(void)state;
	expect_age(-5000, "0 s");
	expect_age(999, "0 s");
	expect_age(12000, "12 s");
	expect_age(CLOCK_MINUTE_MS - 1, "59 s");
	expect_age(CLOCK_MINUTE_MS, "1 min");
	expect_age(CLOCK_HOUR_MS - 1, "59 min");
	expect_age(2 * CLOCK_HOUR_MS, "2 h");
	expect_age(CLOCK_DAY_MS - 1, "23 h");
	expect_age(3 * CLOCK_DAY_MS, "3 d");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(clocks_run),
		cmocka_unit_test(the_offset_is_that_of_the_day),
		cmocka_unit_test(days_start_at_the_zones_midnight),
		cmocka_unit_test(times_are_parsed_in_the_zone),
		cmocka_unit_test(what_is_no_time_is_refused),
		cmocka_unit_test(days_follow_each_other),
		cmocka_unit_test(times_are_formatted_as_asked),
		cmocka_unit_test(zones_are_those_the_system_knows),
		cmocka_unit_test(ages_are_short),
	};

	return cmocka_run_group_tests(tests, use_almaty, NULL);
}
