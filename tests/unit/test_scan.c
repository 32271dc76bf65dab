/* The recogniser, key by key. */
#include "base/scan.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "tests/unit/scan_desk.h"
#include "tests/unit/unit.h"

static struct scan_desk desk(enum scan_place place)
{
	struct scan_desk d;
	scan_desk_init(&d, place, NULL);
	return d;
}

static void assert_gone(const struct scan_desk *d, const char *keys)
{
	assert_int_equal(d->n_gone, strlen(keys));
	for (size_t i = 0; keys[i] != '\0'; i++)
		assert_int_equal(d->gone[i], keys[i]);
}

static void a_burst_with_an_end_is_a_scan(void **state)
{
	static const int64_t gaps[] = { 0, 1, 10, 30, SCAN_GAP_MS };
	(void)state;
	for (int place = SCAN_KEYS; place <= SCAN_SHOWN; place++) {
		for (size_t i = 0; i < sizeof(gaps) / sizeof(gaps[0]); i++) {
			struct scan_desk d = desk((enum scan_place)place);
			assert_int_equal(scan_desk_type(&d, "412345678\r", gaps[i]), SCAN_DONE);
			assert_true(scan_desk_read(&d, "412345678"));
			assert_int_equal(d.n_gone, place == SCAN_SHOWN ? 9 : 0);
			assert_int_equal(scan_due(&d.scan), 0);
			assert_int_equal(scan_desk_type(&d, "412345679\t", gaps[i]), SCAN_DONE);
			assert_true(scan_desk_read(&d, "412345679"));
		}
	}
}

static void both_ends_are_one(void **state)
{
	struct scan_desk d = desk(SCAN_KEYS);
	(void)state;
	assert_int_equal(scan_desk_type(&d, "412345678\r\r", 1), SCAN_SWALLOWED);
	assert_int_equal(scan_desk_type(&d, "412345678\r\t", 1), SCAN_SWALLOWED);
	scan_desk_wait(&d, SCAN_JOIN_MS + 1);
	assert_int_equal(scan_desk_key(&d, '\r', 0), SCAN_PASS);
	assert_int_equal(d.scans, 2);
}

static void keys_of_a_person_are_keys(void **state)
{
	struct scan_desk d = desk(SCAN_KEYS);
	(void)state;
	assert_int_equal(scan_desk_type(&d, "412345678", 100), SCAN_HELD);
	assert_int_equal(scan_due(&d.scan), d.now + SCAN_GAP_MS + 1);
	assert_int_equal(scan_desk_key(&d, '\r', 100), SCAN_PASS);
	assert_gone(&d, "412345678\r");
	assert_int_equal(d.scans, 0);
}

static void movement_is_never_held(void **state)
{
	struct scan_desk d = desk(SCAN_KEYS);
	(void)state;
	for (int i = 0; i < 30; i++) {
		scan_desk_key(&d, 'j', 30);
		assert_int_equal(d.n_gone, i + 1);
	}
	assert_int_equal(scan_desk_key(&d, '\r', 30), SCAN_HASTY);
	for (int64_t gap = 0; gap < 200; gap += 30) {
		scan_desk_init(&d, SCAN_KEYS, NULL);
		for (size_t i = 0; i < 12; i++) {
			scan_desk_key(&d, (uint32_t)"jkkGghlljkhj"[i], gap);
			assert_int_equal(d.n_gone, i + 1);
		}
		scan_desk_settle(&d);
		assert_int_equal(d.scans + d.broken, 0);
	}
}

static void movement_in_front_of_a_scan_is_told(void **state)
{
	struct scan_desk d = desk(SCAN_KEYS);
	(void)state;
	assert_int_equal(scan_desk_type(&d, "jj412345678\r", 0), SCAN_DONE);
	assert_int_equal(d.moves, 2);
	assert_gone(&d, "jj");
}

