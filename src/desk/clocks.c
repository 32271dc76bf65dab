#include "desk/clocks.h"

#include "base/clock.h"

#define APART_MS (2 * CLOCK_MINUTE_MS)	/* less is told by nobody */

static int64_t distance(int64_t a, int64_t b)
{
	return a < b ? b - a : a - b;
}

/* To the minute: the date has whole seconds, and came a while ago. */
int64_t clocks_ahead_ms(int64_t server_ms, int64_t now_ms, int64_t before)
{
	int64_t ahead = server_ms - now_ms;

	if (!server_ms)
		return before;
	ahead = (ahead + (ahead < 0 ? -1 : 1) * CLOCK_MINUTE_MS / 2) / CLOCK_MINUTE_MS * CLOCK_MINUTE_MS;
	if (distance(ahead, 0) < APART_MS)
		ahead = 0;
	return distance(ahead, before) < APART_MS ? before : ahead;
}
