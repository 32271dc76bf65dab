/* duken journal verify, and what becomes of a shop whose journal was damaged. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "tests/cli/house.h"

#define JOURNAL "state/duken/test/journal.db"

static struct market *m;

static void sql(const char *script)
{
	char *path = home_path(m->home, JOURNAL);
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_exec(db, script, NULL, NULL, NULL) != SQLITE_OK)
		check_fail("%s", sqlite3_errmsg(db));
	sqlite3_close(db);
	free(path);
}

static bool is_there(const char *name)
{
	char *text = home_read(m->home, name, NULL);

	free(text);
	return text != NULL;
}

static void accept_the_order(void)
{
	market_order(m, "{\"code\":\"400000001\",\"mode\":\"pickup\",\"state\":\"NEW\"}");
	cli(m, "accept", "400000001", NULL);
	assert_int_equal(cli_status(), 0);
}

/* The newest hash, which the test notes down. */
static void note_head(char head[65])
{
	cli(m, "journal", "verify", "--json", NULL);
	assert_int_equal(cli_status(), 0);
	snprintf(head, 65, "%s", cli_json("head"));
	assert_int_equal(strlen(head), 64);
}

static void before_the_first_order(void **state)
{
	(void)state;
	cli(m, "journal", "verify", NULL);
	cli_expect(1, "there are no orders yet");
	cli(m, "sync", NULL);
	cli(m, "journal", "verify", NULL);
	cli_expect(0, "0 entries, unbroken\n");
	cli(m, "journal", "verify", "--json", NULL);
	assert_int_equal(cli_status(), 0);
	assert_string_equal(cli_json("schema"), "1");
	assert_string_equal(cli_json("entries"), "0");
	assert_string_equal(cli_json("head"), "null");
	assert_int_equal(cli_json_count("findings"), 0);
}

static void what_was_done_is_unbroken(void **state)
{
	char head[65];

	(void)state;
	accept_the_order();
	note_head(head);
	assert_string_equal(cli_json("entries"), "3");
	cli(m, "journal", "verify", NULL);
	cli_expect(0, "3 entries, unbroken; newest ");
	cli_expect(0, head);
	cli(m, "journal", "verify", "--expect", head, NULL);
	cli_expect(0, "unbroken");
}

static void what_was_edited_is_named(void **state)
{
	(void)state;
	accept_the_order();
	sql("UPDATE action SET clerk = 'somebody else'");
	cli(m, "journal", "verify", NULL);
	cli_expect(1, "action 1 is not as entry 3 says");
	assert_string_equal(cli_out(), "");
	assert_non_null(strstr(cli_err(), "1 finding: the journal is not as duken wrote it"));
	sql("DROP TRIGGER audit_delete; DELETE FROM audit WHERE seq = 2");
	cli(m, "journal", "verify", "--json", NULL);
	assert_int_equal(cli_status(), 1);
	assert_string_equal(cli_json("entries"), "2");
	assert_int_equal(cli_json_count("findings"), 2);
	assert_string_equal(cli_json("findings.0"), "entry 2 is missing");
}

static void what_was_cut_off_is_missed(void **state)
{
	char head[65];

	(void)state;
	accept_the_order();
	note_head(head);
	sql("DROP TRIGGER audit_delete; DELETE FROM audit; DELETE FROM action_form; DELETE FROM action;"
		"DELETE FROM sqlite_sequence");
	cli(m, "journal", "verify", NULL);
	cli_expect(0, "0 entries, unbroken");
	cli(m, "journal", "verify", "--expect", head, NULL);
	cli_expect(1, head);
}

static void slips_are_usage(void **state)
{
	(void)state;
	cli(m, "sync", NULL);
	cli(m, "journal", "verfy", NULL);
	cli_expect(2, "journal knows verify");
	cli(m, "journal", "verify", "more", NULL);
	cli_expect(2, "too many words");
	cli(m, "journal", "verify", "--open", NULL);
	cli_expect(2, "leave out --open");
	cli(m, "journal", "--expect", "x", NULL);
	cli_expect(2, "--expect belongs to journal verify");
	cli(m, "journal", "verify", "--expect", "123", NULL);
	cli_expect(2, "64 digits");
	cli(m, "journal", "--help", NULL);
	cli_expect(0, "--expect HASH");
}

/* Commands that only look say what to do; the first that works does it, and says so. */
static void a_damaged_journal_is_set_aside(void **state)
{
	(void)state;
	accept_the_order();
	home_write(m->home, JOURNAL, 0600, "this was a journal");
	cli(m, "orders", NULL);
	cli_expect(1, "journal.db is damaged: end every duken");
	cli(m, "journal", "verify", "--json", NULL);
	assert_int_equal(cli_status(), 1);
	assert_string_equal(cli_json("error.code"), "STORAGE");
	cli(m, "sync", NULL);
	cli_expect(0, "The journal of actions was damaged. It is kept as ");
	assert_non_null(strstr(cli_err(), "journal.db.damaged-1"));
	assert_true(is_there(JOURNAL ".damaged-1"));
	assert_false(is_there(JOURNAL ".suspect"));
	cli(m, "sync", NULL);
	assert_string_equal(cli_err(), "");
	cli(m, "journal", "verify", NULL);
	cli_expect(0, "1 entry, unbroken");
	cli(m, "doctor", NULL);
	cli_expect(0, "copies         warning: 1 damaged file was set aside");
	assert_non_null(strstr(cli_out(), "journal.db.damaged-1"));
}

static int start(void **state)
{
	(void)state;
	m = cli_market(3);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	cli_clear();
	market_stop(m);
	return 0;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(before_the_first_order),
		TEST(what_was_done_is_unbroken),
		TEST(what_was_edited_is_named),
		TEST(what_was_cut_off_is_missed),
		TEST(slips_are_usage),
		TEST(a_damaged_journal_is_set_aside),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
