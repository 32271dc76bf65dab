#include "store/journal.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/path.h"
#include "store/reader.h"
#include "tests/unit/store_fixture.h"
#include "tests/unit/unit.h"

#define SECRET "482915"

static const struct order order = { .id = "ID1", .code = "412345678", .state = "NEW",
	.status = "APPROVED_BY_BANK", .customer = "Айгерім С.", .phone = "7011234567", .assembled = true };

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

static int64_t add(struct store *s, const char *kind)
{
	struct error err = ERROR_INIT;
	int64_t id = 0;

	assert_true(journal_add(s, &order, kind, NULL, NULL, "Айгуль", 100, 5100, &id, &err));
	return id;
}

static enum action_state state_of(struct store *s, int64_t id)
{
	struct action_list list = ACTION_LIST_INIT;
	enum action_state state;

	assert_true(journal_get(s, id, &list, NULL));
	state = list.items[0].state;
	action_list_clear(&list);
	return state;
}

static void what_was_confirmed_is_on_disk(void **state)
{
	struct store *s = open_store(*state);
	struct action_list list = ACTION_LIST_INIT;
	struct form form = FORM_INIT, back = FORM_INIT;
	struct error err = ERROR_INIT;
	int64_t id = 0;

	form_set(&form, "spaces", "3");
	form_set(&form, "code", SECRET);
	assert_true(journal_add(s, &order, "complete", &form, "code", "Айгуль", 100, 5100, &id, &err));
	store_close(s);
	s = open_store(*state);
	assert_true(journal_open(s, &list, &err));
	assert_int_equal(list.n, 1);
	assert_int_equal(list.items[0].id, id);
	assert_string_equal(list.items[0].order_id, "ID1");
	assert_string_equal(list.items[0].code, "412345678");
	assert_string_equal(list.items[0].kind, "complete");
	assert_string_equal(list.items[0].clerk, "Айгуль");
	assert_string_equal(list.items[0].before_state, "NEW");
	assert_string_equal(list.items[0].before_status, "APPROVED_BY_BANK");
	assert_true(list.items[0].before_assembled);
	assert_int_equal(list.items[0].send_after_ms, 5100);
	assert_true(list.items[0].mine);
	assert_false(list.items[0].orphan);
	assert_true(journal_form(s, id, &back, &err));
	assert_string_equal(form_get(&back, "spaces"), "3");
	assert_null(form_get(&back, "code"));
	form_clear(&form);
	form_clear(&back);
	action_list_clear(&list);
	store_close(s);
}

/* Looked for in what a killed process leaves: nothing is merged or tidied up. */
static void neither_secret_nor_buyer_is_in_the_files(void **state)
{
	static const char *const files[] = { "journal.db", "journal.db-wal", "cache.db", "cache.db-wal" };
	pid_t child = fork();
	int status;

	if (!child) {
		struct store *s = store_open(*state, NULL, NULL);
		struct form form = FORM_INIT;
		int64_t id;

		form_set(&form, "code", SECRET);
		form_set(&form, "comment", "kept-words");
		if (!s || !journal_add(s, &order, "complete", &form, "code", "x", 1, 1, &id, NULL) ||
			!journal_sending(s, id, "x", 2, NULL))
			_exit(1);
		kill(getpid(), SIGKILL);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	assert_int_not_equal(fixture_occurrences(*state, "journal.db", "kept-words") +
		fixture_occurrences(*state, "journal.db-wal", "kept-words"), 0);
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		assert_int_equal(fixture_occurrences(*state, files[i], SECRET), 0);
		assert_int_equal(fixture_occurrences(*state, files[i], "Айгерім"), 0);
		assert_int_equal(fixture_occurrences(*state, files[i], "7011234567"), 0);
	}
}

static void one_open_action_of_a_kind(void **state)
{
	struct store *s = open_store(*state);
	struct error err = ERROR_INIT;
	int64_t first = add(s, "accept"), id = -1;

	assert_false(journal_add(s, &order, "accept", NULL, NULL, "Берік", 1, 1, &id, &err));
	assert_int_equal(err.code, ERR_CONFLICT);
	assert_non_null(strstr(err.text, "Айгуль"));
	add(s, "cancel");
	assert_true(journal_move(s, first, ACTION_QUEUED, ACTION_UNDONE, NULL, "x", 9, &err));
	assert_true(add(s, "accept") > first);
	store_close(s);
}

