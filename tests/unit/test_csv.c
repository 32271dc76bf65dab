#include "base/csv.h"

#include "tests/unit/unit.h"

static struct buf out = BUF_INIT(BUF_MAX_LINE);

static int reset(void **state)
{
	(void)state;
	buf_clear(&out);
	return 0;
}

static void the_mark_comes_first_and_rows_end_as_they_should(void **state)
{
	struct csv_writer w = CSV_WRITER(&out);

	(void)state;
	csv_begin(&w);
	csv_put_text(&w, "name");
	csv_put_text(&w, "n");
	csv_end_row(&w);
	csv_put_text(&w, "Көйлек");
	csv_put_int(&w, -7);
	csv_end_row(&w);
	csv_put_nothing(&w);
	csv_put_nothing(&w);
	csv_end_row(&w);
	assert_string_equal(buf_str(&out), "\xef\xbb\xbfname,n\r\nКөйлек,-7\r\n,\r\n");
}

static void cells_are_quoted_and_made_harmless(void **state)
{
	static const struct {
		const char *text, *cell;
	} cases[] = {
		{ "", "" },
		{ "plain", "plain" },
		{ "a,b", "\"a,b\"" },
		{ "a;b", "\"a;b\"" },
		{ "15\" screen", "\"15\"\" screen\"" },
		{ "two\nlines", "\"two\nlines\"" },
		{ " blanks ", "\" blanks \"" },
		{ "1-2", "1-2" },
		{ "a=b", "a=b" },
		{ "=1+1", "'=1+1" },
		{ "=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0" },
		{ "=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"" },
		{ "+7 701", "'+7 701" },
		{ "-5", "'-5" },
		{ "@SUM(A1)", "'@SUM(A1)" },
		{ "\tx", "\"'\tx\"" },
		{ "\r=1", "\"'\r=1\"" },
		{ "\n=1", "\"'\n=1\"" },
		{ "＝1＋1", "'＝1＋1" },
		{ "＠x", "'＠x" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct csv_writer w = CSV_WRITER(&out);

		buf_reset(&out);
		csv_put_text(&w, cases[i].text);
		assert_string_equal(buf_str(&out), cases[i].cell);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(the_mark_comes_first_and_rows_end_as_they_should, reset),
		cmocka_unit_test_teardown(cells_are_quoted_and_made_harmless, reset),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
