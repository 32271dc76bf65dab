/* The terminal: taken at the start, given back at every kind of end.
 *
 * Only the files of tui/term include <curses.h>. One terminal, one thread; signals become bytes in a
 * pipe that the loop polls, so that nothing happens inside a handler. A crash gives the terminal back with
 * plain write(2) and raises the signal again.
 *
 *	term_start("default", err);
 *	poll() on term_fd(), term_signal_fd(), ...;	term_signal() until TERM_SIGNAL_NONE
 *	term_flush();					once a turn
 *	term_stop(); */
#ifndef TUI_TERM_TERM_H
#define TUI_TERM_TERM_H

#include <stdbool.h>

#include "base/error.h"

enum term_signal {
	TERM_SIGNAL_NONE,
	TERM_SIGNAL_RESIZE,
	TERM_SIGNAL_STOP,	/* asked to suspend from outside */
	TERM_SIGNAL_CONTINUE,	/* somebody else may have drawn meanwhile */
	TERM_SIGNAL_QUIT	/* hang-up or terminate */
};

/* theme: its name, see desk/theme.h. Fails with CONFIG when there is none, or this is no terminal that can be drawn
 * on. */
bool term_start(const char *theme, struct error *err);
void term_stop(void);	/* fine when not started */

int term_fd(void);
int term_signal_fd(void);
enum term_signal term_signal(void);
/* Whether input is waiting already: what can wait should. */
bool term_input_waiting(void);
/* Whether the other side is gone: call it when poll() reports the terminal. */
bool term_hung_up(short revents);

int term_rows(void);
int term_cols(void);
bool term_utf8(void);
/* Takes the new size over. */
void term_resize(void);
/* Gives the terminal back, stops the process, takes it again when continued; draw everything after. */
void term_suspend(void);
/* Nothing of what was drawn is left, here or on the terminal, from the next flush on. */
void term_blank(void);
/* The next flush writes every cell. */
void term_redraw(void);
/* With the next flush. */
void term_beep(void);

/* Where the hardware cursor rests after the next flush. */
void term_cursor(int row, int col);
/* Brings the screen up to date with one write; what rings goes before it. */
void term_flush(void);

#endif
