/* The order list's rows: a window of the store around the cursor, however long the list is.
 *
 * Rows are counted from 0 at the top of the list; only those near the page are held, read by keys
 * from their neighbours. The window is moved by the calls that move the cursor; drawing only looks. */
#ifndef TUI_MODEL_ROWS_H
#define TUI_MODEL_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "store/reader.h"
#include "tui/widget/list.h"

#define ROWS_LIMIT 1000000	/* rows counted at most */
#define ROWS_SEARCH_LIMIT 1000	/* rows counted at most while searching */

struct rows {
	struct view view;	/* strings borrowed */
	struct list list;
	size_t old_cursor;	/* where it was before the last move: that row is stale too */
	struct row_list held;
	struct row_list spare;
	size_t first;		/* number of held.orders.items[0] */
};

#define ROWS_INIT { .held = ROW_LIST_INIT, .spare = ROW_LIST_INIT }

void rows_clear(struct rows *w);

/* Shows another view from its top. `r` NULL: no rows. */
void rows_open(struct rows *w, struct reader *r, const struct view *view);
/* Reads again after the store changed; the cursor stays on its order, or on its row if that has gone. */
void rows_reload(struct rows *w, struct reader *r);
void rows_resize(struct rows *w, struct reader *r, size_t page);
enum list_change rows_move(struct rows *w, struct reader *r, enum list_step step);
/* Puts the cursor on a row of the page. */
void rows_put(struct rows *w, struct reader *r, size_t row);
/* Puts the cursor on the order that has this key in the view. */
void rows_go(struct rows *w, struct reader *r, const struct row_key *key);
/* Reads ahead, so that the next page is there when it is asked for. */
void rows_prefetch(struct rows *w, struct reader *r);

/* NULL when the row is not held. */
const struct order *rows_at(const struct rows *w, size_t row);
/* Its key, for rows_go(); false when there is no order. */
bool rows_key(const struct rows *w, struct row_key *out);
/* The order under the cursor, or NULL. */
const struct order *rows_current(const struct rows *w);

#endif
