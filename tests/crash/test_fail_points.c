/* A call that writes to the store fails, at each place where one is made: nothing is sent that was not written
 * down, and whoever confirmed is told. The next desk, on a disk that works, settles what is left and
 * contradicts nothing that was said. */
#include <string.h>

#include "base/mem.h"
#include "tests/crash/series.h"

static const struct hit hits[] = {
	{ .what = "error=ENOSPC", .onwards = true },
	{ .what = "error=EIO" },
	{ .what = "error=EIO", .onwards = true },
};

#define HITS (sizeof(hits) / sizeof(hits[0]))

/* What fails on the way to the marketplace is another test's. */
static bool on_disk(const struct point *p)
{
	return *p->file != '\0';
}

/* The store goes on without these: the folder's own sync, which some file systems do not have, a log that
 * stays behind, and the mark on a cache that is found to be damaged in any case. */
static bool does_no_harm(const struct point *p)
{
	return !strcmp(p->file, ".") || !strcmp(p->file, "cache.db.suspect") || !strcmp(p->call, "unlink");
}

static bool is_full(const struct trial *t)
{
	return strstr(t->hit->what, "ENOSPC") != NULL;
}

static bool says(const struct trial *t, const char *words)
{
	return strstr(t->out, words) || strstr(t->err, words);
}

static void check_told(const struct trial *t)
{
	if (!says(t, "message") && !*t->err)
		trial_fail(t, "it failed, and said nothing");
	if (is_full(t) && !says(t, "disk is full"))
		trial_fail(t, "the disk is full, and this was not said");
}

static void check_outcome(struct trial *t, size_t i)
{
	char *outcome = trial_outcome(t, i);
	long applied = trial_count(t, i, "applied");

	if (!strcmp(outcome, "done") && applied != 1)
		trial_fail(t, "order %s: said to be done, and applied %ld times", t->codes[i], applied);
	if ((!strcmp(outcome, "refused") || !strcmp(outcome, "conflict")) && applied)
		trial_fail(t, "order %s: said to be %s, and applied", t->codes[i], outcome);
	if (t->status == 0 && applied != 1)
		trial_fail(t, "order %s: not applied, and the status is 0", t->codes[i]);
	free(outcome);
}

/* Whether the run cannot go well. The front-end comes last to what the worker has finished already. A damaged
 * cache is not needed. A desk tries again, and may when the disk works again; of many orders some were
 * written down. */
static bool must_fail(const struct trial *t)
{
	const struct deed *deed = t->ground->deed;

	if (!t->point->before_sending || does_no_harm(t->point))
		return false;
	if (!deed->kind || (deed->spoiled && !strncmp(t->point->file, "cache", strlen("cache"))))
		return t->point->worker;
	return deed->desk ? t->hit->onwards : deed->orders == 1;
}

static void ended(struct trial *t)
{
	bool before = must_fail(t);

	for (size_t i = 0; i < t->ground->deed->orders; i++) {
		check_outcome(t, i);
		if (before && trial_count(t, i, "requests"))
			trial_fail(t, "order %s: sent though a write before it had failed", t->codes[i]);
	}
	if (before && t->status == 0)
		trial_fail(t, "a write failed, and the status is 0");
	if (t->status != 0)
		check_told(t);
}

/* What was said not to be done must not be done behind the clerk's back. */
static void settled(struct trial *t)
{
	for (size_t i = 0; i < t->ground->deed->orders; i++) {
		char *outcome = trial_outcome(t, i);
		bool refused = !strcmp(outcome, "refused") || !strcmp(outcome, "conflict");
		enum action_state state = ACTION_STATES;

		trial_state(t, i, &state);
		if ((refused || !*outcome) && trial_count(t, i, "applied"))
			trial_fail(t, "order %s: done after it was said that it was not", t->codes[i]);
		/* Whether a code was sent shows nowhere, so a person is asked. */
		if (!strcmp(outcome, "done") && state != ACTION_DONE && state != ACTION_ASK)
			trial_fail(t, "order %s: said to be done, and the journal does not say so",
				t->codes[i]);
		free(outcome);
	}
}

