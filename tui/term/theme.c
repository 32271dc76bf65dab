#include "tui/term/theme.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "desk/colour.h"
#include "tui/term/inside.h"

#define DIRECT (1 << 24)	/* a terminal of so many colours takes 0xrrggbb for a number */

static struct theme theme;
static bool coloured;
static int defined[2 * STYLES];		/* 0xrrggbb of the colours that were made, from number 255 down */
static int n_defined;

static bool has_ink(enum style style)
{
	return coloured && (theme.roles[style].fg != COLOUR_OWN || theme.roles[style].bg != COLOUR_OWN);
}

static bool wants_colour(void)
{
	const char *no_color = getenv("NO_COLOR");
	bool any = false;

	coloured = true;
	for (int i = 0; i < STYLES; i++)
		any = any || has_ink((enum style)i);
	return any && has_colors() && (no_color == NULL || *no_color == '\0');
}

/* ---- numbers of colours ---------------------------------------------------------------------- */

/* The first eight numbers stay those of the palette there. */
static int direct_number(int colour)
{
	int rgb = colour_rgb(colour);
	if (!(colour & COLOUR_RGB) && colour < 8)
		return colour;
	return rgb < 8 ? 8 : rgb;
}

/* Terminals that say so show what a number is made to be; ncurses unmakes it when the terminal is given back. */
static bool can_define(void)
{
	const char *colorterm = getenv("COLORTERM");
	return colorterm != NULL && (strcmp(colorterm, "truecolor") == 0 || strcmp(colorterm, "24bit") == 0) &&
		can_change_color() && COLORS >= 256;
}

static bool named(int number)
{
	for (int i = 0; i < STYLES; i++) {
		if (theme.roles[i].fg == number || theme.roles[i].bg == number)
			return true;
	}
	return false;
}

/* Of 1000, as ncurses counts; terminals get the whole part of what that is of 255. */
static int part(int rgb, int shift)
{
	return ((rgb >> shift & 0xff) * 1000 + 254) / 255;
}

/* A number that is made to be this colour; no other role wants what it was. */
static int define(int rgb)
{
	int number = 255;
	for (int i = 0; i < n_defined; i++, number--) {
		while (named(number))
			number--;
		if (defined[i] == rgb)
			return number;
	}
	while (named(number))
		number--;
	init_extended_color(number, part(rgb, 16), part(rgb, 8), part(rgb, 0));
	defined[n_defined++] = rgb;
	return number;
}

static int number_of(int colour)
{
	if (colour == COLOUR_OWN)
		return COLOUR_OWN;
	if (COLORS >= DIRECT)
		return direct_number(colour);
	if ((colour & COLOUR_RGB) && can_define())
		return define(colour_rgb(colour));
	return colour_nearest(colour, COLORS);
}

/* ---- the theme ------------------------------------------------------------------------------- */

void theme_start(const struct theme *wanted)
{
	theme = *wanted;
	n_defined = 0;
	coloured = wants_colour();
	if (!coloured)
		return;
	start_color();
	use_default_colors();
	for (int i = 0; i < STYLES; i++) {
		if (!has_ink((enum style)i))
			continue;
		int fg = number_of(theme.roles[i].fg), bg = number_of(theme.roles[i].bg);
		init_extended_pair(i + 1, fg, bg);
	}
	if (n_defined > 0)
		term_restore_add("oc");
	/* What nobody draws on has the theme's background as well. */
	if (has_ink(STYLE_NORMAL))
		bkgd((chtype)' ' | (chtype)COLOR_PAIR(STYLE_NORMAL + 1));
}

attr_t theme_attr(enum style style)
{
	const struct look *look = &theme.roles[style];
	return (look->bold ? A_BOLD : A_NORMAL) | (look->underline ? A_UNDERLINE : A_NORMAL) |
		(look->reverse ? A_REVERSE : A_NORMAL);
}

short theme_pair(enum style style)
{
	return has_ink(style) ? (short)(style + 1) : 0;
}
