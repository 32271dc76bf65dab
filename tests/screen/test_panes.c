/* Each pane at the sizes that people have, as it looks. */
#include <stdlib.h>
#include <string.h>

#include "tests/screen/counter.h"
#include "tests/unit/unit.h"

static void eighty_by_twenty_four(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);

	screen_expect(s, "");
}

static void a_hundred_by_thirty(void **state)
{
	struct screen *s = counter_desk(*state, 30, 100);

	screen_expect(s, "");
}

static void wide(void **state)
{
	struct screen *s = counter_desk(*state, 43, 132);

	screen_expect(s, "");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, counter_open, counter_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(eighty_by_twenty_four),
		TEST(a_hundred_by_thirty),
		TEST(wide),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
