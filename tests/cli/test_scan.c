/* duken scan-test: lines of a file, and a terminal. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/cli/house.h"
#include "tests/screen/screen.h"

static struct market *market;

static int set_up(void **state)
{
	(void)state;
	market = cli_market(0);
	market_order(market, "{\"code\":\"400000021\",\"state\":\"PICKUP\"}");
	cli(market, "sync", "--full", NULL);
	assert_int_equal(cli_status(), 0);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	screen_stop_all();
	cli_clear();
	market_stop(market);
	return 0;
}

static void lines_are_read_as_scans(void **state)
{
	(void)state;
	cli_with(market, "400000021\nңққққққққ\nA-12345\nab\n]C1400000021\r\n漢字漢字漢字漢\n",
		"scan-test", "--json", NULL);
	assert_int_equal(cli_status(), 0);
	assert_int_equal(cli_json_count("items"), 6);
	assert_string_equal(cli_json("items.0.outcome"), "order");
	assert_string_equal(cli_json("items.0.order"), "400000021");
	assert_string_equal(cli_json("items.0.ended_by"), "LF");
	assert_string_equal(cli_json("items.0.gaps_ms"), "null");
	assert_string_equal(cli_json("items.1.readings.0.text"), "400000000");
	assert_string_equal(cli_json("items.1.readings.0.layouts"), "kz, kz(ext), kz(olpc)");
	assert_string_equal(cli_json("items.1.outcome"), "ask");
	assert_string_equal(cli_json("items.2.outcome"), "unknown");
	assert_string_equal(cli_json("items.3.outcome"), "keys");
	assert_string_equal(cli_json("items.4.readings.0.text"), "400000021");
	assert_string_equal(cli_json("items.4.ended_by"), "CR");
	assert_int_equal(cli_json_count("items.5.readings"), 0);
}

static void it_needs_no_settings(void **state)
{
	(void)state;
	cli_with(market, "ң\"әіңғ,.ү\n", "--config", "/nowhere/duken.conf", "scan-test", NULL);
	cli_expect(0, "412345678");
	assert_non_null(strstr(cli_out(), "asks the server"));
}

static struct screen *start(void)
{
	char *program = built_path("duken");
	char **env = home_env(market->home, NULL);
	struct screen *s = screen_start(24, 100, env, (const char *[]){ program, "scan-test", NULL });

	home_env_free(env);
	free(program);
	screen_wait(s, "q or Ctrl-C ends");
	return s;
}

static void a_terminal_shows_what_arrives(void **state)
{
	struct screen *s = start();

	(void)state;
	screen_scan(s, "400000021");
	screen_wait(s, "ended by       CR");
	screen_wait(s, "opens order 400000021");
	screen_wait(s, "largest 0 ms");
	screen_send(s, "\033[A", 3);
	screen_wait(s, "<1B>[A");
	screen_send(s, "q", 1);
	assert_int_equal(screen_exit_status(s), 0);
	screen_expect_restored(s);
}

static void an_interrupt_ends_it_even_in_a_burst(void **state)
{
	struct screen *s = start();

	(void)state;
	screen_send(s, "4000\003", 5);
	assert_int_equal(screen_exit_status(s), 0);
	screen_expect_restored(s);
	screen_stop(s);
	s = start();
	screen_signal(s, SIGTERM);
	assert_int_equal(screen_exit_status(s), 0);
	screen_expect_restored(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(lines_are_read_as_scans, set_up, tear_down),
		cmocka_unit_test_setup_teardown(it_needs_no_settings, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_terminal_shows_what_arrives, set_up, tear_down),
		cmocka_unit_test_setup_teardown(an_interrupt_ends_it_even_in_a_burst, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
