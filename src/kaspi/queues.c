#include <string.h>

#include "kaspi/parts.h"

static bool is(const char *value, const char *name)
{
	return strcmp(value, name) == 0;
}

static bool is_new(const struct order *o)
{
	return is(o->state, "NEW");
}

static bool is_to_sign(const struct order *o)
{
	return is(o->state, "SIGN_REQUIRED");
}

static bool comes_back(const struct order *o)
{
	return is(o->status, "CANCELLING") || is(o->status, "KASPI_DELIVERY_RETURN_REQUESTED") ||
		is(o->status, "RETURN_ACCEPTED_BY_MERCHANT");
}

static bool is_with_courier(const struct order *o)
{
	return is(o->state, "KASPI_DELIVERY") && o->transmitted_ms != 0;
}

static bool is_assembled(const struct order *o)
{
	return is(o->state, "KASPI_DELIVERY") && o->assembled;
}

/* The service keeps preOrder true when the goods have come and when the order is finished, so a
 * finished one must not wait here for ever. */
static bool is_preorder(const struct order *o)
{
	return o->preorder && !o->assembled && !o->arrived && !is(o->state, "ARCHIVE");
}

static bool is_to_pack(const struct order *o)
{
	return is(o->state, "KASPI_DELIVERY");
}

static bool is_pickup(const struct order *o)
{
	return is(o->state, "PICKUP");
}

static bool is_own_delivery(const struct order *o)
{
	return is(o->state, "DELIVERY");
}

static bool is_archive(const struct order *o)
{
	return is(o->state, "ARCHIVE");
}

/* In the order in which they are asked: the first rule that takes an order has it. The order of the
 * screen is that of the table in kaspi.c. */
static const struct {
	enum queue queue;
	bool (*takes)(const struct order *o);
} rules[] = {
	{ QUEUE_NEW, is_new },
	{ QUEUE_TO_SIGN, is_to_sign },
	{ QUEUE_RETURNS, comes_back },
	{ QUEUE_WITH_COURIER, is_with_courier },
	{ QUEUE_HAND_OVER, is_assembled },
	{ QUEUE_PREORDERS, is_preorder },
	{ QUEUE_PACK, is_to_pack },
	{ QUEUE_PICKUP, is_pickup },
	{ QUEUE_OWN_DELIVERY, is_own_delivery },
	{ QUEUE_ARCHIVE, is_archive },
};

enum queue kaspi_place(const struct order *o)
{
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (rules[i].takes(o))
			return rules[i].queue;
	return QUEUE_OTHER;
}

void kaspi_place_order(struct order *o)
{
	const struct queue_spec *queue = kaspi_queue_of(o);

	o->queue = queue->id;
	o->finished = !queue->active;
}

bool kaspi_more_expected(const struct order *o)
{
	return is_assembled(o) && !o->transmitted_ms && !*o->waybill;
}

bool kaspi_sold(const struct order *o)
{
	return !comes_back(o) && !is(o->status, "CANCELLED") && !is(o->status, "RETURNED");
}
