#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unistr.h>

#include "base/buf.h"
#include "tests/unit/unit.h"

#define ALL_CODE_POINTS 0x110000UL
#define REPLACEMENT "\xef\xbf\xbd"

static struct arena arena = ARENA_INIT;

static int forget(void **state)
{
	(void)state;
	arena_clear(&arena);
	return 0;
}

static const char *clean_bytes(const char *s, size_t len, size_t max, enum text_kind kind)
{
	const char *out = text_clean(&arena, s, len, max, kind);

	assert_null(u8_check((const uint8_t *)out, strlen(out)));
	assert_string_equal(text_clean(&arena, out, strlen(out), max, kind), out);
	return out;
}

static const char *line(const char *s)
{
	return clean_bytes(s, strlen(s), TEXT_MAX_FIELD, TEXT_LINE);
}

static const char *note(const char *s)
{
	return clean_bytes(s, strlen(s), TEXT_MAX_NOTE, TEXT_NOTE);
}

/* "a", the code point, "b" through cleaning, as one line. */
static const char *between(unsigned long cp)
{
	struct buf b = BUF_INIT(BUF_MAX_LINE);
	const char *out;

	buf_adds(&b, "a");
	text_encode(&b, cp);
	buf_adds(&b, "b");
	out = line(buf_str(&b));
	buf_clear(&b);
	arena_reset(&arena);
	return out;
}

static void expect_range_dropped(unsigned long first, unsigned long last)
{
	for (unsigned long cp = first; cp <= last; cp++)
		if (strcmp(between(cp), "ab") != 0)
			fail_msg("U+%04lX came through", cp);
}

static void clean_text_comes_through_unchanged(void **state)
{
	static const char *const texts[] = {
		"", " ", "Kaspi", "Айгерім Сәрсенова", "ӘҒҚҢӨҰҮҺІ әғқңөұүһі", "Ёлкин ё й Й",
		"Чайник №5 «Заря» — 12\u00a0990\u00a0₸", "+7 701 123-45-67", "{}[]~`|\\\"",
		"日本語", "한국어", "🙂", "é e\u0301", "\ue000", "\ufffd", "  two  spaces  ",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		assert_string_equal(line(texts[i]), texts[i]);
		assert_string_equal(note(texts[i]), texts[i]);
	}
}

static void every_cyrillic_letter_comes_through(void **state)
{
	char bytes[3] = "";

	(void)state;
	for (unsigned cp = 0x400; cp <= 0x52f; cp++) {
		if (cp >= 0x483 && cp <= 0x489)
			continue;
		bytes[0] = (char)(0xc0 | cp >> 6);
		bytes[1] = (char)(0x80 | (cp & 0x3f));
		assert_string_equal(line(bytes), bytes);
	}
}

static void controls_are_dropped(void **state)
{
	(void)state;
	expect_range_dropped(0x01, 0x08);
	expect_range_dropped(0x0e, 0x1f);
	expect_range_dropped(0x7f, 0x84);
	expect_range_dropped(0x86, 0x9f);
	assert_string_equal(clean_bytes("a\0b", 3, 9, TEXT_LINE), "ab");
	assert_string_equal(line("\033]0;title\007x"), "]0;titlex");
	assert_string_equal(line("\xc2\x9b" "31mx"), "31mx");
}

static void invisible_characters_are_dropped(void **state)
{
	(void)state;
	expect_range_dropped(0xad, 0xad);	/* soft hyphen */
	expect_range_dropped(0x34f, 0x34f);	/* grapheme joiner */
	expect_range_dropped(0x61c, 0x61c);	/* bidi from here */
	expect_range_dropped(0x200e, 0x200f);
	expect_range_dropped(0x202a, 0x202e);
	expect_range_dropped(0x2066, 0x206f);
	expect_range_dropped(0x180b, 0x180f);	/* zero width from here */
	expect_range_dropped(0x200b, 0x200d);
	expect_range_dropped(0x2060, 0x2064);
	expect_range_dropped(0xfeff, 0xfeff);
	expect_range_dropped(0x115f, 0x1160);	/* fillers of Hangul */
	expect_range_dropped(0x3164, 0x3164);
	expect_range_dropped(0xffa0, 0xffa0);
	expect_range_dropped(0xfe00, 0xfe0f);	/* variation selectors */
	expect_range_dropped(0xe0100, 0xe01ef);
	expect_range_dropped(0xfff9, 0xfffb);	/* interlinear annotations */
	expect_range_dropped(0xe0000, 0xe007f);	/* tags */
}

static void noncharacters_are_dropped(void **state)
{
	(void)state;
	expect_range_dropped(0xfdd0, 0xfdef);
	for (unsigned long plane = 0; plane <= 0x10; plane++)
		expect_range_dropped(plane << 16 | 0xfffe, plane << 16 | 0xffff);
}

static void unassigned_code_points_are_replaced(void **state)
{
	(void)state;
	assert_string_equal(between(0x378), "a" REPLACEMENT "b");
	assert_string_equal(between(0x5ffff - 0x10), "a" REPLACEMENT "b");
}

