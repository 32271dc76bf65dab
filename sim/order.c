#include "sim/order.h"

#include <string.h>

static const char *const STATE_NAMES[STATES] = {
	[STATE_NEW] = "NEW",
	[STATE_SIGN_REQUIRED] = "SIGN_REQUIRED",
	[STATE_PICKUP] = "PICKUP",
	[STATE_DELIVERY] = "DELIVERY",
	[STATE_KASPI_DELIVERY] = "KASPI_DELIVERY",
	[STATE_ARCHIVE] = "ARCHIVE",
};

static const char *const STATUS_NAMES[STATUSES] = {
	[STATUS_APPROVED_BY_BANK] = "APPROVED_BY_BANK",
	[STATUS_ACCEPTED_BY_MERCHANT] = "ACCEPTED_BY_MERCHANT",
	[STATUS_COMPLETED] = "COMPLETED",
	[STATUS_CANCELLED] = "CANCELLED",
	[STATUS_CANCELLING] = "CANCELLING",
	[STATUS_RETURN_REQUESTED] = "KASPI_DELIVERY_RETURN_REQUESTED",
	[STATUS_RETURN_ACCEPTED] = "RETURN_ACCEPTED_BY_MERCHANT",
	[STATUS_RETURNED] = "RETURNED",
};

static const char *const ACTION_NAMES[ACTIONS] = {
	[ACTION_ACCEPT] = "ACCEPTED_BY_MERCHANT",
	[ACTION_CANCEL] = "CANCELLED",
	[ACTION_SEND_CODE] = "SEND_CODE",
	[ACTION_COMPLETE] = "COMPLETED",
	[ACTION_ASSEMBLE] = "ASSEMBLE",
	[ACTION_ARRIVED] = "ARRIVED",
	[ACTION_ARRIVED_BACKWARD] = "ARRIVED_BACKWARD",
	[ACTION_ENTRY_CANCEL] = "ENTRY_CANCEL",
	[ACTION_PARTIAL_CANCEL] = "PARTIAL_CANCEL",
	[ACTION_IMEI] = "IMEI",
};

static const struct {
	const char *name, *api_name;
} MODE_NAMES[MODES] = {
	[MODE_PICKUP] = { "pickup", "DELIVERY_PICKUP" },
	[MODE_OWN] = { "own", "DELIVERY_LOCAL" },
	[MODE_KASPI] = { "kaspi", "DELIVERY_LOCAL" },
	[MODE_POSTOMAT] = { "postomat", "DELIVERY_PICKUP" },
	[MODE_REGIONAL] = { "regional", "DELIVERY_REGIONAL_TODOOR" },
	[MODE_REGIONAL_PICKUP] = { "regional-pickup", "DELIVERY_REGIONAL_PICKUP" },
};

static unsigned find(const char *const *names, unsigned n, const char *name)
{
	unsigned i;

	for (i = 0; i < n; i++) {
		if (!strcmp(names[i], name))
			break;
	}
	return i;
}

const char *state_name(enum sim_state state)
{
	return STATE_NAMES[state];
}

const char *status_name(enum sim_status status)
{
	return STATUS_NAMES[status];
}

const char *mode_name(enum sim_mode mode)
{
	return MODE_NAMES[mode].name;
}

const char *action_name(enum sim_action action)
{
	return ACTION_NAMES[action];
}

enum sim_state state_parse(const char *name)
{
	return find(STATE_NAMES, STATES, name);
}

enum sim_status status_parse(const char *name)
{
	return find(STATUS_NAMES, STATUSES, name);
}

enum sim_mode mode_parse(const char *name)
{
	unsigned i;

	for (i = 0; i < MODES; i++) {
		if (!strcmp(MODE_NAMES[i].name, name))
			break;
	}
	return i;
}

const char *mode_api_name(enum sim_mode mode)
{
	return MODE_NAMES[mode].api_name;
}

const char *order_state(const struct sim_order *o)
{
	return o->state == STATE_OTHER ? o->state_text : STATE_NAMES[o->state];
}

const char *order_status(const struct sim_order *o)
{
	return o->status == STATUS_OTHER ? o->status_text : STATUS_NAMES[o->status];
}

bool order_is_kaspi(const struct sim_order *o)
{
	return o->mode >= MODE_KASPI;
}

enum sim_state order_accepted_state(const struct sim_order *o)
{
	if (order_is_kaspi(o))
		return STATE_KASPI_DELIVERY;
	return o->mode == MODE_OWN ? STATE_DELIVERY : STATE_PICKUP;
}

void order_set_state(struct sim_order *o, enum sim_state state, enum sim_status status)
{
	o->state = (uint8_t)state;
	o->status = (uint8_t)status;
}

/* Weighed goods are paid by weight: price is that of a kilogram, whatever the quantity. */
int64_t entry_total(const struct sim_entry *e)
{
	if (!e->quantity)
		return 0;
	if (e->product->unit == UNIT_PIECES)
		return e->price * e->quantity;
	return (e->price * e->weight + 500) / 1000;
}

int64_t order_total(const struct sim_order *o)
{
	int64_t sum = 0;
	unsigned i;

	if (o->total_set)
		return o->total_set;
	for (i = 0; i < o->n_entries; i++)
		sum += entry_total(&o->entries[i]);
	return sum;
}
