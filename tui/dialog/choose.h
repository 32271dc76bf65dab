/* A short list to choose one from: the frame that the shops and the languages share. */
#ifndef TUI_DIALOG_CHOOSE_H
#define TUI_DIALOG_CHOOSE_H

#include <stddef.h>

#include "tui/term/draw.h"

struct state;

#define CHOICE_MAX 256

struct choice {
	char left[CHOICE_MAX];
	char right[CHOICE_MAX];	/* "" none */
	enum style style;
};

struct choices {
	const char *title;	/* N_() */
	const char *note;	/* N_(), below the list; NULL none */
	size_t (*count)(const struct state *s);
	void (*row)(const struct state *s, size_t i, struct choice *out);
	/* Enter on it: the list has closed unless this returns REACT_HANDLED. */
	unsigned (*chosen)(struct state *s, size_t i);
};

/* `choices` is borrowed for good; the cursor begins on row `at`. Returns what is stale. */
unsigned dialog_choose(struct state *s, const struct choices *choices, size_t at);

#endif
