/* The points of a run: each call that changes a file of the store or speaks with the network. A run is
 * recorded once; then it is repeated under strace, which ends the program at one point or makes that call
 * fail.
 *
 *	points_record(env, argv, dir, &list);			a whole run, watched
 *	pid = points_start(env, &list.items[7], &hit, dir, argv, out, err);
 *	status = proc_wait(pid, ...);
 *	points_was_hit(dir);
 *
 * strace counts per thread, and with threads followed the first one to reach a number is hit. So calls are
 * counted for each file apart, and a point of the main thread that the worker would hide is run with
 * the worker unwatched. A point of the worker that the main thread hides cannot be reached; `hidden`
 * says how many. What cannot be done fails the running test. */
#ifndef TESTS_CRASH_POINTS_H
#define TESTS_CRASH_POINTS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct point {
	char call[16];		/* "pwrite64" */
	char file[32];		/* in the store's folder; "." the folder; "" the network */
	bool worker;		/* the worker's thread */
	unsigned nth;		/* of its thread's calls for that file, from 1 */
	bool follow;		/* threads are watched too */
	bool before_sending;	/* nothing was sent yet that changes an order */
};

struct point_list {
	struct point *items;
	size_t n, cap;
	size_t hidden;
};

struct hit {
	const char *what;	/* strace's: "signal=SIGKILL", "error=EIO" */
	bool onwards;		/* every later call as well */
	bool killed_at_end;	/* and the program is killed before it closes the journal */
};

/* NULL when strace may watch programs here, else why not. */
const char *points_impossible(void);
/* Runs the program, which must end well, with its store in `dir`; the folder around it must be there. */
void points_record(char *const *env, const char *const *argv, const char *dir, struct point_list *list);
void points_clear(struct point_list *list);
pid_t points_start(char *const *env, const struct point *p, const struct hit *hit, const char *dir,
	const char *const *argv, int out, int err);
/* Ends a run that does not end: strace does not take its program along. */
void points_end(pid_t pid);
/* Whether the point came in the run that ended last on that store. */
bool points_was_hit(const char *dir);
/* "pwrite64 of journal.db-wal, 3rd by the worker" or so. The caller frees it. */
char *points_label(const struct point *p);
/* Keeps `n` of them: the first, the last, and what the seed chooses of the others. */
void points_thin(struct point_list *list, size_t n, unsigned seed);

#endif
