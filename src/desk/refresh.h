/* A refresh that was asked for: which passes answer it, and what they brought. Inside of sync.c; worker's
 * thread. */
#ifndef DESK_REFRESH_H
#define DESK_REFRESH_H

#include "desk/worker.h"

#define GROUPS_MAX 16

struct refresh {
	struct request *request;
	size_t need[GROUPS_MAX];	/* the number of each group's pass that answers it; 0 none */
	int64_t began_ms;
	uint64_t requests_before;
	size_t orders;
	struct store_changes changes;
	struct error error;		/* of the first pass that failed */
};

/* Takes the request over. */
struct refresh *refresh_new(struct worker *w, struct request *r);
/* Says how it ended and frees it. */
void refresh_end(struct worker *w, struct refresh *f);
void refresh_cancel(struct worker *w, struct refresh *f);
void refresh_free(struct refresh *f);

#endif
