#include <stdio.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "tui/pane/pane.h"
#include "tui/model/state.h"

bool pane_step(enum command command, enum list_step *step)
{
	static const struct {
		enum command command;
		enum list_step step;
	} steps[] = {
		{ COMMAND_UP, LIST_UP },	   { COMMAND_DOWN, LIST_DOWN },
		{ COMMAND_PAGE_UP, LIST_PAGE_UP }, { COMMAND_PAGE_DOWN, LIST_PAGE_DOWN },
		{ COMMAND_HOME, LIST_HOME },	   { COMMAND_END, LIST_END },
	};
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		if (steps[i].command == command) {
			*step = steps[i].step;
			return true;
		}
	}
	return false;
}

/* The orders of the queue under the cursor. */
static void show(struct state *s)
{
	lineedit_clear(&s->search);
	state_open_list(s);
}

static unsigned command(struct state *s, enum command command)
{
	enum list_step step;
	if (command == COMMAND_OPEN) {
		s->focus = FOCUS_ORDERS;
		return REACT_ALL;
	}
	if (!pane_step(command, &step))
		return REACT_NONE;
	if (list_move(&s->queues, step) == LIST_SAME)
		return REACT_HANDLED;
	show(s);
	return REACT_QUEUES | REACT_ORDERS | REACT_STATUS;
}

/* "2!" of the queue's orders are overdue, else "3~" are due soon; the list's title has the words. */
static enum style urgent_mark(const struct state *s, size_t i, char *out, size_t cap)
{
	const size_t *counts = s->urgent.counts[i];
	enum urgency_level level = counts[URGENCY_OVERDUE] > 0 ? URGENCY_OVERDUE : URGENCY_SOON;
	out[0] = '\0';
	if (counts[level] > 0)
		snprintf(out, cap, " %zu%s", counts[level], level == URGENCY_OVERDUE ? "!" : "~");
	return urgent_style(level);
}

static void draw_row(const struct state *s, const struct area *in, int row, bool focus)
{
	char count[24], mark[24];
	size_t i = s->queues.top + (size_t)row;
	if (i >= s->queues.n) {
		draw_text(in, row, 0, -1, STYLE_NORMAL, "");
		return;
	}
	const struct queue_spec *q = &s->provider->queues[i];
	bool cursor = i == s->queues.cursor;
	bool work = q->active && s->queue_counts[i] > 0;
	enum style style = cursor ? (focus ? STYLE_CURSOR : STYLE_CURSOR_AWAY) :
		work ? STYLE_STRONG : STYLE_NORMAL;
	snprintf(count, sizeof(count), " %zu", s->queue_counts[i]);
	/* Nobody knows yet that there are none. */
	int wide = s->queue_counts[i] > 0 || s->fresh.seen_ms[i] > 0 ? draw_width(count) : 0;
	enum style mark_style = urgent_mark(s, i, mark, sizeof(mark));
	int label = in->cols - wide - draw_width(mark);
	draw_text(in, row, 0, label, style, _(q->label));
	draw_text(in, row, label, in->cols - wide - label, cursor ? style : mark_style, mark);
	draw_right(in, row, in->cols - wide, wide, style, count);
}

static void draw(const struct state *s, const struct area *a, bool focus)
{
	struct area in = area_inside(a);
	draw_box(a, focus, _("Queues"));
	for (int row = 0; row < in.rows; row++)
		draw_row(s, &in, row, focus);
}

static void resize(struct state *s, int rows, int cols)
{
	(void)cols;
	list_resize(&s->queues, s->queues.n, rows > 0 ? (size_t)rows : 0);
}

static const struct list *list(const struct state *s)
{
	return &s->queues;
}

static void go(struct state *s, size_t row)
{
	if (list_go(&s->queues, row) != LIST_SAME || state_searching(s))
		show(s);
}

static int cursor_row(const struct state *s)
{
	return (int)(s->queues.cursor - s->queues.top);
}

static const enum command commands[] = { COMMAND_OPEN, COMMAND_PICK, COMMAND_SEARCH, COMMAND_JOURNAL, COMMAND_NONE };

const struct pane pane_queues = {
	.title = N_("Queues"),
	.commands = commands,
	.command = command,
	.draw = draw,
	.resize = resize,
	.list = list,
	.go = go,
	.cursor_row = cursor_row,
};
