#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/money.h"
#include "tui/pane/pane.h"
#include "tui/model/state.h"
#include "tui/model/words.h"

/* Columns of a row, from the right; what is left is the customer's. */
#define WIDTH_MARK 1
#define WIDTH_CODE 11
#define WIDTH_TOTAL 12
#define WIDTH_AGE 7
#define WIDTH_WORD 17

static unsigned move(struct state *s, enum list_step step)
{
	switch (rows_move(&s->rows, s->reader, step)) {
	case LIST_SAME:
		return REACT_HANDLED;
	case LIST_CURSOR:
		shown_follow(s);
		return REACT_CURSOR;
	default:
		shown_follow(s);
		s->prefetch = true;
		return REACT_ORDERS;
	}
}

static unsigned mark(struct state *s)
{
	const struct order *o = rows_current(&s->rows);
	if (o == NULL)
		return REACT_HANDLED;
	if (marks_have(&s->marks, o->id))
		marks_remove(&s->marks, o->id);
	else if (!marks_add(&s->marks, o->id, o->code))
		state_say(s, STYLE_BAD, _("No more than %d orders can be marked."), MARKS_MAX);
	rows_move(&s->rows, s->reader, LIST_DOWN);
	shown_follow(s);
	return REACT_ORDERS | REACT_STATUS;
}

static unsigned mark_all(struct state *s)
{
	struct row_list all = ROW_LIST_INIT;
	bool full = false;
	if (s->reader == NULL ||
		!reader_rows(s->reader, &s->rows.view, NULL, READ_FORWARD, MARKS_MAX, &all, NULL))
		return REACT_HANDLED;
	for (size_t i = 0; i < all.orders.n && !full; i++)
		full = !marks_add(&s->marks, all.orders.items[i].id, all.orders.items[i].code);
	if (full || s->rows.list.n > MARKS_MAX)
		state_say(s, STYLE_WARN, _("Only the first %d orders are marked."), MARKS_MAX);
	row_list_clear(&all);
	return REACT_ORDERS | REACT_STATUS;
}

static unsigned open_details(struct state *s)
{
	if (rows_current(&s->rows) == NULL)
		return REACT_HANDLED;
	shown_now(s);
	shown_fetch(s);
	s->details_open = true;
	s->focus = FOCUS_DETAILS;
	return REACT_ALL;
}

static unsigned command(struct state *s, enum command command)
{
	enum list_step step;
	if (pane_step(command, &step))
		return move(s, step);
	switch (command) {
	case COMMAND_MARK:
		return mark(s);
	case COMMAND_MARK_ALL:
		return mark_all(s);
	case COMMAND_UNMARK_ALL:
		marks_clear(&s->marks);
		return REACT_ORDERS | REACT_STATUS;
	case COMMAND_OPEN:
		return open_details(s);
	default:
		return REACT_NONE;
	}
}

/* "queued", or how long it still waits. */
static const char *open_word(const struct state *s, const struct action *open, char *out, size_t cap)
{
	int64_t left = open->send_after_ms - s->now_ms;
	if (open->state != ACTION_QUEUED || left <= 0)
		return words_action(open->state);
	/* TRANSLATORS: an action is sent in %d seconds; short. */
	snprintf(out, cap, _("sent in %d s"), (int)((left + 999) / 1000));
	return out;
}

/* The word of a row: what is being done to the order, else where it is, else why it is urgent. */
static const char *row_word(const struct state *s, const struct order *o, enum style *style, char *out,
	size_t cap)
{
	const struct action *open = state_open_action(s, o->id);
	const struct queue_spec *queue = provider_queue(s->provider, o->queue);
	if (open != NULL) {
		*style = words_action_style(open->state);
		return open_word(s, open, out, cap);
	}
	const char *urgency = urgent_word(s, o, style, out, cap);
	if (*urgency != '\0')
		return urgency;
	*style = STYLE_NORMAL;
	return state_searching(s) && queue != NULL ? _(queue->label) : "";
}

static enum style row_style(bool cursor, bool focus, bool marked)
{
	if (cursor)
		return focus ? STYLE_CURSOR : STYLE_CURSOR_AWAY;
	return marked ? STYLE_STRONG : STYLE_NORMAL;
}

static void draw_order(const struct state *s, const struct area *in, int row, const struct order *o,
	bool cursor, bool focus)
{
	char text[64], words[48];
	bool marked = marks_have(&s->marks, o->id);
	enum style style = row_style(cursor, focus, marked), word_style;
	const char *word = row_word(s, o, &word_style, words, sizeof(words));
	int word_width = *word != '\0' ? draw_width(word) + 1 : 0;
	if (word_width > WIDTH_WORD)
		word_width = WIDTH_WORD;
	int age = in->cols - WIDTH_AGE, total = age - WIDTH_TOTAL, at = total - word_width;
	int name = WIDTH_MARK + WIDTH_CODE;

	draw_text(in, row, 0, WIDTH_MARK, style, marked ? draw_glyph(GLYPH_MARK) : "");
	draw_text(in, row, WIDTH_MARK, WIDTH_CODE, style, o->code);
	draw_text(in, row, name, at > name ? at - name : 0, style, o->customer);
	if (word_width > 0 && at >= name) {
		draw_text(in, row, at, 1, style, "");
		draw_text(in, row, at + 1, word_width - 1, cursor ? style : word_style, word);
	}
	money_format(o->total, text, sizeof(text));
	draw_right(in, row, total, WIDTH_TOTAL, style, text);
	age_format(s->now_ms - o->created_ms, text, sizeof(text));
	draw_right(in, row, age, WIDTH_AGE, style, text);
}

