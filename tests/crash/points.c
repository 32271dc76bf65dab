#include "tests/crash/points.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "tests/lib/check.h"
#include "tests/lib/patience.h"
#include "tests/lib/proc.h"

#define CALLS "openat,mkdir,pwrite64,fdatasync,fsync,ftruncate,rename,renameat,renameat2,unlink," \
	"unlinkat,sendto,sendmsg,recvfrom"
#define RUN_MS 60000
#define ARGS_MAX 64

/* ---- strace ---------------------------------------------------------------------------------- */

/* `first` and `rest` one after the other, each ends with NULL. */
static pid_t start(char *const *env, const char *const *first, const char *const *rest, int out, int err)
{
	const char *argv[ARGS_MAX] = { "/usr/bin/env", "strace", "-qq" };
	size_t n = 3;

	for (; *first; first++)
		argv[n++] = *first;
	for (; *rest && n < ARGS_MAX - 1; rest++)
		argv[n++] = *rest;
	argv[n] = NULL;
	return proc_start(env, argv, -1, out, err);
}

const char *points_impossible(void)
{
	const char *const nothing[] = { "/bin/true", NULL };
	const char *const quiet[] = { "-f", "-o", "/dev/null", NULL };
	int status = proc_wait(start(environ, quiet, nothing, -1, -1), deadline_in(20000));

	if (status == 0)
		return NULL;
	return status == 127 ? "strace is not there: install it" :
		"strace may not watch programs here (ptrace is not permitted)";
}

static char *record_path(const char *dir)
{
	return xasprintf("%s.trace", dir);
}

pid_t points_start(char *const *env, const struct point *p, const struct hit *hit, const char *dir,
	const char *const *argv, int out, int err)
{
	char *inject = xasprintf("inject=%s:%s:when=%u%s", p->call, hit->what, p->nth,
		hit->onwards ? "+" : "");
	char *trace = xasprintf("trace=%s%s", p->call, hit->killed_at_end ? ",unlink" : "");
	char *last = xasprintf("%s/cache.db-shm", dir);
	char *path = !strcmp(p->file, ".") ? xstrdup(dir) : xasprintf("%s/%s", dir, p->file);
	char *record = record_path(dir);
	const char *options[16] = { "-o", record, "-e", trace, "-e", inject };
	size_t n = 6;
	pid_t pid;

	if (p->follow)
		options[n++] = "-f";
	/* Faster, but signals get lost. */
	if (p->follow && !hit->killed_at_end && !strstr(hit->what, "signal"))
		options[n++] = "--seccomp-bpf";
	if (*p->file) {
		options[n++] = "-P";
		options[n++] = path;
	}
	/* The cache is closed first, and its files are removed. */
	if (hit->killed_at_end) {
		options[n++] = "-e";
		options[n++] = "inject=unlink:signal=SIGKILL";
		options[n++] = "-P";
		options[n++] = last;
	}
	pid = start(env, options, argv, out, err);
	free(last);
	free(inject);
	free(trace);
	free(path);
	free(record);
	return pid;
}

void points_end(pid_t pid)
{
	char *path = xasprintf("/proc/%d/task/%d/children", (int)pid, (int)pid);
	FILE *f = fopen(path, "re");
	int child;

	while (f && fscanf(f, "%d", &child) == 1)
		kill(child, SIGKILL);
	if (f)
		fclose(f);
	free(path);
	proc_stop(pid);
}

bool points_was_hit(const char *dir)
{
	char *path = record_path(dir), line[1024];
	FILE *f = fopen(path, "re");
	bool hit = false;

	while (f && !hit && fgets(line, sizeof(line), f))
		hit = strstr(line, "(INJECTED)") || strstr(line, "killed by SIGKILL");
	if (f)
		fclose(f);
	free(path);
	return hit;
}

/* ---- the record ------------------------------------------------------------------------------ */

