#include <stdio.h>

#include "base/i18n.h"
#include "tui/pane/pane.h"
#include "tui/model/state.h"

/* The details have no cursor of their own: moving scrolls. */
static unsigned scroll(struct list *l, enum list_step step)
{
	size_t last = l->n > l->page ? l->n - l->page : 0, old = l->top;
	size_t by = step == LIST_PAGE_UP || step == LIST_PAGE_DOWN ? l->page : 1;
	switch (step) {
	case LIST_UP:
	case LIST_PAGE_UP:
		l->top -= by < l->top ? by : l->top;
		break;
	case LIST_DOWN:
	case LIST_PAGE_DOWN:
		l->top = l->top + by < last ? l->top + by : last;
		break;
	case LIST_HOME:
		l->top = 0;
		break;
	case LIST_END:
		l->top = last;
		break;
	}
	l->cursor = l->top;
	return l->top != old ? REACT_DETAILS : REACT_HANDLED;
}

static unsigned command(struct state *s, enum command command)
{
	enum list_step step;
	if (!pane_step(command, &step))
		return REACT_NONE;
	return scroll(&s->shown.list, step);
}

static void draw(const struct state *s, const struct area *a, bool focus)
{
	const struct shown *v = &s->shown;
	const struct order *o = shown_order(v);
	struct area in = area_inside(a);
	draw_box(a, focus, o != NULL ? o->code : _("Order"));
	if (v->list.top + (size_t)in.rows < v->page.n && in.cols > 6)
		draw_text(a, a->rows - 1, a->cols - 4, 1, STYLE_STRONG, draw_glyph(GLYPH_MORE));
	page_draw(&v->page, &in, v->list.top);
}

static void resize(struct state *s, int rows, int cols)
{
	shown_resize(s, rows, cols);
}

static int cursor_row(const struct state *s)
{
	(void)s;
	return 0;
}

const struct pane pane_details = {
	.command = command,
	.draw = draw,
	.resize = resize,
	.cursor_row = cursor_row,
};
