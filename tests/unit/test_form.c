#include "order/form.h"

#include "base/buf.h"
#include "tests/unit/unit.h"

static const struct field_choice reasons[] = {
	{ .value = "BUYER_NOT_REACHABLE", .label = "Not reachable", .option = "not-reachable" },
	{ .value = "MERCHANT_OUT_OF_STOCK", .label = "Out of stock", .option = "out-of-stock" },
	{ .value = NULL },
};

static const struct field_spec fields[] = {
	{ .name = "reason", .label = "Reason", .kind = FIELD_CHOICE, .required = true,
		.choices = reasons },
	{ .name = "comment", .label = "Comment", .kind = FIELD_TEXT, .max = 1000 },
	{ .name = "spaces", .label = "Parcels", .kind = FIELD_NUMBER, .min = 1, .max = 99 },
	{ .name = "code", .label = "Code", .kind = FIELD_CODE, .min = 4, .max = 8 },
	{ .name = NULL },
};

enum { REASON, COMMENT, SPACES, CODE };

static void accepts(int field, const char *value)
{
	struct error err = ERROR_INIT;

	if (!field_check(&fields[field], value, &err))
		fail_msg("%s", err.text);
}

static void refuses(int field, const char *value, const char *sentence)
{
	struct error err = ERROR_INIT;

	assert_false(field_check(&fields[field], value, &err));
	assert_int_equal(err.code, ERR_USAGE);
	assert_string_equal(err.text, sentence);
}

static void values_are_set_replaced_and_taken_out(void **state)
{
	struct form f = FORM_INIT, g = FORM_INIT;

	(void)state;
	assert_null(form_get(&f, "code"));
	form_set(&f, "code", "1234");
	form_set(&f, "reason", "buyer");
	form_set(&f, "code", "5678");
	assert_int_equal(f.n, 2);
	assert_string_equal(form_get(&f, "code"), "5678");
	form_set(&g, "old", "1");
	form_copy(&g, &f);
	form_set(&f, "code", NULL);
	form_set(&f, "nothing", NULL);
	assert_null(form_get(&f, "code"));
	assert_string_equal(form_get(&f, "reason"), "buyer");
	assert_string_equal(form_get(&g, "code"), "5678");
	assert_null(form_get(&g, "old"));
	form_copy(&g, &g);
	assert_int_equal(g.n, 2);
	form_clear(&f);
	form_clear(&g);
	assert_int_equal(g.n, 0);
}

static void a_choice_takes_either_word(void **state)
{
	(void)state;
	accepts(REASON, "MERCHANT_OUT_OF_STOCK");
	accepts(REASON, "out-of-stock");
	assert_string_equal(field_choice_find(&fields[REASON], "not-reachable")->value,
		"BUYER_NOT_REACHABLE");
	assert_null(field_choice_find(&fields[REASON], NULL));
	assert_null(field_choice_find(&fields[COMMENT], "out-of-stock"));
	refuses(REASON, "Out-of-stock", "\"Out-of-stock\" is not known for \"Reason\"; choose one of: "
		"not-reachable, out-of-stock.");
	refuses(REASON, NULL, "Choose a value for \"Reason\".");
	refuses(REASON, "", "Choose a value for \"Reason\".");
}

static void characters_are_counted_not_bytes(void **state)
{
	struct buf text = BUF_INIT(BUF_MAX_LINE);

	(void)state;
	accepts(COMMENT, NULL);
	accepts(COMMENT, "");
	for (int i = 0; i < 1000; i++)
		buf_adds(&text, "ә");
	accepts(COMMENT, buf_str(&text));
	buf_adds(&text, "ә");
	refuses(COMMENT, buf_str(&text),
		"\"Comment\" is 1\u00a0001 characters long; at most 1\u00a0000 are allowed.");
	buf_clear(&text);
	refuses(COMMENT, "\xff", "\"Comment\" is not valid text (UTF-8).");
}

static void numbers_are_whole_and_in_range(void **state)
{
	static const char sentence[] = "\"Parcels\" must be a whole number from 1 to 99.";
	static const char *const bad[] = { "0", "100", "-1", "1.5", "two", " 2", "2 ", "+2", "0x2",
		"99999999999999999999", "-" };

	(void)state;
	accepts(SPACES, "1");
	accepts(SPACES, "99");
	accepts(SPACES, "07");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		refuses(SPACES, bad[i], sentence);
}

static void a_code_is_digits_and_is_never_repeated(void **state)
{
	(void)state;
	accepts(CODE, "1234");
	accepts(CODE, "12345678");
	refuses(CODE, "123", "\"Code\" must have from 4 to 8 digits.");
	refuses(CODE, "123456789", "\"Code\" must have from 4 to 8 digits.");
	refuses(CODE, "12 4", "\"Code\" may hold digits only.");
	refuses(CODE, "1234\r\n", "\"Code\" may hold digits only.");
}

static void a_missing_code_has_its_own_sentence(void **state)
{
	static const struct field_spec code = { .name = "code", .label = "Code", .kind = FIELD_CODE,
		.required = true, .min = 4, .max = 4 };
	static const struct field_spec number = { .name = "n", .label = "Parcels",
		.kind = FIELD_NUMBER, .required = true };
	struct error err = ERROR_INIT;

	(void)state;
	assert_false(field_check(&code, "", &err));
	assert_string_equal(err.text, "Enter the code.");
	assert_false(field_check(&code, "12", &err));
	assert_string_equal(err.text, "\"Code\" must have 4 digits.");
	assert_false(field_check(&number, NULL, &err));
	assert_string_equal(err.text, "Enter a value for \"Parcels\".");
}

static void a_form_has_its_fields_and_no_others(void **state)
{
	struct form f = FORM_INIT;
	struct error err = ERROR_INIT;

	(void)state;
	assert_true(form_check(NULL, &f, &err));
	assert_false(form_check(fields, &f, &err));
	form_set(&f, "reason", "out-of-stock");
	assert_true(form_check(fields, &f, &err));
	form_set(&f, "colour", "red");
	assert_false(form_check(fields, &f, &err));
	assert_string_equal(err.text, "There is no field \"colour\" here.");
	assert_false(form_check(NULL, &f, NULL));
	form_clear(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_set_replaced_and_taken_out),
		cmocka_unit_test(a_choice_takes_either_word),
		cmocka_unit_test(characters_are_counted_not_bytes),
		cmocka_unit_test(numbers_are_whole_and_in_range),
		cmocka_unit_test(a_code_is_digits_and_is_never_repeated),
		cmocka_unit_test(a_missing_code_has_its_own_sentence),
		cmocka_unit_test(a_form_has_its_fields_and_no_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
