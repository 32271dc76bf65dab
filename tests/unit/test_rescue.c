/* A damaged journal: set aside with what can be read of it carried over, told, and never lost on the way. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/reader.h"
#include "store/rescue.h"
#include "tests/unit/audit_fixture.h"
#include "tests/unit/store_fixture.h"
#include "tests/unit/unit.h"

#define COPY "journal.db.damaged-1"
#define MARK "journal.db.suspect"
#define PAGE 4096
#define OPEN 5

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

static void add_open(struct store *s, int i)
{
	char id[20], code[20];
	struct order o = { .id = id, .code = code, .state = "NEW", .status = "APPROVED_BY_BANK" };

	snprintf(id, sizeof(id), "OPEN%d", i);
	snprintf(code, sizeof(code), "%d", 400000000 + i);
	audit_add(s, &o, "accept", "words of the clerk");
}

/* One open action at the beginning, the others at the end, and so many in between that they fill pages. */
static void fill(const char *dir)
{
	struct store *s = audit_open(dir);

	add_open(s, 0);
	fixture_sql(dir, JOURNAL, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400)"
		" INSERT INTO action SELECT NULL, 'ENDED' || i, '1', 'accept', 'done', 'long ago', 'x', 'NEW', '',"
		" 0, 1, i, i, i, i, 1, 1, 'another life', randomblob(16) FROM n");
	for (int i = 1; i < OPEN; i++)
		add_open(s, i);
	store_close(s);
}

static off_t page_of(const char *dir, const char *sql)
{
	return (fixture_number(dir, JOURNAL, sql) - 1) * PAGE;
}

/* A leaf of the table in its middle: SQLite meets it when it reads the rows there. */
static off_t page_of_rows(const char *dir)
{
	return page_of(dir, "SELECT pageno FROM dbstat WHERE name = 'action' AND pagetype = 'leaf'"
		" ORDER BY path LIMIT 1 OFFSET 3");
}

static void is_set_aside(const char *dir, const struct store_report *report, size_t carried)
{
	char *copy = xasprintf("%s/" COPY, dir);

	assert_true(report->journal_set_aside);
	assert_string_equal(report->journal_copy, copy);
	assert_int_equal(report->carried_over, carried);
	assert_true(fixture_exists(dir, COPY));
	assert_false(fixture_exists(dir, MARK));
	assert_false(fixture_exists(dir, COPY "-shm"));
	assert_false(fixture_exists(dir, COPY ".suspect"));
	free(copy);
	assert_int_equal(fixture_number(dir, JOURNAL, "SELECT count(*) FROM audit WHERE seq = 1 AND"
		" event = 'begun' AND note = '" COPY "'"), 1);
	assert_int_equal(fixture_number(dir, JOURNAL, "SELECT count(*) FROM audit WHERE event = 'begun'"), 1);
	audit_finds_nothing(dir);
	assert_int_equal(audit_result()->entries, 1 + carried);
}

static struct store *open_reported(const char *dir, struct store_report *report)
{
	struct error err = ERROR_INIT;
	struct store *s = store_open(dir, report, &err);

	if (!s)
		fail_msg("%s", err.text);
	return s;
}

static void all_that_was_open_asks(struct store *s, size_t n)
{
	struct action_list list = ACTION_LIST_INIT;

	assert_true(journal_open(s, &list, NULL));
	assert_int_equal(list.n, n);
	for (size_t i = 0; i < n; i++) {
		struct form form = FORM_INIT;

		assert_int_equal(list.items[i].state, ACTION_ASK);
		assert_non_null(strstr(list.items[i].message, "journal was damaged while this was open"));
		assert_string_equal(list.items[i].clerk, "Айгуль");
		assert_true(list.items[i].mine);
		assert_true(journal_form(s, list.items[i].id, &form, NULL));
		assert_string_equal(form_get(&form, "comment"), "words of the clerk");
		form_clear(&form);
	}
	action_list_clear(&list);
}

/* ---- tests ------------------------------------------------------------------------------------- */

static void what_is_no_database_any_more(void **state)
{
	struct store_report report;
	struct buf before, after;
	int64_t id;

	fill(*state);
	fixture_spoil(*state, JOURNAL, 0, PAGE);
	before = fixture_bytes(*state, JOURNAL);
	store_close(open_reported(*state, &report));
	is_set_aside(*state, &report, 0);
	after = fixture_bytes(*state, COPY);
	assert_int_equal(after.len, before.len);
	assert_memory_equal(after.data, before.data, before.len);
	/* It is told once, and goes on. */
	{
		struct store *s = open_reported(*state, &report);

		assert_false(report.journal_set_aside);
		id = audit_add(s, &audit_orders[0], "accept", NULL);
		audit_move(s, id, ACTION_QUEUED, ACTION_UNDONE, 1);
		store_close(s);
	}
	audit_finds_nothing(*state);
	buf_clear(&before);
	buf_clear(&after);
}

