/* Roles, not colours: what a piece of the screen is, from which the theme makes attributes.
 *
 * The default theme uses the terminal's own two colours, bold, reverse and a few accents, so that it
 * reads on light and dark. "contrast" has a background of its own. "mono", NO_COLOR and terminals without
 * colour leave the colours out; every state is a word as well. See look.h. */
#ifndef TUI_TERM_THEME_H
#define TUI_TERM_THEME_H

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

#endif
