#include <string.h>

#include "base/i18n.h"
#include "kaspi/members.h"
#include "kaspi/parts.h"

struct raw_entry {
	struct entry e;
	const struct json_value *category, *offer;
	bool offer_imei;
};

#define RAW(field) offsetof(struct raw_entry, field)

static const struct member entry_members[] = {
	{ "unitType", MEMBER_TEXT, RAW(e.unit) },
	{ "minAllowedWeight", MEMBER_MONEY, RAW(e.min_weight_g) },
	{ "quantity", MEMBER_MONEY, RAW(e.quantity) },
	{ "totalPrice", MEMBER_MONEY, RAW(e.total) },
	{ "weight", MEMBER_MONEY, RAW(e.weight_g) },
	{ "entryNumber", MEMBER_INT, RAW(e.number) },
	{ "category", MEMBER_VALUE, RAW(category) },
	{ "deliveryCost", MEMBER_MONEY, RAW(e.delivery_cost) },
	{ "basePrice", MEMBER_MONEY, RAW(e.price) },
	{ "offer", MEMBER_VALUE, RAW(offer) },
	{ "isImeiRequired", MEMBER_BOOL, RAW(e.imei_required) },
	{ .name = NULL },
};

static const struct member category_members[] = {
	{ "title", MEMBER_TEXT, RAW(e.category) },
	{ .name = NULL },
};

static const struct member offer_members[] = {
	{ "code", MEMBER_TEXT, RAW(e.article) },
	{ "name", MEMBER_TEXT, RAW(e.name) },
	{ "isImeiRequired", MEMBER_BOOL, RAW(offer_imei) },
	{ .name = NULL },
};

static const char *related(const struct json_value *row, const char *name, struct arena *a)
{
	const struct json_value *relation = json_get(json_get(row, "relationships"), name);

	return json_id(json_get(json_get(relation, "data"), "id"), a);
}

/* Unlike an order on a page, a line is never left out: a parcel would lack an item. */
static bool read_entry(const struct json_value *row, struct entry_list *list)
{
	struct arena *a = &list->arena;
	struct entry *e = entry_list_add(list);
	struct raw_entry raw = { .e = *e };

	raw.e.number = (int64_t)list->n - 1;
	members_read(json_get(row, "attributes"), entry_members, &raw, a);
	members_read(raw.category, category_members, &raw, a);
	members_read(raw.offer, offer_members, &raw, a);
	raw.e.imei_required |= raw.offer_imei;
	raw.e.id = json_id(json_get(row, "id"), a);
	raw.e.product_id = related(row, "product", a);
	raw.e.point_id = related(row, "deliveryPointOfService", a);
	/* No less than nothing: everything that counts relies on it. */
	raw.e.quantity = raw.e.quantity < 0 ? 0 : raw.e.quantity;
	raw.e.weight_g = raw.e.weight_g < 0 ? 0 : raw.e.weight_g;
	*e = raw.e;
	return *e->id != '\0';
}

/* A list of lines, or the one line that was asked for by its id. */
static bool read_lines(const struct json_value *data, struct entry_list *list)
{
	bool ok = true;

	if (json_is_object(data))
		return read_entry(data, list);
	if (!json_is_array(data))
		return false;
	for (const struct json_value *v = json_first(data); v && ok; v = json_next(v))
		ok = read_entry(v, list);
	return ok;
}

bool kaspi_read_entries(const char *body, size_t len, struct entry_list *list, struct error *err)
{
	struct json *doc = kaspi_document(body, len, err);
	const size_t before = list->n;
	bool ok;

	if (!doc)
		return false;
	ok = read_lines(json_get(json_root(doc), "data"), list);
	json_free(doc);
	if (ok)
		return true;
	list->n = before;
	return error_set(err, ERR_BAD_REPLY,
		_("The server's answer cannot be read: there is no list of goods in it."));
}

/* ---- IMEI ------------------------------------------------------------------------------------ */

