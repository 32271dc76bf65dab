#include "sim/render.h"

#include <stdio.h>

#include "sim/base64.h"

#define API	     "/shop/api/v2/"
#define MASKED_PHONE "+0(000)-000-00-00"

void waybill_token(char *out, size_t cap, const struct shop *s, const struct sim_order *o)
{
	struct rng r = rng_for(s->config.seed ^ UINT64_C(0x77617962696c6c), o->seq);

	snprintf(out, cap, "%016llx%08x", (unsigned long long)rng_next(&r), o->seq);
}

static void links(struct json *j, const struct shop *s, const char *type, const char *id)
{
	json_open(j, "links", '{');
	json_strf(j, "self", "%s" API "%s/%s", s->base_url, type, id);
	json_close(j, '}');
}

/* Opens "name": {"links": {...}; the caller adds data and closes. */
static void relation(
	struct json *j, const struct shop *s, const char *type, const char *id, const char *name)
{
	json_open(j, name, '{');
	json_open(j, "links", '{');
	json_strf(j, "self", "%s" API "%s/%s/relationships/%s", s->base_url, type, id, name);
	json_strf(j, "related", "%s" API "%s/%s/%s", s->base_url, type, id, name);
	json_close(j, '}');
}

static void resource(struct json *j, const char *type, const char *id)
{
	json_str(j, "type", type);
	json_str(j, "id", id);
}

static void reference(struct json *j, const char *key, const char *type, const char *plain_id)
{
	json_open(j, key, '{');
	json_str(j, "type", type);
	json_id(j, "id", plain_id);
	json_close(j, '}');
}

static void address(struct json *j, const char *key, const struct address *a, const char *town)
{
	json_open(j, key, '{');
	json_str(j, "streetName", a->street);
	json_str(j, "streetNumber", a->house);
	json_str(j, "town", town);
	json_str(j, "district", a->district);
	json_str(j, "building", a->building);
	json_str(j, "apartment", a->apartment);
	if (!a->street)
		json_strf(j, "formattedAddress", "%s, ", town);
	else if (a->apartment)
		json_strf(j, "formattedAddress", "%s, %s, %s, %s", town, a->street, a->house,
			a->apartment);
	else
		json_strf(j, "formattedAddress", "%s, %s, %s", town, a->street, a->house);
	if (a->street) {
		json_real(j, "latitude", a->latitude);
		json_real(j, "longitude", a->longitude);
	} else {
		json_null(j, "latitude");
		json_null(j, "longitude");
	}
	json_close(j, '}');
}

static void city(struct json *j, const struct town *t)
{
	json_open(j, "city", '{');
	json_id(j, "id", t->code);
	json_str(j, "code", t->code);
	json_str(j, "name", t->name);
	json_bool(j, "active", true);
	json_close(j, '}');
}

static void origin(struct json *j, const struct warehouse *w)
{
	json_open(j, "originAddress", '{');
	json_id(j, "id", w->id);
	json_str(j, "displayName", w->name);
	address(j, "address", &w->address, w->address.town->full);
	city(j, w->address.town);
	json_close(j, '}');
}

static void kaspi_delivery(struct json *j, const struct shop *s, const struct sim_order *o)
{
	char token[32];

	waybill_token(token, sizeof(token), s, o);
	json_open(j, "kaspiDelivery", '{');
	if (o->waybill) {
		if (o->waybill_link)
			json_str(j, "waybill", o->waybill_link);
		else
			json_strf(j, "waybill", "%s/shop/api/waybill/%s", s->base_url, token);
		json_strf(j, "waybillNumber", "KSP%09u", 100000000 + o->seq);
	} else {
		json_null(j, "waybill");
		json_null(j, "waybillNumber");
	}
	json_date(j, "courierTransmissionDate", o->handed_over);
	json_date(j, "courierTransmissionPlanningDate",
		o->status == STATUS_APPROVED_BY_BANK ? 0 : o->handover_planned);
	json_bool(j, "express", o->express);
	json_bool(j, "returnedToWarehouse", o->returned);
	json_null(j, "firstMileCourier");
	json_close(j, '}');
}

static void customer_fields(struct json *j, const struct sim_order *o)
{
	json_str(j, "name", o->name);
	json_str(j, "cellPhone", o->state == STATE_ARCHIVE ? MASKED_PHONE : o->phone);
	json_str(j, "firstName", o->first_name);
	json_str(j, "lastName", o->last_name);
}

static void customer(struct json *j, const struct sim_order *o)
{
	json_open(j, "customer", '{');
	json_id(j, "id", o->phone);
	customer_fields(j, o);
	json_close(j, '}');
}

static void dates(struct json *j, const struct sim_order *o)
{
	json_date(j, "plannedDeliveryDate", o->planned);
	json_int(j, "creationDate", o->created);
	json_date(j, "approvedByBankDate", o->approved);
	if (o->pre_order)
		json_date(j, "reservationDate", o->reserved);
}

static void payment(struct json *j, const struct sim_order *o)
{
	json_money(j, "totalPrice", order_total(o), o->whole_money);
	json_str(j, "paymentMode", o->credit_term ? "PAY_WITH_CREDIT" : "PREPAID");
	if (o->credit_term)
		json_int(j, "creditTerm", o->credit_term);
	json_money(j, "deliveryCostForSeller", o->seller_cost, o->whole_money);
	json_money(j, "deliveryCost", o->delivery_cost, o->whole_money);
	json_bool(j, "signatureRequired", o->sign);
}

