/* The proposed number of parcels stayed when another was typed: 1 and a typed 3 made 13 parcels. */
#include "tests/screen/counter.h"
#include "tests/unit/unit.h"

static void a_typed_number_replaces_the_proposal(void **state)
{
	struct counter *c = *state;
	struct screen *s = counter_desk(c, 24, 80);

	counter_go(s, "400000011");
	screen_wait(s, "Чайник");
	screen_keys(s, "<F4>");
	screen_wait(s, "one parcel for everything");
	screen_keys(s, "2 <Enter>");
	market_expect(c->market, "400000011", "assembled", "true");
	market_expect(c->market, "400000011", "spaces", "2");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_typed_number_replaces_the_proposal, counter_open,
			counter_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
