/* Notices on the desktop and the terminal's title: the one place that writes their sequences.
 *
 *	OSC 9, OSC 777, OSC 99		a notice; inside tmux handed through it (its option allow-passthrough)
 *	OSC 0				the title; the one that was there is put back when the terminal is given back
 *
 * Everything goes out with the next term_flush(), in one write before the frame's. A terminal that may not know
 * sequences of this kind gets none. Text is cut to what can stand in one: control characters and, where the
 * locale is not UTF-8, letters that are not ASCII are replaced. The screen's thread, between term_start() and
 * term_stop(). */
#ifndef TUI_TERM_NOTICE_H
#define TUI_TERM_NOTICE_H

#include <stdbool.h>

/* What may be written, a set of enum notify_way; the others are let be. After each term_start(). */
void notice_start(unsigned ways);
/* `kind` is a plain word: a newer notice of the same kind takes the older one's place where that can be. */
void notice_send(const char *kind, const char *title, const char *text);
/* True when that is another title than before: flush. */
bool notice_title(const char *text);

#endif
