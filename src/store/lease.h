/* Which of the processes on a store asks the server by schedule: one at a time, the poller.
 *
 *	struct lease l = LEASE_INIT;
 *	lease_beat(s, &l, mono, patience, err);		from time to time; l.mine says who it is
 *	lease_drop(s, &l, err);				at the end, so that nobody has to wait
 *
 * The poller shows by beats that it lives. Another one takes its place at once when its process is gone, and
 * after `patience` when the beats stop: it hangs or was suspended. That is told by the onlooker's own
 * monotonic clock, so that no two clocks are compared. Who lost the lease finds out with its next beat; what it
 * still writes then is measured by its age as everything is (store_put_listed()).
 *
 * The poller leaves beside it what it knows of the link, for the screens of the others, who do not ask, and
 * a wait that the server asked for, which all of them keep to. Worker's thread. */
#ifndef STORE_LEASE_H
#define STORE_LEASE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/error.h"
#include "store/store.h"

struct lease {
	bool mine;
	int64_t beat;		/* the last one of somebody else's that was seen */
	int64_t beat_at_ms;	/* monotonic: when it was new */
};

#define LEASE_INIT { .mine = false }

/* Takes, keeps or loses the lease. A failure leaves l->mine false: nobody polls who cannot write. */
bool lease_beat(struct store *s, struct lease *l, int64_t mono_ms, int64_t patience_ms,
	struct error *err);
bool lease_drop(struct store *s, struct lease *l, struct error *err);

/* What the poller last said. */
struct lease_news {
	int link;		/* the worker's own enum; 0 nothing yet */
	int64_t until_ms;
	struct error error;
};

/* Only by the poller; else nothing is written. */
bool lease_say(struct store *s, const struct lease *l, const struct lease_news *news, struct error *err);
bool lease_news(struct store *s, struct lease_news *out, struct error *err);

#define LEASE_WAIT_MAX_MS (15 * CLOCK_MINUTE_MS)	/* longer ones come from a clock that was set */

/* For so long nobody on this store asks the server anything; a longer wait that is there is kept. */
bool lease_wait(struct store *s, int64_t now_ms, int64_t wait_ms, struct error *err);
/* Milliseconds; 0 none. */
int64_t lease_wait_left(struct store *s, int64_t now_ms);

#endif
