#include "tui/term/draw.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "tui/term/inside.h"
#include "tui/term/term.h"

static const char blanks[] =
	"                                                                                "
	"                                                                                ";

static const char *const glyphs[2][GLYPHS] = {
	{
		[GLYPH_ONLINE] = "*",
		[GLYPH_MARK] = "*",
		[GLYPH_DOT] = "-",
		[GLYPH_TIMES] = "x",
		[GLYPH_MORE] = "~",
		[GLYPH_BULLET] = "*",
	},
	{
		[GLYPH_ONLINE] = "●",
		[GLYPH_MARK] = "*",
		[GLYPH_DOT] = "·",
		[GLYPH_TIMES] = "×",
		[GLYPH_MORE] = "…",
		[GLYPH_BULLET] = "•",
	},
};

const char *draw_glyph(enum glyph glyph)
{
	return glyphs[term_utf8()][glyph];
}

struct area area_inside(const struct area *a)
{
	return (struct area){
		.row = a->row + 1,
		.col = a->col + 1,
		.rows = a->rows > 2 ? a->rows - 2 : 0,
		.cols = a->cols > 2 ? a->cols - 2 : 0,
	};
}

struct area area_centre(const struct area *a, int rows, int cols)
{
	if (rows > a->rows)
		rows = a->rows;
	if (cols > a->cols)
		cols = a->cols;
	return (struct area){
		.row = a->row + (a->rows - rows) / 2,
		.col = a->col + (a->cols - cols) / 2,
		.rows = rows,
		.cols = cols,
	};
}

static void use(enum style style)
{
	attr_set(theme_attr(style), theme_pair(style), NULL);
}

static void pad(int columns)
{
	while (columns > 0) {
		int n = columns < (int)sizeof(blanks) - 1 ? columns : (int)sizeof(blanks) - 1;
		addnstr(blanks, n);
		columns -= n;
	}
}

static void ascii_letter(struct buf *out, const char *s, size_t len, unsigned long codepoint)
{
	char one[8] = "";
	memcpy(one, s, len < sizeof(one) ? len : 0);
	size_t before = out->len;
	if (text_fold_latin(out, one) && out->len > before) {
		if (out->data[before] == ' ')
			out->data[before] = '?';
		/* Folding took the case away: the capitals of the Cyrillic block come first. */
		else if ((codepoint >= 0x0400 && codepoint < 0x0430) ||
			(codepoint >= 0x0490 && codepoint % 2 == 0))
			out->data[before] &= ~0x20;
		return;
	}
	buf_addc(out, '?');
}

/* What a screen without UTF-8 can show of it. */
static void ascii(struct buf *out, const char *text)
{
	size_t len;
	unsigned long c;
	for (; (c = text_decode(text, &len)) != 0; text += len) {
		if (c < 0x80)
			buf_addc(out, (char)c);
		else if (c == 0xa0 || c == 0x202f)
			buf_addc(out, ' ');
		else if (c == 0x20b8)
			buf_adds(out, "KZT");
		else if (c == 0xd7)
			buf_addc(out, 'x');
		else if (c == 0x2022 || c == 0x25cf || c == 0xb7)
			buf_addc(out, '*');
		else if (c == 0x2026)
			buf_adds(out, "...");
		else if (c == 0x2013 || c == 0x2014)
			buf_addc(out, '-');
		else if (c == 0x44a || c == 0x44c || c == 0x42a || c == 0x42c)
			buf_addc(out, '\'');
		else
			ascii_letter(out, text, len, c);
	}
}

/* The text as this screen shows it; may use *b, which the caller clears. */
static const char *shown(struct buf *b, const char *text)
{
	if (term_utf8())
		return text;
	ascii(b, text);
	return buf_str(b);
}

int draw_width(const char *text)
{
	struct buf b = BUF_INIT(BUF_MAX_LINE);
	int width = text_width(shown(&b, text));
	buf_clear(&b);
	return width;
}

