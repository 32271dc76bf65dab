/* Runs a fuzz target without libFuzzer, as TAP: on the seeds of its corpus, on these spoiled, and on
 * bytes at random. FUZZ_RUNS says how many inputs. The inputs are the same each time, so a failure, which
 * is an abort, is found again under a debugger. */
#include "tests/fuzz/fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/path.h"

#define INPUT_MAX 4096
#define SEEDS_MAX 256

static struct buf seeds[SEEDS_MAX];
static size_t n_seeds;

static uint32_t state = 20261123;

static uint32_t dice(uint32_t sides)
{
	state = state * 1664525 + 1013904223;
	return (uint32_t)((uint64_t)state * sides >> 32);
}

/* tests/fuzz/corpus/NAME/ for fuzz_NAME; a target may have none. */
static void read_seeds(const char *program)
{
	const char *source = getenv("DUKEN_SRCDIR"), *name = strrchr(program, '/');
	char *dir = xasprintf("%s/tests/fuzz/corpus/%s", source ? source : ".",
		(name ? name + 1 : program) + strlen("fuzz_"));
	struct dirent **entries;
	int n = scandir(dir, &entries, NULL, alphasort);

	for (int i = 0; i < n; i++) {
		char *path = path_join(dir, entries[i]->d_name);
		struct buf b = BUF_INIT(INPUT_MAX);

		if (entries[i]->d_name[0] != '.' && n_seeds < SEEDS_MAX && file_read(path, &b, NULL))
			seeds[n_seeds++] = b;
		else
			buf_clear(&b);
		free(path);
		free(entries[i]);
	}
	if (n >= 0)
		free(entries);
	free(dir);
}

/* Pieces that bytes at random hardly ever form. */
static size_t piece(uint8_t *out)
{
	static const char pieces[][5] = {
		"\xd0\xb0", "\xd2\x92", "\xe2\x80\xae", "\xe2\x80\x8b", "\xcc\x81", "\xf0\x9f\x98\x80", "\r\n",
		"\x1b[", "\xc2\x9b", "\xe2\x80\xa8", "\xef\xbf\xbf", "\xf3\xa0\x81\x81", "{\"", "\":", "[", "]}",
		"\\u", "1e9", "-0", "null",
	};
	const char *p = pieces[dice(sizeof(pieces) / sizeof(pieces[0]))];

	memcpy(out, p, strnlen(p, 4));
	return strnlen(p, 4);
}

static size_t random_input(uint8_t *out)
{
	size_t want = dice(200), len = 0;

	while (len < want) {
		if (dice(2))
			len += piece(out + len);
		else
			out[len++] = (uint8_t)dice(256);
	}
	return len;
}

static size_t spoiled_seed(uint8_t *out, const struct buf *seed)
{
	size_t len = seed->len;

	if (!len)
		return 0;
	memcpy(out, seed->data, len);
	for (uint32_t changes = dice(4); changes-- > 0;)
		out[dice((uint32_t)len)] = (uint8_t)dice(256);
	return dice(3) ? len : dice((uint32_t)len);
}

/* The input lies in memory of its own size, so that the sanitizer sees a read beyond. */
static void run(const uint8_t *data, size_t len)
{
	uint8_t *exact = xmalloc(len);

	memcpy(exact, data, len);
	LLVMFuzzerTestOneInput(exact, len);
	free(exact);
}

int main(int argc, char **argv)
{
	const char *asked = getenv("FUZZ_RUNS");
	long runs = asked ? strtol(asked, NULL, 10) : 20000;
	uint8_t input[INPUT_MAX + 8];

	(void)argc;
	puts("1..2");
	read_seeds(argv[0]);
	for (size_t i = 0; i < n_seeds; i++)
		run((const uint8_t *)buf_str(&seeds[i]), seeds[i].len);
	printf("ok 1 - %zu seeds\n", n_seeds);
	fflush(stdout);
	for (long i = 0; i < runs; i++) {
		bool spoil = n_seeds && dice(2);

		run(input, spoil ? spoiled_seed(input, &seeds[dice((uint32_t)n_seeds)]) : random_input(input));
	}
	printf("ok 2 - %ld inputs\n", runs);
	for (size_t i = 0; i < n_seeds; i++)
		buf_clear(&seeds[i]);
	return 0;
}
