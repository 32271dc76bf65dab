/* What becomes of files that are damaged, newer, foreign, open to others, or find no room. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/path.h"
#include "store/journal.h"
#include "store/reader.h"
#include "store/store.h"
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

static struct store *open_store(const char *dir)
{
	struct error err = ERROR_INIT;
	struct store *s = store_open(dir, NULL, &err);

	assert_non_null(s);
	return s;
}

static void fill(const char *dir, int64_t n)
{
	struct store *s = open_store(dir);
	struct order_list page = ORDER_LIST_INIT;
	struct pass pass;
	int64_t id;

	assert_true(store_pass_begin(s, "ANY", 0, 1, &pass, NULL));
	for (int64_t i = 0; i < n; i++)
		fixture_order(&page, i);
	assert_true(store_put_listed(s, &pass, &page, 1, NULL, NULL));
	assert_true(journal_add(s, &page.items[0], "accept", NULL, NULL, "x", 1, 1, &id, NULL));
	order_list_clear(&page);
	store_close(s);
}

static mode_t mode_of(const char *dir, const char *name)
{
	char *path = path_join(dir, name);
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	free(path);
	return st.st_mode & 07777;
}

static void files_are_private_under_any_umask(void **state)
{
	static const char *const files[] = { "cache.db", "cache.db-wal", "cache.db-shm", "journal.db",
		"journal.db-wal", "journal.db-shm" };
	char *dir = path_join(*state, "a");
	mode_t old = umask(0);
	struct store *s = open_store(dir);
	struct reader *r = reader_open(dir, NULL);
	struct order_list list = ORDER_LIST_INIT;
	int64_t id;

	assert_true(store_put_order(s, fixture_order(&list, 1), 1, NULL, NULL));
	assert_true(journal_add(s, &list.items[0], "accept", NULL, NULL, "x", 1, 1, &id, NULL));
	assert_int_equal(mode_of(*state, "a"), 0700);
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		assert_int_equal(mode_of(dir, files[i]), 0600);
	reader_close(r);
	store_close(s);
	umask(old);
	order_list_clear(&list);
	fixture_remove(dir);
}

static void files_that_others_can_read_are_closed_to_them(void **state)
{
	char *path = path_join(*state, "journal.db");

	fill(*state, 1);
	assert_int_equal(chmod(path, 0644), 0);
	store_close(open_store(*state));
	assert_int_equal(mode_of(*state, "journal.db"), 0600);
	free(path);
}

static void without_a_store_there_is_nothing_to_read(void **state)
{
	char *dir = path_join(*state, "none");
	struct error err = ERROR_INIT;

	assert_null(reader_open(dir, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_null(reader_open(*state, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	free(dir);
}

static void assert_same_file(const char *dir, const char *name, const struct buf *before)
{
	struct buf now = fixture_bytes(dir, name);

	assert_int_equal(now.len, before->len);
	assert_memory_equal(now.data, before->data, now.len);
	buf_clear(&now);
}

static void is_refused_as_newer(const char *dir, const char *file)
{
	struct buf before = fixture_bytes(dir, file);
	struct error err = ERROR_INIT;

	assert_null(store_open(dir, NULL, &err));
	assert_int_equal(err.code, ERR_STORAGE);
	assert_non_null(strstr(err.text, "newer duken"));
	assert_non_null(strstr(err.text, file));
	assert_null(reader_open(dir, &err));
	assert_int_equal(err.code, ERR_STORAGE);
	assert_same_file(dir, file, &before);
	buf_clear(&before);
}

static void a_newer_file_is_refused_and_left(void **state)
{
	static const char *const files[] = { "cache.db", "journal.db" };
	char back[60];

	fill(*state, 1);
	for (size_t i = 0; i < 2; i++) {
		snprintf(back, sizeof(back), "PRAGMA user_version = %d",
			(int)fixture_number(*state, files[i], "PRAGMA user_version"));
		fixture_sql(*state, files[i], "PRAGMA user_version = 99");
		is_refused_as_newer(*state, files[i]);
		fixture_sql(*state, files[i], back);
	}
	assert_false(fixture_exists(*state, "cache.db.damaged-1"));
	assert_false(fixture_exists(*state, "journal.db.before-99"));
	store_close(open_store(*state));
}

/* A newer program that was killed left something in the log: that is its own too. */
static void the_log_of_a_newer_file_is_left(void **state)
{
	pid_t child;
	char *path = path_join(*state, "journal.db");
	struct buf log;
	sqlite3 *db;

	fill(*state, 1);
	child = fork();
	if (child == 0) {
		if (sqlite3_open(path, &db) == SQLITE_OK &&
			sqlite3_exec(db, "PRAGMA user_version = 99", NULL, NULL, NULL) == SQLITE_OK)
			kill(getpid(), SIGKILL);
		_exit(1);
	}
	assert_int_equal(waitpid(child, NULL, 0), child);
	log = fixture_bytes(*state, "journal.db-wal");
	assert_int_not_equal(log.len, 0);
	is_refused_as_newer(*state, "journal.db");
	assert_same_file(*state, "journal.db-wal", &log);
	buf_clear(&log);
	free(path);
}

