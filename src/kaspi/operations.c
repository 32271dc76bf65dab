/* Every operation on an order: what people fill in for it, the call that comes of that, and its row. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "kaspi/parts.h"

/* ---- what is filled in ----------------------------------------------------------------------- */

#define COMMENT_MAX 1000	/* the service's */

/* Nobody knows the service's own limit; this one is ours, against a slip of the finger. */
#define SPACES_MAX 99

/* Ours as well: nobody sells as much in one order. */
#define QUANTITY_MAX 999999
#define WEIGHT_MAX 9999999	/* grams */

/* Four digits in the documents, which promise nothing. */
#define CODE_MIN 4
#define CODE_MAX 8

/* The only reasons that a shop may give. */
static const struct field_choice cancel_reasons[] = {
	{
		.value = "BUYER_CANCELLATION_BY_MERCHANT",
		.label = N_("The buyer refused"),
		.option = "buyer",
	},
	{
		.value = "BUYER_NOT_REACHABLE",
		.label = N_("The buyer cannot be reached"),
		.option = "not-reachable",
	},
	{
		.value = "MERCHANT_OUT_OF_STOCK",
		.label = N_("Out of stock"),
		.option = "out-of-stock",
	},
	{ .value = NULL },
};

static const struct field_spec cancel_fields[] = {
	{
		.name = "reason",
		.label = N_("Reason"),
		.hint = N_("Why the order is cancelled."),
		.kind = FIELD_CHOICE,
		.required = true,
		.choices = cancel_reasons,
	},
	{
		.name = "comment",
		.label = N_("Comment"),
		.hint = N_("A few words more, at most 1,000 characters."),
		.kind = FIELD_TEXT,
		.max = COMMENT_MAX,
	},
	{ .name = NULL },
};

static const struct field_spec complete_fields[] = {
	{
		.name = "code",
		.label = N_("Code"),
		.hint = N_("The code that the buyer got in the Kaspi.kz app."),
		.kind = FIELD_CODE,
		.required = true,
		.min = CODE_MIN,
		.max = CODE_MAX,
	},
	{ .name = NULL },
};

static size_t add_suggestion(struct suggestion *out, size_t n, int64_t spaces, const char *reason)
{
	if (spaces < 1 || spaces > SPACES_MAX)
		return n;
	snprintf(out[n].value, sizeof(out[n].value), "%" PRId64, spaces);
	for (size_t i = 0; i < n; i++)
		if (strcmp(out[i].value, out[n].value) == 0)
			return n;
	out[n].reason = reason;
	return n + 1;
}

/* The three ways in which shops count parcels. What is sold by weight counts once. */
static size_t suggest_spaces(const struct order *o, const struct entry_list *entries,
	struct suggestion *out)
{
	size_t n = add_suggestion(out, 0, 1, N_("one parcel for everything"));
	int64_t pieces = 0;

	(void)o;
	if (!entries)
		return n;
	for (size_t i = 0; i < entries->n; i++) {
		int64_t quantity = entries->items[i].quantity;
		bool counted = strcmp(entries->items[i].unit, "MEASURABLE") != 0;

		/* More than fits is too many in any case; stopping here keeps the sum small. */
		pieces += counted && quantity > 0 && quantity <= SPACES_MAX ? quantity : 1;
	}
	n = add_suggestion(out, n, (int64_t)entries->n, N_("one for each different item"));
	return add_suggestion(out, n, pieces, N_("one for each piece"));
}

static const struct field_spec assemble_fields[] = {
	{
		.name = "spaces",
		.label = N_("Parcels"),
		.hint = N_("How many parcels the order is packed into; each gets a waybill."),
		.kind = FIELD_NUMBER,
		.required = true,
		.min = 1,
		.max = SPACES_MAX,
		.suggest = suggest_spaces,
	},
	{ .name = NULL },
};

static const struct field_spec remove_fields[] = {
	{
		.name = "entry",
		.label = N_("Item"),
		.hint = N_("The number of the item in the order, as \"duken show\" prints it."),
		.kind = FIELD_ENTRY,
		.required = true,
		.takes = kaspi_line_is_there,
	},
	{
		.name = "remain",
		.label = N_("Pieces that remain"),
		.hint = N_("How many pieces of it remain; 0 takes it out of the order."),
		.kind = FIELD_NUMBER,
		.required = true,
		.max = QUANTITY_MAX,
	},
	{
		.name = "reason",
		.label = N_("Reason"),
		.hint = N_("Why pieces are taken out."),
		.kind = FIELD_CHOICE,
		.required = true,
		.choices = cancel_reasons,
	},
	{
		.name = "notes",
		.label = N_("Note"),
		.hint = N_("A few words more, at most 1,000 characters."),
		.kind = FIELD_TEXT,
		.max = COMMENT_MAX,
	},
	{ .name = NULL },
};