static void draw_row(const struct state *s, const struct area *in, int row, bool focus)
{
	size_t i = s->rows.list.top + (size_t)row;
	const struct order *o = i < s->rows.list.n ? rows_at(&s->rows, i) : NULL;
	if (o == NULL)
		draw_text(in, row, 0, -1, STYLE_NORMAL, "");
	else
		draw_order(s, in, row, o, i == s->rows.list.cursor, focus);
}

static void draw_empty(const struct state *s, const struct area *in)
{
	bool unseen = s->reader == NULL || s->fresh.seen_ms[s->queues.cursor] == 0;
	const char *text = unseen && !state_searching(s) ? _("The first sync is running: orders appear here soon.") :
		state_searching(s) ? _("Nothing found. Esc ends the search.") :
				     _("No orders in this queue.");
	draw_text(in, 0, 1, in->cols - 2, STYLE_NORMAL, text);
}

/* " · 2 overdue · 3 soon", as far as there are. */
static void add_urgent(const struct state *s, char *out, size_t cap)
{
	static const enum urgency_level levels[] = { URGENCY_OVERDUE, URGENCY_SOON };
	char count[64];
	for (size_t i = 0; i < 2; i++) {
		size_t len = strlen(out);
		urgent_count(s->urgent.counts[s->queues.cursor][levels[i]], levels[i], count, sizeof(count));
		if (*count != '\0')
			snprintf(out + len, cap - len, " %s %s", draw_glyph(GLYPH_DOT), count);
	}
}

static void title(const struct state *s, char *out, size_t cap)
{
	size_t n = s->rows.list.n;
	const char *dot = draw_glyph(GLYPH_DOT);
	const char *more = state_searching(s) && n == ROWS_SEARCH_LIMIT ? "+" : "";
	if (state_searching(s))
		snprintf(out, cap, _("Found: %.60s"), s->search_text);
	else
		snprintf(out, cap, "%s", _(state_queue(s)->label));
	size_t len = strlen(out);
	snprintf(out + len, cap - len, " %s %zu%s", dot, n, more);
	if (!state_searching(s))
		add_urgent(s, out, cap);
}

/* How old the list is, at the right end of its frame. */
static void draw_age(const struct state *s, const struct area *a, const char *title)
{
	char age[80];
	enum style style = fresh_words(s, state_searching(s) ? FRESH_ALL : s->queues.cursor, age,
		sizeof(age));
	if (state_unlinked(s))
		style = STYLE_BAD;
	draw_corner(a, title, style == STYLE_GOOD ? STYLE_DIM : style, age);
}

static void draw(const struct state *s, const struct area *a, bool focus)
{
	char text[512];
	struct area in = area_inside(a);
	title(s, text, sizeof(text));
	draw_box(a, focus, text);
	draw_age(s, a, text);
	for (int row = 0; row < in.rows; row++)
		draw_row(s, &in, row, focus);
	if (s->rows.list.n == 0 && in.rows > 0)
		draw_empty(s, &in);
}

static void draw_cursor(const struct state *s, const struct area *a, bool focus)
{
	struct area in = area_inside(a);
	draw_row(s, &in, (int)(s->rows.old_cursor - s->rows.list.top), focus);
	draw_row(s, &in, (int)(s->rows.list.cursor - s->rows.list.top), focus);
}

static void resize(struct state *s, int rows, int cols)
{
	(void)cols;
	rows_resize(&s->rows, s->reader, rows > 0 ? (size_t)rows : 0);
}

static const struct list *list(const struct state *s)
{
	return &s->rows.list;
}

static void go(struct state *s, size_t row)
{
	rows_put(&s->rows, s->reader, row);
	shown_follow(s);
}

static int cursor_row(const struct state *s)
{
	return (int)(s->rows.list.cursor - s->rows.list.top);
}

static const enum command commands[] = {
	COMMAND_OPEN, COMMAND_MARK, COMMAND_UNMARK_ALL, PANE_ACTIONS, COMMAND_WAYBILL, COMMAND_PICK, COMMAND_UNDO,
	COMMAND_COPY, COMMAND_MARK_ALL, COMMAND_NONE
};

const struct pane pane_orders = {
	.title = N_("Orders"),
	.commands = commands,
	.command = command,
	.draw = draw,
	.draw_cursor = draw_cursor,
	.resize = resize,
	.list = list,
	.go = go,
	.cursor_row = cursor_row,
};
