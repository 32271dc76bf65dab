#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/lib/home.h"
#include "tests/screen/screen.h"
#include "tests/unit/unit.h"

static struct home *home;
static char **env;
static char *program;

/* Lines of a conversation, not keys of a screen: a shell's terminal takes them as they come. */
static void answer(struct screen *s, const char *question, const char *line)
{
	screen_wait(s, question);
	screen_send(s, line, strlen(line));
}

static struct screen *start(const char *word, const char *more)
{
	return screen_start(24, 100, env, (const char *[]){ program, word, more, NULL });
}

static void expect_mode(const char *name, mode_t mode)
{
	char *path = home_path(home, name);
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, mode);
	free(path);
}

static void settings_are_made_by_asking(void **state)
{
	struct screen *s = start("config", "init");
	char *text;

	(void)state;
	answer(s, "short name", "мой\n");
	answer(s, "cannot be a shop's name", "almaty\n");
	answer(s, "address", "http://example.com\n");
	answer(s, "must start with https://", "\n");
	answer(s, "holds the token", "\n");
	answer(s, "The token from", "secret-token\n");
	screen_wait(s, "is written");
	assert_false(screen_shows(s, "secret-token"));
	assert_int_equal(screen_exit_status(s), 0);
	screen_stop(s);
	expect_mode("config/duken/duken.conf", 0600);
	expect_mode("config/duken/almaty.token", 0600);
	text = home_read(home, "config/duken/almaty.token", NULL);
	assert_string_equal(text, "secret-token");
	free(text);
}

static void nothing_is_replaced_without_asking(void **state)
{
	struct screen *s;
	char *text;

	(void)state;
	home_write(home, "config/duken/duken.conf", 0600, "# mine\n");
	s = start("config", "init");
	answer(s, "Replace it?", "\n");
	screen_wait(s, "nothing was written");
	assert_int_equal(screen_exit_status(s), 1);
	screen_stop(s);
	text = home_read(home, "config/duken/duken.conf", NULL);
	assert_string_equal(text, "# mine\n");
	free(text);
}

static void a_demo_opens_the_desk_and_leaves_nothing(void **state)
{
	char *dir = home_path(home, "run");
	struct screen *s;
	struct stat st;

	(void)state;
	home_write(home, "run/keep", 0600, "");	/* makes the folder */
	s = start("demo", "--orders=20");
	screen_wait(s, "F10");
	screen_wait(s, "New");
	screen_keys(s, "<F10>");
	assert_int_equal(screen_exit_status(s), 0);
	screen_stop(s);
	assert_int_equal(stat(dir, &st), 0);
	assert_int_equal(st.st_nlink, 2);	/* no folder in it */
	free(dir);
}

static int set_up(void **state)
{
	(void)state;
	home = home_new();
	env = home_env(home, NULL);
	program = built_path("duken");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	screen_stop_all();
	free(program);
	home_env_free(env);
	home_free(home);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(settings_are_made_by_asking, set_up, tear_down),
		cmocka_unit_test_setup_teardown(nothing_is_replaced_without_asking, set_up,
			tear_down),
		cmocka_unit_test_setup_teardown(a_demo_opens_the_desk_and_leaves_nothing, set_up,
			tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
