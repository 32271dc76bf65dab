#include "base/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "tests/lib/patience.h"
#include "tests/unit/unit.h"

/* Runs the line in a shell to its end; what it said is in *out. */
static int run(const char *line, unsigned reads, const char *const *without, struct buf *out)
{
	const char *argv[] = { "sh", "-c", line, NULL };
	int64_t deadline = deadline_in(10000);
	struct child c;

	assert_true(child_start(&c, &(struct child_options){ .argv = argv, .reads = reads, .without = without }));
	while (!child_step(&c, out))
		assert_true(child_wait(&c, deadline));
	assert_int_equal(c.pid, 0);
	return c.status;
}

static void it_says_and_ends(void **state)
{
	struct buf out = BUF_INIT(BUF_MAX_LINE);

	(void)state;
	assert_int_equal(run("echo a; echo b >&2; exit 3", CHILD_OUTPUT, NULL, &out), 3);
	assert_string_equal(buf_str(&out), "a\n");
	buf_reset(&out);
	assert_int_equal(run("echo a; echo b >&2", CHILD_ERRORS, NULL, &out), 0);
	assert_string_equal(buf_str(&out), "b\n");
	buf_reset(&out);
	assert_int_equal(run("echo a; echo b >&2; kill -9 $$", CHILD_OUTPUT | CHILD_ERRORS, NULL, &out), 137);
	assert_string_equal(buf_str(&out), "a\nb\n");
	buf_clear(&out);
}

static void much_is_read_and_little_kept(void **state)
{
	struct buf out = BUF_INIT(1000);

	(void)state;
	assert_int_equal(run("head -c 3000000 /dev/zero | tr '\\0' x", CHILD_OUTPUT, NULL, &out), 0);
	assert_int_equal(out.len, 1000);
	buf_clear(&out);
}

/* An agent that stays behind holds the output open. */
static void what_it_leaves_behind_is_not_waited_for(void **state)
{
	struct buf out = BUF_INIT(BUF_MAX_LINE);
	int64_t before = clock_mono_ms();
	pid_t agent;

	(void)state;
	assert_int_equal(run("tail -f /dev/null & echo $!", CHILD_OUTPUT, NULL, &out), 0);
	assert_true(clock_mono_ms() - before < 9000);
	agent = (pid_t)strtol(buf_str(&out), NULL, 10);
	assert_int_equal(kill(agent, SIGKILL), 0);
	buf_clear(&out);
}

static void it_gets_what_it_may(void **state)
{
	static const char *const without[] = { "TEST_SECRET", "TEST_OTHER", NULL };
	struct buf out = BUF_INIT(BUF_MAX_LINE);
	int fd = open("/dev/zero", O_RDONLY);

	(void)state;
	assert_true(fd > 2);
	setenv("TEST_SECRET", "1", 1);
	setenv("TEST_SECRETS", "2", 1);
	run("echo ${TEST_SECRET-none} $TEST_SECRETS; readlink /proc/$$/fd/* | grep zero; cat", CHILD_OUTPUT, without,
		&out);
	assert_string_equal(buf_str(&out), "none 2\n");
	close(fd);
	buf_clear(&out);
}

static void the_whole_group_is_ended(void **state)
{
	const char *argv[] = { "sh", "-c", "tail -f /dev/null & echo $!; wait", NULL };
	struct buf out = BUF_INIT(BUF_MAX_LINE);
	int64_t deadline = deadline_in(10000);
	struct child c;
	pid_t grandchild;

	(void)state;
	assert_true(child_start(&c, &(struct child_options){ .argv = argv, .reads = CHILD_OUTPUT }));
	while (!strchr(buf_str(&out), '\n')) {
		assert_true(child_wait(&c, deadline));
		assert_false(child_step(&c, &out));
	}
	assert_false(child_wait(&c, clock_mono_ms()));
	grandchild = (pid_t)strtol(buf_str(&out), NULL, 10);
	child_kill(&c);
	assert_int_equal(c.status, -1);
	/* Whoever inherits it may take a moment to bury it. */
	while (kill(grandchild, 0) == 0 && deadline_left(deadline)) {
		char path[64], text[512];
		int fd;
		ssize_t n;

		snprintf(path, sizeof(path), "/proc/%d/stat", (int)grandchild);
		fd = open(path, O_RDONLY | O_CLOEXEC);
		n = fd < 0 ? 0 : read(fd, text, sizeof(text) - 1);
		if (fd >= 0)
			close(fd);
		text[n > 0 ? n : 0] = '\0';
		if (strstr(text, ") Z "))
			break;
	}
	assert_true(deadline_left(deadline) > 0);
	buf_clear(&out);
}

static void it_reads_what_it_is_given(void **state)
{
	static char much[CHILD_INPUT_MAX + 1];
	const char *argv[] = { "cat", NULL };
	struct child_options o = { .argv = argv, .reads = CHILD_OUTPUT, .input = much, .input_len = CHILD_INPUT_MAX };
	struct buf out = BUF_INIT(BUF_MAX_LINE);
	int64_t deadline = deadline_in(10000);
	struct child c;

	(void)state;
	memset(much, 'x', sizeof(much));
	much[1] = '\0';
	assert_true(child_start(&c, &o));
	while (!child_step(&c, &out))
		assert_true(child_wait(&c, deadline));
	assert_int_equal(c.status, 0);
	assert_int_equal(out.len, CHILD_INPUT_MAX);
	assert_memory_equal(out.data, much, CHILD_INPUT_MAX);
	o.input_len++;
	assert_false(child_start(&c, &o));
	assert_int_equal(errno, E2BIG);
	buf_clear(&out);
}

static void a_program_that_is_not_there(void **state)
{
	const char *argv[] = { "no-such-program-here", NULL };
	struct child c;

	(void)state;
	assert_false(child_start(&c, &(struct child_options){ .argv = argv }));
	assert_int_equal(errno, ENOENT);
	child_kill(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_says_and_ends),
		cmocka_unit_test(much_is_read_and_little_kept),
		cmocka_unit_test(what_it_leaves_behind_is_not_waited_for),
		cmocka_unit_test(it_gets_what_it_may),
		cmocka_unit_test(the_whole_group_is_ended),
		cmocka_unit_test(it_reads_what_it_is_given),
		cmocka_unit_test(a_program_that_is_not_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
