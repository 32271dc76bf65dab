/* The actions that are open in this process: shared by runner.c, confirm.c and bulk.c. Worker's thread. */
#ifndef DESK_RUNNER_H
#define DESK_RUNNER_H

#include "desk/act.h"
#include "desk/bulk.h"
#include "desk/worker.h"

struct runner {
	struct worker *w;
	struct act *acts;	/* what was confirmed first comes first */
	struct bulk *bulks;
	int64_t clock_ms;	/* wall clock less monotonic clock, at the start */
	bool adopting;
	int64_t adopt_ms;	/* monotonic: when to look again */
};

/* A new one at the end. */
struct act *runner_add(struct runner *r, const struct action_spec *spec);

#endif
