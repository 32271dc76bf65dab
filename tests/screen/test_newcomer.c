/* From an empty home to the first accepted order, in Russian. What is asked is waited for by what it offers. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "tests/lib/market.h"
#include "tests/screen/screen.h"
#include "tests/unit/unit.h"

static struct market *m;
static char **env;
static char *program;

static void answer(struct screen *s, const char *question, const char *line)
{
	screen_wait(s, question);
	screen_send(s, line, strlen(line));
}

static struct screen *start(void)
{
	return screen_start(24, 80, env, (const char *[]){ program, NULL });
}

static void set_up_the_shop(struct screen *s)
{
	char *url = xasprintf("%s\n", m->url), *token = xasprintf("%s\n", m->token);

	answer(s, "Қазақша: kk", "\n");
	answer(s, "[1]:", "1\n");
	answer(s, "[main]:", "Алматы\n");
	answer(s, "[almaty]:", "\n");
	answer(s, "[https://kaspi.kz]:", url);
	answer(s, "  3  ", "1\n");
	answer(s, "Токен из Кабинета", token);
	free(token);
	free(url);
}

static void a_newcomer_accepts_an_order(void **state)
{
	struct screen *s = start();

	(void)state;
	set_up_the_shop(s);
	screen_wait(s, "F10Выход");
	screen_wait(s, "Алматы");
	screen_wait(s, "400000001");
	screen_keys(s, "<Tab> <F2>");
	screen_wait(s, "Принять");
	screen_keys(s, "<Enter>");
	market_expect(m, "400000001", "requests.ACCEPTED_BY_MERCHANT", "1");
	market_expect(m, "400000001", "state", "PICKUP");
	screen_keys(s, "J");
	screen_wait(s, "Журнал");
	screen_wait(s, "400000001");
	screen_wait(s, "сделано");
	screen_keys(s, "<Esc> <F10>");
	assert_int_equal(screen_exit_status(s), 0);
	screen_expect_restored(s);
	screen_stop(s);
	s = start();
	screen_wait(s, "F10Выход");
	assert_false(screen_shows(s, "Қазақша: kk"));
}

static void a_newcomer_may_look_around_first(void **state)
{
	struct screen *s = start();
	char *path = home_path(m->home, "config/duken");
	struct stat st;

	(void)state;
	answer(s, "Қазақша: kk", "kk\n");
	answer(s, "[1]:", "2\n");
	screen_wait(s, "F10");
	screen_wait(s, "Кезектер");
	screen_keys(s, "<F10>");
	assert_int_equal(screen_exit_status(s), 0);
	assert_int_not_equal(stat(path, &st), 0);
	free(path);
}

static int set_up(void **state)
{
	(void)state;
	m = market_start(&(struct market_options){ .orders = 0 });
	market_order(m, "{\"code\":\"400000001\",\"mode\":\"pickup\",\"state\":\"NEW\",\"name\":\"Айгерім Сәрсенова\","
		"\"phone\":\"7011234567\",\"total\":12990}");
	env = home_env(m->home, (const char *[]){ "LANGUAGE=ru", NULL });
	program = built_path("duken");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	screen_stop_all();
	home_env_free(env);
	market_stop(m);
	free(program);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_newcomer_accepts_an_order, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_newcomer_may_look_around_first, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
