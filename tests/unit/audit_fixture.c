#include "tests/unit/audit_fixture.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/store_fixture.h"
#include "tests/unit/unit.h"

const struct order audit_orders[3] = {
	{ .id = "ID1", .code = "412345671", .state = "NEW", .status = "APPROVED_BY_BANK" },
	{ .id = "ID2", .code = "412345672", .state = "PICKUP", .status = "ACCEPTED_BY_MERCHANT" },
	{ .id = "ID3", .code = "412345673", .state = "NEW", .status = "APPROVED_BY_BANK", .assembled = true },
};

struct store *audit_open(const char *dir)
{
	struct error err = ERROR_INIT;
	struct store *s = store_open(dir, NULL, &err);

	assert_non_null(s);
	return s;
}

/* ---- verifying --------------------------------------------------------------------------------- */

static struct verify_result result;
static char findings[4096];

static void note(void *arg, const char *sentence)
{
	(void)arg;
	strncat(findings, sentence, sizeof(findings) - strlen(findings) - 1);
	strncat(findings, "\n", sizeof(findings) - strlen(findings) - 1);
}

int64_t audit_verify(const char *dir, const char *expect)
{
	struct error err = ERROR_INIT;

	findings[0] = '\0';
	if (!journal_verify(dir, expect, note, NULL, &result, &err))
		fail_msg("cannot verify: %s", err.text);
	return result.findings;
}

const struct verify_result *audit_result(void)
{
	return &result;
}

const char *audit_findings(void)
{
	return findings;
}

void audit_finds(const char *dir, const char *sentence)
{
	if (audit_verify(dir, NULL) == 0 || !strstr(findings, sentence))
		fail_msg("expected \"%s\", found: %s", sentence, findings);
}

void audit_finds_nothing(const char *dir)
{
	if (audit_verify(dir, NULL) != 0)
		fail_msg("found: %s", findings);
}

/* ---- a journal with everything in it ----------------------------------------------------------- */

int64_t audit_add(struct store *s, const struct order *o, const char *kind, const char *comment)
{
	struct form form = FORM_INIT;
	struct error err = ERROR_INIT;
	int64_t id = 0;

	if (comment)
		form_set(&form, "comment", comment);
	form_set(&form, "spaces", "3");
	assert_true(journal_add(s, o, kind, &form, NULL, "Айгуль", 1000, 6000, &id, &err));
	form_clear(&form);
	return id;
}

void audit_move(struct store *s, int64_t id, enum action_state from, enum action_state to, int64_t now_ms)
{
	struct error err = ERROR_INIT;
	bool ok = to == ACTION_SENDING ? journal_sending(s, id, "Берік", now_ms, &err) :
		journal_move(s, id, from, to, "сервер сказал", "Берік", now_ms, &err);

	if (!ok)
		fail_msg("%s", err.text);
}

static void leave_an_orphan(const char *dir)
{
	pid_t child = fork();

	if (child == 0) {
		struct store *s = store_open(dir, NULL, NULL);
		int64_t id;

		_exit(s && journal_add(s, &audit_orders[2], "cancel", NULL, NULL, "x", 1, 1, &id, NULL) &&
			journal_sending(s, id, "x", 2, NULL) ? 0 : 1);
	}
	assert_int_equal(waitpid(child, NULL, 0), child);
}

void audit_fill(const char *dir)
{
	struct store *s = audit_open(dir);
	int64_t id = audit_add(s, &audit_orders[0], "accept", "PURGED-WORDS");

	audit_move(s, id, ACTION_QUEUED, ACTION_SENDING, 2000);
	audit_move(s, id, ACTION_SENDING, ACTION_DONE, 3000);
	assert_true(journal_purge(s, 3001, NULL));
	id = audit_add(s, &audit_orders[1], "complete", "kept");
	audit_move(s, id, ACTION_QUEUED, ACTION_SENDING, 4000);
	audit_move(s, id, ACTION_SENDING, ACTION_DONE, 5000);
	id = audit_add(s, &audit_orders[2], "accept", NULL);
	audit_move(s, id, ACTION_QUEUED, ACTION_SENDING, 6000);
	audit_move(s, id, ACTION_SENDING, ACTION_UNKNOWN, 7000);
	audit_move(s, id, ACTION_UNKNOWN, ACTION_QUEUED, 8000);
	audit_move(s, id, ACTION_QUEUED, ACTION_SENDING, 9000);
	audit_move(s, id, ACTION_SENDING, ACTION_UNKNOWN, 10000);
	audit_move(s, id, ACTION_UNKNOWN, ACTION_ASK, 11000);
	audit_move(s, id, ACTION_ASK, ACTION_REFUSED, 12000);
	audit_add(s, &audit_orders[0], "cancel", "the buyer does not answer");
	store_close(s);
	leave_an_orphan(dir);
	s = audit_open(dir);
	assert_true(journal_adopt(s, "Берік", 13000, NULL, NULL));
	store_close(s);
}
