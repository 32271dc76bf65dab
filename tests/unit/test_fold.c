#include "base/text.h"

#include <string.h>

#include "base/buf.h"
#include "tests/unit/unit.h"

static void expect_fold(const char *text, const char *folded)
{
	struct buf b = BUF_INIT(BUF_MAX_LINE), again = BUF_INIT(BUF_MAX_LINE);

	assert_true(text_fold(&b, text));
	assert_string_equal(buf_str(&b), folded);
	assert_true(text_fold(&again, buf_str(&b)));
	assert_string_equal(buf_str(&again), folded);
	buf_clear(&b);
	buf_clear(&again);
}

static void expect_latin(const char *text, const char *folded)
{
	struct buf b = BUF_INIT(BUF_MAX_LINE), again = BUF_INIT(BUF_MAX_LINE);

	assert_true(text_fold_latin(&b, text));
	assert_string_equal(buf_str(&b), folded);
	assert_true(text_fold_latin(&again, buf_str(&b)));
	assert_string_equal(buf_str(&again), folded);
	buf_clear(&b);
	buf_clear(&again);
}

/* As the store does: both forms of the text, both forms of the words. */
static void expect_found(const char *words, const char *text)
{
	struct buf hay = BUF_INIT(BUF_MAX_LINE), plain = BUF_INIT(BUF_MAX_LINE);
	struct buf latin = BUF_INIT(BUF_MAX_LINE);

	text_fold(&hay, text);
	buf_addc(&hay, ' ');
	text_fold_latin(&hay, text);
	text_fold(&plain, words);
	text_fold_latin(&latin, words);
	if (!strstr(buf_str(&hay), buf_str(&plain)) && !strstr(buf_str(&hay), buf_str(&latin)))
		fail_msg("%s does not find %s (%s)", words, text, buf_str(&hay));
	buf_clear(&hay);
	buf_clear(&plain);
	buf_clear(&latin);
}

static void case_and_kazakh_letters_do_not_matter(void **state)
{
	(void)state;
	expect_fold("Жұмабай", "жумабай");
	expect_fold("Ғалым", "галым");
	expect_fold("Ёлкин", "елкин");
	expect_fold("ӘҒҚҢӨҰҮҺІ", "агкноуухи");
	expect_fold("әғқңөұүһі", "агкноуухи");
	expect_fold("АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ", "абвгдежзийклмнопрстуфхцчшщъыьэюя");
	expect_fold("Kaspi GOLD 7", "kaspi gold 7");
	expect_fold("Ґудзь Єва Їжак", "гудзь ева ижак");
}

static void what_is_no_letter_is_one_space_between_words(void **state)
{
	(void)state;
	expect_fold("", "");
	expect_fold(" - ", "");
	expect_fold("  a, b;\tc  ", "a b c");
	expect_fold("+7 (701) 123-45-67", "7 701 123 45 67");
	expect_fold("«Заря»—№5₸", "заря 5");
	expect_fold("а🙂б", "а б");
}

static void accents_and_compositions_do_not_matter(void **state)
{
	(void)state;
	expect_fold("Café", "cafe");
	expect_fold("Cafe\u0301", "cafe");
	expect_fold("Ǵalym Qańtar Jumabaı", "galym qantar jumabai");
	expect_fold("Е\u0308лкин", "елкин");
	expect_fold("Йод И\u0306од", "йод йод");
	expect_fold("за\u0301мок", "замок");
	expect_fold("ﬁ ß １２", "fi ss 12");
	expect_fold("İI", "ii");
	expect_fold("ΑΒΓ", "αβγ");
	expect_fold("٣", "3");
}

static void every_letter_has_its_transliteration(void **state)
{
	(void)state;
	expect_latin("абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
		"abvgdeezhziyklmnoprstufkhtschshshchyeyuya");
	expect_latin("ӘҒҚҢӨҰҮҺІ әғқңөұүһі", "agknouuhi agknouuhi");
	expect_latin("Жұмабай Ғалым", "zhumabay galym");
	expect_latin("Jumabay Qanat", "zhumabay kanat");
	expect_latin("объезд №5", "obezd 5");
	expect_latin("日本", "日本");
}

static void people_find_names_as_they_type_them(void **state)
{
	(void)state;
	expect_found("жумабай", "Жұмабай Ғалым");
	expect_found("ЖҰМАБАЙ", "Жұмабай Ғалым");
	expect_found("galym", "Жұмабай Ғалым");
	expect_found("zhumabay", "Жұмабай Ғалым");
	expect_found("jumabay", "Жұмабай Ғалым");
	expect_found("галым", "Жұмабай Ғалым");
	expect_found("елкин", "Ёлкин");
	expect_found("ёлкин", "Елкин");
	expect_found("qanat", "Қанат");
	expect_found("қанат", "Канат");
	expect_found("jacobs", "Кофе Jacobs");
	expect_found("ахмет", "Аһмет");
}

static void long_texts_fold_whole(void **state)
{
	struct buf text = BUF_INIT(BUF_MAX_LINE), out = BUF_INIT(BUF_MAX_LINE);

	(void)state;
	for (int i = 0; i < 5000; i++)
		buf_adds(&text, "Щ ");
	assert_true(text_fold_latin(&out, buf_str(&text)));
	assert_int_equal(out.len, 5000 * 5 - 1);
	for (size_t i = 0; i < out.len; i++)
		assert_int_equal(buf_str(&out)[i], "shch "[i % 5]);
	buf_clear(&text);
	buf_clear(&out);
}

static void a_full_buffer_stays_as_it_was(void **state)
{
	struct buf out = BUF_INIT(600);
	char text[700];

	(void)state;
	memset(text, 'a', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	buf_adds(&out, "before");
	assert_false(text_fold(&out, text));
	assert_true(out.full);
	assert_string_equal(buf_str(&out), "before");
	buf_clear(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(case_and_kazakh_letters_do_not_matter),
		cmocka_unit_test(what_is_no_letter_is_one_space_between_words),
		cmocka_unit_test(accents_and_compositions_do_not_matter),
		cmocka_unit_test(every_letter_has_its_transliteration),
		cmocka_unit_test(people_find_names_as_they_type_them),
		cmocka_unit_test(long_texts_fold_whole),
		cmocka_unit_test(a_full_buffer_stays_as_it_was),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
