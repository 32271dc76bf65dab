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
