/* One action for many orders: what became of each, kept on the screen until the clerk has read it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/model/act.h"
#include "tui/command/command.h"
#include "tui/dialog/dialog.h"
#include "tui/pane/pane.h"
#include "tui/model/state.h"
#include "tui/term/term.h"
#include "tui/term/key.h"
#include "tui/model/words.h"
#include "tui/widget/page.h"

#define RESULT_TEXT_MAX (ERROR_TEXT_MAX + 128)
#define WHOLE_ROWS 4	/* an empty one and three of text */

struct result {
	char *order_id;
	char *code;
	uint64_t request;	/* 0: it was not sent */
	int64_t action_id;
	enum action_state state;
	bool waiting;
	bool failed;
	char *text;		/* why; NULL none */
};

struct results {
	struct dialog base;
	const struct action_spec *spec;
	struct result *items;
	struct list list;
};

static void set_text(struct result *r, const char *text)
{
	free(r->text);
	r->text = xstrdup_null(text);
}

static void send_one(struct state *s, struct results *d, struct result *r, const struct form *form)
{
	struct order_list fresh = ORDER_LIST_INIT;
	struct error why = ERROR_INIT;
	if (!reader_order_by_id(s->reader, r->order_id, &fresh, NULL, &why) ||
		!d->spec->applies(&fresh.items[0], &why)) {
		r->failed = true;
		set_text(r, why.text);
	} else {
		r->waiting = true;
		r->request = act_post(s, d->spec, r->order_id, r->code, form, ACT_QUIET);
	}
	order_list_clear(&fresh);
}

static struct result *find(struct results *d, uint64_t request)
{
	for (size_t i = 0; i < d->list.n; i++) {
		if (d->items[i].request == request)
			return &d->items[i];
	}
	return NULL;
}

static unsigned event(struct dialog *base, struct state *s, const struct event *e)
{
	struct results *d = (struct results *)base;
	struct result *r = e->reply_to != 0 ? find(d, e->reply_to) : NULL;
	(void)s;
	if (r == NULL)
		return REACT_NONE;
	if (e->kind == EVENT_FAILED || e->kind == EVENT_CANCELLED) {
		r->failed = true;
		r->waiting = false;
		set_text(r, e->error.text);
		return REACT_DIALOG;
	}
	r->action_id = e->action_id;
	r->state = e->action_state;
	if (e->kind == EVENT_QUEUED)
		r->state = ACTION_QUEUED;
	r->waiting = e->kind != EVENT_DONE;
	if (e->message != NULL)
		set_text(r, e->message);
	return REACT_DIALOG;
}

static unsigned undo(struct results *d, struct state *s)
{
	struct result *r = &d->items[d->list.cursor];
	if (r->request == 0 || !r->waiting || r->state != ACTION_QUEUED)
		return REACT_HANDLED;
	struct request *q = request_new(REQUEST_UNDO);
	q->action_id = r->action_id;
	desk_post(s->desk, q);
	return REACT_HANDLED;
}

static unsigned key(struct dialog *base, struct state *s, uint32_t key)
{
	struct results *d = (struct results *)base;
	enum command command = command_of_key(key);
	enum list_step step;
	if (key == KEY_ESC_)
		return REACT_CLOSE;
	if (pane_step(command, &step)) {
		list_move(&d->list, step);
		return REACT_DIALOG;
	}
	if (command == COMMAND_UNDO)
		return undo(d, s);
	if (key == KEY_ENTER_) {
		state_open_order(s, d->items[d->list.cursor].order_id);
		return REACT_CLOSE;
	}
	return REACT_NONE;
}

static const char *word(const struct results *d, const struct result *r, enum style *style)
{
	if (r->failed) {
		*style = STYLE_BAD;
		return _("not possible");
	}
	if (r->waiting && r->action_id == 0) {
		*style = STYLE_WARN;
		return _("being written down");
	}
	*style = words_action_style(r->state);
	if (r->state == ACTION_DONE && d->spec->done != NULL)
		return _(d->spec->done);
	return words_action(r->state);
}

static void line_of(const struct results *d, const struct result *r, char *out, size_t cap,
	enum style *style)
{
	const char *state = word(d, r, style);
	snprintf(out, cap, "%s  %s%s%s", r->code, state, r->text != NULL ? ": " : "",
		r->text != NULL ? r->text : "");
}

