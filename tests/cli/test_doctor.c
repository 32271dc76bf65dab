/* The doctor against a marketplace that lacks one thing after the other. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "tests/cli/house.h"

static struct market *m;

static void a_doctor_says_how_far_it_comes(void **state)
{
	(void)state;
	cli(m, "doctor", "--json", NULL);
	assert_int_equal(cli_status(), 0);
	for (size_t i = 0; i < cli_json_count("items"); i++) {
		char path[40];

		snprintf(path, sizeof(path), "items.%zu.result", i);
		assert_string_not_equal(cli_json(path), "failed");
	}
	cli(m, "doctor", NULL);
	cli_expect(0, "authorized     ok");
	free(market_control(m, "POST", "/sim/token", "{\"token\":\"another\"}"));
	cli(m, "doctor", NULL);
	cli_expect(4, "authorized     FAILED");
	cli(m, "sync", NULL);
	assert_int_equal(cli_status(), 4);
	cli(m, "accept", "400000001", "--json", NULL);
	assert_int_equal(cli_status(), 4);
	assert_string_equal(cli_json("results.0.outcome"), "refused");
	market_down(m);
	cli(m, "doctor", NULL);
	cli_expect(3, "tcp            FAILED");
	cli(m, "sync", "--json", NULL);
	assert_int_equal(cli_status(), 3);
	assert_string_equal(cli_json("error.code"), "OFFLINE");
	market_up(m);
}

static void a_server_that_ignores_the_program_is_told_from_a_dead_link(void **state)
{
	(void)state;
	market_configure(m, "\tuser_agent = \"curl/8.0\"\n", NULL);
	cli(m, "doctor", "--timeout", "1", NULL);
	cli_expect(3, "reply          FAILED: the link is fine");
	assert_non_null(strstr(cli_out(), "\"curl/8.0\""));
	assert_non_null(strstr(cli_out(), "tls            ok"));
	assert_null(strstr(cli_out(), "authorized"));
	market_configure(m, "requests_per_second = 100\n", NULL);
}

/* The line of one check; fails when there is none or it does not begin so. */
static void says(const char *name, const char *begins)
{
	char *line = xasprintf("%-14s %s", name, begins);

	if (!strstr(cli_out(), line))
		check_fail("no \"%s\" in:\n%s", line, cli_out());
	free(line);
}

static void a_missing_right_is_told_from_a_wrong_token(void **state)
{
	(void)state;
	market_fault(m, "match=/shop/api do=status:403:no");
	cli(m, "doctor", NULL);
	assert_int_equal(cli_status(), 4);
	says("authorized", "ok");
	says("rights", "FAILED");
	market_no_faults(m);
	market_fault(m, "match=/shop/api do=status:401:no");
	cli(m, "doctor", NULL);
	assert_int_equal(cli_status(), 4);
	says("authorized", "FAILED");
	assert_null(strstr(cli_out(), "rights"));
	market_no_faults(m);
}

static void a_page_in_the_place_of_the_marketplace_is_no_answer(void **state)
{
	(void)state;
	market_fault(m, "match=/shop/api do=page");
	cli(m, "doctor", NULL);
	says("reply", "FAILED");
	assert_null(strstr(cli_out(), "authorized"));
	market_no_faults(m);
	market_fault(m, "match=/shop/api do=retry-after:60");
	cli(m, "doctor", NULL);
	says("reply", "FAILED");
	assert_non_null(strstr(cli_out(), "asks to wait"));
	market_no_faults(m);
}

static void a_dead_link_is_not_taken_for_more(void **state)
{
	(void)state;
	market_fault(m, "match=/shop/api do=silence:3000");
	cli(m, "doctor", "--timeout", "1", NULL);
	cli_expect(3, "reply          FAILED");
	assert_null(strstr(cli_out(), "the link is fine"));
	market_no_faults(m);
	cli(m, "doctor", "--timeout", "0", NULL);
	cli_expect(2, "--timeout");
}

static void clocks_that_disagree_are_told(void **state)
{
	(void)state;
	cli(m, "doctor", NULL);
	says("server_clock", "ok");
	free(market_control(m, "POST", "/sim/clock", "{\"advance_ms\":630000}"));
	cli(m, "doctor", NULL);
	says("server_clock", "warning: this computer's clock is 10 min behind");
	assert_int_equal(cli_status(), 0);
	market_down(m);
	market_up(m);
}

static void settings_that_others_can_read_are_told(void **state)
{
	char *path = home_path(m->home, "config/duken/duken.conf");

	(void)state;
	assert_int_equal(chmod(path, 0644), 0);
	cli(m, "doctor", NULL);
	says("permissions", "warning");
	assert_non_null(strstr(cli_out(), "chmod 600"));
	assert_int_equal(chmod(path, 0600), 0);
	cli(m, "doctor", NULL);
	says("permissions", "ok");
	says("integrity", "ok");
	free(path);
}

static void words_that_are_missing_are_told(void **state)
{
	char **before = m->env;

	(void)state;
	m->env = home_env(m->home, (const char *[]){ "LANGUAGE=ru", NULL });
	cli(m, "doctor", "--json", NULL);
	assert_non_null(strstr(cli_out(), "\"check\":\"translations\",\"result\":\"ok\",\"message\":\"ru\""));
	home_env_free(m->env);
	m->env = home_env(m->home, (const char *[]){ "LANGUAGE=ru", "LC_ALL=C", NULL });
	cli(m, "doctor", "--json", NULL);
	assert_non_null(strstr(cli_out(), "\"check\":\"translations\",\"result\":\"warning\""));
	assert_non_null(strstr(cli_out(), "\"check\":\"locale\",\"result\":\"warning\""));
	home_env_free(m->env);
	m->env = before;
}

/* So many colours has the terminal by its description, whose numbers may be wide. */
static void expect_colours(const char *term, const char *more, const char *begins)
{
	char **before = m->env;

	m->env = home_env(m->home, (const char *[]){ term, more, NULL });
	cli(m, "doctor", NULL);
	says("colours", begins);
	home_env_free(m->env);
	m->env = before;
}

static void colours_are_counted(void **state)
{
	(void)state;
	expect_colours("TERM=xterm-256color", NULL, "ok: 256\n");
	expect_colours("TERM=linux", NULL, "ok: 8\n");
	expect_colours("TERM=vt100", NULL, "warning");
	expect_colours("TERM=of-nobody", NULL, "warning");
	expect_colours("TERM=linux", "NO_COLOR=1", "ok: switched off");
}

static int start(void **state)
{
	(void)state;
	m = cli_market(5);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	cli_clear();
	market_stop(m);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_server_that_ignores_the_program_is_told_from_a_dead_link),
		cmocka_unit_test(a_missing_right_is_told_from_a_wrong_token),
		cmocka_unit_test(a_page_in_the_place_of_the_marketplace_is_no_answer),
		cmocka_unit_test(a_dead_link_is_not_taken_for_more),
		cmocka_unit_test(settings_that_others_can_read_are_told),
		cmocka_unit_test(words_that_are_missing_are_told),
		cmocka_unit_test(colours_are_counted),
		cmocka_unit_test(clocks_that_disagree_are_told),
		cmocka_unit_test(a_doctor_says_how_far_it_comes),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
