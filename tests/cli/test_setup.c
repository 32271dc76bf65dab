/* The first set-up as a conversation on a terminal. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "tests/cli/house.h"
#include "tests/screen/screen.h"

#define SETTINGS "config/duken/duken.conf"
#define TOKEN_FILE "config/duken/mega.token"

static struct market *m;
static char *program;

static struct screen *start(void)
{
	return screen_start(40, 160, m->env, (const char *[]){ program, "config", "init", NULL });
}

/* Lines of a conversation, not keys of a screen: a terminal takes them as they come. */
static void answer(struct screen *s, const char *question, const char *line)
{
	screen_wait(s, question);
	screen_send(s, line, strlen(line));
}

/* Up to the token. */
static void name_the_shop(struct screen *s)
{
	char *url = xasprintf("%s/\n", m->url);

	answer(s, "[en]:", "\n");
	answer(s, "as the desk shows it [main]:", "Мега\n");
	answer(s, "[mega]:", "\n");
	answer(s, "[https://kaspi.kz]:", url);
	free(url);
}

static void paste(struct screen *s, const char *token)
{
	answer(s, "Where does the token", "1\n");
	answer(s, "The token from", token);
}

static char *read_file(const char *name)
{
	return home_read(m->home, name, NULL);
}

static void expect_mode(const char *name, mode_t mode)
{
	char *path = home_path(m->home, name);
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, mode);
	free(path);
}

static void expect_nothing_written(void)
{
	char *path = home_path(m->home, "config/duken");
	struct stat st;

	assert_int_not_equal(stat(path, &st), 0);
	free(path);
}

static void a_token_is_tried_before_it_is_kept(void **state)
{
	struct screen *s = start();
	char *right = xasprintf("%s\n", m->token), *text;

	(void)state;
	name_the_shop(s);
	paste(s, "wrong-token\n");
	screen_wait(s, "authorized:");
	expect_nothing_written();
	answer(s, "correct the answers", "1\n");
	answer(s, "[Мега]:", "\n\n");
	screen_wait(s, "The address of the marketplace [http:");
	screen_stop(s);
	s = start();
	name_the_shop(s);
	paste(s, right);
	screen_wait(s, "The server takes the token.");
	screen_wait(s, "Next: duken doctor");
	assert_int_equal(screen_exit_status(s), 0);
	assert_false(screen_shows(s, m->token));
	screen_expect_restored(s);
	screen_stop(s);
	expect_mode(SETTINGS, 0600);
	expect_mode(TOKEN_FILE, 0600);
	text = read_file(TOKEN_FILE);
	assert_string_equal(text, m->token);
	free(text);
	text = read_file(SETTINGS);
	assert_null(strstr(text, m->token));
	assert_non_null(strstr(text, "language = \"en\"\n"));
	assert_non_null(strstr(text, "label = \"Мега\"\n"));
	assert_non_null(strstr(text, "/mega.token\"\n"));
	free(text);
	free(right);
	cli(m, "sync", NULL);
	assert_int_equal(cli_status(), 0);
}

static void slips_are_asked_about_again(void **state)
{
	struct screen *s = start();

	(void)state;
	answer(s, "[en]:", "de\n");
	answer(s, "language must be one of", "en\n");
	answer(s, "as the desk shows it", "Алматы, ТЦ \"Мега\"\n");
	answer(s, "[almaty-tts-mega]:", "мой магазин\n");
	answer(s, "cannot be a shop's name", "almaty\n");
	answer(s, "[https://kaspi.kz]:", "http://example.com\n");
	answer(s, "must start with https://", "\n");
	answer(s, "Where does the token", "7\n");
	answer(s, "Number [1]: 7", "1\n");
	answer(s, "The token from", "\n");
	screen_wait(s, "There is no token in");
	screen_wait(s, "Next: duken doctor");
	assert_int_equal(screen_exit_status(s), 0);
	expect_mode(SETTINGS, 0600);
}

static void a_command_or_a_file_may_hold_the_token(void **state)
{
	struct screen *s = start();
	char *command = xasprintf("printf '%%s\\n' \"%s\"\n", m->token), *path, *text;

	(void)state;
	name_the_shop(s);
	answer(s, "Where does the token", "3\n");
	answer(s, "[pass show kaspi/", command);
	screen_wait(s, "Next: duken doctor");
	assert_int_equal(screen_exit_status(s), 0);
	screen_stop(s);
	cli(m, "sync", NULL);
	assert_int_equal(cli_status(), 0);
	home_remove(m->home, SETTINGS);
	path = home_path(m->home, "kaspi");
	text = xasprintf("%s\n", path);
	home_write(m->home, "kaspi", 0600, m->token);
	s = start();
	name_the_shop(s);
	answer(s, "Where does the token", "2\n");
	answer(s, "/mega.token]:", text);
	screen_wait(s, "Next: duken doctor");
	assert_int_equal(screen_exit_status(s), 0);
	cli(m, "sync", NULL);
	assert_int_equal(cli_status(), 0);
	free(command);
	free(path);
	free(text);
}

