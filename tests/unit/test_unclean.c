/* After a program that was killed, or a machine that went down: also in the middle of setting a damaged
 * journal aside. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "tests/unit/audit_fixture.h"
#include "tests/unit/rescue_fixture.h"
#include "tests/unit/store_fixture.h"
#include "tests/unit/unit.h"

static int make_dir(void **state)
{
	*state = fixture_dir();
	return 0;
}

static int remove_dir(void **state)
{
	fixture_remove(*state);
	return 0;
}

static void after_an_unclean_end_the_journal_is_looked_through(void **state)
{
	struct store_report report;
	struct buf log, kept;
	struct store *s;
	off_t at;

	rescue_fill(*state);
	at = rescue_page_of_rows(*state);
	rescue_end_unclean(*state);
	assert_true(store_needs_care(*state));
	log = fixture_bytes(*state, "journal.db-wal");
	fixture_spoil(*state, JOURNAL, at, RESCUE_PAGE);
	s = rescue_open(*state, &report);
	rescue_all_asks(s, RESCUE_OPEN + 1);	/* one was in the log alone */
	store_close(s);
	rescue_is_told(*state, &report, RESCUE_OPEN + 1);
	kept = fixture_bytes(*state, RESCUE_COPY "-wal");
	assert_int_equal(kept.len, log.len);
	assert_memory_equal(kept.data, log.data, log.len);
	assert_false(report.cache_rebuilt);
	buf_clear(&log);
	buf_clear(&kept);
}

static void fill_cache(const char *dir)
{
	struct order_list page = ORDER_LIST_INIT;
	struct store *s = audit_open(dir);
	struct pass pass;

	assert_true(store_pass_begin(s, "ANY", 0, 1, &pass, NULL));
	for (int64_t i = 0; i < 3000; i++)
		fixture_order(&page, i);
	assert_true(store_put_listed(s, &pass, &page, 1, NULL, NULL));
	store_close(s);
	order_list_clear(&page);
}

static void spoil_cache(const char *dir)
{
	off_t at = fixture_number(dir, "cache.db", "SELECT pageno FROM dbstat WHERE name = 'orders'"
		" AND pagetype = 'leaf' ORDER BY path LIMIT 1 OFFSET 100") - 1;

	fixture_spoil(dir, "cache.db", at * RESCUE_PAGE, RESCUE_PAGE);
}

static void after_an_unclean_end_the_cache_is_looked_through(void **state)
{
	struct store_report report;

	fill_cache(*state);
	spoil_cache(*state);
	store_close(rescue_open(*state, &report));
	assert_false(report.cache_rebuilt);	/* a clean end */
	rescue_end_unclean(*state);
	store_close(rescue_open(*state, &report));
	assert_true(report.cache_rebuilt);
	assert_false(report.journal_set_aside);
}

/* SQLite leaves alone what lies behind the pages of a file, so this one is large at no cost. */
static void make_large(const char *dir)
{
	char *path = xasprintf("%s/cache.db", dir);

	assert_int_equal(truncate(path, 40 << 20), 0);
	free(path);
}

/* Where the machine went down: that is another number of its life. */
static void a_large_cache_is_looked_through_after_a_loss_of_power(void **state)
{
	struct buf boot = BUF_INIT(BUF_MAX_LINE);
	struct store_report report;

	fill_cache(*state);
	spoil_cache(*state);
	rescue_end_unclean(*state);
	make_large(*state);
	store_close(rescue_open(*state, &report));
	assert_false(report.cache_rebuilt);
	rescue_end_unclean(*state);
	make_large(*state);
	buf_adds(&boot, "another life");
	fixture_write(*state, "boot", &boot);
	store_close(rescue_open(*state, &report));
	assert_true(report.cache_rebuilt);
	assert_int_equal(fixture_occurrences(*state, "boot", "another life"), 0);
	buf_clear(&boot);
}

static void an_unclean_end_alone_changes_nothing(void **state)
{
	struct store_report report;
	struct action_list list = ACTION_LIST_INIT;
	struct store *s;

	rescue_fill(*state);
	rescue_end_unclean(*state);
	s = rescue_open(*state, &report);
	assert_false(report.journal_set_aside || report.cache_rebuilt);
	assert_true(journal_open(s, &list, NULL));
	assert_int_equal(list.n, RESCUE_OPEN + 1);
	action_list_clear(&list);
	store_close(s);
	assert_false(store_needs_care(*state));
}

