#include "tui/term/theme.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "tui/term/inside.h"
#include "tui/term/look.h"

static const struct look *roles;
static bool coloured;

static bool wants_colour(const char *name)
{
	const char *no_color = getenv("NO_COLOR");
	return has_colors() && (no_color == NULL || *no_color == '\0') &&
		(name == NULL || strcmp(name, "mono") != 0);
}

static bool has_ink(enum style style)
{
	return coloured && (roles[style].fg != INK_NONE || roles[style].bg != INK_NONE);
}

void theme_start(const char *name)
{
	roles = look_of(name);
	coloured = wants_colour(name);
	if (!coloured)
		return;
	start_color();
	use_default_colors();
	for (int i = 0; i < STYLES; i++) {
		if (!has_ink((enum style)i))
			continue;
		init_pair((short)(i + 1), (short)ink_number(roles[i].fg, COLORS),
			(short)ink_number(roles[i].bg, COLORS));
	}
	/* What nobody draws on has the theme's background as well. */
	if (has_ink(STYLE_NORMAL))
		bkgd((chtype)' ' | (chtype)COLOR_PAIR(STYLE_NORMAL + 1));
}

attr_t theme_attr(enum style style)
{
	const struct look *look = &roles[style];
	return (look->bold ? A_BOLD : A_NORMAL) | (look->underline ? A_UNDERLINE : A_NORMAL) |
		(look->reverse ? A_REVERSE : A_NORMAL);
}

short theme_pair(enum style style)
{
	return has_ink(style) ? (short)(style + 1) : 0;
}
