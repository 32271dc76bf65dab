#include "tui/hints.h"

#include "tui/command/command.h"
#include "tui/model/state.h"
#include "tui/pane/pane.h"

#define MARGIN 1
#define GAP 2		/* between two hints */

/* The order that a key would go to, as it is shown. */
static const struct order *order_now(const struct state *s)
{
	return s->focus == FOCUS_DETAILS ? shown_order(&s->shown) : rows_current(&s->rows);
}

/* As it looks from the order under the cursor, without the store; marked ones mostly are where that one is. The key
 * itself looks again. */
static bool action_possible(const struct state *s, const struct action_spec *spec)
{
	const struct order *o = order_now(s);
	if (s->read_only || o == NULL)
		return false;
	bool marked = s->focus != FOCUS_DETAILS && s->marks.n > 1;
	return (!marked || spec->bulk) && spec->applies(o, NULL);
}

static bool possible(const struct state *s, enum command c)
{
	const struct action_spec *spec = command_action(c, s->provider);
	if (spec != NULL)
		return action_possible(s, spec);
	switch (c) {
	case COMMAND_UNMARK_ALL:
		return s->marks.n > 0;
	case COMMAND_UNDO:
		return s->open_actions > 0;
	case COMMAND_OPEN:
		return s->focus == FOCUS_QUEUES || order_now(s) != NULL;
	case COMMAND_BACK:
	case COMMAND_SEARCH:
	case COMMAND_JOURNAL:
		return true;
	default:
		return order_now(s) != NULL;
	}
}

/* As the bar has it; an action that the bar never names by its label, since its verb may say little: "Save". */
static const char *hint_word(const struct state *s, enum command c)
{
	bool barred = false;
	for (int n = 1; n <= 12; n++)
		barred = barred || command_of_function_key(n) == c;
	return barred || command_action(c, s->provider) == NULL ? command_bar_word(c, s->provider) :
		command_help(c, s->provider);
}

/* Draws "a Accept" at the column; returns the columns, 0 when it does not fit as a whole. */
static int draw_hint(const struct state *s, const struct area *a, int col, enum command c)
{
	struct key_text key = command_key(c);
	const char *word = hint_word(s, c);
	int key_wide = draw_width(key.text), word_wide = draw_width(word), wide = key_wide + 1 + word_wide;
	if (col + wide > a->cols - MARGIN)
		return 0;
	draw_text(a, 0, col, key_wide, STYLE_STRONG, key.text);
	draw_text(a, 0, col + key_wide + 1, word_wide, STYLE_DIM, word);
	return wide;
}

void hints_draw(const struct state *s, const struct area *a)
{
	const struct pane *pane = pane_focused(s);
	enum command commands[COMMANDS];
	int col = MARGIN, wide = 1;
	draw_clear(a);
	if (s->dialogs != NULL || s->focus == FOCUS_SEARCH)
		return;
	size_t n = pane_commands(pane, s->provider, commands);
	for (size_t i = 0; i < n && wide > 0; i++) {
		if (!command_has_key(commands[i]) || !possible(s, commands[i]))
			continue;
		wide = draw_hint(s, a, col, commands[i]);
		col += wide + GAP;
	}
}
