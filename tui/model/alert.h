/* What has to reach a clerk who does not look at the screen, and when: decided here, made heard elsewhere.
 *
 * Rules, as a clerk expects them:
 *
 *  - Orders that came ring at once, and again every `remind` until somebody is known to be at the desk; express
 *    orders three times as often. What comes in quick succession rings once.
 *  - Any key tells that somebody is: every view says in its head how many orders are new, and the status line
 *    what came. But a key within a second after they came was on its way already.
 *  - A link that was lost rings once, and once more when it is back, if the loss was told: an interruption of a few
 *    seconds is nobody's business.
 *  - An action that a person has to decide on rings once.
 *  - In quiet hours nothing rings; the title and the screen go on. What is unseen rings after them, if it would have
 *    rung again at all.
 *
 * Plain data and pure functions: mono_ms is the monotonic clock, now_ms the UTC time of the same moment.
 *
 *	alert_orders(&a, 2, 0, mono_ms);
 *	while (... sleeps until alert_next(&a) ...)
 *		kinds = alert_take(&a, mono_ms, now_ms);	rings them
 *	alert_key(&a, mono_ms); */
#ifndef TUI_MODEL_ALERT_H
#define TUI_MODEL_ALERT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "desk/notify.h"

#define ALERT_KEY_MS 1000	/* a key so soon after something came says nothing */
#define ALERT_GAP_MS 2000	/* between two rings */
#define ALERT_LOST_MS 5000	/* a shorter interruption of the link is not told */
#define ALERT_OFTEN 3		/* express orders ring so much more often */

enum alert_kind {
	ALERT_EXPRESS,
	ALERT_NEW,
	ALERT_LOST,
	ALERT_BACK,
	ALERT_DECIDE,
	ALERT_KINDS
};

struct alerts {
	int64_t remind_ms;		/* 0 never */
	struct quiet_hours quiet;
	size_t unseen[ALERT_KINDS];	/* orders of ALERT_EXPRESS and ALERT_NEW, each in one of them; else 0 or 1 */
	unsigned waiting;		/* 1 << kind: to ring as soon as ring_ms lets it */
	int64_t ring_ms;		/* mono: the next ring; 0 none */
	int64_t rang_ms;		/* mono: the last one; 0 never */
	int64_t came_ms;		/* mono: the last thing that is unseen came */
	int64_t lost_ms;		/* mono: the link went; 0: it is there */
	bool lost_told;
	size_t decide;			/* actions that wait for a decision, as last told */
	bool decide_known;
};

void alert_init(struct alerts *a, int64_t remind_ms, struct quiet_hours quiet);

/* So many orders came, so many of them express. */
void alert_orders(struct alerts *a, size_t added, size_t express, int64_t mono_ms);
/* Whether the server cannot be asked; call it as often as you like. */
void alert_link(struct alerts *a, bool lost, int64_t mono_ms);
/* So many actions wait for a decision: more than before ring, the first number is only taken down. */
void alert_decisions(struct alerts *a, size_t n, int64_t mono_ms);
/* A bulk action paused itself. */
void alert_decide(struct alerts *a, int64_t mono_ms);
/* The clerk pressed a key. */
void alert_key(struct alerts *a, int64_t mono_ms);

/* When alert_take() has something to do: mono, 0 for never. */
int64_t alert_next(const struct alerts *a);
/* What rings now, a set of 1 << kind; 0 nothing. */
unsigned alert_take(struct alerts *a, int64_t mono_ms, int64_t now_ms);

/* All orders that are unseen. */
size_t alert_unseen_orders(const struct alerts *a);
/* Whether something besides orders is worth a look: a link that is lost, an action to decide on. */
bool alert_unseen_trouble(const struct alerts *a);
/* "new", "express", "lost", "back", "decide": what a program is told. */
const char *alert_name(enum alert_kind kind);
/* A sentence of counts alone, that may stand on a locked screen: "2 new orders". */
void alert_words(const struct alerts *a, enum alert_kind kind, char *out, size_t cap);

#endif
