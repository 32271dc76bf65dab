#include "tui/pointing.h"

#include "tui/dialog/dialog.h"
#include "tui/dialog/fields.h"
#include "tui/keys.h"
#include "tui/model/react.h"
#include "tui/model/state.h"
#include "tui/pane/pane.h"
#include "tui/scanning.h"
#include "tui/screen.h"
#include "tui/term/key.h"
#include "tui/widget/spot.h"

#define WHEEL_STEPS 3

/* The row that was clicked last: of which list. */
static struct {
	const struct list *list;
	size_t row;
} clicked;

/* Whether the row was clicked before, and the cursor is still there. */
static bool once_more(const struct list *list, size_t row)
{
	bool again = clicked.list == list && clicked.row == row && list->cursor == row;
	clicked.list = again ? NULL : list;
	clicked.row = row;
	return again;
}

static bool scrolls(const struct list *list)
{
	return list != NULL && list->n > list->page;
}

/* ---- the desk -------------------------------------------------------------------------------- */

static unsigned click_pane(struct state *s, const struct spot *spot, int row)
{
	enum focus focus = (enum focus)spot->index;
	const struct pane *pane = pane_of(focus);
	const struct list *list = pane->list(s);
	int inside = row - spot->area.row - 1;
	size_t at = list->top + (size_t)(inside > 0 ? inside : 0);
	unsigned react = keys_search(s);
	s->focus = focus;
	s->details_open = focus == FOCUS_DETAILS;
	if (pane->go == NULL || inside < 0 || inside >= spot->area.rows - 2 || at >= list->n)
		return react | REACT_ALL;
	if (once_more(list, at))
		return react | REACT_ALL | pane->command(s, COMMAND_OPEN);
	pane->go(s, at);
	return react | REACT_ALL;
}

static unsigned wheel_pane(struct state *s, const struct spot *spot, enum command command)
{
	const struct pane *pane = pane_of((enum focus)spot->index);
	unsigned react = REACT_HANDLED;
	for (int i = 0; i < WHEEL_STEPS && scrolls(pane->list(s)); i++)
		react |= pane->command(s, command);
	/* A cursor that moved twice leaves more behind than the row before. */
	return react & REACT_CURSOR ? react | REACT_ORDERS : react;
}

static unsigned on_desk(struct state *s, const struct mouse *m)
{
	const struct spot *spot = spot_at(SPOTS_DESK, NULL, m->row, m->col);
	if (spot == NULL)
		return REACT_HANDLED;
	if (spot->kind == SPOT_KEY)
		return m->kind == MOUSE_CLICK ? keys_dispatch(s, KEY_F0_ + (uint32_t)spot->index) : REACT_HANDLED;
	if (s->dialogs != NULL)
		return REACT_HANDLED;
	if (m->kind == MOUSE_CLICK)
		return click_pane(s, spot, m->row);
	return wheel_pane(s, spot, m->kind == MOUSE_WHEEL_UP ? COMMAND_UP : COMMAND_DOWN);
}

/* ---- the dialog on top ----------------------------------------------------------------------- */

static unsigned click_list(struct state *s, struct list *list, const struct spot *spot, int row)
{
	size_t at = list->top + (size_t)(row - spot->area.row);
	if (at >= list->n)
		return REACT_HANDLED;
	if (once_more(list, at))
		return keys_dispatch(s, KEY_ENTER_);
	list_go(list, at);
	return REACT_DIALOG;
}

static unsigned click_fields(struct state *s, struct fields *fields, const struct spot *spot)
{
	if (spot->kind == SPOT_CHOICE)
		return fields_choose(fields, spot->index, spot->choice) ? REACT_DIALOG : REACT_HANDLED;
	if (spot->index > fields->n + 1)
		return REACT_HANDLED;
	fields->focus = spot->index;
	return fields->focus < fields->n ? REACT_DIALOG : REACT_DIALOG | keys_dispatch(s, KEY_ENTER_);
}

static unsigned click_dialog(struct state *s, const struct dialog_parts *parts, const struct spot *spot, int row)
{
	if (spot->kind == SPOT_LIST)
		return parts->list != NULL ? click_list(s, parts->list, spot, row) : REACT_HANDLED;
	return parts->fields != NULL ? click_fields(s, parts->fields, spot) : REACT_HANDLED;
}

static unsigned wheel_dialog(struct state *s, const struct dialog_parts *parts, uint32_t key)
{
	unsigned react = REACT_HANDLED;
	for (int i = 0; i < WHEEL_STEPS && scrolls(parts->list); i++)
		react |= keys_dispatch(s, key);
	return react;
}

static unsigned on_dialog(struct state *s, const struct mouse *m)
{
	struct dialog_parts parts = dialogs_parts(s);
	const struct spot *spot = spot_at(SPOTS_DIALOG, s->dialogs, m->row, m->col);
	if (m->kind != MOUSE_CLICK)
		return wheel_dialog(s, &parts, m->kind == MOUSE_WHEEL_UP ? KEY_UP_ : KEY_DOWN_);
	return spot != NULL ? click_dialog(s, &parts, spot, m->row) : on_desk(s, m);
}

unsigned pointing_event(struct state *s, const struct mouse *m)
{
	unsigned react = scanning_tick(s);
	s->key_ms = s->mono_ms;
	if (s->too_small || s->lock->on || !scan_idle(&s->scan))
		return react;
	react |= state_hush(s);
	return react | (s->dialogs != NULL ? on_dialog(s, m) : on_desk(s, m));
}
