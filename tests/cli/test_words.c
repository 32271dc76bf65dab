#include <stdlib.h>
#include <string.h>

#include "tests/cli/house.h"
#include "tests/lib/proc.h"

static struct market *m;

static void help_and_version_are_printed(void **state)
{
	(void)state;
	cli(m, "--help", NULL);
	cli_expect(0, "Exit status:");
	assert_string_equal(cli_err(), "");
	cli(m, "--version", NULL);
	assert_string_equal(cli_out(), "duken " DUKEN_VERSION "\n");
	cli(m, "cancel", "--help", NULL);
	cli_expect(0, "--reason buyer|not-reachable|out-of-stock [--comment TEXT]");
	cli(m, "orders", "--help", NULL);
	cli_expect(0, "--queue");
}

static void unknown_words_are_named(void **state)
{
	(void)state;
	cli(m, "fly", NULL);
	cli_expect(2, "there is no command \"fly\"");
	assert_non_null(strstr(cli_err(), "--help"));
	assert_string_equal(cli_out(), "");
	cli(m, "--fast", NULL);
	cli_expect(2, "--fast");
	cli(m, "orders", "--fast", NULL);
	cli_expect(2, "--fast");
	cli(m, "orders", "--limit", NULL);
	cli_expect(2, "the option --limit needs a value");
	cli(m, "orders", "today", NULL);
	cli_expect(2, "too many words");
	cli(m, "show", NULL);
	cli_expect(2, "something is missing");
	cli(m, "accept", NULL);
	cli_expect(2, "something is missing");
	cli(m, "config", "burn", NULL);
	cli_expect(2, "\"burn\"");
	cli(m, "--lang", "de", "orders", NULL);
	cli_expect(2, "\"de\"");
}

static void a_slip_is_json_where_that_was_asked_for(void **state)
{
	(void)state;
	cli(m, "orders", "--fast", "--json", NULL);
	assert_int_equal(cli_status(), 2);
	assert_string_equal(cli_json("schema"), "1");
	assert_string_equal(cli_json("error.code"), "USAGE");
	assert_non_null(strstr(cli_json("error.message"), "--fast"));
	cli(m, "--shop", "other", "sync", "--json", NULL);
	assert_int_equal(cli_status(), 2);
	assert_string_equal(cli_json("error.code"), "CONFIG");
}