static void line_breaks_become_one_space(void **state)
{
	static const char *const breaks[] = {
		"\n", "\r", "\r\n", "\n\n\n", "\t", "\v", "\f", "\xc2\x85", "\u2028", "\u2029", " \n", "\n\033\n",
	};
	char text[64];

	(void)state;
	for (size_t i = 0; i < sizeof(breaks) / sizeof(breaks[0]); i++) {
		snprintf(text, sizeof(text), "a%sb", breaks[i]);
		assert_string_equal(line(text), "a b");
		snprintf(text, sizeof(text), "%sa", breaks[i] + (breaks[i][0] == ' '));
		assert_string_equal(line(text), "a");
		snprintf(text, sizeof(text), "a%s", breaks[i] + (breaks[i][0] == ' '));
		assert_string_equal(line(text), "a");
	}
}

static void notes_keep_their_lines(void **state)
{
	(void)state;
	assert_string_equal(note("a\nb"), "a\nb");
	assert_string_equal(note("a\r\nb"), "a\nb");
	assert_string_equal(note("a\rb"), "a\nb");
	assert_string_equal(note("a\r\r\nb"), "a\n\nb");
	assert_string_equal(note("a\u2028b\u2029c\xc2\x85" "d"), "a\nb\nc\nd");
	assert_string_equal(note("a\tb"), "a b");
	assert_string_equal(note("a\n\n\nb\n"), "a\n\n\nb\n");
}

