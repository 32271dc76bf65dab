/* The audit as it is written: an entry for every step, texts that can go, clocks that jump. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/journal.h"
#include "tests/unit/audit_fixture.h"
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

static void every_step_has_its_entry(void **state)
{
	char *events;

	audit_fill(*state);
	audit_finds_nothing(*state);
	assert_int_equal(audit_result()->entries, AUDIT_FILLED);
	assert_int_equal(strlen(audit_result()->head), 64);
	assert_true(verify_is_hash(audit_result()->head));
	assert_int_equal(fixture_number(*state, JOURNAL, "SELECT count(*) FROM audit WHERE seq BETWEEN 1 AND 19"),
		AUDIT_FILLED);
	events = fixture_dump(*state, JOURNAL, "SELECT cast(group_concat(event || ':' || state || ':' || clerk, ' ')"
		" AS TEXT) = 'added:queued:Айгуль moved:sending:Берік moved:done:Берік purged:done:"
		" added:queued:Айгуль moved:sending:Берік moved:done:Берік"
		" added:queued:Айгуль moved:sending:Берік moved:unknown:Берік moved:queued:Берік"
		" moved:sending:Берік moved:unknown:Берік moved:ask:Берік settled:refused:Берік"
		" added:queued:Айгуль added:queued:x moved:sending:x adopted:unknown:Берік' FROM audit");
	assert_string_equal(events, "1:1:31\n");
	free(events);
	/* Each has the hash of the one before. */
	assert_int_equal(fixture_number(*state, JOURNAL, "SELECT count(*) FROM audit a JOIN audit b"
		" ON b.seq = a.seq + 1 WHERE b.previous = a.hash"), AUDIT_FILLED - 1);
}

static void a_step_that_fails_leaves_none(void **state)
{
	struct store *s = audit_open(*state);
	int64_t id = audit_add(s, &audit_orders[0], "accept", NULL), other = 0;

	assert_false(journal_add(s, &audit_orders[0], "accept", NULL, NULL, "x", 1, 1, &other, NULL));
	assert_false(journal_move(s, id, ACTION_SENDING, ACTION_DONE, NULL, "x", 1, NULL));
	assert_false(journal_sending(s, 4711, "x", 1, NULL));
	store_close(s);
	audit_finds_nothing(*state);
	assert_int_equal(audit_result()->entries, 1);
}

