/* An action of the marketplace as a command, from the inside: act.c reads the words and prints, act_work.c
 * does it, act_bulk.c does it for many, act_end.c says how each ended. One thread. */
#ifndef CLI_ACT_H
#define CLI_ACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "cli/command.h"
#include "cli/session.h"
#include "store/journal.h"

enum step { STEP_LOOKUP, STEP_LINES, STEP_ACT };

/* One order that the action goes to, and what became of it. */
struct job {
	const char *code;
	uint64_t request;	/* of the step; 0 once it is over */
	enum step step;
	char *order_id;		/* known after the look-up */
	enum action_state state;	/* of many: what was heard of it last */
	char *heard;		/* of many: the sentence that came with it, or NULL */
	const char *outcome;	/* "done", ...; NULL while it runs */
	char *message;
	int status;
};

struct act_run {
	struct cli *c;
	const struct action_spec *spec;
	const struct action_spec *asked;	/* what was typed: spec may be its opener */
	struct form form;
	bool force;				/* even where it looks like a mistake */
	char *warning;				/* what does, of the one order; NULL: nothing */
	struct arena arena;			/* of the codes that were read */
	struct session session;
	struct job *jobs;
	size_t n;
	size_t cap;
	size_t running;				/* jobs without an outcome */
};

/* ---- act_work.c ---- */
/* Opens a session and does it; afterwards every job has an outcome. */
bool act_work(struct act_run *r, struct error *err);
/* Waits until every order was looked up; false when a signal came. A job that could not be has an outcome then,
 * and the others an order_id. */
bool act_look_up(struct act_run *r);
/* Whether "12/200" is of use to somebody, and showing it; `total` 0 takes it away. */
void act_progress(const char *what, size_t done, size_t total);

/* ---- act_bulk.c ---- */
/* The same for many orders in one batch; looked up already. */
void act_bulk(struct act_run *r);

/* ---- act_end.c ---- */
void act_end(struct act_run *r, struct job *job, const char *outcome, const char *message, int status);
void act_end_failed(struct act_run *r, struct job *job, const struct error *err);
/* By what the journal says. */
void act_end_in_state(struct act_run *r, struct job *job, enum action_state state, const char *message);

#endif
