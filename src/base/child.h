/* A program that runs beside this one, and what it says.
 *
 *	const char *argv[] = { "lp", "--", path, NULL };
 *	struct child c;
 *	if (!child_start(&c, &(struct child_options){ .argv = argv, .reads = CHILD_ERRORS }))
 *		... errno says why ...
 *	while (!child_step(&c, &text))		never waits
 *		child_wait(&c, deadline) || child_kill(&c)
 *	... c.status ...
 *
 * It gets an argument vector and no shell, its input or else /dev/null to read from, the usual signals, a process group of its
 * own and no descriptor of ours but those three. It has ended when the process itself has, whoever of its
 * children goes on and holds its output open. One thread for each struct. */
#ifndef BASE_CHILD_H
#define BASE_CHILD_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"

#define CHILD_INPUT_MAX 4096	/* bytes; a pipe holds as many, so that neither side waits */

enum child_reads {
	CHILD_OUTPUT = 1 << 0,
	CHILD_ERRORS = 1 << 1	/* of both together, in the order they were written */
};

struct child_options {
	const char *const *argv;	/* argv[0] is looked up in PATH; ends with NULL */
	unsigned reads;			/* what is not read goes to /dev/null */
	const char *input;		/* what it reads, up to CHILD_INPUT_MAX bytes; NULL: nothing */
	size_t input_len;
	const char *const *without;	/* variables that it does not get, ends with NULL; NULL: it gets all */
};

struct child {
	pid_t pid;	/* 0: none runs */
	int end_fd;	/* readable once it has ended; -1: this system cannot tell, its output is read to the end */
	int out_fd;	/* readable when it said something; -1: it will say no more */
	int status;	/* once it ended: exit status, 128 + signal, or -1 when it was killed by child_kill() */
};

/* False with errno: ENOENT when there is no such program. The input is the caller's to wipe. */
bool child_start(struct child *c, const struct child_options *o);
/* Takes what it said so far, as much as fits into *out; true once it has ended and all was read. */
bool child_step(struct child *c, struct buf *out);
/* Waits for something to step for; false when the deadline (monotonic ms) passed first. */
bool child_wait(const struct child *c, int64_t deadline_ms);
/* Ends it and all of its group. */
void child_kill(struct child *c);

#endif
