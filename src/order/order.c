#include "order/order.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Where the strings of an order are, so that adding, copying and comparing never forget one. What
 * the server says comes first; the rest is ours and does not make two orders different. */
static const size_t order_strings[] = {
	offsetof(struct order, id),
	offsetof(struct order, code),
	offsetof(struct order, state),
	offsetof(struct order, status),
	offsetof(struct order, customer_id),
	offsetof(struct order, customer),
	offsetof(struct order, phone),
	offsetof(struct order, payment_mode),
	offsetof(struct order, delivery_mode),
	offsetof(struct order, address),
	offsetof(struct order, town),
	offsetof(struct order, pickup_point),
	offsetof(struct order, origin),
	offsetof(struct order, origin_address),
	offsetof(struct order, waybill),
	offsetof(struct order, waybill_number),
	offsetof(struct order, cancel_reason),
	offsetof(struct order, queue),
};

#define ORDER_STRINGS (sizeof(order_strings) / sizeof(order_strings[0]))
#define ORDER_SERVER_STRINGS (ORDER_STRINGS - 1)	/* all but the queue */

static const size_t entry_strings[] = {
	offsetof(struct entry, id),
	offsetof(struct entry, order_id),
	offsetof(struct entry, unit),
	offsetof(struct entry, category),
	offsetof(struct entry, article),
	offsetof(struct entry, name),
	offsetof(struct entry, product_id),
	offsetof(struct entry, point_id),
	offsetof(struct entry, point_name),
	offsetof(struct entry, imei),
	offsetof(struct entry, product_code),
	offsetof(struct entry, product_name),
	offsetof(struct entry, manufacturer),
	offsetof(struct entry, merchant_article),
	offsetof(struct entry, merchant_name),
	offsetof(struct entry, point_address),
};

#define ENTRY_STRINGS (sizeof(entry_strings) / sizeof(entry_strings[0]))

static const char **string_at(void *record, size_t offset)
{
	return (const char **)(void *)((char *)record + offset);
}

static const char *string_of(const void *record, size_t offset)
{
	const char *s;

	memcpy(&s, (const char *)record + offset, sizeof(s));
	return s;
}

static void clear_record(void *record, size_t size, const size_t *strings, size_t n)
{
	memset(record, 0, size);
	for (size_t i = 0; i < n; i++)
		*string_at(record, strings[i]) = "";
}

/* Room for one more; a page has 100 rows, so the first step is already right for most lists. */
static void *grow(void *items, size_t n, size_t *cap, size_t size)
{
	if (n < *cap)
		return items;
	*cap = *cap ? *cap * 2 : 128;
	return xreallocarray(items, *cap, size);
}

struct order *order_list_add(struct order_list *list)
{
	struct order *o;

	list->items = grow(list->items, list->n, &list->cap, sizeof(*list->items));
	o = &list->items[list->n++];
	clear_record(o, sizeof(*o), order_strings, ORDER_STRINGS);
	return o;
}

void order_list_reset(struct order_list *list)
{
	arena_reset(&list->arena);
	list->n = 0;
}

void order_list_clear(struct order_list *list)
{
	arena_clear(&list->arena);
	free(list->items);
	list->items = NULL;
	list->n = list->cap = 0;
}

struct entry *entry_list_add(struct entry_list *list)
{
	struct entry *e;

	list->items = grow(list->items, list->n, &list->cap, sizeof(*list->items));
	e = &list->items[list->n++];
	clear_record(e, sizeof(*e), entry_strings, ENTRY_STRINGS);
	return e;
}

void entry_list_reset(struct entry_list *list)
{
	arena_reset(&list->arena);
	list->n = 0;
	list->imeis_read = false;
}

void entry_list_clear(struct entry_list *list)
{
	arena_clear(&list->arena);
	free(list->items);
	list->items = NULL;
	list->n = list->cap = 0;
}

struct order *order_list_copy(struct order_list *list, const struct order *o)
{
	struct order from = *o;	/* o may be in this very list, which is about to move */
	struct order *to = order_list_add(list);

	*to = from;
	for (size_t i = 0; i < ORDER_STRINGS; i++) {
		const char *s = string_of(&from, order_strings[i]);

		*string_at(to, order_strings[i]) = s && *s ? arena_strdup(&list->arena, s) : "";
	}
	return to;
}

const struct entry *entry_find(const struct entry_list *list, const char *id)
{
	for (size_t i = 0; list && id && i < list->n; i++)
		if (strcmp(list->items[i].id, id) == 0)
			return &list->items[i];
	return NULL;
}

struct entry *entry_list_copy(struct entry_list *list, const struct entry *e)
{
	struct entry from = *e;	/* as in order_list_copy() */
	struct entry *to = entry_list_add(list);

	*to = from;
	for (size_t i = 0; i < ENTRY_STRINGS; i++) {
		const char *s = string_of(&from, entry_strings[i]);

		*string_at(to, entry_strings[i]) = s && *s ? arena_strdup(&list->arena, s) : "";
	}
	return to;
}

const char *entry_goods(const struct entry *e, struct arena *a)
{
	if (*e->article)
		return arena_printf(a, "article %s", e->article);
	if (*e->product_id)
		return arena_printf(a, "product %s", e->product_id);
	return arena_printf(a, "name %s", e->name);
}

void entry_amount(const struct entry *e, int64_t *quantity, int64_t *weight_g)
{
	bool weighed = !strncmp(e->unit, "MEASURABLE", strlen("MEASURABLE")) && e->weight_g > 0;

	*weight_g = weighed ? e->weight_g : 0;
	*quantity = weighed && !strcmp(e->unit, "MEASURABLE") ? 0 : e->quantity;
}

bool order_entries_fresh(const struct order *o)
{
	return o->entries_ms > 0 && o->entries_ms >= o->changed_ms;
}

void order_list_asked(struct order_list *list, int64_t ms)
{
	for (size_t i = 0; i < list->n; i++)
		list->items[i].fetched_ms = ms;
}

static bool same_flags(const struct order *a, const struct order *b)
{
	return a->kaspi_delivery == b->kaspi_delivery && a->express == b->express &&
		a->preorder == b->preorder && a->assembled == b->assembled &&
		a->signature_required == b->signature_required &&
		a->returned_to_warehouse == b->returned_to_warehouse;
}

static bool same_numbers(const struct order *a, const struct order *b)
{
	return a->total == b->total && a->delivery_cost == b->delivery_cost &&
		a->delivery_cost_seller == b->delivery_cost_seller &&
		a->credit_term == b->credit_term && a->created_ms == b->created_ms &&
		a->approved_ms == b->approved_ms && a->planned_ms == b->planned_ms &&
		a->reserved_until_ms == b->reserved_until_ms &&
		a->transmission_planned_ms == b->transmission_planned_ms &&
		a->transmitted_ms == b->transmitted_ms && a->latitude == b->latitude &&
		a->longitude == b->longitude;
}

bool order_same(const struct order *a, const struct order *b)
{
	if (!same_flags(a, b) || !same_numbers(a, b))
		return false;
	for (size_t i = 0; i < ORDER_SERVER_STRINGS; i++)
		if (strcmp(string_of(a, order_strings[i]), string_of(b, order_strings[i])) != 0)
			return false;
	return true;
}
