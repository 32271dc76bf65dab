/* When an order of Kaspi is due. The service names the hand-over to its courier and the promise to the buyer;
 * how soon a new order has to be accepted and how long one may wait to be collected it does not say, so the
 * shop's limits do. */
#include "base/clock.h"
#include "kaspi/parts.h"

/* When the buyer's money was there: the shop cannot have known of the order before. */
static int64_t placed_ms(const struct order *o)
{
	return due_is_date(o->approved_ms) ? o->approved_ms : due_is_date(o->created_ms) ? o->created_ms : 0;
}

static int64_t minutes_after(int64_t ms, int minutes)
{
	return ms && minutes ? ms + minutes * CLOCK_MINUTE_MS : 0;
}

static int64_t earlier(int64_t a, int64_t b)
{
	return a && (!b || a < b) ? a : b;
}

/* An express courier is called for the one order and does not wait for the shop's hour. */
static int64_t courier_ms(const struct order *o, const struct limits *limits)
{
	return o->express ? due_end_of(o->transmission_planned_ms) :
		due_cut_off(o->transmission_planned_ms, limits);
}

/* Never later than the courier comes. */
static enum due_kind accept_due(const struct order *o, const struct limits *limits, int64_t *due_ms)
{
	int minutes = o->express ? limits->express_min : limits->accept_min;

	*due_ms = earlier(minutes_after(placed_ms(o), minutes), courier_ms(o, limits));
	return DUE_ACCEPT;
}

static enum due_kind deliver_due(const struct order *o, const struct limits *limits, int64_t *due_ms)
{
	*due_ms = due_end_of(o->planned_ms);
	if (!*due_ms && o->express)
		*due_ms = minutes_after(placed_ms(o), limits->express_min);
	return DUE_DELIVER;
}

static enum due_kind hand_over_due(const struct order *o, const struct limits *limits, int64_t *due_ms)
{
	*due_ms = courier_ms(o, limits);
	if (!*due_ms && o->express)
		*due_ms = minutes_after(placed_ms(o), limits->express_min);
	/* Whatever is promised to the buyer has to leave the shop before. */
	return *due_ms ? DUE_HAND_OVER : deliver_due(o, limits, due_ms);
}

/* It waits from the day on for which it was promised; the service says of pre-orders until when. */
static enum due_kind pickup_due(const struct order *o, const struct limits *limits, int64_t *due_ms)
{
	int64_t since = placed_ms(o);

	if (due_is_date(o->planned_ms) && o->planned_ms > since)
		since = o->planned_ms;
	*due_ms = due_end_of(o->reserved_until_ms);
	if (!*due_ms && since && limits->pickup_days)
		*due_ms = time_on_day(since, limits->pickup_days, 24 * 60 - 1);
	return DUE_PICKUP;
}

static enum due_kind preorder_due(const struct order *o, const struct limits *limits, int64_t *due_ms)
{
	*due_ms = courier_ms(o, limits);
	*due_ms = earlier(*due_ms, due_end_of(o->reserved_until_ms));
	*due_ms = earlier(*due_ms, due_end_of(o->planned_ms));
	return DUE_ARRIVE;
}

enum due_kind kaspi_due(const struct order *o, const struct limits *limits, int64_t *due_ms)
{
	*due_ms = 0;
	switch (kaspi_place(o)) {
	case QUEUE_ARCHIVE:
	case QUEUE_WITH_COURIER:
		return DUE_NOTHING;
	case QUEUE_NEW:
		return accept_due(o, limits, due_ms);
	case QUEUE_PACK:
	case QUEUE_HAND_OVER:
		return hand_over_due(o, limits, due_ms);
	case QUEUE_PICKUP:
		return pickup_due(o, limits, due_ms);
	case QUEUE_OWN_DELIVERY:
		return deliver_due(o, limits, due_ms);
	case QUEUE_PREORDERS:
		return preorder_due(o, limits, due_ms);
	default:
		/* To sign, and returns: the service has no date of when they began to wait. */
		return DUE_WAIT;
	}
}
