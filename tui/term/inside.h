/* What the files of tui/term share among themselves; nobody else includes this. */
#ifndef TUI_TERM_INSIDE_H
#define TUI_TERM_INSIDE_H

#include <curses.h>

#include "tui/term/theme.h"

WINDOW *term_input(void);
/* Teaches curses the keys of terminals that call themselves something else. Once after each start. */
void key_start(void);
void theme_start(const char *name);
attr_t theme_attr(enum style style);
short theme_pair(enum style style);

#endif