/* Some rows cannot be read; whoever meets that says so, and the next start does what there is to do. */
static void damage_met_in_use(void **state)
{
	struct store_report report;
	struct action_list list = ACTION_LIST_INIT;
	struct error err = ERROR_INIT;
	struct reader *r;
	struct store *s;

	fill(*state);
	fixture_spoil(*state, JOURNAL, page_of_rows(*state), PAGE);
	s = open_reported(*state, &report);
	assert_false(report.journal_set_aside);
	r = reader_open(*state, NULL);
	assert_non_null(r);
	assert_false(reader_journal(r, &(struct journal_query){ .limit = 1000 }, &list, &err));
	assert_int_equal(err.code, ERR_STORAGE);
	assert_non_null(strstr(err.text, "journal.db is damaged"));
	assert_non_null(strstr(err.text, "start one again"));
	assert_true(fixture_exists(*state, MARK));
	/* Not while others have it open. */
	assert_null(store_open(*state, &report, &err));
	assert_non_null(strstr(err.text, "another duken has it open"));
	assert_false(fixture_exists(*state, COPY));
	reader_close(r);
	store_close(s);
	s = open_reported(*state, &report);
	all_that_was_open_asks(s, OPEN);
	store_close(s);
	is_set_aside(*state, &report, OPEN);
	action_list_clear(&list);
}

static void the_worker_meets_it_too(void **state)
{
	int64_t id;
	struct store_report report;
	struct error err = ERROR_INIT;
	struct store *s;

	fill(*state);
	fixture_spoil(*state, JOURNAL, page_of(*state, "SELECT pageno FROM dbstat WHERE name = 'action_open'"), PAGE);
	s = open_reported(*state, &report);
	assert_false(journal_add(s, &audit_orders[0], "accept", NULL, NULL, "x", 1, 1, &id, &err));
	assert_int_equal(err.code, ERR_STORAGE);
	assert_non_null(strstr(err.text, "damaged"));
	store_close(s);
	/* Without its index the rows are read one after the other. */
	s = open_reported(*state, &report);
	all_that_was_open_asks(s, OPEN);
	store_close(s);
	is_set_aside(*state, &report, OPEN);
}

/* Without the table's root there is nothing to be read, and the clerk is told that too. */
static void nothing_can_be_read(void **state)
{
	struct store_report report;
	struct store *s;

	fill(*state);
	fixture_spoil(*state, JOURNAL, page_of(*state, "SELECT rootpage FROM sqlite_master WHERE name = 'action'"),
		PAGE);
	s = open_reported(*state, &report);
	assert_false(journal_open(s, &(struct action_list)ACTION_LIST_INIT, NULL));
	store_close(s);
	store_close(open_reported(*state, &report));
	is_set_aside(*state, &report, 0);
}

