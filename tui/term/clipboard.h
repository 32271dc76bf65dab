/* The terminal's clipboard (OSC 52): the one of the machine that the terminal runs on, also behind SSH. Written, never
 * read. The screen's thread, between term_start() and term_stop(). */
#ifndef TUI_TERM_CLIPBOARD_H
#define TUI_TERM_CLIPBOARD_H

#include <stdbool.h>

#define CLIPBOARD_MAX 4000	/* bytes of a text */

/* Whether this may be a terminal with one; no terminal says so for certain. */
bool clipboard_known(void);
/* With the next flush. False, and nothing is written, when the text is too long. */
bool clipboard_put(const char *text);

#endif
