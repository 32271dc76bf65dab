/* bench_busy - what a key costs while the worker syncs, and what the same key costs afterwards.
 *
 *	bench_busy [-s ROWSxCOLS] [-r ROUNDS] URL ORDERS
 *
 * Starts ./duken on an empty store and a server that gives so many orders to pack (page_server), as fast as
 * it can, and presses j in their list until all have come; then as often again. A key is answered when the
 * terminal's cursor stands on the order that was the next one: the list may move in the meantime, so neither
 * the number of its row nor silence says anything. A key whose next order was another one by then is counted
 * as lost. The terminal is libvterm, whose reading is part of every time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "store/reader.h"
#include "tests/bench/pty.h"
#include "tests/lib/home.h"
#include "tests/lib/patience.h"
#include "tests/screen/counter.h"

#define SAMPLES_MAX 20000
#define GIVE_UP_MS 100
#define BETWEEN_MS 10		/* between two keys */
#define PAGE_KEYS 25		/* then back to the top */
#define CODE_DIGITS 9

struct samples {
	double us[SAMPLES_MAX];
	int n, lost;
};

static struct samples busy, idle;
static int rows = 40, cols = 120, rounds = 5;
static size_t orders;

/* The number of the order so many rows under the cursor; "" when none is there. */
static void code_at(struct screen *s, int below, char code[CODE_DIGITS + 1])
{
	const char *line = screen_line(s, screen_cursor_row(s) + below);

	code[0] = '\0';
	for (; *line; line++)
		if (strspn(line, "0123456789") == CODE_DIGITS) {
			memcpy(code, line, CODE_DIGITS);
			code[CODE_DIGITS] = '\0';
			return;
		}
}

/* Takes in whatever comes in that time. */
static void pass_time(struct screen *s, int ms)
{
	int64_t until = mono_ms() + ms;

	while (mono_ms() < until)
		screen_pump(s, (int)(until - mono_ms()));
}

static void time_key(struct screen *s, struct samples *to)
{
	char next[CODE_DIGITS + 1], now[CODE_DIGITS + 1];
	int64_t from, deadline;

	code_at(s, 1, next);
	from = mono_us();
	deadline = mono_ms() + GIVE_UP_MS;
	screen_send(s, "j", 1);
	do {
		screen_pump(s, GIVE_UP_MS);
		code_at(s, 0, now);
	} while (strcmp(next, now) != 0 && mono_ms() < deadline);
	if (strcmp(next, now) != 0)
		to->lost++;
	else if (to->n < SAMPLES_MAX)
		to->us[to->n++] = (double)(mono_us() - from);
	pass_time(s, BETWEEN_MS);
}

static void press(struct screen *s, struct samples *to, int i)
{
	if (i % PAGE_KEYS == 0) {
		screen_send(s, "g", 1);
		pass_time(s, 5 * BETWEEN_MS);
	}
	time_key(s, to);
}

static void run_round(struct home *home)
{
	char *duken = built_path("duken"), *dir = home_path(home, "state/duken/bench");
	char **env = home_env(home, NULL);
	struct error err = ERROR_INIT;
	struct reader *r;
	struct screen *s;
	int i = 0, n;

	home_remove(home, "state");
	s = screen_start(rows, cols, env, (const char *[]){ duken, NULL });
	screen_wait(s, "Pack");
	while (!(r = reader_open(dir, &err)) && err.code == ERR_NOT_FOUND)
		pass_time(s, 1);
	if (!r)
		screen_fail(s, "%s", err.text);
	counter_queue(s, "Pack");
	while (reader_queue_count(r, "pack") < 10 * PAGE_KEYS)
		pass_time(s, 1);
	n = busy.n;
	while (reader_queue_count(r, "pack") < orders)
		press(s, &busy, i++);
	screen_wait_gone(s, "Syncing");
	screen_wait_quiet(s, 500);
	n = busy.n - n;
	for (i = 0; i < n; i++)
		press(s, &idle, i);
	reader_close(r);
	screen_stop(s);
	home_env_free(env);
	free(duken);
	free(dir);
}

static void configure(struct home *home, const char *url)
{
	char *token = home_path(home, "token");
	char *text = xasprintf("shop bench {\n\tprovider = \"kaspi\"\n\tbase_url = \"%s\"\n"
		"\ttoken_file = \"%s\"\n\trequests_per_second = 100000\n\thistory_days = 12\n}\n", url, token);

	home_write(home, "token", 0600, "bench-token\n");
	home_write(home, "config/duken/duken.conf", 0600, text);
	free(token);
	free(text);
}

static void report(const char *what, struct samples *s, const struct samples *floor)
{
	printf("  %-34s %6d %8.0f %8.0f %8.0f %8.0f %8.0f %8.2fx %6d\n", what, s->n, share_of(s->us, s->n, 0),
		share_of(s->us, s->n, 0.5), share_of(s->us, s->n, 0.95), share_of(s->us, s->n, 0.99),
		share_of(s->us, s->n, 1), share_of(s->us, s->n, 0.5) /
		share_of((double *)floor->us, floor->n, 0.5), s->lost);
}

int main(int argc, char **argv)
{
	struct home *home;
	int opt;

	while ((opt = getopt(argc, argv, "s:r:")) != -1) {
		if (opt == 's')
			sscanf(optarg, "%dx%d", &rows, &cols);
		if (opt == 'r')
			rounds = atoi(optarg);
	}
	if (argc - optind != 2) {
		fputs("usage: bench_busy [-s ROWSxCOLS] [-r ROUNDS] URL ORDERS\n", stderr);
		return 2;
	}
	orders = strtoul(argv[optind + 1], NULL, 10);
	home = home_new();
	configure(home, argv[optind]);
	for (int i = 0; i < rounds; i++)
		run_round(home);
	home_free(home);
	printf("j in a list, %dx%d, %d rounds of %zu orders, us\n  %-34s %6s %8s %8s %8s %8s %8s %9s %6s\n", rows,
		cols, rounds, orders, "", "keys", "least", "median", "p95", "p99", "most", "to idle", "lost");
	report("after the sync", &idle, &idle);
	report("while it syncs", &busy, &idle);
	return 0;
}
