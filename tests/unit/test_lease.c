/* One process of several polls: they are real ones here, driven by pipes, on a clock that the test tells. */
#include "store/lease.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/store_fixture.h"
#include "tests/unit/unit.h"

#define PATIENCE_MS 1500
#define END INT64_MIN	/* the others hold the pipe open too */

struct other {
	pid_t pid;
	int to, from;
};

/* A process that beats when it is told the time, and answers whether it has the lease. */
static void serve(const char *dir, int in, int out)
{
	struct error err = ERROR_INIT;
	struct store *s = store_open(dir, NULL, &err);
	struct lease l = LEASE_INIT;
	int64_t now;

	while (s && read(in, &now, sizeof(now)) == (ssize_t)sizeof(now) && now != END) {
		char answer;

		if (now < 0)
			lease_drop(s, &l, &err);
		else if (!lease_beat(s, &l, now, PATIENCE_MS, &err))
			_exit(1);
		answer = l.mine ? 'y' : 'n';
		if (write(out, &answer, 1) != 1)
			_exit(1);
	}
	store_close(s);
	_exit(0);
}

static struct other start(const char *dir)
{
	struct other o;
	int to[2], from[2];

	assert_int_equal(pipe(to), 0);
	assert_int_equal(pipe(from), 0);
	o.pid = fork();
	if (o.pid == 0) {
		close(to[1]);
		close(from[0]);
		serve(dir, to[0], from[1]);
	}
	close(to[0]);
	close(from[1]);
	o.to = to[1];
	o.from = from[0];
	return o;
}

static bool leads(const struct other *o, int64_t now_ms)
{
	char answer = '?';

	assert_int_equal(write(o->to, &now_ms, sizeof(now_ms)), (ssize_t)sizeof(now_ms));
	assert_int_equal(read(o->from, &answer, 1), 1);
	return answer == 'y';
}

static void stop(struct other *o, int signal)
{
	const int64_t end = END;

	if (signal)
		kill(o->pid, signal);
	else
		assert_int_equal(write(o->to, &end, sizeof(end)), (ssize_t)sizeof(end));
	close(o->to);
	close(o->from);
	assert_int_equal(waitpid(o->pid, NULL, 0), o->pid);
}

static void one_has_it_and_keeps_it(void **state)
{
	struct other a = start(*state), b = start(*state);

	assert_true(leads(&a, 1000));
	for (int64_t t = 1000; t < 10000; t += 500) {
		assert_false(leads(&b, t));
		assert_true(leads(&a, t));
	}
	stop(&a, 0);
	stop(&b, 0);
}

static void who_ends_well_leaves_it_at_once(void **state)
{
	struct other a = start(*state), b = start(*state);

	assert_true(leads(&a, 1000));
	assert_false(leads(&b, 1000));
	assert_false(leads(&a, -1));
	assert_true(leads(&b, 1001));
	stop(&a, 0);
	stop(&b, 0);
}

static void who_is_killed_loses_it_at_once(void **state)
{
	struct other a = start(*state), b = start(*state);

	assert_true(leads(&a, 1000));
	assert_false(leads(&b, 1000));
	stop(&a, SIGKILL);
	assert_true(leads(&b, 1001));
	stop(&b, 0);
}

/* A process that was suspended holds nobody up; when it goes on it learns that it lost the lease. */
static void who_hangs_loses_it_after_a_while(void **state)
{
	struct other a = start(*state), b = start(*state);

	assert_true(leads(&a, 1000));
	assert_false(leads(&b, 1000));
	assert_false(leads(&b, 1000 + PATIENCE_MS - 1));
	assert_true(leads(&b, 1000 + PATIENCE_MS));
	assert_false(leads(&a, 1000 + PATIENCE_MS + 1));
	stop(&a, 0);
	stop(&b, 0);
}

/* Clocks of machines that slept, or of processes with other origins, are never compared. */
static void clocks_need_not_agree(void **state)
{
	struct other a = start(*state), b = start(*state);

	assert_true(leads(&a, 1000000));
	for (int64_t t = 0; t < 5000; t += 500) {
		assert_false(leads(&b, t + 5));
		assert_true(leads(&a, 1000000 - t));
	}
	stop(&a, 0);
	stop(&b, 0);
}

static void the_others_hear_of_the_link(void **state)
{
	struct error err = ERROR_INIT;
	struct store *s = store_open(*state, NULL, &err);
	struct lease mine = LEASE_INIT, not_mine = LEASE_INIT;
	struct lease_news said = { .link = 2, .until_ms = 77 }, heard;

	error_set(&said.error, ERR_OFFLINE, "нет связи");
	assert_true(lease_beat(s, &mine, 1, PATIENCE_MS, &err));
	assert_true(lease_say(s, &not_mine, &(struct lease_news){ .link = 9 }, &err));
	assert_true(lease_say(s, &mine, &said, &err));
	assert_true(lease_beat(s, &mine, 2, PATIENCE_MS, &err));
	assert_true(lease_news(s, &heard, &err));
	assert_int_equal(heard.link, 2);
	assert_int_equal(heard.until_ms, 77);
	assert_int_equal(heard.error.code, ERR_OFFLINE);
	assert_string_equal(heard.error.text, "нет связи");
	store_close(s);
}

static void a_wait_is_everybodys(void **state)
{
	struct error err = ERROR_INIT;
	struct store *s = store_open(*state, NULL, &err), *other = store_open(*state, NULL, &err);

	assert_int_equal(lease_wait_left(other, 1000), 0);
	assert_true(lease_wait(s, 1000, 5000, &err));
	assert_true(lease_wait(s, 1000, 2000, &err));
	assert_int_equal(lease_wait_left(other, 2000), 4000);
	assert_int_equal(lease_wait_left(other, 6000), 0);
	/* Written under a clock that was a day ahead: nobody waits that long, and the next word counts. */
	assert_true(lease_wait(s, CLOCK_DAY_MS, 5000, &err));
	assert_int_equal(lease_wait_left(other, 7000), 0);
	assert_true(lease_wait(s, 7000, 100, &err));
	assert_int_equal(lease_wait_left(other, 7000), 100);
	store_close(s);
	store_close(other);
}

static int make_dir(void **state)
{
	struct error err = ERROR_INIT;

	*state = fixture_dir();
	store_close(store_open(*state, NULL, &err));
	return 0;
}

static int remove_dir(void **state)
{
	fixture_remove(*state);
	return 0;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make_dir, remove_dir)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(one_has_it_and_keeps_it),
		TEST(who_ends_well_leaves_it_at_once),
		TEST(who_is_killed_loses_it_at_once),
		TEST(who_hangs_loses_it_after_a_while),
		TEST(clocks_need_not_agree),
		TEST(the_others_hear_of_the_link),
		TEST(a_wait_is_everybodys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
