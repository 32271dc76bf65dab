/* bench_keys - how long a program on a pseudo-terminal takes from a key to its last byte.
 *
 *	bench_keys [-s ROWSxCOLS] [-n KEYS] [-i SECONDS] [-W TEXT] NAME PROGRAM [ARG...] \
 *		[-- NAME PROGRAM [ARG...]]...
 *
 * The first program is the floor that ratios are counted against; quote ratios, machines drift. A key's
 * answer is complete when no byte came for 8 ms and the program's first thread sleeps; what is timed ends
 * with the last byte, not with that silence. Bytes that come up to 150 ms later are counted apart. -W waits
 * for a text in the byte stream of the programs after the first before it types. */
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/bench/pty.h"
#include "tests/lib/patience.h"
#include "tests/lib/proc.h"

#define STARTS 9
#define SAMPLES_MAX 4096

struct samples {
	double us[SAMPLES_MAX];
	double bytes[SAMPLES_MAX];
	double late[SAMPLES_MAX];
	int n;
};

struct target {
	const char *name;
	char **argv;
};

struct result {
	double start_ms[2];	/* least, median */
	struct {
		double us[2];
		double bytes, late;
	} key[5];
	double rss_mib, anon_mib, naps, idle_bytes;
};

static const struct {
	const char *name;
	const char *bytes;
	const char *back;	/* typed first, untimed, and again after each `round` keys */
	int round;
	bool edge;		/* begin each round at the last row of the page */
	int divide;		/* of the number of keys */
} keys[] = {
	{ "j", "j", "g", 20, false, 1 },
	{ "j, scrolling", "j", "g", 1000, true, 1 },
	{ "PgDn", "\033[6~", "g", 1000, false, 4 },
	{ "G", "G", "g", 1, false, 8 },
	{ "g", "g", "G", 1, false, 8 },
};

#define KEYS (sizeof(keys) / sizeof(keys[0]))

static int rows = 40, cols = 120, n_keys = 200, idle_s = 5;
static const char *wait_text;

static void summarise(struct samples *s, double us[2], double *bytes)
{
	us[0] = share_of(s->us, s->n, 0);
	us[1] = share_of(s->us, s->n, 0.5);
	*bytes = share_of(s->bytes, s->n, 0.5);
}

static void measure_start(const struct target *t, struct result *r)
{
	static struct samples s;
	double unused;

	s.n = 0;
	for (int i = 0; i < STARTS; i++) {
		int64_t from = mono_us(), to;

		pty_launch(t->argv, rows, cols);
		to = pty_last_byte(&s.bytes[s.n], from);
		s.us[s.n++] = (double)(to - from) / 1000;
		pty_finish();
	}
	summarise(&s, r->start_ms, &unused);
}

static void begin_round(size_t k)
{
	pty_type(keys[k].back);
	for (int i = 0; keys[k].edge && i < rows; i++)
		pty_type(keys[k].bytes);
	pty_late_bytes();
}

static void measure_key(size_t k, struct result *r)
{
	static struct samples s;

	s.n = 0;
	for (int i = 0; i < n_keys / keys[k].divide && s.n < SAMPLES_MAX; i++) {
		int64_t from, to;

		if (i % keys[k].round == 0)
			begin_round(k);
		from = mono_us();
		pty_send(keys[k].bytes);
		to = pty_last_byte(&s.bytes[s.n], from);
		s.late[s.n] = pty_late_bytes();
		if (to)
			s.us[s.n++] = (double)(to - from);
	}
	summarise(&s, r->key[k].us, &r->key[k].bytes);
	r->key[k].late = share_of(s.late, s.n, 0.5);
}

static void measure_idle(struct result *r)
{
	int64_t until = mono_ms() + idle_s * 1000;
	unsigned long naps = proc_all_naps(pty_pid());

	while (mono_ms() < until) {
		struct pollfd p = { .fd = pty_fd(), .events = POLLIN };
		ssize_t n;

		poll(&p, 1, (int)(until - mono_ms()));
		n = pty_take();
		if (n > 0)
			r->idle_bytes += (double)n;
	}
	r->naps = (double)(proc_all_naps(pty_pid()) - naps);
	r->rss_mib = (double)proc_rss_kib(pty_pid()) / 1024;
	r->anon_mib = (double)proc_anon_kib(pty_pid()) / 1024;
}

static struct result measure(const struct target *t, bool floor)
{
	struct result r = { .naps = 0 };
	double bytes;

	measure_start(t, &r);
	pty_launch(t->argv, rows, cols);
	pty_last_byte(&bytes, mono_us());
	if (!floor && wait_text)
		pty_wait_for(wait_text);
	for (size_t k = 0; k < KEYS; k++)
		measure_key(k, &r);
	measure_idle(&r);
	pty_finish();
	return r;
}

static void row(const char *what, double least, double mid, double floor, const char *unit)
{
	printf("  %-26s %10.1f %10.1f  %-6s", what, least, mid, unit);
	if (floor > 0)
		printf(" %8.2fx", least / floor);
	printf("\n");
}

static void print(const struct target *t, const struct result *r, const struct result *floor)
{
	printf("%s, %dx%d\n  %-26s %10s %10s  %-6s %9s\n", t->name, rows, cols, "", "least", "median", "",
		"to floor");
	row("start", r->start_ms[0], r->start_ms[1], floor->start_ms[0], "ms");
	for (size_t k = 0; k < KEYS; k++) {
		char name[40];

		snprintf(name, sizeof(name), "%s to last byte", keys[k].name);
		row(name, r->key[k].us[0], r->key[k].us[1], floor->key[k].us[0], "us");
		snprintf(name, sizeof(name), "%s bytes", keys[k].name);
		row(name, r->key[k].bytes, r->key[k].bytes, floor->key[k].bytes, "bytes");
		if (r->key[k].late > 0)
			row("  and a little later", r->key[k].late, r->key[k].late, 0, "bytes");
	}
	row("memory, resident", r->rss_mib, r->rss_mib, floor->rss_mib, "MiB");
	row("memory, its own", r->anon_mib, r->anon_mib, floor->anon_mib, "MiB");
	row("idle wake-ups a second", r->naps / idle_s, r->naps / idle_s, 0, "");
	row("idle bytes a second", r->idle_bytes / idle_s, r->idle_bytes / idle_s, 0, "");
	fflush(stdout);
}

static int usage(void)
{
	fputs("usage: bench_keys [-s ROWSxCOLS] [-n KEYS] [-i SECONDS] [-W TEXT] NAME PROGRAM [ARG...] "
		"[-- NAME PROGRAM [ARG...]]...\n", stderr);
	return 2;
}

int main(int argc, char **argv)
{
	struct result floor = { .naps = 0 };
	bool first = true;
	int opt, i;

	while ((opt = getopt(argc, argv, "+s:n:i:W:")) != -1) {
		if (opt == 's' && sscanf(optarg, "%dx%d", &rows, &cols) != 2)
			return usage();
		if (opt == 'n')
			n_keys = atoi(optarg);
		if (opt == 'i')
			idle_s = atoi(optarg);
		if (opt == 'W')
			wait_text = optarg;
		if (opt == '?')
			return usage();
	}
	for (i = optind; i + 1 < argc; i++) {
		struct target t = { .name = argv[i], .argv = argv + i + 1 };
		struct result r;

		while (argv[i] && strcmp(argv[i], "--") != 0)
			i++;
		argv[i] = NULL;
		r = measure(&t, first);
		if (first)
			floor = r;
		print(&t, &r, &floor);
		first = false;
	}
	return first ? usage() : 0;
}