/* Clips the columns to the area; false when nothing of it is inside. */
static bool clip(const struct area *a, int row, int *col, int *width)
{
	if (row < 0 || row >= a->rows)
		return false;
	if (*col < 0)
		*col = 0;
	if (*width < 0 || *col + *width > a->cols)
		*width = a->cols - *col;
	return *width > 0;
}

static int put(const char *text, int width)
{
	int used;
	size_t fit = text_fit(text, width, &used);
	if (text[fit] != '\0' && width > 1) {
		fit = text_fit(text, width - 1, &used);
		addnstr(text, (int)fit);
		addstr(draw_glyph(GLYPH_MORE));
		return used + 1;
	}
	addnstr(text, (int)fit);
	return used;
}

int draw_text(const struct area *a, int row, int col, int width, enum style style, const char *text)
{
	if (!clip(a, row, &col, &width))
		return 0;
	struct buf b = BUF_INIT(BUF_MAX_LINE);
	use(style);
	move(a->row + row, a->col + col);
	int used = put(shown(&b, text), width);
	pad(width - used);
	buf_clear(&b);
	return used;
}

void draw_right(const struct area *a, int row, int col, int width, enum style style, const char *text)
{
	if (!clip(a, row, &col, &width))
		return;
	struct buf b = BUF_INIT(BUF_MAX_LINE);
	const char *s = shown(&b, text);
	int wide = text_width(s);
	use(style);
	move(a->row + row, a->col + col);
	if (wide < width) {
		pad(width - wide);
		addstr(s);
	} else {
		pad(width - put(s, width));
	}
	buf_clear(&b);
}

void draw_clear(const struct area *a)
{
	for (int row = 0; row < a->rows; row++) {
		use(STYLE_NORMAL);
		move(a->row + row, a->col);
		pad(a->cols);
	}
}

static void line(int row, int col, int n, const char *piece)
{
	move(row, col);
	for (int i = 0; i < n; i++)
		addstr(piece);
}

void draw_box(const struct area *a, bool focus, const char *title)
{
	static const char *const pieces[2][6] = {
		{ "+", "+", "+", "+", "-", "|" },
		{ "┌", "┐", "└", "┘", "─", "│" },
	};
	const char *const *p = pieces[term_utf8()];
	int last_row = a->row + a->rows - 1, last_col = a->col + a->cols - 1;
	if (a->rows < 2 || a->cols < 2)
		return;
	use(focus ? STYLE_BORDER_FOCUS : STYLE_BORDER);
	line(a->row, a->col + 1, a->cols - 2, p[4]);
	line(last_row, a->col + 1, a->cols - 2, p[4]);
	for (int row = a->row + 1; row < last_row; row++) {
		mvaddstr(row, a->col, p[5]);
		mvaddstr(row, last_col, p[5]);
	}
	mvaddstr(a->row, a->col, p[0]);
	mvaddstr(a->row, last_col, p[1]);
	mvaddstr(last_row, a->col, p[2]);
	mvaddstr(last_row, last_col, p[3]);
	int room = a->cols - 4;
	int wide = draw_width(title);
	if (*title != '\0' && room > 0) {
		wide = wide < room ? wide : room;
		draw_text(a, 0, 1, 1, STYLE_TITLE, " ");
		draw_text(a, 0, 2, wide, STYLE_TITLE, title);
		draw_text(a, 0, 2 + wide, 1, STYLE_TITLE, " ");
	}
}

void draw_corner(const struct area *a, const char *title, enum style style, const char *text)
{
	int wide = draw_width(text), col = a->cols - 3 - wide;
	if (wide == 0 || col < draw_width(title) + 5)
		return;
	draw_text(a, 0, col, 1, STYLE_TITLE, " ");
	draw_text(a, 0, col + 1, wide, style, text);
	draw_text(a, 0, col + 1 + wide, 1, STYLE_TITLE, " ");
}
