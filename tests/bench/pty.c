#include "tests/bench/pty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utmp.h>

#include "tests/lib/patience.h"
#include "tests/lib/proc.h"

#define SILENCE_US 8000
#define LATE_MS 150
#define GIVE_UP_US 20000000

static struct child {
	int master;
	pid_t pid;
	char tail[65536];
	size_t tail_len;
} at;

void pty_stop(const char *why)
{
	fprintf(stderr, "%s: %s\n", program_invocation_short_name, why);
	if (at.pid > 0)
		kill(at.pid, SIGKILL);
	exit(1);
}

void pty_launch(char *const *argv, int rows, int cols)
{
	struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };

	at.tail_len = 0;
	at.pid = forkpty(&at.master, NULL, NULL, &size);
	if (at.pid < 0)
		pty_stop(strerror(errno));
	if (at.pid == 0) {
		unsetenv("LINES");
		unsetenv("COLUMNS");
		setenv("TERM", "xterm-256color", 1);
		execvp(argv[0], argv);
		_exit(127);
	}
	fcntl(at.master, F_SETFL, O_NONBLOCK);
	fcntl(at.master, F_SETFD, FD_CLOEXEC);
}

ssize_t pty_take(void)
{
	char buf[65536];
	ssize_t n = read(at.master, buf, sizeof(buf));

	if (n <= 0)
		return n;
	if (at.tail_len + (size_t)n > sizeof(at.tail))
		at.tail_len = 0;
	if ((size_t)n <= sizeof(at.tail)) {
		memcpy(at.tail + at.tail_len, buf, (size_t)n);
		at.tail_len += (size_t)n;
	}
	return n;
}

int64_t pty_last_byte(double *bytes, int64_t from)
{
	int64_t last = 0, now = from;

	*bytes = 0;
	while (now - from < GIVE_UP_US) {
		ssize_t n = pty_take();

		now = mono_us();
		if (n > 0) {
			*bytes += (double)n;
			last = now;
		} else if (n == 0 || (n < 0 && errno != EAGAIN)) {
			pty_stop("the program ended");
		} else if (now - (last ? last : from) > SILENCE_US && proc_thread_state(at.pid, at.pid) == 'S' &&
			(last || now - from > 100 * SILENCE_US)) {
			return last;
		}
	}
	pty_stop("the program does not come to rest");
}

void pty_send(const char *keys)
{
	if (write(at.master, keys, strlen(keys)) < 0)
		pty_stop("the program takes no keys");
}

void pty_type(const char *keys)
{
	double bytes;

	pty_send(keys);
	pty_last_byte(&bytes, mono_us());
}

void pty_finish(void)
{
	int64_t deadline = mono_ms() + 3000;

	if (write(at.master, "q", 1) < 0)
		kill(at.pid, SIGTERM);
	while (mono_ms() < deadline) {
		struct pollfd p = { .fd = at.master, .events = POLLIN };

		poll(&p, 1, 50);
		if (pty_take() == 0 || waitpid(at.pid, NULL, WNOHANG) == at.pid)
			break;
	}
	kill(at.pid, SIGKILL);
	waitpid(at.pid, NULL, 0);
	close(at.master);
	at.pid = 0;
}

double pty_late_bytes(void)
{
	struct pollfd p = { .fd = at.master, .events = POLLIN };
	double bytes = 0;

	while (poll(&p, 1, LATE_MS) > 0) {
		ssize_t n = pty_take();

		if (n <= 0)
			break;
		bytes += (double)n;
	}
	return bytes;
}

void pty_wait_for(const char *text)
{
	int64_t deadline = mono_ms() + 60000;

	while (!memmem(at.tail, at.tail_len, text, strlen(text))) {
		struct pollfd p = { .fd = at.master, .events = POLLIN };

		if (mono_ms() > deadline)
			pty_stop("the text to wait for does not come");
		poll(&p, 1, 100);
		pty_take();
	}
}

pid_t pty_pid(void)
{
	return at.pid;
}

int pty_fd(void)
{
	return at.master;
}

double pty_cpu_ms(void)
{
	char path[64];
	double ns = 0;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/schedstat", (int)at.pid, (int)at.pid);
	f = fopen(path, "re");
	if (!f || fscanf(f, "%lf", &ns) != 1)
		pty_stop("no schedstat");
	fclose(f);
	return ns / 1e6;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

double share_of(double *numbers, int n, double share)
{
	int i = (int)(share * n);

	qsort(numbers, (size_t)n, sizeof(*numbers), by_size);
	return n ? numbers[i < n ? i : n - 1] : 0;
}