/* ---- killed on the way ------------------------------------------------------------------------- */

static void write_mark(const char *dir)
{
	struct buf name = BUF_INIT(BUF_MAX_LINE);

	buf_adds(&name, RESCUE_COPY);
	fixture_write(dir, RESCUE_MARK, &name);
	buf_clear(&name);
}

static void move(const char *dir, const char *from, const char *to)
{
	char *a = xasprintf("%s/%s", dir, from), *b = xasprintf("%s/%s", dir, to);

	assert_int_equal(rename(a, b), 0);
	free(a);
	free(b);
}

/* So far came the process that set it aside: the mark, the log renamed, the file renamed, an empty file. */
static void killed_after(const char *dir, int steps)
{
	struct buf nothing = BUF_INIT(BUF_MAX_LINE);

	rescue_fill(dir);
	rescue_end_unclean(dir);
	write_mark(dir);
	if (steps > 1)
		move(dir, "journal.db-wal", RESCUE_COPY "-wal");
	if (steps > 2)
		move(dir, JOURNAL, RESCUE_COPY);
	if (steps > 3)
		fixture_write(dir, JOURNAL, &nothing);
	buf_clear(&nothing);
}

static void whoever_comes_after_a_kill_goes_on(void **state)
{
	(void)state;
	for (int steps = 1; steps <= 4; steps++) {
		char *dir = fixture_dir();
		struct store_report report;
		struct store *s;

		killed_after(dir, steps);
		s = rescue_open(dir, &report);
		rescue_all_asks(s, RESCUE_OPEN + 1);
		store_close(s);
		rescue_is_told(dir, &report, RESCUE_OPEN + 1);
		fixture_remove(dir);
	}
}

/* Killed for real, at every size that a file grows to. */
static int set_aside_under(const char *dir, rlim_t limit)
{
	struct rlimit r = { limit, limit }, no_core = { 0, 0 };
	pid_t child = fork();
	int status;

	if (child == 0) {
		setrlimit(RLIMIT_CORE, &no_core);
		setrlimit(RLIMIT_FSIZE, &r);
		_exit(store_open(dir, NULL, NULL) ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

static void killed_anywhere_it_is_told_and_nothing_lost(void **state)
{
	int points = 0, status = -1;

	(void)state;
	for (rlim_t limit = 0; status != 0; limit += 2048) {
		struct buf nothing = BUF_INIT(BUF_MAX_LINE);
		char *dir = fixture_dir();
		struct store_report report;
		struct store *s;

		rescue_fill(dir);
		fixture_spoil(dir, JOURNAL, rescue_page_of_rows(dir), RESCUE_PAGE);
		fixture_write(dir, RESCUE_MARK, &nothing);
		status = set_aside_under(dir, limit);
		assert_true(status == 0 || (WIFSIGNALED(status) && WTERMSIG(status) == SIGXFSZ));
		points += status != 0;
		if (status != 0) {
			s = rescue_open(dir, &report);
			rescue_all_asks(s, RESCUE_OPEN);
			store_close(s);
			rescue_is_told(dir, &report, RESCUE_OPEN);
		}
		fixture_remove(dir);
	}
	fprintf(stderr, "# killed at %d points\n", points);
	assert_true(points > 10);
}

/* The new journal was whole, only the mark still there: told once more, carried over once. */
static void a_mark_that_was_left_carries_nothing_twice(void **state)
{
	struct store_report report;
	struct store *s;

	killed_after(*state, 3);
	store_close(rescue_open(*state, &report));
	write_mark(*state);
	s = rescue_open(*state, &report);
	rescue_all_asks(s, RESCUE_OPEN + 1);
	store_close(s);
	rescue_is_told(*state, &report, RESCUE_OPEN + 1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make_dir, remove_dir)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(after_an_unclean_end_the_journal_is_looked_through),
		TEST(after_an_unclean_end_the_cache_is_looked_through),
		TEST(a_large_cache_is_looked_through_after_a_loss_of_power),
		TEST(an_unclean_end_alone_changes_nothing),
		cmocka_unit_test(whoever_comes_after_a_kill_goes_on),
		cmocka_unit_test(killed_anywhere_it_is_told_and_nothing_lost),
		TEST(a_mark_that_was_left_carries_nothing_twice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
