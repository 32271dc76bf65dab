/* Journals of the first version are brought up to date, whatever comes in between. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "store/files.h"
#include "store/journal.h"
#include "store/reader.h"
#include "store/verify.h"
#include "tests/unit/store_fixture.h"
#include "tests/unit/unit.h"

#define JOURNAL "journal.db"
#define COPY "journal.db.before-1"
#define ACTIONS 120

/* As the first version made it. */
static const char first_version[] =
	"PRAGMA journal_mode = WAL; PRAGMA secure_delete = ON; BEGIN;"
	"CREATE TABLE action(id INTEGER PRIMARY KEY AUTOINCREMENT, order_id TEXT NOT NULL,"
	"code TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL, message TEXT NOT NULL,"
	"clerk TEXT NOT NULL, before_state TEXT NOT NULL, before_status TEXT NOT NULL,"
	"before_assembled INTEGER NOT NULL, attempts INTEGER NOT NULL, confirmed_ms INTEGER NOT NULL,"
	"send_after_ms INTEGER NOT NULL, sent_ms INTEGER NOT NULL, ended_ms INTEGER NOT NULL,"
	"owner_pid INTEGER NOT NULL, owner_start INTEGER NOT NULL, owner_boot TEXT NOT NULL);"
	"CREATE UNIQUE INDEX action_open ON action(order_id, kind)"
	" WHERE state IN ('queued', 'sending', 'unknown', 'ask');"
	"CREATE INDEX action_order ON action(order_id, kind);"
	"CREATE INDEX action_confirmed ON action(confirmed_ms);"
	"CREATE TABLE action_form(action_id INTEGER NOT NULL REFERENCES action(id), name TEXT NOT NULL,"
	"value TEXT NOT NULL, PRIMARY KEY(action_id, name)) WITHOUT ROWID;"
	"PRAGMA application_id = 0x64756b6a;"
	"PRAGMA user_version = 1;"
	"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120)"
	" INSERT INTO action SELECT i, 'ID' || i, 400000000 + i, CASE i % 3 WHEN 0 THEN 'accept' ELSE 'complete' END,"
	" CASE i % 5 WHEN 0 THEN 'queued' WHEN 1 THEN 'ask' WHEN 2 THEN 'refused' ELSE 'done' END,"
	" 'хабарлама ' || i, 'Айгуль', 'NEW', 'APPROVED_BY_BANK', i % 2, i % 3, 1000 * i, 1000 * i + 5000, 1000 * i,"
	" CASE WHEN i % 5 > 1 THEN 1000 * i + 9 ELSE 0 END, 4711, 815, 'another life' FROM n;"
	"INSERT INTO action_form SELECT id, 'comment', 'сөз ' || id FROM action WHERE id % 4 = 0;"
	"DELETE FROM action_form WHERE action_id = 60; DELETE FROM action WHERE id = 60;"
	"COMMIT;";
static const char all_actions[] = "SELECT id, order_id, code, kind, state, message, clerk, before_state,"
	" before_status, before_assembled, attempts, confirmed_ms, send_after_ms, sent_ms, ended_ms, owner_pid,"
	" owner_start, owner_boot FROM action ORDER BY id";
static const char all_forms[] = "SELECT * FROM action_form";

struct old {
	char *dir;
	char *actions;
	char *forms;
};

static void make_old(struct old *o)
{
	o->dir = fixture_dir();
	fixture_sql(o->dir, JOURNAL, first_version);
	o->actions = fixture_dump(o->dir, JOURNAL, all_actions);
	o->forms = fixture_dump(o->dir, JOURNAL, all_forms);
}

static void remove_old(struct old *o)
{
	fixture_remove(o->dir);
	free(o->actions);
	free(o->forms);
}

static int set_up(void **state)
{
	static struct old old;

	make_old(&old);
	*state = &old;
	return 0;
}

static int tear_down(void **state)
{
	remove_old(*state);
	return 0;
}

static void has_all_rows(const struct old *o, const char *name)
{
	char *actions = fixture_dump(o->dir, name, all_actions), *forms = fixture_dump(o->dir, name, all_forms);

	assert_string_equal(actions, o->actions);
	assert_string_equal(forms, o->forms);
	free(actions);
	free(forms);
}

static void note(void *arg, const char *sentence)
{
	(void)arg;
	fprintf(stderr, "# %s\n", sentence);
}

