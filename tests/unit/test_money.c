#include "base/money.h"

#include "tests/unit/unit.h"

static void numbers_come_in_groups_of_three(void **state)
{
	static const struct {
		int64_t n;
		const char *text;
	} cases[] = {
		{ 0, "0" },
		{ 7, "7" },
		{ 999, "999" },
		{ 1000, "1\u00a0000" },
		{ 12990, "12\u00a0990" },
		{ 123456, "123\u00a0456" },
		{ 1234567, "1\u00a0234\u00a0567" },
		{ -5, "-5" },
		{ -999, "-999" },
		{ -1000, "-1\u00a0000" },
		{ INT64_MAX, "9\u00a0223\u00a0372\u00a0036\u00a0854\u00a0775\u00a0807" },
		{ INT64_MIN, "-9\u00a0223\u00a0372\u00a0036\u00a0854\u00a0775\u00a0808" },
	};
	char out[40];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		number_format(cases[i].n, out, sizeof(out));
		assert_string_equal(out, cases[i].text);
	}
}

static void money_ends_in_the_sign_of_tenge(void **state)
{
	char out[40];

	(void)state;
	money_format(12990, out, sizeof(out));
	assert_string_equal(out, "12\u00a0990\u00a0₸");
	money_format(0, out, sizeof(out));
	assert_string_equal(out, "0\u00a0₸");
	money_format(INT64_MIN, out, sizeof(out));
	assert_string_equal(out, "-9\u00a0223\u00a0372\u00a0036\u00a0854\u00a0775\u00a0808\u00a0₸");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_come_in_groups_of_three),
		cmocka_unit_test(money_ends_in_the_sign_of_tenge),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
