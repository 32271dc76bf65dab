/* Every operation on an order: the call that comes of what was filled in, and its row. */
#include <stdlib.h>

#include "base/i18n.h"
#include "kaspi/parts.h"

/* ---- from a form to a call ------------------------------------------------------------------- */

/* The form was checked already; once more costs nothing beside a call that cannot be taken back.
 * The call can be cleared whatever comes of it. */
static bool begin(const struct field_spec *fields, const struct form *f, struct call *out,
	struct error *err)
{
	call_init(out, CALL_POST);
	return form_check(fields, f, err);
}

static bool encode_accept(const struct subject *s, const struct form *f, struct call *out,
	struct error *err)
{
	if (!begin(NULL, f, out, err))
		return false;
	kaspi_encode_accept(s->order, out);
	return true;
}

static bool encode_cancel(const struct subject *s, const struct form *f, struct call *out,
	struct error *err)
{
	const char *comment = form_get(f, "comment");

	if (!begin(kaspi_cancel_fields, f, out, err))
		return false;
	kaspi_encode_cancel(s->order, field_choice_find(&kaspi_cancel_fields[0], form_get(f, "reason"))->value,
		comment ? comment : "", out);
	return true;
}

static bool encode_send_code(const struct subject *s, const struct form *f, struct call *out,
	struct error *err)
{
	if (!begin(NULL, f, out, err))
		return false;
	kaspi_encode_complete(s->order, "", out);
	return true;
}

static bool encode_complete(const struct subject *s, const struct form *f, struct call *out,
	struct error *err)
{
	if (!begin(kaspi_complete_fields, f, out, err))
		return false;
	kaspi_encode_complete(s->order, form_get(f, "code"), out);
	return true;
}

static bool encode_assemble(const struct subject *s, const struct form *f, struct call *out,
	struct error *err)
{
	if (!begin(kaspi_assemble_fields, f, out, err))
		return false;
	kaspi_encode_assemble(s->order, strtoll(form_get(f, "spaces"), NULL, 10), out);
	return true;
}

static bool encode_arrived(const struct subject *s, const struct form *f, struct call *out,
	struct error *err)
{
	if (!begin(NULL, f, out, err))
		return false;
	kaspi_encode_arrived(s->order, out);
	return true;
}

static bool encode_returned(const struct subject *s, const struct form *f, struct call *out,
	struct error *err)
{
	if (!begin(NULL, f, out, err))
		return false;
	kaspi_encode_returned(s->order, out);
	return true;
}

static bool encode_remove(const struct subject *s, const struct form *f, struct call *out,
	struct error *err)
{
	if (!begin(kaspi_remove_fields, f, out, err) || !kaspi_remove_fits(s, f, err))
		return false;
	kaspi_encode_remove(f, field_choice_find(&kaspi_remove_fields[2], form_get(f, "reason"))->value, out);
	return true;
}

static bool encode_reweigh(const struct subject *s, const struct form *f, struct call *out,
	struct error *err)
{
	if (!begin(kaspi_reweigh_fields, f, out, err) || !kaspi_reweigh_fits(s, f, err))
		return false;
	kaspi_encode_reweigh(s, f, out);
	return true;
}

static bool encode_imei(const struct subject *s, const struct form *f, struct call *out,
	struct error *err)
{
	if (!begin(kaspi_imei_fields, f, out, err) || !kaspi_imei_fits(s, f, err))
		return false;
	kaspi_encode_imei(f, out);
	return true;
}

/* ---- actions --------------------------------------------------------------------------------- */

