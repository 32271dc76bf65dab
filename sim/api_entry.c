/* What changes the lines of an order: fewer pieces, another weight, the numbers of phones. */
#include "sim/api.h"

#include <stdio.h>
#include <string.h>

#include "sim/machine.h"
#include "sim/render.h"

static const char *const REASONS[] = {
	"BUYER_CANCELLATION_BY_MERCHANT",
	"BUYER_NOT_REACHABLE",
	"MERCHANT_OUT_OF_STOCK",
	"PRODUCT_UNDERWEIGHT",
};

#define WEIGHT_REASON 3

static int find_reason(const struct body *b)
{
	const char *reason = body_text(b);
	int i;

	for (i = 0; reason && i <= WEIGHT_REASON; i++) {
		if (!strcmp(REASONS[i], reason))
			return i;
	}
	return -1;
}

static void operation_id(char *out, size_t cap, const struct shop *s, const struct sim_order *o)
{
	unsigned n = o->applied[ACTION_ENTRY_CANCEL] + o->applied[ACTION_PARTIAL_CANCEL];

	snprintf(out, cap, "%llu%02u",
		(unsigned long long)(s->config.seed % 1000 * 1000000 + o->seq), n % 100);
}

/* "relationships" and "links" of an operation on a line, as the documents show them. */
static void operation_links(struct json *j, const struct shop *s, const char *type, const char *id)
{
	json_open(j, "relationships", '{');
	json_open(j, "entry", '{');
	json_open(j, "links", '{');
	json_strf(j, "self", "%s/shop/api/v2/%s/%s/relationships/entry", s->base_url, type, id);
	json_strf(j, "related", "%s/shop/api/v2/%s/%s/entry", s->base_url, type, id);
	json_close(j, '}');
	json_null(j, "data");
	json_close(j, '}');
	json_close(j, '}');
	json_open(j, "links", '{');
	json_strf(j, "self", "%s/shop/api/v2/%s/%s", s->base_url, type, id);
	json_close(j, '}');
}

static void open_operation(struct json *j, const char *type, const char *id)
{
	json_open(j, NULL, '{');
	json_open(j, "data", '{');
	json_str(j, "type", type);
	json_str(j, "id", id);
	json_open(j, "attributes", '{');
}

static void close_operation(struct json *j, const struct shop *s, const char *type, const char *id)
{
	json_close(j, '}');
	operation_links(j, s, type, id);
	json_close(j, '}');
	json_raw(j, "included", "[]");
	json_close(j, '}');
}

static const char *check_operation(const struct body *b, const char *type)
{
	const char *given = body_text(body_at(b, "data.type"));
	const char *entry = body_text(body_at(b, "data.relationships.entry.data.type"));

	if (!body_is_object(b))
		return "Request body is not valid JSON.";
	if (!given || strcmp(given, type) != 0)
		return "Member [data.type] is wrong.";
	if (!body_is_object(body_at(b, "data.attributes")))
		return "Required member [data.attributes] is empty.";
	if (!entry || strcmp(entry, "orderentries") != 0)
		return "Member [data.relationships.entry.data.type] must be orderentries.";
	if (!body_text(body_at(b, "data.relationships.entry.data.id")))
		return "Required member [data.relationships.entry.data.id] is empty.";
	return NULL;
}

static const char *check_remaining(
	const struct body *attributes, const struct sim_entry *e, int64_t *quantity)
{
	const struct body *notes = body_at(attributes, "notes");

	if (!body_int(body_at(attributes, "remainedQuantity"), false, quantity))
		return "Required attribute [remainedQuantity] is not a number.";
	if (*quantity < 0 || *quantity >= e->quantity)
		return "Attribute [remainedQuantity] must be less than the quantity of the entry.";
	if (find_reason(body_at(attributes, "reason")) < 0 ||
		find_reason(body_at(attributes, "reason")) == WEIGHT_REASON)
		return "Unknown reason.";
	if (notes && !body_text(notes))
		return "Attribute [notes] must be a string.";
	return NULL;
}

