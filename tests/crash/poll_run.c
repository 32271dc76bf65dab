/* A desk to be killed from outside: poll_run URL TOKEN-FILE FOLDER polls until it is. */
#include <signal.h>
#include <sys/prctl.h>

#include "tests/crash/poller.h"

int main(int argc, char **argv)
{
	struct poller p;

	/* Its parent is strace. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (argc != 4 || !poller_start(&p, argv[1], argv[2], argv[3], "first"))
		return 1;
	for (;;)
		poller_wait(&p, -1);
}
