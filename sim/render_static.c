/* The things that hardly change: products, warehouses, towns. */
#include "sim/render.h"

#include "sim/base64.h"

#define API "/shop/api/v2/"

static void self(struct json *j, const struct shop *s, const char *type, const char *id)
{
	json_open(j, "links", '{');
	json_strf(j, "self", "%s" API "%s/%s", s->base_url, type, id);
	json_close(j, '}');
}

static void head(struct json *j, const char *key, const char *type, const char *id)
{
	json_open(j, key, '{');
	json_str(j, "type", type);
	json_str(j, "id", id);
}

static void relation(struct json *j, const struct shop *s, const char *type, const char *id,
	const char *name, const char *data_type, const char *plain)
{
	json_open(j, "relationships", '{');
	json_open(j, name, '{');
	json_open(j, "links", '{');
	json_strf(j, "self", "%s" API "%s/%s/relationships/%s", s->base_url, type, id, name);
	json_strf(j, "related", "%s" API "%s/%s/%s", s->base_url, type, id, name);
	json_close(j, '}');
	if (data_type) {
		json_open(j, "data", '{');
		json_str(j, "type", data_type);
		json_id(j, "id", plain);
		json_close(j, '}');
	} else {
		json_null(j, "data");
	}
	json_close(j, '}');
	json_close(j, '}');
}

void render_product(struct json *j, const char *key, const struct shop *s, const struct product *p)
{
	struct arena a = ARENA_INIT;
	const char *id = base64_encode(&a, p->code);

	head(j, key, "masterproducts", id);
	json_open(j, "attributes", '{');
	json_str(j, "code", p->code);
	json_str(j, "name", p->name);
	if (p->maker)
		json_str(j, "manufacturer", p->maker);
	json_str(j, "category", p->category);
	json_close(j, '}');
	relation(j, s, "masterproducts", id, "merchantProduct", NULL, NULL);
	self(j, s, "masterproducts", id);
	json_close(j, '}');
	arena_clear(&a);
}

void render_merchant_product(struct json *j, const char *key, const struct shop *s,
	const struct product *p, const char *name)
{
	struct arena a = ARENA_INIT;
	const char *id = base64_encode(&a, p->sku);

	head(j, key, "merchantproducts", id);
	json_open(j, "attributes", '{');
	json_str(j, "code", p->sku);
	json_str(j, "name", name);
	if (p->maker)
		json_str(j, "manufacturer", p->maker);
	json_close(j, '}');
	json_raw(j, "relationships", "{}");
	self(j, s, "merchantproducts", id);
	json_close(j, '}');
	arena_clear(&a);
}

void render_point(struct json *j, const char *key, const struct shop *s, const struct warehouse *w)
{
	struct arena a = ARENA_INIT;
	const char *id = base64_encode(&a, w->id);
	const struct address *at = &w->address;

	head(j, key, "pointofservices", id);
	json_open(j, "attributes", '{');
	json_open(j, "address", '{');
	json_str(j, "streetName", at->street);
	json_str(j, "streetNumber", at->house);
	json_str(j, "town", at->town->full);
	json_str(j, "district", at->district);
	json_str(j, "building", at->building);
	json_null(j, "apartment");
	json_strf(j, "formattedAddress", "%s, %s, %s", at->town->full, at->street, at->house);
	json_real(j, "latitude", at->latitude);
	json_real(j, "longitude", at->longitude);
	json_close(j, '}');
	json_str(j, "displayName", w->name);
	json_close(j, '}');
	relation(j, s, "pointofservices", id, "city", "cities", at->town->code);
	self(j, s, "pointofservices", id);
	json_close(j, '}');
	arena_clear(&a);
}

void render_city(struct json *j, const char *key, const struct shop *s, const struct town *t)
{
	struct arena a = ARENA_INIT;
	const char *id = base64_encode(&a, t->code);

	head(j, key, "cities", id);
	json_open(j, "attributes", '{');
	json_str(j, "code", t->code);
	json_str(j, "name", t->name);
	json_bool(j, "active", true);
	json_close(j, '}');
	json_raw(j, "relationships", "{}");
	self(j, s, "cities", id);
	json_close(j, '}');
	arena_clear(&a);
}
