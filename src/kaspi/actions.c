#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "kaspi/parts.h"

#define WHERE_CHARS 30	/* of a label; those that we know are shorter */
#define WHERE_MAX (2 * 4 * WHERE_CHARS + 3)

static bool state_is(const struct order *o, const char *state)
{
	return strcmp(o->state, state) == 0;
}

static bool status_is(const struct order *o, const char *status)
{
	return strcmp(o->status, status) == 0;
}

/* "Pickup, Accepted": where an order is, in the words of the screen. */
static const char *where(const struct order *o, char out[WHERE_MAX])
{
	const char *state = kaspi_value_label(o->state), *status = kaspi_value_label(o->status);

	snprintf(out, WHERE_MAX, "%.*s, %.*s", (int)text_prefix(state, WHERE_CHARS), state,
		(int)text_prefix(status, WHERE_CHARS), status);
	return out;
}

/* ---- possible now? --------------------------------------------------------------------------- */

/* TRANSLATORS: in the sentences below %s says where the order is, such as "Pickup, Accepted". */

bool kaspi_accept_applies(const struct order *o, struct error *why)
{
	char is[WHERE_MAX];

	if (state_is(o, "NEW") && status_is(o, "APPROVED_BY_BANK"))
		return true;
	return error_set(why, ERR_REFUSED,
		_("Only a new order that the bank approved can be accepted; this one is: %s."),
		where(o, is));
}

bool kaspi_cancel_applies(const struct order *o, struct error *why)
{
	char is[WHERE_MAX];

	if (status_is(o, "APPROVED_BY_BANK") || status_is(o, "ACCEPTED_BY_MERCHANT"))
		return true;
	return error_set(why, ERR_REFUSED,
		_("Only an order that the bank approved or the shop accepted can be cancelled; "
		  "this one is: %s."),
		where(o, is));
}

/* The code is sent and the order handed out under the same rule: two steps of one thing. */
bool kaspi_hand_out_applies(const struct order *o, struct error *why)
{
	char is[WHERE_MAX];

	if (state_is(o, "KASPI_DELIVERY"))
		return error_set(why, ERR_REFUSED,
			_("Kaspi's courier hands out this order; the shop hands out accepted "
			  "orders for pickup or own delivery."));
	if ((state_is(o, "PICKUP") || state_is(o, "DELIVERY")) &&
		status_is(o, "ACCEPTED_BY_MERCHANT"))
		return true;
	return error_set(why, ERR_REFUSED,
		_("Only an accepted order for pickup or own delivery can be handed out; this one "
		  "is: %s."),
		where(o, is));
}

/* The status does not change with it, so the flag has to tell; a second one is not sent because
 * what the service makes of it is not known. */
bool kaspi_assemble_applies(const struct order *o, struct error *why)
{
	char is[WHERE_MAX];

	if (!state_is(o, "KASPI_DELIVERY") || !status_is(o, "ACCEPTED_BY_MERCHANT"))
		return error_set(why, ERR_REFUSED,
			_("Only an accepted order for Kaspi delivery can be assembled; this one "
			  "is: %s."),
			where(o, is));
	if (o->transmitted_ms)
		return error_set(why, ERR_REFUSED,
			_("The courier has this order already; only one that is still here can be "
			  "assembled."));
	if (o->assembled)
		return error_set(why, ERR_REFUSED,
			_("This order is assembled already; only one that is not can be "
			  "assembled."));
	return true;
}

/* The service forgets that the goods came: our mark alone knows. */
bool kaspi_arrived_applies(const struct order *o, struct error *why)
{
	char is[WHERE_MAX];

	if (o->arrived)
		return error_set(why, ERR_REFUSED,
			_("The goods of this pre-order were marked as arrived already."));
	if (o->preorder && !o->assembled && status_is(o, "ACCEPTED_BY_MERCHANT") && !state_is(o, "ARCHIVE"))
		return true;
	if (!o->preorder)
		return error_set(why, ERR_REFUSED, _("Only the goods of a pre-order arrive; this order is none."));
	return error_set(why, ERR_REFUSED,
		_("Only the goods of an accepted pre-order that is not packed can arrive; this one is: %s."),
		where(o, is));
}