static void draw_row(const struct results *d, const struct area *in, int row)
{
	char line[RESULT_TEXT_MAX];
	enum style style;
	size_t i = d->list.top + (size_t)row;
	if (i >= d->list.n) {
		draw_text(in, row, 0, -1, STYLE_NORMAL, "");
		return;
	}
	bool cursor = i == d->list.cursor;
	line_of(d, &d->items[i], line, sizeof(line), &style);
	draw_text(in, row, 0, -1, cursor ? STYLE_CURSOR : style, line);
}

static void title(const struct results *d, char *out, size_t cap)
{
	size_t waiting = 0, done = 0;
	for (size_t i = 0; i < d->list.n; i++) {
		waiting += d->items[i].waiting;
		done += !d->items[i].waiting && !d->items[i].failed &&
			d->items[i].state == ACTION_DONE;
	}
	/* TRANSLATORS: name of the action; then numbers of orders. */
	snprintf(out, cap, _("%s: %zu of %zu done, %zu waiting"), _(d->spec->label), done, d->list.n,
		waiting);
}

/* The line under the cursor once more, whole, where lines are too long for the dialog. */
static bool too_long(const struct results *d, int cols)
{
	char line[RESULT_TEXT_MAX];
	enum style style;
	for (size_t i = 0; i < d->list.n; i++) {
		line_of(d, &d->items[i], line, sizeof(line), &style);
		if (draw_width(line) > cols)
			return true;
	}
	return false;
}

static void draw_whole(const struct results *d, const struct area *a)
{
	char line[RESULT_TEXT_MAX];
	enum style style;
	struct page text = PAGE_INIT;
	line_of(d, &d->items[d->list.cursor], line, sizeof(line), &style);
	page_reset(&text, a->cols);
	page_add(&text, style, line);
	page_draw(&text, a, 0);
	page_clear(&text);
}

static void draw(struct dialog *base, const struct state *s, const struct area *a)
{
	struct results *d = (struct results *)base;
	char head[256];
	int cols = a->cols - 8, below = too_long(d, cols - 2) ? WHOLE_ROWS : 0;
	struct area box = area_centre(a, (int)(d->list.n < 20 ? d->list.n : 20) + 2 + below, cols);
	struct area in = area_inside(&box);
	struct area end = { in.row + in.rows - below + 1, in.col, below - 1, in.cols };
	(void)s;
	title(d, head, sizeof(head));
	draw_clear(&box);
	draw_box(&box, true, head);
	draw_corner(&box, head, STYLE_DIM, _("Enter opens, u takes back"));
	in.rows -= below;
	list_resize(&d->list, d->list.n, (size_t)in.rows);
	for (int row = 0; row < in.rows; row++)
		draw_row(d, &in, row);
	if (below > 0)
		draw_whole(d, &end);
	term_cursor(in.row + (int)(d->list.cursor - d->list.top), in.col);
}

static void release(struct dialog *base)
{
	struct results *d = (struct results *)base;
	for (size_t i = 0; i < d->list.n; i++) {
		free(d->items[i].order_id);
		free(d->items[i].code);
		free(d->items[i].text);
	}
	free(d->items);
	free(d);
}

static void parts(struct dialog *base, struct dialog_parts *out)
{
	out->list = &((struct results *)base)->list;
}

static const struct dialog_ops ops = {
	.key = key, .event = event, .draw = draw, .free = release, .parts = parts
};

unsigned dialog_results(struct state *s, const struct action_spec *spec, const struct marks *orders,
	const struct form *form)
{
	struct results *d = xcalloc(1, sizeof(*d));
	d->base.ops = &ops;
	d->spec = spec;
	d->items = xcalloc(orders->n > 0 ? orders->n : 1, sizeof(d->items[0]));
	list_resize(&d->list, orders->n, 1);
	for (size_t i = 0; i < orders->n; i++) {
		d->items[i].order_id = xstrdup(orders->items[i].order_id);
		d->items[i].code = xstrdup(orders->items[i].code);
		send_one(s, d, &d->items[i], form);
	}
	dialog_open(s, &d->base);
	return REACT_DIALOG | REACT_ORDERS;
}