static void settings_may_be_elsewhere(void **state)
{
	struct screen *s = screen_start(40, 160, m->env, (const char *[]){ "/bin/sh", "-c",
		"cd \"$HOME\" && exec \"$0\" --config new/place.conf config init", program, NULL });
	char *text, *right = xasprintf("%s\n", m->token);

	(void)state;
	name_the_shop(s);
	paste(s, right);
	screen_wait(s, "Next: duken doctor");
	assert_int_equal(screen_exit_status(s), 0);
	expect_mode("new/place.conf", 0600);
	text = read_file("new/mega.token");
	assert_string_equal(text, m->token);
	free(text);
	free(right);
}

static void without_a_network_the_answers_can_be_kept(void **state)
{
	struct screen *s = start();

	(void)state;
	market_down(m);
	name_the_shop(s);
	paste(s, "some-token\n");
	answer(s, "tcp:", "2\n");
	screen_wait(s, "Next: duken doctor");
	assert_int_equal(screen_exit_status(s), 0);
	expect_mode(TOKEN_FILE, 0600);
	market_up(m);
}

static void nothing_is_replaced_without_asking(void **state)
{
	struct screen *s;
	char *text;

	(void)state;
	home_write(m->home, SETTINGS, 0600, "# mine\n");
	home_write(m->home, TOKEN_FILE, 0600, "old");
	s = start();
	answer(s, "[en]:", "\n");
	answer(s, "Replace it?", "\n");
	screen_wait(s, "nothing was written");
	assert_int_equal(screen_exit_status(s), 1);
	screen_stop(s);
	text = read_file(SETTINGS);
	assert_string_equal(text, "# mine\n");
	free(text);
	s = start();
	answer(s, "[en]:", "\n");
	answer(s, "Replace it?", "yes\n");
	answer(s, "as the desk shows it [main]:", "Мега\n");
	answer(s, "[mega]:", "\n");
	answer(s, "[https://kaspi.kz]:", "http://127.0.0.1:1\n");
	paste(s, "another\n");
	answer(s, "mega.token is there already", "no\n");
	answer(s, "What now?", "2\n");
	screen_wait(s, "Next: duken doctor");
	screen_stop(s);
	text = read_file(SETTINGS ".bak");
	assert_string_equal(text, "# mine\n");
	free(text);
	text = read_file(TOKEN_FILE);
	assert_string_equal(text, "old");
	free(text);
}

/* How far it goes before somebody leaves: so many answers. */
static struct screen *go_on_for(int answers)
{
	static const struct {
		const char *question, *line;
	} steps[] = {
		{ "[en]:", "\n" }, { "[main]:", "Мега\n" }, { "[mega]:", "\n" },
		{ "[https://kaspi.kz]:", "http://127.0.0.1:1\n" }, { "Number [1]:", "1\n" },
		{ "The token from", "secret-token\n" }, { "What now?", "" },
	};
	struct screen *s = start();

	for (int i = 0; i < answers; i++)
		answer(s, steps[i].question, steps[i].line);
	screen_wait(s, steps[answers].question);
	return s;
}

static void leaving_at_any_question_leaves_nothing(void **state)
{
	(void)state;
	for (int i = 0; i <= 6; i++) {
		struct screen *s = go_on_for(i);

		screen_send(s, "\003", 1);
		assert_int_equal(screen_exit_status(s), 128 + SIGINT);
		screen_expect_restored(s);
		screen_stop(s);
		expect_nothing_written();
		s = go_on_for(i);
		screen_send(s, "\004", 1);
		assert_int_equal(screen_exit_status(s), 1);
		assert_true(screen_shows(s, "nothing was written"));
		screen_expect_restored(s);
		screen_stop(s);
		expect_nothing_written();
	}
}

static void without_a_terminal_nobody_is_asked(void **state)
{
	(void)state;
	cli_with(m, "en\nMega\n", "config", "init", NULL);
	cli_expect(2, "needs a terminal");
	cli_run_words(m, NULL, (const char *[]){ NULL });
	cli_expect(2, "duken config init");
	expect_nothing_written();
}

static int set_up(void **state)
{
	(void)state;
	m = market_start(&(struct market_options){ .orders = 3 });
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

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_token_is_tried_before_it_is_kept),
		TEST(slips_are_asked_about_again),
		TEST(a_command_or_a_file_may_hold_the_token),
		TEST(settings_may_be_elsewhere),
		TEST(without_a_network_the_answers_can_be_kept),
		TEST(nothing_is_replaced_without_asking),
		TEST(leaving_at_any_question_leaves_nothing),
		TEST(without_a_terminal_nobody_is_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
