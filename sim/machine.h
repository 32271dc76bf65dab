/* The state machine of an order: what may be done to it, and what it becomes.
 *
 * A function that may refuse returns NULL when the thing was done and otherwise the sentence that
 * the service answers with; nothing has changed then. All under the shop's lock. */
#ifndef SIM_MACHINE_H
#define SIM_MACHINE_H

#include "sim/shop.h"

const char *machine_accept(struct shop *s, struct sim_order *o);
const char *machine_cancel(
	struct shop *s, struct sim_order *o, const char *reason, const char *comment);
const char *machine_send_code(struct shop *s, struct sim_order *o);
const char *machine_complete(struct shop *s, struct sim_order *o, const char *code);
const char *machine_assemble(struct shop *s, struct sim_order *o, unsigned spaces);
const char *machine_arrived(struct shop *s, struct sim_order *o);
const char *machine_arrived_backward(struct shop *s, struct sim_order *o);

/* Lines. `weight` < 0 leaves it to follow the quantity. The change is there after lines_delay. */
void machine_lines_change(struct shop *s, struct sim_order *o);
const char *machine_may_change_entries(const struct sim_order *o);
void machine_change_entry(struct shop *s, struct sim_order *o, struct sim_entry *e,
	int32_t quantity, int32_t weight, const char *reason);
const char *machine_set_imei(struct sim_order *o, struct sim_entry *e, const char *json);

/* What others do. Nothing happens where it no longer makes sense. */
void machine_courier_takes(struct shop *s, struct sim_order *o);
void machine_delivered(struct shop *s, struct sim_order *o);
void machine_buyer_cancels(struct shop *s, struct sim_order *o);
void machine_signed(struct sim_order *o);
void machine_return_decided(struct sim_order *o);

#endif
