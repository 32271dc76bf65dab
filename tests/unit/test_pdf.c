#include "base/pdf.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tests/unit/unit.h"

static enum pdf_verdict check(const char *data, size_t len, size_t piece)
{
	struct pdf_check c = PDF_CHECK_INIT;
	enum pdf_verdict verdict = PDF_GOOD;

	for (size_t at = 0; at < len && verdict == PDF_GOOD; at += piece)
		verdict = pdf_add(&c, data + at, len - at < piece ? len - at : piece);
	return verdict == PDF_GOOD ? pdf_end(&c) : verdict;
}

static void both_ends_decide(void **state)
{
	static const struct {
		const char *text;
		enum pdf_verdict verdict;
	} cases[] = {
		{ "%PDF-1.4\n...\n%%EOF\n", PDF_GOOD },
		{ "%PDF-%%EOF", PDF_GOOD },
		{ "", PDF_EMPTY },
		{ "%PDF-1.4\n...", PDF_CUT },
		{ "%PDF-1.4\n...%%EO", PDF_CUT },
		{ "%PDF", PDF_OTHER },
		{ "%pdf-1.4 %%EOF", PDF_OTHER },
		{ "<!DOCTYPE html>", PDF_WEB_PAGE },
		{ "\r\n <html>", PDF_WEB_PAGE },
		{ "\xef\xbb\xbf<html>", PDF_WEB_PAGE },
		{ "{\"errors\":[]}", PDF_OTHER },
		{ "     ", PDF_OTHER },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		for (size_t piece = 8; piece < 40; piece++)
			assert_int_equal(check(cases[i].text, strlen(cases[i].text), piece), cases[i].verdict);
	assert_int_equal(check("%PDF-1.4 %%EOF", 14, 1), PDF_GOOD);
	assert_int_equal(check("<", 1, 1), PDF_WEB_PAGE);
}

/* However it is cut into pieces, the end counts where readers look for it and nowhere else. */
static void the_end_is_near_the_end(void **state)
{
	size_t len = 5000;
	char *data = xmalloc(len);

	(void)state;
	for (size_t at = 5; at + 5 <= len; at += 7) {
		enum pdf_verdict expected = at + PDF_TAIL >= len ? PDF_GOOD : PDF_CUT;

		memset(data, ' ', len);
		memcpy(data, "%PDF-", 5);
		memcpy(data + at, "%%EOF", 5);
		assert_int_equal(check(data, len, 1 + at % 1500), expected);
	}
	free(data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_ends_decide),
		cmocka_unit_test(the_end_is_near_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
