#include "tui/term/hyperlink.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/buf.h"
#include "tui/term/draw.h"
#include "tui/term/inside.h"
#include "tui/term/osc.h"

#include <term.h>

struct hyperlink {
	int row, col;
	char text[HYPERLINK_MAX + 1];
	char url[HYPERLINK_MAX + 1];
};

struct hyperlinks {
	struct hyperlink items[HYPERLINKS_MAX];
	size_t n;
};

static bool wanted;
static struct hyperlinks noted;
static struct hyperlinks written;	/* what the terminal has since the last flush */
static struct buf bytes = BUF_INIT(BUF_MAX_FILE);

void hyperlinks_start(bool on)
{
	wanted = on && osc_known();
	noted.n = 0;
	written.n = 0;
}

void hyperlinks_begin(void)
{
	noted.n = 0;
}

/* Nothing in it ends the sequence; a simulator is on this machine. */
static bool is_address(const char *url)
{
	for (const char *c = url; *c != '\0'; c++) {
		if (*c <= ' ' || *c > '~')
			return false;
	}
	return strncmp(url, "https://", 8) == 0 || strncmp(url, "http://127.0.0.1:", 17) == 0;
}

void hyperlink_note(int row, int col, const char *text, const char *url)
{
	if (!wanted || noted.n == HYPERLINKS_MAX || !is_address(url) || *text == '\0' ||
		strlen(url) > HYPERLINK_MAX || strlen(text) > HYPERLINK_MAX)
		return;
	struct hyperlink *h = &noted.items[noted.n++];
	*h = (struct hyperlink){ .row = row, .col = col };
	snprintf(h->text, sizeof(h->text), "%s", text);
	snprintf(h->url, sizeof(h->url), "%s", url);
}

/* ---- what is on the screen ------------------------------------------------------------------- */

/* Whether the text stands there: a dialog may be over it, or it was cut. */
static bool is_seen(const struct hyperlink *h)
{
	wchar_t want[HYPERLINK_MAX + 1], there[HYPERLINK_MAX + 1];
	size_t n = mbstowcs(want, h->text, HYPERLINK_MAX + 1);
	if (n == (size_t)-1 || n > HYPERLINK_MAX || h->row >= getmaxy(stdscr) || h->col >= getmaxx(stdscr))
		return false;
	return mvinnwstr(h->row, h->col, there, (int)n) != ERR && wcsncmp(want, there, n) == 0;
}

static bool same(const struct hyperlink *a, const struct hyperlink *b)
{
	return a->row == b->row && a->col == b->col && strcmp(a->text, b->text) == 0 && strcmp(a->url, b->url) == 0;
}

static bool is_still(const struct hyperlink *h)
{
	for (size_t i = 0; i < noted.n; i++) {
		if (same(h, &noted.items[i]))
			return is_seen(h);
	}
	return false;
}

void hyperlinks_before(void)
{
	for (size_t i = 0; i < written.n; i++) {
		if (!is_still(&written.items[i]) && written.items[i].row < getmaxy(stdscr))
			wredrawln(stdscr, written.items[i].row, 1);
	}
	written.n = 0;
}

/* ---- writing --------------------------------------------------------------------------------- */

static int collect(int c)
{
	buf_addc(&bytes, (char)c);
	return c;
}

static void go(int row, int col)
{
	tputs(tparm(cursor_address, row, col), 1, collect);
}

/* As the cell looks; curses is told, and takes it back afterwards. */
static void look_as(int row, int col)
{
	attr_t attrs = 0;
	short pair = 0;
	cchar_t cell;
	wchar_t letter[CCHARW_MAX + 1];
	if (mvin_wch(row, col, &cell) != ERR)
		getcchar(&cell, letter, &attrs, &pair, NULL);
	vid_puts(attrs, pair, NULL, collect);
}

static void write_one(const struct hyperlink *h)
{
	go(h->row, h->col);
	look_as(h->row, h->col);
	buf_addf(&bytes, OSC "8;;%s" ST "%s" OSC "8;;" ST, h->url, h->text);
	vid_puts(0, 0, NULL, collect);
}

void hyperlinks_after(int row, int col)
{
	if (!wanted)
		return;
	for (size_t i = 0; i < noted.n; i++) {
		if (!is_seen(&noted.items[i]))
			continue;
		write_one(&noted.items[i]);
		written.items[written.n++] = noted.items[i];
	}
	if (written.n == 0)
		return;
	go(row, col);
	move(row, col);
	term_write(&bytes);
	buf_reset(&bytes);
}