static void only_the_drawn_steps_are_taken(void **state)
{
	static const bool allowed[ACTION_STATES][ACTION_STATES] = {
		[ACTION_QUEUED] = { [ACTION_CONFLICT] = true, [ACTION_UNDONE] = true,
			[ACTION_ASK] = true, [ACTION_UNKNOWN] = true },
		[ACTION_SENDING] = { [ACTION_DONE] = true, [ACTION_REFUSED] = true,
			[ACTION_UNKNOWN] = true },
		[ACTION_UNKNOWN] = { [ACTION_DONE] = true, [ACTION_REFUSED] = true, [ACTION_ASK] = true,
			[ACTION_QUEUED] = true },
		[ACTION_ASK] = { [ACTION_DONE] = true, [ACTION_REFUSED] = true },
	};
	struct store *s = open_store(*state);
	struct error err = ERROR_INIT;
	int64_t id = add(s, "accept");

	for (int from = 0; from < ACTION_STATES; from++)
		for (int to = 0; to < ACTION_STATES; to++) {
			if (allowed[from][to])
				continue;
			assert_false(journal_move(s, id, (enum action_state)from, (enum action_state)to,
				"", "x", 1, &err));
			assert_int_equal(err.code, ERR_CONFLICT);
		}
	assert_int_equal(state_of(s, id), ACTION_QUEUED);
	store_close(s);
}

