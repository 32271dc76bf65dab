/* A cursor in a list longer than its page: arithmetic only, no terminal.
 *
 *	struct list l = LIST_INIT;
 *	list_resize(&l, n, page);		whenever either changes
 *	if (list_move(&l, LIST_PAGE_DOWN)) ...	what it did to the view
 *	for (i = l.top; i < l.top + l.page && i < l.n; i++) ... */
#ifndef TUI_WIDGET_LIST_H
#define TUI_WIDGET_LIST_H

#include <stdbool.h>
#include <stddef.h>

struct list {
	size_t n;	/* rows in all */
	size_t page;	/* rows that can be seen; 0 when nothing can */
	size_t cursor;	/* < n, 0 when n is 0 */
	size_t top;	/* first row seen */
};

#define LIST_INIT { .n = 0 }

enum list_step {
	LIST_UP,
	LIST_DOWN,
	LIST_PAGE_UP,
	LIST_PAGE_DOWN,
	LIST_HOME,
	LIST_END
};

enum list_change {
	LIST_SAME,
	LIST_CURSOR,	/* the cursor moved inside the page: two rows to paint */
	LIST_SCROLLED	/* all rows to paint */
};

/* Keeps the cursor where it was as far as it can. */
enum list_change list_resize(struct list *l, size_t n, size_t page);
/* A step over the edge of the page scrolls by half a page. */
enum list_change list_move(struct list *l, enum list_step step);
/* Moves what is seen, where there is no cursor; false when that changed nothing. */
bool list_scroll(struct list *l, enum list_step step);
/* Puts the cursor on a row; scrolls no more than needed. */
enum list_change list_go(struct list *l, size_t row);

#endif