void api_cancel_entry(struct shop *s, struct request *q, const struct target *t, struct reply *p)
{
	static const char TYPE[] = "orderEntryCancelOperation";
	struct body *b = body_parse(buf_str(&q->body), q->body.len);
	const struct body *attributes = body_at(b, "data.attributes");
	const char *why = check_operation(b, TYPE);
	struct json j = JSON_INIT(&p->body);
	struct sim_order *o = NULL;
	struct sim_entry *e = api_entry(
		s, &q->arena, body_text(body_at(b, "data.relationships.entry.data.id")), &o);
	int64_t left = 0;
	char id[40];

	if (!why && e)
		why = check_remaining(attributes, e, &left);
	if (!why && e)
		why = machine_may_change_entries(t->order);
	if (why) {
		reply_error(p, 400, why);
	} else if (!e) {
		reply_error(p, 404, "Order entry not found");
	} else {
		machine_change_entry(
			s, o, e, (int32_t)left, -1, body_text(body_at(attributes, "reason")));
		operation_id(id, sizeof(id), s, o);
		open_operation(&j, TYPE, id);
		json_money(&j, "remainedWeight", e->weight, false);
		json_int(&j, "remainedQuantity", left);
		json_str(&j, "status", "INPROGRESS");
		close_operation(&j, s, TYPE, id);
	}
	body_free(b);
}

/* --- PUT /orderPartialCancel/{order}: a bare array ----------------------------------------- */

struct change {
	struct sim_entry *entry;
	int64_t quantity, weight;
	const struct body *item;
};

#define CHANGES_MAX 64

static const char *check_weight(const struct sim_entry *e, int reason, const struct change *c)
{
	if (c->quantity < 0 || c->quantity > e->quantity)
		return "Attribute [remainedQuantity] is out of range.";
	if (c->weight < 0 || c->weight > e->weight)
		return "Attribute [remainedWeight] is out of range.";
	if (reason == WEIGHT_REASON && e->product->unit == UNIT_PIECES)
		return "Entry is not sold by weight.";
	if (reason == WEIGHT_REASON && c->weight && c->weight < e->weight / 2)
		return "Attribute [remainedWeight] is less than the minimal allowed weight.";
	return NULL;
}

static const char *read_change(struct shop *s, struct request *q, const struct target *t,
	const struct body *item, struct change *c)
{
	int reason = find_reason(body_at(item, "reason"));
	struct sim_order *o = NULL;

	c->item = item;
	c->entry = api_entry(s, &q->arena, body_text(body_at(item, "entry.id")), &o);
	if (!c->entry || o != t->order)
		return "Order entry not found";
	if (!body_int(body_at(item, "remainedQuantity"), false, &c->quantity))
		return "Required attribute [remainedQuantity] is not a number.";
	if (!body_int(body_at(item, "remainedWeight"), false, &c->weight))
		return "Required attribute [remainedWeight] is not a number.";
	if (reason < 0)
		return "Unknown reason.";
	return check_weight(c->entry, reason, c);
}

static const char *read_changes(struct shop *s, struct request *q, const struct target *t,
	const struct body *b, struct change *changes, unsigned *n)
{
	const struct body *item;
	const char *why = body_is_array(b) ? NULL : "Request body must be an array.";

	*n = 0;
	for (item = why ? NULL : body_first(b); item && !why; item = body_next(item)) {
		if (*n == CHANGES_MAX)
			return "Too many entries.";
		why = read_change(s, q, t, item, &changes[(*n)++]);
	}
	if (!why && !*n)
		why = "Request body must not be empty.";
	return why;
}

