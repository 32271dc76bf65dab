/* Child processes of tests: started with a frozen environment, ended for certain.
 *
 *	struct proc_result r = proc_run(env, argv, NULL, 10000);	a command to its end
 *	assert_int_equal(r.status, 0);
 *	assert_string_equal(r.out, "...");
 *	proc_result_clear(&r);
 *
 * A child gets SIGTERM when its parent dies, so that an interrupted test leaves nothing running. */
#ifndef TESTS_LIB_PROC_H
#define TESTS_LIB_PROC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct proc_result {
	int status;	/* exit status; 128 + signal; -1: killed because the deadline passed */
	char *out;	/* standard output, NUL-terminated */
	char *err;
	size_t out_len;
	size_t err_len;
	int64_t took_ms;
};

/* `input` goes to standard input (NULL: /dev/null). Waits for the end at most `ms` (stretched). */
struct proc_result proc_run(char *const *env, const char *const *argv, const char *input, int ms);
void proc_result_clear(struct proc_result *r);

/* Starts it with standard output and error on the given descriptors (-1: /dev/null). argv[0] is a path. */
pid_t proc_start(char *const *env, const char *const *argv, int in, int out, int err);
/* Waits for the end at most until the deadline; the status as above, -1 if it still runs. */
int proc_wait(pid_t pid, int64_t deadline);
/* SIGTERM, then SIGKILL after a second; the status. Does nothing for pid <= 0. */
int proc_stop(pid_t pid);

/* The state letter of /proc/PID/task/TID/stat, '?' when there is none. */
char proc_thread_state(pid_t pid, pid_t tid);
/* Whether each thread waits (S) or is gone. */
bool proc_asleep(pid_t pid);
/* How often the thread went to sleep by itself. */
unsigned long proc_naps(pid_t pid, pid_t tid);
/* The same, of all its threads. */
unsigned long proc_all_naps(pid_t pid);
/* Resident memory without shared pages (RssAnon), in KiB. */
unsigned long proc_anon_kib(pid_t pid);
unsigned long proc_rss_kib(pid_t pid);

#endif
