#include "tui/screen.h"

#include <stdio.h>

#include "base/i18n.h"
#include "tui/bars.h"
#include "tui/dialog/dialog.h"
#include "tui/frame.h"
#include "tui/hints.h"
#include "tui/lock_screen.h"
#include "tui/pane/pane.h"
#include "tui/model/state.h"
#include "tui/term/term.h"
#include "tui/touring.h"
#include "tui/widget/spot.h"

void screen_frame(const struct state *s, struct frame *f)
{
	frame_make(f, term_rows() - touring_rows(s), term_cols());
}

static bool details_seen(const struct state *s, const struct frame *f)
{
	return !f->stacked || s->details_open;
}

static bool orders_seen(const struct state *s, const struct frame *f)
{
	return !f->stacked || !s->details_open;
}

void screen_layout(struct state *s)
{
	struct frame f;
	screen_frame(s, &f);
	s->too_small = f.too_small;
	if (f.too_small)
		return;
	struct area queues = area_inside(&f.queues), orders = area_inside(&f.orders),
		    details = area_inside(&f.details);
	pane_queues.resize(s, queues.rows, queues.cols);
	pane_orders.resize(s, orders.rows, orders.cols);
	pane_details.resize(s, details.rows, details.cols);
}

unsigned screen_command(struct state *s, enum command command)
{
	return pane_focused(s)->command(s, command);
}

static void note_panes(const struct state *s, const struct frame *f)
{
	spots_begin(SPOTS_DESK, NULL);
	spot_add((struct spot){ .kind = SPOT_PANE, .area = f->queues, .index = FOCUS_QUEUES });
	if (orders_seen(s, f))
		spot_add((struct spot){ .kind = SPOT_PANE, .area = f->orders, .index = FOCUS_ORDERS });
	if (details_seen(s, f))
		spot_add((struct spot){ .kind = SPOT_PANE, .area = f->details, .index = FOCUS_DETAILS });
}

static void draw_panes(struct state *s, const struct frame *f, unsigned react)
{
	bool all = react & REACT_ALL;
	if (all)
		note_panes(s, f);
	if (all || react & REACT_QUEUES)
		pane_queues.draw(s, &f->queues, s->focus == FOCUS_QUEUES);
	bool focus = s->focus == FOCUS_ORDERS || s->focus == FOCUS_SEARCH;
	if (orders_seen(s, f)) {
		if (all || react & REACT_ORDERS)
			pane_orders.draw(s, &f->orders, focus);
		else if (react & REACT_CURSOR)
			pane_orders.draw_cursor(s, &f->orders, focus);
	}
	if (details_seen(s, f) && (all || react & REACT_DETAILS))
		pane_details.draw(s, &f->details, s->focus == FOCUS_DETAILS);
}

/* A long message grows upwards over the panes, and dialogs keep away from it; where it has gone all is
 * drawn again. */
static unsigned fit_status(struct state *s, struct frame *f, unsigned react)
{
	int rows = bar_status_rows(s, f->status.cols);
	if (rows != s->status_rows)
		react |= REACT_ALL;
	else if (rows > 1)
		react |= REACT_STATUS;
	s->status_rows = rows;
	f->status.row -= rows - 1;
	f->status.rows = rows;
	f->body.rows -= rows - 1;
	return react;
}

static void draw_lines(struct state *s, const struct frame *f, unsigned react, int *search_col)
{
	bool all = react & REACT_ALL;
	if (all || react & REACT_HEAD)
		bar_head(s, &f->head);
	*search_col = -1;
	if (all || react & REACT_STATUS || s->focus == FOCUS_SEARCH)
		*search_col = bar_status(s, &f->status);
	if (f->hints.rows > 0 && react & ~(unsigned)(REACT_HANDLED | REACT_HEAD))
		hints_draw(s, &f->hints);
	if (all) {
		bar_keys(s, &f->bar);
		touring_draw(s);
	}
}

static void put_cursor(const struct state *s, const struct frame *f, int search_col)
{
	if (search_col >= 0)
		term_cursor(f->status.row, f->status.col + search_col);
	else if (s->focus == FOCUS_QUEUES)
		term_cursor(f->queues.row + 1 + pane_queues.cursor_row(s), f->queues.col + 1);
	else if (s->focus == FOCUS_DETAILS)
		term_cursor(f->details.row + 1 + pane_details.cursor_row(s), f->details.col + 1);
	else
		term_cursor(f->orders.row + 1 + pane_orders.cursor_row(s), f->orders.col + 1);
}

static void draw_too_small(void)
{
	char text[160];
	struct area all = { 0, 0, term_rows(), term_cols() };
	draw_clear(&all);
	snprintf(text, sizeof(text), _("This window is too small: %d x %d are needed."), FRAME_MIN_COLS,
		FRAME_MIN_ROWS);
	draw_text(&all, 0, 0, -1, STYLE_STRONG, text);
	snprintf(text, sizeof(text), _("No key acts but %s, which leaves."), command_plain_key(COMMAND_QUIT).text);
	draw_text(&all, 1, 0, -1, STYLE_NORMAL, text);
	term_cursor(0, 0);
}

void screen_draw(struct state *s, unsigned react)
{
	struct frame f;
	int search_col;
	if (react == REACT_NONE || react == REACT_HANDLED)
		return;
	if (s->lock->on) {
		lock_screen_draw(s);
		term_flush();
		return;
	}
	screen_frame(s, &f);
	if (f.too_small) {
		draw_too_small();
		term_flush();
		return;
	}
	/* A dialog may have become smaller: what is behind it comes back. */
	if (react & REACT_DIALOG)
		react |= REACT_ALL;
	react = fit_status(s, &f, react);
	draw_panes(s, &f, react);
	draw_lines(s, &f, react, &search_col);
	put_cursor(s, &f, search_col);
	dialogs_draw(s, &f.body);
	term_flush();
}