/* Those of the points in the file. */
static void try_file(struct ground *g, const struct point_list *all, const struct hit *hit, const char *file)
{
	struct point_list list = { .items = xcalloc(all->n, sizeof(*all->items)) };

	for (size_t i = 0; i < all->n; i++)
		if (!strcmp(all->items[i].file, file))
			list.items[list.n++] = all->items[i];
	ground_try(g, &list, hit, NULL, settled);
	free(list.items);
}

/* In the short form each point has one way to fail, and in the long one where there are very many points. */
static void try_hit(struct ground *g, const struct point_list *all, size_t which)
{
	struct point_list list = { .items = xcalloc(all->n, sizeof(*all->items)) };
	bool each_way = series_long() && g->deed->orders < TRIAL_ORDERS_MAX;

	for (size_t i = 0; i < all->n; i++)
		if ((each_way || (i + series_seed()) % HITS == which) && on_disk(&all->items[i]))
			list.items[list.n++] = all->items[i];
	ground_try(g, &list, &hits[which], ended, settled);
	free(list.items);
}

static void try_deed(const struct deed *deed, size_t few)
{
	struct point_list list = { .n = 0 };
	struct ground g;

	series_open(&g, deed, &list, few);
	for (size_t i = 0; i < HITS; i++)
		try_hit(&g, &list, i);
	series_close(&g, &list, "made to fail");
}

/* A disk that could not say whether it wrote takes no part in the next start: what the clerk was told to have
 * failed stays so, even where the desk dies before it has closed its journal. */
static void accepting_in_a_desk_that_dies(void **state)
{
	static const struct hit once = { .what = "error=EIO", .killed_at_end = true };
	static const struct hit onwards = { .what = "error=EIO", .onwards = true, .killed_at_end = true };
	struct point_list list = { .n = 0 };
	struct ground g;

	(void)state;
	series_open(&g, &deed_desk, &list, 0);
	try_file(&g, &list, &onwards, "journal.db-wal");
	if (series_long())
		try_file(&g, &list, &once, "journal.db-wal");
	series_close(&g, &list, "made to fail and killed");
}

static void accepting(void **state)
{
	(void)state;
	try_deed(&deed_accept, 0);
}

static void cancelling(void **state)
{
	(void)state;
	try_deed(&deed_cancel, 0);
}

static void sending_the_code(void **state)
{
	(void)state;
	try_deed(&deed_send_code, 0);
}

static void handing_out(void **state)
{
	(void)state;
	try_deed(&deed_complete, 0);
}

static void assembling(void **state)
{
	(void)state;
	try_deed(&deed_assemble, 12);
}

static void accepting_many(void **state)
{
	(void)state;
	try_deed(&deed_bulk, 12);
}

static void beginning_the_cache_anew(void **state)
{
	(void)state;
	try_deed(&deed_anew, 12);
}

static void making_a_store(void **state)
{
	(void)state;
	try_deed(&deed_first_sync, 12);
}

static void reading_orders(void **state)
{
	(void)state;
	try_deed(&deed_sync, 12);
}

static void accepting_in_a_desk(void **state)
{
	(void)state;
	try_deed(&deed_desk, 40);
}

/* With an argument: only the tests of that name, "accepting*". */
int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(accepting),
		cmocka_unit_test(cancelling),
		cmocka_unit_test(sending_the_code),
		cmocka_unit_test(handing_out),
		cmocka_unit_test(assembling),
		cmocka_unit_test(accepting_many),
		cmocka_unit_test(making_a_store),
		cmocka_unit_test(reading_orders),
		cmocka_unit_test(beginning_the_cache_anew),
		cmocka_unit_test(accepting_in_a_desk),
		cmocka_unit_test(accepting_in_a_desk_that_dies),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return series_possible() ? cmocka_run_group_tests(tests, NULL, NULL) : 0;
}
