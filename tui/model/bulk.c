#include "tui/model/bulk.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "tui/model/react.h"
#include "tui/model/state.h"

void bulk_outlook(const struct state *s, const struct action_spec *spec, const struct marks *orders,
	struct bulk_outlook *out)
{
	struct order_list found = ORDER_LIST_INIT;
	*out = (struct bulk_outlook){ .possible = 0 };
	for (size_t i = 0; i < orders->n; i++) {
		struct error why = ERROR_INIT;
		order_list_reset(&found);
		if (reader_order_by_id(s->reader, orders->items[i].order_id, &found, NULL, &why) &&
			spec->applies(&found.items[0], &why)) {
			out->possible++;
			continue;
		}
		if (out->not_possible++ == 0)
			snprintf(out->why, sizeof(out->why), "%s: %.*s", orders->items[i].code,
				(int)sizeof(out->why) - 64, why.text);
	}
	order_list_clear(&found);
}

uint64_t bulk_post(struct state *s, const struct action_spec *spec, const struct marks *orders,
	const struct form *form)
{
	struct request *r = request_new_act_all(spec->id, form);
	for (size_t i = 0; i < orders->n; i++)
		request_add_order(r, orders->items[i].order_id, orders->items[i].code);
	s->bulk.request = desk_post(s->desk, r);
	return s->bulk.request;
}

static void unmark_written(struct state *s, int64_t batch_id)
{
	struct batch_items items = BATCH_ITEMS_INIT;
	if (s->reader != NULL && reader_batch_items(s->reader, batch_id, &items, NULL)) {
		for (size_t i = 0; i < items.n; i++) {
			if (items.items[i].action_id != 0)
				marks_remove(&s->marks, items.items[i].order_id);
		}
	}
	batch_items_clear(&items);
}

unsigned bulk_event(struct state *s, const struct event *e)
{
	if (s->bulk.request == 0 || e->reply_to != s->bulk.request)
		return REACT_NONE;
	if (e->kind == EVENT_QUEUED)
		unmark_written(s, e->batch_id);
	else if (e->kind == EVENT_FAILED)
		state_say(s, STYLE_BAD, "%s", e->error.text);
	s->bulk.request = 0;
	return REACT_ORDERS | REACT_STATUS;
}

void bulk_read(struct state *s)
{
	s->bulk.open = reader_batch_open(s->reader, &s->bulk.batch, NULL);
	if (s->bulk.open)
		reader_batch_counts(s->reader, s->bulk.batch.id, &s->bulk.counts);
}

size_t bulk_ended(const struct batch_counts *c)
{
	return c->total - c->waiting - c->sending - c->unknown;
}

void bulk_words(const struct state *s, char *out, size_t cap)
{
	const struct bulk *b = &s->bulk;
	const struct action_spec *spec = provider_action(s->provider, b->batch.kind);
	const char *verb = spec != NULL ? _(spec->verb) : b->batch.kind;
	out[0] = '\0';
	if (b->open && b->batch.state == BATCH_PAUSED && b->counts.waiting > 0)
		/* TRANSLATORS: an action's word, then how many orders of how many are over, and a key. */
		snprintf(out, cap, _("%s %zu/%zu PAUSED (%s)"), verb, bulk_ended(&b->counts), b->counts.total,
			command_key(COMMAND_BATCH).text);
	else if (b->open)
		snprintf(out, cap, "%s %zu/%zu", verb, bulk_ended(&b->counts), b->counts.total);
}
