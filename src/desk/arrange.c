/* The order of the queues, by what is due when. See worker.h.
 *
 * When an order is due depends on the shop's settings, and the queues are sorted by it in the store's index. So
 * it is stored, with a mark of the settings that it was made with, and made anew where a start finds another
 * mark: that costs some milliseconds once, while rows, windows and counts read the index every time. */
#include <stdio.h>
#include <stdlib.h>

#include "desk/worker.h"

#define RULES 1	/* one more when a provider's due() says something else for the same order */

void worker_place(const struct worker *w, struct order *o)
{
	order_place(w->provider, &w->shop->limits, o);
}

static void place(void *arg, struct order *o)
{
	worker_place(arg, o);
}

/* FNV-1a of all that the dates follow from. */
static int64_t mark_of(const struct worker *w)
{
	const struct limits *l = &w->shop->limits;
	const char *zone = getenv("TZ");
	uint64_t hash = 0xcbf29ce484222325U;
	char text[256];

	snprintf(text, sizeof(text), "%d %s %s %d %d %d %d", RULES, w->provider->id, zone ? zone : "",
		l->cut_off_min, l->accept_min, l->pickup_days, l->express_min);
	for (const char *s = text; *s; s++)
		hash = (hash ^ (unsigned char)*s) * 0x100000001b3U;
	return (int64_t)(hash | 1);
}

void worker_arrange(struct worker *w)
{
	/* What cannot be written now keeps its place; the next start or the next pass puts it right. */
	store_arrange(w->store, mark_of(w), place, w, NULL);
}
