#include "sim/event.h"

#include "base/mem.h"
#include "sim/generate.h"
#include "sim/machine.h"

/* One turn of the lock lets at most this much happen, however far a test moved the clock. */
#define EVENTS_AT_ONCE 200000

static bool earlier(const struct event *a, const struct event *b)
{
	return a->at != b->at ? a->at < b->at : a->seq < b->seq;
}

static void sift_down(struct event *heap, size_t n, size_t at)
{
	struct event moved = heap[at];
	size_t child;

	while ((child = at * 2 + 1) < n) {
		if (child + 1 < n && earlier(&heap[child + 1], &heap[child]))
			child++;
		if (!earlier(&heap[child], &moved))
			break;
		heap[at] = heap[child];
		at = child;
	}
	heap[at] = moved;
}

static void plan_at(struct shop *s, enum event_kind kind, struct sim_order *o, int64_t at_ms)
{
	struct event e = { .at = at_ms, .order = o, .seq = s->next_event++, .kind = kind };
	size_t at = s->n_events++;

	if (at == s->cap_events) {
		s->cap_events = at ? at * 2 : 64;
		s->events = xreallocarray(s->events, s->cap_events, sizeof(*s->events));
	}
	for (; at && earlier(&e, &s->events[(at - 1) / 2]); at = (at - 1) / 2)
		s->events[at] = s->events[(at - 1) / 2];
	s->events[at] = e;
}

void event_plan(struct shop *s, enum event_kind kind, struct sim_order *o, int64_t after_ms)
{
	plan_at(s, kind, o, (s->moment < 0 ? shop_elapsed(s) : s->moment) + after_ms);
}

void event_plan_arrival(struct shop *s, int64_t since)
{
	plan_at(s, EVENT_ARRIVAL, NULL,
		since + (int64_t)(rng_interval(&s->rng, s->config.arrivals) * 1000));
}

void event_plan_future(struct shop *s, struct sim_order *o)
{
	struct rng *r = &s->rng;

	if (s->config.still || o->by_hand || o->state == STATE_ARCHIVE)
		return;
	if (o->state == STATE_SIGN_REQUIRED)
		event_plan(s, EVENT_SIGNED, o, rng_range(r, 5, 60) * SIM_MINUTE_MS);
	else if (o->status == STATUS_RETURN_ACCEPTED)
		event_plan(s, EVENT_RETURN_DECIDED, o, rng_range(r, 1, 24) * SIM_HOUR_MS);
	else if (o->handed_over && o->status == STATUS_ACCEPTED_BY_MERCHANT)
		event_plan(s, EVENT_DELIVERED, o, rng_range(r, 3, 48) * SIM_HOUR_MS);
	else if (o->assembled && o->status == STATUS_ACCEPTED_BY_MERCHANT)
		event_plan(s, EVENT_COURIER, o, rng_range(r, 20, 240) * SIM_MINUTE_MS);
	else if (o->state == STATE_NEW && rng_chance(r, 0.05))
		event_plan(s, EVENT_BUYER_CANCELS, o, rng_range(r, 10, 120) * SIM_MINUTE_MS);
}

static void run(struct shop *s, const struct event *e)
{
	switch (e->kind) {
	case EVENT_ARRIVAL:
		generate_arrival(s, shop_date(s));
		event_plan_arrival(s, e->at);
		break;
	case EVENT_WAYBILL:
		e->order->waybill = true;
		break;
	case EVENT_COURIER:
		machine_courier_takes(s, e->order);
		break;
	case EVENT_DELIVERED:
		machine_delivered(s, e->order);
		break;
	case EVENT_BUYER_CANCELS:
		machine_buyer_cancels(s, e->order);
		break;
	case EVENT_SIGNED:
		machine_signed(e->order);
		break;
	case EVENT_RETURN_DECIDED:
		machine_return_decided(e->order);
		break;
	case EVENT_LINES_CHANGE:
		machine_lines_change(s, e->order);
		break;
	}
}

void event_run_due(struct shop *s)
{
	int64_t now = shop_elapsed(s);
	unsigned n;

	for (n = 0; n < EVENTS_AT_ONCE && s->n_events && s->events[0].at <= now; n++) {
		struct event e = s->events[0];

		s->events[0] = s->events[--s->n_events];
		if (s->n_events)
			sift_down(s->events, s->n_events, 0);
		s->moment = e.at;
		run(s, &e);
	}
	s->moment = -1;
}
