/* duken waybill: what is fetched, written and printed, and what is left when it is killed. */
#include <dirent.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "tests/cli/house.h"
#include "tests/lib/patience.h"
#include "tests/lib/proc.h"

static struct market *m;

static void make_order(const char *code, const char *more)
{
	char json[300];

	snprintf(json, sizeof(json), "{\"code\":\"%s\",\"mode\":\"kaspi\",\"state\":\"KASPI_DELIVERY\","
		"\"status\":\"ACCEPTED_BY_MERCHANT\"%s}", code, more);
	market_order(m, json);
}

#define ASSEMBLED ",\"assembled\":true"

/* The command finds this script as its lp. */
static void put_lp(const char *script)
{
	char *path = home_program(m->home, "lp", script);

	home_env_free(m->env);
	m->env = home_env(m->home, (const char *[]){ path, NULL });
	free(path);
}

/* Files of the folder of the home that have that in their names. */
static size_t count(const char *folder, const char *piece)
{
	char *path = home_path(m->home, folder);
	DIR *d = opendir(path);
	struct dirent *entry;
	size_t n = 0;

	while (d && (entry = readdir(d)))
		n += strstr(entry->d_name, piece) != NULL;
	if (d)
		closedir(d);
	free(path);
	return n;
}

#define KEPT "state/duken/test/waybills"

static void the_path_is_printed(void **state)
{
	char *path, *kept;

	(void)state;
	make_order("400000001", ASSEMBLED);
	cli(m, "waybill", "400000001", NULL);
	cli_expect(0, "/waybills/400000001-");
	path = xstrndup(cli_out(), strcspn(cli_out(), "\n"));
	kept = xasprintf("%s/%s", m->home->dir, KEPT);
	assert_int_equal(strncmp(path, kept, strlen(kept)), 0);
	assert_int_equal(access(path, R_OK), 0);
	free(path);
	free(kept);
}

static void several_have_a_result_each(void **state)
{
	(void)state;
	make_order("400000011", ASSEMBLED);
	make_order("400000012", "");
	make_order("400000013", ASSEMBLED);
	cli(m, "waybill", "400000011", "400000012", "400000013", "400000011", "--json", NULL);
	assert_int_equal(cli_status(), 1);
	assert_int_equal(cli_json_count("results"), 3);
	assert_string_equal(cli_json("results.0.outcome"), "done");
	assert_string_equal(cli_json("results.1.code"), "400000012");
	assert_string_equal(cli_json("results.1.outcome"), "refused");
	assert_non_null(strstr(cli_json("results.1.message"), "assemble it first"));
	assert_string_equal(cli_json("results.1.path"), "null");
	assert_non_null(strstr(cli_json("results.2.path"), "400000013-"));
	assert_int_equal(count(KEPT, "400000012"), 0);
}

static void a_copy_goes_into_the_folder(void **state)
{
	char *out = home_path(m->home, "out"), *pdf;
	size_t len;

	(void)state;
	make_order("400000021", ASSEMBLED);
	assert_int_equal(mkdir(out, 0700), 0);
	cli(m, "waybill", "-o", out, "400000021", NULL);
	cli_expect(0, "out/400000021.pdf");
	pdf = home_read(m->home, "out/400000021.pdf", &len);
	assert_memory_equal(pdf, "%PDF-", 5);
	assert_int_equal(count("out", ""), 3);	/* with . and .. */
	free(pdf);
	cli(m, "waybill", "400000021", "--output=/nonexistent", NULL);
	cli_expect(1, "/nonexistent/400000021.pdf");
	free(out);
}

