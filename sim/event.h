/* What happens in the shop by itself: orders arrive, waybills appear, couriers come, buyers cancel.
 *
 * Events are planned for a moment of shop_elapsed() and carried out by the next shop_lock() after
 * it. All under the shop's lock. */
#ifndef SIM_EVENT_H
#define SIM_EVENT_H

#include "sim/shop.h"

void event_plan(struct shop *s, enum event_kind kind, struct sim_order *o, int64_t after_ms);
/* The next arrival, counted from `since`. */
void event_plan_arrival(struct shop *s, int64_t since);
/* What an order has before it: a courier, a signature, a change of the buyer's mind. */
void event_plan_future(struct shop *s, struct sim_order *o);
void event_run_due(struct shop *s);

#endif
