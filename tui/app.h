/* The desk on a terminal: opens the screen, runs until the clerk quits or the terminal goes away. */
#ifndef TUI_APP_H
#define TUI_APP_H

#include <stdbool.h>

#include "base/error.h"
#include "desk/settings.h"

struct app_options {
	const struct settings *settings;	/* borrowed */
	const struct shop *shop;		/* borrowed; one of the settings: the one that is shown first */
	const char *state_base;			/* holds the shops' folders; NULL: the usual place */
	bool read_only;
	const char *notice;			/* shown in the status line first; NULL none */
};

/* The exit status. Fails before the screen was opened with an error in *err and the status for it. */
int app_run(const struct app_options *options, struct error *err);

#endif
