/* What can be done to an order: one row an action.
 *
 * Every row is one mutating call. Dialogs, help, function bar, command line, journal and man page are
 * made from the rows of the provider; nothing outside the provider's folder knows an action by name.
 * All functions in a row are pure and may be called from any thread. */
#ifndef ORDER_ACTION_H
#define ORDER_ACTION_H

#include <stdbool.h>

#include "base/error.h"
#include "order/call.h"
#include "order/form.h"
#include "order/order.h"

enum action_danger {
	DANGER_NONE,	/* opens with the button on Yes */
	DANGER_CAREFUL,	/* cannot be taken back */
	DANGER_COSTLY	/* counts against the shop: opens on No */
};

/* How far an order is on its way once the action was done. */
enum milestone {
	MILESTONE_NONE,
	MILESTONE_ACCEPTED,
	MILESTONE_HANDED_OUT	/* to the buyer */
};

/* What is read again before and after an action, and what its functions are given. */
enum action_reads {
	READS_ORDER,
	READS_ENTRIES,
	READS_IMEIS	/* the entries with their IMEI */
};

/* An order with what was read of its lines. */
struct subject {
	const struct order *order;
	const struct entry_list *entries;	/* NULL: not read */
};

/* What a fresh copy of the order says of an action whose outcome nobody saw. */
enum verdict {
	VERDICT_DONE,		/* it was applied */
	VERDICT_NOT_DONE,	/* it was not, and sending it once more cannot apply it twice */
	VERDICT_UNCLEAR		/* a person must decide */
};

struct action_spec {
	const char *id;		/* "accept": the journal's and the command line's name */
	const char *label;	/* N_("Accept order"): the dialog's title and the menu's word */
	const char *verb;	/* N_("Accept"): the button's and the function bar's word */
	const char *question;	/* N_(): what confirming does, one or two sentences */
	const char *done;	/* N_("accepted"): the word in a list of results */
	/* Where the action can be an opener: N_("Code sent"), begins a sentence that ends with when; and
	 * N_("sends another code"), what a key does that does it once more. NULL: plainer words. */
	const char *was_done;
	const char *again;
	enum action_danger danger;
	bool grace;		/* waits the shop's grace seconds, in which it can be undone */
	bool attended;		/* makes sense only while the clerk waits for it: what cannot be sent at
				 * once is given back and never sent later. What takes a secret is. */
	bool lags;		/* the server says yes before it does it: an order that is unchanged proves little */
	bool repeatable;	/* may be sent a second time where verdict() proves the first was not applied */
	bool bulk;		/* may go to all marked orders with one form */
	bool waybill;		/* once it is done the marketplace makes a waybill */
	enum milestone milestone;
	/* The id of the action that has to come first within the same dialog (a code sent to the buyer
	 * before the hand-out), or NULL. */
	const char *opener;
	const struct field_spec *fields;	/* ends with a NULL name; NULL for none */
	enum action_reads reads;

	/* Whether it is possible now. If not: REFUSED, and a sentence with the reason and the states
	 * that it needs. */
	bool (*applies)(const struct order *o, struct error *why);
	/* Whether the form goes with the lines (there is such a line, less remains of it than there is).
	 * If not: REFUSED, or USAGE where something was filled in wrong. NULL: there is nothing to ask. */
	bool (*fits)(const struct subject *s, const struct form *f, struct error *why);
	/* Whether the form is possible but odd: the clerk has to read *what, all that is odd, and confirm it
	 * once more. NULL: never. After fits(); what != NULL. */
	bool (*warns)(const struct subject *s, const struct form *f, struct error *what);
	/* The form was checked against fields, and fits. */
	bool (*encode)(const struct subject *s, const struct form *f, struct call *out, struct error *err);
	/* Of `before` only state, status and assembled are sure to be known. */
	enum verdict (*verdict)(const struct order *before, const struct subject *now, const struct form *f);
	/* The API does not show afterwards that it was done: puts our own mark on a copy of the order, and
	 * says whether that makes a difference. NULL where the API shows it. */
	bool (*mark)(struct order *o);
};

#endif
