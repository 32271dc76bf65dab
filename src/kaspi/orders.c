#include <string.h>

#include "base/i18n.h"
#include "kaspi/members.h"
#include "kaspi/parts.h"

/* One order as it comes: what can be taken over as it is, and the pieces that need a thought. */
struct raw_order {
	struct order o;
	const struct json_value *customer, *address, *delivery, *origin;
	const char *name, *first_name, *last_name;
	const char *apartment;
};

#define RAW(field) offsetof(struct raw_order, field)

/* Rows in the order of the service's own replies, see members.h. */
static const struct member order_members[] = {
	{ "code", MEMBER_TEXT, RAW(o.code) },
	{ "totalPrice", MEMBER_MONEY, RAW(o.total) },
	{ "paymentMode", MEMBER_TEXT, RAW(o.payment_mode) },
	{ "plannedDeliveryDate", MEMBER_TIME, RAW(o.planned_ms) },
	{ "reservationDate", MEMBER_TIME, RAW(o.reserved_until_ms) },
	{ "creationDate", MEMBER_TIME, RAW(o.created_ms) },
	{ "deliveryCostForSeller", MEMBER_MONEY, RAW(o.delivery_cost_seller) },
	{ "isKaspiDelivery", MEMBER_BOOL, RAW(o.kaspi_delivery) },
	{ "deliveryMode", MEMBER_TEXT, RAW(o.delivery_mode) },
	{ "deliveryAddress", MEMBER_VALUE, RAW(address) },
	{ "signatureRequired", MEMBER_BOOL, RAW(o.signature_required) },
	{ "creditTerm", MEMBER_INT, RAW(o.credit_term) },
	{ "kaspiDelivery", MEMBER_VALUE, RAW(delivery) },
	{ "preOrder", MEMBER_BOOL, RAW(o.preorder) },
	{ "pickupPointId", MEMBER_TEXT, RAW(o.pickup_point) },
	{ "state", MEMBER_TEXT, RAW(o.state) },
	{ "assembled", MEMBER_BOOL, RAW(o.assembled) },
	{ "approvedByBankDate", MEMBER_TIME, RAW(o.approved_ms) },
	{ "status", MEMBER_TEXT, RAW(o.status) },
	{ "customer", MEMBER_VALUE, RAW(customer) },
	{ "deliveryCost", MEMBER_MONEY, RAW(o.delivery_cost) },
	{ "originAddress", MEMBER_VALUE, RAW(origin) },
	{ "cancellationReason", MEMBER_TEXT, RAW(o.cancel_reason) },
	/* Older replies have these here; kaspiDelivery is read afterwards and wins. */
	{ "waybill", MEMBER_ID, RAW(o.waybill) },
	{ "waybillNumber", MEMBER_TEXT, RAW(o.waybill_number) },
	{ "courierTransmissionPlanningDate", MEMBER_TIME, RAW(o.transmission_planned_ms) },
	{ "courierTransmissionDate", MEMBER_TIME, RAW(o.transmitted_ms) },
	{ "express", MEMBER_BOOL, RAW(o.express) },
	{ "returnedToWarehouse", MEMBER_BOOL, RAW(o.returned_to_warehouse) },
	{ .name = NULL },
};

static const struct member delivery_members[] = {
	{ "waybill", MEMBER_ID, RAW(o.waybill) },
	{ "courierTransmissionDate", MEMBER_TIME, RAW(o.transmitted_ms) },
	{ "courierTransmissionPlanningDate", MEMBER_TIME, RAW(o.transmission_planned_ms) },
	{ "waybillNumber", MEMBER_TEXT, RAW(o.waybill_number) },
	{ "express", MEMBER_BOOL, RAW(o.express) },
	{ "returnedToWarehouse", MEMBER_BOOL, RAW(o.returned_to_warehouse) },
	{ .name = NULL },
};

static const struct member customer_members[] = {
	{ "id", MEMBER_ID, RAW(o.customer_id) },
	{ "name", MEMBER_TEXT, RAW(name) },
	{ "cellPhone", MEMBER_TEXT, RAW(o.phone) },
	{ "firstName", MEMBER_TEXT, RAW(first_name) },
	{ "lastName", MEMBER_TEXT, RAW(last_name) },
	{ .name = NULL },
};

