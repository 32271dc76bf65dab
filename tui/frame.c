#include "tui/frame.h"

static int limit(int value, int low, int high)
{
	return value < low ? low : value > high ? high : value;
}

static struct area line(int row, int cols)
{
	return (struct area){ .row = row, .col = 0, .rows = 1, .cols = cols };
}

void frame_make(struct frame *f, int rows, int cols)
{
	*f = (struct frame){ .too_small = rows < FRAME_MIN_ROWS || cols < FRAME_MIN_COLS };
	if (f->too_small)
		return;
	int hints = rows >= FRAME_HINT_ROWS ? 1 : 0;
	f->head = line(0, cols);
	f->status = line(rows - 2 - hints, cols);
	f->hints = (struct area){ .row = rows - 2, .col = 0, .rows = hints, .cols = cols };
	f->bar = line(rows - 1, cols);
	f->body = (struct area){ .row = 1, .col = 0, .rows = rows - 3 - hints, .cols = cols };
	int left = limit(cols / 4, 18, 26), rest = cols - left;
	f->queues = (struct area){ .row = 1, .col = 0, .rows = f->body.rows, .cols = left };
	f->orders = f->details = (struct area){ .row = 1, .col = left, .rows = f->body.rows, .cols = rest };
	if (cols >= FRAME_THREE_COLS) {
		f->details.cols = limit(rest * 2 / 5, 36, 60);
		f->orders.cols = rest - f->details.cols;
		f->details.col = left + f->orders.cols;
	} else if (rows >= FRAME_SPLIT_ROWS) {
		f->details.rows = f->body.rows * 2 / 5;
		f->orders.rows = f->body.rows - f->details.rows;
		f->details.row = 1 + f->orders.rows;
	} else {
		f->stacked = true;
	}
}
