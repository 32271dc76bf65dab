/* A damaged journal: set aside, with what can be read of it carried over, and told. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/reader.h"
#include "store/rescue.h"
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

static void what_is_no_database_any_more(void **state)
{
	struct store_report report;
	struct buf before, after;
	struct store *s;

	rescue_fill(*state);
	fixture_spoil(*state, JOURNAL, 0, RESCUE_PAGE);
	before = fixture_bytes(*state, JOURNAL);
	store_close(rescue_open(*state, &report));
	rescue_is_told(*state, &report, 0);
	assert_false(fixture_exists(*state, RESCUE_COPY "-wal"));
	after = fixture_bytes(*state, RESCUE_COPY);
	assert_int_equal(after.len, before.len);
	assert_memory_equal(after.data, before.data, before.len);
	/* It is told once, and goes on. */
	s = rescue_open(*state, &report);
	assert_false(report.journal_set_aside);
	audit_move(s, audit_add(s, &audit_orders[0], "accept", NULL), ACTION_QUEUED, ACTION_UNDONE, 1);
	store_close(s);
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

	rescue_fill(*state);
	fixture_spoil(*state, JOURNAL, rescue_page_of_rows(*state), RESCUE_PAGE);
	s = rescue_open(*state, &report);
	assert_false(report.journal_set_aside);
	r = reader_open(*state, NULL);
	assert_non_null(r);
	assert_false(reader_journal(r, &(struct journal_query){ .limit = 1000 }, &list, &err));
	assert_int_equal(err.code, ERR_STORAGE);
	assert_non_null(strstr(err.text, "journal.db is damaged"));
	assert_non_null(strstr(err.text, "start one again"));
	assert_true(fixture_exists(*state, RESCUE_MARK));
	/* Not while others have it open. */
	assert_null(store_open(*state, &report, &err));
	assert_non_null(strstr(err.text, "another duken has it open"));
	assert_false(fixture_exists(*state, RESCUE_COPY));
	reader_close(r);
	store_close(s);
	s = rescue_open(*state, &report);
	rescue_all_asks(s, RESCUE_OPEN);
	store_close(s);
	rescue_is_told(*state, &report, RESCUE_OPEN);
	action_list_clear(&list);
}

static void the_worker_meets_it_too(void **state)
{
	int64_t id;
	struct store_report report;
	struct error err = ERROR_INIT;
	struct store *s;

	rescue_fill(*state);
	fixture_spoil(*state, JOURNAL, rescue_page(*state, "SELECT pageno FROM dbstat WHERE name = 'action_open'"), RESCUE_PAGE);
	s = rescue_open(*state, &report);
	assert_false(journal_add(s, &audit_orders[0], "accept", NULL, NULL, "x", 1, 1, &id, &err));
	assert_int_equal(err.code, ERR_STORAGE);
	assert_non_null(strstr(err.text, "damaged"));
	store_close(s);
	/* Without its index the rows are read one after the other. */
	s = rescue_open(*state, &report);
	rescue_all_asks(s, RESCUE_OPEN);
	store_close(s);
	rescue_is_told(*state, &report, RESCUE_OPEN);
}

/* Without the table's root there is nothing to be read, and the clerk is told that too. */
static void nothing_can_be_read(void **state)
{
	struct store_report report;
	struct store *s;

	rescue_fill(*state);
	fixture_spoil(*state, JOURNAL, rescue_page(*state, "SELECT rootpage FROM sqlite_master WHERE name = 'action'"),
		RESCUE_PAGE);
	s = rescue_open(*state, &report);
	assert_false(journal_open(s, &(struct action_list)ACTION_LIST_INIT, NULL));
	store_close(s);
	store_close(rescue_open(*state, &report));
	rescue_is_told(*state, &report, 0);
}

/* A mark without damage: a cable was loose, not the file. */
static void a_wrong_suspicion_is_dropped(void **state)
{
	struct store_report report;
	struct buf nothing = BUF_INIT(BUF_MAX_LINE);

	rescue_fill(*state);
	fixture_write(*state, RESCUE_MARK, &nothing);
	assert_true(store_needs_care(*state));
	store_close(rescue_open(*state, &report));
	assert_false(report.journal_set_aside);
	assert_false(fixture_exists(*state, RESCUE_MARK));
	assert_false(fixture_exists(*state, RESCUE_COPY));
	buf_clear(&nothing);
}

static void a_second_damage_has_a_name_of_its_own(void **state)
{
	struct store_report report;

	for (int i = 0; i < 2; i++) {
		rescue_fill(*state);
		fixture_spoil(*state, JOURNAL, 0, RESCUE_PAGE);
		store_close(rescue_open(*state, &report));
	}
	assert_true(fixture_exists(*state, RESCUE_COPY));
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
		TEST(a_wrong_suspicion_is_dropped),
		TEST(a_second_damage_has_a_name_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
