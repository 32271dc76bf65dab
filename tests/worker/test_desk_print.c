/* Printing: what lp is told, what it says, and that nobody waits for it. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "tests/lib/check.h"
#include "tests/lib/patience.h"
#include "tests/worker/bench.h"

#define ORDER "{\"code\":\"412000001\",\"mode\":\"pickup\",\"state\":\"NEW\"}"

static struct bench *b;
static char *path_before;
static int print_ms;	/* see desk.h */

/* A desk whose PATH begins with a folder that has this script as its lp; NULL: it has nothing but that folder. */
static void open_with(const char *script, const char *printer, const char *options)
{
	char *bin, *path;

	b = bench_prepare(market_start(&(struct market_options){ .seed = 3 }));
	b->print_ms = print_ms;
	b->settings->printer = xstrdup_null(printer);
	b->settings->print_options = xstrdup_null(options);
	if (script)
		home_write(b->market->home, "bin/lp", 0700, script);
	path_before = xstrdup(getenv("PATH"));
	bin = home_path(b->market->home, "bin");
	path = script ? xasprintf("%s:%s", bin, path_before) : xstrdup(bin);
	setenv("PATH", path, 1);
	setenv("DUKEN_TEST_HOME", b->market->home->dir, 1);
	free(bin);
	free(path);
	bench_start(b, false);
}

static int teardown(void **state)
{
	(void)state;
	if (b)
		bench_close(b);
	b = NULL;
	if (path_before)
		setenv("PATH", path_before, 1);
	free(path_before);
	path_before = NULL;
	print_ms = 0;
	unsetenv("CREDENTIALS_DIRECTORY");
	unsetenv("DUKEN_TOKEN");
	return 0;
}

static uint64_t post(size_t n)
{
	const char *files[300];

	for (size_t i = 0; i < n; i++)
		files[i] = i % 2 ? "/tmp/-b.pdf" : "/tmp/a b.pdf";
	return desk_post(b->desk, request_new_print(files, n, "duken\n412; $(reboot)"));
}

/* Writes its arguments, a line each, behind what is there. */
#define RECORDS "#!/bin/sh\nfor a; do echo \"[$a]\"; done >> \"$DUKEN_TEST_HOME/lp.log\"\n"

static void expect_log(const char *text)
{
	char *log = home_read(b->market->home, "lp.log", NULL);

	assert_non_null(log);
	assert_string_equal(log, text);
	free(log);
}

static void lp_gets_an_argument_vector(void **state)
{
	struct event *e;

	(void)state;
	open_with(RECORDS "echo 'request id is HP-12 (2 file(s))'\n", "HP", "media=A6  fit-to-page");
	e = bench_end(b, post(2));
	assert_int_equal(e->kind, EVENT_DONE);
	assert_string_equal(e->message, "request id is HP-12 (2 file(s))");
	expect_log("[-d]\n[HP]\n[-t]\n[duken 412; $(reboot)]\n[-o]\n[media=A6]\n[-o]\n[fit-to-page]\n[--]\n"
		"[/tmp/a b.pdf]\n[/tmp/-b.pdf]\n");
}

static void without_settings_lp_chooses(void **state)
{
	(void)state;
	open_with(RECORDS, NULL, NULL);
	assert_int_equal(bench_end(b, post(1))->kind, EVENT_DONE);
	assert_null(b->last->message);
	expect_log("[-t]\n[duken 412; $(reboot)]\n[--]\n[/tmp/a b.pdf]\n");
}

static void many_files_go_in_several_runs(void **state)
{
	(void)state;
	open_with("#!/bin/sh\necho $# >> \"$DUKEN_TEST_HOME/lp.log\"\n", NULL, NULL);
	assert_int_equal(bench_end(b, post(250))->kind, EVENT_DONE);
	expect_log("103\n103\n53\n");
}

static void what_lp_says_of_a_failure_is_told(void **state)
{
	struct event *e;

	(void)state;
	open_with("#!/bin/sh\nprintf 'lp: The printer or class does\\033[2J not exist.\\n' >&2\nexit 1\n", "HP", NULL);
	e = bench_end(b, post(1));
	assert_int_equal(e->kind, EVENT_FAILED);
	assert_int_equal(e->error.code, ERR_REFUSED);
	assert_non_null(strstr(e->error.text, "lp: The printer or class does"));
	assert_null(strchr(e->error.text, '\033'));
}

static void how_many_went_before_is_told(void **state)
{
	struct event *e;

	(void)state;
	open_with("#!/bin/sh\ntest -e \"$DUKEN_TEST_HOME/once\" && exit 3\n: > \"$DUKEN_TEST_HOME/once\"\n", NULL,
		NULL);
	e = bench_end(b, post(150));
	assert_int_equal(e->kind, EVENT_FAILED);
	assert_non_null(strstr(e->error.text, "100 files of 150"));
	assert_non_null(strstr(e->error.text, "status 3"));
}