bool kaspi_returned_applies(const struct order *o, struct error *why)
{
	char is[WHERE_MAX];

	if (status_is(o, "CANCELLING") || status_is(o, "KASPI_DELIVERY_RETURN_REQUESTED"))
		return true;
	return error_set(why, ERR_REFUSED,
		_("Only an order that is being cancelled or sent back can be returned to the shop; this one is: %s."),
		where(o, is));
}

bool kaspi_lines_apply(const struct order *o, struct error *why)
{
	char is[WHERE_MAX];

	if (state_is(o, "ARCHIVE") ||
	    (!status_is(o, "APPROVED_BY_BANK") && !status_is(o, "ACCEPTED_BY_MERCHANT")))
		return error_set(why, ERR_REFUSED,
			_("Only the goods of an order that the shop has to deliver can be changed; this one is: %s."),
			where(o, is));
	if (o->assembled || o->transmitted_ms)
		return error_set(why, ERR_REFUSED,
			_("This order is assembled already; goods can only be changed before."));
	return true;
}

bool kaspi_imei_applies(const struct order *o, struct error *why)
{
	char is[WHERE_MAX];

	if (!state_is(o, "ARCHIVE") &&
	    (status_is(o, "APPROVED_BY_BANK") || status_is(o, "ACCEPTED_BY_MERCHANT")))
		return true;
	return error_set(why, ERR_REFUSED,
		_("An IMEI can only be given before the order is handed out; this one is: %s."), where(o, is));
}

bool kaspi_mark_arrived(struct order *o)
{
	if (!o->preorder || o->arrived)
		return false;
	o->arrived = true;
	kaspi_place_order(o);
	return true;
}

/* ---- what became of it ----------------------------------------------------------------------- */

static bool unmoved(const struct order *before, const struct order *now)
{
	return strcmp(before->state, now->state) == 0 && strcmp(before->status, now->status) == 0;
}

KASPI_VERDICT(kaspi_accept_verdict)
{
	(void)f;
	if (status_is(now->order, "ACCEPTED_BY_MERCHANT") || status_is(now->order, "COMPLETED"))
		return VERDICT_DONE;
	return unmoved(before, now->order) ? VERDICT_NOT_DONE : VERDICT_UNCLEAR;
}

/* Who cancelled it does not matter any more. */
KASPI_VERDICT(kaspi_cancel_verdict)
{
	(void)f;
	if (status_is(now->order, "CANCELLED") || status_is(now->order, "CANCELLING"))
		return VERDICT_DONE;
	return unmoved(before, now->order) ? VERDICT_NOT_DONE : VERDICT_UNCLEAR;
}

KASPI_VERDICT(kaspi_complete_verdict)
{
	(void)f;
	if (state_is(now->order, "ARCHIVE") && status_is(now->order, "COMPLETED"))
		return VERDICT_DONE;
	return unmoved(before, now->order) ? VERDICT_NOT_DONE : VERDICT_UNCLEAR;
}

/* The order does not say into how many parcels it was assembled, so this rests on applies(): it was
 * not assembled before, hence if it is now, this did it or somebody with the same order in hand. */
KASPI_VERDICT(kaspi_assemble_verdict)
{
	(void)f;
	if (now->order->assembled)
		return before->assembled ? VERDICT_UNCLEAR : VERDICT_DONE;
	return unmoved(before, now->order) ? VERDICT_NOT_DONE : VERDICT_UNCLEAR;
}

/* What the service makes of an order that came back differs: cancelled, returned or still to be decided. */
KASPI_VERDICT(kaspi_returned_verdict)
{
	(void)f;
	if (status_is(now->order, "CANCELLED") || status_is(now->order, "RETURNED") ||
		status_is(now->order, "RETURN_ACCEPTED_BY_MERCHANT"))
		return VERDICT_DONE;
	return unmoved(before, now->order) ? VERDICT_NOT_DONE : VERDICT_UNCLEAR;
}

/* An order does not show that a code went to the buyer, or that the goods of a pre-order came. */
KASPI_VERDICT(kaspi_no_verdict)
{
	(void)before;
	(void)now;
	(void)f;
	return VERDICT_UNCLEAR;
}