/* The file of the store that a call is about, from strace's line; false: none of the store's. */
static bool read_file(const char *args, const char *dir, char out[32])
{
	const char *at = strstr(args, dir);
	size_t len;

	if (strstr(args, "<socket:")) {
		snprintf(out, 32, "%s", "");
		return true;
	}
	if (!at)
		return false;
	at += strlen(dir);
	at += *at == '/';
	len = strcspn(at, ">\"");
	if (len)
		snprintf(out, 32, "%.*s", len < 31 ? (int)len : 31, at);
	else
		snprintf(out, 32, ".");
	return true;
}

static bool same_series(const struct point *a, const struct point *b)
{
	return !strcmp(a->call, b->call) && !strcmp(a->file, b->file);
}

/* Counts the call and finds out how it can be hit; false: it cannot. */
static bool place(const struct point_list *all, struct point *p)
{
	unsigned mine = 0, others = 0;

	for (size_t i = 0; i < all->n; i++) {
		if (!same_series(&all->items[i], p))
			continue;
		if (all->items[i].worker == p->worker)
			mine++;
		else
			others++;
	}
	p->nth = mine + 1;
	p->follow = others < p->nth;
	return p->follow || !p->worker;
}

static void add(struct point_list *list, const struct point *p)
{
	if (list->n == list->cap) {
		list->cap = list->cap ? list->cap * 2 : 128;
		list->items = xreallocarray(list->items, list->cap, sizeof(*list->items));
	}
	list->items[list->n++] = *p;
}

/* "PID CALL(ARGS"; the second half of a call that was interrupted has "<..." there. */
static bool read_line(const char *line, const char *dir, int *pid, struct point *p)
{
	const char *args = strchr(line, '(');

	*p = (struct point){ .nth = 0 };
	return args && sscanf(line, "%d %15[a-z0-9](", pid, p->call) == 2 &&
		read_file(args, dir, p->file);
}

/* Opening a file that is there changes nothing. */
static bool writes(const struct point *p, const char *line)
{
	return strcmp(p->call, "openat") != 0 || strstr(line, "O_CREAT");
}

/* All calls in their order, also those that are no points or cannot be hit: they count. */
static void read_record(FILE *f, const char *dir, struct point_list *all, struct point_list *out)
{
	char line[1024];
	int main_pid = 0, pid;
	bool sent = false, reachable;
	struct point p;

	while (fgets(line, sizeof(line), f)) {
		if (!main_pid)
			sscanf(line, "%d", &main_pid);
		if (!read_line(line, dir, &pid, &p))
			continue;
		p.worker = pid != main_pid;
		p.before_sending = !sent;
		sent = sent || strstr(line, "\"POST ");
		reachable = place(all, &p);
		if (writes(&p, line) && reachable)
			add(out, &p);
		else if (writes(&p, line))
			out->hidden++;
		add(all, &p);
	}
}

void points_record(char *const *env, const char *const *argv, const char *dir, struct point_list *list)
{
	char *path = record_path(dir);
	const char *options[] = { "-f", "-y", "-o", path, "-e", "trace=" CALLS, "-e", "signal=none", NULL };
	struct point_list all = { .n = 0 };
	int status = proc_wait(start(env, options, argv, -1, -1), deadline_in(RUN_MS));
	FILE *f = fopen(path, "re");

	if (status != 0 || !f)
		check_fail("the run to be recorded ended with %d", status);
	read_record(f, dir, &all, list);
	fclose(f);
	unlink(path);
	free(path);
	points_clear(&all);
}

void points_clear(struct point_list *list)
{
	free(list->items);
	*list = (struct point_list){ .n = 0 };
}

char *points_label(const struct point *p)
{
	return xasprintf("%s of %s, number %u by the %s", p->call, *p->file ? p->file : "the network",
		p->nth, p->worker ? "worker" : "front-end");
}

void points_thin(struct point_list *list, size_t n, unsigned seed)
{
	size_t kept = 0;

	if (list->n <= n)
		return;
	for (size_t i = 0; i < list->n; i++) {
		size_t left = list->n - i, wanted = n - kept;
		bool edge = i == 0 || i + 1 == list->n;

		/* One place is the last one's. */
		if (edge || (wanted > 1 && (size_t)rand_r(&seed) % (left - 1) < wanted - 1))
			list->items[kept++] = list->items[i];
	}
	list->n = kept;
}
