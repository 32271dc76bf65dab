#include "tests/unit/rescue_fixture.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "tests/unit/audit_fixture.h"
#include "tests/unit/store_fixture.h"
#include "tests/unit/unit.h"

void rescue_add(struct store *s, int i)
{
	char id[20], code[20];
	struct order o = { .id = id, .code = code, .state = "NEW", .status = "APPROVED_BY_BANK" };

	snprintf(id, sizeof(id), "OPEN%d", i);
	snprintf(code, sizeof(code), "%d", 400000000 + i);
	audit_add(s, &o, "accept", "words of the clerk");
}

void rescue_fill(const char *dir)
{
	struct store *s = audit_open(dir);

	rescue_add(s, 0);
	fixture_sql(dir, JOURNAL, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400)"
		" INSERT INTO action SELECT NULL, 'ENDED' || i, '1', 'accept', 'done', 'long ago', 'x', 'NEW', '',"
		" 0, 1, i, i, i, i, 1, 1, 'another life', randomblob(16) FROM n");
	for (int i = 1; i < RESCUE_OPEN; i++)
		rescue_add(s, i);
	store_close(s);
}

off_t rescue_page(const char *dir, const char *sql)
{
	return (fixture_number(dir, JOURNAL, sql) - 1) * RESCUE_PAGE;
}

off_t rescue_page_of_rows(const char *dir)
{
	return rescue_page(dir, "SELECT pageno FROM dbstat WHERE name = 'action' AND pagetype = 'leaf'"
		" ORDER BY path LIMIT 1 OFFSET 3");
}

void rescue_is_told(const char *dir, const struct store_report *report, size_t carried)
{
	char *copy = xasprintf("%s/" RESCUE_COPY, dir);

	assert_true(report->journal_set_aside);
	assert_string_equal(report->journal_copy, copy);
	assert_int_equal(report->carried_over, carried);
	assert_true(fixture_exists(dir, RESCUE_COPY));
	assert_false(fixture_exists(dir, RESCUE_MARK));
	assert_false(fixture_exists(dir, RESCUE_COPY "-shm"));
	assert_false(fixture_exists(dir, RESCUE_COPY ".suspect"));
	free(copy);
	assert_int_equal(fixture_number(dir, JOURNAL, "SELECT count(*) FROM audit WHERE seq = 1 AND"
		" event = 'begun' AND note = '" RESCUE_COPY "'"), 1);
	assert_int_equal(fixture_number(dir, JOURNAL, "SELECT count(*) FROM audit WHERE event = 'begun'"), 1);
	audit_finds_nothing(dir);
	assert_int_equal(audit_result()->entries, 1 + carried);
}

struct store *rescue_open(const char *dir, struct store_report *report)
{
	struct error err = ERROR_INIT;
	struct store *s = store_open(dir, report, &err);

	if (!s)
		fail_msg("%s", err.text);
	return s;
}

void rescue_all_asks(struct store *s, size_t n)
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

void rescue_end_unclean(const char *dir)
{
	pid_t child = fork();
	struct order_list page = ORDER_LIST_INIT;
	struct store *s;
	int status;

	if (child == 0) {
		s = store_open(dir, NULL, NULL);
		rescue_add(s, getpid());
		if (!store_put_order(s, fixture_order(&page, 70000 + getpid()), 1, NULL, NULL))
			_exit(1);
		kill(getpid(), SIGKILL);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
}