static void a_step_is_taken_once(void **state)
{
	struct store *s = open_store(*state);
	struct action_list list = ACTION_LIST_INIT;
	struct error err = ERROR_INIT;
	int64_t id = add(s, "accept");

	assert_true(journal_sending(s, id, "x", 200, &err));
	assert_false(journal_sending(s, id, "x", 201, &err));
	assert_int_equal(err.code, ERR_CONFLICT);
	assert_false(journal_move(s, id, ACTION_QUEUED, ACTION_UNDONE, NULL, "x", 201, &err));
	assert_int_equal(err.code, ERR_CONFLICT);
	assert_true(journal_move(s, id, ACTION_SENDING, ACTION_UNKNOWN, "cut", "x", 300, &err));
	assert_true(journal_move(s, id, ACTION_UNKNOWN, ACTION_QUEUED, NULL, "x", 400, &err));
	assert_true(journal_sending(s, id, "x", 500, &err));
	assert_true(journal_move(s, id, ACTION_SENDING, ACTION_DONE, "Принят", "x", 600, &err));
	assert_true(journal_get(s, id, &list, &err));
	assert_int_equal(list.items[0].attempts, 2);
	assert_int_equal(list.items[0].sent_ms, 500);
	assert_int_equal(list.items[0].ended_ms, 600);
	assert_string_equal(list.items[0].message, "Принят");
	assert_false(journal_sending(s, 4711, "x", 1, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_true(journal_was_done(s, "ID1", "accept"));
	assert_false(journal_was_done(s, "ID1", "cancel"));
	action_list_clear(&list);
	store_close(s);
}

#define RACERS 8

static void run(const char *dir, bool (*work)(struct store *s), const int start[2], int results)
{
	struct store *s = store_open(dir, NULL, NULL);
	char c;

	close(start[1]);
	(void)!read(start[0], &c, 1);	/* until the parent closes it */
	c = !s ? '?' : work(s) ? 'y' : 'n';
	(void)!write(results, &c, 1);
	/* Nobody ends before all have tried: what a process holds is free when it ends. */
	for (;;)
		pause();
}

/* Runs `work` in several processes at once; how many of them said true. */
static int race(const char *dir, bool (*work)(struct store *s))
{
	int winners = 0, start[2], results[2];
	pid_t racers[RACERS];
	char c = '?';

	assert_int_equal(pipe(start), 0);
	assert_int_equal(pipe(results), 0);
	for (int i = 0; i < RACERS; i++)
		if ((racers[i] = fork()) == 0)
			run(dir, work, start, results[1]);
	close(start[0]);
	close(start[1]);
	for (int i = 0; i < RACERS; i++) {
		assert_int_equal(read(results[0], &c, 1), 1);
		assert_int_not_equal(c, '?');
		winners += c == 'y';
	}
	for (int i = 0; i < RACERS; i++) {
		kill(racers[i], SIGKILL);
		assert_int_equal(waitpid(racers[i], NULL, 0), racers[i]);
	}
	close(results[0]);
	close(results[1]);
	return winners;
}

static bool try_add(struct store *s)
{
	int64_t id;

	return journal_add(s, &order, "accept", NULL, NULL, "x", 1, 1, &id, NULL);
}

static bool try_undo(struct store *s)
{
	return journal_move(s, 1, ACTION_QUEUED, ACTION_UNDONE, NULL, "x", 1, NULL);
}

static bool try_adopt(struct store *s)
{
	size_t n = 0;

	return journal_adopt(s, "x", 1, &n, NULL) && n == 1;
}

static void processes_that_race_have_one_winner(void **state)
{
	struct reader *r;
	struct action_list list = ACTION_LIST_INIT;

	assert_int_equal(race(*state, try_add), 1);
	r = reader_open(*state, NULL);
	assert_non_null(r);
	assert_true(reader_action(r, 1, &list, NULL));
	assert_true(list.items[0].orphan);
	assert_false(list.items[0].mine);
	action_list_clear(&list);
	reader_close(r);
	assert_int_equal(race(*state, try_undo), 1);
}

static void another_process_must_not_send_what_is_ours(void **state)
{
	struct store *s = open_store(*state);
	int64_t id = add(s, "accept");
	struct error err = ERROR_INIT;
	pid_t child = fork();
	int status;

	if (!child) {
		struct store *other = store_open(*state, NULL, NULL);
		size_t n = 9;

		_exit(other && journal_adopt(other, "x", 1, &n, NULL) && n == 0 &&
			!journal_sending(other, id, "x", 1, &err) && err.code == ERR_CONFLICT ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_true(journal_sending(s, id, "x", 1, &err));
	store_close(s);
}

static void leave_behind(const char *dir)
{
	struct store *s = store_open(dir, NULL, NULL);
	int64_t id;

	if (s && journal_add(s, &order, "accept", NULL, NULL, "x", 1, 1, &id, NULL) &&
		journal_sending(s, id, "x", 2, NULL) &&
		journal_add(s, &order, "cancel", NULL, NULL, "x", 1, 1, &id, NULL))
		kill(getpid(), SIGKILL);
	_exit(1);
}

static void the_actions_of_a_killed_process_are_adopted(void **state)
{
	struct action_list list = ACTION_LIST_INIT;
	struct error err = ERROR_INIT;
	pid_t child = fork();
	struct store *s;
	size_t n = 0;

	if (!child)
		leave_behind(*state);
	assert_int_equal(waitpid(child, NULL, 0), child);
	s = open_store(*state);
	assert_true(journal_open(s, &list, &err));
	assert_int_equal(list.n, 2);
	assert_int_equal(list.items[0].state, ACTION_SENDING);
	assert_true(list.items[0].orphan);
	assert_true(journal_adopt(s, "x", 5, &n, &err));
	assert_int_equal(n, 2);
	action_list_clear(&list);
	assert_true(journal_open(s, &list, &err));
	assert_int_equal(list.items[0].state, ACTION_UNKNOWN);
	assert_int_equal(list.items[1].state, ACTION_QUEUED);
	assert_true(list.items[0].mine && list.items[1].mine);
	assert_false(list.items[0].orphan || list.items[1].orphan);
	assert_true(journal_adopt(s, "x", 6, &n, &err));
	assert_int_equal(n, 0);
	action_list_clear(&list);
	store_close(s);
}

static void an_orphan_is_adopted_once(void **state)
{
	pid_t child = fork();
	int64_t id;

	if (!child) {
		struct store *s = store_open(*state, NULL, NULL);

		_exit(s && journal_add(s, &order, "accept", NULL, NULL, "x", 1, 1, &id, NULL) ? 0 : 1);
	}
	assert_int_equal(waitpid(child, NULL, 0), child);
	assert_int_equal(race(*state, try_adopt), 1);
}

static void the_reader_answers_questions(void **state)
{
	struct store *s = open_store(*state);
	struct reader *r = reader_open(*state, NULL);
	struct action_list list = ACTION_LIST_INIT;
	size_t open, ask;
	int64_t a = add(s, "accept"), c = add(s, "cancel");

	assert_true(reader_changed(r));
	assert_false(reader_changed(r));
	assert_true(journal_sending(s, a, "x", 2, NULL));
	assert_true(journal_move(s, a, ACTION_SENDING, ACTION_UNKNOWN, "", "x", 3, NULL));
	assert_true(journal_move(s, a, ACTION_UNKNOWN, ACTION_ASK, "", "x", 3, NULL));
	reader_open_actions(r, &open, &ask);
	assert_int_equal(open, 2);
	assert_int_equal(ask, 1);
	assert_true(journal_move(s, c, ACTION_QUEUED, ACTION_CONFLICT, "moved on", "x", 4, NULL));
	assert_true(reader_journal(r, &(struct journal_query){ .limit = 0 }, &list, NULL));
	assert_int_equal(list.n, 2);
	assert_int_equal(list.items[0].id, c);
	action_list_clear(&list);
	assert_true(reader_journal(r, &(struct journal_query){ .open_only = true }, &list, NULL));
	assert_int_equal(list.n, 1);
	assert_int_equal(list.items[0].id, a);
	action_list_clear(&list);
	assert_true(reader_journal(r, &(struct journal_query){ .order_id = "ID1", .kind = "cancel" },
		&list, NULL));
	assert_int_equal(list.n, 1);
	action_list_clear(&list);
	assert_true(reader_journal(r, &(struct journal_query){ .since_ms = 101 }, &list, NULL));
	assert_true(reader_journal(r, &(struct journal_query){ .order_id = "nobody" }, &list, NULL));
	assert_int_equal(list.n, 0);
	assert_true(reader_journal(r, &(struct journal_query){ .limit = 1 }, &list, NULL));
	assert_int_equal(list.n, 1);
	action_list_clear(&list);
	reader_close(r);
	store_close(s);
}

static void states_have_names(void **state)
{
	enum action_state s;

	(void)state;
	for (int i = 0; i < ACTION_STATES; i++) {
		assert_true(action_state_parse(action_state_name((enum action_state)i), &s));
		assert_int_equal(s, i);
	}
	assert_false(action_state_parse("lost", &s));
}

static off_t size_of(const char *dir, const char *name)
{
	char *path = path_join(dir, name);
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	free(path);
	return st.st_size;
}

/* Beyond the thousand pages after which SQLite would do it, and the clerk wait for it. */
static void the_log_is_moved_between_the_steps(void **state)
{
	struct store *s = open_store(*state);
	off_t before = size_of(*state, "journal.db");
	char kind[16];

	for (int i = 0; size_of(*state, "journal.db-wal") < 1200 * 4096; i++) {
		snprintf(kind, sizeof(kind), "k%d", i);
		add(s, kind);
	}
	assert_int_equal(size_of(*state, "journal.db"), before);
	store_tidy(s);
	assert_true(size_of(*state, "journal.db") > before);
	store_close(s);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make_dir, remove_dir)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_was_confirmed_is_on_disk),
		TEST(neither_secret_nor_buyer_is_in_the_files),
		TEST(one_open_action_of_a_kind),
		TEST(only_the_drawn_steps_are_taken),
		TEST(a_step_is_taken_once),
		TEST(processes_that_race_have_one_winner),
		TEST(another_process_must_not_send_what_is_ours),
		TEST(the_actions_of_a_killed_process_are_adopted),
		TEST(an_orphan_is_adopted_once),
		TEST(the_reader_answers_questions),
		TEST(the_log_is_moved_between_the_steps),
		cmocka_unit_test(states_have_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
