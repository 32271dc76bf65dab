#include "sim/api.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "sim/base64.h"
#include "sim/render.h"
#include "sim/waybill.h"

#define MEDIA_TYPE "application/vnd.api+json"

const char *api_token_state(const struct shop *s, const struct request *q)
{
	if (!q->token || !*q->token)
		return "missing";
	return strcmp(q->token, s->token) ? "bad" : "ok";
}

struct sim_order *api_order(const struct shop *s, struct arena *a, const char *id)
{
	const char *code = id ? base64_decode(a, id) : NULL;

	return code ? shop_find(s, code) : NULL;
}

struct sim_entry *api_entry(
	const struct shop *s, struct arena *a, const char *id, struct sim_order **order)
{
	char *plain = id ? base64_decode(a, id) : NULL, *mark = plain ? strstr(plain, "##") : NULL;
	char *end;
	unsigned long number;
	unsigned i;

	if (!mark)
		return NULL;
	*mark = '\0';
	number = strtoul(mark + 2, &end, 10);
	*order = shop_find(s, plain);
	for (i = 0; *order && !*end && i < (*order)->n_entries; i++) {
		if ((*order)->entries[i].number == number && (*order)->entries[i].quantity)
			return &(*order)->entries[i];
	}
	return NULL;
}

/* Accept may list several types; one of them must be ours. */
static bool accepts(const char *accept)
{
	size_t want = strlen(MEDIA_TYPE);

	while (accept && *accept) {
		size_t len = strcspn(accept, ",");
		const char *at = accept + strspn(accept, " \t");
		size_t type = strcspn(at, ",; \t");

		if (type == want && !strncasecmp(at, MEDIA_TYPE, want))
			return true;
		accept += len + (accept[len] == ',');
	}
	return false;
}

static bool check_headers(
	const struct shop *s, const struct request *q, bool document, struct reply *p)
{
	const char *token = api_token_state(s, q);

	if (!strcmp(token, "missing"))
		reply_error(p, 401, "Authentication token is missing.");
	else if (!strcmp(token, "bad"))
		reply_error(p, 401, "Authentication token is not valid.");
	else if (q->bad_target)
		reply_error(p, 400, "Request target can't be read.");
	else if (!document && !accepts(q->accept))
		reply_error(p, 406, "Accept must be " MEDIA_TYPE ".");
	else if (!document && (!q->content_type || strcasecmp(q->content_type, MEDIA_TYPE) != 0))
		reply_error(p, 415, "Content-Type must be " MEDIA_TYPE ".");
	else
		return true;
	return false;
}

/* {"data": ..., "included": []} around what one function writes. */
static void open_document(struct json *j)
{
	json_open(j, NULL, '{');
}

static void close_document(struct json *j)
{
	json_raw(j, "included", "[]");
	json_close(j, '}');
}

/* /v2/orders/{id} and /v2/orders/{id}/user */
static void get_order(struct shop *s, struct request *q, struct reply *p)
{
	struct sim_order *o = api_order(s, &q->arena, q->segments[4]);
	struct json j = JSON_INIT(&p->body);

	if (!o) {
		reply_error(p, 404, "Order not found");
		return;
	}
	open_document(&j);
	if (q->n_segments == 5)
		render_order(&j, "data", s, o, api_include(q));
	else
		render_customer(&j, "data", s, o);
	close_document(&j);
}

static void get_entries(struct shop *s, struct request *q, struct reply *p)
{
	struct sim_order *o = api_order(s, &q->arena, q->segments[4]);
	struct json j = JSON_INIT(&p->body);
	unsigned i;

	if (!o) {
		reply_error(p, 404, "Order not found");
		return;
	}
	open_document(&j);
	json_open(&j, "data", '[');
	for (i = 0; i < o->n_entries; i++) {
		if (o->entries[i].quantity)
			render_entry(&j, NULL, s, o, &o->entries[i]);
	}
	json_close(&j, ']');
	close_document(&j);
}

/* What was sent by orderEntryImeiOperation, a resource for each line that has it. */
static void get_imei(struct shop *s, struct request *q, struct reply *p)
{
	struct sim_order *o = api_order(s, &q->arena, q->segments[4]);
	struct json j = JSON_INIT(&p->body);
	char plain[128];
	unsigned i;

	if (!o) {
		reply_error(p, 404, "Order not found");
		return;
	}
	open_document(&j);
	json_open(&j, "data", '[');
	for (i = 0; i < o->n_entries; i++) {
		const struct sim_entry *e = &o->entries[i];

		if (!e->imei)
			continue;
		entry_plain_id(plain, sizeof(plain), o, e);
		json_open(&j, NULL, '{');
		json_str(&j, "type", "orderEntryImeiOperation");
		json_id(&j, "id", plain);
		json_open(&j, "attributes", '{');
		json_raw(&j, "items", e->imei);
		json_str(&j, "status", "SUCCESSFUL");
		json_close(&j, '}');
		json_open(&j, "relationships", '{');
		json_open(&j, "entry", '{');
		json_open(&j, "data", '{');
		json_str(&j, "type", "orderentries");
		json_id(&j, "id", plain);
		json_close(&j, '}');
		json_close(&j, '}');
		json_close(&j, '}');
		json_close(&j, '}');
	}
	json_close(&j, ']');
	close_document(&j);
}

