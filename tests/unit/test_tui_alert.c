#include "tui/model/alert.h"

#include <string.h>

#include "base/clock.h"
#include "tests/unit/unit.h"

#define REMIND_MS 60000
#define START_MS 100000		/* on the monotonic clock */

static const struct quiet_hours none = { .from = -1, .to = -1 };

static int64_t noon(void)
{
	int64_t ms = 0;

	assert_true(time_parse("2026-11-25 12:00", &ms));
	return ms;
}

static struct alerts fresh(int64_t remind_ms)
{
	struct alerts a;

	alert_init(&a, remind_ms, none);
	return a;
}

static unsigned take(struct alerts *a, int64_t after_ms)
{
	return alert_take(a, START_MS + after_ms, noon() + after_ms);
}

static unsigned bit(enum alert_kind kind)
{
	return 1u << kind;
}

static void nothing_happens_by_itself(void **state)
{
	struct alerts a = fresh(REMIND_MS);

	(void)state;
	assert_int_equal(alert_next(&a), 0);
	assert_int_equal(take(&a, 0), 0);
	alert_key(&a, START_MS);
	alert_link(&a, false, START_MS);
	assert_int_equal(take(&a, 100000), 0);
	assert_int_equal(alert_next(&a), 0);
}

static void an_order_rings_until_a_key(void **state)
{
	struct alerts a = fresh(REMIND_MS);

	(void)state;
	alert_orders(&a, 1, 0, START_MS);
	assert_int_equal(alert_next(&a), START_MS);
	assert_int_equal(take(&a, 0), bit(ALERT_NEW));
	assert_int_equal(alert_next(&a), START_MS + REMIND_MS);
	assert_int_equal(take(&a, REMIND_MS - 1), 0);
	assert_int_equal(take(&a, REMIND_MS), bit(ALERT_NEW));
	assert_int_equal(take(&a, 2 * REMIND_MS), bit(ALERT_NEW));
	assert_int_equal(alert_unseen_orders(&a), 1);
	alert_key(&a, START_MS + 2 * REMIND_MS + 1);
	assert_int_equal(alert_unseen_orders(&a), 0);
	assert_int_equal(alert_next(&a), 0);
	assert_int_equal(take(&a, 3 * REMIND_MS), 0);
}

static void a_key_that_was_on_its_way_says_nothing(void **state)
{
	struct alerts a = fresh(REMIND_MS);

	(void)state;
	alert_orders(&a, 2, 0, START_MS);
	take(&a, 0);
	alert_key(&a, START_MS + ALERT_KEY_MS - 1);
	assert_int_equal(alert_unseen_orders(&a), 2);
	alert_key(&a, START_MS + ALERT_KEY_MS);
	assert_int_equal(alert_unseen_orders(&a), 0);
}

static void without_reminding_it_rings_once(void **state)
{
	struct alerts a = fresh(0);

	(void)state;
	alert_orders(&a, 1, 0, START_MS);
	assert_int_equal(take(&a, 0), bit(ALERT_NEW));
	assert_int_equal(alert_next(&a), 0);
	assert_int_equal(take(&a, 100 * REMIND_MS), 0);
	assert_int_equal(alert_unseen_orders(&a), 1);
	/* What rings for another reason does not bring it up again. */
	alert_decide(&a, START_MS + 200 * REMIND_MS);
	assert_int_equal(take(&a, 200 * REMIND_MS), bit(ALERT_DECIDE));
}

static void what_comes_in_quick_succession_rings_once(void **state)
{
	struct alerts a = fresh(REMIND_MS);
	char text[80];

	(void)state;
	alert_orders(&a, 1, 0, START_MS);
	assert_int_equal(take(&a, 0), bit(ALERT_NEW));
	for (int ms = 100; ms < ALERT_GAP_MS; ms += 100) {
		alert_orders(&a, 1, 0, START_MS + ms);
		assert_int_equal(take(&a, ms), 0);
		assert_int_equal(alert_next(&a), START_MS + ALERT_GAP_MS);
	}
	assert_int_equal(take(&a, ALERT_GAP_MS), bit(ALERT_NEW));
	alert_words(&a, ALERT_NEW, text, sizeof(text));
	assert_string_equal(text, "20 new orders");
	assert_int_equal(alert_next(&a), START_MS + ALERT_GAP_MS + REMIND_MS);
}

static void express_orders_ring_more_often(void **state)
{
	struct alerts a = fresh(REMIND_MS);
	char text[80];

	(void)state;
	alert_orders(&a, 3, 1, START_MS);
	assert_int_equal(take(&a, 0), bit(ALERT_EXPRESS) | bit(ALERT_NEW));
	assert_int_equal(alert_unseen_orders(&a), 3);
	assert_int_equal(alert_next(&a), START_MS + REMIND_MS / ALERT_OFTEN);
	alert_words(&a, ALERT_EXPRESS, text, sizeof(text));
	assert_string_equal(text, "1 new express order");
	alert_words(&a, ALERT_NEW, text, sizeof(text));
	assert_string_equal(text, "2 new orders");
}

static void a_short_interruption_is_not_told(void **state)
{
	struct alerts a = fresh(REMIND_MS);

	(void)state;
	alert_link(&a, true, START_MS);
	alert_link(&a, true, START_MS + 1000);
	assert_int_equal(alert_next(&a), START_MS + ALERT_LOST_MS);
	assert_int_equal(take(&a, ALERT_LOST_MS - 1), 0);
	alert_link(&a, false, START_MS + ALERT_LOST_MS - 1);
	assert_int_equal(alert_next(&a), 0);
	assert_int_equal(take(&a, 2 * ALERT_LOST_MS), 0);
}

