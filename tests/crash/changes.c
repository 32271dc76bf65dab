#include "tests/crash/changes.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"

#define BURST 12	/* orders that leave one state at once: pages move under a pass */

static bool is(const char *a, const char *b)
{
	return !strcmp(a, b);
}

static bool is_kaspi_mode(const struct model_order *o)
{
	return !is(o->mode, "pickup") && !is(o->mode, "own");
}

static bool is_finished(const struct model_order *o)
{
	return is(o->state, "ARCHIVE");
}

/* What is finished and older than the history is read no more. */
static bool is_finished_and_listed(const struct model_order *o)
{
	return is_finished(o) && !o->old;
}

static bool is_active(const struct model_order *o)
{
	return !is_finished(o);
}

static bool is_new(const struct model_order *o)
{
	return is(o->state, "NEW");
}

static bool is_to_sign(const struct model_order *o)
{
	return is(o->state, "SIGN_REQUIRED");
}

static bool is_accepted_kaspi(const struct model_order *o)
{
	return is(o->state, "KASPI_DELIVERY") && is(o->status, "ACCEPTED_BY_MERCHANT");
}

static bool is_to_pack(const struct model_order *o)
{
	return is_accepted_kaspi(o) && !o->assembled;
}

static bool is_packed(const struct model_order *o)
{
	return is_accepted_kaspi(o) && o->assembled && !o->handed_over_ms;
}

static bool is_with_courier(const struct model_order *o)
{
	return is_accepted_kaspi(o) && o->handed_over_ms;
}

static bool is_to_hand_out(const struct model_order *o)
{
	return is(o->state, "PICKUP") || is(o->state, "DELIVERY") || is_with_courier(o);
}

static bool is_handed_out(const struct model_order *o)
{
	return is_finished_and_listed(o) && is(o->status, "COMPLETED") && is_kaspi_mode(o);
}

static bool comes_back(const struct model_order *o)
{
	return is(model_queue(o), "returns");
}

static bool is_old_and_active(const struct model_order *o)
{
	return o->old && o->known && is_active(o);
}

static bool is_listed(const struct model_order *o)
{
	return !o->old || is_active(o);
}

static const char *accepted_state(const struct model_order *o)
{
	return is_kaspi_mode(o) ? "KASPI_DELIVERY" : is(o->mode, "own") ? "DELIVERY" : "PICKUP";
}

/* ---- one change ------------------------------------------------------------------------------ */

static void set(struct model *m, const struct model_order *o, const char *json)
{
	if (!o)
		return;
	market_change(m->bench->market, o->code, json);
	model_read(m, o->code, json);
}

static void move(struct model *m, const struct model_order *o, const char *state, const char *status)
{
	if (o)
		set(m, o, arena_printf(&m->arena, "{\"state\":\"%s\",\"status\":\"%s\"}", state, status));
}

static void accept_elsewhere(struct model *m)
{
	const struct model_order *o = model_pick(m, is_new);

	if (o)
		move(m, o, accepted_state(o), "ACCEPTED_BY_MERCHANT");
}

static void cancel_by_buyer(struct model *m)
{
	const struct model_order *o = model_pick(m, is_active);

	if (!o)
		return;
	market_cancel_by_buyer(m->bench->market, o->code);
	model_read(m, o->code, "cancelled by the buyer");
}

static void finish(struct model *m)
{
	move(m, model_pick(m, is_to_hand_out), "ARCHIVE", "COMPLETED");
}

static void cancel_elsewhere(struct model *m)
{
	move(m, model_pick(m, is_active), "ARCHIVE", "CANCELLED");
}

static void sign(struct model *m)
{
	move(m, model_pick(m, is_to_sign), "NEW", "APPROVED_BY_BANK");
}

static void pack(struct model *m)
{
	set(m, model_pick(m, is_to_pack), rng_chance(&m->rng, 0.5) ?
		"{\"assembled\":true}" : "{\"assembled\":true,\"waybill\":true}");
}

static void hand_over(struct model *m)
{
	set(m, model_pick(m, is_packed), "{\"handedOver\":true,\"waybill\":true}");
}

static void ask_to_return(struct model *m)
{
	move(m, model_pick(m, is_with_courier), "KASPI_DELIVERY", "KASPI_DELIVERY_RETURN_REQUESTED");
}

static void leave_the_archive(struct model *m)
{
	move(m, model_pick(m, is_handed_out), "KASPI_DELIVERY", "KASPI_DELIVERY_RETURN_REQUESTED");
}

static void come_back(struct model *m)
{
	move(m, model_pick(m, comes_back), "ARCHIVE", "RETURNED");
}

static void rename_buyer(struct model *m)
{
	struct model_order *o = model_pick(m, is_listed);

	if (!o)
		return;
	o->former = model_name(m, o);
	set(m, o, arena_printf(&m->arena, "{\"name\":\"Жұлдыз Қайта%05u\"}", ++m->made));
	o->renamed = true;
}

static void change_phone(struct model *m)
{
	set(m, model_pick(m, is_active), arena_printf(&m->arena, "{\"phone\":\"777%07u\"}", ++m->made));
}