static void end_without_closing(const char *dir)
{
	pid_t child = fork();
	struct order_list page = ORDER_LIST_INIT;
	struct store *s;
	int status;

	if (child == 0) {
		s = store_open(dir, NULL, NULL);
		add_open(s, getpid());
		if (!store_put_order(s, fixture_order(&page, 70000 + getpid()), 1, NULL, NULL))
			_exit(1);
		kill(getpid(), SIGKILL);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
}

static void after_an_unclean_end_the_journal_is_looked_through(void **state)
{
	struct store_report report;
	struct store *s;
	off_t at;

	fill(*state);
	at = page_of_rows(*state);
	end_without_closing(*state);
	assert_true(store_needs_care(*state));
	fixture_spoil(*state, JOURNAL, at, PAGE);
	s = open_reported(*state, &report);
	all_that_was_open_asks(s, OPEN + 1);	/* one was in the log alone */
	store_close(s);
	is_set_aside(*state, &report, OPEN + 1);
	assert_true(fixture_exists(*state, COPY "-wal"));
	assert_false(report.cache_rebuilt);
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

	fixture_spoil(dir, "cache.db", at * PAGE, PAGE);
}

static void after_an_unclean_end_the_cache_is_looked_through(void **state)
{
	struct store_report report;

	fill_cache(*state);
	spoil_cache(*state);
	store_close(open_reported(*state, &report));
	assert_false(report.cache_rebuilt);	/* a clean end */
	end_without_closing(*state);
	store_close(open_reported(*state, &report));
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
	end_without_closing(*state);
	make_large(*state);
	store_close(open_reported(*state, &report));
	assert_false(report.cache_rebuilt);
	end_without_closing(*state);
	make_large(*state);
	buf_adds(&boot, "another life");
	fixture_write(*state, "boot", &boot);
	store_close(open_reported(*state, &report));
	assert_true(report.cache_rebuilt);
	assert_int_equal(fixture_occurrences(*state, "boot", "another life"), 0);
	buf_clear(&boot);
}

static void an_unclean_end_alone_changes_nothing(void **state)
{
	struct store_report report;
	struct action_list list = ACTION_LIST_INIT;
	struct store *s;

	fill(*state);
	end_without_closing(*state);
	s = open_reported(*state, &report);
	assert_false(report.journal_set_aside || report.cache_rebuilt);
	assert_true(journal_open(s, &list, NULL));
	assert_int_equal(list.n, OPEN + 1);
	action_list_clear(&list);
	store_close(s);
	assert_false(store_needs_care(*state));
}

/* A mark without damage: a cable was loose, not the file. */
static void a_wrong_suspicion_is_dropped(void **state)
{
	struct store_report report;
	struct buf nothing = BUF_INIT(BUF_MAX_LINE);

	fill(*state);
	fixture_write(*state, MARK, &nothing);
	assert_true(store_needs_care(*state));
	store_close(open_reported(*state, &report));
	assert_false(report.journal_set_aside);
	assert_false(fixture_exists(*state, MARK));
	assert_false(fixture_exists(*state, COPY));
	buf_clear(&nothing);
}

/* ---- killed on the way ------------------------------------------------------------------------- */

static void write_mark(const char *dir)
{
	struct buf name = BUF_INIT(BUF_MAX_LINE);

	buf_adds(&name, COPY);
	fixture_write(dir, MARK, &name);
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

	fill(dir);
	end_without_closing(dir);
	write_mark(dir);
	if (steps > 1)
		move(dir, "journal.db-wal", COPY "-wal");
	if (steps > 2)
		move(dir, JOURNAL, COPY);
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
		s = open_reported(dir, &report);
		all_that_was_open_asks(s, OPEN + 1);
		store_close(s);
		is_set_aside(dir, &report, OPEN + 1);
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

		fill(dir);
		fixture_spoil(dir, JOURNAL, page_of_rows(dir), PAGE);
		fixture_write(dir, MARK, &nothing);
		status = set_aside_under(dir, limit);
		assert_true(status == 0 || (WIFSIGNALED(status) && WTERMSIG(status) == SIGXFSZ));
		points += status != 0;
		if (status != 0) {
			s = open_reported(dir, &report);
			all_that_was_open_asks(s, OPEN);
			store_close(s);
			is_set_aside(dir, &report, OPEN);
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
	store_close(open_reported(*state, &report));
	write_mark(*state);
	s = open_reported(*state, &report);
	all_that_was_open_asks(s, OPEN + 1);
	store_close(s);
	is_set_aside(*state, &report, OPEN + 1);
}

static void a_second_damage_has_a_name_of_its_own(void **state)
{
	struct store_report report;

	for (int i = 0; i < 2; i++) {
		fill(*state);
		fixture_spoil(*state, JOURNAL, 0, PAGE);
		store_close(open_reported(*state, &report));
	}
	assert_true(fixture_exists(*state, COPY));
	assert_true(fixture_exists(*state, "journal.db.damaged-2"));
	assert_non_null(strstr(report.journal_copy, "damaged-2"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make_dir, remove_dir)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_no_database_any_more),
		TEST(damage_met_in_use),
		TEST(the_worker_meets_it_too),
		TEST(nothing_can_be_read),
		TEST(after_an_unclean_end_the_journal_is_looked_through),
		TEST(after_an_unclean_end_the_cache_is_looked_through),
		TEST(a_large_cache_is_looked_through_after_a_loss_of_power),
		TEST(an_unclean_end_alone_changes_nothing),
		TEST(a_wrong_suspicion_is_dropped),
		cmocka_unit_test(whoever_comes_after_a_kill_goes_on),
		cmocka_unit_test(killed_anywhere_it_is_told_and_nothing_lost),
		TEST(a_mark_that_was_left_carries_nothing_twice),
		TEST(a_second_damage_has_a_name_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
