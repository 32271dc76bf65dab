/* Where everything stands: the head line, the panes, the status line, the function bar.
 *
 *	120 columns and more	queues | orders | details
 *	fewer			queues | orders, the details below them where there are rows for both,
 *				else in the orders' place while an order is open
 *
 * A high window has a line of hints above the function bar. */
#ifndef TUI_FRAME_H
#define TUI_FRAME_H

#include <stdbool.h>

#include "tui/term/draw.h"

#define FRAME_MIN_ROWS 16
#define FRAME_MIN_COLS 60
#define FRAME_THREE_COLS 110	/* from here on three panes beside each other */
#define FRAME_SPLIT_ROWS 30	/* from here on the details below the orders */
#define FRAME_HINT_ROWS 30	/* from here on the line of hints */

struct frame {
	bool too_small;
	bool stacked;		/* orders and details share one place */
	struct area head;
	struct area body;	/* all panes: where dialogs stand */
	struct area queues;
	struct area orders;
	struct area details;
	struct area status;
	struct area hints;	/* no rows where there is no room for it */
	struct area bar;
};

/* Pure arithmetic. */
void frame_make(struct frame *f, int rows, int cols);

#endif
