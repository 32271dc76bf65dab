/* What a handler asks for: it never draws, it says what is stale, and the loop draws once.
 *
 * The values are or-ed; a set of them travels as unsigned. */
#ifndef TUI_MODEL_REACT_H
#define TUI_MODEL_REACT_H

enum react {
	REACT_NONE = 0,
	REACT_HANDLED = 1 << 0,	/* the key was used, nothing is stale */
	REACT_QUEUES = 1 << 1,	/* a pane, wholly */
	REACT_ORDERS = 1 << 2,
	REACT_DETAILS = 1 << 3,
	REACT_CURSOR = 1 << 4,	/* the order list's cursor moved inside its page */
	REACT_HEAD = 1 << 5,
	REACT_STATUS = 1 << 6,
	REACT_DIALOG = 1 << 7,	/* the dialogs */
	REACT_ALL = 1 << 8,	/* everything, such as after a resize or a closed dialog */
	REACT_CLOSE = 1 << 9,	/* the dialog that says so is done */
	REACT_QUIT = 1 << 10
};

#endif