static void a_foreign_file_is_refused(void **state)
{
	struct error err = ERROR_INIT;

	fixture_sql(*state, "cache.db", "CREATE TABLE t(a); PRAGMA application_id = 5");
	assert_null(store_open(*state, NULL, &err));
	assert_int_equal(err.code, ERR_STORAGE);
	assert_non_null(strstr(err.text, "not made by duken"));
}

static void two_processes_can_make_a_store_at_once(void **state)
{
	int status;

	for (int i = 0; i < 6; i++)
		if (fork() == 0) {
			struct store *s = store_open(*state, NULL, NULL);

			store_close(s);
			_exit(s ? 0 : 1);
		}
	while (wait(&status) > 0)
		assert_int_equal(status, 0);
}

static void a_damaged_cache_is_begun_anew(void **state)
{
	struct order_list list = ORDER_LIST_INIT;
	struct action_list actions = ACTION_LIST_INIT;
	struct store_report report;
	struct store *s;

	for (int i = 1; i <= 2; i++) {
		fill(*state, 300);
		fixture_spoil(*state, "cache.db", 0, 4096);
		s = store_open(*state, &report, NULL);
		assert_non_null(s);
		assert_true(report.cache_rebuilt);
		assert_true(fixture_exists(*state, i == 1 ? "cache.db.damaged-1" : "cache.db.damaged-2"));
		assert_false(store_order_by_id(s, fixture_order(&list, 0)->id, &list, NULL));
		assert_true(journal_open(s, &actions, NULL));
		assert_int_equal(actions.n, 1);
		assert_true(journal_move(s, actions.items[0].id, ACTION_QUEUED, ACTION_UNDONE, "", "x", 1, NULL));
		action_list_clear(&actions);
		store_close(s);
	}
	s = store_open(*state, &report, NULL);
	assert_false(report.cache_rebuilt);
	store_close(s);
	order_list_clear(&list);
}

/* Damage deep in the file shows only in use; the next start begins anew. */
static void damage_met_in_use_is_remembered(void **state)
{
	struct row_list rows = ROW_LIST_INIT;
	struct error err = ERROR_INIT;
	struct reader *r;
	struct store *s;
	struct store_report report;

	fill(*state, 5000);
	fixture_spoil(*state, "cache.db", 40 * 4096, 900 * 4096);
	r = reader_open(*state, &err);
	assert_non_null(r);
	assert_false(reader_rows(r, &(struct view){ .queue = NULL }, NULL, READ_FORWARD, 5000, &rows, &err));
	assert_int_equal(err.code, ERR_STORAGE);
	assert_non_null(strstr(err.text, "damaged"));
	assert_true(fixture_exists(*state, "cache.db.suspect"));
	/* Not while the reader has it open. */
	assert_null(store_open(*state, NULL, &err));
	assert_int_equal(err.code, ERR_STORAGE);
	row_list_clear(&rows);
	reader_close(r);
	s = store_open(*state, &report, &err);
	assert_non_null(s);
	assert_true(report.cache_rebuilt);
	assert_false(fixture_exists(*state, "cache.db.suspect"));
	store_close(s);
}

static void set_file_limit(rlim_t bytes)
{
	struct rlimit limit;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = bytes;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void a_write_that_finds_no_room_is_taken_back(void **state)
{
	struct store *s = open_store(*state);
	struct order_list page = ORDER_LIST_INIT, out = ORDER_LIST_INIT;
	struct store_changes changes = { 0 };
	struct error err = ERROR_INIT;
	struct pass pass;
	struct action_list actions = ACTION_LIST_INIT;
	int64_t id;

	signal(SIGXFSZ, SIG_IGN);
	assert_true(store_pass_begin(s, "ANY", 0, 1, &pass, &err));
	for (int64_t i = 0; i < 2000; i++)
		fixture_order(&page, i);
	set_file_limit(256 * 1024);
	assert_false(store_put_listed(s, &pass, &page, 1, &changes, &err));
	assert_int_equal(err.code, ERR_STORAGE);
	assert_int_equal(changes.added, 0);
	assert_false(store_order_by_id(s, page.items[0].id, &out, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	set_file_limit(4096);
	assert_false(journal_add(s, &page.items[0], "accept", NULL, NULL, "x", 1, 1, &id, &err));
	assert_int_equal(err.code, ERR_STORAGE);
	assert_true(journal_open(s, &actions, &err));
	assert_int_equal(actions.n, 0);
	set_file_limit(RLIM_INFINITY);
	assert_true(store_put_listed(s, &pass, &page, 1, &changes, &err));
	assert_int_equal(changes.added, 2000);
	assert_true(journal_add(s, &page.items[0], "accept", NULL, NULL, "x", 1, 1, &id, &err));
	action_list_clear(&actions);
	order_list_clear(&page);
	store_close(s);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make_dir, remove_dir)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(files_are_private_under_any_umask),
		TEST(files_that_others_can_read_are_closed_to_them),
		TEST(without_a_store_there_is_nothing_to_read),
		TEST(a_newer_file_is_refused_and_left),
		TEST(the_log_of_a_newer_file_is_left),
		TEST(a_foreign_file_is_refused),
		TEST(two_processes_can_make_a_store_at_once),
		TEST(a_damaged_cache_is_begun_anew),
		TEST(damage_met_in_use_is_remembered),
		TEST(a_write_that_finds_no_room_is_taken_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
