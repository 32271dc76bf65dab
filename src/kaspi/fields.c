/* What people fill in for each operation. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "kaspi/parts.h"

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

const struct field_spec kaspi_cancel_fields[] = {
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

const struct field_spec kaspi_complete_fields[] = {
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

const struct field_spec kaspi_assemble_fields[] = {
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

const struct field_spec kaspi_remove_fields[] = {
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

const struct field_spec kaspi_reweigh_fields[] = {
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

const struct field_spec kaspi_imei_fields[] = {
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