/* The Unicode standard's table of sequences, and what browsers make of them. */
static void invalid_utf8_is_replaced(void **state)
{
	static const struct {
		const char *bytes, *text;
	} cases[] = {
		{ "\xff", REPLACEMENT },
		{ "\x80", REPLACEMENT },				/* lone tail */
		{ "a\xbf\xbf" "b", "a" REPLACEMENT REPLACEMENT "b" },
		{ "\xc0\xaf", REPLACEMENT REPLACEMENT },		/* overlong / */
		{ "\xe0\x80\xaf", REPLACEMENT REPLACEMENT REPLACEMENT },
		{ "\xf0\x80\x80\xaf", REPLACEMENT REPLACEMENT REPLACEMENT REPLACEMENT },
		{ "\xed\xa0\x80", REPLACEMENT REPLACEMENT REPLACEMENT },	/* surrogate */
		{ "\xf4\x90\x80\x80", REPLACEMENT REPLACEMENT REPLACEMENT REPLACEMENT },
		{ "\xf5\x80", REPLACEMENT REPLACEMENT },
		{ "a\xd0", "a" REPLACEMENT },				/* cut at the end */
		{ "a\xe2\x82", "a" REPLACEMENT },
		{ "a\xf0\x9f\x99", "a" REPLACEMENT },
		{ "\xf0\x9f\x99" "b", REPLACEMENT "b" },		/* cut in the middle */
		{ "\xd0" "b", REPLACEMENT "b" },
		{ "\xd0\xd0\xb0", REPLACEMENT "а" },
		{ "\xe2\xd0\xb0", REPLACEMENT "а" },
		{ "\xc2\x1b", REPLACEMENT },				/* the escape is still seen */
		{ "\xc0\x9b", REPLACEMENT REPLACEMENT },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(line(cases[i].bytes), cases[i].text);
}

/* Every cut of a text is clean, and reading ends where the length says. */
static void truncation_at_every_byte_is_safe(void **state)
{
	static const char text[] = "Ғa₸\u0301🙂ё\u202eé\u200bя";

	(void)state;
	for (size_t len = 0; len < sizeof(text); len++) {
		char *copy = malloc(len + 1);	/* so that the sanitizer sees a read too far */

		memcpy(copy, text, len);
		copy = realloc(copy, len ? len : 1);
		clean_bytes(copy, len, TEXT_MAX_FIELD, TEXT_LINE);
		free(copy);
	}
}

static void combining_marks_are_limited(void **state)
{
	(void)state;
	assert_string_equal(line("\u0301a"), "a");
	assert_string_equal(line("\u0301\u0301\u0301a\u0301"), "a\u0301");
	assert_string_equal(line("\n\u0301a"), "a");
	assert_string_equal(line("a\n\u0301b"), "a b");
	assert_string_equal(note("a\n\u0301b"), "a\nb");
	assert_string_equal(line("a\u0301\u0302\u0303\u0304\u0305\u0306b"), "a\u0301\u0302\u0303\u0304b");
	assert_string_equal(line("а\u0483\u0484\u0485\u0486\u0487\u0488\u0489б"),
		"а\u0483\u0484\u0485\u0486б");
	assert_string_equal(line("a\u0301\u0302\u0303\u0304b\u0301"), "a\u0301\u0302\u0303\u0304b\u0301");
	assert_string_equal(line("\u1161"), "");
}

static void texts_are_cut_at_a_number_of_characters(void **state)
{
	(void)state;
	assert_string_equal(clean_bytes("Ғалым", strlen("Ғалым"), 3, TEXT_LINE), "Ғал");
	assert_string_equal(clean_bytes("Ғалым", strlen("Ғалым"), 5, TEXT_LINE), "Ғалым");
	assert_string_equal(clean_bytes("abc", 3, 0, TEXT_LINE), "");
	assert_string_equal(clean_bytes("abc", 3, 2, TEXT_LINE), "ab");
	assert_string_equal(clean_bytes("🙂🙂🙂", 12, 2, TEXT_LINE), "🙂🙂");
	assert_string_equal(clean_bytes("\033\033\033abc", 6, 2, TEXT_LINE), "ab");
	assert_string_equal(clean_bytes("a\n\nbc", 5, 2, TEXT_LINE), "a ");
}

/* Whatever the bytes: valid, short enough, no control, and stable (clean_bytes() sees to that). */
static void random_bytes_come_out_clean(void **state)
{
	static const char nasty[16] = "\xd0\xb0\xe2\x80\xae\xcc\x81\n a\r\t\xf0\x9f\x8b";
	unsigned seed = 20261123;
	char bytes[64];

	(void)state;
	for (int run = 0; run < 100000; run++) {
		size_t len = (size_t)(run % (int)sizeof(bytes));
		const char *out;

		for (size_t i = 0; i < len; i++) {
			seed = seed * 1664525 + 1013904223;
			bytes[i] = run & 1 ? (char)(seed >> 24) : nasty[seed >> 28];
		}
		out = clean_bytes(bytes, len, 40, run & 2 ? TEXT_NOTE : TEXT_LINE);
		assert_true(text_chars(out) <= 40);
		for (const char *p = out; *p; p++)
			assert_true((unsigned char)*p >= 0x20 || (*p == '\n' && run & 2));
		arena_reset(&arena);
	}
}

static void utf8_is_told_from_other_bytes(void **state)
{
	char bytes[4];
	uint32_t n;

	(void)state;
	assert_true(text_is_utf8("", 0));
	assert_true(text_is_utf8("a\0b", 3));
	assert_true(text_is_utf8("Ғ₸🙂\u202e", strlen("Ғ₸🙂\u202e")));
	/* Every sequence of three bytes and many of four, against libunistring. */
	for (n = 0; n < 1u << 24; n += n < 1u << 23 ? 251 : 1) {
		memcpy(bytes, (uint8_t[]){ n >> 16 & 255, n >> 8 & 255, n & 255, 0x80 }, 4);
		if (text_is_utf8(bytes, 3 + (n & 1)) != !u8_check((uint8_t *)bytes, 3 + (n & 1)))
			fail_msg("%06x", n);
	}
}

static void characters_are_counted(void **state)
{
	(void)state;
	assert_int_equal(text_chars(""), 0);
	assert_int_equal(text_chars("Ғалым 🙂"), 7);
	assert_int_equal(text_prefix("Ғалым", 0), 0);
	assert_int_equal(text_prefix("Ғалым", 2), 4);
	assert_int_equal(text_prefix("Ғалым", 5), 10);
	assert_int_equal(text_prefix("Ғалым", 9), 10);
	assert_int_equal(text_prefix("a₸b", 2), 4);
}

static void every_code_point_is_written_and_read(void **state)
{
	struct buf b = BUF_INIT(BUF_MAX_LINE);
	size_t len;

	(void)state;
	for (unsigned long cp = 1; cp < ALL_CODE_POINTS; cp++) {
		bool surrogate = cp >= 0xd800 && cp <= 0xdfff;

		buf_reset(&b);
		assert_true(text_encode(&b, cp));
		assert_int_equal(text_decode(buf_str(&b), &len), surrogate ? 0xfffd : cp);
		assert_int_equal(len, b.len);
	}
	buf_reset(&b);
	text_encode(&b, ALL_CODE_POINTS);
	assert_string_equal(buf_str(&b), REPLACEMENT);
	assert_int_equal(text_decode("", &len), 0);
	assert_int_equal(len, 0);
	assert_int_equal(text_decode("\xd0", &len), 0xfffd);
	assert_int_equal(len, 1);
	buf_clear(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(clean_text_comes_through_unchanged, forget),
		cmocka_unit_test_teardown(every_cyrillic_letter_comes_through, forget),
		cmocka_unit_test_teardown(controls_are_dropped, forget),
		cmocka_unit_test_teardown(invisible_characters_are_dropped, forget),
		cmocka_unit_test_teardown(noncharacters_are_dropped, forget),
		cmocka_unit_test_teardown(unassigned_code_points_are_replaced, forget),
		cmocka_unit_test_teardown(line_breaks_become_one_space, forget),
		cmocka_unit_test_teardown(notes_keep_their_lines, forget),
		cmocka_unit_test_teardown(invalid_utf8_is_replaced, forget),
		cmocka_unit_test_teardown(truncation_at_every_byte_is_safe, forget),
		cmocka_unit_test_teardown(combining_marks_are_limited, forget),
		cmocka_unit_test_teardown(texts_are_cut_at_a_number_of_characters, forget),
		cmocka_unit_test_teardown(random_bytes_come_out_clean, forget),
		cmocka_unit_test(utf8_is_told_from_other_bytes),
		cmocka_unit_test(characters_are_counted),
		cmocka_unit_test(every_code_point_is_written_and_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
