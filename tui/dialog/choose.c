#include "tui/dialog/choose.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/command/command.h"
#include "tui/dialog/dialog.h"
#include "tui/pane/pane.h"
#include "tui/term/key.h"
#include "tui/term/term.h"
#include "tui/widget/page.h"
#include "tui/widget/spot.h"

#define CHOOSE_COLUMNS 76

struct choose {
	struct dialog base;
	const struct choices *choices;
	struct list list;
	struct page note;
};

static unsigned key(struct dialog *base, struct state *s, uint32_t key)
{
	struct choose *d = (struct choose *)base;
	enum command command = command_of_key(key);
	enum list_step step;
	if (key == KEY_ESC_ || command == COMMAND_QUIT)
		return REACT_CLOSE;
	if (pane_step(command, &step)) {
		list_move(&d->list, step);
		return REACT_DIALOG;
	}
	if (key == KEY_ENTER_ && d->list.n > 0) {
		unsigned react = d->choices->chosen(s, d->list.cursor);
		return react == REACT_HANDLED ? REACT_DIALOG | REACT_STATUS : react | REACT_CLOSE;
	}
	return REACT_NONE;
}

static unsigned event(struct dialog *base, struct state *s, const struct event *e)
{
	(void)base;
	(void)s;
	(void)e;
	return REACT_DIALOG;
}

static void draw_row(const struct choose *d, const struct state *s, const struct area *a, int row)
{
	struct choice c = { .style = STYLE_NORMAL };
	size_t i = d->list.top + (size_t)row;
	if (i >= d->list.n)
		return;
	d->choices->row(s, i, &c);
	enum style style = i == d->list.cursor ? STYLE_CURSOR : c.style;
	int right = draw_width(c.right);
	draw_text(a, row, 0, -1, style, "");
	draw_text(a, row, 1, a->cols - right - 3, style, c.left);
	draw_right(a, row, a->cols - right - 1, right, style, c.right);
}

static void draw(struct dialog *base, const struct state *s, const struct area *a)
{
	struct choose *d = (struct choose *)base;
	int columns = a->cols < CHOOSE_COLUMNS ? a->cols : CHOOSE_COLUMNS;
	page_reset(&d->note, columns - 4);
	if (d->choices->note != NULL)
		page_add(&d->note, STYLE_DIM, _(d->choices->note));
	int below = d->note.n > 0 ? (int)d->note.n + 1 : 0;
	size_t n = d->choices->count(s);
	struct area box = area_centre(a, (int)n + 2 + below, columns), in = area_inside(&box);
	struct area body = { in.row, in.col, in.rows - below, in.cols };
	struct area note = { in.row + in.rows - below + 1, in.col + 1, below - 1, in.cols - 2 };
	list_resize(&d->list, n, body.rows > 0 ? (size_t)body.rows : 0);
	draw_clear(&box);
	draw_box(&box, true, _(d->choices->title));
	spot_add((struct spot){ .kind = SPOT_LIST, .area = body });
	for (int row = 0; row < body.rows; row++)
		draw_row(d, s, &body, row);
	if (below > 0)
		page_draw(&d->note, &note, 0);
	term_cursor(body.row + (int)(d->list.cursor - d->list.top), body.col);
}

static void release(struct dialog *base)
{
	struct choose *d = (struct choose *)base;
	page_clear(&d->note);
	free(d);
}

static void parts(struct dialog *base, struct dialog_parts *out)
{
	out->list = &((struct choose *)base)->list;
}

static const struct dialog_key keys[] = {
	{ .keys = "Up Down", .help = N_("Choose a row") },
	{ .keys = "Enter", .help = N_("Take it") },
	{ .keys = "Esc", .help = N_("Close") },
	{ .help = NULL }
};

static const struct dialog_ops ops = {
	.title = N_("A list to choose from"), .keys = keys,
	.key = key, .event = event, .draw = draw, .free = release, .parts = parts, .gives_way = true
};

unsigned dialog_choose(struct state *s, const struct choices *choices, size_t at)
{
	struct choose *d = xcalloc(1, sizeof(*d));
	d->base.ops = &ops;
	d->choices = choices;
	d->note = (struct page)PAGE_INIT;
	d->list.n = choices->count(s);
	list_go(&d->list, at);
	dialog_open(s, &d->base);
	return REACT_DIALOG;
}