/* /v2/orderentries/{id} and what hangs on it. */
static void get_entry(struct shop *s, struct request *q, struct reply *p)
{
	struct sim_order *o = NULL;
	struct sim_entry *e = api_entry(s, &q->arena, q->segments[4], &o);
	struct json j = JSON_INIT(&p->body);

	if (!e) {
		reply_error(p, 404, "Order entry not found");
		return;
	}
	open_document(&j);
	if (q->n_segments == 5)
		render_entry(&j, "data", s, o, e);
	else if (!strcmp(q->segments[5], "product"))
		render_product(&j, "data", s, e->product);
	else
		render_point(&j, "data", s, o->warehouse);
	close_document(&j);
}

static void get_product(struct shop *s, struct request *q, struct reply *p)
{
	const char *code = base64_decode(&q->arena, q->segments[4]);
	const struct product *product = code ? product_find(code) : NULL;
	struct json j = JSON_INIT(&p->body);

	if (!product) {
		reply_error(p, 404, "Product not found");
		return;
	}
	open_document(&j);
	if (q->n_segments == 5)
		render_product(&j, "data", s, product);
	else
		render_merchant_product(&j, "data", s, product, product->name);
	close_document(&j);
}

static void get_point(struct shop *s, struct request *q, struct reply *p)
{
	const char *id = base64_decode(&q->arena, q->segments[4]);
	const struct warehouse *w = id ? warehouse_find(id) : NULL;
	struct json j = JSON_INIT(&p->body);

	if (!w) {
		reply_error(p, 404, "Point of service not found");
		return;
	}
	open_document(&j);
	if (q->n_segments == 5)
		render_point(&j, "data", s, w);
	else
		render_city(&j, "data", s, w->address.town);
	close_document(&j);
}

static void get_waybill(struct shop *s, struct request *q, struct reply *p)
{
	const char *token = q->segments[3];
	size_t len = strlen(token), seq = len == 24 ? strtoul(token + 16, NULL, 16) : SIZE_MAX, i;
	char expected[32];

	for (i = 0; i < s->n; i++) {
		struct sim_order *o = s->by_date[i];

		if (o->seq != seq || !o->waybill)
			continue;
		waybill_token(expected, sizeof(expected), s, o);
		if (strcmp(expected, token) != 0)
			break;
		p->type = "application/pdf";
		waybill_write(&p->body, o);
		return;
	}
	reply_error(p, 404, "Waybill not found");
}

static const struct route {
	const char *method, *pattern;
	void (*get)(struct shop *, struct request *, struct reply *);
	void (*change)(struct shop *, struct request *, const struct target *, struct reply *);
	bool document; /* a file, not JSON: no media type is asked for */
} ROUTES[] = {
	{ .method = "GET", .pattern = "shop/api/v2/orders", .get = api_list },
	{ .method = "GET", .pattern = "shop/api/v2/orders/?", .get = get_order },
	{ .method = "GET", .pattern = "shop/api/v2/orders/?/user", .get = get_order },
	{ .method = "GET", .pattern = "shop/api/v2/orders/?/entries", .get = get_entries },
	{ .method = "GET", .pattern = "shop/api/v2/orders/?/imei", .get = get_imei },
	{ .method = "GET", .pattern = "shop/api/v2/orderentries/?", .get = get_entry },
	{ .method = "GET", .pattern = "shop/api/v2/orderentries/?/product", .get = get_entry },
	{ .method = "GET",
		.pattern = "shop/api/v2/orderentries/?/deliveryPointOfService",
		.get = get_entry },
	{ .method = "GET", .pattern = "shop/api/v2/masterproducts/?", .get = get_product },
	{ .method = "GET",
		.pattern = "shop/api/v2/masterproducts/?/merchantProduct",
		.get = get_product },
	{ .method = "GET", .pattern = "shop/api/v2/pointofservices/?", .get = get_point },
	{ .method = "GET", .pattern = "shop/api/v2/pointofservices/?/city", .get = get_point },
	{ .method = "GET", .pattern = "shop/api/waybill/?", .get = get_waybill, .document = true },
	{ .method = "POST", .pattern = "shop/api/v2/orders", .change = api_change_order },
	{ .method = "POST",
		.pattern = "shop/api/v2/orderEntryCancelOperation",
		.change = api_cancel_entry },
	{ .method = "POST", .pattern = "shop/api/v2/orderEntryImeiOperation", .change = api_imei },
	{ .method = "PUT",
		.pattern = "shop/api/orderPartialCancel/?",
		.change = api_partial_cancel },
};

void api_handle(struct shop *s, struct request *q, const struct target *t, struct reply *p)
{
	const struct route *r, *end = ROUTES + sizeof(ROUTES) / sizeof(*ROUTES);
	bool path_known = false;

	for (r = ROUTES; r < end; r++) {
		if (!request_is(q, r->pattern))
			continue;
		path_known = true;
		if (!strcmp(r->method, q->method))
			break;
	}
	if (!check_headers(s, q, r < end && r->document, p))
		return;
	if (r == end)
		reply_error(
			p, path_known ? 405 : 404, path_known ? "Method not allowed" : "Not found");
	else if (r->get)
		r->get(s, q, p);
	else
		r->change(s, q, t, p);
}
