/* One line of text being typed: UTF-8, moved through by what a person calls a letter.
 *
 * Arithmetic only; no terminal. The text is held in place, so that a secret leaves no copies:
 * lineedit_clear() wipes it. */
#ifndef TUI_WIDGET_LINEEDIT_H
#define TUI_WIDGET_LINEEDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LINEEDIT_MAX 4096	/* bytes: 1000 characters of any script */

struct lineedit {
	char text[LINEEDIT_MAX];
	size_t len;	/* bytes */
	size_t cursor;	/* bytes before it */
	size_t max;	/* characters that it takes; 0: what fits */
	bool suggested;	/* nobody touched the text yet: what is typed replaces it */
};

enum lineedit_step {
	LINEEDIT_LEFT,
	LINEEDIT_RIGHT,
	LINEEDIT_HOME,
	LINEEDIT_END
};

void lineedit_init(struct lineedit *e, size_t max);
/* Replaces the text; the cursor stands at its end. */
void lineedit_set(struct lineedit *e, const char *text);
/* The same for a text that is only proposed: the first letter typed takes its place, while an editing key
 * keeps it. */
void lineedit_suggest(struct lineedit *e, const char *text);
void lineedit_clear(struct lineedit *e);	/* wipes */

/* False when it is full or the character cannot be shown. */
bool lineedit_insert(struct lineedit *e, uint32_t codepoint);
bool lineedit_rubout(struct lineedit *e);	/* the letter before the cursor, with its marks */
bool lineedit_delete(struct lineedit *e);	/* the letter at the cursor */
bool lineedit_rubout_word(struct lineedit *e);
bool lineedit_move(struct lineedit *e, enum lineedit_step step);
/* Does what an editing key asks (tui/term/key.h); false for any other key. *changed (may be NULL) says
 * whether the text is another one now. */
bool lineedit_key(struct lineedit *e, uint32_t key, bool *changed);

/* What a field of `columns` shows: where the shown part begins, and at which column of it the cursor is. */
size_t lineedit_view(const struct lineedit *e, int columns, int *cursor_col);

#endif
