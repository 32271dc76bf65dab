#include "order/urgency.h"

#include "base/clock.h"
#include "base/i18n.h"

#define FIRST_DATE_MS 1262304000000LL	/* 2010-01-01 */
#define LAST_DATE_MS 4102444800000LL	/* 2100-01-01 */
#define LAST_MINUTE (24 * 60 - 1)

struct urgency_ends urgency_ends(const struct limits *limits, int64_t now_ms)
{
	struct urgency_ends ends = {
		.overdue_ms = now_ms,
		.soon_ms = now_ms + limits->soon_min * CLOCK_MINUTE_MS,
		.today_ms = time_on_day(now_ms, 1, 0),
	};

	if (ends.today_ms < ends.soon_ms)
		ends.today_ms = ends.soon_ms;
	return ends;
}

static enum urgency_level level_of(int64_t due_ms, const struct urgency_ends *ends)
{
	if (due_ms < ends->overdue_ms)
		return URGENCY_OVERDUE;
	if (due_ms < ends->soon_ms)
		return URGENCY_SOON;
	return due_ms < ends->today_ms ? URGENCY_TODAY : URGENCY_LATER;
}

struct urgency urgency_of(enum due_kind kind, int64_t due_ms, const struct limits *limits, int64_t now_ms)
{
	struct urgency u = { .level = URGENCY_NONE, .kind = kind };
	struct urgency_ends ends;

	if (kind == DUE_NOTHING || !due_ms)
		return u;
	ends = urgency_ends(limits, now_ms);
	u.level = level_of(due_ms, &ends);
	u.due_ms = due_ms;
	return u;
}

const char *due_kind_name(enum due_kind kind)
{
	static const char *const names[DUE_KINDS] = {
		[DUE_NOTHING] = "nothing",
		[DUE_ACCEPT] = "accept",
		[DUE_HAND_OVER] = "hand_over",
		[DUE_DELIVER] = "deliver",
		[DUE_PICKUP] = "pickup",
		[DUE_ARRIVE] = "arrive",
		[DUE_WAIT] = "wait",
	};

	return kind < DUE_KINDS ? names[kind] : "?";
}

const char *urgency_level_name(enum urgency_level level)
{
	static const char *const names[URGENCY_LEVELS] = {
		[URGENCY_NONE] = "none",
		[URGENCY_LATER] = "later",
		[URGENCY_TODAY] = "today",
		[URGENCY_SOON] = "soon",
		[URGENCY_OVERDUE] = "overdue",
	};

	return level < URGENCY_LEVELS ? names[level] : "?";
}

const char *urgency_word(enum urgency_level level)
{
	switch (level) {
	case URGENCY_OVERDUE:
		/* TRANSLATORS: of an order, in a column of a list. */
		return _("overdue");
	case URGENCY_SOON:
		/* TRANSLATORS: an order is due within the next hours; in a column of a list. */
		return _("soon");
	case URGENCY_TODAY:
		/* TRANSLATORS: an order is due today, but not soon; in a column of a list. */
		return _("today");
	default:
		return "";
	}
}

bool due_is_date(int64_t ms)
{
	return ms >= FIRST_DATE_MS && ms < LAST_DATE_MS;
}

int64_t due_end_of(int64_t ms)
{
	if (!due_is_date(ms))
		return 0;
	return ms == time_day_start(ms) ? time_on_day(ms, 0, LAST_MINUTE) : ms;
}

int64_t due_cut_off(int64_t ms, const struct limits *limits)
{
	int64_t due = due_end_of(ms), cut_off;

	if (!due || limits->cut_off_min < 0)
		return due;
	cut_off = time_on_day(ms, 0, limits->cut_off_min);
	return due < cut_off ? due : cut_off;
}
