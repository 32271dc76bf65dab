#include "tui/term/theme.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "tui/term/inside.h"

enum accent { ACCENT_NONE, ACCENT_GOOD, ACCENT_WARN, ACCENT_BAD, ACCENT_FOCUS };

static const struct {
	attr_t attr;
	enum accent accent;
} roles[STYLES] = {
	[STYLE_NORMAL] = { A_NORMAL, ACCENT_NONE },
	[STYLE_DIM] = { A_NORMAL, ACCENT_NONE },
	[STYLE_STRONG] = { A_BOLD, ACCENT_NONE },
	[STYLE_HEAD] = { A_BOLD, ACCENT_NONE },
	[STYLE_BORDER] = { A_NORMAL, ACCENT_NONE },
	[STYLE_BORDER_FOCUS] = { A_BOLD, ACCENT_FOCUS },
	[STYLE_TITLE] = { A_BOLD, ACCENT_NONE },
	[STYLE_CURSOR] = { A_REVERSE, ACCENT_NONE },
	[STYLE_CURSOR_AWAY] = { A_BOLD | A_UNDERLINE, ACCENT_NONE },
	[STYLE_GOOD] = { A_NORMAL, ACCENT_GOOD },
	[STYLE_WARN] = { A_BOLD, ACCENT_WARN },
	[STYLE_BAD] = { A_BOLD, ACCENT_BAD },
	[STYLE_OVERDUE] = { A_BOLD, ACCENT_BAD },
	[STYLE_SOON] = { A_BOLD, ACCENT_WARN },
	[STYLE_TODAY] = { A_NORMAL, ACCENT_NONE },
	[STYLE_BAR_KEY] = { A_NORMAL, ACCENT_NONE },
	[STYLE_BAR_WORD] = { A_REVERSE, ACCENT_NONE },
	[STYLE_FIELD] = { A_UNDERLINE, ACCENT_NONE },
	[STYLE_FIELD_FOCUS] = { A_REVERSE, ACCENT_NONE },
	[STYLE_BUTTON] = { A_NORMAL, ACCENT_NONE },
	[STYLE_BUTTON_FOCUS] = { A_REVERSE | A_BOLD, ACCENT_NONE },
};

static bool coloured;

void theme_start(const char *name)
{
	const char *no_color = getenv("NO_COLOR");
	coloured = has_colors() && (no_color == NULL || *no_color == '\0') &&
		(name == NULL || strcmp(name, "mono") != 0);
	if (!coloured)
		return;
	start_color();
	use_default_colors();
	init_pair(ACCENT_GOOD, COLOR_GREEN, -1);
	init_pair(ACCENT_WARN, COLOR_YELLOW, -1);
	init_pair(ACCENT_BAD, COLOR_RED, -1);
	init_pair(ACCENT_FOCUS, COLOR_CYAN, -1);
}

attr_t theme_attr(enum style style)
{
	return roles[style].attr;
}

short theme_pair(enum style style)
{
	return coloured ? (short)roles[style].accent : 0;
}
