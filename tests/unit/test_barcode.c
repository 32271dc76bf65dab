/* What a scanner's characters say, under every layout. */
#include "base/barcode.h"

#include <string.h>

#include "base/layout.h"
#include "base/text.h"
#include "tests/unit/unit.h"

static size_t typed(const char *text, uint32_t out[BARCODE_MAX + 1])
{
	size_t n = 0, len;
	unsigned long c;
	for (; (c = text_decode(text, &len)) != 0; text += len)
		out[n++] = (uint32_t)c;
	return n;
}

static struct readings read_text(const char *text)
{
	struct readings r;
	uint32_t keys[BARCODE_MAX + 1];
	barcode_read(keys, typed(text, keys), &r);
	return r;
}

static bool has_reading(const struct readings *r, const char *text)
{
	for (size_t i = 0; i < r->n; i++) {
		if (strcmp(r->items[i].text, text) == 0)
			return true;
	}
	return false;
}

static void every_american_key_is_found_again(void **state)
{
	(void)state;
	for (int l = 0; l < LAYOUTS; l++) {
		for (size_t place = 0; place < LAYOUT_PLACES; place++) {
			for (int shift = 0; shift < 2; shift++) {
				uint32_t c = layout_types((enum layout)l, place, shift);
				uint32_t american = layout_types(LAYOUT_US, place, shift);
				if (c == 0)
					continue;
				/* kz(latin) types M with two keys. */
				if (l == LAYOUT_KZ_LATIN && american == 'V')
					american = 'M';
				assert_int_equal(layout_meant((enum layout)l, c), american);
			}
		}
	}
}

static void digits_are_read_under_every_layout(void **state)
{
	static const char *const same[] = {
		"4123567890", "ң\"әіғ,.үұқ", "ń\"áíǵ,.úýó",
		/* Caps Lock */
		"Ң\"ӘІҒ,.ҮҰҚ", "Ń\"ÁÍǴ,.ÚÝÓ",
	};
	(void)state;
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
		struct readings r = read_text(same[i]);
		assert_true(r.number);
		assert_int_equal(r.n, 1);
		assert_string_equal(r.items[0].text, "4123567890");
	}
}

static void letters_have_a_reading_for_each_layout_that_types_them(void **state)
{
	struct readings r = read_text("KZ-12");
	(void)state;
	assert_false(r.number);
	assert_true(has_reading(&r, "KZ-12"));
	r = read_text("ЛЯө\"ә");
	assert_true(has_reading(&r, "KZ-12"));
	r = read_text("Ц");
	assert_true(has_reading(&r, "W"));
	/* W and 4 stand in one place of two layouts; a number is the likelier. */
	r = read_text("ң");
	assert_string_equal(r.items[0].text, "4");
	r = read_text("Ң1");
	assert_true(has_reading(&r, "W1"));
	r = read_text("漢字");
	assert_int_equal(r.n, 0);
}

static void identifiers_and_separators_are_left_out(void **state)
{
	static const char *const same[] = {
		"]C1400000021", "]C0400000021", "ъС1400000021", "ъС\"ңққққққә\"", ("400\x1d" "000021"),
	};
	(void)state;
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
		struct readings r = read_text(same[i]);
		assert_true(r.number);
		assert_string_equal(r.items[0].text, "400000021");
	}
	assert_false(read_text("]C1").number);
	assert_false(read_text("").number);
}

static void what_is_too_long_has_no_reading(void **state)
{
	struct readings r;
	uint32_t keys[BARCODE_MAX + 1];
	(void)state;
	for (size_t i = 0; i <= BARCODE_MAX; i++)
		keys[i] = '7';
	barcode_read(keys, BARCODE_MAX, &r);
	assert_true(r.number);
	barcode_read(keys, BARCODE_MAX + 1, &r);
	assert_int_equal(r.n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_american_key_is_found_again),
		cmocka_unit_test(digits_are_read_under_every_layout),
		cmocka_unit_test(letters_have_a_reading_for_each_layout_that_types_them),
		cmocka_unit_test(identifiers_and_separators_are_left_out),
		cmocka_unit_test(what_is_too_long_has_no_reading),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
