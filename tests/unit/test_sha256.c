#include "base/sha256.h"

#include <string.h>

#include "tests/unit/unit.h"

static void hash_of(const char *text, size_t piece, char out[SHA256_HEX_CAP])
{
	unsigned char hash[SHA256_SIZE];
	size_t len = strlen(text);
	struct sha256 h;

	sha256_start(&h);
	for (size_t i = 0; i < len; i += piece)
		sha256_add(&h, text + i, len - i < piece ? len - i : piece);
	sha256_end(&h, hash);
	sha256_hex(hash, out);
}

/* FIPS 180-2, appendix B. */
static void the_examples_of_the_standard(void **state)
{
	static const struct {
		const char *text, *hash;
	} cases[] = {
		{ "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
		{ "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
			"248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
	};
	char out[SHA256_HEX_CAP];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		for (size_t piece = 1; piece <= 64; piece++) {
			hash_of(cases[i].text, piece, out);
			assert_string_equal(out, cases[i].hash);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(the_examples_of_the_standard) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