static const struct member address_members[] = {
	{ "town", MEMBER_TEXT, RAW(o.town) },
	{ "apartment", MEMBER_TEXT, RAW(apartment) },
	{ "formattedAddress", MEMBER_TEXT, RAW(o.address) },
	{ "latitude", MEMBER_DOUBLE, RAW(o.latitude) },
	{ "longitude", MEMBER_DOUBLE, RAW(o.longitude) },
	{ .name = NULL },
};

static const struct member origin_members[] = {
	{ "displayName", MEMBER_TEXT, RAW(o.origin) },
	{ .name = NULL },
};

/* The name as the service has it, unless it is only the first name and there is more. */
static const char *customer_name(const struct raw_order *raw, struct arena *a)
{
	if (*raw->name && (!*raw->last_name || strcmp(raw->name, raw->first_name) != 0))
		return raw->name;
	if (*raw->first_name && *raw->last_name)
		return arena_printf(a, "%s %s", raw->first_name, raw->last_name);
	return *raw->first_name ? raw->first_name : raw->last_name;
}

/* "+0(000)-000-00-00" and the like, or stars instead of digits. */
static bool phone_masked(const char *phone)
{
	return strchr(phone, '*') || !strpbrk(phone, "123456789");
}

static bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && strcmp(s + n - m, end) == 0;
}

/* A parcel locker's address may end in ", "; an apartment is often in a member of its own. The word
 * for it is Russian because the rest of the line is. */
static const char *whole_address(const struct raw_order *raw, struct arena *a)
{
	const char *line = raw->o.address;
	size_t n = strlen(line);

	while (n && (line[n - 1] == ' ' || line[n - 1] == ','))
		n--;
	if (line[n])
		line = arena_strndup(a, line, n);
	if (!*raw->apartment || !*line)
		return line;
	if (ends_with(line, arena_printf(a, " %s", raw->apartment)))
		return line;
	return arena_printf(a, "%s, кв. %s", line, raw->apartment);
}

static void read_attributes(const struct json_value *attributes, struct raw_order *raw,
	struct arena *a)
{
	members_read(attributes, order_members, raw, a);
	members_read(raw->delivery, delivery_members, raw, a);
	members_read(raw->customer, customer_members, raw, a);
	members_read(raw->address, address_members, raw, a);
	members_read(raw->origin, origin_members, raw, a);
	raw->o.customer = customer_name(raw, a);
	raw->o.address = whole_address(raw, a);
	if (phone_masked(raw->o.phone))
		raw->o.phone = "";
}

/* False when the row has no id or no code: then nobody could act on it or ask for it. */
static bool read_order(const struct json_value *row, struct order_list *list)
{
	struct order *o = order_list_add(list);
	struct raw_order raw = {
		.o = *o, .name = "", .first_name = "", .last_name = "", .apartment = "",
	};

	raw.o.id = json_id(json_get(row, "id"), &list->arena);
	read_attributes(json_get(row, "attributes"), &raw, &list->arena);
	if (!*raw.o.id || !*raw.o.code) {
		list->n--;
		return false;
	}
	*o = raw.o;
	o->queue = kaspi_queue_of(o)->id;
	o->finished = !kaspi_queue_of(o)->active;
	return true;
}

static size_t count(const struct json_value *v)
{
	int64_t n = json_int(v, 0);

	return n > 0 ? (size_t)n : 0;
}

/* One odd row must not hide the other 99; a page of nothing but odd rows is not what we think. */
static bool read_rows(const struct json_value *data, struct order_list *list,
	struct page_info *info, struct error *err)
{
	const size_t before = list->n;

	for (const struct json_value *v = json_first(data); v; v = json_next(v))
		if (!read_order(v, list))
			info->skipped++;
	if (info->skipped && list->n == before)
		return error_set(err, ERR_BAD_REPLY,
			_("The server's answer cannot be read: its orders have no number."));
	return true;
}

bool kaspi_read_listing(const char *body, size_t len, struct order_list *list,
	struct page_info *info, struct error *err)
{
	struct json *doc = kaspi_document(body, len, err);
	const struct json_value *data, *meta;
	struct page_info found = { .pages = 0 };
	bool ok;

	if (!doc)
		return false;
	data = json_get(json_root(doc), "data");
	meta = json_get(json_root(doc), "meta");
	found.pages = count(json_get(meta, "pageCount"));
	found.total = count(json_get(meta, "totalCount"));
	if (json_is_array(data))
		ok = read_rows(data, list, &found, err);
	else
		ok = error_set(err, ERR_BAD_REPLY,
			_("The server's answer cannot be read: there is no list of orders in it."));
	json_free(doc);
	if (ok && info)
		*info = found;
	return ok;
}
