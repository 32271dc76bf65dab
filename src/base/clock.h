/* Time: UTC milliseconds from the system, shown in the shop's zone.
 *
 * The clock is passed in where a rule depends on it; only front-ends and the worker's loop call
 * clock_now_ms(). Any thread, except zone_set(), which belongs before threads start. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define CLOCK_MINUTE_MS (60 * 1000LL)
#define CLOCK_HOUR_MS (60 * CLOCK_MINUTE_MS)
#define CLOCK_DAY_MS (24 * CLOCK_HOUR_MS)

int64_t clock_now_ms(void);	/* UTC milliseconds since 1970 */
int64_t clock_mono_ms(void);	/* monotonic milliseconds, for waiting and deadlines */

/* The zone that every formatted time uses. Asia/Almaty has no summer time and moved from UTC+6 to
 * UTC+5 on 2024-03-01, so the system's zone data decides (mktime and localtime_r with TZ set for the
 * whole process). Fails with CONFIG if the system does not know the name. */
bool zone_set(const char *name, struct error *err);
/* The check alone. */
bool zone_check(const char *name, struct error *err);

/* RFC 3339 with the zone's offset: "2026-11-23T14:32:05+05:00". cap >= 26. */
void time_format_rfc3339(int64_t ms, char *out, size_t cap);
/* By strftime(); translated month names follow LC_TIME. */
void time_format(int64_t ms, const char *format, char *out, size_t cap);
/* Start of the zone's day that holds ms. */
int64_t time_day_start(int64_t ms);
/* What a clock on the wall shows as `minutes` past midnight (to 1440), `days` after the zone's day that holds
 * ms: right too on a day that summer time makes shorter or longer. */
int64_t time_on_day(int64_t ms, int days, int minutes);
/* "YYYY-MM-DD" or "YYYY-MM-DD HH:MM" in the zone; false for anything else and for a day that is none. */
bool time_parse(const char *s, int64_t *ms);
/* A short age: "12 s", "5 min", "2 h", "3 d", translated. */
void age_format(int64_t ms, char *out, size_t cap);

#endif
