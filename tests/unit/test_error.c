#include "base/error.h"

#include <string.h>

#include "base/text.h"
#include "tests/unit/unit.h"

static void failing_is_one_line(void **state)
{
	struct error err = { .code = ERR_NONE, .retry_after_ms = 5 };

	(void)state;
	assert_false(error_set(&err, ERR_STORAGE, "cannot open %s: %s", "x", "no"));
	assert_int_equal(err.code, ERR_STORAGE);
	assert_int_equal(err.retry_after_ms, 0);
	assert_string_equal(err.text, "cannot open x: no");
	assert_false(error_set(NULL, ERR_STORAGE, "nobody asks"));
	assert_false(error_prefix(NULL, "nobody asks"));
}

static void a_prefix_keeps_the_code(void **state)
{
	struct error err = ERROR_INIT;

	(void)state;
	error_set(&err, ERR_TIMEOUT, "no answer");
	assert_false(error_prefix(&err, "order %d", 7));
	assert_int_equal(err.code, ERR_TIMEOUT);
	assert_string_equal(err.text, "order 7: no answer");
}

static void controls_do_not_reach_the_terminal(void **state)
{
	struct error err = ERROR_INIT;

	(void)state;
	error_set(&err, ERR_REFUSED, "%s", "a\033[31m\r\nb\x7f");
	assert_string_equal(err.text, "a [31m  b ");
	error_prefix(&err, "%s", "\a");
	assert_string_equal(err.text, " : a [31m  b ");
	error_set(&err, ERR_REFUSED, "%s", "a\xc2\x9b" "b\u202ec\u2066d\u200be\u2028");
	assert_string_equal(err.text, "a  b   c   d   e   ");
	error_set(&err, ERR_REFUSED, "%s", "Ғалым № — «₸» \xe2\x80");
	assert_string_equal(err.text, "Ғалым № — «₸» \xe2\x80");
}

/* However the end falls into a character, what stays is valid and nearly as long as can be. */
static void long_sentences_are_cut_at_a_character(void **state)
{
	char text[ERROR_TEXT_MAX * 3];
	struct error err = ERROR_INIT;

	(void)state;
	for (size_t shift = 0; shift < 8; shift++) {
		char *end = text + shift;

		memset(text, 'a', shift);
		while (end < text + (size_t)ERROR_TEXT_MAX * 2)
			end = stpcpy(end, shift & 1 ? "Ғ₸" : "🙂");
		error_set(&err, ERR_REFUSED, "%s", text);
		assert_true(text_is_utf8(err.text, strlen(err.text)));
		assert_true(strlen(err.text) >= ERROR_TEXT_MAX - 5);
		assert_memory_equal(err.text, text, strlen(err.text));
		error_prefix(&err, "Жұмабай");
		assert_true(text_is_utf8(err.text, strlen(err.text)));
	}
}

static void every_code_has_a_name_and_an_exit_status(void **state)
{
	(void)state;
	for (int code = 0; code < ERR_CODES; code++) {
		assert_true(strlen(error_code_name((enum error_code)code)) > 3);
		if (code != ERR_NONE)
			assert_in_range(error_exit_status((enum error_code)code), 1, 5);
	}
	assert_string_equal(error_code_name(ERR_UNKNOWN_OUTCOME), "UNKNOWN_OUTCOME");
	assert_int_equal(error_exit_status(ERR_NONE), 0);
	assert_int_equal(error_exit_status(ERR_REFUSED), 1);
	assert_int_equal(error_exit_status(ERR_CONFIG), 2);
	assert_int_equal(error_exit_status(ERR_OFFLINE), 3);
	assert_int_equal(error_exit_status(ERR_UNAUTHORIZED), 4);
	assert_int_equal(error_exit_status(ERR_UNKNOWN_OUTCOME), 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(failing_is_one_line),
		cmocka_unit_test(a_prefix_keeps_the_code),
		cmocka_unit_test(controls_do_not_reach_the_terminal),
		cmocka_unit_test(long_sentences_are_cut_at_a_character),
		cmocka_unit_test(every_code_has_a_name_and_an_exit_status),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
