#include "sim/generate.h"

#include <math.h>

#include "sim/event.h"

/* What an active order waits for. */
enum stage {
	STAGE_NEW,
	STAGE_SIGN,
	STAGE_PACK,
	STAGE_HAND_OVER,
	STAGE_TRANSMITTED,
	STAGE_PICKUP,
	STAGE_OWN,
	STAGE_PRE_ORDER,
	STAGE_CANCELLING,
	STAGE_RETURN_REQUESTED,
	STAGE_RETURN_ACCEPTED,
	STAGES
};

/* The newest and the older part of the active orders, in percent; auto-accepted ones never were
 * NEW. */
static const unsigned FRESH[STAGES] = { [STAGE_NEW] = 74, [STAGE_SIGN] = 6, [STAGE_PACK] = 20 };
static const unsigned ACTIVE[STAGES] = {
	[STAGE_PACK] = 24,
	[STAGE_HAND_OVER] = 16,
	[STAGE_TRANSMITTED] = 17,
	[STAGE_PICKUP] = 16,
	[STAGE_OWN] = 10,
	[STAGE_PRE_ORDER] = 7,
	[STAGE_CANCELLING] = 4,
	[STAGE_RETURN_REQUESTED] = 4,
	[STAGE_RETURN_ACCEPTED] = 2,
};
static const unsigned ANY_MODE[MODES] = {
	[MODE_PICKUP] = 22,
	[MODE_OWN] = 13,
	[MODE_KASPI] = 36,
	[MODE_POSTOMAT] = 10,
	[MODE_REGIONAL] = 14,
	[MODE_REGIONAL_PICKUP] = 5,
};
static const unsigned KASPI_MODE[MODES] = {
	[MODE_KASPI] = 55,
	[MODE_POSTOMAT] = 16,
	[MODE_REGIONAL] = 21,
	[MODE_REGIONAL_PICKUP] = 8,
};

static void fill_entry(struct rng *r, struct sim_entry *e, unsigned number)
{
	const struct product *p = product_at(rng_below(r, product_count()));

	*e = (struct sim_entry){ .product = p,
		.name = p->name,
		.price = p->price,
		.quantity = 1,
		.number = (uint16_t)number };
	if (p->unit != UNIT_PIECES)
		e->weight = p->weight - (int32_t)rng_below(r, 5) * p->weight / 40;
	if (p->unit == UNIT_MEASURABLE_PIECES || p->price < 10000)
		e->quantity = 1 + (int32_t)rng_below(r, 3);
	if (p->unit == UNIT_MEASURABLE_PIECES)
		e->weight *= e->quantity;
}

static void fill_entries(struct shop *s, struct rng *r, struct sim_order *o, unsigned n)
{
	unsigned i;

	o->n_entries = (uint16_t)n;
	o->entries = arena_calloc(&s->arena, n, sizeof(*o->entries));
	for (i = 0; i < n; i++)
		fill_entry(r, &o->entries[i], i);
}

static void fill_customer(struct shop *s, struct rng *r, struct sim_order *o)
{
	struct person p = person_pick(r, &s->arena);

	o->first_name = p.first_name;
	o->phone = p.phone;
	o->last_name = p.last_name;
	if (rng_chance(r, 0.3)) /* lately one letter is all that is sent */
		o->last_name = arena_strndup(&s->arena, p.last_name, 2);
	if (rng_chance(r, 0.4))
		o->name = p.first_name;
}

/* What does not depend on where the order stands. */
static struct sim_order *make(struct shop *s, struct rng *r, int64_t created, unsigned entries)
{
	struct sim_order *o = arena_calloc(&s->arena, 1, sizeof(*o));

	o->created = created;
	o->approved = created + (int64_t)rng_below(r, 50000) + 2000;
	o->warehouse = warehouse_at(rng_below(r, warehouse_count()));
	o->whole_money = rng_chance(r, 0.1);
	o->credit_term = (uint8_t)(rng_chance(r, 0.55) ? 3 << rng_below(r, 4) : 0);
	fill_customer(s, r, o);
	fill_entries(s, r, o, entries);
	return o;
}

