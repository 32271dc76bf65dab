/* The simulator for the length of a command: found, started on a free port, ended.
 *
 *	demo_start(&demo, orders, speed, err);
 *	... demo.url ...
 *	demo_stop(&demo);
 *
 * It dies with this process however this ends, by its --parent-death. */
#ifndef CLI_DEMO_H
#define CLI_DEMO_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/error.h"

struct demo {
	pid_t pid;
	int output;		/* its standard output stays open: closing it would end it */
	char *url;
	char *dir;		/* throw-away folder for the store and the token */
};

bool demo_start(struct demo *demo, const char *orders, const char *speed, struct error *err);
void demo_stop(struct demo *demo);

#endif
