/* The tour of the demo: each of its ten steps goes on when somebody did what it says, on the program as people start
 * it. Nothing of it is there in a real shop. */
#include <stdio.h>
#include <stdlib.h>

#include "tests/lib/home.h"
#include "tests/screen/counter.h"
#include "tests/unit/unit.h"

static struct home *home;

static int set_up(void **state)
{
	(void)state;
	home = home_new();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	screen_stop_all();
	home_free(home);
	return 0;
}

/* Hardly anything happens by itself in the shop, so that the rows stay where they are. */
static struct screen *demo(int rows, int cols, const char *language)
{
	char *program = built_path("duken"), **env = home_env(home, NULL);
	struct screen *s = screen_start(rows, cols, env,
		(const char *[]){ program, "--lang", language, "demo", "--speed", "0.001", NULL });

	home_env_free(env);
	free(program);
	screen_wait(s, "1234");
	screen_wait_quiet(s, 300);
	return s;
}

static void all_steps_go_on_by_what_is_done(void **state)
{
	struct screen *s = demo(24, 80, "en");

	(void)state;
	screen_wait(s, "Ctrl-G begins a tour");
	screen_keys(s, "<C-g>");
	screen_wait(s, "Tour 1/10");
	screen_wait_gone(s, "Ctrl-G begins a tour");
	screen_keys(s, "<Left> <Down>");
	screen_wait(s, "Tour 2/10");
	screen_keys(s, "<Enter> <Down>");
	screen_wait(s, "Tour 3/10");
	screen_keys(s, "<Enter>");
	assert_true(screen_shows(s, "Tour 3/10"));
	screen_keys(s, "<Esc>");
	screen_wait(s, "Tour 4/10");
	screen_keys(s, "<Esc> <Home> <Enter> <F2> <Enter>");
	screen_wait(s, "u takes it back");
	screen_keys(s, "u");
	screen_wait(s, "Tour 5/10");
	screen_keys(s, "<F3>");
	screen_type(s, "а");
	screen_keys(s, "<Enter>");
	assert_true(screen_shows(s, "Tour 5/10"));
	screen_keys(s, "<Esc>");
	screen_wait(s, "Tour 6/10");
	screen_keys(s, "<Space> <Space>");
	screen_wait(s, "2 marked");
	screen_keys(s, "-");
	screen_wait(s, "Tour 7/10");
	counter_queue(s, "Pack");
	screen_keys(s, "<F4>");
	screen_wait(s, "Parcels");
	screen_keys(s, "1 <Enter> <Enter>");
	screen_wait(s, ": assembled");
	screen_keys(s, "<F6>");
	screen_wait(s, "Tour 8/10");
	screen_keys(s, "<Esc> <Esc>");
	counter_queue(s, "Pickup");
	screen_keys(s, "<F7> <Enter>");
	screen_wait(s, "Code sent");
	screen_keys(s, "1234 <Enter>");
	screen_wait(s, "Tour 9/10");
	counter_queue(s, "New");
	screen_keys(s, "<F8>");
	screen_wait(s, "Reason");
	screen_keys(s, "<Down> <Tab> <Tab> <Enter>");
	screen_wait(s, "Tour 10/10");
	screen_keys(s, "J");
	screen_wait(s, "Journal");
	screen_keys(s, "<Esc> <F1>");
	screen_wait_gone(s, "Tour 10/10");
	screen_wait(s, "That was the tour.");
}

static void it_can_be_left_step_by_step(void **state)
{
	struct screen *s = demo(24, 80, "en");
	char text[20];

	(void)state;
	for (int step = 1; step <= 10; step++) {
		screen_keys(s, "<C-g>");
		snprintf(text, sizeof(text), "Tour %d/10", step);
		screen_wait(s, text);
	}
	screen_keys(s, "<C-g>");
	screen_wait_gone(s, "Tour 10/10");
	assert_true(screen_shows(s, "F10Quit"));
}

static void it_needs_room(void **state)
{
	struct screen *s = demo(18, 80, "en");

	(void)state;
	screen_keys(s, "<C-g>");
	screen_wait(s, "make it higher");
	screen_resize(s, 20, 80);
	screen_wait_quiet(s, 100);
	screen_keys(s, "<C-g>");
	screen_wait(s, "Tour 1/10");
	screen_resize(s, 18, 80);
	screen_wait_gone(s, "Tour 1/10");
	screen_wait(s, "F10Quit");
}

static void a_real_shop_has_none(void **state)
{
	struct counter *c = *state;
	struct screen *s = counter_desk(c, 24, 80);

	screen_keys(s, "<C-g>");
	screen_wait(s, "duken demo opens one");
	assert_false(screen_shows(s, "Tour 1/10"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(all_steps_go_on_by_what_is_done, set_up, tear_down),
		cmocka_unit_test_setup_teardown(it_can_be_left_step_by_step, set_up, tear_down),
		cmocka_unit_test_setup_teardown(it_needs_room, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_real_shop_has_none, counter_open, counter_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