static void a_lost_link_and_its_return_ring_once_each(void **state)
{
	struct alerts a = fresh(REMIND_MS);

	(void)state;
	alert_link(&a, true, START_MS);
	assert_int_equal(take(&a, ALERT_LOST_MS), bit(ALERT_LOST));
	assert_true(alert_unseen_trouble(&a));
	assert_int_equal(alert_next(&a), 0);
	/* A key does not bring it back. */
	alert_key(&a, START_MS + 2 * ALERT_LOST_MS);
	alert_link(&a, true, START_MS + 3 * ALERT_LOST_MS);
	assert_int_equal(take(&a, 3 * ALERT_LOST_MS), 0);
	assert_true(alert_unseen_trouble(&a));
	alert_link(&a, false, START_MS + 4 * ALERT_LOST_MS);
	assert_int_equal(take(&a, 4 * ALERT_LOST_MS), bit(ALERT_BACK));
	assert_false(alert_unseen_trouble(&a));
	assert_int_equal(alert_next(&a), 0);
}

static void only_more_decisions_ring(void **state)
{
	struct alerts a = fresh(REMIND_MS);

	(void)state;
	alert_decisions(&a, 2, START_MS);
	assert_int_equal(take(&a, 0), 0);
	alert_decisions(&a, 3, START_MS + 1);
	assert_int_equal(take(&a, 1), bit(ALERT_DECIDE));
	assert_true(alert_unseen_trouble(&a));
	alert_decisions(&a, 1, START_MS + 10000);
	assert_int_equal(take(&a, 10000), 0);
	alert_key(&a, START_MS + 10001);
	assert_false(alert_unseen_trouble(&a));
	alert_decisions(&a, 2, START_MS + 20000);
	assert_int_equal(take(&a, 20000), bit(ALERT_DECIDE));
}

static unsigned take_at(struct alerts *a, int64_t mono_ms, const char *when)
{
	int64_t now_ms = 0;

	assert_true(time_parse(when, &now_ms));
	return alert_take(a, mono_ms, now_ms);
}

static void quiet_hours_go_over_midnight(void **state)
{
	static const struct {
		const char *when;
		bool quiet;
	} cases[] = {
		{ "2026-11-25 21:59", false },
		{ "2026-11-25 22:00", true },
		{ "2026-11-26 00:00", true },
		{ "2026-11-26 07:59", true },
		{ "2026-11-26 08:00", false },
	};
	struct alerts a;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		alert_init(&a, 0, quiet_read("22:00-08:00"));
		alert_orders(&a, 1, 0, START_MS);
		assert_int_equal(take_at(&a, START_MS, cases[i].when), cases[i].quiet ? 0 : bit(ALERT_NEW));
		assert_int_equal(alert_unseen_orders(&a), 1);
	}
	alert_init(&a, 0, quiet_read("13:00-14:00"));
	alert_orders(&a, 1, 0, START_MS);
	assert_int_equal(take_at(&a, START_MS, "2026-11-26 14:00"), bit(ALERT_NEW));
}

static void what_is_unseen_rings_after_quiet_hours(void **state)
{
	struct alerts a;

	(void)state;
	alert_init(&a, REMIND_MS, quiet_read("22:00-08:00"));
	alert_orders(&a, 2, 0, START_MS);
	assert_int_equal(take_at(&a, START_MS, "2026-11-26 07:58"), 0);
	assert_int_equal(alert_next(&a), START_MS + CLOCK_MINUTE_MS);
	assert_int_equal(take_at(&a, START_MS + CLOCK_MINUTE_MS, "2026-11-26 07:59"), 0);
	assert_int_equal(take_at(&a, START_MS + 2 * CLOCK_MINUTE_MS, "2026-11-26 08:00"), bit(ALERT_NEW));
	/* Without reminding it is not brought up again. */
	alert_init(&a, 0, quiet_read("22:00-08:00"));
	alert_orders(&a, 2, 0, START_MS);
	assert_int_equal(take_at(&a, START_MS, "2026-11-26 07:59"), 0);
	assert_int_equal(alert_next(&a), 0);
}

static void every_kind_has_a_name_and_words(void **state)
{
	struct alerts a = fresh(REMIND_MS);
	char text[200];

	(void)state;
	for (unsigned k = 0; k < ALERT_KINDS; k++) {
		assert_true(*alert_name((enum alert_kind)k));
		alert_words(&a, (enum alert_kind)k, text, sizeof(text));
		assert_true(strlen(text) > 0 && strlen(text) < 100);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_happens_by_itself),
		cmocka_unit_test(an_order_rings_until_a_key),
		cmocka_unit_test(a_key_that_was_on_its_way_says_nothing),
		cmocka_unit_test(without_reminding_it_rings_once),
		cmocka_unit_test(what_comes_in_quick_succession_rings_once),
		cmocka_unit_test(express_orders_ring_more_often),
		cmocka_unit_test(a_short_interruption_is_not_told),
		cmocka_unit_test(a_lost_link_and_its_return_ring_once_each),
		cmocka_unit_test(only_more_decisions_ring),
		cmocka_unit_test(quiet_hours_go_over_midnight),
		cmocka_unit_test(what_is_unseen_rings_after_quiet_hours),
		cmocka_unit_test(every_kind_has_a_name_and_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
