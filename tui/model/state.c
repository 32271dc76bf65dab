#include "tui/model/state.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "tui/model/act.h"
#include "tui/model/react.h"

#define MESSAGE_MS 10000	/* what happened can be read so long at least */
#define ANSWER_MS 300		/* a second press of the same key is no sign that it was read */

void state_init(struct state *s, const struct provider *p)
{
	*s = (struct state){
		.provider = p,
		.now_ms = clock_now_ms(),
		.mono_ms = clock_mono_ms(),
		.rows = ROWS_INIT,
		.shown = SHOWN_INIT,
		.marks = MARKS_INIT,
		.open = ACTION_LIST_INIT,
		.focus = FOCUS_ORDERS,
	};
	fresh_init(&s->fresh, p);
	size_t n = 0;
	while (n < QUEUES_MAX && p->queues[n].id != NULL)
		n++;
	list_resize(&s->queues, n, n);
	lineedit_init(&s->search, 100);
}

void state_clear(struct state *s)
{
	acts_clear(s);
	rows_clear(&s->rows);
	shown_clear(&s->shown);
	marks_clear(&s->marks);
	action_list_clear(&s->open);
	reader_close(s->reader);
	s->reader = NULL;
}

void state_say(struct state *s, enum style style, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	vsnprintf(s->message, sizeof(s->message), format, args);
	va_end(args);
	s->message_style = style;
	s->message_until = s->mono_ms + MESSAGE_MS;
	s->message_end = 0;
}

unsigned state_say_why_not(struct state *s, const char *why)
{
	state_say(s, STYLE_BAD, "%s", why);
	s->message_until = s->mono_ms + ANSWER_MS;
	return REACT_STATUS;
}

unsigned state_hush(struct state *s)
{
	/* A key on a locked desk is no sign that it was read. */
	if (s->message[0] == '\0' || s->mono_ms < s->message_until || s->lock->on)
		return REACT_NONE;
	s->message[0] = '\0';
	return REACT_STATUS;
}

bool state_open_reader(struct state *s)
{
	if (s->reader == NULL)
		s->reader = reader_open(s->state_dir, NULL);
	return s->reader != NULL;
}

static void read_counts(struct state *s)
{
	for (size_t i = 0; i < s->queues.n; i++)
		s->queue_counts[i] = reader_queue_count(s->reader, s->provider->queues[i].id);
	urgent_read(s);
	fresh_read(&s->fresh, s->provider, s->reader);
}

void state_reload_actions(struct state *s)
{
	struct journal_query open = { .open_only = true };
	if (s->reader == NULL)
		return;
	action_list_clear(&s->open);
	reader_open_actions(s->reader, &s->open_actions, &s->ask_actions);
	if (s->open_actions > 0)
		reader_journal(s->reader, &open, &s->open, NULL);
	bulk_read(s);
}

void state_open(struct state *s)
{
	if (state_open_reader(s)) {
		read_counts(s);
		state_reload_actions(s);
	}
	state_open_list(s);
	shown_now(s);
}

void state_reload(struct state *s)
{
	if (s->reader == NULL) {
		state_open(s);
		return;
	}
	read_counts(s);
	state_reload_actions(s);
	rows_reload(&s->rows, s->reader);
	/* An order that was opened stays; otherwise the row under the cursor may be another one now. */
	if (s->focus == FOCUS_DETAILS && s->shown.order_id != NULL)
		shown_reload(s);
	else if (s->shown.follow_at == 0)
		shown_now(s);
}

const struct queue_spec *state_queue(const struct state *s)
{
	return &s->provider->queues[s->queues.cursor];
}

bool state_unlinked(const struct state *s)
{
	return s->link == LINK_OFFLINE || s->link == LINK_UNAUTHORIZED;
}

bool state_searching(const struct state *s)
{
	return s->search_text[0] != '\0';
}

void state_open_list(struct state *s)
{
	struct view view = { .queue = state_queue(s)->id };
	snprintf(s->search_text, sizeof(s->search_text), "%s", s->search.text);
	if (state_searching(s))
		view = (struct view){ .search = s->search_text };
	rows_open(&s->rows, s->reader, &view);
	shown_follow(s);
}

static size_t queue_index(const struct state *s, const char *id)
{
	for (size_t i = 0; i < s->queues.n; i++) {
		if (strcmp(s->provider->queues[i].id, id) == 0)
			return i;
	}
	return s->queues.cursor;
}

bool state_open_order(struct state *s, const char *order_id)
{
	struct order_list found = ORDER_LIST_INIT;
	struct row_key key;
	bool ok = s->reader != NULL && reader_order_by_id(s->reader, order_id, &found, &key, NULL);
	if (ok) {
		lineedit_clear(&s->search);
		s->search_stale = false;	/* it would load the list anew, from its top */
		list_go(&s->queues, queue_index(s, found.items[0].queue));
		state_open_list(s);
		rows_go(&s->rows, s->reader, &key);
		shown_now(s);
		shown_fetch(s);
		s->focus = FOCUS_DETAILS;
		s->details_open = true;
	}
	order_list_clear(&found);
	return ok;
}

const char *state_target(const struct state *s)
{
	const struct order *row = rows_current(&s->rows);
	if (s->focus == FOCUS_DETAILS)
		return s->shown.order_id;
	return row != NULL ? row->id : NULL;
}

const struct action *state_open_action(const struct state *s, const char *order_id)
{
	for (size_t i = 0; i < s->open.n; i++) {
		if (strcmp(s->open.items[i].order_id, order_id) == 0)
			return &s->open.items[i];
	}
	return NULL;
}
