/* An order of the simulated shop: plain data, its names and its sums.
 *
 * Strings belong to the shop's arena or to the constant tables and live as long as the shop. Dates
 * are UTC milliseconds, 0 is "none". Everything here is read and written under the shop's lock. */
#ifndef SIM_ORDER_H
#define SIM_ORDER_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/catalogue.h"
#include "sim/place.h"

enum sim_state {
	STATE_NEW,
	STATE_SIGN_REQUIRED,
	STATE_PICKUP,
	STATE_DELIVERY,
	STATE_KASPI_DELIVERY,
	STATE_ARCHIVE,
	STATES,
	STATE_OTHER = STATES /* a text set on purpose by a test */
};

enum sim_status {
	STATUS_APPROVED_BY_BANK,
	STATUS_ACCEPTED_BY_MERCHANT,
	STATUS_COMPLETED,
	STATUS_CANCELLED,
	STATUS_CANCELLING,
	STATUS_RETURN_REQUESTED,
	STATUS_RETURN_ACCEPTED,
	STATUS_RETURNED,
	STATUSES,
	STATUS_OTHER = STATUSES
};

enum sim_mode {
	MODE_PICKUP, /* the buyer comes to the shop */
	MODE_OWN,    /* the shop's own courier */
	MODE_KASPI,  /* Kaspi's courier, in town */
	MODE_POSTOMAT,
	MODE_REGIONAL,	      /* Kaspi's courier, another town */
	MODE_REGIONAL_PICKUP, /* a point of another town */
	MODES
};

/* What is counted for each order: every mutating request is one of these. */
enum sim_action {
	ACTION_ACCEPT,
	ACTION_CANCEL,
	ACTION_SEND_CODE, /* COMPLETED with an empty security code */
	ACTION_COMPLETE,
	ACTION_ASSEMBLE,
	ACTION_ARRIVED,
	ACTION_ARRIVED_BACKWARD,
	ACTION_ENTRY_CANCEL,
	ACTION_PARTIAL_CANCEL,
	ACTION_IMEI,
	ACTIONS,
	ACTION_NONE = ACTIONS
};

struct sim_entry {
	const struct product *product;
	const char *name; /* the seller's own name of the goods */
	const char *imei; /* JSON: [{"imei":[..]},..], NULL none yet */
	int64_t price;	  /* of a piece, or of a kilogram */
	int32_t quantity; /* 0: removed */
	int32_t weight;	  /* grams of the line; 0 for pieces */
	int32_t next_quantity, next_weight; /* what it will have, where next_reason is set */
	const char *next_reason;
	uint16_t number;
};

struct sim_order {
	int64_t created, approved, planned, reserved;
	int64_t handover_planned, handed_over;
	const char *code;
	const char *first_name, *last_name, *name, *phone;
	const struct warehouse *warehouse;
	const char *state_text, *status_text; /* with STATE_OTHER, STATUS_OTHER */
	const char *cancel_reason, *cancel_comment;
	const char *waybill_link; /* given by a test in place of the real one; NULL none */
	const char *buyer_code; /* the last one sent, NULL none */
	struct sim_entry *entries;
	struct address address;
	int64_t total_set; /* a total given by a test; 0: the sum of the lines */
	uint32_t seq;	   /* order of creation */
	uint16_t n_entries, spaces, delivery_cost, seller_cost;
	uint16_t requests[ACTIONS], applied[ACTIONS];
	uint8_t state, status, mode, credit_term;
	bool pre_order, express, sign, assembled, arrived, returned, waybill;
	bool whole_money; /* sends 4000, not 4000.0 */
	bool by_hand;	  /* made by a test: nothing happens to it by itself */
};

const char *state_name(enum sim_state state);
const char *status_name(enum sim_status status);
const char *mode_name(enum sim_mode mode);
const char *action_name(enum sim_action action);
/* STATES, STATUSES, MODES, ACTIONS when unknown. */
enum sim_state state_parse(const char *name);
enum sim_status status_parse(const char *name);
enum sim_mode mode_parse(const char *name);
/* What the API calls the way of delivery: DELIVERY_LOCAL and so on. */
const char *mode_api_name(enum sim_mode mode);

const char *order_state(const struct sim_order *o);
const char *order_status(const struct sim_order *o);
bool order_is_kaspi(const struct sim_order *o);
/* Where acceptance takes it. */
enum sim_state order_accepted_state(const struct sim_order *o);
void order_set_state(struct sim_order *o, enum sim_state state, enum sim_status status);
int64_t entry_total(const struct sim_entry *e);
int64_t order_total(const struct sim_order *o);

#endif