static void is_up_to_date(const struct old *o)
{
	struct error err = ERROR_INIT;
	struct verify_result result;

	assert_int_equal(fixture_number(o->dir, JOURNAL, "PRAGMA user_version"), 3);
	has_all_rows(o, JOURNAL);
	assert_true(journal_verify(o->dir, NULL, note, NULL, &result, &err));
	assert_int_equal(result.findings, 0);
	assert_int_equal(result.entries, ACTIONS - 1);
	assert_int_equal(fixture_number(o->dir, JOURNAL, "SELECT count(*) FROM audit a JOIN action b"
		" ON b.id = a.action_id WHERE a.event = 'before' AND a.state = b.state"), ACTIONS - 1);
}

static void is_whole_copy(const struct old *o, const char *name)
{
	assert_int_equal(fixture_number(o->dir, name, "PRAGMA user_version"), 1);
	assert_int_equal(fixture_number(o->dir, name, "PRAGMA application_id"), 0x64756b6a);
	assert_int_equal(fixture_number(o->dir, name, "SELECT count(*) FROM pragma_integrity_check"
		" WHERE integrity_check = 'ok'"), 1);
	has_all_rows(o, name);
}

static bool opens(const char *dir, struct error *err)
{
	struct store *s = store_open(dir, NULL, err);

	store_close(s);
	return s != NULL;
}

/* ---- tests ------------------------------------------------------------------------------------- */

static void all_rows_come_over_and_a_copy_is_kept(void **state)
{
	const struct old *o = *state;
	struct error err = ERROR_INIT;
	mode_t mask = umask(0);
	char *path = xasprintf("%s/" COPY, o->dir);
	struct stat st;

	assert_true(opens(o->dir, &err));
	umask(mask);
	is_up_to_date(o);
	is_whole_copy(o, COPY);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_false(fixture_exists(o->dir, JOURNAL ".copying"));
	/* Once is enough. */
	assert_int_equal(unlink(path), 0);
	assert_true(opens(o->dir, &err));
	assert_false(fixture_exists(o->dir, COPY));
	assert_false(fixture_exists(o->dir, "cache.db.before-1"));
	free(path);
}

static void what_was_open_goes_on(void **state)
{
	const struct old *o = *state;
	struct action_list list = ACTION_LIST_INIT;
	struct verify_result result;
	struct store *s = store_open(o->dir, NULL, NULL);
	size_t n = 0;

	assert_non_null(s);
	assert_true(journal_adopt(s, "x", 1, &n, NULL));
	assert_int_equal(n, 47);	/* every fifth queues and every fifth asks; 60 is deleted */
	assert_true(journal_open(s, &list, NULL));
	assert_true(journal_move(s, list.items[0].id, ACTION_ASK, ACTION_DONE, "", "x", 2, NULL));
	assert_true(journal_purge(s, 50000, NULL));
	action_list_clear(&list);
	store_close(s);
	assert_true(journal_verify(o->dir, NULL, note, NULL, &result, NULL));
	assert_int_equal(result.findings, 0);
}

/* A copy holds the same texts, so it goes when they go. */
static void a_copy_is_kept_no_longer_than_texts(void **state)
{
	const struct old *o = *state;
	struct store *s = store_open(o->dir, NULL, NULL);

	assert_non_null(s);
	assert_true(journal_purge(s, 1000, NULL));
	assert_true(fixture_exists(o->dir, COPY));
	assert_true(journal_purge(s, clock_now_ms() + CLOCK_DAY_MS, NULL));
	assert_false(fixture_exists(o->dir, COPY));
	store_close(s);
}

static void a_new_store_keeps_no_copy(void **state)
{
	char *dir = fixture_dir();

	(void)state;
	assert_true(opens(dir, NULL));
	assert_false(fixture_exists(dir, "journal.db.before-0"));
	assert_false(fixture_exists(dir, "journal.db.copying"));
	fixture_remove(dir);
}

static void half_a_copy_is_begun_again(void **state)
{
	const struct old *o = *state;
	struct buf junk = BUF_INIT(BUF_MAX_LINE);

	buf_adds(&junk, "half a copy of a killed program");
	fixture_write(o->dir, JOURNAL ".copying", &junk);
	fixture_write(o->dir, COPY, &junk);
	assert_true(opens(o->dir, NULL));
	is_up_to_date(o);
	is_whole_copy(o, COPY);
	assert_false(fixture_exists(o->dir, JOURNAL ".copying"));
	buf_clear(&junk);
}

