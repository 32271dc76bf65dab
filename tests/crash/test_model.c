/* Random sequences of changes on the marketplace, behind the desk's back and while it reads, and after
 * each the store beside the truth.
 *
 *	tests/crash/test_model [model | search]		seeds 1 to 50, or 1 to 1000 when DUKEN_TEST_LONG is set
 *	DUKEN_TEST_SEED=412 tests/crash/test_model	one sequence
 *
 * A sequence is decided by its seed, but for the moment at which a page is answered. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "tests/crash/changes.h"
#include "tests/lib/check.h"

#define SHORT_FORM 50
#define LONG_FORM 1000
#define SEARCHED 10		/* every tenth sequence is searched as well */
#define INDEXED 2200		/* orders that make the full-text index be asked */

static struct bench *bench;
static struct model *model;

static int close_sequence(void **state)
{
	(void)state;
	model_free(model);
	model = NULL;
	if (bench)
		bench_close(bench);
	bench = NULL;
	return 0;
}

/* Most orders wait for Kaspi's courier: pages, and orders that move between them. */
static void open_sequence(int seed, int more_orders)
{
	static const char *const args[] = { "--archive", "25", "--history-days", "12", NULL };
	struct rng r = rng_for((uint64_t)seed, 1);
	static const int histories[] = { 14, 20, 30 };

	bench = bench_prepare(market_start(&(struct market_options){
		.orders = more_orders + (int)rng_range(&r, 150, 700), .seed = seed, .args = args,
	}));
	bench->shop->history_days = histories[rng_below(&r, 3)];
	bench->shop->retention_days = 365;
	bench_start(bench, false);
	model = model_new(bench, seed);
}

/* ---- what the desk is asked ------------------------------------------------------------------ */

static uint64_t post_refresh(bool full)
{
	struct request *r = request_new(REQUEST_REFRESH);

	r->full = full;
	return desk_post(bench->desk, r);
}

static bool is_step_or_end(const struct event *e, const void *arg)
{
	return e->kind == EVENT_PROGRESS || (e->reply_to == *(const uint64_t *)arg &&
		(e->kind == EVENT_DONE || e->kind == EVENT_FAILED || e->kind == EVENT_CANCELLED));
}

static void must_be_done(const struct event *e)
{
	if (e->kind != EVENT_DONE)
		check_fail("seed %d: a refresh ended with: %s", model->seed, e->error.text);
}

static void quiet_refresh(bool full)
{
	must_be_done(bench_end(bench, post_refresh(full)));
}

/* A refresh with changes between its pages, to its end or to the last change. */
static void busy_refresh(uint64_t id, unsigned changes, bool to_the_end)
{
	const struct event *e;

	while ((e = bench_wait(bench, is_step_or_end, &id, "a page or the end"))->kind == EVENT_PROGRESS) {
		for (unsigned n = rng_below(&model->rng, 4); n && changes; n--, changes--)
			changes_make(model);
		if (!changes && !to_the_end)
			return;
	}
	must_be_done(e);
	while (changes--)
		changes_make(model);
}

/* Pages and look-ups that are late: on the way to the shop, or with yesterday's news on the way back. */
static void delay_answers(void)
{
	static const char *const what[] = {
		"state]=KASPI_DELIVERY", "state]=NEW", "state]=ARCHIVE", "filter[orders][code]",
		"page[number]=1",
	};
	unsigned n = rng_below(&model->rng, 4);

	while (n--)
		market_fault(bench->market, arena_printf(&model->arena,
			"match=\"%s\" when=%s probability=0.4 do=delay:%u", what[rng_below(&model->rng, 5)],
			rng_chance(&model->rng, 0.5) ? "before" : "after", 2 + rng_below(&model->rng, 30)));
}

static void look_up_old_ones(unsigned n)
{
	while (n--) {
		const char *code = changes_make_old(model);

		must_be_done(bench_lookup(bench, code));
		model_find(model, code)->known = true;
	}
}

/* ---- a sequence ------------------------------------------------------------------------------ */

/* The last refresh is asked for after an earlier one or while that is still on its way; then its pages
 * and look-ups still come in, with what was true before. */
static void run_round(void)
{
	bool full = rng_chance(&model->rng, 0.6), one_by_one = rng_chance(&model->rng, 0.5);

	delay_answers();
	busy_refresh(post_refresh(rng_chance(&model->rng, 0.5)), 3 + rng_below(&model->rng, 22), one_by_one);
	quiet_refresh(full);
	market_no_faults(bench->market);
	model_compare(model, full);
}

static void run_sequence(int seed, int more_orders)
{
	unsigned rounds;

	open_sequence(seed, more_orders);
	rounds = 1 + rng_below(&model->rng, 3);
	if (rng_chance(&model->rng, 0.7)) {
		quiet_refresh(true);
		model_compare(model, true);
	}
	look_up_old_ones(rng_below(&model->rng, 4));
	while (rounds--)
		run_round();
	quiet_refresh(true);
	model_compare(model, true);
}

static void run_all(int step, int more_orders, void (*more)(struct model *m))
{
	const char *one = getenv("DUKEN_TEST_SEED");
	int first = one ? atoi(one) : 1, last = one ? first : getenv("DUKEN_TEST_LONG") ? LONG_FORM : SHORT_FORM;

	printf("# seeds %d to %d, every %d\n", first, last, step);
	for (int seed = first; seed <= last; seed += step) {
		run_sequence(seed, more_orders);
		if (more)
			more(model);
		close_sequence(NULL);
	}
	changes_report();
}

static void the_store_equals_the_server(void **state)
{
	(void)state;
	run_all(1, 0, NULL);
}

static void what_changed_is_found(void **state)
{
	(void)state;
	run_all(SEARCHED, INDEXED, model_search);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(the_store_equals_the_server, close_sequence),
		cmocka_unit_test_teardown(what_changed_is_found, close_sequence),
	};
	const struct CMUnitTest *first = tests;

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc == 2 && !strcmp(argv[1], "model"))
		return _cmocka_run_group_tests("model", first, 1, NULL, NULL);
	if (argc == 2 && !strcmp(argv[1], "search"))
		return _cmocka_run_group_tests("search", first + 1, 1, NULL, NULL);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
