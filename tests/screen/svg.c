#include "tests/screen/svg.h"

#include <string.h>

/* A cell of 8 x 17 units, and a margin around all of them. */
#define WIDE 8
#define HIGH 17
#define BASELINE 13
#define MARGIN 8
#define INK 0xd6d6d6
#define PAPER 0x161a1f

enum { GOES_UP = 1, GOES_DOWN = 2, GOES_LEFT = 4, GOES_RIGHT = 8 };

static const struct {
	const char *sign;
	unsigned ways;
} frames[] = {
	{ "─", GOES_LEFT | GOES_RIGHT },
	{ "│", GOES_UP | GOES_DOWN },
	{ "┌", GOES_DOWN | GOES_RIGHT },
	{ "┐", GOES_DOWN | GOES_LEFT },
	{ "└", GOES_UP | GOES_RIGHT },
	{ "┘", GOES_UP | GOES_LEFT },
	{ "├", GOES_UP | GOES_DOWN | GOES_RIGHT },
	{ "┤", GOES_UP | GOES_DOWN | GOES_LEFT },
	{ "┬", GOES_DOWN | GOES_LEFT | GOES_RIGHT },
	{ "┴", GOES_UP | GOES_LEFT | GOES_RIGHT },
	{ "┼", GOES_UP | GOES_DOWN | GOES_LEFT | GOES_RIGHT },
};

static unsigned ways_of(const struct cell *c)
{
	for (size_t i = 0; i < sizeof(frames) / sizeof(*frames); i++)
		if (strcmp(frames[i].sign, c->text) == 0)
			return frames[i].ways;
	return 0;
}

/* ---- colours --------------------------------------------------------------------------------- */

/* Of the palette of 256: sixteen by name, a cube of 6 x 6 x 6, and greys. */
static int rgb(int index, int absent)
{
	static const int named[] = { 0x1e1e1e, 0xd75f5f, 0x87af5f, 0xd7af5f, 0x5f87d7, 0xaf87d7, 0x5fafaf, 0xd0d0d0,
		0x767676, 0xff8787, 0xafd787, 0xffd787, 0x87afff, 0xd7afff, 0x87d7d7, 0xffffff };
	static const int steps[] = { 0, 95, 135, 175, 215, 255 };

	if (index < 0)
		return absent;
	if (index & 0x1000000)
		return index & 0xffffff;
	if (index < 16)
		return named[index];
	if (index >= 232)
		return (8 + 10 * (index - 232)) * 0x10101;
	index -= 16;
	return steps[index / 36] << 16 | steps[index / 6 % 6] << 8 | steps[index % 6];
}

static int ink(const struct cell *c)
{
	return c->reverse ? rgb(c->bg, PAPER) : rgb(c->fg, INK);
}

static int paper(const struct cell *c)
{
	return c->reverse ? rgb(c->fg, INK) : rgb(c->bg, PAPER);
}

/* ---- parts ----------------------------------------------------------------------------------- */

static int x_of(int col)
{
	return MARGIN + col * WIDE;
}

static int y_of(int row)
{
	return MARGIN + row * HIGH;
}

static void add_papers(struct buf *out, struct screen *s, int row)
{
	for (int col = 0, end; col < screen_cols(s); col = end) {
		struct cell c = screen_cell(s, row, col), next;
		int colour = paper(&c);

		for (end = col + 1; end < screen_cols(s); end++) {
			next = screen_cell(s, row, end);
			if (paper(&next) != colour)
				break;
		}
		if (colour != PAPER)
			buf_addf(out, "<path fill=\"#%06x\" d=\"M%d %dh%dv%dh-%dz\"/>\n", colour, x_of(col), y_of(row),
				(end - col) * WIDE, HIGH, (end - col) * WIDE);
	}
}

/* The lines of a frame out of one cell; those to the right go on as long as the same sign does. */
static int add_frame(struct buf *out, struct screen *s, int row, int col, unsigned ways)
{
	int x = x_of(col), y = y_of(row), end = col + 1;

	if (ways == (GOES_LEFT | GOES_RIGHT)) {
		for (; end < screen_cols(s); end++) {
			struct cell next = screen_cell(s, row, end);

			if (ways_of(&next) != ways)
				break;
		}
		buf_addf(out, "M%d %dh%d", x, y + HIGH / 2, (end - col) * WIDE);
		return end;
	}
	if (ways & (GOES_LEFT | GOES_RIGHT))
		buf_addf(out, "M%d %dh%d", ways & GOES_LEFT ? x : x + WIDE / 2, y + HIGH / 2,
			(ways & GOES_LEFT) && (ways & GOES_RIGHT) ? WIDE : WIDE / 2);
	buf_addf(out, "M%d %dv%d", x + WIDE / 2, ways & GOES_UP ? y : y + HIGH / 2,
		(ways & GOES_UP) && (ways & GOES_DOWN) ? HIGH : HIGH - HIGH / 2);
	return end;
}

