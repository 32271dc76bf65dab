/* A desk that polls, for the tests of what happens when it is gone. */
#ifndef TESTS_CRASH_POLLER_H
#define TESTS_CRASH_POLLER_H

#include <stdbool.h>

#include "desk/desk.h"
#include "desk/settings.h"

#define POLLER_INTERVAL_MS 1000	/* of every queue */

struct poller {
	struct settings *settings;
	struct desk *desk;
};

/* Starts polling; `agent` is what it calls itself. False when it cannot. */
bool poller_start(struct poller *p, const char *url, const char *token_file, const char *dir,
	const char *agent);
void poller_stop(struct poller *p);
/* Waits up to `ms` for an event and throws away all that came. */
void poller_wait(struct poller *p, int ms);

#endif
