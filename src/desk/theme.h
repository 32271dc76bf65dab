/* Themes: which attributes and colours each role of the screen has. A theme changes attributes alone, never a word.
 *
 * A theme NAME is the first of $XDG_CONFIG_HOME/duken/themes/NAME.theme and the one of that name that comes with the
 * program; "default" is built in besides, so that the desk starts without any file. A line of a file:
 *
 *	warn = bold underline reverse fg #d78700 bg default	# a role, its attributes and colours (desk/colour.h)
 *
 * A role that is left out looks like "normal". What is not understood is an error with file and line. Any thread. */
#ifndef DESK_THEME_H
#define DESK_THEME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* What a piece of the screen is. */
enum style {
	STYLE_NORMAL,
	STYLE_DIM,		/* labels, what is less important */
	STYLE_STRONG,
	STYLE_HEAD,		/* the head line */
	STYLE_BORDER,
	STYLE_BORDER_FOCUS,
	STYLE_TITLE,
	STYLE_CURSOR,		/* the row of the focused pane */
	STYLE_CURSOR_AWAY,	/* the row of a pane without the focus */
	STYLE_GOOD,
	STYLE_WARN,
	STYLE_BAD,
	STYLE_OVERDUE,		/* how urgent an order is, see order/urgency.h */
	STYLE_SOON,
	STYLE_TODAY,
	STYLE_BAR_KEY,
	STYLE_BAR_WORD,
	STYLE_FIELD,
	STYLE_FIELD_FOCUS,
	STYLE_BUTTON,
	STYLE_BUTTON_FOCUS,
	STYLES
};

struct look {
	bool bold, underline, reverse;
	int fg, bg;		/* see desk/colour.h */
};

struct theme {
	struct look roles[STYLES];
};

/* The role's name in a file. */
const char *theme_role(enum style style);
void theme_default(struct theme *out);
/* Reads the text of a file, of which only errors speak. CONFIG. */
bool theme_parse(const char *file, const char *text, size_t len, struct theme *out, struct error *err);
/* CONFIG with the names there are when there is none of that name; STORAGE. */
bool theme_load(const char *name, struct theme *out, struct error *err);
/* The setting's check: whether it can be loaded. */
bool theme_check(const char *setting, const char *name, struct error *err);

#endif
