#include <stdlib.h>
#include <sys/stat.h>

#include "tests/lib/home.h"
#include "tests/screen/screen.h"
#include "tests/unit/unit.h"

static struct home *home;
static char **env;
static char *program;

static void a_demo_opens_the_desk_and_leaves_nothing(void **state)
{
	char *dir = home_path(home, "run");
	struct screen *s;
	struct stat st;

	(void)state;
	home_write(home, "run/keep", 0600, "");	/* makes the folder */
	s = screen_start(24, 100, env, (const char *[]){ program, "demo", "--orders=20", NULL });
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
		cmocka_unit_test_setup_teardown(a_demo_opens_the_desk_and_leaves_nothing, set_up,
			tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