static void fill_delivery(struct shop *s, struct rng *r, struct sim_order *o)
{
	bool regional = o->mode == MODE_REGIONAL || o->mode == MODE_REGIONAL_PICKUP;
	bool point = o->mode == MODE_POSTOMAT || o->mode == MODE_REGIONAL_PICKUP;

	o->address = address_pick(r, &s->arena, o->warehouse->address.town, regional);
	if (point)
		o->address.street = o->address.house = o->address.apartment = NULL;
	o->planned = o->created + (regional ? 5 : 2) * SIM_DAY_MS;
	o->delivery_cost = (uint16_t)(o->mode == MODE_PICKUP ? 0 : rng_below(r, 3) * 500);
	o->seller_cost = (uint16_t)(order_is_kaspi(o) ? 699 + rng_below(r, 6) * 100 : 0);
	if (o->mode == MODE_KASPI && rng_chance(r, 0.25))
		o->express = true;
	if (o->mode == MODE_PICKUP && rng_chance(r, 0.5))
		o->planned = 0;
}

/* 20:00 of the day in Almaty that holds ms, `days` later. */
static int64_t evening(int64_t ms, int days)
{
	int64_t local = ms + 5 * SIM_HOUR_MS;

	return local - local % SIM_DAY_MS + days * SIM_DAY_MS + 15 * SIM_HOUR_MS;
}

/* When the courier is due: some are late, most today or tomorrow. */
static void fill_handover(struct shop *s, struct rng *r, struct sim_order *o)
{
	int64_t now = shop_now(s);

	/* An express order that still waits after hours would be the only one a clerk sees. */
	if (o->state != STATE_ARCHIVE && o->created < now - 2 * SIM_HOUR_MS)
		o->express = false;
	if (o->express)
		o->handover_planned = o->created + rng_range(r, 90, 240) * SIM_MINUTE_MS;
	else if (o->state == STATE_ARCHIVE || o->handed_over)
		o->handover_planned = evening(o->created, 1);
	else if (rng_chance(r, 0.12))
		o->handover_planned = now - rng_range(r, 20, 600) * SIM_MINUTE_MS;
	else
		o->handover_planned = evening(now, (int)rng_below(r, 2));
}

static void pack(struct rng *r, struct sim_order *o)
{
	o->assembled = o->waybill = true;
	o->spaces = (uint16_t)(1 + rng_below(r, 8) / 6);
}

static void hand_over(struct shop *s, struct rng *r, struct sim_order *o)
{
	int64_t limit = shop_now(s) - SIM_MINUTE_MS;

	pack(r, o);
	o->handed_over = o->created + rng_range(r, 4, 26) * SIM_HOUR_MS;
	if (o->handed_over > limit)
		o->handed_over = o->created < limit ? limit : o->created;
}

static void enter_stage(struct shop *s, struct rng *r, struct sim_order *o, enum stage stage)
{
	if (stage == STAGE_NEW || stage == STAGE_SIGN || stage == STAGE_PRE_ORDER)
		o->mode = (uint8_t)rng_weighted(r, ANY_MODE, MODES);
	else if (stage == STAGE_PICKUP || stage == STAGE_OWN)
		o->mode = stage == STAGE_PICKUP ? MODE_PICKUP : MODE_OWN;
	else
		o->mode = (uint8_t)rng_weighted(r, KASPI_MODE, MODES);
	fill_delivery(s, r, o);
	order_set_state(o, order_accepted_state(o), STATUS_ACCEPTED_BY_MERCHANT);
	o->pre_order = stage == STAGE_PRE_ORDER || (stage == STAGE_NEW && rng_chance(r, 0.05));
	if (o->pre_order)
		o->reserved = o->created + rng_range(r, 6, 20) * SIM_DAY_MS;
	if (stage == STAGE_NEW || stage == STAGE_SIGN)
		order_set_state(o, stage == STAGE_NEW ? STATE_NEW : STATE_SIGN_REQUIRED,
			STATUS_APPROVED_BY_BANK);
	if (stage == STAGE_SIGN) {
		o->sign = true;
		o->credit_term = 12;
	} else if (stage == STAGE_HAND_OVER) {
		pack(r, o);
	} else if (stage >= STAGE_CANCELLING || stage == STAGE_TRANSMITTED) {
		hand_over(s, r, o);
	}
	if (stage == STAGE_CANCELLING) {
		o->status = STATUS_CANCELLING;
		o->cancel_reason = "BUYER_CANCELLATION_HIMSELF";
	} else if (stage == STAGE_RETURN_REQUESTED) {
		o->status = STATUS_RETURN_REQUESTED;
	} else if (stage == STAGE_RETURN_ACCEPTED) {
		o->status = STATUS_RETURN_ACCEPTED;
	}
	if (order_is_kaspi(o))
		fill_handover(s, r, o);
}

