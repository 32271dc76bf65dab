/* What the store costs: bench_store [ORDERS]. Prints one line for each measured thing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "store/reader.h"
#include "store/store.h"
#include "tests/unit/store_fixture.h"

#define PAGE 100

static double clock_us(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static double now_us(void)
{
	return clock_us(CLOCK_MONOTONIC);
}

static void must(bool ok, const struct error *err)
{
	if (ok)
		return;
	fprintf(stderr, "bench_store: %s\n", err->text);
	exit(1);
}

static void say(const char *what, double total_us, size_t n)
{
	printf("%-44s %10.1f ms %9.2f us each\n", what, total_us / 1e3, total_us / (double)n);
}

/* One pass over all orders in pages; every `step`-th order has changed. */
static void sync_all(struct store *s, const char *what, struct order_list *pages, size_t n, size_t step)
{
	struct order_list missing = ORDER_LIST_INIT;
	struct store_changes changes = { 0 };
	struct error err = ERROR_INIT;
	struct pass pass;
	double start, cpu, worst = 0;

	for (size_t i = 0; step && i < n; i += step)
		pages[i / PAGE].items[i % PAGE].status = "CANCELLED";
	cpu = clock_us(CLOCK_PROCESS_CPUTIME_ID);
	start = now_us();
	must(store_pass_begin(s, "ARCHIVE", 0, 1, &pass, &err), &err);
	for (size_t i = 0; i < (n + PAGE - 1) / PAGE; i++) {
		double t = now_us();

		must(store_put_listed(s, &pass, &pages[i], 1, &changes, &err), &err);
		t = now_us() - t;
		worst = t > worst ? t : worst;
	}
	must(store_pass_end(s, &pass, 1, &missing, &err), &err);
	say(what, now_us() - start, n);
	cpu = clock_us(CLOCK_PROCESS_CPUTIME_ID) - cpu;
	printf("    cpu %.1f ms; added %zu, changed %zu, unchanged %zu, missing %zu; worst page %.1f ms\n",
		cpu / 1e3, changes.added, changes.changed, changes.unchanged, missing.n, worst / 1e3);
	order_list_clear(&missing);
}

/* The best and the mean of walking a view by windows of 40. */
static void walk(struct reader *r, const char *what, const struct view *v, enum read_direction direction)
{
	struct row_list rows = ROW_LIST_INIT;
	struct row_key key, *from = NULL;
	struct error err = ERROR_INIT;
	double worst = 0, total = 0;
	size_t windows = 0, n = 0;

	do {
		double t = now_us();

		must(reader_rows(r, v, from, direction, 40, &rows, &err), &err);
		t = now_us() - t;
		worst = t > worst ? t : worst;
		total += t;
		windows++;
		n += rows.orders.n;
		if (rows.orders.n)
			key = rows.keys[direction == READ_FORWARD ? rows.orders.n - 1 : 0];
		from = &key;
	} while (rows.orders.n == 40 && windows < 2500);
	printf("%-44s %zu rows, window of 40: mean %.0f us, worst %.0f us\n", what, n,
		total / (double)windows, worst);
	row_list_clear(&rows);
}

static void first_screen(const char *dir)
{
	static const char *const queues[] = { "new", "to_sign", "returns", "with_courier", "hand_over",
		"preorders", "pack", "pickup", "own_delivery", "archive" };
	struct row_list rows = ROW_LIST_INIT;
	struct error err = ERROR_INIT;
	double start = now_us();
	struct reader *r = reader_open(dir, &err);
	struct view v = { .queue = "archive" };

	must(r != NULL, &err);
	for (size_t i = 0; i < sizeof(queues) / sizeof(queues[0]); i++)
		reader_queue_count(r, queues[i]);
	must(reader_rows(r, &v, NULL, READ_FORWARD, 40, &rows, &err), &err);
	say("open, counts, first 40 rows", now_us() - start, 1);
	row_list_clear(&rows);
	reader_close(r);
}

static void place(void *arg, struct order *o)
{
	o->due_ms = o->created_ms + *(int64_t *)arg;
	o->sort_key = o->due_ms;
}

