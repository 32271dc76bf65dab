#include "order/report.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "kaspi/kaspi.h"
#include "order/report_text.h"
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
	report_add(&r, &kaspi_provider, o, NULL);
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
	assert_int_equal(report_percentile(&r.to_handed_over, 50), 0);
	for (int i = 10; i >= 1; i--) {
		struct order o = made(NOON, 1);

		o.transmitted_ms = NOON + i * CLOCK_MINUTE_MS;
		o.transmission_planned_ms = i == 10 ? 0 : NOON + 7 * CLOCK_MINUTE_MS;
		add(&o);
	}
	report_end(&r);
	assert_int_equal(r.handed_over, 9);
	assert_int_equal(r.late, 2);
	assert_int_equal(report_percentile(&r.to_handed_over, 50), 5 * CLOCK_MINUTE_MS);
	assert_int_equal(report_percentile(&r.to_handed_over, 90), 9 * CLOCK_MINUTE_MS);
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

/* Almaty moved from UTC+6 to UTC+5 in the night to the 1st of March 2024: the 29th of February had 25 hours. */
static void a_zone_that_moved_has_its_own_days(void **state)
{
	char day[40];
	int64_t noon;

	(void)state;
	assert_true(time_parse("2024-03-03 12:00", &noon));
	report_begin(&r, REPORT_WEEK, noon);
	assert_int_equal(r.n_slots, 7);
	for (int i = 0; i < 7; i++) {
		static const char *const days[] = { "26.02 00:00", "27.02 00:00", "28.02 00:00", "29.02 00:00",
			"01.03 00:00", "02.03 00:00", "03.03 00:00" };

		time_format(r.slots[i].from_ms, "%d.%m %H:%M", day, sizeof(day));
		assert_string_equal(day, days[i]);
	}
	assert_int_equal(r.slots[4].from_ms - r.slots[3].from_ms, 25 * CLOCK_HOUR_MS);
	assert_int_equal(r.to_ms - r.from_ms, 7 * CLOCK_DAY_MS + CLOCK_HOUR_MS);
	/* The last hour before, and the one that came twice. */
	add_made(r.slots[4].from_ms - 1, 1);
	add_made(r.slots[4].from_ms - 2 * CLOCK_HOUR_MS, 10);
	add_made(r.slots[4].from_ms, 100);
	assert_int_equal(r.slots[3].sold.total, 11);
	assert_int_equal(r.slots[4].sold.total, 100);
	report_begin(&r, REPORT_DAY, r.slots[3].from_ms);
	assert_int_equal(r.n_slots, 25);
	time_format(r.slots[24].from_ms, "%d.%m %H:%M", day, sizeof(day));
	assert_string_equal(day, "29.02 23:00");
}

static void reasons_go_on_an_account(void **state)
{
	static const char *const reasons[] = { "MERCHANT_OUT_OF_STOCK", "TIMEOUT_KASPI_DELIVERY",
		"BUYER_CANCELLATION_HIMSELF", "", "NOBODY_HAS_HEARD_OF_IT" };

	(void)state;
	report_begin(&r, REPORT_DAY, NOON);
	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++) {
		struct order o = made(NOON, 1);

		o.status = "CANCELLED";
		o.cancel_reason = reasons[i];
		add(&o);
	}
	for (int i = 0; i < 3; i++)
		add_made(NOON, 1);
	report_end(&r);
	assert_int_equal(r.by_fault[FAULT_SHOP], 2);
	assert_int_equal(r.by_fault[FAULT_OTHERS], 1);
	assert_int_equal(r.by_fault[FAULT_UNKNOWN], 2);
	assert_int_equal(report_orders(&r), 8);
	assert_true(report_share(r.by_fault[FAULT_SHOP], report_orders(&r)) == 25.0);
	assert_true(report_is_over(25.0, 24.9));
	assert_false(report_is_over(25.0, 25.0));
	assert_false(report_is_over(25.0, 0));
	assert_true(report_share(0, 0) == 0);
}