static void a_cut_scan_is_one(void **state)
{
	static const char *const parts[][4] = {
		{ "4", "12345678\r" }, { "41", "2345678\r" }, { "412345678", "\r" }, { "412", "345", "678\r" },
		{ "K", "Z-12345678\r" }, { "KZ", "-12345678\r" }, { "KZ-", "1", "2345678", "\r" },
		{ "J", "123-45678\r" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		struct scan_desk d = desk(SCAN_KEYS);
		char whole[64];
		size_t len = 0;
		for (size_t j = 0; j < 4 && parts[i][j] != NULL; j++) {
			scan_desk_wait(&d, j > 0 ? 300 : 0);
			scan_desk_type(&d, parts[i][j], 2);
			len += (size_t)snprintf(whole + len, sizeof(whole) - len, "%s", parts[i][j]);
		}
		whole[strcspn(whole, "\r")] = '\0';
		assert_int_equal(d.scans, 1);
		assert_true(scan_desk_read(&d, whole));
		assert_int_equal(d.command, 0);
	}
}

static void letters_without_an_end_are_no_keys(void **state)
{
	struct scan_desk d = desk(SCAN_KEYS);
	(void)state;
	scan_desk_type(&d, "axc12", 2);
	scan_desk_settle(&d);
	assert_int_equal(d.broken, 1);
	assert_int_equal(d.n_gone, 0);
	/* The rest comes much later. */
	scan_desk_init(&d, SCAN_KEYS, NULL);
	scan_desk_type(&d, "axc12", 2);
	scan_desk_wait(&d, 600);
	assert_int_equal(scan_desk_type(&d, "xu\r", 2), SCAN_BROKEN);
	assert_int_equal(d.n_gone, 0);
}

static void digits_and_text_without_an_end_are_let_go(void **state)
{
	struct scan_desk d = desk(SCAN_KEYS);
	(void)state;
	scan_desk_type(&d, "41234", 2);
	scan_desk_settle(&d);
	assert_gone(&d, "41234");
	d = desk(SCAN_TEXT);
	scan_desk_type(&d, "axc12", 2);
	scan_desk_settle(&d);
	assert_gone(&d, "axc12");
	assert_int_equal(d.broken, 0);
}

static void short_bursts_are_keys_whose_end_confirms_nothing(void **state)
{
	struct scan_desk d = desk(SCAN_KEYS);
	(void)state;
	assert_int_equal(scan_desk_type(&d, "a\r", 0), SCAN_HASTY);
	assert_gone(&d, "a\r");
	d = desk(SCAN_KEYS);
	assert_int_equal(scan_desk_type(&d, "12345\r", 0), SCAN_HASTY);
	assert_gone(&d, "12345\r");
	d = desk(SCAN_TEXT);
	assert_int_equal(scan_desk_type(&d, "12345678\r", 0), SCAN_HASTY);
	assert_gone(&d, "12345678\r");
}

/* What was left of a scan in a field, and its end long after. */
static void an_end_that_comes_late_confirms_nothing(void **state)
{
	struct scan_desk d = desk(SCAN_TEXT);
	(void)state;
	scan_desk_type(&d, "4123", 2);
	scan_desk_wait(&d, SCAN_JOIN_MS + 300);
	assert_gone(&d, "4123");
	assert_int_equal(scan_desk_key(&d, '\r', 0), SCAN_HASTY);
	scan_desk_wait(&d, SCAN_WARY_MS);
	assert_int_equal(scan_desk_key(&d, '\r', 0), SCAN_PASS);
}

/* The first letter was a command: without it the rest is another code. */
static void a_scan_whose_first_key_is_forgotten_is_none(void **state)
{
	struct scan_desk d = desk(SCAN_KEYS);
	(void)state;
	scan_desk_type(&d, "x", 0);
	scan_desk_wait(&d, 300);
	assert_int_equal(scan_desk_type(&d, "412345678\r", 2), SCAN_BROKEN);
	/* But a person's key, and another one after it, are none of its own. */
	scan_desk_init(&d, SCAN_KEYS, NULL);
	scan_desk_type(&d, "x", 0);
	scan_desk_wait(&d, 60);
	scan_desk_key(&d, 27, 0);
	assert_int_equal(scan_desk_type(&d, "412345678\r", 2), SCAN_DONE);
}

static void text_is_not_eaten(void **state)
{
	struct scan_desk d = desk(SCAN_TEXT);
	(void)state;
	assert_int_equal(scan_desk_type(&d, "KZ-412345678\r", 1), SCAN_HASTY);
	assert_gone(&d, "KZ-412345678\r");
	assert_int_equal(d.scans, 0);
}

static void what_is_too_long_is_a_scan_that_says_so(void **state)
{
	struct scan_desk d = desk(SCAN_KEYS);
	(void)state;
	for (int i = 0; i < BARCODE_MAX + 50; i++)
		scan_desk_key(&d, (uint32_t)('a' + i % 20), 1);
	assert_int_equal(scan_desk_key(&d, '\r', 1), SCAN_DONE);
	assert_true(d.scan.too_long);
	assert_int_equal(d.n_gone, 0);
	d = desk(SCAN_TEXT);
	for (int i = 0; i < BARCODE_MAX + 50; i++)
		scan_desk_key(&d, (uint32_t)('a' + i % 20), 1);
	scan_desk_settle(&d);
	assert_int_equal(d.n_gone, BARCODE_MAX + 50);
}

static void a_prefix_needs_no_timing(void **state)
{
	struct scan_rules rules = { .suffix = SCAN_ENTER };
	struct scan_desk d;
	(void)state;
	assert_true(scan_prefix(&rules, "\\x02"));
	for (int place = SCAN_KEYS; place <= SCAN_SHOWN; place++) {
		scan_desk_init(&d, (enum scan_place)place, &rules);
		assert_int_equal(scan_desk_type(&d, "\x02" "ax\t1\r", 500), SCAN_DONE);
		assert_true(scan_desk_read(&d, "ax1"));
		assert_int_equal(d.n_gone, 0);
		/* After a key that was still held. */
		assert_int_equal(scan_desk_type(&d, "x\x02" "ab\r", 0), SCAN_DONE);
		assert_true(scan_desk_read(&d, "ab"));
		assert_gone(&d, "x");
		/* And without an end. */
		scan_desk_type(&d, "\x02" "ab", 0);
		scan_desk_settle(&d);
		assert_int_equal(d.broken, 1);
		assert_gone(&d, "x");
	}
}

static void a_prefix_is_known_by_its_place(void **state)
{
	struct scan_rules rules = { .suffix = SCAN_ENTER_OR_TAB };
	struct scan_desk d;
	(void)state;
	assert_true(scan_prefix(&rules, "~~"));
	scan_desk_init(&d, SCAN_TEXT, &rules);
	assert_int_equal(scan_desk_type(&d, "ЁЁФ1\r", 5), SCAN_DONE);
	assert_true(scan_desk_read(&d, "A1"));
	scan_desk_init(&d, SCAN_TEXT, &rules);
	assert_int_equal(scan_desk_type(&d, "~a1\r", 5), SCAN_HASTY);
	assert_gone(&d, "~a1\r");
}

static void prefixes_that_people_type_are_refused(void **state)
{
	static const char *const wrong[] = {
		"", "a", "4", "ф", " ", "\\x1b", "\\x03", "\\x0d", "\\x", "\\x8", "\\xff", "~23456789", "~\\x09",
	};
	struct scan_rules rules = { .n_prefix = 0 };
	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_false(scan_prefix(&rules, wrong[i]));
	assert_true(scan_prefix(&rules, "\\\\Zz"));
	assert_int_equal(rules.n_prefix, 3);
	assert_int_equal(rules.prefix[0], '\\');
	assert_true(scan_prefix(&rules, "\x02"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_burst_with_an_end_is_a_scan),
		cmocka_unit_test(both_ends_are_one),
		cmocka_unit_test(keys_of_a_person_are_keys),
		cmocka_unit_test(movement_is_never_held),
		cmocka_unit_test(movement_in_front_of_a_scan_is_told),
		cmocka_unit_test(a_cut_scan_is_one),
		cmocka_unit_test(letters_without_an_end_are_no_keys),
		cmocka_unit_test(digits_and_text_without_an_end_are_let_go),
		cmocka_unit_test(short_bursts_are_keys_whose_end_confirms_nothing),
		cmocka_unit_test(an_end_that_comes_late_confirms_nothing),
		cmocka_unit_test(a_scan_whose_first_key_is_forgotten_is_none),
		cmocka_unit_test(text_is_not_eaten),
		cmocka_unit_test(what_is_too_long_is_a_scan_that_says_so),
		cmocka_unit_test(a_prefix_needs_no_timing),
		cmocka_unit_test(a_prefix_is_known_by_its_place),
		cmocka_unit_test(prefixes_that_people_type_are_refused),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
