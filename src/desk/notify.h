/* What the settings say of alerts: by which ways they are made heard, and in which hours they are not.
 *
 * Pure; any thread. */
#ifndef DESK_NOTIFY_H
#define DESK_NOTIFY_H

#include <stdbool.h>

#include "base/error.h"

/* The words of `notify`. */
enum notify_way {
	NOTIFY_BELL = 1 << 0,
	NOTIFY_OSC9 = 1 << 1,		/* sequences with which a terminal shows notices on the desktop */
	NOTIFY_OSC777 = 1 << 2,
	NOTIFY_OSC99 = 1 << 3,
	NOTIFY_COMMAND = 1 << 4,	/* notify_command */
	NOTIFY_TITLE = 1 << 5		/* the terminal's title counts what is unseen */
};

/* Minutes past midnight; `to` may be before `from`: over midnight. */
struct quiet_hours {
	int from;	/* -1: none */
	int to;		/* the first minute that is not quiet */
};

/* One or several words of the above with blanks between, or "none". CONFIG otherwise. */
bool notify_check(const char *name, const char *value, struct error *err);
/* What notify_check() let through, as a set of enum notify_way. */
unsigned notify_ways(const char *value);

/* "HH:MM-HH:MM", of two different times. CONFIG otherwise. */
bool quiet_check(const char *name, const char *value, struct error *err);
/* What quiet_check() let through; NULL: none. */
struct quiet_hours quiet_read(const char *value);

#endif
