#include "tests/screen/screen.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utmp.h>

#include "base/mem.h"
#include "tests/lib/patience.h"
#include "tests/lib/proc.h"
#include "tests/screen/private.h"

#define RAW_MAX (64u * 1024 * 1024)

static struct screen *all;

static void to_program(const char *bytes, size_t len, void *user)
{
	struct screen *s = user;

	screen_send(s, bytes, len);
}

static int on_prop(VTermProp prop, VTermValue *value, void *user)
{
	struct screen *s = user;

	if (prop == VTERM_PROP_CURSORVISIBLE)
		s->cursor_visible = value->boolean;
	if (prop == VTERM_PROP_ALTSCREEN)
		s->alternate = value->boolean;
	return 1;
}

static int on_bell(void *user)
{
	((struct screen *)user)->bells++;
	return 1;
}

static void terminal_init(struct screen *s)
{
	static const VTermScreenCallbacks callbacks = { .settermprop = on_prop, .bell = on_bell };

	s->cursor_visible = true;
	s->vt = vterm_new(s->rows, s->cols);
	vterm_set_utf8(s->vt, 1);
	vterm_output_set_callback(s->vt, to_program, s);
	s->vs = vterm_obtain_screen(s->vt);
	vterm_screen_set_callbacks(s->vs, &callbacks, s);
	vterm_screen_enable_altscreen(s->vs, 1);
	vterm_screen_reset(s->vs, 1);
}

/* ---- the shell: what sits between a terminal and a program, as little of it as will do ------- */

static pid_t job;

static void pass_on(int sig)
{
	kill(job, sig);
}

static void default_signals(void)
{
	for (int sig = 1; sig < NSIG; sig++)
		signal(sig, SIG_DFL);
}

static void program(char *const *env, const char *const *argv)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setpgid(0, 0);
	tcsetpgrp(0, getpid());
	default_signals();
	closefrom(3);
	execve(argv[0], (char *const *)argv, env);
	_exit(127);
}

/* Tells the program's pid and ends as the program does. */
static void shell(int slave, int tell, char *const *env, const char *const *argv)
{
	int status = 0;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	default_signals();
	if (login_tty(slave) != 0)
		_exit(126);
	signal(SIGTTOU, SIG_IGN);
	job = fork();
	if (job == 0)
		program(env, argv);
	signal(SIGHUP, pass_on);
	setpgid(job, job);
	if (write(tell, &job, sizeof(job)) != sizeof(job))
		_exit(126);
	closefrom(3);
	while (waitpid(job, &status, 0) < 0 && errno == EINTR)
		;
	_exit(WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status));
}

static void start_shell(struct screen *s, char *const *env, const char *const *argv)
{
	int tell[2];

	if (pipe2(tell, O_CLOEXEC) != 0)
		check_fail("pipe: %s", strerror(errno));
	s->shell = fork();
	if (s->shell < 0)
		check_fail("fork: %s", strerror(errno));
	if (s->shell == 0)
		shell(s->slave, tell[1], env, argv);
	close(tell[1]);
	if (read(tell[0], &s->pid, sizeof(s->pid)) != sizeof(s->pid))
		check_fail("the program was not started");
	close(tell[0]);
	s->pidfd = (int)syscall(SYS_pidfd_open, s->shell, 0);
}

struct screen *screen_start(int rows, int cols, char *const *env, const char *const *argv)
{
	struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };
	struct screen *s = xcalloc(1, sizeof(*s));

	/* Regular expressions of pictures count characters. */
	setlocale(LC_CTYPE, "C.UTF-8");
	s->rows = rows;
	s->cols = cols;
	s->lines = xcalloc((size_t)rows, sizeof(*s->lines));
	if (openpty(&s->master, &s->slave, NULL, NULL, &size) != 0)
		check_fail("openpty: %s", strerror(errno));
	fcntl(s->master, F_SETFD, FD_CLOEXEC);
	fcntl(s->slave, F_SETFD, FD_CLOEXEC);
	fcntl(s->master, F_SETFL, O_NONBLOCK);
	tcgetattr(s->slave, &s->before);
	terminal_init(s);
	start_shell(s, env, argv);
	s->next = all;
	all = s;
	return s;
}

static void free_lines(struct screen *s)
{
	for (int i = 0; i < s->rows; i++)
		free(s->lines[i]);
	free(s->lines);
}

void screen_stop(struct screen *s)
{
	struct screen **p = &all;

	if (!s)
		return;
	if (screen_running(s)) {
		kill(s->pid, SIGKILL);
		waitpid(s->shell, NULL, 0);
	}
	while (*p && *p != s)
		p = &(*p)->next;
	if (*p)
		*p = s->next;
	screen_hang_up(s);
	close(s->pidfd);
	vterm_free(s->vt);
	free_lines(s);
	free(s->raw);
	free(s);
}

void screen_stop_all(void)
{
	while (all)
		screen_stop(all);
}

void screen_hang_up(struct screen *s)
{
	if (s->slave >= 0)
		close(s->slave);
	if (s->master >= 0)
		close(s->master);
	s->slave = s->master = -1;
}