static void no_journal_is_no_finding(void **state)
{
	struct verify_result result;
	struct error err = ERROR_INIT;

	assert_false(journal_verify(*state, NULL, NULL, NULL, &result, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	store_close(audit_open(*state));
	audit_finds_nothing(*state);
	assert_int_equal(audit_result()->entries, 0);
	assert_string_equal(audit_result()->head, "");
}

/* ---- purging, clocks, processes ---------------------------------------------------------------- */

static void purged_texts_are_gone_and_the_rest_stays(void **state)
{
	char *salts;
	struct store *s;

	audit_fill(*state);
	s = audit_open(*state);
	assert_true(journal_purge(s, 5001, NULL));
	assert_true(journal_purge(s, 5001, NULL));
	store_close(s);
	assert_int_equal(fixture_occurrences(*state, JOURNAL, "PURGED-WORDS"), 0);
	assert_int_equal(fixture_occurrences(*state, JOURNAL, "kept"), 0);
	assert_int_not_equal(fixture_occurrences(*state, JOURNAL, "the buyer does not answer"), 0);
	assert_int_equal(fixture_number(*state, JOURNAL, "SELECT count(*) FROM action WHERE salt IS NULL"), 2);
	assert_int_equal(fixture_number(*state, JOURNAL,
		"SELECT count(*) FROM action_form WHERE action_id <= 2"), 0);
	audit_finds_nothing(*state);
	assert_int_equal(audit_result()->entries, AUDIT_FILLED + 1);
	/* What is open keeps its texts, whatever the clock says. */
	s = audit_open(*state);
	assert_true(journal_purge(s, INT64_MAX, NULL));
	store_close(s);
	salts = fixture_dump(*state, JOURNAL, "SELECT id FROM action WHERE salt IS NOT NULL");
	assert_string_equal(salts, "1:1:34\n1:1:35\n");
	free(salts);
	audit_finds_nothing(*state);
}

static void many_are_purged(void **state)
{
	struct store *s = audit_open(*state);

	for (int i = 0; i < 450; i++) {
		int64_t id = audit_add(s, &audit_orders[0], "accept", "bye");

		audit_move(s, id, ACTION_QUEUED, ACTION_UNDONE, 2000 + i);
	}
	assert_true(journal_purge(s, 2440, NULL));
	store_close(s);
	assert_int_equal(fixture_number(*state, JOURNAL, "SELECT count(*) FROM action WHERE salt IS NULL"), 440);
	assert_int_equal(fixture_number(*state, JOURNAL, "SELECT count(*) FROM action_form"), 20);
	audit_finds_nothing(*state);
	assert_int_equal(audit_result()->entries, 450 * 2 + 440);
}

/* Times are written down and never compared. */
static void clocks_may_jump(void **state)
{
	static const int64_t times[] = { 5000000, 4, 0, -77, INT64_MAX, INT64_MIN, 1 };
	struct action_list list = ACTION_LIST_INIT;
	struct store *s = audit_open(*state);
	int64_t open, id;

	for (size_t i = 0; i + 1 < sizeof(times) / sizeof(times[0]); i++) {
		assert_true(journal_add(s, &audit_orders[0], "accept", NULL, NULL, "x", times[i], times[i] / 2, &id, NULL));
		audit_move(s, id, ACTION_QUEUED, ACTION_SENDING, times[i + 1]);
		audit_move(s, id, ACTION_SENDING, ACTION_UNKNOWN, times[i]);
		audit_move(s, id, ACTION_UNKNOWN, ACTION_QUEUED, times[i + 1]);
		audit_move(s, id, ACTION_QUEUED, ACTION_CONFLICT, times[i]);
		assert_true(journal_add(s, &audit_orders[1], "accept", NULL, NULL, "x", times[i], 0, &open, NULL));
		assert_true(journal_open(s, &list, NULL));
		assert_int_equal(list.n, 1);
		assert_int_equal(list.items[0].id, open);
		action_list_clear(&list);
		audit_move(s, open, ACTION_QUEUED, ACTION_UNDONE, times[i + 1]);
	}
	assert_true(journal_add(s, &audit_orders[1], "accept", NULL, NULL, "x", INT64_MIN, 0, &open, NULL));
	assert_true(journal_purge(s, INT64_MIN, NULL));
	assert_true(journal_purge(s, INT64_MAX, NULL));
	assert_true(journal_open(s, &list, NULL));
	assert_int_equal(list.n, 1);
	action_list_clear(&list);
	store_close(s);
	audit_finds_nothing(*state);
}

#define WRITERS 4
#define ADDED 25

static bool write_some(const char *dir, int writer)
{
	struct store *s = store_open(dir, NULL, NULL);
	char name[24];
	struct order o = { .id = name, .code = "1", .state = "NEW", .status = "" };
	bool ok = s != NULL;
	int64_t id;

	for (int k = 0; ok && k < ADDED; k++) {
		snprintf(name, sizeof(name), "%d-%d", writer, k);
		ok = journal_add(s, &o, "accept", NULL, NULL, "x", k, k, &id, NULL) &&
			journal_sending(s, id, "x", k, NULL);
	}
	store_close(s);
	return ok;
}

static void processes_write_one_chain(void **state)
{
	pid_t writers[WRITERS];
	int status;

	for (int i = 0; i < WRITERS; i++)
		if ((writers[i] = fork()) == 0)
			_exit(write_some(*state, i) ? 0 : 1);
	for (int i = 0; i < WRITERS; i++) {
		assert_int_equal(waitpid(writers[i], &status, 0), writers[i]);
		assert_int_equal(status, 0);
	}
	audit_finds_nothing(*state);
	assert_int_equal(audit_result()->entries, WRITERS * ADDED * 2);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make_dir, remove_dir)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_step_has_its_entry),
		TEST(a_step_that_fails_leaves_none),
		TEST(no_journal_is_no_finding),
		TEST(purged_texts_are_gone_and_the_rest_stays),
		TEST(many_are_purged),
		TEST(clocks_may_jump),
		TEST(processes_write_one_chain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
