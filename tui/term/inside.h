/* What the files of tui/term share among themselves; nobody else includes this. */
#ifndef TUI_TERM_INSIDE_H
#define TUI_TERM_INSIDE_H

#include <stdbool.h>
#include <stddef.h>

#include <curses.h>

#include "base/buf.h"
#include "tui/term/theme.h"

WINDOW *term_input(void);
/* Bytes that go out with the next flush, just before the frame. */
void term_put(const char *bytes, size_t len);
/* Bytes that a crash writes behind those that give the terminal back; NULL: none. A literal. */
void term_restore_with(const char *bytes);
/* The title is the terminal's own again while somebody else has the terminal. */
void notice_pause(void);
void notice_resume(void);
/* Teaches curses the keys of terminals that call themselves something else. Once after each start. */
void key_start(void);
/* The mouse is the terminal's. Once after each start. */
void mouse_start(void);
/* After KEY_MOUSE: false when it was nothing that counts. */
bool mouse_read(void);
/* Before a flush: rows with links that are none any more are written anew by it; and after it: writes the links, and leaves
 * the cursor there. */
void hyperlinks_before(void);
void hyperlinks_after(int row, int col);
/* Writes all of it now. */
void term_write(const struct buf *bytes);
/* A capability that a crash sends, too. Before the handlers of signals are set. */
void term_restore_add(const char *capability);
/* Before the first frame; the handlers of signals may not be set yet. */
void theme_start(const struct theme *theme);
attr_t theme_attr(enum style style);
short theme_pair(enum style style);

#endif
