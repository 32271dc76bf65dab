#include "tui/model/urgent.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "tui/model/state.h"
#include "tui/model/words.h"

bool urgent_read(struct state *s)
{
	struct urgent old = s->urgent;
	struct urgency_ends ends = urgency_ends(&s->shop->limits, s->now_ms);

	if (s->reader == NULL)
		return false;
	s->urgent = (struct urgent){ .all = { 0 } };
	for (size_t q = 0; q < s->queues.n; q++) {
		reader_due_counts(s->reader, s->provider->queues[q].id, &ends, s->urgent.counts[q]);
		for (int level = 0; level < URGENCY_LEVELS; level++)
			s->urgent.all[level] += s->urgent.counts[q][level];
	}
	return memcmp(&old, &s->urgent, sizeof(old)) != 0;
}

enum style urgent_style(enum urgency_level level)
{
	static const enum style styles[URGENCY_LEVELS] = {
		[URGENCY_NONE] = STYLE_NORMAL,
		[URGENCY_LATER] = STYLE_NORMAL,
		[URGENCY_TODAY] = STYLE_TODAY,
		[URGENCY_SOON] = STYLE_SOON,
		[URGENCY_OVERDUE] = STYLE_OVERDUE,
	};
	return styles[level];
}

static struct urgency now_of(const struct state *s, const struct order *o)
{
	return order_urgency(s->provider, &s->shop->limits, o, s->now_ms);
}

const char *urgent_word(const struct state *s, const struct order *o, enum style *style, char *out, size_t cap)
{
	struct urgency u = now_of(s, o);
	char when[32];
	*style = urgent_style(u.level);
	if (u.level == URGENCY_OVERDUE) {
		age_format(s->now_ms - u.due_ms, when, sizeof(when));
		/* TRANSLATORS: %s is how long: "2 h". At most 16 columns with it. */
		snprintf(out, cap, _("overdue %s"), when);
		return out;
	}
	if (u.level == URGENCY_NONE || u.level == URGENCY_LATER)
		return o->express && u.kind != DUE_NOTHING ? _("express") : "";
	time_format(u.due_ms, "%H:%M", when, sizeof(when));
	if (o->express)
		/* TRANSLATORS: an express order and the time of day until when something has to be done. */
		snprintf(out, cap, _("express %s"), when);
	else if (u.level == URGENCY_SOON)
		/* TRANSLATORS: the order is due soon, at that time of day: "soon 17:40". */
		snprintf(out, cap, _("soon %s"), when);
	else
		/* TRANSLATORS: the order is due today at that time: "today 18:00". */
		snprintf(out, cap, _("today %s"), when);
	return out;
}

/* ---- the sentence ---------------------------------------------------------------------------- */

/* What has to be done until then; an order that nobody collected in time needs a call. */
static const char *what_format(const struct urgency *u)
{
	switch (u->kind) {
	case DUE_ACCEPT:
		/* TRANSLATORS: in these, %s is a time: "18:00 today" or "26.11 18:00". */
		return _("Accept by %s");
	case DUE_HAND_OVER:
		return _("Hand over by %s");
	case DUE_DELIVER:
		return _("Deliver by %s");
	case DUE_ARRIVE:
		return _("Have the goods here by %s");
	case DUE_PICKUP:
		return u->level == URGENCY_OVERDUE ? _("Not collected by %s: call the buyer") :
						     _("To be collected by %s");
	default:
		return "%s";
	}
}

static void when_text(int64_t ms, int64_t now_ms, char *out, size_t cap)
{
	char when[40];
	words_time(ms, now_ms, when, sizeof(when));
	if (time_day_start(ms) == time_day_start(now_ms))
		/* TRANSLATORS: %s is a time of day; goes into "Hand over by %s". */
		snprintf(out, cap, _("%s today"), when);
	else
		snprintf(out, cap, "%s", when);
}

bool urgent_sentence(const struct state *s, const struct order *o, enum style *style, char *out, size_t cap)
{
	struct urgency u = now_of(s, o);
	char when[80], what[160], span[40];
	if (u.level == URGENCY_NONE)
		return false;
	*style = urgent_style(u.level);
	when_text(u.due_ms, s->now_ms, when, sizeof(when));
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	snprintf(what, sizeof(what), what_format(&u), when);
#pragma GCC diagnostic pop
	bool late = u.level == URGENCY_OVERDUE;
	words_span(late ? s->now_ms - u.due_ms : u.due_ms - s->now_ms, span, sizeof(span));
	/* TRANSLATORS: the first %s is a sentence such as "Hand over by 18:00 today", the second how long. */
	snprintf(out, cap, late ? _("%s (overdue by %s)") : _("%s (in %s)"), what, span);
	return true;
}

void urgent_count(size_t n, enum urgency_level level, char *out, size_t cap)
{
	out[0] = '\0';
	if (n > 0 && level == URGENCY_OVERDUE)
		/* TRANSLATORS: so many orders are overdue; short, for the head line. */
		snprintf(out, cap, ngettext("%zu overdue", "%zu overdue", n), n);
	else if (n > 0 && level == URGENCY_SOON)
		/* TRANSLATORS: so many orders are due soon; short, for the head line. */
		snprintf(out, cap, ngettext("%zu soon", "%zu soon", n), n);
}
