#include "desk/token.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/path.h"

#define COMMAND_TIMEOUT_MS (30 * 1000)
#define TOKEN_MAX 4096

extern char **environ;

/* Taken out of the environment before threads start; never changed afterwards. */
static char *token_of_environment;

/* ---- what is a token ------------------------------------------------------------------------- */

/* Takes the first line of text without spaces around it. */
static bool accept(const char *text, size_t len, const char *source, struct buf *out,
	struct error *err)
{
	const char *end = memchr(text, '\n', len);

	if (end)
		len = (size_t)(end - text);
	while (len > 0 && strchr(" \t\r", text[len - 1]))
		len--;
	while (len > 0 && strchr(" \t", *text))
		text++, len--;
	if (len == 0)
		return error_set(err, ERR_CONFIG,
			_("%s gives an empty token: put the token of the shop's "
			  "cabinet there"),
			source);
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] <= 0x20 || (unsigned char)text[i] > 0x7e)
			return error_set(err, ERR_CONFIG,
				_("%s gives something that is no token: its first line "
				  "must hold the token and nothing else"),
				source);
	if (len > TOKEN_MAX || !buf_add(out, text, len))
		return error_set(err, ERR_CONFIG, _("%s gives a token of more than %d characters"),
			source, TOKEN_MAX);
	return true;
}

/* ---- a command ------------------------------------------------------------------------------- */

/* The worker's signals are blocked, and a child would inherit that. */
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

/* Returns the pid and the reading end of its output, or 0 with errno set. */
static pid_t start(const char *command, int *from)
{
	char *argv[] = { (char[]){ "sh" }, (char[]){ "-c" }, xstrdup(command), NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	int ends[2], failed;
	pid_t pid = 0;

	if (pipe2(ends, O_CLOEXEC) < 0) {
		free(argv[2]);
		return 0;
	}
	init_attributes(&attr);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
	posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	failed = posix_spawn(&pid, "/bin/sh", &actions, &attr, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attr);
	free(argv[2]);
	close(ends[1]);
	*from = ends[0];
	if (!failed)
		return pid;
	close(ends[0]);
	errno = failed;
	return 0;
}

/* False when the deadline passed first. */
static bool wait_readable(int fd, int64_t deadline)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	int64_t left;

	while ((left = deadline - clock_mono_ms()) > 0) {
		int n = poll(&p, 1, (int)left);

		if (n > 0)
			return true;
		if (n < 0 && errno != EINTR)
			return false;
	}
	return false;
}

/* Reads to the end, keeps what fits: a command that is cut short would fail. */
static bool collect(int from, struct buf *out, int64_t deadline)
{
	char chunk[1024];
	ssize_t n = 1;

	while (n != 0) {
		if (!wait_readable(from, deadline))
			break;
		n = read(from, chunk, sizeof(chunk));
		if (n > 0)
			buf_add(out, chunk, (size_t)n);
		else if (n < 0 && errno != EINTR)
			break;
	}
	explicit_bzero(chunk, sizeof(chunk));
	return n == 0;
}

/* The exit status, or -1 when it had to be killed. */
static int finish(pid_t pid, bool in_time, int64_t deadline)
{
	int fd = pidfd_open(pid, 0), status = 0;

	if (in_time && fd >= 0)
		in_time = wait_readable(fd, deadline);
	if (fd >= 0)
		close(fd);
	if (!in_time)
		kill(-pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (!in_time)
		return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static bool from_command(const struct shop *shop, struct buf *out, struct error *err)
{
	int64_t deadline = clock_mono_ms() + COMMAND_TIMEOUT_MS;
	struct buf text = BUF_INIT(BUF_MAX_FILE);
	int from = -1, status;
	bool ok;
	pid_t pid = start(shop->token_command, &from);

	if (!pid)
		return error_set(err, ERR_CONFIG,
			_("cannot start the token_command of the shop %s: %s"), shop->name,
			strerror(errno));
	ok = collect(from, &text, deadline);
	close(from);
	status = finish(pid, ok, deadline);
	if (status < 0)
		ok = error_set(err, ERR_CONFIG,
			_("the token_command of the shop %s did not end within %d s: "
			  "run it in a shell to see what it waits for"),
			shop->name, COMMAND_TIMEOUT_MS / 1000);
	else if (status > 0)
		ok = error_set(err, ERR_CONFIG,
			_("the token_command of the shop %s ended with status %d: "
			  "run it in a shell to see why"),
			shop->name, status);
	else
		ok = accept(buf_str(&text), text.len, "token_command", out, err);
	buf_wipe(&text);
	return ok;
}

/* ---- files and the environment --------------------------------------------------------------- */

static bool from_file(const char *path, bool (*read)(const char *, struct buf *, struct error *),
	struct buf *out, struct error *err)
{
	struct buf text = BUF_INIT(BUF_MAX_FILE);
	bool ok = read(path, &text, err);

	if (ok)
		ok = accept(buf_str(&text), text.len, path, out, err);
	else if (err)
		err->code = ERR_CONFIG;
	buf_wipe(&text);
	return ok;
}

/* The path of the service manager's credential for this shop, or NULL; the caller's to free. */
static char *credential(const struct shop *shop)
{
	const char *dir = getenv("CREDENTIALS_DIRECTORY");
	char *name, *path;

	if (!dir || *dir != '/')
		return NULL;
	name = xasprintf("%s.token", shop->name);
	path = path_join(dir, name);
	free(name);
	if (access(path, F_OK) == 0)
		return path;
	free(path);
	return NULL;
}

bool token_read(const struct shop *shop, struct buf *out, struct error *err)
{
	const char *word = token_of_environment ? token_of_environment : getenv("DUKEN_TOKEN");
	char *path;
	bool ok;

	if (shop->token_command)
		return from_command(shop, out, err);
	if (shop->token_file)
		return from_file(shop->token_file, file_read_private, out, err);
	path = credential(shop);
	if (path) {
		/* The files are the service manager's, and only we can enter their folder. */
		ok = from_file(path, file_read, out, err);
		free(path);
		return ok;
	}
	if (word)
		return accept(word, strlen(word), "DUKEN_TOKEN", out, err);
	return error_set(err, ERR_CONFIG,
		_("the shop %s has no token: name a file that holds it with token_file in the "
		  "settings"),
		shop->name);
}

static void take_from_environment(void)
{
	char *value = getenv("DUKEN_TOKEN");

	if (!value)
		return;
	free(token_of_environment);
	token_of_environment = xstrdup(value);
	explicit_bzero(value, strlen(value));
	unsetenv("DUKEN_TOKEN");
}

void token_protect_process(void)
{
	const struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_CORE, &none);
	prctl(PR_SET_DUMPABLE, 0);
	take_from_environment();
}