/* A table is in the way, so that the step fails after half of its work. */
static void a_step_that_fails_is_taken_back(void **state)
{
	const struct old *o = *state;
	struct error err = ERROR_INIT;

	fixture_sql(o->dir, JOURNAL, "CREATE TABLE audit(in_the_way)");
	assert_false(opens(o->dir, &err));
	assert_int_equal(err.code, ERR_STORAGE);
	assert_int_equal(fixture_number(o->dir, JOURNAL, "PRAGMA user_version"), 1);
	assert_int_equal(fixture_number(o->dir, JOURNAL,
		"SELECT count(*) FROM pragma_table_info('action') WHERE name = 'salt'"), 0);
	has_all_rows(o, JOURNAL);
	fixture_sql(o->dir, JOURNAL, "DROP TABLE audit");
	assert_true(opens(o->dir, &err));
	is_up_to_date(o);
}

static void migrate_under(const char *dir, rlim_t limit, bool killed)
{
	struct rlimit r = { limit, limit }, no_core = { 0, 0 };

	setrlimit(RLIMIT_CORE, &no_core);
	signal(SIGXFSZ, killed ? SIG_DFL : SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &r);
	_exit(opens(dir, NULL) ? 0 : 1);
}

/* The process is killed, or told that there is no room, at every size that a file grows to: half of a
 * copy, half of a log. 0 when it came to its end. */
static int stopped_at(const struct old *o, rlim_t limit, bool killed)
{
	pid_t child = fork();
	int status;

	if (child == 0)
		migrate_under(o->dir, limit, killed);
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

static void stopping_anywhere_loses_nothing(void **state)
{
	int points = 0, whole = 0;

	(void)state;
	for (rlim_t limit = 0; whole < 2; limit += 4096)
		for (int killed = 0; killed < 2; killed++) {
			struct old o;

			make_old(&o);
			if (stopped_at(&o, limit, killed) == 0)
				whole++;
			else
				points++;
			if (fixture_exists(o.dir, COPY))
				is_whole_copy(&o, COPY);
			has_all_rows(&o, JOURNAL);
			assert_true(opens(o.dir, NULL));
			is_up_to_date(&o);
			is_whole_copy(&o, COPY);
			assert_false(fixture_exists(o.dir, JOURNAL ".copying"));
			remove_old(&o);
		}
	fprintf(stderr, "# stopped at %d points\n", points);
	assert_true(points > 10);
}

static void processes_that_come_at_once_all_get_it(void **state)
{
	const struct old *o = *state;
	int status;

	for (int i = 0; i < 6; i++)
		if (fork() == 0)
			_exit(opens(o->dir, NULL) ? 0 : 1);
	while (wait(&status) > 0)
		assert_int_equal(status, 0);
	is_up_to_date(o);
	is_whole_copy(o, COPY);
}

/* An older program that has it open would write actions without an audit. */
static void not_under_the_feet_of_an_older_program(void **state)
{
	const struct old *o = *state;
	struct error err = ERROR_INIT;
	int lock = files_lock(o->dir, NULL);

	assert_false(opens(o->dir, &err));
	assert_int_equal(err.code, ERR_STORAGE);
	assert_non_null(strstr(err.text, "older duken"));
	assert_non_null(strstr(err.text, "end every duken"));
	assert_int_equal(fixture_number(o->dir, JOURNAL, "PRAGMA user_version"), 1);
	assert_false(fixture_exists(o->dir, COPY));
	files_unlock(lock);
	assert_true(opens(o->dir, &err));
	is_up_to_date(o);
}

static void a_reader_says_who_brings_it_up_to_date(void **state)
{
	const struct old *o = *state;
	struct verify_result result;
	struct error err = ERROR_INIT;

	assert_null(reader_open(o->dir, &err));
	assert_int_equal(err.code, ERR_STORAGE);
	assert_non_null(strstr(err.text, "older duken"));
	assert_false(journal_verify(o->dir, NULL, note, NULL, &result, &err));
	assert_non_null(strstr(err.text, "older duken"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(all_rows_come_over_and_a_copy_is_kept),
		TEST(what_was_open_goes_on),
		TEST(a_copy_is_kept_no_longer_than_texts),
		TEST(a_new_store_keeps_no_copy),
		TEST(half_a_copy_is_begun_again),
		TEST(a_step_that_fails_is_taken_back),
		cmocka_unit_test(stopping_anywhere_loses_nothing),
		TEST(processes_that_come_at_once_all_get_it),
		TEST(not_under_the_feet_of_an_older_program),
		TEST(a_reader_says_who_brings_it_up_to_date),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
