/* duken clerk: PINs are asked for on a terminal, kept as hashes, and a lock without a key is told. */
#include <stdlib.h>
#include <string.h>

#include "base/pin.h"
#include "tests/cli/house.h"
#include "tests/screen/screen.h"

#define FILE_NAME "state/duken/clerks.pin"

static struct market *m;
static char *program;

static struct screen *start(const char *word, const char *name)
{
	return screen_start(24, 100, m->env, (const char *[]){ program, "clerk", word, name, NULL });
}

static void answer(struct screen *s, const char *question, const char *line)
{
	screen_wait(s, question);
	screen_send(s, line, strlen(line));
}

static void give(const char *word, const char *name, const char *line)
{
	struct screen *s = start(word, name);

	answer(s, "PIN (not shown)", line);
	answer(s, "once more", line);
	assert_int_equal(screen_exit_status(s), 0);
	screen_stop(s);
}

static char *hash_of(const char *name)
{
	char *text = home_read(m->home, FILE_NAME, NULL), *line = text ? strstr(text, name) : NULL, *hash;

	assert_non_null(line);
	line[strcspn(line, "\n")] = '\0';
	hash = strdup(strchr(line, ':') + 1);
	free(text);
	return hash;
}

static void a_pin_is_typed_twice_and_not_shown(void **state)
{
	struct screen *s = start("add", "Айгуль");
	char *hash;

	(void)state;
	answer(s, "PIN (not shown)", "2468\n");
	answer(s, "once more", "2468\n");
	screen_wait(s, "has a PIN now");
	assert_false(screen_shows(s, "2468"));
	assert_int_equal(screen_exit_status(s), 0);
	screen_stop(s);
	hash = hash_of("Айгуль");
	assert_true(pin_matches("2468", hash));
	free(hash);
	give("pin", "Айгуль", "13579\n");
	hash = hash_of("Айгуль");
	assert_true(pin_matches("13579", hash));
	free(hash);
}

static void what_is_no_pin_changes_nothing(void **state)
{
	struct screen *s = start("add", "Айгуль");
	char *text;

	(void)state;
	answer(s, "PIN (not shown)", "2468\n");
	answer(s, "once more", "2469\n");
	screen_wait(s, "not the same");
	assert_int_equal(screen_exit_status(s), 2);
	screen_stop(s);
	s = start("add", "Айгуль");
	answer(s, "PIN (not shown)", "abcd\n");
	screen_wait(s, "4 to 12 digits");
	assert_int_equal(screen_exit_status(s), 2);
	screen_stop(s);
	text = home_read(m->home, FILE_NAME, NULL);
	assert_null(text);
	cli_with(m, "2468\n2468\n", "clerk", "add", "Айгуль", NULL);
	cli_expect(2, "on a terminal");
}

static void clerks_are_listed_and_taken_out(void **state)
{
	(void)state;
	cli(m, "clerk", "list", NULL);
	cli_expect(0, "Nobody has a PIN");
	give("add", "Айгуль", "2468\n");
	give("add", "Бекзат", "2468\n");
	cli(m, "clerk", "add", "Бекзат", NULL);
	cli_expect(1, "has a PIN already");
	cli(m, "clerk", "list", "--json", NULL);
	assert_int_equal(cli_json_count("items"), 2);
	assert_string_equal(cli_json("items.1.name"), "Бекзат");
	cli(m, "clerk", "remove", "Айгуль", NULL);
	cli_expect(0, "has no PIN any more");
	cli(m, "clerk", "remove", "Айгуль", NULL);
	cli_expect(1, "There is no clerk");
	cli(m, "clerk", "pin", "Айгуль", NULL);
	cli_expect(1, "There is no clerk");
	cli(m, "clerk", "list", NULL);
	cli_expect(0, "Бекзат");
}

static void words_that_cannot_be_are_refused(void **state)
{
	(void)state;
	cli(m, "clerk", "add", NULL);
	cli_expect(2, "name is missing");
	cli(m, "clerk", "list", "Айгуль", NULL);
	cli_expect(2, "too many words");
	cli(m, "clerk", "rename", "Айгуль", NULL);
	cli_expect(2, "add, list, pin and remove");
	cli(m, "clerk", "add", "a:b", NULL);
	cli_expect(2, "no colon");
}

static void a_lock_without_a_key_is_told(void **state)
{
	(void)state;
	cli(m, "config", "check", NULL);
	cli_expect(0, "everything is in order");
	market_configure(m, NULL, "lock_after = 300\n");
	cli(m, "config", "check", NULL);
	cli_expect(2, "duken clerk add");
	give("add", "Айгуль", "2468\n");
	cli(m, "config", "check", NULL);
	cli_expect(0, "everything is in order");
	home_write(m->home, FILE_NAME, 0644, "");
	cli(m, "config", "check", NULL);
	cli_expect(2, "chmod 600");
	cli(m, "clerk", "list", NULL);
	cli_expect(2, "chmod 600");
}

static int set_up(void **state)
{
	(void)state;
	m = cli_market(0);
	program = built_path("duken");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	screen_stop_all();
	cli_clear();
	market_stop(m);
	free(program);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_pin_is_typed_twice_and_not_shown, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_no_pin_changes_nothing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(clerks_are_listed_and_taken_out, set_up, tear_down),
		cmocka_unit_test_setup_teardown(words_that_cannot_be_are_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_lock_without_a_key_is_told, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
