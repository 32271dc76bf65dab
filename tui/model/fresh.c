#include "tui/model/fresh.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "tui/model/state.h"

#define STEP_MS 5000

void fresh_init(struct fresh *f, const struct provider *p)
{
	static struct listing listings[LISTINGS_MAX];
	struct plan_input in = { .now_ms = clock_now_ms(), .history_ms = CLOCK_DAY_MS };
	size_t n = p->plan(&in, listings);
	*f = (struct fresh){ .seen_ms = { 0 } };
	for (size_t q = 0; q < QUEUES_MAX && p->queues[q].id != NULL; q++) {
		f->paces[q] = PACE_SLOW;
		for (size_t i = 0; i < n; i++) {
			if (strcmp(listings[i].group, p->queues[q].group) == 0)
				f->paces[q] = listings[i].pace;
		}
	}
}

void fresh_read(struct fresh *f, const struct provider *p, struct reader *r)
{
	int64_t oldest = INT64_MAX;
	for (size_t q = 0; q < QUEUES_MAX && p->queues[q].id != NULL; q++) {
		f->seen_ms[q] = reader_group_fresh_ms(r, p->queues[q].group);
		if (p->queues[q].active && f->paces[q] != PACE_SLOW && f->seen_ms[q] < oldest)
			oldest = f->seen_ms[q];
	}
	f->seen_ms[FRESH_ALL] = oldest != INT64_MAX ? oldest : 0;
}

/* Twice the pace of a healthy desk; what is read in the background is never late. */
static int64_t stale_after_ms(const struct state *s, size_t queue)
{
	if (queue == FRESH_ALL || s->fresh.paces[queue] == PACE_OTHER)
		return 2 * 1000LL * s->shop->poll_other_s;
	return s->fresh.paces[queue] == PACE_NEW ? 2 * 1000LL * s->shop->poll_new_s : INT64_MAX;
}

enum style fresh_words(const struct state *s, size_t queue, char *out, size_t cap)
{
	char age[32];
	int64_t seen = s->fresh.seen_ms[queue], ms = s->now_ms - seen;
	if (seen == 0) {
		snprintf(out, cap, "%s", _("not synced yet"));
		return STYLE_WARN;
	}
	ms = ms > 0 ? ms : 0;
	age_format(ms < CLOCK_MINUTE_MS ? ms / STEP_MS * STEP_MS : ms, age, sizeof(age));
	/* TRANSLATORS: %s is an age: "12 s", "5 min". */
	snprintf(out, cap, _("%s ago"), age);
	return ms > stale_after_ms(s, queue) ? STYLE_WARN : STYLE_GOOD;
}