static void without_lp_the_package_is_named(void **state)
{
	struct event *e;

	(void)state;
	open_with(NULL, NULL, NULL);
	e = bench_end(b, post(1));
	assert_int_equal(e->kind, EVENT_FAILED);
	assert_int_equal(e->error.code, ERR_CONFIG);
	assert_non_null(strstr(e->error.text, "cups-client"));
}

/* Its own three, the one that its shell reads the script from, and that of the folder it lists. */
static void lp_inherits_nothing(void **state)
{
	(void)state;
	setenv("CREDENTIALS_DIRECTORY", "/nonexistent", 1);
	setenv("DUKEN_TOKEN", "secret", 1);
	open_with("#!/bin/sh\nenv | grep -E 'CREDENTIALS|DUKEN_TOKEN' >> \"$DUKEN_TEST_HOME/lp.log\"\n"
		"for f in /proc/$$/fd/*; do readlink $f; done | grep -vE '^(/dev/null|pipe:.*|.*/bin/lp)$'"
		" >> \"$DUKEN_TEST_HOME/lp.log\"\ncat >> \"$DUKEN_TEST_HOME/lp.log\"\n"
		"echo end >> \"$DUKEN_TEST_HOME/lp.log\"\n", NULL, NULL);
	market_order(b->market, ORDER);
	/* So that the network is open, too. */
	assert_int_equal(bench_lookup(b, "412000001")->kind, EVENT_DONE);
	assert_int_equal(bench_end(b, post(1))->kind, EVENT_DONE);
	expect_log("end\n");
}

static pid_t wait_for_lp(void)
{
	int64_t deadline = deadline_in(10000);
	char *text;
	pid_t pid;

	while (!(text = home_read(b->market->home, "pid", NULL)) || !strchr(text, '\n')) {
		free(text);
		if (!deadline_left(deadline))
			check_fail("lp was not started");
	}
	pid = (pid_t)strtol(text, NULL, 10);
	free(text);
	return pid;
}

static void nobody_waits_for_lp__and_it_can_be_stopped(void **state)
{
	struct request *cancel = request_new(REQUEST_CANCEL);
	uint64_t hangs, next;
	pid_t pid;

	(void)state;
	open_with("#!/bin/sh\necho $$ > \"$DUKEN_TEST_HOME/pid\"\nexec tail -f /dev/null\n", NULL, NULL);
	market_order(b->market, ORDER);
	hangs = post(1);
	next = post(1);
	pid = wait_for_lp();
	assert_int_equal(bench_lookup(b, "412000001")->kind, EVENT_DONE);
	cancel->target = hangs;
	desk_post(b->desk, cancel);
	assert_int_equal(bench_end(b, hangs)->kind, EVENT_CANCELLED);
	assert_int_equal(kill(pid, 0), -1);
	cancel = request_new(REQUEST_CANCEL);
	cancel->target = next;
	desk_post(b->desk, cancel);
	assert_int_equal(bench_end(b, next)->kind, EVENT_CANCELLED);
}

static void an_lp_that_hangs_is_given_up(void **state)
{
	struct event *e;
	uint64_t id;
	pid_t pid;

	(void)state;
	print_ms = 1500;
	open_with("#!/bin/sh\necho $$ > \"$DUKEN_TEST_HOME/pid\"\nexec tail -f /dev/null\n", NULL, NULL);
	id = post(1);
	pid = wait_for_lp();
	e = bench_end(b, id);
	assert_int_equal(e->kind, EVENT_FAILED);
	assert_int_equal(e->error.code, ERR_TIMEOUT);
	assert_non_null(strstr(e->error.text, "Look at the print queue"));
	assert_int_equal(kill(pid, 0), -1);
}

static void the_desk_ends_while_lp_runs(void **state)
{
	pid_t pid;

	(void)state;
	open_with("#!/bin/sh\necho $$ > \"$DUKEN_TEST_HOME/pid\"\nexec tail -f /dev/null\n", NULL, NULL);
	post(1);
	pid = wait_for_lp();
	bench_stop(b);
	assert_int_equal(kill(pid, 0), -1);
	bench_start(b, false);
}

#define TEST(f) cmocka_unit_test_teardown(f, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(lp_gets_an_argument_vector),
		TEST(without_settings_lp_chooses),
		TEST(many_files_go_in_several_runs),
		TEST(what_lp_says_of_a_failure_is_told),
		TEST(how_many_went_before_is_told),
		TEST(without_lp_the_package_is_named),
		TEST(lp_inherits_nothing),
		TEST(nobody_waits_for_lp__and_it_can_be_stopped),
		TEST(an_lp_that_hangs_is_given_up),
		TEST(the_desk_ends_while_lp_runs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