static void enter_archive(struct shop *s, struct rng *r, struct sim_order *o)
{
	static const char *const REASONS[] = {
		"BUYER_CANCELLATION_HIMSELF",
		"BUYER_CANCELLATION_BY_COURIER",
		"MERCHANT_OUT_OF_STOCK",
		"TIMEOUT_BUYER_PICKUP",
		"TIMEOUT_KASPI_DELIVERY",
		"BUYER_CANCELLATION_BY_CSC",
	};
	unsigned luck = rng_below(r, 100);

	o->mode = (uint8_t)rng_weighted(r, ANY_MODE, MODES);
	fill_delivery(s, r, o);
	order_set_state(o, STATE_ARCHIVE, STATUS_COMPLETED);
	if (luck < 9) {
		o->status = STATUS_CANCELLED;
		o->cancel_reason = REASONS[rng_below(r, sizeof(REASONS) / sizeof(*REASONS))];
	} else if (order_is_kaspi(o)) {
		hand_over(s, r, o);
		if (luck < 13)
			o->status = STATUS_RETURNED;
		o->returned = luck < 11; /* the live service does not keep this flag well */
	}
	if (order_is_kaspi(o))
		fill_handover(s, r, o);
}

static void add(struct shop *s, struct rng *r, struct sim_order *o)
{
	s->next_code += 1 + rng_below(r, 40);
	o->code = arena_printf(&s->arena, "%u", s->next_code);
	shop_add(s, o);
}

static unsigned pick_entries(struct rng *r)
{
	static const unsigned HOW_MANY[] = { 0, 62, 22, 9, 4, 2, 1 };

	return rng_weighted(r, HOW_MANY, sizeof(HOW_MANY) / sizeof(*HOW_MANY));
}

/* Steps of the golden section spread evenly: even a small shop has something in every queue. */
static enum stage deal(const unsigned *weights, unsigned i, double offset)
{
	double at = offset + i * 0.6180339887498949;
	unsigned x = (unsigned)((at - floor(at)) * 100), stage;

	for (stage = 0; stage + 1 < STAGES && x >= weights[stage]; stage++)
		x -= weights[stage];
	return stage;
}

void generate_history(struct shop *s)
{
	double offset = rng_unit(&s->rng);
	int64_t now = shop_now(s);
	double span = (double)s->config.history_days * (double)SIM_DAY_MS;
	double archive = s->config.archive_percent / 100.0 * 0.97, fresh = 1 - (1 - archive) * 0.22;
	unsigned i;

	for (i = 0; i < s->config.orders; i++) {
		struct rng r = rng_for(s->config.seed, i);
		/* Denser towards now: a shop keeps its newest hours in view. */
		double at = (i + rng_unit(&r)) / s->config.orders;
		int64_t age = (int64_t)(span * pow(1 - at, 2.2)) + SIM_MINUTE_MS;
		struct sim_order *o = make(s, &r, now - age, pick_entries(&r));

		if (at < archive ? !rng_chance(&r, 0.01) : rng_chance(&r, 0.05))
			enter_archive(s, &r, o);
		else
			enter_stage(s, &r, o, deal(at < fresh ? ACTIVE : FRESH, i, offset));
		add(s, &r, o);
		event_plan_future(s, o);
	}
}

void generate_arrival(struct shop *s, int64_t created)
{
	struct rng r = rng_for(s->config.seed, s->n);
	struct sim_order *o = make(s, &r, created, pick_entries(&r));

	enter_stage(s, &r, o, rng_weighted(&r, FRESH, STAGES));
	add(s, &r, o);
	event_plan_future(s, o);
}

static void set_text(struct shop *s, const char **field, const char *text)
{
	if (text)
		*field = arena_strdup(&s->arena, text);
}

