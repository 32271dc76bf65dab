#include "tests/lib/proc.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "tests/lib/check.h"
#include "tests/lib/patience.h"

struct stream {
	int fd;
	char *data;
	size_t len;
	size_t cap;
};

static void put_on(int fd, int target)
{
	if (fd < 0)
		fd = open("/dev/null", O_RDWR);
	if (fd < 0 || dup2(fd, target) < 0)
		_exit(126);
}

pid_t proc_start(char *const *env, const char *const *argv, int in, int out, int err)
{
	pid_t pid = fork();

	if (pid < 0)
		check_fail("fork: %s", strerror(errno));
	if (pid > 0)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	put_on(in, 0);
	put_on(out, 1);
	put_on(err, 2);
	closefrom(3);
	execve(argv[0], (char *const *)argv, env);
	_exit(127);
}

static int status_of(int wait_status)
{
	if (WIFSIGNALED(wait_status))
		return 128 + WTERMSIG(wait_status);
	return WEXITSTATUS(wait_status);
}

int proc_wait(pid_t pid, int64_t deadline)
{
	struct pollfd p = { .fd = (int)syscall(SYS_pidfd_open, pid, 0), .events = POLLIN };
	int status = 0;

	if (p.fd >= 0) {
		while (poll(&p, 1, deadline_left(deadline)) < 0 && errno == EINTR)
			;
		close(p.fd);
	}
	return waitpid(pid, &status, WNOHANG) == pid ? status_of(status) : -1;
}

int proc_stop(pid_t pid)
{
	int status;

	if (pid <= 0)
		return -1;
	kill(pid, SIGTERM);
	status = proc_wait(pid, deadline_in(1000));
	if (status >= 0)
		return status;
	kill(pid, SIGKILL);
	return proc_wait(pid, deadline_in(5000));
}

static void read_some(struct stream *s)
{
	ssize_t n;

	if (s->len + 4096 > s->cap)
		s->data = xrealloc(s->data, s->cap = (s->cap + 4096) * 2);
	n = read(s->fd, s->data + s->len, s->cap - s->len - 1);
	if (n > 0) {
		s->len += (size_t)n;
		return;
	}
	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	close(s->fd);
	s->fd = -1;
}

/* True when both streams ended before the deadline. */
static bool collect(struct stream *out, struct stream *err, int64_t deadline)
{
	while (out->fd >= 0 || err->fd >= 0) {
		struct pollfd p[2] = { { .fd = out->fd, .events = POLLIN },
			{ .fd = err->fd, .events = POLLIN } };

		if (poll(p, 2, deadline_left(deadline)) <= 0)
			return false;
		if (p[0].revents)
			read_some(out);
		if (p[1].revents)
			read_some(err);
	}
	return true;
}

static char *finished(struct stream *s)
{
	if (s->fd >= 0)
		close(s->fd);
	s->data = xrealloc(s->data, s->len + 1);
	s->data[s->len] = '\0';
	return s->data;
}

/* A file without a name that holds the text. */
static int input_file(const char *text)
{
	int fd = open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	size_t len = strlen(text);

	if (fd < 0 || write(fd, text, len) != (ssize_t)len || lseek(fd, 0, SEEK_SET) != 0)
		check_fail("cannot keep the input: %s", strerror(errno));
	return fd;
}

struct proc_result proc_run(char *const *env, const char *const *argv, const char *input, int ms)
{
	int64_t began = mono_ms(), deadline = deadline_in(ms);
	int out[2], err[2], in = input ? input_file(input) : -1;
	struct proc_result r = { .status = -1 };
	struct stream s_out, s_err;
	pid_t pid;

	if (pipe2(out, O_CLOEXEC) != 0 || pipe2(err, O_CLOEXEC) != 0)
		check_fail("pipe: %s", strerror(errno));
	pid = proc_start(env, argv, in, out[1], err[1]);
	close(out[1]);
	close(err[1]);
	if (in >= 0)
		close(in);
	s_out = (struct stream){ .fd = out[0] };
	s_err = (struct stream){ .fd = err[0] };
	if (collect(&s_out, &s_err, deadline))
		r.status = proc_wait(pid, deadline);
	if (r.status < 0)
		proc_stop(pid);
	r.out = finished(&s_out);
	r.out_len = s_out.len;
	r.err = finished(&s_err);
	r.err_len = s_err.len;
	r.took_ms = mono_ms() - began;
	return r;
}

void proc_result_clear(struct proc_result *r)
{
	free(r->out);
	free(r->err);
	*r = (struct proc_result){ .status = -1 };
}

static unsigned long status_number(const char *path, const char *name)
{
	FILE *f = fopen(path, "re");
	char line[256];
	unsigned long n = 0;

	while (f && fgets(line, sizeof(line), f))
		if (strncmp(line, name, strlen(name)) == 0)
			n = strtoul(line + strlen(name), NULL, 10);
	if (f)
		fclose(f);
	return n;
}

char proc_thread_state(pid_t pid, pid_t tid)
{
	char path[80], line[512];
	char *p = NULL;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/stat", (int)pid, (int)tid);
	f = fopen(path, "re");
	if (f && fgets(line, sizeof(line), f))
		p = strrchr(line, ')');
	if (f)
		fclose(f);
	return p ? p[2] : '?';
}

bool proc_asleep(pid_t pid)
{
	char path[40];
	struct dirent *e;
	bool asleep = true;
	DIR *d;

	snprintf(path, sizeof(path), "/proc/%d/task", (int)pid);
	d = opendir(path);
	while (d && asleep && (e = readdir(d)))
		if (e->d_name[0] != '.')
			asleep = strchr("SZXT?", proc_thread_state(pid, atoi(e->d_name))) != NULL;
	if (d)
		closedir(d);
	return asleep;
}

unsigned long proc_naps(pid_t pid, pid_t tid)
{
	char path[80];

	snprintf(path, sizeof(path), "/proc/%d/task/%d/status", (int)pid, (int)tid);
	return status_number(path, "voluntary_ctxt_switches:");
}

unsigned long proc_all_naps(pid_t pid)
{
	char path[40];
	struct dirent *e;
	unsigned long sum = 0;
	DIR *d;

	snprintf(path, sizeof(path), "/proc/%d/task", (int)pid);
	d = opendir(path);
	while (d && (e = readdir(d)))
		if (e->d_name[0] != '.')
			sum += proc_naps(pid, atoi(e->d_name));
	if (d)
		closedir(d);
	return sum;
}

unsigned long proc_anon_kib(pid_t pid)
{
	char path[40];

	snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	return status_number(path, "RssAnon:");
}

unsigned long proc_rss_kib(pid_t pid)
{
	char path[40];

	snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	return status_number(path, "VmRSS:");
}
