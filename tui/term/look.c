#include "tui/term/look.h"

#include <string.h>

#define PLAIN(ink) { .fg = (ink) }
#define BOLD(ink) { .bold = true, .fg = (ink) }

static const struct look roles_default[STYLES] = {
	[STYLE_STRONG] = BOLD(INK_NONE),
	[STYLE_HEAD] = BOLD(INK_NONE),
	[STYLE_BORDER_FOCUS] = BOLD(INK_CYAN),
	[STYLE_TITLE] = BOLD(INK_NONE),
	[STYLE_CURSOR] = { .reverse = true },
	[STYLE_CURSOR_AWAY] = { .bold = true, .underline = true },
	[STYLE_GOOD] = PLAIN(INK_GREEN),
	[STYLE_WARN] = BOLD(INK_AMBER),
	[STYLE_BAD] = BOLD(INK_RED),
	[STYLE_OVERDUE] = BOLD(INK_RED),
	[STYLE_SOON] = BOLD(INK_AMBER),
	[STYLE_BAR_WORD] = { .reverse = true },
	[STYLE_FIELD] = { .underline = true },
	[STYLE_FIELD_FOCUS] = { .reverse = true },
	[STYLE_BUTTON_FOCUS] = { .bold = true, .reverse = true },
};

#define ON_BLACK(ink) .fg = (ink), .bg = INK_BLACK

static const struct look roles_contrast[STYLES] = {
	[STYLE_NORMAL] = { ON_BLACK(INK_WHITE) },
	[STYLE_DIM] = { ON_BLACK(INK_WHITE) },
	[STYLE_STRONG] = { .bold = true, ON_BLACK(INK_WHITE) },
	[STYLE_HEAD] = { .bold = true, ON_BLACK(INK_WHITE) },
	[STYLE_BORDER] = { ON_BLACK(INK_WHITE) },
	[STYLE_BORDER_FOCUS] = { .bold = true, ON_BLACK(INK_SKY) },
	[STYLE_TITLE] = { .bold = true, ON_BLACK(INK_WHITE) },
	[STYLE_CURSOR] = { .reverse = true, ON_BLACK(INK_WHITE) },
	[STYLE_CURSOR_AWAY] = { .bold = true, .underline = true, ON_BLACK(INK_WHITE) },
	[STYLE_GOOD] = { ON_BLACK(INK_LIME) },
	[STYLE_WARN] = { .bold = true, ON_BLACK(INK_YELLOW) },
	[STYLE_BAD] = { .bold = true, .underline = true, ON_BLACK(INK_ROSE) },
	[STYLE_OVERDUE] = { .bold = true, .underline = true, ON_BLACK(INK_ROSE) },
	[STYLE_SOON] = { .bold = true, ON_BLACK(INK_YELLOW) },
	[STYLE_TODAY] = { ON_BLACK(INK_WHITE) },
	[STYLE_BAR_KEY] = { ON_BLACK(INK_WHITE) },
	[STYLE_BAR_WORD] = { .reverse = true, ON_BLACK(INK_WHITE) },
	[STYLE_FIELD] = { .underline = true, ON_BLACK(INK_WHITE) },
	[STYLE_FIELD_FOCUS] = { .reverse = true, ON_BLACK(INK_WHITE) },
	[STYLE_BUTTON] = { ON_BLACK(INK_WHITE) },
	[STYLE_BUTTON_FOCUS] = { .bold = true, .reverse = true, ON_BLACK(INK_YELLOW) },
};

/* By default an ink has to be read on black and on white, where the yellow of most terminals is not. The inks of
 * "contrast" are light ones; what 8 or 16 colours have of them is too dark to be anything but white. */
static const struct {
	short of_8, of_16, of_256;
} inks[INKS] = {
	[INK_NONE] = { INK_OWN, INK_OWN, INK_OWN },
	[INK_GREEN] = { 2, 2, 28 },
	[INK_AMBER] = { 3, 3, 136 },
	[INK_RED] = { 1, 1, 160 },
	[INK_CYAN] = { 6, 6, 31 },
	[INK_BLACK] = { 0, 0, 16 },
	[INK_WHITE] = { 7, 15, 231 },
	[INK_LIME] = { 7, 10, 83 },
	[INK_YELLOW] = { 7, 11, 226 },
	[INK_ROSE] = { 7, 15, 210 },
	[INK_SKY] = { 7, 14, 87 },
};

const struct look *look_of(const char *theme)
{
	if (theme != NULL && strcmp(theme, "contrast") == 0)
		return roles_contrast;
	return roles_default;
}

int ink_number(enum ink ink, int colours)
{
	if (colours >= 256)
		return inks[ink].of_256;
	return colours >= 16 ? inks[ink].of_16 : inks[ink].of_8;
}
