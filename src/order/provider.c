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

const struct action_spec *provider_action(const struct provider *p, const char *id)
{
	for (const struct action_spec *a = p->actions; id && a->id; a++)
		if (strcmp(a->id, id) == 0)
			return a;
	return NULL;
}
