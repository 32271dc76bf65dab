/* The words after a command: options from a table, the rest in order.
 *
 *	static const struct opt opts[] = { { .name = "limit", .value = "N" }, { .name = NULL } };
 *	args_parse(&args, opts, argc, argv, err);
 *	args_get(&args, "limit")			NULL when it was not given
 */
#ifndef CLI_ARGS_H
#define CLI_ARGS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

struct opt {
	const char *name;
	const char *value; /* what stands for the value in the help; NULL: a switch without one */
	const char *help;
	char letter;   /* the option as one letter, such as 'o' for -o; 0 none */
	bool required; /* the help shows it without brackets; whoever uses the value checks */
	bool repeats; /* may be given several times: see `given` */
};

#define OPTS_MAX 16
#define GIVEN_MAX 100

/* One that repeats, as it was given. */
struct given {
	const char *name;
	const char *value;
};

struct args {
	const struct opt *opts;
	const char *values[OPTS_MAX];	/* by the option's index; "" for a switch */
	struct given given[GIVEN_MAX];	/* those that repeat, in the order of the command line */
	int n_given;
	char **rest;
	int n_rest;
	bool help;
	bool json;
};

/* argv[0] is the command. Every command takes --help and --json too. USAGE on a slip. */
bool args_parse(struct args *args, const struct opt *opts, int argc, char **argv,
	struct error *err);
/* NULL when it was not given or there is no such option; the last one of those that repeat. */
const char *args_get(const struct args *args, const char *name);

/* A whole number of an option, from min to max; `absent` when it was not given. */
bool args_number(const struct args *args, const char *name, long min, long max, long absent,
	long *out, struct error *err);
/* A day or minute of an option in the shop's zone; 0 when it was not given. */
bool args_time(const struct args *args, const char *name, int64_t *out, struct error *err);
/* An order's code as somebody typed it: not empty, clean, not endless. */
bool args_code(const char *code, struct error *err);

#endif
