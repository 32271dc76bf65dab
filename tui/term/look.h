/* The themes as plain data, without curses: which attributes and colours a role has. Any thread.
 *
 * A theme changes attributes alone, never a word. Every ink is a colour of the 256 that terminals agree on;
 * the first 16 are what the person made of them, so there an ink names one by its number. What an ink says
 * is said by an attribute or a word as well: "mono" and NO_COLOR leave every ink out. */
#ifndef TUI_TERM_LOOK_H
#define TUI_TERM_LOOK_H

#include <stdbool.h>

#include "tui/term/theme.h"

#define INK_OWN (-1)		/* the terminal's own colour */

enum ink { INK_NONE, INK_GREEN, INK_AMBER, INK_RED, INK_CYAN, INK_BLACK, INK_WHITE, INK_LIME, INK_YELLOW,
	INK_ROSE, INK_SKY, INKS };

struct look {
	bool bold, underline, reverse;
	enum ink fg, bg;
};

/* The roles of a theme, STYLES of them and never freed; those of "contrast", else of the default. */
const struct look *look_of(const char *theme);
/* The number of an ink on a terminal of so many colours; INK_OWN for INK_NONE. */
int ink_number(enum ink ink, int colours);

#endif