/* ---- bytes ----------------------------------------------------------------------------------- */

static void keep_raw(struct screen *s, const char *bytes, size_t len)
{
	if (s->raw_len + len > RAW_MAX)
		check_fail("the program wrote more than %u bytes", RAW_MAX);
	if (s->raw_len + len > s->raw_cap)
		s->raw = xrealloc(s->raw, s->raw_cap = (s->raw_cap + len) * 2 + 65536);
	memcpy(s->raw + s->raw_len, bytes, len);
	s->raw_len += len;
}

bool screen_pump(struct screen *s, int ms)
{
	struct pollfd p[2] = { { .fd = s->master, .events = POLLIN },
		{ .fd = s->ended ? -1 : s->pidfd, .events = POLLIN } };
	bool any = false;
	char buf[65536];
	ssize_t n;

	poll(p, 2, ms);
	if (s->master < 0)
		return false;
	while ((n = read(s->master, buf, sizeof(buf))) > 0) {
		keep_raw(s, buf, (size_t)n);
		vterm_input_write(s->vt, buf, (size_t)n);
		any = true;
	}
	return any;
}

size_t screen_mark(struct screen *s)
{
	screen_pump(s, 0);
	return s->raw_len;
}

const char *screen_raw(struct screen *s, size_t mark, size_t *len)
{
	screen_pump(s, 0);
	*len = s->raw_len - mark;
	return s->raw ? s->raw + mark : "";
}

void screen_send(struct screen *s, const char *bytes, size_t len)
{
	int64_t deadline = deadline_in(SCREEN_WAIT_MS);

	while (len > 0) {
		ssize_t n = write(s->master, bytes, len);

		if (n > 0) {
			bytes += n;
			len -= (size_t)n;
			continue;
		}
		if (!deadline_left(deadline))
			screen_fail(s, "the program takes no keys");
		screen_pump(s, 5);
	}
}

void screen_scan(struct screen *s, const char *text)
{
	char *burst = xasprintf("%s\r", text);

	screen_send(s, burst, strlen(burst));
	free(burst);
}

/* ---- waiting --------------------------------------------------------------------------------- */

void screen_do_wait(struct screen *s, const char *text, bool there, int ms)
{
	int64_t deadline = deadline_in(ms);

	screen_pump(s, 0);
	while (screen_shows(s, text) != there) {
		bool more = screen_pump(s, deadline_left(deadline));

		if (more)
			continue;
		if (!screen_running(s) && !screen_pump(s, 0) && screen_shows(s, text) != there)
			screen_fail(s, "waited for \"%s\"%s, but the program ended with %d", text,
				there ? "" : " to go", s->status);
		if (!deadline_left(deadline))
			screen_fail(s, "waited for \"%s\"%s in vain", text, there ? "" : " to go");
	}
}

void screen_do_wait_quiet(struct screen *s, int quiet_ms)
{
	int64_t deadline = deadline_in(SCREEN_WAIT_MS), since = mono_ms();

	while (deadline_left(deadline) && screen_running(s)) {
		int64_t left = since + quiet_ms - mono_ms();

		if (screen_pump(s, left > 0 ? (int)left : 1))
			since = mono_ms();
		else if (mono_ms() - since >= quiet_ms && proc_asleep(s->pid))
			return;
	}
	if (screen_running(s))
		screen_fail(s, "the program does not come to rest");
}

bool screen_running(struct screen *s)
{
	int status;

	if (s->ended)
		return false;
	if (waitpid(s->shell, &status, WNOHANG) == s->shell) {
		s->ended = true;
		s->status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
	}
	return !s->ended;
}

int screen_do_exit_status(struct screen *s, int ms)
{
	int64_t deadline = deadline_in(ms);

	while (screen_running(s)) {
		if (!deadline_left(deadline))
			screen_fail(s, "waited for the program to end");
		screen_pump(s, deadline_left(deadline));
	}
	while (screen_pump(s, 0))
		;
	return s->status;
}

void screen_do_wait_stopped(struct screen *s)
{
	int64_t deadline = deadline_in(SCREEN_WAIT_MS);

	while (proc_thread_state(s->pid, s->pid) != 'T') {
		if (!screen_running(s) || !deadline_left(deadline))
			screen_fail(s, "waited for the program to stop itself");
		screen_pump(s, 2);
	}
}

void screen_signal(struct screen *s, int sig)
{
	kill(s->pid, sig);
}

pid_t screen_pid(const struct screen *s)
{
	return s->pid;
}

void screen_resize(struct screen *s, int rows, int cols)
{
	struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };

	screen_pump(s, 0);
	free_lines(s);
	s->rows = rows;
	s->cols = cols;
	s->lines = xcalloc((size_t)rows, sizeof(*s->lines));
	vterm_set_size(s->vt, rows, cols);
	if (ioctl(s->master, TIOCSWINSZ, &size) != 0)
		check_fail("TIOCSWINSZ: %s", strerror(errno));
}