static void times_are_those_of_the_clerks(void **state)
{
	(void)state;
	report_begin(&r, REPORT_DAY, NOON);
	for (int i = 1; i <= 10; i++) {
		struct order o = made(NOON, 1);
		const struct report_around around = { .accepted_ms = NOON + i * CLOCK_MINUTE_MS,
			.handed_out_ms = i < 10 ? NOON + i * CLOCK_HOUR_MS : NOON - 1 };

		report_add(&r, &kaspi_provider, &o, &around);
	}
	add_made(NOON, 1);
	struct order waits = made(NOON, 1);
	waits.state = "NEW";
	waits.status = "APPROVED_BY_BANK";
	add(&waits);
	report_end(&r);
	assert_int_equal(r.to_accepted.n, 10);
	assert_int_equal(report_percentile(&r.to_accepted, 50), 5 * CLOCK_MINUTE_MS);
	assert_int_equal(report_percentile(&r.to_accepted, 90), 9 * CLOCK_MINUTE_MS);
	/* One clock was wrong. */
	assert_int_equal(r.to_handed_out.n, 9);
	assert_int_equal(r.accepted_elsewhere, 1);
	assert_int_equal(r.to_handed_over.n, 0);
}

static void clerks_with_most_come_first(void **state)
{
	char name[2 * REPORT_NAME_CAP], kind[40];

	(void)state;
	report_begin(&r, REPORT_DAY, NOON);
	report_add_work(&r, "Айгуль", "accept", 2);
	report_add_work(&r, "Иван", "accept", 3);
	report_add_work(&r, "Айгуль", "assemble", 3);
	report_add_work(&r, "Айгуль", "accept", 2);
	report_end(&r);
	assert_int_equal(r.n_clerks, 2);
	assert_string_equal(r.clerks[0].name, "Айгуль");
	assert_int_equal(r.clerks[0].done, 7);
	assert_int_equal(r.clerks[0].n_kinds, 2);
	assert_string_equal(r.clerks[0].kinds[0].name, "accept");
	assert_int_equal(r.clerks[0].kinds[0].done, 4);
	assert_int_equal(r.clerks[1].done, 3);
	assert_false(report_is_empty(&r));
	for (int i = 0; i < REPORT_NAMES_MAX; i++) {
		snprintf(name, sizeof(name), "Clerk %d", i);
		report_add_work(&r, name, "accept", 1);
	}
	assert_int_equal(r.n_clerks, REPORT_NAMES_MAX);
	assert_int_equal(r.others_done, 2);
	for (int i = 0; i < 2 * REPORT_KINDS_MAX; i++) {
		snprintf(kind, sizeof(kind), "kind %d", i);
		report_add_work(&r, "Айгуль", kind, 1);
	}
	report_add_work(&r, "Айгуль", "a kind whose name is longer than any other", 1);
	assert_int_equal(r.clerks[0].n_kinds, REPORT_KINDS_MAX);
	assert_int_equal(r.clerks[0].done, 7 + 2 * REPORT_KINDS_MAX + 1);
}

/* ---- goods ----------------------------------------------------------------------------------- */

static struct entry_list entries = ENTRY_LIST_INIT;

static struct entry *line(const char *article, const char *name, int64_t quantity, int64_t total)
{
	struct entry *e = entry_list_add(&entries);

	e->article = article;
	e->name = name;
	e->unit = "PIECES";
	e->quantity = quantity;
	e->total = total;
	return e;
}

static void add_lines(void)
{
	const struct order o = made(NOON, 1);
	const struct report_around around = { .entries = &entries };

	report_add(&r, &kaspi_provider, &o, &around);
	entry_list_reset(&entries);
}

static void goods_are_summed_by_article(void **state)
{
	(void)state;
	report_begin(&r, REPORT_DAY, NOON);
	line("A-1", "", 2, 200);
	line("B-1", "Самовар", 1, 1000);
	line("C-1", "Taken out", 0, 0);
	add_lines();
	line("A-1", "Чайник", 3, 300);
	line("A-1", "Чайник", 0, 0)->unit = "MEASURABLE";
	line("A-1", "Чайник", 1, INT64_MIN);
	line("", "A-1", 1, 1);
	add_lines();
	add_made(NOON, 1);
	report_end(&r);
	entry_list_clear(&entries);
	assert_int_equal(r.goods.n, 3);
	assert_string_equal(r.goods.items[0].article, "B-1");
	assert_string_equal(r.goods.items[1].name, "Чайник");
	assert_int_equal(r.goods.items[1].quantity, 6);
	assert_int_equal(r.goods.items[1].total, 500);
	assert_string_equal(r.goods.items[2].name, "A-1");
	assert_int_equal(r.goods_unknown, 1);
}

