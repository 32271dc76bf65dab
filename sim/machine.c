#include "sim/machine.h"

#include <string.h>

#include "sim/event.h"

static bool is_final(const struct sim_order *o)
{
	return o->state == STATE_ARCHIVE;
}

static bool is_cancelled(const struct sim_order *o)
{
	return o->status == STATUS_CANCELLED || o->status == STATUS_CANCELLING;
}

const char *machine_accept(struct shop *s, struct sim_order *o)
{
	if (o->state != STATE_NEW || o->status != STATUS_APPROVED_BY_BANK)
		return "Order can't be accepted in its current state.";
	order_set_state(o, order_accepted_state(o), STATUS_ACCEPTED_BY_MERCHANT);
	if (order_is_kaspi(o) && !o->handover_planned)
		o->handover_planned = shop_now(s) + (o->express ? 2 : 20) * SIM_HOUR_MS;
	return NULL;
}

const char *machine_cancel(
	struct shop *s, struct sim_order *o, const char *reason, const char *comment)
{
	if (o->status != STATUS_APPROVED_BY_BANK && o->status != STATUS_ACCEPTED_BY_MERCHANT)
		return "Order can't be cancelled in its current status.";
	/* What is packed for Kaspi's courier must come back first. */
	if (o->assembled || o->handed_over)
		order_set_state(o, STATE_KASPI_DELIVERY, STATUS_CANCELLING);
	else
		order_set_state(o, STATE_ARCHIVE, STATUS_CANCELLED);
	o->cancel_reason = arena_strdup(&s->arena, reason);
	o->cancel_comment = arena_strdup(&s->arena, comment);
	return NULL;
}

static const char *may_complete(const struct shop *s, const struct sim_order *o)
{
	unsigned i;

	if (o->status == STATUS_COMPLETED)
		return "Order already has been completed, so it can't be completed again.";
	if (is_cancelled(o))
		return "Order is cancelled, so it can't be completed.";
	if (o->status != STATUS_ACCEPTED_BY_MERCHANT ||
		(o->state != STATE_PICKUP && o->state != STATE_DELIVERY))
		return "Order is not may complete allowed";
	for (i = 0; s->config.require_imei && i < o->n_entries; i++) {
		const struct sim_entry *e = &o->entries[i];

		if (e->quantity && e->product->imei && !e->imei)
			return "IMEI is required to complete the order.";
	}
	return NULL;
}

const char *machine_send_code(struct shop *s, struct sim_order *o)
{
	const char *why = may_complete(s, o);
	uint64_t salt = s->config.seed ^ (uint64_t)o->applied[ACTION_SEND_CODE] << 32;
	struct rng r = rng_for(salt, o->seq);

	if (why)
		return why;
	if (s->config.buyer_code)
		o->buyer_code = s->config.buyer_code;
	else
		o->buyer_code = arena_printf(&s->arena, "%04u", rng_below(&r, 10000));
	return NULL;
}

const char *machine_complete(struct shop *s, struct sim_order *o, const char *code)
{
	const char *why = may_complete(s, o);

	if (why)
		return why;
	if (!o->buyer_code || strcmp(o->buyer_code, code) != 0)
		return "Security code is not valid. And the order cannot be completed without it";
	order_set_state(o, STATE_ARCHIVE, STATUS_COMPLETED);
	return NULL;
}

const char *machine_assemble(struct shop *s, struct sim_order *o, unsigned spaces)
{
	if (o->state != STATE_KASPI_DELIVERY || o->status != STATUS_ACCEPTED_BY_MERCHANT)
		return "Order can't be assembled in its current status.";
	if (o->assembled)
		return "Order is already assembled.";
	o->assembled = true;
	o->spaces = (uint16_t)spaces;
	event_plan(s, EVENT_WAYBILL, o, (int64_t)(s->config.waybill_delay * 1000));
	event_plan_future(s, o);
	return NULL;
}

const char *machine_arrived(struct shop *s, struct sim_order *o)
{
	(void)s;
	if (!o->pre_order || o->status != STATUS_ACCEPTED_BY_MERCHANT)
		return "Order is not a pre-order that waits for its goods.";
	if (o->arrived)
		return "Order has arrived already.";
	o->arrived = true;
	return NULL;
}

