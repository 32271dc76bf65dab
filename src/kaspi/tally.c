/* What an order counts as when the shop's day is summed. */
#include <string.h>

#include "kaspi/parts.h"

/* What the shop cancels counts against it, whatever reason it gives, and so does what it brought to the courier too
 * late. */
static const struct {
	const char *reason;
	enum fault fault;
} faults[] = {
	{ "MERCHANT_OUT_OF_STOCK", FAULT_SHOP },
	{ "BUYER_CANCELLATION_BY_MERCHANT", FAULT_SHOP },
	{ "BUYER_NOT_REACHABLE", FAULT_SHOP },
	{ "TIMEOUT_KASPI_DELIVERY", FAULT_SHOP },
	{ "BUYER_CANCELLATION_HIMSELF", FAULT_OTHERS },
	{ "BUYER_CANCELLATION_BY_COURIER", FAULT_OTHERS },
	{ "BUYER_CANCELLATION_BY_CSC", FAULT_OTHERS },
	{ "TIMEOUT_BUYER_PICKUP", FAULT_OTHERS },
	{ "TIMEOUT_BUYER_SIGNATURE", FAULT_OTHERS },
	{ "RFO_REJECTED", FAULT_OTHERS },
	{ "TECHNICAL_PROBLEM_CANCELLATION", FAULT_OTHERS },
};

enum fault kaspi_fault(const char *reason)
{
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
		if (strcmp(faults[i].reason, reason) == 0)
			return faults[i].fault;
	return FAULT_UNKNOWN;
}

/* Until it is signed an order on credit is new as well, by its status. */
bool kaspi_accepted(const struct order *o)
{
	return *o->status && strcmp(o->status, "APPROVED_BY_BANK") != 0 && strcmp(o->state, "NEW") != 0 &&
		strcmp(o->state, "SIGN_REQUIRED") != 0;
}
