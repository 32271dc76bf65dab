#include "base/text.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/buf.h"
#include "tests/unit/unit.h"

static int use_locale(void **state)
{
	(void)state;
	return setlocale(LC_ALL, "C.UTF-8") ? 0 : -1;
}

static void letters_of_the_shop_take_one_column(void **state)
{
	struct buf b = BUF_INIT(BUF_MAX_LINE);

	(void)state;
	for (unsigned long cp = 0x400; cp <= 0x52f; cp++) {
		buf_reset(&b);
		text_encode(&b, cp);
		if (cp < 0x483 || cp > 0x489)
			assert_int_equal(text_width(buf_str(&b)), 1);
		else
			assert_int_equal(text_width(buf_str(&b)), 0);
	}
	for (unsigned long cp = 0x20; cp < 0x7f; cp++) {
		buf_reset(&b);
		text_encode(&b, cp);
		assert_int_equal(text_width(buf_str(&b)), 1);
	}
	assert_int_equal(text_width("ӘҒҚҢӨҰҮҺІәғқңөұүһі"), 18);
	assert_int_equal(text_width("₸№«»—\u00a0…•●"), 9);
	buf_clear(&b);
}

static void other_widths_are_those_of_the_locale(void **state)
{
	(void)state;
	assert_int_equal(text_width(""), 0);
	assert_int_equal(text_width("🙂"), 2);
	assert_int_equal(text_width("日本語"), 6);
	assert_int_equal(text_width("e\u0301"), 1);
	assert_int_equal(text_width("Айгерім 🙂"), 10);
	assert_int_equal(text_width("\ufffd"), 1);
}

static void expect_fit(const char *s, int columns, size_t bytes, int width)
{
	int used = -1;

	assert_int_equal(text_fit(s, columns, &used), bytes);
	assert_int_equal(used, width);
	assert_int_equal(text_fit(s, columns, NULL), bytes);
}

static void texts_are_cut_to_columns(void **state)
{
	(void)state;
	expect_fit("Ғалым", 3, 6, 3);
	expect_fit("Ғалым", 5, 10, 5);
	expect_fit("Ғалым", 99, 10, 5);
	expect_fit("Ғалым", 0, 0, 0);
	expect_fit("Ғалым", -1, 0, 0);
	expect_fit("", 4, 0, 0);
	expect_fit("a🙂b", 2, 1, 1);
	expect_fit("a🙂b", 3, 5, 3);
	expect_fit("日本", 1, 0, 0);
}

static void marks_stay_with_their_letter(void **state)
{
	(void)state;
	expect_fit("e\u0301\u0302f", 1, 5, 1);
	expect_fit("ee\u0301f", 1, 1, 1);
	expect_fit("e\u0301", 5, 3, 1);
}

/* So nothing in a clean text can slip into the cell to its left but the marks of a letter, and nothing
 * is without a width. */
static void what_cleaning_keeps_has_a_width(void **state)
{
	struct arena a = ARENA_INIT;
	struct buf b = BUF_INIT(BUF_MAX_LINE);

	(void)state;
	for (unsigned long cp = 0x20; cp < 0x110000; cp++) {
		const char *out;
		size_t len;

		buf_reset(&b);
		text_encode(&b, cp);
		out = text_clean(&a, buf_str(&b), b.len, 9, TEXT_LINE);
		if (*out && wcwidth((wchar_t)text_decode(out, &len)) < 1)
			fail_msg("U+%04lX has the width %d", cp, wcwidth((wchar_t)cp));
		arena_reset(&a);
	}
	buf_clear(&b);
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_of_the_shop_take_one_column),
		cmocka_unit_test(other_widths_are_those_of_the_locale),
		cmocka_unit_test(texts_are_cut_to_columns),
		cmocka_unit_test(marks_stay_with_their_letter),
		cmocka_unit_test(what_cleaning_keeps_has_a_width),
	};

	return cmocka_run_group_tests(tests, use_locale, NULL);
}
