/* What is on the screen: cells, lines, cursor, and whether the terminal was given back. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "tests/screen/private.h"

static int palette(VTermColor c)
{
	if (VTERM_COLOR_IS_DEFAULT_FG(&c) || VTERM_COLOR_IS_DEFAULT_BG(&c))
		return -1;
	if (VTERM_COLOR_IS_INDEXED(&c))
		return c.indexed.idx;
	return 0x1000000 | c.rgb.red << 16 | c.rgb.green << 8 | c.rgb.blue;
}

static void cell_text(const VTermScreenCell *from, struct cell *to)
{
	struct buf b = BUF_INIT(sizeof(to->text) - 1);

	if (from->chars[0] == (uint32_t)-1)
		return;
	if (!from->chars[0])
		buf_addc(&b, ' ');
	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && from->chars[i]; i++)
		text_encode(&b, from->chars[i]);
	snprintf(to->text, sizeof(to->text), "%s", buf_str(&b));
	buf_clear(&b);
}

struct cell screen_cell(struct screen *s, int row, int col)
{
	VTermScreenCell from = { .width = 1 };
	struct cell c = { .width = 1 };

	if (row < 0 || row >= s->rows || col < 0 || col >= s->cols)
		check_fail("no cell %d,%d in a terminal of %dx%d", row, col, s->rows, s->cols);
	vterm_screen_get_cell(s->vs, (VTermPos){ .row = row, .col = col }, &from);
	cell_text(&from, &c);
	c.width = from.width;
	c.bold = from.attrs.bold;
	c.underline = from.attrs.underline != 0;
	c.reverse = from.attrs.reverse;
	c.blink = from.attrs.blink;
	c.fg = palette(from.fg);
	c.bg = palette(from.bg);
	return c;
}

int screen_rows(const struct screen *s)
{
	return s->rows;
}

int screen_cols(const struct screen *s)
{
	return s->cols;
}

const char *screen_line(struct screen *s, int row)
{
	struct buf b = BUF_INIT(BUF_MAX_LINE);
	size_t end = 0;

	for (int col = 0; col < s->cols; col++) {
		struct cell c = screen_cell(s, row, col);

		buf_adds(&b, c.text);
		if (*c.text && strcmp(c.text, " ") != 0)
			end = b.len;
	}
	free(s->lines[row]);
	s->lines[row] = buf_take(&b);
	s->lines[row][end] = '\0';
	return s->lines[row];
}

char *screen_text(struct screen *s)
{
	struct buf b = BUF_INIT(BUF_MAX_FILE);

	screen_pump(s, 0);
	for (int row = 0; row < s->rows; row++)
		buf_addf(&b, "%s\n", screen_line(s, row));
	return buf_take(&b);
}

bool screen_find(struct screen *s, const char *text, int *row, int *col)
{
	for (int r = 0; r < s->rows; r++) {
		const char *line = screen_line(s, r), *at = strstr(line, text);
		size_t before = 0;
		int c = 0;

		if (!at)
			continue;
		for (; before < (size_t)(at - line); c++)
			before += strlen(screen_cell(s, r, c).text);
		if (row)
			*row = r;
		if (col)
			*col = c;
		return true;
	}
	return false;
}

bool screen_shows(struct screen *s, const char *text)
{
	return screen_find(s, text, NULL, NULL);
}

static VTermPos cursor(struct screen *s)
{
	VTermPos pos;

	screen_pump(s, 0);
	vterm_state_get_cursorpos(vterm_obtain_state(s->vt), &pos);
	return pos;
}

int screen_cursor_row(struct screen *s)
{
	return cursor(s).row;
}

int screen_cursor_col(struct screen *s)
{
	return cursor(s).col;
}

bool screen_cursor_visible(struct screen *s)
{
	screen_pump(s, 0);
	return s->cursor_visible;
}

int screen_bells(struct screen *s)
{
	screen_pump(s, 0);
	return s->bells;
}

/* ---- given back ------------------------------------------------------------------------------ */

/* Whether the parameters of a sequence ("1000;1006h") name the mode; *on by its last letter. */
static bool names_mode(const char *p, const char *end, int mode, bool *on)
{
	bool found = false;
	int n = 0;

	for (; p < end && ((*p >= '0' && *p <= '9') || *p == ';'); p++) {
		if (*p == ';') {
			found |= n == mode;
			n = 0;
		} else {
			n = (n * 10 + *p - '0') % 100000;
		}
	}
	found |= n == mode;
	if (!found || p == end || (*p != 'h' && *p != 'l'))
		return false;
	*on = *p == 'h';
	return true;
}

bool stream_mode_on(const struct screen *s, int mode)
{
	const char *p = s->raw, *end = s->raw + s->raw_len;
	bool on = false;

	while (p && (p = memmem(p, (size_t)(end - p), "\033[?", 3))) {
		p += 3;
		names_mode(p, end, mode, &on);
	}
	return on;
}

void screen_do_expect_restored(struct screen *s)
{
	static const int modes[] = { 1, 9, 1000, 1002, 1003, 1004, 1005, 1006, 1015, 2004, 2026 };
	struct termios now;

	screen_pump(s, 0);
	if (s->alternate || stream_mode_on(s, 1049))
		screen_fail(s, "the alternate screen was not left");
	if (!s->cursor_visible)
		screen_fail(s, "the cursor is still hidden");
	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++)
		if (stream_mode_on(s, modes[i]))
			screen_fail(s, "mode ?%d is still on", modes[i]);
	if (tcgetattr(s->slave, &now) != 0)
		screen_fail(s, "the terminal's settings cannot be read");
	if (now.c_iflag != s->before.c_iflag || now.c_oflag != s->before.c_oflag ||
		now.c_cflag != s->before.c_cflag || now.c_lflag != s->before.c_lflag ||
		memcmp(now.c_cc, s->before.c_cc, sizeof(now.c_cc)) != 0)
		screen_fail(s, "the terminal's settings changed: iflag %o %o oflag %o %o cflag %o %o "
			"lflag %o %o", s->before.c_iflag, now.c_iflag, s->before.c_oflag, now.c_oflag,
			s->before.c_cflag, now.c_cflag, s->before.c_lflag, now.c_lflag);
}

/* ---- failing --------------------------------------------------------------------------------- */

void screen_dump(struct screen *s)
{
	VTermPos at = cursor(s);

	check_note("%dx%d, cursor %s in row %d, column %d, program %s", s->rows, s->cols,
		s->cursor_visible ? "shown" : "hidden", at.row, at.col,
		screen_running(s) ? "running" : "ended");
	for (int row = 0; row < s->rows; row++)
		check_note("%3d|%s", row, screen_line(s, row));
}

void screen_fail(struct screen *s, const char *format, ...)
{
	char *text = NULL;
	va_list args;

	va_start(args, format);
	if (vasprintf(&text, format, args) < 0)
		abort();
	va_end(args);
	screen_dump(s);
	check_fail("%s", text);
}
