#include "tui/widget/lineedit.h"

#include <locale.h>
#include <string.h>

#include "base/text.h"
#include "tests/unit/unit.h"
#include "tui/term/key.h"

static void type(struct lineedit *e, const char *text)
{
	size_t len;
	unsigned long c;
	for (; (c = text_decode(text, &len)) != 0; text += len)
		lineedit_key(e, (uint32_t)c, NULL);
}

static void letters_are_inserted_at_the_cursor(void **state)
{
	struct lineedit e;
	(void)state;
	lineedit_init(&e, 0);
	type(&e, "Ағым");
	lineedit_key(&e, KEY_LEFT_, NULL);
	lineedit_key(&e, KEY_LEFT_, NULL);
	type(&e, "қ1");
	assert_string_equal(e.text, "Ағқ1ым");
	lineedit_key(&e, KEY_HOME_, NULL);
	type(&e, "№");
	assert_string_equal(e.text, "№Ағқ1ым");
}

static void a_letter_goes_with_its_marks(void **state)
{
	struct lineedit e;
	(void)state;
	lineedit_init(&e, 0);
	lineedit_set(&e, "аи\u0306б");
	lineedit_key(&e, KEY_LEFT_, NULL);
	assert_int_equal(e.cursor, strlen("аи\u0306"));
	lineedit_key(&e, KEY_RUBOUT_, NULL);
	assert_string_equal(e.text, "аб");
	lineedit_key(&e, KEY_HOME_, NULL);
	lineedit_key(&e, KEY_DELETE_, NULL);
	assert_string_equal(e.text, "б");
}

static void it_takes_so_many_characters_and_no_more(void **state)
{
	struct lineedit e;
	(void)state;
	lineedit_init(&e, 3);
	type(&e, "қайта");
	assert_string_equal(e.text, "қай");
	assert_false(lineedit_insert(&e, 'x'));
	lineedit_set(&e, "сақтау");
	assert_string_equal(e.text, "сақ");
}

static void a_thousand_characters_of_any_script_fit(void **state)
{
	static struct lineedit e;
	(void)state;
	lineedit_init(&e, 1000);
	for (int i = 0; i < 1100; i++)
		lineedit_insert(&e, 0x4e2d);
	assert_int_equal(text_chars(e.text), 1000);
}

static void control_keys_are_no_text(void **state)
{
	struct lineedit e;
	(void)state;
	lineedit_init(&e, 0);
	assert_false(lineedit_key(&e, KEY_ESC_, NULL));
	assert_false(lineedit_key(&e, KEY_F0_ + 2, NULL));
	assert_false(lineedit_key(&e, KEY_UP_, NULL));
	assert_int_equal(e.len, 0);
}

static void a_word_is_rubbed_out(void **state)
{
	struct lineedit e;
	(void)state;
	lineedit_init(&e, 0);
	lineedit_set(&e, "раз два ");
	lineedit_key(&e, KEY_CONTROL_('W'), NULL);
	assert_string_equal(e.text, "раз ");
	lineedit_key(&e, KEY_CONTROL_('U'), NULL);
	assert_string_equal(e.text, "");
}

static void clearing_leaves_nothing_of_a_secret(void **state)
{
	static const char nothing[LINEEDIT_MAX];
	struct lineedit e;
	(void)state;
	lineedit_init(&e, 8);
	type(&e, "12345678");
	lineedit_rubout(&e);
	lineedit_clear(&e);
	assert_memory_equal(e.text, nothing, sizeof(nothing));
}

static void a_narrow_field_shows_the_cursor(void **state)
{
	struct lineedit e;
	int cursor;
	(void)state;
	lineedit_init(&e, 0);
	lineedit_set(&e, "0123456789");
	assert_int_equal(lineedit_view(&e, 5, &cursor), 6);
	assert_int_equal(cursor, 4);
	lineedit_key(&e, KEY_HOME_, NULL);
	assert_int_equal(lineedit_view(&e, 5, &cursor), 0);
	assert_int_equal(cursor, 0);
	lineedit_key(&e, KEY_END_, NULL);
	assert_int_equal(lineedit_view(&e, 20, &cursor), 0);
	assert_int_equal(cursor, 10);
}

static void a_proposal_is_replaced_by_what_is_typed(void **state)
{
	struct lineedit e;

	(void)state;
	lineedit_init(&e, 2);
	lineedit_suggest(&e, "1");
	lineedit_key(&e, '3', NULL);
	assert_string_equal(e.text, "3");
	lineedit_suggest(&e, "1");
	lineedit_key(&e, KEY_END_, NULL);
	lineedit_key(&e, '3', NULL);
	assert_string_equal(e.text, "13");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_are_inserted_at_the_cursor),
		cmocka_unit_test(a_letter_goes_with_its_marks),
		cmocka_unit_test(it_takes_so_many_characters_and_no_more),
		cmocka_unit_test(a_thousand_characters_of_any_script_fit),
		cmocka_unit_test(control_keys_are_no_text),
		cmocka_unit_test(a_word_is_rubbed_out),
		cmocka_unit_test(clearing_leaves_nothing_of_a_secret),
		cmocka_unit_test(a_narrow_field_shows_the_cursor),
		cmocka_unit_test(a_proposal_is_replaced_by_what_is_typed),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
