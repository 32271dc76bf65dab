/* The command line of duken-sim. */
#ifndef SIM_OPTIONS_H
#define SIM_OPTIONS_H

#include "sim/server.h"

#define OPTIONS_FAULTS 64

struct options {
	struct shop_config shop;
	struct server_config server;
	const char *faults[OPTIONS_FAULTS];
	unsigned n_faults;
	const char *log_file; /* NULL none */
	const char *certificate_file, *key_file;
	bool parent_death, quiet, check_user_agent;
};

enum options_result {
	OPTIONS_RUN,
	OPTIONS_DONE, /* --help or --version was printed */
	OPTIONS_WRONG /* and why was printed on stderr */
};

/* The texts stay those of argv. */
enum options_result options_parse(struct options *o, int argc, char **argv);

#endif
