/* A store that is damaged when the desk opens. */
#include <signal.h>
#include <stdlib.h>

#include "tests/screen/counter.h"
#include "tests/unit/unit.h"

#define STORE "state/duken/test/"

static void leave(struct screen *s)
{
	screen_keys(s, "q");
	assert_int_equal(screen_exit_status(s), 0);
}

static void a_journal_that_was_set_aside_is_told_until_read(void **state)
{
	struct counter *c = *state;
	struct screen *s = counter_desk(c, 24, 80);

	counter_go(s, "400000001");
	screen_wait(s, "Айгерім Сәрсенова");
	screen_keys(s, "<Esc>");
	leave(s);
	home_write(c->market->home, STORE "journal.db", 0600, "this was a journal");
	s = counter_start(c, 24, 80, NULL, NULL);
	screen_wait(s, "The journal was damaged");
	screen_wait(s, "damaged-1");
	screen_wait(s, "400000001");
	screen_keys(s, "j");
	assert_true(screen_shows(s, "The journal was damaged"));
	screen_keys(s, "<Enter>");
	screen_wait_gone(s, "The journal was damaged");
	leave(s);
	s = counter_desk(c, 24, 80);
	assert_false(screen_shows(s, "The journal was damaged"));
}

/* The desk's own reader must not stand in its way. */
static void a_cache_that_is_suspect_is_fetched_anew(void **state)
{
	struct counter *c = *state;
	char *mark;

	leave(counter_desk(c, 24, 80));
	home_write(c->market->home, STORE "cache.db.suspect", 0600, "");
	struct screen *s = counter_start(c, 24, 80, NULL, NULL);
	screen_wait(s, "read from the server again");
	counter_synced(s);
	screen_wait(s, "400000001");
	mark = home_read(c->market->home, STORE "cache.db.suspect", NULL);
	assert_null(mark);
	free(mark);
}

static void after_a_kill_the_store_is_looked_through_and_shown(void **state)
{
	struct counter *c = *state;
	struct screen *s = counter_desk(c, 24, 80);

	screen_signal(s, SIGKILL);
	assert_int_equal(screen_exit_status(s), 128 + SIGKILL);
	market_down(c->market);
	s = counter_start(c, 24, 80, NULL, NULL);
	screen_wait(s, "400000001");
	screen_wait(s, "OFFLINE");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, counter_open, counter_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_journal_that_was_set_aside_is_told_until_read),
		TEST(a_cache_that_is_suspect_is_fetched_anew),
		TEST(after_a_kill_the_store_is_looked_through_and_shown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
