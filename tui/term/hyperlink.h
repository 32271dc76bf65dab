/* Links behind text that is on the screen (OSC 8): a terminal opens them where it is asked to.
 *
 * curses knows nothing of them. After each flush they are written over the cells that already show their text, as those
 * look; where a link is not to be any more, its row is written anew by the next flush, since curses leaves a cell alone
 * whose letter stays. A text that something else was drawn over is no link. The screen's thread. */
#ifndef TUI_TERM_HYPERLINK_H
#define TUI_TERM_HYPERLINK_H

#include <stdbool.h>

#define HYPERLINKS_MAX 8
#define HYPERLINK_MAX 1000	/* bytes of an address; of a text in columns, too */

/* After term_start(); false: nothing below does anything, nor where the terminal may not know them. */
void hyperlinks_start(bool wanted);
/* A pane draws all its texts again: those that were noted are no links any more. */
void hyperlinks_begin(void);
/* A text that was drawn at that place of the screen leads to the address, if that is one for a browser: https. */
void hyperlink_note(int row, int col, const char *text, const char *url);

#endif
