/* The first set-up: asks for one shop, tries what was said on the server, and writes the settings.
 *
 *	setup_language(c)		from here on everything is said in the language that was chosen
 *	setup_run(c, path, &works)	the exit status; 0: the settings are written, and work or do not yet
 *
 * Until everything is known nothing is written, and then all of it or nothing; so it may be left at any point. One
 * thread; needs ask_possible(). */
#ifndef CLI_SETUP_H
#define CLI_SETUP_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/error.h"
#include "cli/cli.h"

struct setup {
	struct settings *settings;	/* with the one shop that is asked about */
	struct shop *shop;
	struct buf token;		/* as typed; empty: it is elsewhere, or comes later */
	bool works;			/* the server took it */
};

/* Unless --lang chose it already. False when the input ended. */
bool setup_language(struct cli *c);
int setup_run(struct cli *c, const char *path, bool *works);
/* Where the settings are or would be; the caller's to free. */
char *setup_path(const struct cli *c);

/* ---- setup_save.c ---- */

/* What was there before is kept as PATH.bak. Signals wait until it is done. */
bool setup_save(const struct setup *u, const char *path, struct error *err);
/* The shop's token beside the settings; the caller's to free. */
char *setup_token_file(const char *path, const char *shop);

/* ---- welcome.c ---- */

/* Whether this is a first start, without settings, and somebody is there to be asked. */
bool welcome_needed(const struct cli *c);
/* Offers the set-up or a made-up shop, then opens the desk. The exit status. */
int welcome(struct cli *c);

#endif
