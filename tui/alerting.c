#include "tui/alerting.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "tui/model/alert.h"
#include "tui/model/react.h"
#include "tui/model/shops.h"
#include "tui/model/state.h"
#include "tui/term/notice.h"
#include "tui/term/term.h"

#define TEXT_MAX 200
#define TITLE_MAX 400
#define COMMAND_MS 10000
#define COMMAND_WORDS_MAX 4096	/* of its errors: read, so that it can go on, and not shown */

void alerting_start(struct state *s)
{
	const struct settings *set = s->settings;
	s->alerting.ways = notify_ways(set->notify);
	s->alerting.command = (struct child){ .end_fd = -1, .out_fd = -1 };
	alert_init(&s->alerts, set->remind_s * 1000LL, quiet_read(set->quiet_hours));
}

void alerting_stop(struct state *s)
{
	child_kill(&s->alerting.command);
}

/* ---- the command ----------------------------------------------------------------------------- */

static unsigned say_failed(struct state *s, const char *why)
{
	if (s->alerting.failed)
		return REACT_NONE;
	s->alerting.failed = true;
	state_say(s, STYLE_WARN, _("The notify_command failed (%s): nobody hears of new orders by it."), why);
	return REACT_STATUS;
}

/* The next kind that waits for the command and is not out of date. */
static bool next_kind(struct state *s, enum alert_kind *kind)
{
	for (unsigned k = 0; k < ALERT_KINDS; k++) {
		unsigned bit = 1u << k;
		bool waits = s->alerting.waiting & bit;
		s->alerting.waiting &= ~bit;
		*kind = (enum alert_kind)k;
		if (waits && (k == ALERT_BACK || s->alerts.unseen[k] > 0))
			return true;
	}
	return false;
}

static unsigned start_command(struct state *s)
{
	static const char *const secrets[] = { "DUKEN_TOKEN", "CREDENTIALS_DIRECTORY", NULL };
	char text[TEXT_MAX];
	enum alert_kind kind;
	if (s->alerting.command.pid != 0 || !next_kind(s, &kind))
		return REACT_NONE;
	alert_words(&s->alerts, kind, text, sizeof(text));
	const char *const argv[] = { "/bin/sh", "-c", s->settings->notify_command, "duken", alert_name(kind), text,
		NULL };
	s->alerting.until_ms = s->mono_ms + COMMAND_MS;
	if (child_start(&s->alerting.command, &(struct child_options){ .argv = argv, .reads = CHILD_ERRORS,
			.without = secrets }))
		return REACT_NONE;
	return say_failed(s, strerror(errno));
}

static unsigned command_ended(struct state *s)
{
	char why[TEXT_MAX];
	int status = s->alerting.command.status;
	if (status == 0) {
		s->alerting.failed = false;
		return REACT_NONE;
	}
	if (status < 0)
		snprintf(why, sizeof(why), _("it did not end within %d s"), COMMAND_MS / 1000);
	else
		snprintf(why, sizeof(why), _("it ended with status %d"), status);
	return say_failed(s, why);
}

static unsigned command_step(struct state *s)
{
	struct buf words = BUF_INIT(COMMAND_WORDS_MAX);
	unsigned react = REACT_NONE;
	if (s->alerting.command.pid != 0) {
		bool ended = child_step(&s->alerting.command, &words);
		if (!ended && s->mono_ms >= s->alerting.until_ms) {
			child_kill(&s->alerting.command);
			ended = true;
		}
		if (ended)
			react = command_ended(s);
	}
	buf_clear(&words);
	return react | start_command(s);
}

/* ---- what is heard --------------------------------------------------------------------------- */

static void send_notice(const struct state *s, enum alert_kind kind)
{
	char title[TITLE_MAX], text[TEXT_MAX];
	snprintf(title, sizeof(title), "duken: %s", s->shop->label);
	alert_words(&s->alerts, kind, text, sizeof(text));
	notice_send(alert_name(kind), title, text);
}

/* An express order can be told by ear. */
static void ring(struct state *s, unsigned kinds)
{
	if (s->alerting.ways & NOTIFY_BELL) {
		term_beep();
		if (kinds & 1u << ALERT_EXPRESS)
			term_beep();
	}
	for (unsigned k = 0; k < ALERT_KINDS; k++) {
		if (kinds & 1u << k)
			send_notice(s, (enum alert_kind)k);
	}
	if (s->alerting.ways & NOTIFY_COMMAND)
		s->alerting.waiting |= kinds;
}

/* "(3!) duken: Shop" */
static bool show_title(const struct state *s)
{
	char title[TITLE_MAX], count[40] = "";
	size_t n = shops_unseen(s->shops);
	const char *trouble = shops_trouble(s->shops) ? "!" : "";
	if (n > 0)
		snprintf(count, sizeof(count), "(%zu%s) ", n, trouble);
	else if (*trouble != '\0')
		snprintf(count, sizeof(count), "(%s) ", trouble);
	snprintf(title, sizeof(title), "%sduken: %s", count, s->shop->label);
	return notice_title(title);
}

/* ---- the interface --------------------------------------------------------------------------- */

void alerting_event(struct state *s, const struct event *e)
{
	/* What was read before there was a first whole view is no news; nor is one that was looked for here. */
	if (e->kind == EVENT_CHANGED && e->order_id == NULL && s->fresh.seen_ms[FRESH_ALL] != 0)
		alert_orders(&s->alerts, e->added, e->express, s->mono_ms);
	/* It was paused by itself: it says why. */
	if (e->kind == EVENT_BATCH && e->message != NULL)
		alert_decide(&s->alerts, s->mono_ms);
}

void alerting_key(struct state *s)
{
	if (!s->too_small && !s->lock->on)
		alert_key(&s->alerts, s->mono_ms);
}

unsigned alerting_tick(struct state *s)
{
	unsigned react = REACT_NONE;
	alert_link(&s->alerts, state_unlinked(s), s->mono_ms);
	if (s->reader != NULL)
		alert_decisions(&s->alerts, s->ask_actions, s->mono_ms);
	unsigned kinds = alert_take(&s->alerts, s->mono_ms, s->now_ms);
	if (kinds != 0) {
		ring(s, kinds);
		react |= REACT_STATUS;
	}
	if (s->alerting.ways & NOTIFY_COMMAND)
		react |= command_step(s);
	if (s == shops_shown(s->shops) && show_title(s))
		react |= REACT_STATUS;
	return react;
}

int64_t alerting_due(const struct state *s)
{
	int64_t next = alert_next(&s->alerts);
	if (s->alerting.command.pid != 0 && (next == 0 || s->alerting.until_ms < next))
		next = s->alerting.until_ms;
	return next;
}

void alerting_fds(const struct state *s, int fds[2])
{
	fds[0] = s->alerting.command.pid != 0 ? s->alerting.command.end_fd : -1;
	fds[1] = s->alerting.command.pid != 0 ? s->alerting.command.out_fd : -1;
}
