#include "tui/model/alert.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/i18n.h"

#define BIT(kind) (1u << (kind))

void alert_init(struct alerts *a, int64_t remind_ms, struct quiet_hours quiet)
{
	*a = (struct alerts){ .remind_ms = remind_ms, .quiet = quiet };
}

/* ---- what happened --------------------------------------------------------------------------- */

/* Rings now, or as soon as the last ring is over. */
static void ring(struct alerts *a, enum alert_kind kind, int64_t mono_ms)
{
	int64_t free_ms = a->rang_ms != 0 ? a->rang_ms + ALERT_GAP_MS : mono_ms;
	int64_t at = free_ms > mono_ms ? free_ms : mono_ms;
	a->waiting |= BIT(kind);
	if (a->ring_ms == 0 || at < a->ring_ms)
		a->ring_ms = at;
}

void alert_orders(struct alerts *a, size_t added, size_t express, int64_t mono_ms)
{
	if (express > added)
		express = added;
	a->unseen[ALERT_EXPRESS] += express;
	a->unseen[ALERT_NEW] += added - express;
	if (added == 0)
		return;
	a->came_ms = mono_ms;
	if (express > 0)
		ring(a, ALERT_EXPRESS, mono_ms);
	if (added > express)
		ring(a, ALERT_NEW, mono_ms);
}

void alert_link(struct alerts *a, bool lost, int64_t mono_ms)
{
	if (lost) {
		if (a->lost_ms == 0)
			a->lost_ms = mono_ms;
		return;
	}
	a->lost_ms = 0;
	a->unseen[ALERT_LOST] = 0;
	a->waiting &= ~BIT(ALERT_LOST);
	if (a->lost_told)
		ring(a, ALERT_BACK, mono_ms);
	a->lost_told = false;
}

void alert_decide(struct alerts *a, int64_t mono_ms)
{
	a->unseen[ALERT_DECIDE] = 1;
	a->came_ms = mono_ms;
	ring(a, ALERT_DECIDE, mono_ms);
}

void alert_decisions(struct alerts *a, size_t n, int64_t mono_ms)
{
	if (a->decide_known && n > a->decide)
		alert_decide(a, mono_ms);
	a->decide_known = true;
	a->decide = n;
}

void alert_key(struct alerts *a, int64_t mono_ms)
{
	if (mono_ms - a->came_ms < ALERT_KEY_MS)
		return;
	a->unseen[ALERT_EXPRESS] = a->unseen[ALERT_NEW] = a->unseen[ALERT_DECIDE] = 0;
	a->waiting &= BIT(ALERT_LOST) | BIT(ALERT_BACK);
	if (a->waiting == 0)
		a->ring_ms = 0;
}

/* ---- when it rings --------------------------------------------------------------------------- */

static bool is_quiet(const struct alerts *a, int64_t now_ms)
{
	if (a->quiet.from < 0)
		return false;
	bool begun = now_ms >= time_on_day(now_ms, 0, a->quiet.from);
	bool over = now_ms >= time_on_day(now_ms, 0, a->quiet.to);
	return a->quiet.from < a->quiet.to ? begun && !over : begun || !over;
}

static int64_t remind_ms(const struct alerts *a)
{
	if (a->unseen[ALERT_EXPRESS] == 0)
		return a->remind_ms;
	int64_t often = a->remind_ms / ALERT_OFTEN;
	return often > ALERT_GAP_MS ? often : a->remind_ms < ALERT_GAP_MS ? a->remind_ms : ALERT_GAP_MS;
}

static unsigned unseen_orders(const struct alerts *a)
{
	return (a->unseen[ALERT_EXPRESS] > 0 ? BIT(ALERT_EXPRESS) : 0) |
		(a->unseen[ALERT_NEW] > 0 ? BIT(ALERT_NEW) : 0);
}

int64_t alert_next(const struct alerts *a)
{
	int64_t lost = a->lost_ms != 0 && !a->lost_told ? a->lost_ms + ALERT_LOST_MS : 0;
	if (a->ring_ms == 0 || (lost != 0 && lost < a->ring_ms))
		return lost;
	return a->ring_ms;
}

unsigned alert_take(struct alerts *a, int64_t mono_ms, int64_t now_ms)
{
	if (a->lost_ms != 0 && !a->lost_told && mono_ms - a->lost_ms >= ALERT_LOST_MS) {
		a->lost_told = true;
		a->unseen[ALERT_LOST] = 1;
		ring(a, ALERT_LOST, mono_ms);
	}
	if (a->ring_ms == 0 || mono_ms < a->ring_ms)
		return 0;
	bool reminds = a->remind_ms > 0 && unseen_orders(a) != 0;
	unsigned kinds = a->waiting;
	/* A reminder is for all that is unseen, what has only just come among it. */
	if (reminds && (kinds == 0 || mono_ms - a->rang_ms >= remind_ms(a)))
		kinds |= unseen_orders(a);
	a->waiting = 0;
	if (is_quiet(a, now_ms)) {
		a->ring_ms = reminds ? mono_ms + CLOCK_MINUTE_MS : 0;
		return 0;
	}
	a->rang_ms = mono_ms;
	a->ring_ms = reminds ? mono_ms + remind_ms(a) : 0;
	return kinds;
}

/* ---- words ----------------------------------------------------------------------------------- */

size_t alert_unseen_orders(const struct alerts *a)
{
	return a->unseen[ALERT_EXPRESS] + a->unseen[ALERT_NEW];
}

bool alert_unseen_trouble(const struct alerts *a)
{
	return a->unseen[ALERT_LOST] > 0 || a->unseen[ALERT_DECIDE] > 0;
}

const char *alert_name(enum alert_kind kind)
{
	static const char *const names[] = {
		[ALERT_EXPRESS] = "express",
		[ALERT_NEW] = "new",
		[ALERT_LOST] = "lost",
		[ALERT_BACK] = "back",
		[ALERT_DECIDE] = "decide",
	};
	return kind < ALERT_KINDS ? names[kind] : "";
}

void alert_words(const struct alerts *a, enum alert_kind kind, char *out, size_t cap)
{
	size_t n = kind < ALERT_KINDS ? a->unseen[kind] : 0;
	switch (kind) {
	case ALERT_EXPRESS:
		snprintf(out, cap, ngettext("%zu new express order", "%zu new express orders", n), n);
		break;
	case ALERT_NEW:
		snprintf(out, cap, ngettext("%zu new order", "%zu new orders", n), n);
		break;
	case ALERT_LOST:
		snprintf(out, cap, "%s", _("The marketplace cannot be asked: new orders do not arrive."));
		break;
	case ALERT_BACK:
		snprintf(out, cap, "%s", _("The marketplace can be asked again."));
		break;
	case ALERT_DECIDE:
		snprintf(out, cap, "%s", _("An action waits for a person to decide."));
		break;
	default:
		out[0] = '\0';
		break;
	}
}
