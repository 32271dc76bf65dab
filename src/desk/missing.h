/* Which of the orders that a pass did not show are looked up by their codes; arithmetic alone.
 *
 * One that is young enough for the pass went to another state: it is looked up at once. One that is
 * older than the history is never shown by any pass, so that looks at it take turns, a few with every pass:
 * it must not freeze, and many of them must not hold the others up. */
#ifndef DESK_MISSING_H
#define DESK_MISSING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "order/order.h"

#define MISSING_MAX 200		/* look-ups after one pass; the others come with the next ones */
#define MISSING_OLD_MAX 20	/* of them, of old orders, while nobody waits */

struct missing_rule {
	int64_t from_ms;	/* oldest creation date that the pass covers */
	bool hurry;		/* a person waits */
};

/* Puts up to MISSING_MAX of the orders into `out`. *turn goes on from pass to pass, from 0. */
size_t missing_pick(const struct order_list *missing, const struct missing_rule *rule, size_t *turn,
	const struct order *out[MISSING_MAX]);

#endif