static void hide_phone(struct model *m)
{
	static const char *const masks[] = {
		"{\"phone\":\"\"}", "{\"phone\":\"+0(000)-000-00-00\"}", "{\"phone\":\"7*** *** 12 34\"}",
	};

	set(m, model_pick(m, is_active), masks[rng_below(&m->rng, 3)]);
}

static void empty_finished_phone(struct model *m)
{
	set(m, model_pick(m, is_finished_and_listed), "{\"phone\":\"\"}");
}

static void change_total(struct model *m)
{
	set(m, model_pick(m, is_listed), arena_printf(&m->arena, "{\"total\":%u}", 1000 + ++m->made));
}

static void move_old(struct model *m)
{
	const struct model_order *o = model_pick(m, is_old_and_active);

	if (o && is_new(o))
		move(m, o, accepted_state(o), "ACCEPTED_BY_MERCHANT");
	else if (o)
		move(m, o, "ARCHIVE", "CANCELLED");
}

/* Twelve of one state at once, of neighbouring codes and so of one page. */
static void burst(struct model *m)
{
	const struct model_order *first = model_pick(m, is_accepted_kaspi);
	size_t done = 0;

	for (size_t i = first ? (size_t)(first - m->items) : m->n; i < m->n && done < BURST; i++)
		if (is_accepted_kaspi(&m->items[i])) {
			move(m, &m->items[i], "ARCHIVE", "COMPLETED");
			done++;
		}
}

/* ---- new ones -------------------------------------------------------------------------------- */

static const char *make(struct model *m, const char *mode, const char *state, int64_t age_ms)
{
	const char *code = arena_printf(&m->arena, "9%02d%06u", m->seed % 100, ++m->made);
	const char *json = arena_printf(&m->arena, "{\"code\":\"%s\",\"mode\":\"%s\",\"state\":\"%s\","
		"\"created_ms\":%" PRId64 ",\"phone\":\"775%07u\"}", code, mode, state,
		clock_now_ms() - age_ms, m->made);

	market_order(m->bench->market, json);
	model_read(m, code, json);
	return code;
}

static void arrive(struct model *m)
{
	static const char *const modes[] = { "pickup", "own", "kaspi", "postomat", "regional" };

	make(m, modes[rng_below(&m->rng, 5)], "NEW", (int64_t)rng_below(&m->rng, 60000));
}

/* Never was NEW, and turns up in the middle of a list. */
static void arrive_accepted(struct model *m)
{
	int64_t age = rng_range(&m->rng, 0, 10 * CLOCK_DAY_MS);

	if (rng_chance(&m->rng, 0.3))
		make(m, "pickup", "PICKUP", age);
	else
		make(m, "kaspi", "KASPI_DELIVERY", age);
}

static void arrive_finished(struct model *m)
{
	make(m, "kaspi", "ARCHIVE", rng_range(&m->rng, 0, 10 * CLOCK_DAY_MS));
}

const char *changes_make_old(struct model *m)
{
	static const char *const states[] = { "NEW", "KASPI_DELIVERY", "PICKUP", "KASPI_DELIVERY" };
	unsigned i = rng_below(&m->rng, 4);
	int64_t days = m->bench->shop->history_days + rng_range(&m->rng, 2, 60);

	return make(m, i == 2 ? "pickup" : "kaspi", states[i], days * CLOCK_DAY_MS);
}

/* ---- all kinds ------------------------------------------------------------------------------- */

static const struct {
	const char *name;
	void (*make)(struct model *m);
	unsigned weight;
} kinds[] = {
	{ "accepted elsewhere", accept_elsewhere, 12 },
	{ "cancelled by the buyer", cancel_by_buyer, 8 },
	{ "finished", finish, 8 },
	{ "cancelled elsewhere", cancel_elsewhere, 5 },
	{ "signed", sign, 4 },
	{ "packed", pack, 7 },
	{ "handed over", hand_over, 7 },
	{ "return asked for", ask_to_return, 4 },
	{ "out of the archive", leave_the_archive, 3 },
	{ "come back", come_back, 4 },
	{ "renamed", rename_buyer, 7 },
	{ "phone changed", change_phone, 6 },
	{ "phone hidden", hide_phone, 4 },
	{ "finished one's phone emptied", empty_finished_phone, 4 },
	{ "total changed", change_total, 4 },
	{ "an old one moved", move_old, 6 },
	{ "a burst", burst, 2 },
	{ "arrived", arrive, 8 },
	{ "arrived accepted", arrive_accepted, 8 },
	{ "arrived finished", arrive_finished, 2 },
};

#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

static unsigned made[KINDS];

void changes_make(struct model *m)
{
	unsigned weights[KINDS], kind;

	for (size_t i = 0; i < KINDS; i++)
		weights[i] = kinds[i].weight;
	kind = rng_weighted(&m->rng, weights, KINDS);
	kinds[kind].make(m);
	made[kind]++;
}

void changes_report(void)
{
	for (size_t i = 0; i < KINDS; i++)
		printf("# %6u %s\n", made[i], kinds[i].name);
}
