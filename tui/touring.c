#include "tui/touring.h"

#include <stdio.h>

#include "base/i18n.h"
#include "tui/frame.h"
#include "tui/model/react.h"
#include "tui/model/state.h"
#include "tui/screen.h"
#include "tui/term/term.h"
#include "tui/widget/page.h"

#define ROWS 4		/* the title, and three for the text; more in a narrow window */

static bool fits(void)
{
	return term_rows() - ROWS >= FRAME_MIN_ROWS;
}

static unsigned show(struct state *s)
{
	screen_layout(s);
	return REACT_ALL;
}

/* Its steps press keys that cannot be taken back, so no real shop has it. */
unsigned touring_key(struct state *s)
{
	if (!settings_made_up(s->settings))
		return state_say_why_not(s, _("The tour is for a made-up shop: duken demo opens one."));
	if (!fits())
		return state_say_why_not(s, _("The tour does not fit into this window: make it higher."));
	/* What the demo says first is not needed any more. */
	if (s->tour.step == 0)
		state_say(s, STYLE_NORMAL, "%s", "");
	tour_next(s);
	return show(s);
}

unsigned touring_tick(struct state *s)
{
	return tour_watch(s) ? show(s) : REACT_NONE;
}

static void tell(const struct state *s, struct page *out)
{
	page_reset(out, term_cols() - 2);
	page_add(out, STYLE_STRONG, tour_text(&s->tour));
}

int touring_rows(const struct state *s)
{
	struct page text = PAGE_INIT;
	if (s->tour.step == 0)
		return 0;
	tell(s, &text);
	int rows = (int)text.n + 1 > ROWS ? (int)text.n + 1 : ROWS;
	page_clear(&text);
	return term_rows() - rows >= FRAME_MIN_ROWS ? rows : 0;
}

void touring_draw(const struct state *s)
{
	char title[160];
	const char *key = _("Ctrl-G goes on ");
	struct page text = PAGE_INIT;
	int rows = touring_rows(s);
	if (rows == 0)
		return;
	struct area all = { term_rows() - rows, 0, rows, term_cols() };
	struct area in = { all.row + 1, 1, rows - 1, all.cols - 1 };
	draw_clear(&all);
	/* TRANSLATORS: the tour of the desk: its step, how many there are, and the title of this one. */
	snprintf(title, sizeof(title), _(" Tour %zu/%zu: %s"), s->tour.step, tour_steps(), tour_title(&s->tour));
	draw_text(&all, 0, 0, -1, STYLE_BAR_WORD, title);
	draw_right(&all, 0, all.cols - draw_width(key), draw_width(key), STYLE_BAR_WORD, key);
	tell(s, &text);
	page_draw(&text, &in, 0);
	page_clear(&text);
}
