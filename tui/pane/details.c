#include <stdio.h>

#include "base/i18n.h"
#include "tui/pane/pane.h"
#include "tui/model/state.h"
#include "tui/term/hyperlink.h"

static unsigned command(struct state *s, enum command command)
{
	enum list_step step;
	if (!pane_step(command, &step))
		return REACT_NONE;
	/* The details have no cursor of their own. */
	return list_scroll(&s->shown.list, step) ? REACT_DETAILS : REACT_HANDLED;
}

static void draw(const struct state *s, const struct area *a, bool focus)
{
	const struct shown *v = &s->shown;
	const struct order *o = shown_order(v);
	struct area in = area_inside(a);
	draw_box(a, focus, o != NULL ? o->code : _("Order"));
	if (v->list.top + (size_t)in.rows < v->page.n && in.cols > 6)
		draw_text(a, a->rows - 1, a->cols - 4, 1, STYLE_STRONG, draw_glyph(GLYPH_MORE));
	hyperlinks_begin();
	page_draw(&v->page, &in, v->list.top);
}

static void resize(struct state *s, int rows, int cols)
{
	shown_resize(s, rows, cols);
}

static const struct list *list(const struct state *s)
{
	return &s->shown.list;
}

static int cursor_row(const struct state *s)
{
	(void)s;
	return 0;
}

static const enum command commands[] = {
	COMMAND_BACK, PANE_ACTIONS, COMMAND_WAYBILL, COMMAND_UNDO, COMMAND_COPY, COMMAND_PHONE, COMMAND_NONE
};

const struct pane pane_details = {
	.title = N_("Order"),
	.commands = commands,
	.command = command,
	.draw = draw,
	.resize = resize,
	.list = list,
	.cursor_row = cursor_row,
};
