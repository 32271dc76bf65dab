#include "tui/widget/list.h"

static size_t last_top(const struct list *l)
{
	return l->n > l->page ? l->n - l->page : 0;
}

/* The cursor is right; brings the page to it. */
static void follow(struct list *l)
{
	if (l->page == 0) {
		l->top = l->cursor;
		return;
	}
	if (l->cursor < l->top)
		l->top = l->cursor;
	if (l->cursor >= l->top + l->page)
		l->top = l->cursor - l->page + 1;
	if (l->top > last_top(l))
		l->top = last_top(l);
}

static enum list_change changed(const struct list *old, const struct list *now)
{
	if (old->top != now->top)
		return LIST_SCROLLED;
	return old->cursor != now->cursor ? LIST_CURSOR : LIST_SAME;
}

enum list_change list_resize(struct list *l, size_t n, size_t page)
{
	struct list old = *l;
	l->n = n;
	l->page = page;
	if (l->cursor >= n)
		l->cursor = n > 0 ? n - 1 : 0;
	follow(l);
	return old.n != n || old.page != page ? LIST_SCROLLED : changed(&old, l);
}

static void page_by(struct list *l, size_t step)
{
	size_t room = last_top(l) - l->top;
	l->top += step < room ? step : room;
	l->cursor = step < l->n - l->cursor ? l->cursor + step : l->n - 1;
}

static void page_back(struct list *l, size_t step)
{
	l->top -= step < l->top ? step : l->top;
	l->cursor -= step < l->cursor ? step : l->cursor;
}

/* Over the edge by half a page: panes beside each other cannot scroll in hardware, so each scrolled line
 * would cost a whole page of output. */
static void step_to(struct list *l, size_t row)
{
	l->cursor = row;
	if (row < l->top || row >= l->top + l->page)
		l->top = row > l->page / 2 ? row - l->page / 2 : 0;
}

enum list_change list_move(struct list *l, enum list_step step)
{
	struct list old = *l;
	if (l->n == 0)
		return LIST_SAME;
	switch (step) {
	case LIST_UP:
		step_to(l, l->cursor - (l->cursor > 0));
		break;
	case LIST_DOWN:
		step_to(l, l->cursor + (l->cursor + 1 < l->n));
		break;
	case LIST_PAGE_UP:
		page_back(l, l->page);
		break;
	case LIST_PAGE_DOWN:
		page_by(l, l->page);
		break;
	case LIST_HOME:
		l->cursor = 0;
		break;
	case LIST_END:
		l->cursor = l->n - 1;
		break;
	}
	follow(l);
	return changed(&old, l);
}

bool list_scroll(struct list *l, enum list_step step)
{
	size_t last = last_top(l), old = l->top;
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
	return l->top != old;
}

enum list_change list_go(struct list *l, size_t row)
{
	struct list old = *l;
	if (l->n == 0)
		return LIST_SAME;
	l->cursor = row < l->n ? row : l->n - 1;
	follow(l);
	return changed(&old, l);
}