const char *machine_arrived_backward(struct shop *s, struct sim_order *o)
{
	(void)s;
	if (o->status == STATUS_CANCELLING)
		order_set_state(o, STATE_ARCHIVE, STATUS_CANCELLED);
	else if (o->status == STATUS_RETURN_REQUESTED)
		order_set_state(o, STATE_ARCHIVE, STATUS_RETURNED);
	else
		return "Order does not wait for its goods to come back.";
	o->returned = true;
	return NULL;
}

const char *machine_may_change_entries(const struct sim_order *o)
{
	if (is_final(o) || is_cancelled(o) || o->status == STATUS_RETURN_REQUESTED)
		return "Entries of the order can't be changed in its current status.";
	if (o->assembled || o->handed_over)
		return "Order is already assembled.";
	return NULL;
}

void machine_lines_change(struct shop *s, struct sim_order *o)
{
	const char *reason = NULL;
	unsigned i, left = 0;

	(void)s;
	for (i = 0; i < o->n_entries; i++) {
		struct sim_entry *e = &o->entries[i];

		if (e->next_reason) {
			e->quantity = e->next_quantity;
			e->weight = e->next_weight;
			reason = e->next_reason;
			e->next_reason = NULL;
			o->total_set = 0;
		}
		left += e->quantity > 0;
	}
	if (left || !reason)
		return;
	order_set_state(o, STATE_ARCHIVE, STATUS_CANCELLED);
	o->cancel_reason = reason;
}

void machine_change_entry(struct shop *s, struct sim_order *o, struct sim_entry *e,
	int32_t quantity, int32_t weight, const char *reason)
{
	if (weight < 0)
		weight = e->quantity ? (int32_t)((int64_t)e->weight * quantity / e->quantity) : 0;
	e->next_quantity = quantity;
	e->next_weight = weight;
	e->next_reason = arena_strdup(&s->arena, reason);
	if (s->config.lines_delay > 0)
		event_plan(s, EVENT_LINES_CHANGE, o, (int64_t)(s->config.lines_delay * 1000));
	else
		machine_lines_change(s, o);
}

const char *machine_set_imei(struct sim_order *o, struct sim_entry *e, const char *json)
{
	if (is_final(o) || is_cancelled(o))
		return "IMEI can't be set in the current status of the order.";
	if (!e->product->imei)
		return "Entry does not require IMEI.";
	e->imei = json;
	return NULL;
}

void machine_courier_takes(struct shop *s, struct sim_order *o)
{
	if (o->state != STATE_KASPI_DELIVERY || o->status != STATUS_ACCEPTED_BY_MERCHANT ||
		!o->assembled)
		return;
	o->waybill = true;
	o->handed_over = shop_date(s);
	event_plan_future(s, o);
}

void machine_delivered(struct shop *s, struct sim_order *o)
{
	if (o->state != STATE_KASPI_DELIVERY || o->status != STATUS_ACCEPTED_BY_MERCHANT ||
		!o->handed_over)
		return;
	if (rng_chance(&s->rng, 0.04))
		order_set_state(o, STATE_KASPI_DELIVERY, STATUS_RETURN_REQUESTED);
	else
		order_set_state(o, STATE_ARCHIVE, STATUS_COMPLETED);
}

void machine_buyer_cancels(struct shop *s, struct sim_order *o)
{
	(void)s;
	if (is_final(o) || is_cancelled(o))
		return;
	if (o->assembled || o->handed_over)
		order_set_state(o, STATE_KASPI_DELIVERY, STATUS_CANCELLING);
	else
		order_set_state(o, STATE_ARCHIVE, STATUS_CANCELLED);
	o->cancel_reason = "BUYER_CANCELLATION_HIMSELF";
}

void machine_signed(struct sim_order *o)
{
	if (o->state == STATE_SIGN_REQUIRED)
		order_set_state(o, STATE_NEW, STATUS_APPROVED_BY_BANK);
}

void machine_return_decided(struct sim_order *o)
{
	if (o->status == STATUS_RETURN_ACCEPTED)
		order_set_state(o, STATE_ARCHIVE, STATUS_RETURNED);
}