static void values_of_options_are_checked(void **state)
{
	static const char *const cases[][4] = {
		{ "orders", "--limit", "0", "--limit must be a whole number from 1" },
		{ "orders", "--limit", "ten", "\"ten\"" },
		{ "orders", "--since", "yesterday", "--since must be a day" },
		{ "orders", "--since", "2026-02-30", "--since must be a day" },
		{ "orders", "--queue", "nowhere", "there are: new, pack" },
		{ "journal", "--since", "now", "--since must be a day" },
		{ "demo", "--orders", "-1", "--orders must be" },
		{ "demo", "--speed", "fast", "--speed must be" },
		{ "assemble", "400000001", "--spaces=0", "--spaces" },
		{ "assemble", "400000001", "--spaces=two", "--spaces" },
		{ "cancel", "400000001", "--reason=boredom", "--reason" },
		{ "cancel", "400000001", "--comment=x", "--reason is missing" },
		{ "complete", "400000001", "--code=12a4", "--code" },
		{ "complete", "400000001", "--code=123", "--code" },
		{ "show", "", NULL, "number is empty" },
		{ "accept", "", NULL, "number is empty" },
		{ "accept", "40 00", NULL, "is not an order's number" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		cli(m, cases[i][0], cases[i][1], cases[i][2], NULL);
		cli_expect(2, cases[i][3]);
	}
}

static void a_comment_has_a_thousand_characters_at_most(void **state)
{
	char comment[1001 * 2 + 1];

	(void)state;
	for (size_t i = 0; i < 1001; i++)
		memcpy(comment + 2 * i, "ж", 2);
	comment[1001 * 2] = '\0';
	cli(m, "cancel", "400000001", "--reason", "buyer", "--comment", comment, NULL);
	cli_expect(2, "1\u00a0001 characters");
	comment[1000 * 2] = '\0';
	cli(m, "cancel", "400000001", "--reason", "buyer", "--comment", comment, NULL);
	cli_expect(1, "no order 400000001");
}

/* ---- settings -------------------------------------------------------------------------------- */

static void no_settings_is_said_with_what_to_do(void **state)
{
	(void)state;
	cli(m, "--config", "/nonexistent/duken.conf", "orders", NULL);
	cli_expect(2, "duken config init");
}

static void a_wrong_setting_is_named_with_its_line(void **state)
{
	(void)state;
	home_write(m->home, "bad.conf", 0600,
		"shop a {\n\tprovider = kaspi\n\tgrace = soon\n\tcolour = red\n}\n");
	cli(m, "--config", "bad.conf", "orders", NULL);
	assert_int_equal(cli_status(), 2);
	char *path = home_path(m->home, "bad.conf");

	cli(m, "--config", path, "orders", NULL);
	cli_expect(2, "bad.conf:3: grace must be a whole number from 0 to 60, not \"soon\"");
	cli(m, "--config", path, "config", "check", NULL);
	cli_expect(2, "bad.conf:4: there is no setting \"colour\"");
	assert_non_null(strstr(cli_err(), "bad.conf:3:"));
	cli(m, "--config", path, "config", "check", "--json", NULL);
	assert_int_equal(cli_status(), 2);
	assert_int_equal(cli_json_count("items"), 2);
	cli(m, "--config", path, "doctor", "--json", NULL);
	assert_int_equal(cli_status(), 2);
	assert_string_equal(cli_json("items.0.check"), "configuration");
	assert_string_equal(cli_json("items.0.result"), "failed");
	free(path);
}

static void keys_are_checked_with_the_settings(void **state)
{
	char *path = home_path(m->home, "keys.conf");

	(void)state;
	home_write(m->home, "keys.conf", 0600,
		"shop a { provider = kaspi }\nkeys {\n\taccept = \"F2 o\"\n\tundo = \"\"\n}\n");
	cli(m, "--config", path, "config", "check", NULL);
	cli_expect(0, "in order");
	home_write(m->home, "keys.conf", 0600,
		"shop a { provider = kaspi }\nkeys {\n\taccept = \"F2 Z\"\n\tundo = \"c\"\n\tfly = x\n}\n");
	cli(m, "--config", path, "config", "check", NULL);
	cli_expect(2, "keys.conf:3: accept: scanners type capitals such as Z");
	assert_non_null(strstr(cli_err(), "keys.conf:4: undo: the key c is the key of complete"));
	assert_non_null(strstr(cli_err(), "keys.conf:5: there is no command \"fly\"; there is: up, down"));
	cli(m, "--config", path, "orders", NULL);
	cli_expect(2, "keys.conf:");
	free(path);
}

static void settings_can_be_checked_and_found(void **state)
{
	(void)state;
	cli(m, "config", "check", NULL);
	cli_expect(0, "in order");
	cli(m, "config", "path", NULL);
	cli_expect(0, "/config/duken/duken.conf\n");
	cli(m, "config", "path", "--json", NULL);
	assert_non_null(strstr(cli_json("path"), "/config/duken/duken.conf"));
	cli(m, "config", "init", NULL);
	cli_expect(2, "needs a terminal");
	cli(m, "--shop", "other", "orders", NULL);
	cli_expect(2, "there is no shop \"other\"");
}

static void a_shop_without_a_token_is_told(void **state)
{
	char *path = home_path(m->home, "none.conf");

	(void)state;
	home_write(m->home, "none.conf", 0600, "shop a {\n\tprovider = kaspi\n}\n");
	cli(m, "--config", path, "sync", NULL);
	cli_expect(2, "has no token");
	cli(m, "--config", path, "doctor", NULL);
	cli_expect(2, "has no token");
	free(path);
}

static void a_full_disk_is_noticed(void **state)
{
	char *program = built_path("duken");
	const char *argv[] = { "/bin/sh", "-c", "\"$0\" --help >/dev/full", program, NULL };
	struct proc_result r = proc_run(m->env, argv, NULL, 10000);

	(void)state;
	assert_int_equal(r.status, 1);
	assert_non_null(strstr(r.err, "No space left"));
	proc_result_clear(&r);
	free(program);
}

static int start(void **state)
{
	(void)state;
	m = cli_market(0);
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
		cmocka_unit_test(help_and_version_are_printed),
		cmocka_unit_test(unknown_words_are_named),
		cmocka_unit_test(a_slip_is_json_where_that_was_asked_for),
		cmocka_unit_test(values_of_options_are_checked),
		cmocka_unit_test(a_comment_has_a_thousand_characters_at_most),
		cmocka_unit_test(no_settings_is_said_with_what_to_do),
		cmocka_unit_test(a_wrong_setting_is_named_with_its_line),
		cmocka_unit_test(keys_are_checked_with_the_settings),
		cmocka_unit_test(settings_can_be_checked_and_found),
		cmocka_unit_test(a_shop_without_a_token_is_told),
		cmocka_unit_test(a_full_disk_is_noticed),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
