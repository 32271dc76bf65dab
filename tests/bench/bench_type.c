/* bench_type - what a key of a search costs that looks while one types.
 *
 *	bench_type [-s ROWSxCOLS] [-r ROUNDS] [-q QUERY]... PROGRAM [ARG...]
 *
 * Opens the search with /, types each query letter by letter and leaves with Esc. A key is timed from the
 * write to the last byte on the terminal, see pty.h; beside it stands what the first thread worked. Names begin with what everybody is called and end with what
 * is rare; the codes and phones are typed to their end. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "tests/bench/pty.h"
#include "tests/lib/patience.h"

#define KEYS_MAX 8192
#define QUERIES_MAX 32

static const char *queries[QUERIES_MAX] = {
	"айгерім", "жумабаев", "galym", "иван петров", "324012345", "8765", "7013456789",
	"абая 17", "zzz", "samsung",
};
static int n_queries = 10, n_own;
static int rows = 40, cols = 120, rounds = 5;

static double took_ms[KEYS_MAX], cpu_ms[KEYS_MAX], bytes_of[KEYS_MAX];
static int n_keys;
static double worst;
static char worst_key[256];

static void time_key(const char *query, size_t at, size_t len)
{
	char *key = xstrndup(query + at, len);
	double bytes, ms, cpu = pty_cpu_ms();
	int64_t from = mono_us(), to;

	pty_send(key);
	to = pty_last_byte(&bytes, from);
	free(key);
	if (!to || n_keys == KEYS_MAX)
		return;
	ms = (double)(to - from) / 1000;
	cpu_ms[n_keys] = pty_cpu_ms() - cpu;
	took_ms[n_keys] = ms;
	bytes_of[n_keys++] = bytes;
	if (ms <= worst)
		return;
	worst = ms;
	snprintf(worst_key, sizeof(worst_key), "%.*s", (int)(at + len), query);
}

static void type_query(const char *query)
{
	size_t len;

	pty_type("/");
	for (size_t at = 0; query[at]; at += len) {
		text_decode(query + at, &len);
		time_key(query, at, len);
	}
	pty_late_bytes();
	pty_type("\033");
	pty_late_bytes();
}

static void report(const char *what)
{
	printf("%-24s %5d %8.2f %8.2f %8.2f %8.2f %8.2f %8.2f %6.0f  %s\n", what, n_keys,
		share_of(took_ms, n_keys, 0), share_of(took_ms, n_keys, 0.5), share_of(took_ms, n_keys, 0.95),
		worst, share_of(cpu_ms, n_keys, 0.5), share_of(cpu_ms, n_keys, 0.95),
		share_of(bytes_of, n_keys, 0.5), worst_key);
	fflush(stdout);
}

static int usage(void)
{
	fputs("usage: bench_type [-s ROWSxCOLS] [-r ROUNDS] [-q QUERY]... PROGRAM [ARG...]\n", stderr);
	return 2;
}

int main(int argc, char **argv)
{
	static double all_ms[KEYS_MAX], all_cpu_ms[KEYS_MAX];
	int opt, n = 0;
	double bytes;

	while ((opt = getopt(argc, argv, "+s:r:q:")) != -1) {
		if (opt == '?' || (opt == 's' && sscanf(optarg, "%dx%d", &rows, &cols) != 2))
			return usage();
		if (opt == 'r')
			rounds = atoi(optarg);
		if (opt == 'q' && n_own < QUERIES_MAX)
			queries[n_own++] = optarg;
	}
	if (optind == argc)
		return usage();
	pty_launch(argv + optind, rows, cols);
	pty_last_byte(&bytes, mono_us());
	pty_late_bytes();
	printf("%-24s %5s %8s %8s %8s %8s %8s %8s %6s  %s\n", "search as you type, ms", "keys", "least", "median",
		"p95", "most", "cpu", "cpu p95", "bytes", "the slowest key ends");
	for (int q = 0; q < (n_own ? n_own : n_queries); q++) {
		n_keys = 0;
		worst = 0;
		for (int i = 0; i < rounds; i++)
			type_query(queries[q]);
		for (int i = 0; i < n_keys && n < KEYS_MAX; i++, n++) {
			all_ms[n] = took_ms[i];
			all_cpu_ms[n] = cpu_ms[i];
		}
		report(queries[q]);
	}
	pty_finish();
	memcpy(took_ms, all_ms, sizeof(all_ms));
	memcpy(cpu_ms, all_cpu_ms, sizeof(all_cpu_ms));
	n_keys = n;
	worst = share_of(took_ms, n, 1);
	snprintf(worst_key, sizeof(worst_key), "of all");
	report("all of them");
	return 0;
}