static void the_best_goods_have_a_row(void **state)
{
	char article[40];

	(void)state;
	report_begin(&r, REPORT_DAY, NOON);
	for (int i = 0; i < REPORT_GOODS_MAX + 5; i++) {
		snprintf(article, sizeof(article), "A-%d", i);
		line(article, "", 1, i == 77 ? INT64_MAX : i < 9 ? 1000 - i : 1);
		add_lines();
	}
	report_end(&r);
	entry_list_clear(&entries);
	assert_int_equal(r.goods.n, REPORT_GOODS_BEST);
	assert_string_equal(r.goods.items[0].article, "A-77");
	assert_string_equal(r.goods.items[1].article, "A-0");
	assert_string_equal(r.goods.items[9].article, "A-8");
	assert_int_equal(r.goods.others.quantity, REPORT_GOODS_MAX + 5 - REPORT_GOODS_BEST);
	assert_int_equal(r.goods.others.total, REPORT_GOODS_MAX + 5 - REPORT_GOODS_BEST);
}

/* ---- words ----------------------------------------------------------------------------------- */

static struct buf text = BUF_INIT(BUF_MAX_FILE);
static size_t over;	/* lines that are over a limit */

static void take_line(void *arg, enum report_mark mark, const char *words)
{
	int columns = *(const int *)arg;

	/* The screen breaks sentences where it is narrower. */
	if (columns >= 80 && text_width(words) > columns)
		fail_msg("wider than %d columns: %s", columns, words);
	over += mark == REPORT_OVER;
	buf_addf(&text, "%s\n", words);
}

static void write_text(int columns, bool ascii, double limit)
{
	const struct report_head head = { "Shop", &kaspi_provider, limit, limit };

	buf_reset(&text);
	over = 0;
	report_write_text(&r, &head, &(struct report_page){ columns, ascii, take_line, &columns });
}

static void has(const char *words)
{
	if (!strstr(buf_str(&text), words))
		fail_msg("\"%s\" is not in:\n%s", words, buf_str(&text));
}

static void the_text_says_it_all(void **state)
{
	struct order late = made(NOON, 4000), lost = made(NOON, 70);

	(void)state;
	report_begin(&r, REPORT_DAY, NOON);
	late.transmitted_ms = NOON + CLOCK_HOUR_MS;
	late.transmission_planned_ms = NOON + 1;
	add(&late);
	lost.status = "CANCELLED";
	lost.cancel_reason = "MERCHANT_OUT_OF_STOCK";
	add(&lost);
	line("A-1", "Чайник", 2, 200);
	add_lines();
	report_add_work(&r, "Айгуль", "accept", 12);
	report_end(&r);
	entry_list_clear(&entries);
	write_text(80, false, 33.3);
	assert_int_equal(over, 2);
	has("Shop, 30.11.2026\nOrders sold: 2, 4");
	has("\nCounts against the shop: 1 of 3 (33.3%): over the limit of 33.3%\n");
	has("\nHanded over late: 1 of 1 (100.0%): over the limit of 33.3%\n");
	has("\n2 sold orders were not accepted at the desk.\n");
	has("\n12:00                                  2         4\u00a0001\u00a0₸  ██████████████████████\n13:00");
	has("\n\nCancelled and returned, counts against the shop\nOut of stock    ");
	has("\nЧайник                                 2           200\u00a0₸  ██");
	has("\nThe goods of 1 sold order are not known here.\n");
	has("\nАйгуль                                12\n  Accept order                        12                  ██");
	write_text(56, true, 0);
	assert_int_equal(over, 0);
	assert_null(strstr(buf_str(&text), "█"));
	write_text(40, true, 0);
	write_text(200, true, 0);
	has("  ####");
	buf_clear(&text);
}

static void an_empty_report_is_a_sentence(void **state)
{
	(void)state;
	report_begin(&r, REPORT_DAY, NOON);
	report_end(&r);
	assert_true(report_is_empty(&r));
	write_text(80, false, 3);
	assert_string_equal(buf_str(&text), "No orders were made on 30.11.2026.\n");
	buf_clear(&text);
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
		TEST(a_zone_that_moved_has_its_own_days),
		TEST(reasons_go_on_an_account),
		TEST(times_are_those_of_the_clerks),
		TEST(clerks_with_most_come_first),
		TEST(goods_are_summed_by_article),
		TEST(the_best_goods_have_a_row),
		TEST(the_text_says_it_all),
		TEST(an_empty_report_is_a_sentence),
	};

	return cmocka_run_group_tests(tests, use_almaty, NULL);
}
