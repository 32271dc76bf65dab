/* A listing group (an API state) and the pass over it that runs. Inside of the sync; worker's thread.
 *
 * A pass asks for the pages of the group's listings, a few at a time, learns from each how many there are,
 * writes each as it comes, and at the end looks up by code what it did not show: those orders went elsewhere,
 * or are older than the history. Orders move from page to page while they are read; a pass that may have missed
 * one that nobody knows yet is made again at once. */
#ifndef DESK_GROUP_H
#define DESK_GROUP_H

#include "desk/pages.h"
#include "desk/worker.h"

struct group {
	struct sync *sync;
	struct worker *w;
	const char *name;	/* the provider's, static */
	enum queue_pace pace;
	bool wanted;
	bool running;
	bool complete_once;
	int64_t due_ms;		/* monotonic */
	int failures;
	size_t begun, ended;	/* passes; begun is the number of the one that runs */

	/* of the pass that runs */
	struct pass pass;
	struct pages pages;
	size_t waiting;		/* calls under way */
	size_t distinct;	/* orders that it showed */
	int64_t ahead_ms;	/* of the server's clock, when it was planned */
	struct error error;

	/* from pass to pass */
	size_t turn;		/* among old orders that are looked at again, see missing.h */
	size_t lacking;		/* orders that the server counts and does not show */
	int again;		/* passes made at once, in a row */
};

void group_start(struct group *g);
/* Gives back what a pass holds that did not end. */
void group_clear(struct group *g);

/* sync.c: what the group tells. */

/* How many listings of all groups there are for a history that ends `ahead_ms` from now; out[LISTINGS_MAX]. */
size_t sync_plan(const struct worker *w, int64_t ahead_ms, struct listing *out);
/* Whether a person waits for this. */
bool sync_hurries(const struct sync *s);
void sync_page_read(struct group *g, size_t orders, const struct store_changes *changes);
void sync_page_over(struct group *g);
/* `again`: the next pass counts as the end of this one. */
void sync_pass_over(struct group *g, bool again);

#endif
