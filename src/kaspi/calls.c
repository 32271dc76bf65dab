#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "kaspi/parts.h"

#define READ_TIMEOUT_MS (30 * 1000)
#define DOCUMENT_TIMEOUT_MS (60 * 1000)

/* The service takes 14 days at most and is not exact about the edge. */
#define WINDOW_MS (13 * CLOCK_DAY_MS)

/* An order is dated by the server's clock, and the shop's may be behind. */
#define CLOCK_SLACK_MS CLOCK_HOUR_MS

static const struct {
	const char *state;
	enum queue_pace pace;
} groups[] = {
	{ "NEW", PACE_NEW },
	{ "SIGN_REQUIRED", PACE_OTHER },
	{ "PICKUP", PACE_OTHER },
	{ "DELIVERY", PACE_OTHER },
	{ "KASPI_DELIVERY", PACE_OTHER },
	{ "ARCHIVE", PACE_SLOW },
};

#define GROUPS (sizeof(groups) / sizeof(groups[0]))

void kaspi_call_start(struct call *c, enum call_method method, const char *path)
{
	call_init(c, method);
	c->mutating = method != CALL_GET;
	c->timeout_ms = READ_TIMEOUT_MS;
	call_header(c, "Accept", "application/vnd.api+json");
	call_header(c, "Content-Type", "application/vnd.api+json");
	buf_adds(&c->path, "/shop/api");
	buf_adds(&c->path, path);
}

/* One window of every state after the other, so that the newest orders of all states come before
 * older ones. What a history is longer than LISTINGS_MAX allows (three years) is left out. */
size_t kaspi_plan(const struct plan_input *in, struct listing *out)
{
	const int64_t oldest = in->now_ms - in->history_ms;
	int64_t to = in->now_ms + CLOCK_SLACK_MS;
	size_t n = 0;

	while (to >= oldest && n + GROUPS <= LISTINGS_MAX) {
		int64_t from = to - WINDOW_MS > oldest ? to - WINDOW_MS : oldest;

		for (size_t i = 0; i < GROUPS; i++)
			out[n++] = (struct listing){
				.group = groups[i].state,
				.pace = groups[i].pace,
				.from_ms = from,
				.to_ms = to,
			};
		to = from - 1;
	}
	return n;
}

/* A query key with its brackets and dollar signs percent-encoded: the service takes them raw too,
 * but a proxy or a filter on the way may refuse what is not allowed in a URL. */
static void query(struct call *c, char before, const char *key, const char *value)
{
	buf_addc(&c->path, before);
	call_path_escape(c, key);
	buf_addc(&c->path, '=');
	call_path_escape(c, value);
}

static void query_int(struct call *c, char before, const char *key, int64_t value)
{
	buf_addc(&c->path, before);
	call_path_escape(c, key);
	buf_addf(&c->path, "=%" PRId64, value);
}

void kaspi_call_listing(const struct listing *l, size_t page, struct call *out)
{
	kaspi_call_start(out, CALL_GET, "/v2/orders");
	query_int(out, '?', "page[number]", (int64_t)page);
	query_int(out, '&', "page[size]", KASPI_PAGE_SIZE);
	query(out, '&', "filter[orders][state]", l->group);
	query_int(out, '&', "filter[orders][creationDate][$ge]", l->from_ms);
	query_int(out, '&', "filter[orders][creationDate][$le]", l->to_ms);
}

/* Needs neither page nor dates and finds orders of any age. */
void kaspi_call_lookup(const char *code, struct call *out)
{
	kaspi_call_start(out, CALL_GET, "/v2/orders");
	query(out, '?', "filter[orders][code]", code);
}

static void call_part(struct call *out, const char *folder, const char *id, const char *part)
{
	kaspi_call_start(out, CALL_GET, folder);
	call_path_escape(out, id);
	buf_adds(&out->path, part);
}

void kaspi_call_entries(const struct order *o, struct call *out)
{
	call_part(out, "/v2/orders/", o->id, "/entries");
}

void kaspi_call_imeis(const struct order *o, struct call *out)
{
	call_part(out, "/v2/orders/", o->id, "/imei");
}

/* Where an entry does not name its product or point, the fact is kept under the entry's own id. */
size_t kaspi_facts_of(const struct entry *e, struct fact_ref out[3])
{
	size_t n = 0;

	out[n++] = (struct fact_ref){
		.kind = FACT_PRODUCT,
		.id = *e->product_id ? e->product_id : e->id,
		.via = e->id,
	};
	if (*e->product_id)
		out[n++] = (struct fact_ref){
			.kind = FACT_MERCHANT_PRODUCT,
			.id = e->product_id,
			.via = "",
		};
	out[n++] = (struct fact_ref){
		.kind = FACT_POINT,
		.id = *e->point_id ? e->point_id : e->id,
		.via = *e->point_id ? "" : e->id,
	};
	return n;
}

void kaspi_call_fact(const struct fact_ref *ref, struct call *out)
{
	switch (ref->kind) {
	case FACT_PRODUCT:
		call_part(out, "/v2/orderentries/", ref->via, "/product");
		return;
	case FACT_MERCHANT_PRODUCT:
		call_part(out, "/v2/masterproducts/", ref->id, "/merchantProduct");
		return;
	case FACT_POINT:
		break;
	}
	if (*ref->via)
		call_part(out, "/v2/orderentries/", ref->via, "/deliveryPointOfService");
	else
		call_part(out, "/v2/pointofservices/", ref->id, "");
}

/* The link is a whole address; a path alone would be one of the service's own. */
void kaspi_call_document(const struct order *o, struct call *out)
{
	call_init(out, CALL_GET);
	out->timeout_ms = DOCUMENT_TIMEOUT_MS;
	out->absolute = *o->waybill != '/';
	call_header(out, "Accept", "application/pdf");
	buf_adds(&out->path, o->waybill);
}