static void set_flag(bool *field, int value)
{
	if (value >= 0)
		*field = value;
}

static void set_state(struct shop *s, struct sim_order *o, const struct order_spec *spec)
{
	if (spec->state) {
		o->state = (uint8_t)state_parse(spec->state);
		set_text(s, &o->state_text, spec->state);
		if (!spec->status && o->state <= STATE_SIGN_REQUIRED)
			o->status = STATUS_APPROVED_BY_BANK;
		else if (!spec->status)
			o->status = o->state == STATE_ARCHIVE ? STATUS_COMPLETED
							      : STATUS_ACCEPTED_BY_MERCHANT;
	}
	if (spec->status) {
		o->status = (uint8_t)status_parse(spec->status);
		set_text(s, &o->status_text, spec->status);
	}
}

void generate_set(struct shop *s, struct sim_order *o, const struct order_spec *spec)
{
	unsigned i;

	set_state(s, o, spec);
	set_text(s, &o->first_name, spec->first_name);
	set_text(s, &o->last_name, spec->last_name);
	set_text(s, &o->name, spec->name);
	set_text(s, &o->phone, spec->phone);
	set_flag(&o->pre_order, spec->pre_order);
	set_flag(&o->express, spec->express);
	set_flag(&o->assembled, spec->assembled);
	set_flag(&o->arrived, spec->arrived);
	set_flag(&o->sign, spec->sign);
	set_flag(&o->waybill, spec->waybill);
	set_text(s, &o->waybill_link, spec->waybill_link);
	if (spec->handed_over >= 0)
		o->handed_over = spec->handed_over ? shop_now(s) : 0;
	if (spec->total)
		o->total_set = spec->total;
	if (spec->handover)
		o->handover_planned = spec->handover;
	for (i = 0; i < o->n_entries; i++) {
		struct sim_entry *e = &o->entries[i];

		set_text(s, &e->name, spec->product);
		if (spec->quantity > 0) {
			e->quantity = spec->quantity;
			e->weight = e->product->weight * e->quantity;
		}
	}
}

static enum sim_mode spec_mode(const struct order_spec *spec)
{
	enum sim_state state = spec->state ? state_parse(spec->state) : STATE_KASPI_DELIVERY;

	if (spec->mode != MODES)
		return spec->mode;
	if (state == STATE_PICKUP)
		return MODE_PICKUP;
	return state == STATE_DELIVERY ? MODE_OWN : MODE_KASPI;
}

static void spec_product(struct sim_order *o, const struct order_spec *spec)
{
	const struct product *p = spec->product_code ? product_find(spec->product_code) : NULL;
	unsigned i;

	for (i = 0; i < o->n_entries; i++) {
		struct sim_entry *e = &o->entries[i];

		if (p)
			*e = (struct sim_entry){ .product = p,
				.name = p->name,
				.price = p->price,
				.quantity = 1,
				.weight = p->weight,
				.number = e->number };
		e->quantity = spec->quantity > 0 ? spec->quantity : 1;
		e->weight = e->product->weight * e->quantity;
	}
}

struct sim_order *generate_spec(struct shop *s, const struct order_spec *spec)
{
	struct rng r = rng_for(~s->config.seed, s->n);
	int64_t created = spec->created ? spec->created : shop_now(s);
	struct sim_order *o;

	if (spec->code && shop_find(s, spec->code))
		return NULL;
	o = make(s, &r, created, spec->entries > 0 ? (unsigned)spec->entries : 1);
	o->by_hand = true;
	o->mode = (uint8_t)spec_mode(spec);
	fill_delivery(s, &r, o);
	o->express = false;
	order_set_state(o, STATE_NEW, STATUS_APPROVED_BY_BANK);
	if (order_is_kaspi(o))
		fill_handover(s, &r, o);
	spec_product(o, spec);
	generate_set(s, o, spec);
	if (o->pre_order)
		o->reserved = created + 10 * SIM_DAY_MS;
	if (o->assembled || o->handed_over)
		o->waybill = spec->waybill != 0;
	if (!spec->code) {
		add(s, &r, o);
		return o;
	}
	o->code = arena_strdup(&s->arena, spec->code);
	shop_add(s, o);
	return o;
}