/* What a clock's tick counts, and a start with other limits. */
static void due(struct store *s, const char *dir)
{
	const struct urgency_ends ends = { FIXTURE_START_MS - 9000000, FIXTURE_START_MS - 5000000, FIXTURE_START_MS };
	struct error err = ERROR_INIT;
	struct reader *r = reader_open(dir, &err);
	size_t counts[URGENCY_LEVELS];
	int64_t after_ms = 1000;
	double start = now_us();

	must(r && store_arrange(s, 5, place, &after_ms, &err), &err);
	say("other limits: all that is open", now_us() - start, 1);
	start = now_us();
	for (int i = 0; i < 1000; i++)
		reader_due_counts(r, "pack", &ends, counts);
	say("count what is due in a queue", now_us() - start, 1000);
	reader_close(r);
}

static void find(const char *dir, const char *queue, const char *typed)
{
	struct row_list rows = ROW_LIST_INIT;
	struct error err = ERROR_INIT;
	struct reader *r = reader_open(dir, &err);
	struct view v = { .queue = queue, .search = typed };
	double start = now_us(), first, second;
	size_t n = 0;

	must(r != NULL, &err);
	start = now_us();
	must(reader_rows(r, &v, NULL, READ_FORWARD, 40, &rows, &err), &err);
	first = now_us() - start;
	start = now_us();
	must(reader_count(r, &v, 1000, &n, &err), &err);
	must(reader_rows(r, &v, NULL, READ_FORWARD, 40, &rows, &err), &err);
	second = now_us() - start;
	printf("search %-12s in %-10s %4zu found: rows %8.0f us, then count and rows %8.0f us\n", typed,
		queue ? queue : "all", n, first, second);
	row_list_clear(&rows);
	reader_close(r);
}

static void read_all(const char *dir)
{
	static const char *const typed[] = { "а", "8", "жума", "жумабаев", "galym", "899950000",
		"айгерим ким", "жумабай сат", "нетникого", "70123" };
	struct error err = ERROR_INIT;
	struct reader *r = reader_open(dir, &err);
	const struct view archive = { .queue = "archive" }, all = { .queue = NULL },
		state = { .state = "ARCHIVE" }, both = { .queue = "archive", .state = "ARCHIVE" };
	double start;

	must(r != NULL, &err);
	walk(r, "archive, forward", &archive, READ_FORWARD);
	walk(r, "archive, backward", &archive, READ_BACKWARD);
	walk(r, "all, forward", &all, READ_FORWARD);
	walk(r, "state, forward", &state, READ_FORWARD);
	walk(r, "queue and state, forward", &both, READ_FORWARD);
	start = now_us();
	for (int i = 0; i < 1000; i++)
		reader_changed(r);
	say("reader_changed", now_us() - start, 1000);
	reader_close(r);
	for (size_t i = 0; i < sizeof(typed) / sizeof(typed[0]); i++) {
		find(dir, NULL, typed[i]);
		find(dir, "archive", typed[i]);
	}
}

int main(int argc, char **argv)
{
	size_t n = argc > 1 ? (size_t)atol(argv[1]) : 100000, n_pages = (n + PAGE - 1) / PAGE;
	struct order_list *pages = xcalloc(n_pages, sizeof(*pages));
	struct error err = ERROR_INIT;
	char *dir = fixture_dir();
	struct store *s;
	double start = now_us();

	for (size_t i = 0; i < n; i++)
		fixture_order(&pages[i / PAGE], (int64_t)i);
	s = store_open(dir, NULL, &err);
	must(s != NULL, &err);
	say("generate and open", now_us() - start, n);
	sync_all(s, "first sync", pages, n, 0);
	sync_all(s, "sync of the same", pages, n, 0);
	due(s, dir);
	sync_all(s, "sync, one in 100 changed", pages, n, 100);
	sync_all(s, "sync, one in 2 changed", pages, n, 2);
	start = now_us();
	store_close(s);
	say("close", now_us() - start, 1);
	first_screen(dir);
	first_screen(dir);
	read_all(dir);
	for (size_t i = 0; i < n_pages; i++)
		order_list_clear(&pages[i]);
	free(pages);
	fixture_remove(dir);
	return 0;
}
