/* Sequences that a terminal acts on without showing them (OSC): whether they may be written, and through what.
 *
 * They go out with the next term_flush(), in one write before the frame's. Inside tmux they are handed through it to
 * the terminal around it (its option allow-passthrough). Of the files of tui/term. */
#ifndef TUI_TERM_OSC_H
#define TUI_TERM_OSC_H

#include <stdbool.h>

#include "base/buf.h"

#define OSC_MAX 6000		/* bytes of a sequence */

#define ESC "\033"
#define OSC ESC "]"
#define BEL "\a"
#define ST ESC "\\"

/* False for consoles and old terminals, which print what they do not know. */
bool osc_known(void);
/* Nothing of a sequence that is full. */
void osc_send(const struct buf *sequence);

#endif
