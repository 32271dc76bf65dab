/* Keys, layouts and the table of commands. */
#include <string.h>

#include "base/text.h"
#include "desk/desk.h"
#include "tests/unit/unit.h"
#include "tui/command/command.h"
#include "tui/frame.h"
#include "base/layout.h"
#include "tui/term/key.h"

/* The same keys pressed under each layout: qwertyuiop asdfghjkl zxcvbnm. */
static void letters_are_known_by_their_place(void **state)
{
	static const char latin[] = "qwertyuiopasdfghjklzxcvbnm";
	static const char *const russian[] = {
		"йцукенгшщзфывапролдячсмить", "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ",
	};
	(void)state;
	for (int upper = 0; upper < 2; upper++) {
		const char *typed = russian[upper];
		size_t len;
		for (size_t i = 0; latin[i] != '\0'; i++, typed += len) {
			uint32_t key = (uint32_t)text_decode(typed, &len);
			uint32_t want = (uint32_t)(upper ? latin[i] - 'a' + 'A' : latin[i]);
			assert_int_equal(layout_latin(key), want);
		}
	}
}

static void latin_keys_stay(void **state)
{
	(void)state;
	for (uint32_t key = 1; key < 0x80; key++)
		assert_int_equal(layout_latin(key), key);
	assert_int_equal(layout_latin(KEY_F0_ + 3), KEY_F0_ + 3);
}

static void the_kazakh_number_row_types_digits(void **state)
{
	const char *typed = "\"әіңғ,.үұқ";
	size_t len;
	(void)state;
	for (const char *digit = "1234567890"; *digit != '\0'; digit++, typed += len)
		assert_int_equal(layout_digit((uint32_t)text_decode(typed, &len)), *digit);
	for (uint32_t key = '0'; key <= '9'; key++)
		assert_int_equal(layout_digit(key), key);
	assert_int_equal(layout_digit('a'), 0);
	assert_int_equal(layout_digit(0x0444), 0);
}

static void every_command_has_keys_and_no_two_the_same(void **state)
{
	(void)state;
	for (int i = COMMAND_NONE + 1; i < COMMANDS; i++) {
		const char *s = keymap_keys(NULL, (enum command)i);
		assert_true(*s != '\0');
		while (*s != '\0') {
			size_t len = strcspn(s, " ");
			uint32_t key = keyname_parse(s, len);
			assert_int_not_equal(key, 0);
			assert_int_equal(command_of_key(key), i);
			s += len + strspn(s + len, " ");
		}
	}
}

static void no_command_takes_a_key_of_the_number_row(void **state)
{
	(void)state;
	for (uint32_t key = 1; key < 0x500; key++) {
		if (layout_digit(key) != 0)
			assert_int_equal(command_of_key(key), COMMAND_NONE);
	}
}

static void the_same_key_types_something_else_under_another_layout(void **state)
{
	(void)state;
	assert_int_equal(layout_retyped(LAYOUT_US, LAYOUT_RU, 'g'), 0x043f);	/* п */
	assert_int_equal(layout_retyped(LAYOUT_US, LAYOUT_RU, 'G'), 0x041f);
	assert_int_equal(layout_retyped(LAYOUT_RU, LAYOUT_US, 0x043f), 'g');
	assert_int_equal(layout_retyped(LAYOUT_US, LAYOUT_KZ, '1'), '"');
	assert_int_equal(layout_retyped(LAYOUT_US, LAYOUT_KZ, '2'), 0x04d9);	/* ә */
	assert_int_equal(layout_retyped(LAYOUT_US, LAYOUT_RU, ' '), ' ');
	assert_int_equal(layout_retyped(LAYOUT_US, LAYOUT_RU, 0x20b8), 0x20b8);	/* no key types it */
}

static void commands_work_under_a_russian_layout(void **state)
{
	(void)state;
	assert_int_equal(command_of_key(0x0444), COMMAND_ACCEPT);	/* ф: a */
	assert_int_equal(command_of_key(0x0447), COMMAND_CANCEL);	/* ч: x */
	assert_int_equal(command_of_key(0x041f), COMMAND_END);		/* П: G */
	assert_int_equal(command_of_key(0x043f), COMMAND_HOME);		/* п: g */
}

static void actions_are_those_of_the_marketplace(void **state)
{
	const struct provider *p = desk_provider("kaspi");
	(void)state;
	assert_non_null(p);
	assert_non_null(command_action(COMMAND_ACCEPT, p));
	assert_null(command_action(COMMAND_HELP, p));
	for (int i = COMMAND_NONE + 1; i < COMMANDS; i++) {
		assert_true(command_exists((enum command)i, p));
		assert_true(*command_help((enum command)i, p) != '\0');
	}
}

static bool inside(const struct area *a, int rows, int cols)
{
	return a->row >= 0 && a->col >= 0 && a->rows > 0 && a->cols > 0 &&
		a->row + a->rows <= rows && a->col + a->cols <= cols;
}

static void every_size_has_a_frame_that_fits(void **state)
{
	struct frame f;
	(void)state;
	for (int rows = 1; rows < 80; rows++) {
		for (int cols = 1; cols < 250; cols++) {
			frame_make(&f, rows, cols);
			assert_int_equal(f.too_small, rows < FRAME_MIN_ROWS || cols < FRAME_MIN_COLS);
			if (f.too_small)
				continue;
			assert_true(inside(&f.queues, rows, cols));
			assert_true(inside(&f.orders, rows, cols));
			assert_true(inside(&f.details, rows, cols));
			assert_true(f.orders.col >= f.queues.cols);
			assert_int_equal(f.hints.rows, rows >= FRAME_HINT_ROWS);
			assert_int_equal(f.status.row + 1 + f.hints.rows, f.bar.row);
			assert_int_equal(f.body.row + f.body.rows, f.status.row);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_are_known_by_their_place),
		cmocka_unit_test(latin_keys_stay),
		cmocka_unit_test(the_kazakh_number_row_types_digits),
		cmocka_unit_test(every_command_has_keys_and_no_two_the_same),
		cmocka_unit_test(no_command_takes_a_key_of_the_number_row),
		cmocka_unit_test(the_same_key_types_something_else_under_another_layout),
		cmocka_unit_test(commands_work_under_a_russian_layout),
		cmocka_unit_test(actions_are_those_of_the_marketplace),
		cmocka_unit_test(every_size_has_a_frame_that_fits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
