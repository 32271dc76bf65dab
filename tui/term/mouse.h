/* The mouse: off until it is asked for, since whoever has it cannot mark text with it. ncurses turns its mode off when
 * the terminal is given back, and a crash does (term.c). The screen's thread, between term_start() and term_stop(). */
#ifndef TUI_TERM_MOUSE_H
#define TUI_TERM_MOUSE_H

#include <stdbool.h>

enum mouse_kind {
	MOUSE_CLICK,	/* the first button went down */
	MOUSE_WHEEL_UP,
	MOUSE_WHEEL_DOWN
};

struct mouse {
	enum mouse_kind kind;
	int row, col;	/* of the screen */
};

/* False when the terminal does not tell of one. */
bool mouse_set(bool on);
bool mouse_on(void);
/* What came when key_take() last gave KEY_MOUSE_. */
const struct mouse *mouse_last(void);

#endif
