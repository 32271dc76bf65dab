#include "tui/command/scan.h"

#include "base/text.h"
#include "tests/unit/unit.h"
#include "tui/term/key.h"

/* Types the text with `gap` ms between two keys; returns what the last key was. */
static enum scan_result type(struct scan *scan, const char *text, int64_t *now, int64_t gap)
{
	enum scan_result last = SCAN_NOT;
	size_t len;
	unsigned long c;
	for (; (c = text_decode(text, &len)) != 0; text += len) {
		*now += gap;
		last = scan_key(scan, (uint32_t)c, *now);
	}
	return last;
}

static void a_burst_with_enter_is_a_scan(void **state)
{
	static const int64_t gaps[] = { 0, 1, 10, SCAN_GAP_MS };
	(void)state;
	for (size_t i = 0; i < sizeof(gaps) / sizeof(gaps[0]); i++) {
		struct scan scan = { .n = 0 };
		int64_t now = 1000;
		assert_int_equal(type(&scan, "412345678\r", &now, gaps[i]), SCAN_DONE);
		assert_string_equal(scan.text, "412345678");
		assert_int_equal(scan_due(&scan), 0);
	}
}

static void the_kazakh_layout_is_read(void **state)
{
	struct scan scan = { .n = 0 };
	int64_t now = 0;
	(void)state;
	assert_int_equal(type(&scan, "ң\"әіңғ,.үұқ\r", &now, 2), SCAN_DONE);
	assert_string_equal(scan.text, "41234567890");
}

static void a_person_types_slower(void **state)
{
	struct scan scan = { .n = 0 };
	int64_t now = 1000;
	uint32_t key;
	(void)state;
	assert_int_equal(type(&scan, "4", &now, 100), SCAN_HELD);
	assert_int_equal(scan_due(&scan), now + SCAN_GAP_MS + 1);
	assert_int_equal(type(&scan, "1", &now, 100), SCAN_NOT);
	assert_true(scan_take(&scan, &key));
	assert_int_equal(key, '4');
	assert_false(scan_take(&scan, &key));
	assert_int_equal(scan_due(&scan), 0);
}

static void a_short_code_is_no_scan(void **state)
{
	struct scan scan = { .n = 0 };
	int64_t now = 1000;
	uint32_t key;
	(void)state;
	assert_int_equal(type(&scan, "12345678\r", &now, 1), SCAN_NOT);
	for (const char *s = "12345678"; *s != '\0'; s++) {
		assert_true(scan_take(&scan, &key));
		assert_int_equal(key, *s);
	}
	assert_false(scan_take(&scan, &key));
}

static void letters_are_never_held(void **state)
{
	struct scan scan = { .n = 0 };
	(void)state;
	for (uint32_t key = 'a'; key <= 'z'; key++)
		assert_int_equal(scan_key(&scan, key, 1), SCAN_NOT);
	assert_int_equal(scan_due(&scan), 0);
}

static void shown_keys_are_part_of_a_scan(void **state)
{
	struct scan scan = { .n = 0 };
	uint32_t key;

	(void)state;
	for (int round = 0; round < 2; round++) {
		for (const char *c = "412345678"; *c; c++) {
			assert_int_equal(scan_key(&scan, (uint32_t)*c, 100 + c[0]), SCAN_HELD);
			assert_true(scan_holds(&scan));
			assert_true(scan_take(&scan, &key));
			assert_int_equal(key, *c);
			assert_false(scan_holds(&scan));
		}
		assert_int_equal(scan_key(&scan, '\r', 160), SCAN_DONE);
		assert_string_equal(scan.text, "412345678");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shown_keys_are_part_of_a_scan),
		cmocka_unit_test(a_burst_with_enter_is_a_scan),
		cmocka_unit_test(the_kazakh_layout_is_read),
		cmocka_unit_test(a_person_types_slower),
		cmocka_unit_test(a_short_code_is_no_scan),
		cmocka_unit_test(letters_are_never_held),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
