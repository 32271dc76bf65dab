#include "base/base64.h"

#include <string.h>

#include "tests/unit/unit.h"

/* RFC 4648, section 10. */
static void the_examples_of_the_rfc(void **state)
{
	static const char *const pairs[][2] = {
		{ "", "" }, { "f", "Zg==" }, { "fo", "Zm8=" }, { "foo", "Zm9v" }, { "foob", "Zm9vYg==" },
		{ "fooba", "Zm9vYmE=" }, { "foobar", "Zm9vYmFy" }, { "\xff\xfe", "//4=" }, { "\xfb\xf0", "+/A=" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		struct buf out = BUF_INIT(BUF_MAX_LINE);

		assert_true(buf_adds(&out, "x"));
		assert_true(base64_add(&out, pairs[i][0], strlen(pairs[i][0])));
		assert_string_equal(buf_str(&out) + 1, pairs[i][1]);
		buf_clear(&out);
	}
}

static void what_does_not_fit_is_left_out(void **state)
{
	struct buf out = BUF_INIT(7);

	(void)state;
	assert_false(base64_add(&out, "foobar", 6));
	assert_string_equal(buf_str(&out), "");
	assert_false(base64_add(&out, "foobarfoobar", 12));
	buf_clear(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_examples_of_the_rfc),
		cmocka_unit_test(what_does_not_fit_is_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
