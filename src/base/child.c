#include "base/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"

#define STEP_BYTES (256u * 1024)	/* one that never stops talking must not hold us */

extern char **environ;

static bool is_named(const char *variable, const char *const *names)
{
	size_t len = strcspn(variable, "=");

	for (; names && *names; names++)
		if (strlen(*names) == len && !strncmp(*names, variable, len))
			return true;
	return false;
}

/* The array is the caller's, the strings are not. */
static char **environment(const char *const *without)
{
	size_t n = 0, kept = 0;
	char **out;

	while (environ && environ[n])
		n++;
	out = xcalloc(n + 1, sizeof(*out));
	for (size_t i = 0; i < n; i++)
		if (!is_named(environ[i], without))
			out[kept++] = environ[i];
	return out;
}

/* A thread's signals may be blocked, and a child would inherit that. */
static void init_attributes(posix_spawnattr_t *attr)
{
	sigset_t none, all;

	sigemptyset(&none);
	sigfillset(&all);
	posix_spawnattr_init(attr);
	posix_spawnattr_setsigmask(attr, &none);
	posix_spawnattr_setsigdefault(attr, &all);
	posix_spawnattr_setpgroup(attr, 0);
	posix_spawnattr_setflags(attr,
		POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
}

/* Libraries open descriptors that a child would inherit: all but the three are closed, whosever they are. */
static void init_actions(posix_spawn_file_actions_t *actions, unsigned reads, int from, int to)
{
	posix_spawn_file_actions_init(actions);
	if (from >= 0)
		posix_spawn_file_actions_adddup2(actions, from, STDIN_FILENO);
	else
		posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	for (int fd = STDOUT_FILENO; fd <= STDERR_FILENO; fd++) {
		if (reads & (fd == STDOUT_FILENO ? CHILD_OUTPUT : CHILD_ERRORS))
			posix_spawn_file_actions_adddup2(actions, to, fd);
		else
			posix_spawn_file_actions_addopen(actions, fd, "/dev/null", O_WRONLY, 0);
	}
	posix_spawn_file_actions_addclosefrom_np(actions, STDERR_FILENO + 1);
}

static int spawn(struct child *c, const struct child_options *o, int from, int to)
{
	char **variables = environment(o->without);
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	int failed;

	init_attributes(&attr);
	init_actions(&actions, o->reads, from, to);
	failed = posix_spawnp(&c->pid, o->argv[0], &actions, &attr, (char *const *)(uintptr_t)o->argv,
		variables);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attr);
	free(variables);
	return failed;
}

static void close_fds(struct child *c)
{
	if (c->end_fd >= 0)
		close(c->end_fd);
	if (c->out_fd >= 0)
		close(c->out_fd);
	c->end_fd = c->out_fd = -1;
}

static int reap(struct child *c)
{
	int status = 0;

	while (waitpid(c->pid, &status, 0) < 0 && errno == EINTR)
		;
	c->pid = 0;
	close_fds(c);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* The end to read from, which holds the input already; -1 where there is none. */
static bool open_input(const struct child_options *o, int *out)
{
	int ends[2];
	bool ok;

	if (!o->input)
		return true;
	if (o->input_len > CHILD_INPUT_MAX) {
		errno = E2BIG;
		return false;
	}
	if (pipe2(ends, O_CLOEXEC) < 0)
		return false;
	ok = write(ends[1], o->input, o->input_len) == (ssize_t)o->input_len;
	close(ends[1]);
	*out = ends[0];
	return ok;
}

bool child_start(struct child *c, const struct child_options *o)
{
	int ends[2], from = -1, failed;

	*c = (struct child){ .end_fd = -1, .out_fd = -1 };
	if (pipe2(ends, O_CLOEXEC) < 0)
		return false;
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	failed = open_input(o, &from) ? spawn(c, o, from, ends[1]) : errno;
	close(ends[1]);
	if (from >= 0)
		close(from);
	c->out_fd = ends[0];
	if (!failed) {
		c->end_fd = pidfd_open(c->pid, 0);
		return true;
	}
	close_fds(c);
	c->pid = 0;
	errno = failed;
	return false;
}

static bool is_readable(int fd, int timeout_ms)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	return poll(&p, 1, timeout_ms) > 0;
}

/* What does not fit is read too: a program that is cut short would fail. */
static void drain(struct child *c, struct buf *out)
{
	char chunk[4096];
	ssize_t n = 1;

	for (size_t total = 0; c->out_fd >= 0 && n > 0 && total < STEP_BYTES; total += n > 0 ? (size_t)n : 0) {
		size_t room = out->max - out->len;

		do
			n = read(c->out_fd, chunk, sizeof(chunk));
		while (n < 0 && errno == EINTR);
		if (n > 0)
			buf_add(out, chunk, (size_t)n < room ? (size_t)n : room);
	}
	/* At its end it would be readable for ever. */
	if (c->out_fd >= 0 && (n == 0 || (n < 0 && errno != EAGAIN))) {
		close(c->out_fd);
		c->out_fd = -1;
	}
	explicit_bzero(chunk, sizeof(chunk));
}

bool child_step(struct child *c, struct buf *out)
{
	if (!c->pid)
		return true;	/* it was killed, and its status says so */
	/* Asked first: what it said before its end can be read then. */
	bool ended = c->end_fd >= 0 && is_readable(c->end_fd, 0);

	drain(c, out);
	/* Where the system cannot tell of the end, that of the output has to do. */
	if (!ended && (c->end_fd >= 0 || c->out_fd >= 0))
		return false;
	c->status = reap(c);
	return true;
}

bool child_wait(const struct child *c, int64_t deadline_ms)
{
	struct pollfd p[] = {
		{ .fd = c->end_fd, .events = POLLIN },
		{ .fd = c->out_fd, .events = POLLIN },	/* -1 is passed over */
	};
	int64_t left;

	while ((left = deadline_ms - clock_mono_ms()) > 0) {
		int n = poll(p, 2, (int)left);

		if (n > 0)
			return true;
		if (n < 0 && errno != EINTR)
			return false;
	}
	return false;
}

void child_kill(struct child *c)
{
	if (!c->pid)
		return;
	kill(-c->pid, SIGKILL);
	reap(c);
	c->status = -1;
}