const struct action_spec kaspi_actions[] = {
	{
		.id = "accept",
		.label = N_("Accept order"),
		.verb = N_("Accept"),
		.question = N_("The shop takes the order on and has to deliver it in time."),
		.done = N_("accepted"),
		.danger = DANGER_NONE,
		.grace = true,
		.repeatable = true,	/* an accepted order is not new: another is refused */
		.bulk = true,
		.milestone = MILESTONE_ACCEPTED,
		.applies = kaspi_accept_applies,
		.encode = encode_accept,
		.verdict = kaspi_accept_verdict,
	},
	{
		.id = "cancel",
		.label = N_("Cancel order"),
		.verb = N_("Cancel order"),
		.question = N_("The order is cancelled for good. Cancellations count against "
			"the shop's rating."),
		.done = N_("cancelled"),
		.danger = DANGER_COSTLY,
		.grace = true,
		.repeatable = true,	/* only an order that is not cancelled can be */
		.bulk = true,
		.fields = kaspi_cancel_fields,
		.applies = kaspi_cancel_applies,
		.encode = encode_cancel,
		.verdict = kaspi_cancel_verdict,
	},
	{
		.id = "send_code",
		.label = N_("Send code to buyer"),
		.verb = N_("Send code"),
		.question = N_("The buyer gets a code in the Kaspi.kz app and tells it to you."),
		.done = N_("code sent"),
		/* TRANSLATORS: begins "Code sent at 11:19." */
		.was_done = N_("Code sent"),
		/* TRANSLATORS: goes on after a key: "Ctrl-R sends another code." */
		.again = N_("sends another code"),
		.danger = DANGER_NONE,
		.grace = false,
		.attended = true,	/* the buyer stands there now */
		.repeatable = false,	/* every one of them buzzes the buyer's phone */
		.bulk = false,
		.applies = kaspi_hand_out_applies,
		.encode = encode_send_code,
		.verdict = kaspi_no_verdict,
	},
	{
		.id = "complete",
		.label = N_("Hand out order"),
		.verb = N_("Hand out"),
		.question = N_("The buyer has the goods; the order is finished with the "
			"buyer's code."),
		.done = N_("handed out"),
		.danger = DANGER_CAREFUL,
		.grace = false,
		.attended = true,
		.repeatable = false,	/* the code is not kept: nothing to send again */
		.bulk = false,
		.milestone = MILESTONE_HANDED_OUT,
		.opener = "send_code",
		.fields = kaspi_complete_fields,
		.applies = kaspi_hand_out_applies,
		.encode = encode_complete,
		.verdict = kaspi_complete_verdict,
	},
	{
		.id = "assemble",
		.label = N_("Assemble order"),
		.verb = N_("Assemble"),
		.question = N_("The order is packed; a waybill is made for every parcel."),
		.done = N_("assembled"),
		.danger = DANGER_CAREFUL,
		.grace = true,
		/* The status stays as it was, so nothing is known to stop a second one: it might
		 * make a second set of waybills. */
		.repeatable = false,
		.bulk = true,
		.waybill = true,
		.fields = kaspi_assemble_fields,
		.applies = kaspi_assemble_applies,
		.encode = encode_assemble,
		.verdict = kaspi_assemble_verdict,
	},
	{
		.id = "arrived",
		.label = N_("Pre-order: goods arrived"),
		.verb = N_("Goods arrived"),
		.question = N_("The goods of the pre-order are in the shop; Kaspi is told, and the order goes on to "
			"packing or pickup."),
		.done = N_("goods arrived"),
		.danger = DANGER_CAREFUL,
		.grace = true,
		.repeatable = false,	/* the service does not show whether it was told */
		.bulk = true,
		.applies = kaspi_arrived_applies,
		.encode = encode_arrived,
		.verdict = kaspi_no_verdict,
		.mark = kaspi_mark_arrived,
	},
	{
		.id = "returned",
		.label = N_("Goods came back"),
		.verb = N_("Came back"),
		.question = N_("The goods of the cancelled order are back in the shop; that ends the order."),
		.done = N_("came back"),
		.danger = DANGER_CAREFUL,
		.grace = true,
		.repeatable = false,	/* what the service makes of a second one is not known */
		.bulk = true,
		.applies = kaspi_returned_applies,
		.encode = encode_returned,
		.verdict = kaspi_returned_verdict,
	},
	{
		.id = "remove_item",
		.label = N_("Take goods out"),
		.verb = N_("Take out"),
		.question = N_("The buyer gets fewer pieces and pays less. That counts against the shop's rating."),
		.done = N_("taken out"),
		.danger = DANGER_COSTLY,
		.grace = true,
		.lags = true,		/* the answer is "INPROGRESS" */
		.repeatable = false,
		.bulk = false,
		.fields = kaspi_remove_fields,
		.reads = READS_ENTRIES,
		.applies = kaspi_lines_apply,
		.fits = kaspi_remove_fits,
		.warns = kaspi_remove_warns,
		.encode = encode_remove,
		.verdict = kaspi_remove_verdict,
	},
	{
		.id = "reweigh",
		.label = N_("Change weight"),
		.verb = N_("Change weight"),
		.question = N_("The buyer gets less than was ordered and pays less."),
		.done = N_("weight changed"),
		.danger = DANGER_CAREFUL,
		.grace = true,
		.lags = true,
		.repeatable = false,
		.bulk = false,
		.fields = kaspi_reweigh_fields,
		.reads = READS_ENTRIES,
		.applies = kaspi_lines_apply,
		.fits = kaspi_reweigh_fits,
		.warns = kaspi_reweigh_warns,
		.encode = encode_reweigh,
		.verdict = kaspi_reweigh_verdict,
	},
	{
		.id = "imei",
		.label = N_("IMEI of devices"),
		.verb = N_("Save IMEI"),
		.question = N_("Scan or type the IMEI of each device. A second scan is its other SIM card; Tab goes on to the "
			"next device."),
		.done = N_("IMEI saved"),
		.danger = DANGER_NONE,
		.grace = false,		/* the device is handed out next */
		.repeatable = true,	/* it says which IMEI the line has: twice is the same */
		.bulk = false,
		.fields = kaspi_imei_fields,
		.reads = READS_IMEIS,
		.applies = kaspi_imei_applies,
		.fits = kaspi_imei_fits,
		.warns = kaspi_imei_warns,
		.encode = encode_imei,
		.verdict = kaspi_imei_verdict,
	},
	{ .id = NULL },
};
