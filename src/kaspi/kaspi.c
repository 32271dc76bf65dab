#include "kaspi/kaspi.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "kaspi/parts.h"

/* ---- queues ---------------------------------------------------------------------------------- */

/* TRANSLATORS: the names of the queues are those of the Kaspi merchant cabinet: Новые, Упаковка,
 * Передача, Переданы на доставку, Самовывоз, Моя доставка, Предзаказ, На подписании, Возвраты,
 * Архив. */
static const struct queue_spec queues[QUEUES + 1] = {
	[QUEUE_NEW] = {
		.id = "new",
		.label = N_("New"),
		.help = N_("Orders that wait to be accepted."),
		.group = "NEW",
		.active = true,
	},
	[QUEUE_PACK] = {
		.id = "pack",
		.label = N_("Pack"),
		.help = N_("Orders for Kaspi delivery that wait to be packed and assembled."),
		.group = "KASPI_DELIVERY",
		.active = true,
	},
	[QUEUE_HAND_OVER] = {
		.id = "hand_over",
		.label = N_("Hand over"),
		.help = N_("Assembled orders that wait for the courier."),
		.group = "KASPI_DELIVERY",
		.active = true,
	},
	[QUEUE_WITH_COURIER] = {
		.id = "with_courier",
		.label = N_("With courier"),
		.help = N_("Orders that the courier has and the buyer has not yet."),
		.group = "KASPI_DELIVERY",
		.active = true,
	},
	[QUEUE_PICKUP] = {
		.id = "pickup",
		.label = N_("Pickup"),
		.help = N_("Orders that the buyer collects in the shop."),
		.group = "PICKUP",
		.active = true,
	},
	[QUEUE_OWN_DELIVERY] = {
		.id = "own_delivery",
		.label = N_("Own delivery"),
		.help = N_("Orders that the shop delivers itself."),
		.group = "DELIVERY",
		.active = true,
	},
	[QUEUE_PREORDERS] = {
		.id = "preorders",
		.label = N_("Pre-orders"),
		.help = N_("Pre-orders whose goods have not arrived in the shop."),
		.group = "KASPI_DELIVERY",
		.active = true,
	},
	[QUEUE_TO_SIGN] = {
		.id = "to_sign",
		.label = N_("To sign"),
		.help = N_("Orders on credit that wait for the buyer's signature."),
		.group = "SIGN_REQUIRED",
		.active = true,
	},
	[QUEUE_RETURNS] = {
		.id = "returns",
		.label = N_("Returns"),
		.help = N_("Orders that were cancelled on the way and come back."),
		.group = "KASPI_DELIVERY",
		.active = true,
	},
	[QUEUE_OTHER] = {
		.id = "other",
		.label = N_("Other"),
		.help = N_("Orders in a state that this program does not know."),
		.group = "NEW",
		.active = true,
	},
	[QUEUE_ARCHIVE] = {
		.id = "archive",
		.label = N_("Archive"),
		.help = N_("Finished orders: handed out, cancelled or returned."),
		.group = "ARCHIVE",
		.active = false,
	},
	[QUEUES] = { .id = NULL },
};

const struct queue_spec *kaspi_queue_of(const struct order *o)
{
	return &queues[kaspi_place(o)];
}

/* ---- what is filled in ----------------------------------------------------------------------- */

#define COMMENT_MAX 1000	/* the service's */

/* Nobody knows the service's own limit; this one is ours, against a slip of the finger. */
#define SPACES_MAX 99

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

/* ---- from a form to a call ------------------------------------------------------------------- */

/* The form was checked already; once more costs nothing beside a call that cannot be taken back.
 * The call can be cleared whatever comes of it. */
static bool begin(const struct field_spec *fields, const struct form *f, struct call *out,
	struct error *err)
{
	call_init(out, CALL_POST);
	return form_check(fields, f, err);
}

static bool encode_accept(const struct order *o, const struct form *f, struct call *out,
	struct error *err)
{
	if (!begin(NULL, f, out, err))
		return false;
	kaspi_encode_accept(o, out);
	return true;
}

static bool encode_cancel(const struct order *o, const struct form *f, struct call *out,
	struct error *err)
{
	const char *comment = form_get(f, "comment");

	if (!begin(cancel_fields, f, out, err))
		return false;
	kaspi_encode_cancel(o, field_choice_find(&cancel_fields[0], form_get(f, "reason"))->value,
		comment ? comment : "", out);
	return true;
}

static bool encode_send_code(const struct order *o, const struct form *f, struct call *out,
	struct error *err)
{
	if (!begin(NULL, f, out, err))
		return false;
	kaspi_encode_complete(o, "", out);
	return true;
}

static bool encode_complete(const struct order *o, const struct form *f, struct call *out,
	struct error *err)
{
	if (!begin(complete_fields, f, out, err))
		return false;
	kaspi_encode_complete(o, form_get(f, "code"), out);
	return true;
}

static bool encode_assemble(const struct order *o, const struct form *f, struct call *out,
	struct error *err)
{
	if (!begin(assemble_fields, f, out, err))
		return false;
	kaspi_encode_assemble(o, strtoll(form_get(f, "spaces"), NULL, 10), out);
	return true;
}

/* ---- actions --------------------------------------------------------------------------------- */

static const struct action_spec actions[] = {
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
	{ .id = NULL },
};

const struct provider kaspi_provider = {
	.id = "kaspi",
	.label = "Kaspi.kz",
	.default_base_url = "https://kaspi.kz",
	.auth_header = "X-Auth-Token",
	.merchant_header = "X-Merchant-Uid",
	.page_size = KASPI_PAGE_SIZE,
	.queues = queues,
	.actions = actions,
	.queue_of = kaspi_queue_of,
	.due = kaspi_due,
	.value_label = kaspi_value_label,
	.delivery_label = kaspi_delivery_label,
	.plan = kaspi_plan,
	.call_listing = kaspi_call_listing,
	.read_listing = kaspi_read_listing,
	.call_lookup = kaspi_call_lookup,
	.call_entries = kaspi_call_entries,
	.read_entries = kaspi_read_entries,
	.facts_of = kaspi_facts_of,
	.call_fact = kaspi_call_fact,
	.read_fact = kaspi_read_fact,
	.more_expected = kaspi_more_expected,
	.read_refusal = kaspi_read_refusal,
	.read_acceptance = kaspi_read_acceptance,
};