static void delivery(struct json *j, const struct shop *s, const struct sim_order *o)
{
	json_bool(j, "isKaspiDelivery", order_is_kaspi(o));
	json_str(j, "deliveryMode", mode_api_name(o->mode));
	if (o->mode != MODE_PICKUP)
		address(j, "deliveryAddress", &o->address, o->address.town->name);
	json_str(j, "pickupPointId", o->warehouse->id);
	origin(j, o->warehouse);
	if (order_is_kaspi(o))
		kaspi_delivery(j, s, o);
	if (order_is_kaspi(o) || o->assembled)
		json_bool(j, "assembled", o->assembled);
}

static void attributes(struct json *j, const struct shop *s, const struct sim_order *o)
{
	json_open(j, "attributes", '{');
	json_str(j, "code", o->code);
	payment(j, o);
	dates(j, o);
	delivery(j, s, o);
	json_bool(j, "preOrder", o->pre_order);
	json_str(j, "state", order_state(o));
	json_str(j, "status", order_status(o));
	if (o->cancel_reason)
		json_str(j, "cancellationReason", o->cancel_reason);
	customer(j, o);
	json_close(j, '}');
}

static void entry_references(struct json *j, const struct sim_order *o)
{
	char plain[128];
	unsigned i;

	json_open(j, "data", '[');
	for (i = 0; i < o->n_entries; i++) {
		if (!o->entries[i].quantity)
			continue;
		entry_plain_id(plain, sizeof(plain), o, &o->entries[i]);
		reference(j, NULL, "orderentries", plain);
	}
	json_close(j, ']');
}

void render_order(struct json *j, const char *key, const struct shop *s, const struct sim_order *o,
	unsigned include)
{
	struct buf id = BUF_INIT(BUF_MAX_LINE);

	base64_add(&id, o->code);
	json_open(j, key, '{');
	resource(j, "orders", buf_str(&id));
	attributes(j, s, o);
	json_open(j, "relationships", '{');
	relation(j, s, "orders", buf_str(&id), "user");
	reference(j, "data", "customers", o->phone);
	json_close(j, '}');
	relation(j, s, "orders", buf_str(&id), "entries");
	if (include & INCLUDE_ENTRIES)
		entry_references(j, o);
	json_close(j, '}');
	json_close(j, '}');
	links(j, s, "orders", buf_str(&id));
	json_close(j, '}');
	buf_clear(&id);
}

void render_order_links(struct json *j, const struct shop *s, const char *order_id)
{
	json_open(j, "relationships", '{');
	relation(j, s, "orders", order_id, "user");
	json_null(j, "data");
	json_close(j, '}');
	relation(j, s, "orders", order_id, "entries");
	json_close(j, '}');
	json_close(j, '}');
	links(j, s, "orders", order_id);
}

void render_customer(
	struct json *j, const char *key, const struct shop *s, const struct sim_order *o)
{
	struct buf id = BUF_INIT(BUF_MAX_LINE);

	base64_add(&id, o->phone);
	json_open(j, key, '{');
	resource(j, "customers", buf_str(&id));
	json_open(j, "attributes", '{');
	customer_fields(j, o);
	json_close(j, '}');
	json_raw(j, "relationships", "{}");
	links(j, s, "customers", buf_str(&id));
	json_close(j, '}');
	buf_clear(&id);
}

void entry_plain_id(char *out, size_t cap, const struct sim_order *o, const struct sim_entry *e)
{
	snprintf(out, cap, "%.100s##%u", o->code, e->number);
}

static void entry_attributes(struct json *j, const struct sim_order *o, const struct sim_entry *e)
{
	const struct product *p = e->product;
	/* The live service has this flag now here, now there. */
	bool imei_outside = o->seq % 2;

	json_open(j, "attributes", '{');
	json_str(j, "unitType", unit_name(p->unit));
	if (p->unit == UNIT_MEASURABLE_PIECES)
		json_money(j, "minAllowedWeight", e->weight / 2, false);
	json_int(j, "quantity", e->quantity);
	json_money(j, "totalPrice", entry_total(e), o->whole_money);
	json_money(j, "weight", e->weight, false);
	json_int(j, "entryNumber", e->number);
	json_open(j, "category", '{');
	json_str(j, "code", p->category_code);
	json_str(j, "title", p->category);
	json_close(j, '}');
	json_open(j, "offer", '{');
	json_str(j, "code", p->sku);
	json_str(j, "name", e->name);
	if (!imei_outside)
		json_bool(j, "isImeiRequired", p->imei);
	json_close(j, '}');
	if (imei_outside)
		json_bool(j, "isImeiRequired", p->imei);
	json_money(j, "deliveryCost", e->number ? 0 : o->delivery_cost, o->whole_money);
	json_money(j, "basePrice", e->price, o->whole_money);
	json_close(j, '}');
}

void render_entry(struct json *j, const char *key, const struct shop *s, const struct sim_order *o,
	const struct sim_entry *e)
{
	struct buf id = BUF_INIT(BUF_MAX_LINE);
	char plain[128];

	entry_plain_id(plain, sizeof(plain), o, e);
	base64_add(&id, plain);
	json_open(j, key, '{');
	resource(j, "orderentries", buf_str(&id));
	entry_attributes(j, o, e);
	json_open(j, "relationships", '{');
	relation(j, s, "orderentries", buf_str(&id), "deliveryPointOfService");
	reference(j, "data", "pointofservices", o->warehouse->id);
	json_close(j, '}');
	relation(j, s, "orderentries", buf_str(&id), "product");
	reference(j, "data", "masterproducts", e->product->code);
	json_close(j, '}');
	json_close(j, '}');
	links(j, s, "orderentries", buf_str(&id));
	json_close(j, '}');
	buf_clear(&id);
}
