/* What the screen knows: everything that panes, dialogs and bars draw from.
 *
 * Orders are read from the store through `reader`; the worker is spoken to through `desk`. Both may be
 * NULL: the first frame is drawn before the worker starts, and a new shop has no store yet. */
#ifndef TUI_MODEL_STATE_H
#define TUI_MODEL_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/child.h"
#include "base/scan.h"
#include "desk/desk.h"
#include "store/reader.h"
#include "tui/command/command.h"
#include "tui/model/alert.h"
#include "tui/model/bulk.h"
#include "tui/model/lock.h"
#include "tui/model/marks.h"
#include "tui/model/rows.h"
#include "tui/model/fresh.h"
#include "tui/model/shown.h"
#include "tui/model/tour.h"
#include "tui/model/urgent.h"
#include "tui/term/theme.h"
#include "tui/widget/lineedit.h"

enum focus { FOCUS_QUEUES, FOCUS_ORDERS, FOCUS_DETAILS, FOCUS_SEARCH };

struct dialog;
struct act;
struct kept;
struct shops;

/* How alerts are made heard; tui/alerting.c alone uses it. */
struct alerting {
	unsigned ways;			/* a set of enum notify_way */
	struct child command;		/* notify_command; pid 0: it does not run */
	int64_t until_ms;		/* mono: it is ended then */
	unsigned waiting;		/* 1 << enum alert_kind: for its next run */
	bool failed;			/* said so already, and it has not worked since */
};

struct state {
	const struct settings *settings;	/* borrowed, like the next two */
	const struct shop *shop;
	const char *state_dir;
	struct shops *shops;		/* all of this program, this one among them; see tui/model/shops.h */
	bool started;			/* its worker was, or could not be */
	char stopped[ERROR_TEXT_MAX];	/* why it could not; "" it was */
	bool read_only;
	struct lock *lock;		/* tui/locking.c's: one for all shops, and who is at the desk */
	const struct provider *provider;
	struct reader *reader;
	struct desk *desk;
	int64_t now_ms;			/* UTC, of this turn of the loop */
	int64_t mono_ms;

	enum link_state link;
	int64_t link_since_ms;
	int64_t link_until_ms;
	char link_text[ERROR_TEXT_MAX];
	struct fresh fresh;
	bool syncing;
	size_t sync_done;
	size_t sync_total;
	uint64_t refresh;		/* the refresh that the clerk asked for; 0 none */
	uint64_t print;			/* what is being printed: the status line says how it ends; 0 none */

	char message[ERROR_TEXT_MAX];	/* the status line; "" none */
	enum style message_style;
	int64_t message_until;		/* mono: from then on the next key takes it away */
	int64_t message_end;		/* mono: what it says is not so any more then; 0 never */
	int status_rows;		/* lines that it took when it was drawn last */

	struct list queues;
	size_t queue_counts[QUEUES_MAX];
	struct urgent urgent;		/* how many of them are how urgent */
	struct rows rows;
	struct lineedit search;		/* not empty: the list shows what was found */
	char search_text[LINEEDIT_MAX];	/* what the list shows now */
	struct marks marks;
	struct shown shown;

	struct action_list open;	/* the journal's open actions */
	size_t open_actions;
	size_t ask_actions;
	struct bulk bulk;
	struct tour tour;
	struct act *acts;		/* posted from here and not ended, see tui/model/act.h */

	struct alerts alerts;
	struct alerting alerting;

	int64_t reload_at;		/* mono: the store changed and is read again then; 0 none */
	int64_t reloaded_ms;		/* mono, the last time */
	int64_t key_ms;			/* mono: the last key */

	enum focus focus;
	bool details_open;		/* where there is no room for three panes */
	bool too_small;
	bool quit;
	struct dialog *dialogs;		/* the top one; see tui/dialog/dialog.h */

	struct scan_rules scan_rules;
	struct scan scan;
	struct kept *kept;		/* how it was before the keys that may be a scan's; see tui/kept.h */
	enum command next_command;	/* chosen in the menu, to be run when it has closed */
	bool search_stale;		/* another text was typed: searched once all keys are taken */
	bool prefetch;			/* the list scrolled: read ahead when there is time */
};

/* The caller sets what is borrowed besides. */
void state_init(struct state *s, const struct provider *p);
void state_clear(struct state *s);

/* The sentence of the status line: what happened. It stays for a while, whatever is typed. */
void state_say(struct state *s, enum style style, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* Why a key did nothing; the next key takes it away. Returns what is stale. */
unsigned state_say_why_not(struct state *s, const char *why);
/* A key came: takes away what has been read. Returns what is stale. */
unsigned state_hush(struct state *s);

/* Opens the reader if that was not possible yet. */
bool state_open_reader(struct state *s);
/* Reads everything that the screen shows for the first time, as far as there is a store. */
void state_open(struct state *s);
/* Reads everything again that the screen shows; call it when the store changed. */
void state_reload(struct state *s);
/* Only the open actions. */
void state_reload_actions(struct state *s);

const struct queue_spec *state_queue(const struct state *s);
/* Shows the queue, or what was searched for, from its top. */
void state_open_list(struct state *s);
/* Shows an order: its queue, the cursor on it, details open. False when the store has no such order. */
bool state_open_order(struct state *s, const char *order_id);
/* The order that an action goes to: the opened one while the details have the focus, else the row's. Its id,
 * or NULL. */
const char *state_target(const struct state *s);
/* The open action of an order, or NULL. */
const struct action *state_open_action(const struct state *s, const char *order_id);
/* Whether the server cannot be asked; link_text says why. */
bool state_unlinked(const struct state *s);
bool state_searching(const struct state *s);

#endif
