/* Accounts unlock the desk, by PAM: a service of the test's own stands for the computer's. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tests/screen/counter.h"
#include "tests/unit/unit.h"

#define LOCKED "The desk is locked"
#define WRONG "That is not the password of "

/* Knows two accounts, and one whose check never ends. */
static const char *const script =
	"#!/bin/sh\n"
	"read -r password\n"
	"case $PAM_USER:$password in\n"
	"slow:*) while kill -0 $PPID; do sleep 0.2; done 2>/dev/null ;;\n"
	"'aigul:Secret word 1' | bekzat:other) exit 0 ;;\n"
	"esac\n"
	"exit 1\n";

static void write_service(struct counter *c)
{
	char *path = home_path(c->market->home, "check");
	char *service = xasprintf("auth [success=1 default=ignore] pam_exec.so quiet expose_authtok %s\n"
		"auth requisite pam_deny.so\nauth required pam_permit.so\naccount required pam_permit.so\n", path);

	home_write(c->market->home, "check", 0700, script);
	home_write(c->market->home, "pam/duken", 0600, service);
	free(service);
	free(path);
}

static struct screen *start(struct counter *c)
{
	char *folder = home_path(c->market->home, "pam"), *variable = xasprintf("DUKEN_TEST_PAM=%s", folder);
	struct screen *s;

	c->program = "tests/screen/duken-accounts";
	s = counter_start(c, 24, 80, (const char *const[]){ variable, NULL }, NULL);
	screen_wait(s, LOCKED);
	free(variable);
	free(folder);
	return s;
}

static struct screen *locked_desk(struct counter *c, const char *lines)
{
	char *all = xasprintf("unlock = \"pam\"\nclerk = \"Nobody\"\n%s", lines);

	write_service(c);
	market_configure(c->market, "\tgrace = 0\n\trequests_per_second = 100\n\taccept_within = 0\n", all);
	free(all);
	return start(c);
}

/* From the password's field, which is where a locked desk begins. */
static void log_in(struct screen *s, const char *login, const char *password)
{
	screen_keys(s, "<Tab> <C-e> <C-u>");
	screen_type(s, login);
	screen_keys(s, "<Enter>");
	screen_type(s, password);
	screen_keys(s, "<Enter>");
}

static void the_right_password_opens_and_its_account_is_the_clerk(void **state)
{
	struct counter *c = *state;
	struct screen *s = locked_desk(c, "");

	screen_wait(s, "Login name:");
	assert_false(screen_shows(s, "400000001"));
	log_in(s, "aigul", "Secret word 1");
	assert_false(screen_shows(s, "Secret"));
	screen_wait_gone(s, LOCKED);
	counter_synced(s);
	counter_queue(s, "New");
	screen_keys(s, "<F2> <Enter>");
	market_expect(c->market, "400000001", "status", "ACCEPTED_BY_MERCHANT");
	counter_journal_wait(c, "\"note\":\"unlocked\",\"clerk\":\"aigul\"");
	/* The name stays for the next time. */
	screen_keys(s, "L");
	screen_wait(s, LOCKED);
	screen_wait(s, "Login name: aigul");
	log_in(s, "bekzat", "other");
	screen_wait_gone(s, LOCKED);
	counter_journal_wait(c, "\"note\":\"unlocked\",\"clerk\":\"bekzat\"");
	char *text = counter_journal(c), *action = strstr(text, "\"code\":\"400000001\"");

	assert_non_null(action);
	assert_non_null(strstr(action, "\"clerk\":\"aigul\""));
	free(text);
}

static void a_scan_is_no_password(void **state)
{
	struct screen *s = locked_desk(*state, "");

	screen_scan(s, "400000001");
	screen_wait(s, "as from a scanner");
	screen_keys(s, "<Enter> j q <Esc> <F10>");
	assert_true(screen_running(s));
	assert_true(screen_shows(s, LOCKED));
}

static void five_wrong_passwords_cost_a_wait(void **state)
{
	struct counter *c = *state;
	struct screen *s = locked_desk(c, "");

	for (int i = 0; i < 5; i++) {
		screen_wait_gone(s, "Checking");
		log_in(s, "aigul", i % 2 ? "other" : "nonsense");
		screen_wait(s, WRONG "aigul");
	}
	screen_wait(s, "Too many wrong passwords");
	log_in(s, "aigul", "Secret word 1");
	assert_true(screen_shows(s, LOCKED));
	assert_false(screen_shows(s, "Checking"));
	counter_journal_wait(c, "\"note\":\"wrong_pin\",\"clerk\":\"aigul\"");
	screen_signal(s, SIGTERM);
	screen_exit_status(s);
	screen_stop(s);
	/* Starting anew shortens nothing; another account need not wait. */
	s = start(c);
	screen_keys(s, "<Tab> <C-e> <C-u>");
	screen_type(s, "aigul");
	screen_wait(s, "Too many wrong passwords");
	screen_keys(s, "<Tab>");
	log_in(s, "bekzat", "other");
	screen_wait_gone(s, LOCKED);
}

/* The desk goes on meanwhile: an order comes in. */
static void a_check_that_hangs_is_ended(void **state)
{
	struct counter *c = *state;
	struct screen *s = locked_desk(c, "");

	screen_wait(s, "New: 3");
	log_in(s, "slow", "anything");
	screen_wait(s, "Checking the password");
	screen_keys(s, "x <Enter> <Tab>");
	assert_true(screen_shows(s, "Checking the password"));
	screen_wait(s, "PAM gave no answer");
	assert_true(screen_shows(s, LOCKED));
	log_in(s, "aigul", "Secret word 1");
	screen_wait_gone(s, LOCKED);
}

static void what_pam_cannot_check_opens_nothing(void **state)
{
	struct counter *c = *state;
	struct screen *s = locked_desk(c, "");

	home_write(c->market->home, "pam/duken", 0600, "auth required pam_no_such_module.so\n");
	log_in(s, "aigul", "Secret word 1");
	screen_wait_gone(s, "Checking");
	assert_true(screen_shows(s, LOCKED));
	screen_keys(s, "<Tab> : : <Enter> x <Enter>");
	screen_wait(s, "A clerk's name");
	assert_true(screen_shows(s, LOCKED));
}

/* The program that is installed asks the computer's PAM, whatever the environment says. */
static void the_environment_does_not_choose_whom_to_ask(void **state)
{
	struct counter *c = *state;
	struct screen *s = locked_desk(c, "");
	char *folder = home_path(c->market->home, "pam"), *variable = xasprintf("DUKEN_TEST_PAM=%s", folder);

	screen_stop(s);
	home_write(c->market->home, "pam/duken", 0600, "auth required pam_permit.so\naccount required pam_permit.so\n");
	c->program = NULL;
	s = counter_start(c, 24, 80, (const char *const[]){ variable, NULL }, NULL);
	screen_wait(s, LOCKED);
	log_in(s, "no-such-account-here", "anything");
	screen_wait_gone(s, "Checking");
	assert_true(screen_shows(s, LOCKED));
	free(variable);
	free(folder);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, counter_open, counter_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_right_password_opens_and_its_account_is_the_clerk),
		TEST(a_scan_is_no_password),
		TEST(five_wrong_passwords_cost_a_wait),
		TEST(a_check_that_hangs_is_ended),
		TEST(what_pam_cannot_check_opens_nothing),
		TEST(the_environment_does_not_choose_whom_to_ask),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
