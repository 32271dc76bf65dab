#include "tui/keys.h"

#include <stdio.h>

#include "base/i18n.h"
#include "tui/model/act.h"
#include "tui/command/command.h"
#include "tui/dialog/dialog.h"
#include "tui/frame.h"
#include "base/layout.h"
#include "tui/locking.h"
#include "tui/model/react.h"
#include "tui/screen.h"
#include "tui/model/state.h"
#include "tui/term/key.h"
#include "tui/term/mouse.h"
#include "tui/term/term.h"
#include "tui/touring.h"

static unsigned refresh(struct state *s)
{
	if (s->desk == NULL || s->refresh != 0)
		return REACT_HANDLED;
	struct request *r = request_new(REQUEST_REFRESH);
	s->refresh = desk_post(s->desk, r);
	return REACT_STATUS;
}

static unsigned suspend(struct state *s)
{
	term_suspend();
	screen_layout(s);
	return REACT_ALL;
}

static unsigned redraw(struct state *s)
{
	term_resize();
	screen_layout(s);
	return REACT_ALL;
}

static unsigned toggle_mouse(struct state *s)
{
	bool on = !mouse_on();
	if (!mouse_set(on))
		return state_say_why_not(s, _("This terminal tells nothing of the mouse."));
	if (on)
		/* TRANSLATORS: a key. */
		state_say(s, STYLE_NORMAL, _("The mouse works in the desk now; %s gives it back to the terminal."),
			command_key(COMMAND_MOUSE).text);
	else
		state_say(s, STYLE_NORMAL, "%s", _("The mouse is the terminal's again and marks text."));
	return REACT_STATUS;
}

static bool stacked(const struct state *s)
{
	struct frame f;
	screen_frame(s, &f);
	return f.stacked;
}

static unsigned next_pane(struct state *s, bool forward)
{
	int panes = stacked(s) && !s->details_open ? 2 : 3;
	int at = (int)s->focus;
	at = (at + (forward ? 1 : panes - 1)) % panes;
	/* Stacked, the open order stands in the orders' place. */
	if (panes == 3 && stacked(s) && at == FOCUS_ORDERS)
		at = forward ? FOCUS_DETAILS : FOCUS_QUEUES;
	s->focus = (enum focus)at;
	return REACT_ALL;
}

static unsigned end_search(struct state *s)
{
	s->search_stale = false;
	lineedit_clear(&s->search);
	s->focus = FOCUS_ORDERS;
	if (state_searching(s))
		state_open_list(s);
	return REACT_ALL;
}

static unsigned back(struct state *s)
{
	if (s->focus == FOCUS_DETAILS || s->details_open) {
		s->details_open = false;
		s->focus = FOCUS_ORDERS;
		return REACT_ALL;
	}
	if (state_searching(s))
		return end_search(s);
	if (s->focus == FOCUS_ORDERS) {
		s->focus = FOCUS_QUEUES;
		return REACT_ALL;
	}
	return REACT_HANDLED;
}

static unsigned search(struct state *s)
{
	s->details_open = false;
	s->focus = FOCUS_SEARCH;
	/* What was looked for before gives way to the first letter; an editing key goes on with it. */
	s->search.suggested = s->search.len > 0;
	return REACT_ALL;
}

/* Of the order that is looked at: it comes into view where only the list is. */
static unsigned phone(struct state *s)
{
	if (s->shown.follow_at != 0)
		shown_now(s);
	if (stacked(s) && !s->details_open && shown_order(&s->shown) != NULL) {
		s->details_open = true;
		s->focus = FOCUS_DETAILS;
	}
	return shown_reveal(s) | REACT_ALL;
}

