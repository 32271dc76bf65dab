#include "store/notes.h"

#include <stdlib.h>
#include <string.h>

#include "store/verify.h"
#include "tests/unit/store_fixture.h"
#include "tests/unit/unit.h"

#define JOURNAL "journal.db"

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

static void write_some(const char *dir)
{
	struct store *s = store_open(dir, NULL, NULL);

	assert_non_null(s);
	assert_true(notes_add(s, NOTE_UNLOCKED, NULL, "Айгуль", 1000, NULL));
	assert_true(notes_add(s, NOTE_PHONE_SHOWN, "400000001", "Айгуль", 2000, NULL));
	assert_true(notes_add(s, NOTE_LOCKED, NULL, "Айгуль", 3000, NULL));
	assert_true(notes_add(s, NOTE_WRONG_PIN, NULL, "Бекзат", 4000, NULL));
	store_close(s);
}

static void ignore(void *arg, const char *sentence)
{
	(void)arg;
	(void)sentence;
}

static size_t findings(const char *dir)
{
	struct verify_result result;

	assert_true(journal_verify(dir, NULL, ignore, NULL, &result, NULL));
	return result.findings;
}

static void notes_are_read_newest_first(void **state)
{
	struct note_list list = NOTE_LIST_INIT;
	struct reader *r;

	write_some(*state);
	r = reader_open(*state, NULL);
	assert_non_null(r);
	assert_true(notes_read(r, 2000, &list, NULL));
	reader_close(r);
	assert_int_equal(list.n, 3);
	assert_int_equal(list.items[0].kind, NOTE_WRONG_PIN);
	assert_string_equal(list.items[0].clerk, "Бекзат");
	assert_int_equal(list.items[1].at_ms, 3000);
	assert_int_equal(list.items[2].kind, NOTE_PHONE_SHOWN);
	assert_string_equal(list.items[2].code, "400000001");
	assert_string_equal(list.items[2].clerk, "Айгуль");
	note_list_clear(&list);
}

static void a_note_that_was_edited_is_found(void **state)
{
	write_some(*state);
	assert_int_equal(findings(*state), 0);
	fixture_sql(*state, JOURNAL, "DROP TRIGGER audit_update;"
		"UPDATE audit SET clerk = 'Бекзат' WHERE event = 'phone_shown'");
	assert_true(findings(*state) > 0);
}

static void a_note_that_was_taken_out_is_found(void **state)
{
	write_some(*state);
	fixture_sql(*state, JOURNAL, "DROP TRIGGER audit_delete; DELETE FROM audit WHERE event = 'wrong_pin'");
	assert_true(findings(*state) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(notes_are_read_newest_first, make_dir, remove_dir),
		cmocka_unit_test_setup_teardown(a_note_that_was_edited_is_found, make_dir, remove_dir),
		cmocka_unit_test_setup_teardown(a_note_that_was_taken_out_is_found, make_dir, remove_dir),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
