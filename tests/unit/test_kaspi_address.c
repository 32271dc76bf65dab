/* Addresses as the service sends them, and as it might. */
#include <stdio.h>
#include <string.h>

#include "kaspi/kaspi.h"
#include "tests/unit/unit.h"

static const struct provider *const p = &kaspi_provider;

static void odd_addresses_are_read_as_far_as_they_go(void **state)
{
	static const struct {
		const char *address, *line;
		double latitude;
	} cases[] = {
		{ "{\"town\":\"Алматы\",\"streetName\":\"Абая\",\"streetNumber\":\"1\",\"apartment\":\"7\"}",
			"Алматы, Абая, 1, кв. 7", 0 },
		{ "{\"formattedAddress\":\"Алматы, Абая, 1, 7\",\"apartment\":\"7\"}", "Алматы, Абая, 1, 7", 0 },
		{ "{\"formattedAddress\":\", \",\"town\":null}", "", 0 },
		{ "\"Алматы, Абая\\n1\"", "Алматы, Абая 1", 0 },
		{ "{\"latitude\":43.25,\"longitude\":76.9}", "", 43.25 },
		{ "{\"latitude\":43.25}", "", 0 },
		{ "{\"latitude\":0,\"longitude\":0}", "", 0 },
		{ "{\"latitude\":4325,\"longitude\":76.9}", "", 0 },
		{ "{\"latitude\":\"north\",\"longitude\":76.9}", "", 0 },
		{ "[1]", "", 0 }, { "7", "7", 0 }, { "true", "", 0 },
	};
	struct order_list list = ORDER_LIST_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char body[800];
		int n = snprintf(body, sizeof(body), "{\"data\":[{\"id\":\"i\",\"attributes\":{"
			"\"code\":\"1\",\"deliveryAddress\":%s,\"originAddress\":{\"displayName\":7,"
			"\"address\":%s}}}]}", cases[i].address, cases[i].address);

		order_list_reset(&list);
		assert_true(p->read_listing(body, (size_t)n, &list, NULL, NULL));
		assert_string_equal(list.items[0].address, cases[i].line);
		assert_string_equal(list.items[0].origin_address, cases[i].line);
		assert_string_equal(list.items[0].origin, "7");
		assert_true(list.items[0].latitude == cases[i].latitude);
		assert_true((list.items[0].longitude != 0) == (cases[i].latitude != 0));
	}
	order_list_clear(&list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(odd_addresses_are_read_as_far_as_they_go),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