static unsigned run(struct state *s, enum command command)
{
	const struct action_spec *spec = command_action(command, s->provider);
	tour_command(&s->tour, command);
	if (spec != NULL)
		return dialog_start(s, spec);
	switch (command) {
	case COMMAND_NEXT_PANE:
	case COMMAND_PREVIOUS_PANE:
		return next_pane(s, command == COMMAND_NEXT_PANE);
	case COMMAND_BACK:
		return back(s);
	case COMMAND_HELP:
		return dialog_help(s);
	case COMMAND_SEARCH:
		return search(s);
	case COMMAND_WAYBILL:
		return dialog_waybill(s);
	case COMMAND_REFRESH:
		return refresh(s);
	case COMMAND_MENU:
		return dialog_menu(s);
	case COMMAND_QUIT:
		return dialog_quit(s);
	case COMMAND_UNDO:
		return act_undo(s);
	case COMMAND_PICK:
		return dialog_pick(s);
	case COMMAND_COPY:
		return dialog_copy(s);
	case COMMAND_JOURNAL:
		return dialog_journal(s);
	case COMMAND_REPORT:
		return dialog_report(s);
	case COMMAND_BATCH:
		return dialog_batches(s);
	case COMMAND_SHOP:
		return dialog_shops(s);
	case COMMAND_LANGUAGE:
		return dialog_language(s);
	case COMMAND_MOUSE:
		return toggle_mouse(s);
	case COMMAND_TOUR:
		return touring_key(s);
	case COMMAND_LOCK:
		return locking_lock(s);
	case COMMAND_PHONE:
		return phone(s);
	case COMMAND_REDRAW:
		return redraw(s);
	case COMMAND_SUSPEND:
		return suspend(s);
	default:
		return screen_command(s, command);
	}
}

/* Commands that work everywhere must not be characters, which a text field wants. */
static unsigned run_anywhere(struct state *s, uint32_t key)
{
	enum command command = command_of_key(key);
	const struct command_row *row = command_row(command);
	if (row == NULL || row->context != CONTEXT_ANY || key_is_text(key))
		return REACT_NONE;
	return run(s, command);
}

static unsigned to_dialog(struct state *s, uint32_t key)
{
	unsigned react = dialogs_key(s, key);
	if (s->next_command != COMMAND_NONE && s->dialogs == NULL) {
		enum command command = s->next_command;
		s->next_command = COMMAND_NONE;
		return react | run(s, command);
	}
	return react != REACT_NONE ? react : run_anywhere(s, key);
}

unsigned keys_search(struct state *s)
{
	if (!s->search_stale)
		return REACT_NONE;
	s->search_stale = false;
	state_open_list(s);
	return REACT_ORDERS;
}

static unsigned to_search(struct state *s, uint32_t key)
{
	bool changed;
	if (key == KEY_ESC_)
		return end_search(s);
	if (key == KEY_ENTER_ || key == KEY_TAB_ || key == KEY_UP_ || key == KEY_DOWN_) {
		keys_search(s);
		s->focus = FOCUS_ORDERS;
		return REACT_ALL;
	}
	if (!lineedit_key(&s->search, key, &changed))
		return run_anywhere(s, key);
	if (!changed)
		return REACT_STATUS;
	s->search_stale = true;
	return REACT_STATUS;
}

static unsigned no_command(struct state *s, uint32_t key)
{
	char name[KEYNAME_MAX], why[ERROR_TEXT_MAX];
	if (!key_is_text(key) && key < KEY_FIRST_)
		return REACT_HANDLED;
	keyname_of(key, name, sizeof(name));
	/* TRANSLATORS: a key that does nothing, and the help's. */
	snprintf(why, sizeof(why), _("No command on %s; %s shows the keys."), name,
		command_plain_key(COMMAND_HELP).text);
	return state_say_why_not(s, why);
}

unsigned keys_dispatch(struct state *s, uint32_t key)
{
	enum command command = command_of_key(key);
	if (s->lock->on)
		return locking_key(s, key);
	if (s->too_small) {
		bool leaving = command == COMMAND_QUIT || command == COMMAND_SUSPEND;
		return leaving && !key_is_text(key) ? run(s, command) : REACT_HANDLED;
	}
	if (s->dialogs != NULL)
		return to_dialog(s, key);
	if (s->focus == FOCUS_SEARCH)
		return to_search(s, key);
	if (layout_digit(key) != 0)
		return dialog_number(s, key);
	return command != COMMAND_NONE ? run(s, command) : no_command(s, key);
}
