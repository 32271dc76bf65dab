/* Waits of the lock that did not end, or were not kept; and a lock whose PIN could not be seen. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/buf.h"
#include "base/mem.h"
#include "tests/screen/counter.h"
#include "tests/unit/unit.h"
#include "tui/model/lock.h"

#define NOW 1800000000000LL
#define SECOND 1000LL
#define DAY (24 * 3600 * SECOND)

static struct home *home;
static struct lock lock;

static void type(const char *pin)
{
	for (; *pin; pin++)
		lock_type(&lock, (uint32_t)*pin, 0);
}

static int set_up(void **state)
{
	struct clerks clerks = { .n = 0 };

	(void)state;
	home = home_new();
	lock_init(&lock, home_path(home, "clerks.pin"), "Aigul");
	assert_true(clerks_set(&clerks, "Aigul", "1234", NULL));
	assert_true(clerks_set(&clerks, "Bekzat", "567890", NULL));
	assert_true(clerks_save(lock.path, &clerks, NULL));
	clerks_clear(&clerks);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	lock_clear(&lock);
	home_free(home);
	return 0;
}

/* Each look at it began the wait anew. */
static void a_wait_ends_that_began_with_a_bad_file(void **state)
{
	(void)state;
	home_write(home, "clerks.tries", 0644, "Aigul:1:1000:1000\n");
	assert_true(lock_read(&lock, "Aigul", NOW, NULL));
	assert_int_equal(lock_left_ms(&lock, NOW), TRIES_WAIT_MS);
	type("1234");
	assert_int_equal(lock_try(&lock, NOW + 10 * SECOND), LOCK_NO_TRY);
	assert_int_equal(lock_left_ms(&lock, NOW + 10 * SECOND), TRIES_WAIT_MS - 10 * SECOND);
	type("1234");
	assert_int_equal(lock_try(&lock, NOW + 31 * SECOND), LOCK_OPEN);
}

/* The clock was ahead when it was noted. */
static void a_wait_ends_that_was_noted_in_the_future(void **state)
{
	char *line = xasprintf("Aigul:5:%lld:%lld\n", NOW + DAY + TRIES_WAIT_MS, NOW + DAY);

	(void)state;
	home_write(home, "clerks.tries", 0600, line);
	free(line);
	assert_true(lock_read(&lock, "Aigul", NOW, NULL));
	assert_int_equal(lock_left_ms(&lock, NOW), TRIES_WAIT_MS);
	type("1234");
	assert_int_equal(lock_try(&lock, NOW + 31 * SECOND), LOCK_OPEN);
}

/* As on a full disk. */
static void let_write(bool on)
{
	struct rlimit limit;

	getrlimit(RLIMIT_FSIZE, &limit);
	limit.rlim_cur = on ? limit.rlim_max : 0;
	setrlimit(RLIMIT_FSIZE, &limit);
}

/* Choosing another clerk and coming back made wrong PINs free. */
static void what_cannot_be_written_down_counts(void **state)
{
	enum lock_try tries[TRIES_FREE];

	(void)state;
	assert_true(lock_read(&lock, "Aigul", NOW, NULL));
	signal(SIGXFSZ, SIG_IGN);
	let_write(false);
	for (int i = 0; i < TRIES_FREE; i++) {
		type("4321");
		tries[i] = lock_try(&lock, NOW);
		lock_choose(&lock, i % 2 == 0 ? LIST_DOWN : LIST_UP, NOW);
	}
	let_write(true);
	for (int i = 0; i < TRIES_FREE; i++)
		assert_int_equal(tries[i], LOCK_WRONG);
	assert_true(lock.unsaved);
	assert_int_equal(lock_left_ms(&lock, NOW), TRIES_WAIT_MS);
}

/* The shops took all the room. */
static void many_shops_leave_room_for_the_pin(void **state)
{
	struct counter *c = *state;
	struct buf lines = BUF_INIT(BUF_MAX_FILE);
	struct clerks clerks = { .n = 0 };
	char *path = home_path(c->market->home, "state/duken/clerks.pin");
	struct screen *s;

	buf_adds(&lines, "default_shop = \"test\"\n");
	for (int i = 0; i < 10; i++)
		buf_addf(&lines, "shop s%d {\n\tprovider = \"kaspi\"\n}\n", i);
	assert_true(clerks_set(&clerks, "Aigul", "1234", NULL));
	assert_true(clerks_save(path, &clerks, NULL));
	market_configure(c->market, NULL, buf_str(&lines));
	s = counter_start(c, 24, 80, NULL, NULL);
	screen_wait(s, "has no token of its own");
	screen_wait(s, "PIN: ");
	screen_wait(s, "Aigul");
	screen_wait(s, "Type your PIN");
	screen_resize(s, 16, 60);
	screen_wait_quiet(s, 100);
	screen_wait(s, "PIN: ");
	screen_wait(s, "Type your PIN");
	clerks_clear(&clerks);
	buf_clear(&lines);
	free(path);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_wait_ends_that_began_with_a_bad_file),
		TEST(a_wait_ends_that_was_noted_in_the_future),
		TEST(what_cannot_be_written_down_counts),
		cmocka_unit_test_setup_teardown(many_shops_leave_room_for_the_pin, counter_open, counter_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
