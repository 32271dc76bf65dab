/* floor_screen - what a key press costs when a curses program does nothing but move a line.
 *
 *	floor_screen [ROWS]	a scrolling list (100000 rows when not said): j k Up Down PgUp PgDn g G,
 *				q quits
 *
 * The bench measures it beside the desk in the same run; the screen tests try their own house on it. */
#define _XOPEN_SOURCE_EXTENDED 1
#include <curses.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

struct list {
	int total, top, at;
};

static void paint_row(const struct list *l, int y)
{
	static const char *const places[] = { "Almaty", "Astana", "Shymkent", "Қарағанды" };
	char text[400];
	wchar_t wide[400];
	int row = l->top + y;
	unsigned mixed = (unsigned)row * 2654435761u;

	move(y, 0);
	clrtoeol();
	if (row >= l->total)
		return;
	snprintf(text, sizeof(text), " %09d  %02u:%02u  Buyer %-12u %8u ₸  %s", 400000000 + row, mixed / 400 % 24,
		mixed / 9000 % 60, mixed % 99991, mixed / 131 % 900000, places[mixed / 77 % 4]);
	if (row == l->at)
		attron(A_REVERSE);
	mbstowcs(wide, text, sizeof(wide) / sizeof(wide[0]));
	addnwstr(wide, COLS - 1);
	if (row == l->at)
		attroff(A_REVERSE);
}

static void paint_all(const struct list *l)
{
	for (int y = 0; y < LINES; y++)
		paint_row(l, y);
}

static int clamp(int n, int min, int max)
{
	return n > max ? (max < min ? min : max) : n < min ? min : n;
}

static int target(const struct list *l, int key)
{
	switch (key) {
	case 'j':
	case KEY_DOWN:
		return l->at + 1;
	case 'k':
	case KEY_UP:
		return l->at - 1;
	case KEY_NPAGE:
		return l->at + LINES;
	case KEY_PPAGE:
		return l->at - LINES;
	case 'g':
		return 0;
	case 'G':
		return l->total - 1;
	default:
		return l->at;
	}
}

static void go(struct list *l, int key)
{
	int was = l->at, top = l->top;

	l->at = clamp(target(l, key), 0, l->total - 1);
	if (key == KEY_NPAGE || key == KEY_PPAGE)
		top += l->at - was;
	top = clamp(top, l->at - LINES + 1, l->at);
	top = clamp(top, 0, l->total - LINES);
	if (top != l->top || key == KEY_RESIZE) {
		l->top = top;
		paint_all(l);
		return;
	}
	paint_row(l, was - top);
	paint_row(l, l->at - top);
}

int main(int argc, char **argv)
{
	struct list l = { .total = argc > 1 ? atoi(argv[1]) : 100000 };
	int key = KEY_RESIZE;

	setlocale(LC_ALL, "");
	initscr();
	cbreak();
	noecho();
	keypad(stdscr, TRUE);
	idlok(stdscr, TRUE);
	set_escdelay(25);
	do {
		go(&l, key);
		move(l.at - l.top, 0);
		refresh();
	} while ((key = getch()) != 'q');
	endwin();
	return 0;
}