static const struct field_spec reweigh_fields[] = {
	{
		.name = "entry",
		.label = N_("Item"),
		.hint = N_("The number of the item in the order, as \"duken show\" prints it; once for each item."),
		.kind = FIELD_ENTRY,
		.required = true,
		.repeats = true,
		.takes = kaspi_line_is_weighed,
	},
	{
		.name = "weight",
		.label = N_("Weight, g"),
		.hint = N_("What it weighs now, in grams; 0 takes it out of the order."),
		.kind = FIELD_NUMBER,
		.required = true,
		.repeats = true,
		.max = WEIGHT_MAX,
		.takes = kaspi_line_is_weighed,
	},
	{
		.name = "remain",
		.label = N_("Pieces that remain"),
		.hint = N_("How many pieces of it remain; without it all of them."),
		.kind = FIELD_NUMBER,
		.repeats = true,
		.min = 1,
		.max = QUANTITY_MAX,
		.takes = kaspi_line_has_pieces_and_weight,
	},
	{
		.name = "notes",
		.label = N_("Note"),
		.hint = N_("A few words more, at most 1,000 characters."),
		.kind = FIELD_TEXT,
		.max = COMMENT_MAX,
	},
	{ .name = NULL },
};

static const struct field_spec imei_fields[] = {
	{
		.name = "entry",
		.label = N_("Item"),
		.hint = N_("The number of the item in the order, as \"duken show\" prints it."),
		.kind = FIELD_ENTRY,
		.required = true,
		.takes = kaspi_line_wants_imei,
	},
	{
		.name = "imei",
		.label = N_("IMEI"),
		.hint = N_("The IMEI of one device; of two SIM cards both, with a comma between."),
		.kind = FIELD_IMEI,
		.required = true,
		.repeats = true,
	},
	{ .name = NULL },
};

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

	if (!begin(cancel_fields, f, out, err))
		return false;
	kaspi_encode_cancel(s->order, field_choice_find(&cancel_fields[0], form_get(f, "reason"))->value,
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
	if (!begin(complete_fields, f, out, err))
		return false;
	kaspi_encode_complete(s->order, form_get(f, "code"), out);
	return true;
}

static bool encode_assemble(const struct subject *s, const struct form *f, struct call *out,
	struct error *err)
{
	if (!begin(assemble_fields, f, out, err))
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
	if (!begin(remove_fields, f, out, err) || !kaspi_remove_fits(s, f, err))
		return false;
	kaspi_encode_remove(f, field_choice_find(&remove_fields[2], form_get(f, "reason"))->value, out);
	return true;
}

static bool encode_reweigh(const struct subject *s, const struct form *f, struct call *out,
	struct error *err)
{
	if (!begin(reweigh_fields, f, out, err) || !kaspi_reweigh_fits(s, f, err))
		return false;
	kaspi_encode_reweigh(s, f, out);
	return true;
}

static bool encode_imei(const struct subject *s, const struct form *f, struct call *out,
	struct error *err)
{
	if (!begin(imei_fields, f, out, err) || !kaspi_imei_fits(s, f, err))
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
		.fields = cancel_fields,
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
		.opener = "send_code",
		.fields = complete_fields,
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
		.fields = assemble_fields,
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
		.repeatable = false,	/* the service works it off later, so unchanged proves little */
		.bulk = false,
		.fields = remove_fields,
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
		.repeatable = false,
		.bulk = false,
		.fields = reweigh_fields,
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
		.question = N_("Scan or type the IMEI of each device before it is handed out."),
		.done = N_("IMEI saved"),
		.danger = DANGER_NONE,
		.grace = false,		/* the device is handed out next */
		.repeatable = true,	/* it says which IMEI the line has: twice is the same */
		.bulk = false,
		.fields = imei_fields,
		.reads = READS_IMEIS,
		.applies = kaspi_imei_applies,
		.fits = kaspi_imei_fits,
		.warns = kaspi_imei_warns,
		.encode = encode_imei,
		.verdict = kaspi_imei_verdict,
	},
	{ .id = NULL },
};
