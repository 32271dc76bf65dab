#include "tui/term/look.h"

#include "tests/unit/unit.h"

/* The relative luminance of WCAG, of a colour in the cube of 256: its six levels, made linear. */
static double luminance(int number)
{
	static const double levels[] = { 0, 0.1144, 0.2423, 0.4287, 0.6795, 1 };
	assert_in_range(number, 16, 231);
	int n = number - 16;
	return 0.2126 * levels[n / 36] + 0.7152 * levels[n / 6 % 6] + 0.0722 * levels[n % 6];
}

static double contrast(double a, double b)
{
	return a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05);
}

static void the_default_inks_read_on_black_and_on_white(void **state)
{
	const struct look *roles = look_of("default");
	(void)state;
	for (int i = 0; i < STYLES; i++) {
		assert_int_equal(roles[i].bg, INK_NONE);
		if (roles[i].fg == INK_NONE)
			continue;
		double ink = luminance(ink_number(roles[i].fg, 256));
		assert_true(contrast(ink, 0) >= 3);
		assert_true(contrast(ink, 1) >= 3);
	}
}

static void contrast_has_seven_to_one_on_one_background(void **state)
{
	const struct look *roles = look_of("contrast");
	(void)state;
	for (int i = 0; i < STYLES; i++) {
		assert_int_equal(roles[i].bg, roles[STYLE_NORMAL].bg);
		assert_true(contrast(luminance(ink_number(roles[i].fg, 256)),
			luminance(ink_number(roles[i].bg, 256))) >= 7);
	}
}

static void an_ink_is_a_colour_that_the_terminal_has(void **state)
{
	static const int colours[] = { 8, 16, 88, 256, 1 << 24 };
	(void)state;
	for (size_t c = 0; c < sizeof(colours) / sizeof(colours[0]); c++) {
		assert_int_equal(ink_number(INK_NONE, colours[c]), INK_OWN);
		for (int i = INK_NONE + 1; i < INKS; i++)
			assert_in_range(ink_number((enum ink)i, colours[c]), 0, colours[c] - 1);
	}
}

static void no_name_is_the_default(void **state)
{
	(void)state;
	assert_ptr_equal(look_of(NULL), look_of("default"));
	assert_ptr_not_equal(look_of("contrast"), look_of("default"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_default_inks_read_on_black_and_on_white),
		cmocka_unit_test(contrast_has_seven_to_one_on_one_background),
		cmocka_unit_test(an_ink_is_a_colour_that_the_terminal_has),
		cmocka_unit_test(no_name_is_the_default),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
