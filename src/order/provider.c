#include "order/provider.h"

#include <string.h>

const struct queue_spec *provider_queue(const struct provider *p, const char *id)
{
	for (const struct queue_spec *q = p->queues; id && q->id; q++)
		if (strcmp(q->id, id) == 0)
			return q;
	return NULL;
}

const struct queue_spec *provider_packing(const struct provider *p)
{
	for (const struct queue_spec *q = p->queues; q->id; q++)
		if (q->packing)
			return q;
	return NULL;
}

static int64_t fetched_ms(const struct entry *e, enum fact_kind kind)
{
	switch (kind) {
	case FACT_PRODUCT:
		return e->product_ms;
	case FACT_MERCHANT_PRODUCT:
		return e->merchant_ms;
	case FACT_POINT:
		break;
	}
	return e->point_ms;
}

bool provider_knows_around(const struct provider *p, const struct entry_list *entries)
{
	for (size_t i = 0; i < entries->n; i++) {
		struct fact_ref refs[3];
		size_t n = p->facts_of(&entries->items[i], refs);

		for (size_t j = 0; j < n; j++)
			if (!fetched_ms(&entries->items[i], refs[j].kind))
				return false;
	}
	return true;
}

const struct action_spec *provider_action(const struct provider *p, const char *id)
{
	for (const struct action_spec *a = p->actions; id && a->id; a++)
		if (strcmp(a->id, id) == 0)
			return a;
	return NULL;
}

/* Beyond every date there is, however wrong the server's clock: times come as whole numbers up to 2^53. */
#define BAND (1LL << 54)

void order_place(const struct provider *p, const struct limits *limits, struct order *o)
{
	int64_t due;
	enum due_kind kind = p->due(o, limits, &due);

	o->due_ms = kind == DUE_NOTHING ? 0 : due;
	if (kind == DUE_NOTHING)
		o->sort_key = -o->created_ms;
	else
		o->sort_key = (due ? due : o->created_ms + BAND) - (o->express ? 2 * BAND : 0);
}

struct urgency order_urgency(const struct provider *p, const struct limits *limits, const struct order *o,
	int64_t now_ms)
{
	int64_t due;
	enum due_kind kind = p->due(o, limits, &due);

	return urgency_of(kind, due, limits, now_ms);
}
