/* bench_run - runs a command to its end: prints seconds, seconds of processor time, MiB at most.
 *
 *	bench_run COMMAND [ARG...]	its output goes to standard error; ends with its status */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/lib/patience.h"

static double seconds(const struct timeval *t)
{
	return (double)t->tv_sec + (double)t->tv_usec / 1e6;
}

int main(int argc, char **argv)
{
	int64_t began = mono_us();
	struct rusage use;
	int status = 0;
	pid_t pid;

	if (argc < 2)
		return 2;
	pid = fork();
	if (pid == 0) {
		dup2(2, 1);
		execvp(argv[1], argv + 1);
		_exit(127);
	}
	if (pid < 0 || wait4(pid, &status, 0, &use) != pid)
		return 1;
	printf("%.3f %.3f %.1f\n", (double)(mono_us() - began) / 1e6,
		seconds(&use.ru_utime) + seconds(&use.ru_stime), (double)use.ru_maxrss / 1024);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
