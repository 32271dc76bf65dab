#include "order/phrase.h"

#include <string.h>

#include "base/clock.h"
#include "kaspi/kaspi.h"
#include "tests/unit/unit.h"

static struct order_list list;

static struct order *an_order(void)
{
	order_list_reset(&list);
	return order_list_add(&list);
}

static int clear(void **state)
{
	(void)state;
	order_list_clear(&list);
	return 0;
}

static void a_place_is_as_a_map_takes_it(void **state)
{
	struct order *o = an_order();
	char out[PHRASE_PLACE_CAP];

	(void)state;
	assert_string_equal(phrase_place(o, out), "");
	o->latitude = 43.23662559520485;
	o->longitude = 76.93337309399296;
	assert_string_equal(phrase_place(o, out), "43.2366, 76.9334");
	o->latitude = -0.5;
	assert_string_equal(phrase_place(o, out), "-0.5000, 76.9334");
}

static void a_payment_has_its_months(void **state)
{
	struct order *o = an_order();
	char out[80];

	(void)state;
	assert_string_equal(phrase_payment(&kaspi_provider, o, out, sizeof(out)), "");
	o->payment_mode = "PREPAID";
	assert_string_equal(phrase_payment(&kaspi_provider, o, out, sizeof(out)), "Paid");
	o->payment_mode = "PAY_WITH_CREDIT";
	o->credit_term = 24;
	assert_string_equal(phrase_payment(&kaspi_provider, o, out, sizeof(out)), "Credit, 24 months");
	o->credit_term = 1;
	assert_string_equal(phrase_payment(&kaspi_provider, o, out, sizeof(out)), "Credit, 1 month");
	o->payment_mode = "";
	assert_string_equal(phrase_payment(&kaspi_provider, o, out, sizeof(out)), "Credit, 1 month");
	o->credit_term = -3;
	o->payment_mode = "PAY_WITH_SHELLS";
	assert_string_equal(phrase_payment(&kaspi_provider, o, out, sizeof(out)), "PAY_WITH_SHELLS");
}

static void the_rest(void **state)
{
	char out[80];

	(void)state;
	assert_string_equal(phrase_where("PP1", "Абая 1", out, sizeof(out)), "PP1, Абая 1");
	assert_string_equal(phrase_where("", "Абая 1", out, sizeof(out)), "Абая 1");
	assert_string_equal(phrase_where("PP1", "", out, sizeof(out)), "PP1");
	assert_string_equal(phrase_where("", "", out, sizeof(out)), "");
	assert_string_equal(phrase_amount(2, 0, out, sizeof(out)), "2");
	assert_string_equal(phrase_amount(0, 1900, out, sizeof(out)), "1\u00a0900 g");
	assert_string_equal(phrase_amount(2, 900, out, sizeof(out)), "2, 900 g");
	assert_string_equal(phrase_ago(0, 5, out, sizeof(out)), "");
	assert_string_equal(phrase_ago(CLOCK_DAY_MS, 4 * CLOCK_DAY_MS, out, sizeof(out)), "3 d ago");
	assert_string_equal(phrase_ago(9, 5, out, sizeof(out)), "0 s ago");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_place_is_as_a_map_takes_it),
		cmocka_unit_test(a_payment_has_its_months),
		cmocka_unit_test(the_rest),
	};

	return cmocka_run_group_tests(tests, NULL, clear);
}
