/* Drawing inside areas: nothing that is written here can leave its place.
 *
 * An area is a rectangle of the screen; rows and columns count from its corner, and whatever lies
 * outside is left out. Text is clean UTF-8 (base/text.h); it is cut by columns, never inside a letter,
 * and the rest of its width is filled with blanks. Where the locale is not UTF-8, letters are
 * transliterated and lines are ASCII. */
#ifndef TUI_TERM_DRAW_H
#define TUI_TERM_DRAW_H

#include <stdbool.h>

#include "tui/term/theme.h"

struct area {
	int row;
	int col;
	int rows;
	int cols;
};

enum glyph {
	GLYPH_ONLINE,	/* a filled dot */
	GLYPH_MARK,
	GLYPH_DOT,	/* between words of a line */
	GLYPH_TIMES,
	GLYPH_MORE,	/* a text goes on */
	GLYPH_BULLET,	/* what a hidden character is shown as */
	GLYPHS
};

const char *draw_glyph(enum glyph glyph);

/* The inside of a box drawn around the area. */
struct area area_inside(const struct area *a);
/* A box of at most rows x cols in the middle. */
struct area area_centre(const struct area *a, int rows, int cols);

void draw_clear(const struct area *a);
/* Writes the text into `width` columns (-1: to the area's end) and pads them. Returns the columns that
 * the text took. */
int draw_text(const struct area *a, int row, int col, int width, enum style style, const char *text);
/* The same, at the right end of the columns. */
void draw_right(const struct area *a, int row, int col, int width, enum style style, const char *text);
void draw_box(const struct area *a, bool focus, const char *title);
/* A second text in the upper line of a box, at its right end; left out where the title leaves no room. */
void draw_corner(const struct area *a, const char *title, enum style style, const char *text);
/* The columns that a text takes on this screen; follows what draw_text() makes of it. */
int draw_width(const char *text);

#endif
