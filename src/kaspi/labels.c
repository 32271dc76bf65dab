#include <string.h>

#include "base/i18n.h"
#include "kaspi/parts.h"

/* TRANSLATORS: short words for what the service calls states, statuses, reasons and modes; the
 * words of the Kaspi merchant cabinet where it has any. */
static const struct {
	const char *value;
	const char *label;
} labels[] = {
	/* states */
	{ "NEW", N_("New") },
	{ "SIGN_REQUIRED", N_("To sign") },
	{ "PICKUP", N_("Pickup") },
	{ "DELIVERY", N_("Own delivery") },
	{ "KASPI_DELIVERY", N_("Kaspi delivery") },
	{ "ARCHIVE", N_("Archive") },
	/* statuses */
	{ "APPROVED_BY_BANK", N_("Approved by the bank") },
	{ "ACCEPTED_BY_MERCHANT", N_("Accepted") },
	{ "COMPLETED", N_("Completed") },
	{ "CANCELLED", N_("Cancelled") },
	{ "CANCELLING", N_("Being cancelled") },
	{ "KASPI_DELIVERY_RETURN_REQUESTED", N_("Return requested") },
	{ "RETURN_ACCEPTED_BY_MERCHANT", N_("Return accepted") },
	{ "RETURNED", N_("Returned") },
	/* delivery modes */
	{ "DELIVERY_LOCAL", N_("Delivery in town") },
	{ "DELIVERY_PICKUP", N_("Pickup") },
	{ "DELIVERY_REGIONAL_TODOOR", N_("Delivery to the door") },
	{ "DELIVERY_REGIONAL_PICKUP", N_("Regional pickup point") },
	{ "DELIVERY_POSTOMAT", N_("Postomat") },
	/* payment */
	{ "PAY_WITH_CREDIT", N_("Credit") },
	{ "PREPAID", N_("Paid") },
	/* why an order was cancelled; the first three a shop may give itself */
	{ "BUYER_CANCELLATION_BY_MERCHANT", N_("The buyer refused") },
	{ "BUYER_NOT_REACHABLE", N_("The buyer cannot be reached") },
	{ "MERCHANT_OUT_OF_STOCK", N_("Out of stock") },
	{ "BUYER_CANCELLATION_HIMSELF", N_("Cancelled by the buyer") },
	{ "BUYER_CANCELLATION_BY_COURIER", N_("Refused at the courier's") },
	{ "BUYER_CANCELLATION_BY_CSC", N_("Cancelled by customer service") },
	{ "TIMEOUT_BUYER_PICKUP", N_("Not collected in time") },
	{ "TIMEOUT_BUYER_SIGNATURE", N_("Not signed in time") },
	{ "TIMEOUT_KASPI_DELIVERY", N_("Not handed over in time") },
	{ "RFO_REJECTED", N_("Credit refused") },
	{ "TECHNICAL_PROBLEM_CANCELLATION", N_("Technical problem") },
	/* units */
	{ "PIECES", N_("pieces") },
	{ "MEASURABLE", N_("by weight") },
	{ "MEASURABLE_PIECES", N_("pieces by weight") },
};

const char *kaspi_value_label(const char *value)
{
	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++)
		if (strcmp(labels[i].value, value) == 0)
			return _(labels[i].label);
	return value;
}

const char *kaspi_delivery_label(const struct order *o)
{
	if (!o->kaspi_delivery)
		return kaspi_value_label(o->delivery_mode);
	if (strcmp(o->delivery_mode, "DELIVERY_PICKUP") == 0)
		return _("Kaspi Postomat");
	if (strcmp(o->delivery_mode, "DELIVERY_LOCAL") == 0)
		return _("Kaspi delivery in town");
	return kaspi_value_label(o->delivery_mode);
}