static void the_ready_ones_are_printed(void **state)
{
	char *log;

	(void)state;
	put_lp("#!/bin/sh\nfor a; do echo \"$a\"; done > \"$HOME/lp.log\"\nwc -c >> \"$HOME/lp.log\"\n"
		"echo 'request id is HP-7 (1 file(s))'\n");
	market_configure(m, NULL, "printer = \"HP\"\nprint_options = \"media=A6\"\n");
	make_order("400000031", ASSEMBLED);
	make_order("400000032", "");
	cli(m, "waybill", "400000031", "400000032", "--print", "--json", NULL);
	assert_int_equal(cli_status(), 1);
	assert_string_equal(cli_json("print.outcome"), "done");
	assert_string_equal(cli_json("print.message"), "request id is HP-7 (1 file(s))");
	log = home_read(m->home, "lp.log", NULL);
	assert_non_null(strstr(log, "-d\nHP\n-t\nduken: 1 waybill\n-o\nmedia=A6\n--\n"));
	assert_non_null(strstr(log, "/waybills/400000031-"));
	assert_null(strstr(log, "400000032"));
	assert_non_null(strstr(log, "\n0\n"));	/* nothing comes to its input */
	free(log);
}

static void a_printer_that_refuses_is_told(void **state)
{
	(void)state;
	put_lp("#!/bin/sh\necho 'lp: No such printer' >&2\nexit 1\n");
	make_order("400000041", ASSEMBLED);
	cli(m, "waybill", "400000041", "--print", NULL);
	cli_expect(1, "lp: No such printer");
	assert_non_null(strstr(cli_out(), "400000041-"));
}

static void offline_what_is_kept_is_enough(void **state)
{
	(void)state;
	make_order("400000051", ASSEMBLED);
	make_order("400000052", ASSEMBLED);
	cli(m, "waybill", "400000051", NULL);
	assert_int_equal(cli_status(), 0);
	market_down(m);
	cli(m, "waybill", "400000051", NULL);
	cli_expect(0, "400000051-");
	cli(m, "waybill", "400000051", "--fresh", NULL);
	assert_int_equal(cli_status(), 3);
	assert_int_equal(count(KEPT, "400000051"), 1);
	cli(m, "waybill", "400000052", NULL);
	assert_int_equal(cli_status(), 3);
}

static void wrong_words_are_refused(void **state)
{
	(void)state;
	cli(m, "waybill", NULL);
	cli_expect(2, "something is missing");
	cli(m, "waybill", "400000001", "-o", NULL);
	cli_expect(2, "needs a value");
	cli(m, "waybill", "400000001", "-x", NULL);
	cli_expect(2, "there is no option");
	cli(m, "waybill", "--help", NULL);
	cli_expect(0, "[-o DIR]");
}

/* Killed while the bytes come: there is no half file under a name, and the next one tidies up. */
static void killed_in_the_middle_it_leaves_nothing_half(void **state)
{
	char *program = built_path("duken");
	const char *argv[] = { program, "waybill", "400000061", NULL };
	int64_t deadline = deadline_in(10000);
	pid_t pid;

	(void)state;
	make_order("400000061", ASSEMBLED);
	market_fault(m, "match=/waybill/ do=stall:700");
	pid = proc_start(m->env, argv, -1, -1, -1);
	while (count(KEPT, ".part-") == 0 && deadline_left(deadline))
		poll(NULL, 0, 5);
	assert_int_equal(count(KEPT, ".part-"), 1);
	kill(pid, SIGKILL);
	assert_int_equal(proc_wait(pid, deadline), 128 + SIGKILL);
	assert_int_equal(count(KEPT, "400000061"), 0);
	market_no_faults(m);
	cli(m, "waybill", "400000061", NULL);
	cli_expect(0, "400000061-");
	assert_int_equal(count(KEPT, ".part-"), 0);
	free(program);
}

static int setup(void **state)
{
	(void)state;
	m = cli_market(0);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	cli_clear();
	market_stop(m);
	return 0;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_path_is_printed),
		TEST(several_have_a_result_each),
		TEST(a_copy_goes_into_the_folder),
		TEST(the_ready_ones_are_printed),
		TEST(a_printer_that_refuses_is_told),
		TEST(offline_what_is_kept_is_enough),
		TEST(wrong_words_are_refused),
		TEST(killed_in_the_middle_it_leaves_nothing_half),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