static void add_frames(struct buf *out, struct screen *s)
{
	buf_adds(out, "<path fill=\"none\" stroke=\"#8a8a8a\" d=\"");
	for (int row = 0; row < screen_rows(s); row++)
		for (int col = 0; col < screen_cols(s);) {
			struct cell c = screen_cell(s, row, col);
			unsigned ways = ways_of(&c);

			col = ways ? add_frame(out, s, row, col, ways) : col + 1;
		}
	buf_adds(out, "\"/>\n");
}

static void add_escaped(struct buf *out, const char *text)
{
	for (; *text; text++) {
		switch (*text) {
		case '<':
			buf_adds(out, "&lt;");
			break;
		case '>':
			buf_adds(out, "&gt;");
			break;
		case '&':
			buf_adds(out, "&amp;");
			break;
		default:
			buf_addc(out, *text);
		}
	}
}

static bool is_blank(const struct cell *c)
{
	return strcmp(c->text, " ") == 0 || strcmp(c->text, "\u00a0") == 0;
}

static bool same_hand(const struct cell *a, const struct cell *b)
{
	return ink(a) == ink(b) && a->bold == b->bold && a->underline == b->underline;
}

/* Where the text that begins here ends: before two blanks, a frame or another hand. */
static int end_of_text(struct screen *s, int row, int col)
{
	struct cell first = screen_cell(s, row, col);
	int end = col + 1, blanks = 0;

	for (int at = end; at < screen_cols(s) && blanks < 2; at++) {
		struct cell c = screen_cell(s, row, at);

		if (ways_of(&c) || (!is_blank(&c) && !same_hand(&first, &c)))
			break;
		blanks = is_blank(&c) ? blanks + 1 : 0;
		if (!blanks)
			end = at + 1;
	}
	return end;
}

/* Each text is told how long it is: columns stay columns in any font. */
static void add_text(struct buf *out, struct screen *s, int row, int col, int end)
{
	struct cell first = screen_cell(s, row, col);

	buf_addf(out, "<text x=\"%d\" y=\"%d\" textLength=\"%d\"", x_of(col), y_of(row) + BASELINE, (end - col) * WIDE);
	if (ink(&first) != INK)
		buf_addf(out, " fill=\"#%06x\"", ink(&first));
	if (first.bold)
		buf_adds(out, " font-weight=\"bold\"");
	if (first.underline)
		buf_adds(out, " text-decoration=\"underline\"");
	buf_addc(out, '>');
	for (; col < end; col++) {
		struct cell c = screen_cell(s, row, col);

		add_escaped(out, c.text);
	}
	buf_adds(out, "</text>\n");
}

static void add_texts(struct buf *out, struct screen *s, int row)
{
	for (int col = 0; col < screen_cols(s);) {
		struct cell c = screen_cell(s, row, col);
		int end = col + 1;

		if (*c.text && !is_blank(&c) && !ways_of(&c)) {
			end = end_of_text(s, row, col);
			add_text(out, s, row, col, end);
		}
		col = end;
	}
}

void svg_add(struct buf *out, struct screen *s, const char *title)
{
	int wide = 2 * MARGIN + screen_cols(s) * WIDE, high = 2 * MARGIN + screen_rows(s) * HIGH;

	screen_pump(s, 0);
	buf_addf(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">\n", wide,
		high, wide, high);
	buf_adds(out, "<title>");
	add_escaped(out, title);
	buf_addf(out, "</title>\n<rect width=\"%d\" height=\"%d\" rx=\"6\" fill=\"#%06x\"/>\n", wide, high, PAPER);
	for (int row = 0; row < screen_rows(s); row++)
		add_papers(out, s, row);
	add_frames(out, s);
	buf_addf(out, "<g fill=\"#%06x\" font-family=\"ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace\" "
		"font-size=\"13.3\" lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\">\n", INK);
	for (int row = 0; row < screen_rows(s); row++)
		add_texts(out, s, row);
	buf_adds(out, "</g>\n</svg>\n");
}
