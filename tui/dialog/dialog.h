/* Dialogs: a stack over the panes, driven by the same loop; orders keep arriving behind them.
 *
 * The top one gets the keys, all of them see the worker's events. A handler that is done returns
 * REACT_CLOSE and the dialog is taken off and freed. */
#ifndef TUI_DIALOG_DIALOG_H
#define TUI_DIALOG_DIALOG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/barcode.h"
#include "desk/message.h"
#include "order/action.h"
#include "order/order.h"
#include "tui/command/command.h"
#include "tui/model/marks.h"
#include "tui/model/react.h"
#include "tui/term/draw.h"
#include "tui/widget/lineedit.h"
#include "tui/widget/list.h"

struct fields;
struct state;
struct dialog;

/* What keys change in a dialog, so that it can be put back. */
struct dialog_parts {
	struct list *list;	/* each may be NULL */
	struct lineedit *edit;
	struct fields *fields;
	bool typing;		/* characters are text now */
	void (*changed)(struct dialog *d, const struct state *s);	/* call it when the edit was put back */
};

/* A line of the help. */
struct dialog_key {
	enum command command;	/* whose keys they are, or COMMAND_NONE */
	const char *keys;	/* without a command: as people know them */
	const char *help;	/* N_(); NULL ends the list */
};

struct dialog_ops {
	const char *title;	/* N_(): over its keys in the help */
	const struct dialog_key *keys;	/* NULL: the help tells the pane's */
	/* REACT_NONE for a key that it does not know. */
	unsigned (*key)(struct dialog *d, struct state *s, uint32_t key);
	unsigned (*event)(struct dialog *d, struct state *s, const struct event *e);	/* may be NULL */
	/* A piece of what takes long, of some milliseconds: called in each turn of the loop while the dialog is
	 * busy. May be NULL: it never is. */
	unsigned (*work)(struct dialog *d, struct state *s);
	/* Draws itself into the middle of the area and sets the hardware cursor. */
	void (*draw)(struct dialog *d, const struct state *s, const struct area *a);
	void (*free)(struct dialog *d);
	void (*parts)(struct dialog *d, struct dialog_parts *out);	/* may be NULL: there are none */
	/* A field that asks for scans takes the code here, in characters of the American layout. REACT_NONE:
	 * the code is none of its own. May be NULL. */
	unsigned (*scan)(struct dialog *d, struct state *s, const char *text);
	/* It only opens orders: the next scan takes its place, and Enter does no harm in it. */
	bool gives_way;
};

/* The first member of every dialog. */
struct dialog {
	const struct dialog_ops *ops;
	struct dialog *below;
	bool busy;
};

void dialog_open(struct state *s, struct dialog *d);
void dialog_close(struct state *s, struct dialog *d);
void dialogs_clear(struct state *s);
/* To the top one; there has to be one. */
unsigned dialogs_key(struct state *s, uint32_t key);
/* REACT_NONE when it does not want the code, or there is none. */
unsigned dialogs_scan(struct state *s, const char *text);
/* Of the top one; none of them when there is no dialog. */
struct dialog_parts dialogs_parts(const struct state *s);
/* Empties every code that was typed into one of them. */
void dialogs_forget_codes(struct state *s);
unsigned dialogs_event(struct state *s, const struct event *e);
bool dialogs_busy(const struct state *s);
unsigned dialogs_work(struct state *s);
void dialogs_draw(const struct state *s, const struct area *a);

/* The clerk wants the action for the marked orders, or else for the one that is looked at: opens its
 * dialog, or says why not. Returns what is stale, like all of these. */
unsigned dialog_start(struct state *s, const struct action_spec *spec);
/* Whether there would be a dialog; if not, the reason. */
bool dialog_can_start(const struct state *s, const struct action_spec *spec, struct error *why);
/* Adds the orders that this would go to. */
void dialog_targets(const struct state *s, struct marks *out);
unsigned dialog_action(struct state *s, const struct action_spec *spec, const struct order *o);
unsigned dialog_action_marked(struct state *s, const struct action_spec *spec);
/* Sends the form to all marked orders and shows what becomes of each. */
unsigned dialog_results(struct state *s, const struct action_spec *spec, const struct marks *orders,
	const struct form *form);
/* Fetches the waybills of the same orders, and prints them when told to. */
unsigned dialog_waybill(struct state *s);
unsigned dialog_waybill_of(struct state *s, const struct marks *orders);
/* The results of the batch that is under way, or of the last one. */
unsigned dialog_batches(struct state *s);
unsigned dialog_number(struct state *s, uint32_t first_key);
/* Opens the order of that number; asks the server when the store does not know it. */
unsigned dialog_number_open(struct state *s, const char *code);
/* A scanner typed a code, as read in one or several ways, the likeliest first: a field that asks for it gets
 * it, else it opens its order, or what it says is said. In a dialog it asks first. */
unsigned dialog_scanned(struct state *s, const struct readings *code);
/* Whether the store has an order for it. */
bool dialog_scan_known(struct state *s, const struct readings *code);
/* What of the order that is looked at goes to the terminal's clipboard. */
unsigned dialog_copy(struct state *s);
unsigned dialog_help(struct state *s);
unsigned dialog_menu(struct state *s);
unsigned dialog_journal(struct state *s);
/* What was sold, lost and late: today's, and the days, weeks and months before. */
unsigned dialog_report(struct state *s);
/* The pick list of the marked orders, or else of the list that is shown. */
unsigned dialog_pick(struct state *s);
/* The shops of the settings; Enter shows another one. Says why where there is none. */
unsigned dialog_shops(struct state *s);
/* The languages; Enter begins the desk anew in another one. */
unsigned dialog_language(struct state *s);
/* One action of the journal in full; one that asks can be settled here. */
unsigned dialog_record(struct state *s, int64_t action_id);
/* Nobody has a PIN, and the desk cannot be locked: offers to set one for the clerk who is there. */
unsigned dialog_pin(struct state *s);
unsigned dialog_quit(struct state *s);
/* What the clerk must have read: stays until Enter or Esc. `title` is N_(), the text is copied. */
unsigned dialog_notice(struct state *s, const char *title, const char *text);

#endif