static void write_changes(struct shop *s, const struct target *t, const struct change *changes,
	unsigned n, struct reply *p)
{
	struct json j = JSON_INIT(&p->body);
	char id[40];
	unsigned i;

	json_open(&j, NULL, '{');
	json_open(&j, "orderCancelEntries", '[');
	for (i = 0; i < n; i++) {
		const struct change *c = &changes[i];

		operation_id(id, sizeof(id), s, t->order);
		json_open(&j, NULL, '{');
		json_id(&j, "id", id);
		json_str(&j, "notes", body_text(body_at(c->item, "notes")));
		json_open(&j, "entry", '{');
		json_str(&j, "id", body_text(body_at(c->item, "entry.id")));
		json_close(&j, '}');
		json_int(&j, "remainedQuantity", c->quantity);
		json_money(&j, "remainedWeight", c->weight, false);
		json_close(&j, '}');
	}
	json_close(&j, ']');
	json_str(&j, "status", "INPROGRESS");
	json_close(&j, '}');
}

void api_partial_cancel(struct shop *s, struct request *q, const struct target *t, struct reply *p)
{
	struct body *b = body_parse(buf_str(&q->body), q->body.len);
	struct change changes[CHANGES_MAX];
	const char *why = b ? NULL : "Request body is not valid JSON.";
	unsigned n = 0, i;

	if (!why && t->order)
		why = read_changes(s, q, t, b, changes, &n);
	if (!why && t->order)
		why = machine_may_change_entries(t->order);
	if (why) {
		reply_error(p, 400, why);
	} else if (!t->order) {
		reply_error(p, 404, "Order not found");
	} else {
		for (i = 0; i < n; i++) /* a weight of nothing removes the line */
			machine_change_entry(s, t->order, changes[i].entry,
				changes[i].weight || changes[i].entry->product->unit == UNIT_PIECES
					? (int32_t)changes[i].quantity
					: 0,
				(int32_t)changes[i].weight,
				body_text(body_at(changes[i].item, "reason")));
		write_changes(s, t, changes, n, p);
	}
	body_free(b);
}

/* --- POST /v2/orderEntryImeiOperation ------------------------------------------------------- */

static bool luhn(const char *imei)
{
	unsigned sum = 0, i;

	if (strlen(imei) != 15 || strspn(imei, "0123456789") != 15)
		return false;
	for (i = 0; i < 15; i++) {
		unsigned d = (unsigned)(imei[i] - '0') << (i & 1);

		sum += d > 9 ? d - 9 : d;
	}
	return sum % 10 == 0;
}

static const char *check_imeis(const struct body *items, const struct sim_entry *e)
{
	const struct body *item, *imei;
	int devices = 0, codes;

	if (!body_is_array(items))
		return "Required attribute [items] is empty.";
	for (item = body_first(items); item; item = body_next(item), devices++) {
		codes = 0;
		for (imei = body_first(body_at(item, "imei")); imei;
			imei = body_next(imei), codes++) {
			if (!body_text(imei) || !luhn(body_text(imei)))
				return "IMEI is not valid.";
		}
		if (codes < 1 || codes > 2)
			return "A device has one or two IMEI.";
	}
	return devices == e->quantity
		       ? NULL
		       : "The number of devices differs from the quantity of the entry.";
}

void api_imei(struct shop *s, struct request *q, const struct target *t, struct reply *p)
{
	static const char TYPE[] = "orderEntryImeiOperation";
	struct body *b = body_parse(buf_str(&q->body), q->body.len);
	const struct body *items = body_at(b, "data.attributes.items");
	const char *why = check_operation(b, TYPE);
	struct json j = JSON_INIT(&p->body);
	struct sim_order *o = NULL;
	struct sim_entry *e = api_entry(
		s, &q->arena, body_text(body_at(b, "data.relationships.entry.data.id")), &o);
	char id[40];

	if (!why && e)
		why = check_imeis(items, e);
	if (!why && e)
		why = machine_set_imei(t->order, e, body_print(&s->arena, items));
	if (why) {
		reply_error(p, 400, why);
	} else if (!e) {
		reply_error(p, 404, "Order entry not found");
	} else {
		operation_id(id, sizeof(id), s, o);
		open_operation(&j, TYPE, id);
		json_raw(&j, "items", e->imei);
		json_str(&j, "status", "SUCCESSFUL");
		close_operation(&j, s, TYPE, id);
	}
	body_free(b);
}
