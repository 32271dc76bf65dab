#include "cli/demo.h"

#include <errno.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/path.h"
#include "cli/command.h"

#define SIMULATOR "duken-sim"
#define TOKEN "sim-token"	/* what the simulator takes when it is told nothing else */
#define BUYER_CODE "1234"
#define START_TIMEOUT_MS 10000

extern char **environ;

/* ---- the simulator --------------------------------------------------------------------------- */

/* Beside this program (a build folder), else where it was installed, else wherever PATH says. The
 * caller frees it. */
static char *find_simulator(void)
{
	char *path = path_beside_program(SIMULATOR);

	if (path)
		return path;
	path = path_join(BINDIR, SIMULATOR);
	if (access(path, X_OK) == 0)
		return path;
	free(path);
	return xstrdup(SIMULATOR);
}

static bool spawn(struct demo *demo, char *const *argv, struct error *err)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	int ends[2], failed;

	if (pipe(ends) < 0)
		return error_set(err, ERR_STORAGE, _("cannot start %s: %s"), argv[0],
			strerror(errno));
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
	posix_spawn_file_actions_addclose(&actions, ends[0]);
	posix_spawn_file_actions_addclose(&actions, ends[1]);
	posix_spawnattr_init(&attr);
	/* Ctrl-C on the terminal is for the desk; the simulator ends with it. */
	posix_spawnattr_setpgroup(&attr, 0);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETPGROUP);
	failed = posix_spawnp(&demo->pid, argv[0], &actions, &attr, argv, environ);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&actions);
	close(ends[1]);
	demo->output = ends[0];
	if (!failed)
		return true;
	demo->pid = 0;
	if (failed == ENOENT)
		return error_set(err, ERR_CONFIG,
			_("%s is not installed, and the demo needs it as its shop"), SIMULATOR);
	return error_set(err, ERR_CONFIG, _("cannot start %s: %s"), argv[0], strerror(failed));
}

/* Reads up to the end of the first line. */
static bool read_line(int fd, char *out, size_t cap, int64_t deadline)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	size_t len = 0;

	while (len + 1 < cap) {
		int64_t left = deadline - clock_mono_ms();

		if (left <= 0 || poll(&p, 1, (int)left) <= 0 || read(fd, out + len, 1) != 1)
			return false;
		if (out[len] == '\n')
			break;
		len++;
	}
	out[len] = '\0';
	return true;
}

static bool wait_for_url(struct demo *demo, struct error *err)
{
	static const char prefix[] = "listening on ";
	char line[200];

	if (!read_line(demo->output, line, sizeof(line), clock_mono_ms() + START_TIMEOUT_MS) ||
		strncmp(line, prefix, strlen(prefix)) != 0)
		return error_set(err, ERR_CONFIG,
			_("%s did not start: try it by itself to see why"), SIMULATOR);
	demo->url = xstrdup(line + strlen(prefix));
	return true;
}

/* ---- the folder ------------------------------------------------------------------------------ */

static bool make_dir(struct demo *demo, struct error *err)
{
	const char *base = getenv("XDG_RUNTIME_DIR");

	if (!base || *base != '/' || access(base, W_OK) != 0)
		base = "/tmp";
	demo->dir = xasprintf("%s/duken-demo-XXXXXX", base);
	if (mkdtemp(demo->dir))
		return true;
	error_set(err, ERR_STORAGE, _("cannot make the folder %s: %s"), demo->dir, strerror(errno));
	free(demo->dir);
	demo->dir = NULL;
	return false;
}

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(path);
}

/* ---- the interface --------------------------------------------------------------------------- */

bool demo_start(struct demo *demo, const char *orders, const char *speed, struct error *err)
{
	char *program = find_simulator();
	const char *words[] = { program, "--port", "0", "--parent-death", "--orders", orders,
		"--arrivals", "20", "--speed", speed, "--buyer-code", BUYER_CODE, NULL };
	char *argv[sizeof(words) / sizeof(*words)] = { NULL };
	bool ok;

	*demo = (struct demo){ .output = -1 };
	for (size_t i = 0; words[i]; i++)
		argv[i] = xstrdup(words[i]);
	ok = make_dir(demo, err) && spawn(demo, argv, err) && wait_for_url(demo, err);
	for (size_t i = 0; argv[i]; i++)
		free(argv[i]);
	free(program);
	if (!ok)
		demo_stop(demo);
	return ok;
}

void demo_stop(struct demo *demo)
{
	if (demo->pid) {
		kill(demo->pid, SIGTERM);
		while (waitpid(demo->pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
	if (demo->output >= 0)
		close(demo->output);
	if (demo->dir)
		nftw(demo->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	free(demo->dir);
	free(demo->url);
	*demo = (struct demo){ .output = -1 };
}

static bool check_numbers(const struct args *args, struct error *err)
{
	const char *speed = args_get(args, "speed");
	long orders;
	char *end;
	double x = speed ? strtod(speed, &end) : 1;

	if (!args_number(args, "orders", 1, 1000000, 120, &orders, err))
		return false;
	if (speed && (!*speed || *end || !(x > 0) || x > 10000))
		return error_set(err, ERR_USAGE,
			_("--speed must be a number up to 10000, not \"%s\""), speed);
	return true;
}

/* The token gets there the way any token does: through a private file. */
static bool settle_in(struct cli *c, const struct demo *demo, struct error *err)
{
	struct settings *settings = settings_for_url("demo", demo->url);
	char *token = path_join(demo->dir, "token");

	c->shop_name = NULL;
	c->state_base = demo->dir;
	free(settings->shops->token_file);
	settings->shops->token_file = token;
	settings->shops->poll_new_s = 5;
	settings->shops->requests_per_second = 50;
	settings->shops->poll_other_s = 15;
	if (!cli_adopt(c, settings, err))
		return false;
	c->notice = _("A made-up shop: every buyer's code is 1234. Ctrl-G begins a tour.");
	return file_write_atomic(token, TOKEN, strlen(TOKEN), err);
}

int cmd_demo(struct cli *c, const struct args *args)
{
	const char *orders = args_get(args, "orders"), *speed = args_get(args, "speed");
	struct error err = ERROR_INIT;
	struct demo demo;
	int status;

	if (!check_numbers(args, &err) ||
		!demo_start(&demo, orders ? orders : "120", speed ? speed : "1", &err))
		return cli_fail(c, &err);
	if (settle_in(c, &demo, &err))
		status = c->open_desk(c);
	else
		status = cli_fail(c, &err);
	cli_clear(c);
	demo_stop(&demo);
	return status;
}
