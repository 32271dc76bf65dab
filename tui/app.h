/* The desk on a terminal: opens the screen, runs until the clerk quits or the terminal goes away. */
#ifndef TUI_APP_H
#define TUI_APP_H

#include <stdbool.h>

#include "base/error.h"
#include "desk/settings.h"

struct app_options {
	const struct settings *settings;	/* borrowed */
	const struct shop *shop;		/* borrowed */
	const char *state_base;			/* the folder of all shops; NULL: the usual one */
	const char *state_dir;			/* the shop's folder */
	bool read_only;
	const char *notice;			/* shown in the status line first; NULL none */
};

/* The exit status. Fails before the screen was opened with an error in *err and the status for it. */
int app_run(const struct app_options *options, struct error *err);

#endif