/* "a,b" of one device: an object with a list, as the documents have it, or one number. */
static void add_device(const struct json_value *item, struct buf *out, struct arena *a)
{
	const struct json_value *list = json_get(item, "imei");
	const char *before = out->len ? ";" : "";

	if (!json_is_array(list)) {
		const char *one = json_text(json_is_object(item) ? list : item, a, TEXT_MAX_FIELD);

		if (*one)
			buf_addf(out, "%s%s", before, one);
		return;
	}
	for (const struct json_value *v = json_first(list); v; v = json_next(v)) {
		const char *one = json_text(v, a, TEXT_MAX_FIELD);

		if (*one)
			buf_addf(out, "%s%s", before, one);
		before = *one ? "," : before;
	}
}

static struct entry *entry_of(struct entry_list *entries, const struct json_value *row)
{
	const char *id = related(row, "entry", &entries->arena);

	if (!*id)
		id = json_id(json_get(row, "id"), &entries->arena);
	for (size_t i = 0; i < entries->n; i++)
		if (strcmp(entries->items[i].id, id) == 0)
			return &entries->items[i];
	return NULL;
}

static void read_imei(const struct json_value *row, struct entry_list *entries)
{
	struct entry *e = entry_of(entries, row);
	const struct json_value *items = json_get(json_get(row, "attributes"), "items");
	struct buf text = BUF_INIT(BUF_MAX_LINE);

	for (const struct json_value *v = e ? json_first(items) : NULL; v; v = json_next(v))
		add_device(v, &text, &entries->arena);
	if (text.len)
		e->imei = arena_strdup(&entries->arena, buf_str(&text));
	buf_clear(&text);
}

bool kaspi_read_imeis(const char *body, size_t len, struct entry_list *entries, struct error *err)
{
	struct json *doc = kaspi_document(body, len, err);
	const struct json_value *data;
	bool ok;

	if (!doc)
		return false;
	data = json_get(json_root(doc), "data");
	ok = json_is_array(data) || json_is_object(data);
	for (size_t i = 0; ok && i < entries->n; i++)
		entries->items[i].imei = "";
	entries->imeis_read |= ok;
	if (json_is_object(data))
		read_imei(data, entries);
	for (const struct json_value *v = json_is_array(data) ? json_first(data) : NULL; v; v = json_next(v))
		read_imei(v, entries);
	json_free(doc);
	return ok || error_set(err, ERR_BAD_REPLY,
		_("The server's answer cannot be read: there is no list of IMEI in it."));
}

/* ---- facts ----------------------------------------------------------------------------------- */

static const struct member fact_members[] = {
	{ "code", MEMBER_TEXT, offsetof(struct fact, code) },
	{ "name", MEMBER_TEXT, offsetof(struct fact, name) },
	{ "manufacturer", MEMBER_TEXT, offsetof(struct fact, manufacturer) },
	{ "category", MEMBER_TEXT, offsetof(struct fact, category) },
	{ .name = NULL },
};

static const struct member point_members[] = {
	{ "displayName", MEMBER_TEXT, offsetof(struct fact, name) },
	{ .name = NULL },
};

static void read_fact(const struct json_value *attributes, struct fact *f, struct arena *a)
{
	struct address at;

	if (f->kind == FACT_POINT) {
		members_read(attributes, point_members, f, a);
		kaspi_read_address(json_get(attributes, "address"), a, &at);
		f->address = at.line;
	} else {
		members_read(attributes, fact_members, f, a);
	}
}

bool kaspi_read_fact(const struct fact_ref *ref, const char *body, size_t len, struct arena *arena,
	struct fact *out, struct error *err)
{
	struct json *doc = kaspi_document(body, len, err);
	const struct json_value *attributes;
	bool ok;

	if (!doc)
		return false;
	attributes = json_get(json_get(json_root(doc), "data"), "attributes");
	ok = json_is_object(attributes);
	if (ok) {
		*out = (struct fact){
			.kind = ref->kind,
			.id = arena_strdup(arena, ref->id),
			.code = "", .name = "", .manufacturer = "", .category = "", .address = "",
		};
		read_fact(attributes, out, arena);
	} else {
		error_set(err, ERR_NOT_FOUND, _("The server knows nothing about this item."));
	}
	json_free(doc);
	return ok;
}
