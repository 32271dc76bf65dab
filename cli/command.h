/* The commands: a row each. Dispatch, --help and the checks of the words come from the rows.
 *
 * The actions of the shop's marketplace are commands too, made from its own table (act.c). */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <stdbool.h>

#include "base/arena.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "order/action.h"

#define ANY_WORDS (-1)

struct command {
	const char *name;
	const char *words;		/* what follows the options in the synopsis; NULL nothing */
	const char *help;		/* N_(): one line */
	const struct opt *opts;		/* ends with a NULL name */
	int n_words;			/* so many have to follow */
	int more_words;			/* and so many may; ANY_WORDS: any number */
	bool without_shop;		/* runs before any settings were read */
	int (*run)(struct cli *c, const struct args *args);
};

int cmd_demo(struct cli *c, const struct args *args);
int cmd_sync(struct cli *c, const struct args *args);
int cmd_orders(struct cli *c, const struct args *args);
int cmd_pick(struct cli *c, const struct args *args);
int cmd_report(struct cli *c, const struct args *args);
int cmd_show(struct cli *c, const struct args *args);
int cmd_waybill(struct cli *c, const struct args *args);
int cmd_journal(struct cli *c, const struct args *args);
/* Whether the marketplace has such a queue, or none is named; else USAGE with those that there are. */
bool cli_check_queue(const struct cli *c, const char *queue, struct error *err);
/* journal verify, in verify.c; `expect` may be NULL */
int cli_verify(struct cli *c, const char *expect);
int cmd_scan_test(struct cli *c, const struct args *args);
int cmd_doctor(struct cli *c, const struct args *args);
/* in clerk.c: whether a lock that the settings ask for has a key, and a list of clerks can be used. Reports what is
 * wrong, and returns how much. */
size_t cli_check_lock(const struct cli *c, const char *config, void (*report)(void *arg, const char *sentence),
	void *arg);
int cmd_clerk(struct cli *c, const struct args *args);
int cmd_config(struct cli *c, const struct args *args);

/* ---- act.c: an action of the marketplace ---- */

/* The row behind a command's name ("send-code" is send_code); NULL when there is none. */
const struct action_spec *act_find(const struct provider *p, const char *name);
/* The name to type; out holds it. */
const char *act_name(const struct action_spec *spec, char out[40]);
/* The options that its fields make: out[OPTS_MAX] ends with a NULL name; texts are in the arena. */
void act_opts(const struct action_spec *spec, struct arena *arena, struct opt *out);
/* Runs the action; where the code is missing that an opener sends, the opener in its place. */
int act_run(struct cli *c, const struct action_spec *spec, const struct args *args);

#endif
