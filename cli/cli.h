/* What every command gets: the options before the command, and the shop that they chose.
 *
 * main() fills in the first part and calls cli_run(); a row of the commands' table says whether
 * the second part has to be there before it runs. One thread. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>

#include "base/error.h"
#include "desk/settings.h"
#include "order/provider.h"

struct cli {
	const char *config;	/* --config, or NULL: the usual place */
	const char *shop_name;	/* --shop, or NULL: the default */
	const char *state_base;	/* --state-dir, or NULL: the usual place */
	const char *language;	/* --lang, or NULL: as the settings or the environment say */
	bool read_only;
	const char *notice;	/* what the desk says first, or NULL */
	bool json;		/* results and failures as JSON documents */
	/* Opens the screen on the shop below and returns the exit status; main()'s. */
	int (*open_desk)(struct cli *c);

	struct settings *settings;	/* owned, as is state_dir */
	const struct shop *shop;
	const struct provider *provider;
	char *state_dir;
};

#define CLI_EXIT_FAILED 1
#define CLI_EXIT_USAGE 2

/* Runs the command that argv[0] names and returns the exit status. */
int cli_run(struct cli *c, int argc, char **argv);

/* Reads the settings and chooses the shop. The default zone and language become those of the
 * settings. */
bool cli_load(struct cli *c, struct error *err);
/* Takes over settings from elsewhere; state_base has to be set. */
bool cli_adopt(struct cli *c, struct settings *settings, struct error *err);
void cli_clear(struct cli *c);

/* Chooses the language of sentences; NULL: the environment's. Call it before threads start. */
void cli_set_language(const char *language);

/* ---- saying it ----------------------------------------------------------------------------- */

/* "duken: SENTENCE" on standard error. */
void cli_say(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* A failure before any result: said, with --json also printed. Returns the exit status for it. */
int cli_fail(const struct cli *c, const struct error *err);
/* Flushes standard output; false after saying so when something could not be written. */
bool cli_flush(void);
/* --help of the whole program, to standard output. */
void cli_help(void);

#endif
