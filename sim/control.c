/* The control interface: what tests ask and arrange, on the same port under /sim/, without a token.
 */
#include "sim/site.h"

#include <stdlib.h>
#include <string.h>

#include "sim/event.h"
#include "sim/generate.h"
#include "sim/machine.h"

static void ok(struct reply *p)
{
	buf_adds(&p->body, "{\"ok\":true}");
}

static void health(struct site *site, struct request *q, struct reply *p)
{
	struct json j = JSON_INIT(&p->body);

	(void)q;
	json_open(&j, NULL, '{');
	json_int(&j, "orders", (int64_t)site->shop.n);
	json_int(&j, "now", shop_now(&site->shop));
	json_close(&j, '}');
}

static struct sim_order *find(struct site *site, struct request *q, struct reply *p)
{
	struct sim_order *o = shop_find(&site->shop, q->segments[2]);

	if (!o)
		reply_error(p, 404, "No such order");
	return o;
}

static void buyer_code(struct site *site, struct request *q, struct reply *p)
{
	struct sim_order *o = find(site, q, p);
	struct json j = JSON_INIT(&p->body);

	if (!o)
		return;
	if (!o->buyer_code) {
		reply_error(p, 404, "No code was sent");
		return;
	}
	json_open(&j, NULL, '{');
	json_str(&j, "code", o->buyer_code);
	json_close(&j, '}');
}

static void counters(struct json *j, const char *key, const uint16_t *n)
{
	unsigned i;

	json_open(j, key, '{');
	for (i = 0; i < ACTIONS; i++)
		json_int(j, action_name(i), n[i]);
	json_close(j, '}');
}

static void write_entry(struct json *j, const struct sim_order *o, const struct sim_entry *e)
{
	json_open(j, NULL, '{');
	json_strf(j, "plain_id", "%s##%u", o->code, e->number);
	json_str(j, "name", e->name);
	json_str(j, "product", e->product->code);
	json_str(j, "sku", e->product->sku);
	json_int(j, "quantity", e->quantity);
	json_int(j, "weight", e->weight);
	json_int(j, "total", entry_total(e));
	json_bool(j, "imei_required", e->product->imei);
	if (e->imei)
		json_raw(j, "imei", e->imei);
	else
		json_null(j, "imei");
	json_close(j, '}');
}

static void write_truth(struct json *j, const struct sim_order *o)
{
	unsigned i;

	json_open(j, NULL, '{');
	json_str(j, "code", o->code);
	json_id(j, "id", o->code);
	json_str(j, "mode", mode_name(o->mode));
	json_str(j, "state", order_state(o));
	json_str(j, "status", order_status(o));
	json_bool(j, "assembled", o->assembled);
	json_int(j, "spaces", o->spaces);
	json_bool(j, "waybill", o->waybill);
	json_bool(j, "arrived", o->arrived);
	json_bool(j, "preorder", o->pre_order);
	json_bool(j, "express", o->express);
	json_bool(j, "handed_over", o->handed_over != 0);
	json_int(j, "handed_over_ms", o->handed_over);
	json_bool(j, "returned", o->returned);
	json_int(j, "total", order_total(o));
	json_int(j, "created_ms", o->created);
	json_str(j, "name", o->name);
	json_str(j, "firstName", o->first_name);
	json_str(j, "lastName", o->last_name);
	json_str(j, "phone", o->phone);
	json_str(j, "cancel_reason", o->cancel_reason);
	json_str(j, "cancel_comment", o->cancel_comment);
	counters(j, "requests", o->requests);
	counters(j, "applied", o->applied);
	json_open(j, "entries", '[');
	for (i = 0; i < o->n_entries; i++)
		write_entry(j, o, &o->entries[i]);
	json_close(j, ']');
	json_close(j, '}');
}

static void truth(struct site *site, struct request *q, struct reply *p)
{
	struct sim_order *o = find(site, q, p);
	struct json j = JSON_INIT(&p->body);

	if (o)
		write_truth(&j, o);
}

/* A whole shop is more than any reply of the API. */
static void all_orders(struct site *site, struct request *q, struct reply *p)
{
	struct json j = JSON_INIT(&p->body);
	size_t i;

	(void)q;
	buf_clear(&p->body);
	p->body = (struct buf)BUF_INIT(BUF_MAX_OUTPUT);
	json_open(&j, NULL, '{');
	json_open(&j, "orders", '[');
	for (i = 0; i < site->shop.n; i++)
		write_truth(&j, site->shop.by_date[i]);
	json_close(&j, ']');
	json_close(&j, '}');
}

static const char *text(const struct body *b, const char *key)
{
	return body_text(body_at(b, key));
}

static int64_t number(const struct body *b, const char *key)
{
	int64_t n = 0;

	body_int(body_at(b, key), true, &n);
	return n;
}

static int flag(const struct body *b, const char *key)
{
	const struct body *value = body_at(b, key);

	return value ? body_is_true(value) : -1;
}

static int small(const struct body *b, const char *key)
{
	int64_t n = number(b, key);

	return n < 0 ? 0 : n > 500 ? 500 : (int)n;
}

/* Every member that is known; NULL, or why the body cannot be used. */
static const char *read_spec(const struct body *b, struct order_spec *spec)
{
	const char *mode = text(b, "mode");

	*spec = (struct order_spec)ORDER_SPEC_INIT;
	if (mode && (spec->mode = mode_parse(mode)) == MODES)
		return "Unknown mode";
	spec->code = text(b, "code");
	spec->state = text(b, "state");
	spec->status = text(b, "status");
	spec->first_name = text(b, "firstName");
	spec->last_name = text(b, "lastName");
	spec->name = text(b, "name");
	spec->phone = text(b, "phone");
	spec->product = text(b, "product");
	spec->product_code = text(b, "productCode");
	spec->total = number(b, "total");
	spec->created = number(b, "created_ms");
	spec->handover = number(b, "handover_ms");
	spec->entries = small(b, "entries");
	spec->quantity = small(b, "quantity");
	spec->pre_order = flag(b, "preorder");
	spec->express = flag(b, "express");
	spec->assembled = flag(b, "assembled");
	spec->arrived = flag(b, "arrived");
	spec->sign = flag(b, "signatureRequired");
	spec->handed_over = flag(b, "handedOver");
	spec->waybill = flag(b, "waybill");
	spec->waybill_link = text(b, "waybillLink");
	return spec->product_code && !product_find(spec->product_code) ? "Unknown productCode"
								       : NULL;
}

static void write_made(struct reply *p, const struct sim_order *o)
{
	struct json j = JSON_INIT(&p->body);

	json_open(&j, NULL, '{');
	json_str(&j, "code", o->code);
	json_id(&j, "id", o->code);
	json_close(&j, '}');
}

/* POST /sim/order and POST /sim/order/{code}/set: the second when `o` is given. */
static void make_or_set(struct site *site, struct request *q, struct reply *p, struct sim_order *o)
{
	struct body *b =
		body_parse(q->body.len ? buf_str(&q->body) : "{}", q->body.len ? q->body.len : 2);
	struct order_spec spec;
	const char *why = body_is_object(b) ? read_spec(b, &spec) : "A JSON object is expected";

	if (why) {
		reply_error(p, 400, why);
	} else if (o) {
		generate_set(&site->shop, o, &spec);
		write_made(p, o);
	} else {
		o = generate_spec(&site->shop, &spec);
		if (o)
			write_made(p, o);
		else
			reply_error(p, 409, "The code is in use");
	}
	body_free(b);
}

static void make_order(struct site *site, struct request *q, struct reply *p)
{
	make_or_set(site, q, p, NULL);
}

static void set_order(struct site *site, struct request *q, struct reply *p)
{
	struct sim_order *o = find(site, q, p);

	if (o)
		make_or_set(site, q, p, o);
}

static void cancel_by_buyer(struct site *site, struct request *q, struct reply *p)
{
	struct sim_order *o = find(site, q, p);

	if (!o)
		return;
	machine_buyer_cancels(&site->shop, o);
	ok(p);
}

static void list_faults(struct site *site, struct request *q, struct reply *p)
{
	struct json j = JSON_INIT(&p->body);

	(void)q;
	json_open(&j, NULL, '{');
	faults_write(&site->faults, &j, "faults");
	json_close(&j, '}');
}

static void add_fault(struct site *site, struct request *q, struct reply *p)
{
	struct error err = ERROR_INIT;

	if (faults_add(&site->faults, buf_str(&q->body), &err))
		ok(p);
	else
		reply_error(p, 400, err.text);
}

static void clear_faults(struct site *site, struct request *q, struct reply *p)
{
	(void)q;
	faults_clear(&site->faults);
	ok(p);
}

static void requests(struct site *site, struct request *q, struct reply *p)
{
	const char *since = request_param(q, "since");
	struct json j = JSON_INIT(&p->body);

	reqlog_write(&site->log, since ? strtoull(since, NULL, 10) : 0, &j);
}

static void set_token(struct site *site, struct request *q, struct reply *p)
{
	struct body *b = body_parse(buf_str(&q->body), q->body.len);
	const char *token = text(b, "token");

	if (token && *token) {
		shop_set_token(&site->shop, token);
		ok(p);
	} else {
		reply_error(p, 400, "{\"token\":\"...\"} is expected");
	}
	body_free(b);
}

static void move_clock(struct site *site, struct request *q, struct reply *p)
{
	struct body *b = body_parse(buf_str(&q->body), q->body.len);
	int64_t ms;

	if (body_int(body_at(b, "advance_ms"), false, &ms) && ms >= 0) {
		shop_advance(&site->shop, ms);
		event_run_due(&site->shop);
		health(site, q, p);
	} else {
		reply_error(p, 400, "{\"advance_ms\":N} is expected");
	}
	body_free(b);
}

static const struct {
	const char *method, *pattern;
	void (*handle)(struct site *, struct request *, struct reply *);
} ROUTES[] = {
	{ "GET", "sim/health", health },
	{ "GET", "sim/code/?", buyer_code },
	{ "GET", "sim/order/?", truth },
	{ "GET", "sim/orders", all_orders },
	{ "POST", "sim/order", make_order },
	{ "POST", "sim/order/?/cancel-by-buyer", cancel_by_buyer },
	{ "POST", "sim/order/?/set", set_order },
	{ "GET", "sim/fault", list_faults },
	{ "POST", "sim/fault", add_fault },
	{ "DELETE", "sim/fault", clear_faults },
	{ "GET", "sim/requests", requests },
	{ "POST", "sim/token", set_token },
	{ "POST", "sim/clock", move_clock },
};

void control_handle(struct site *site, struct request *q, struct reply *p)
{
	unsigned i;

	p->type = "application/json";
	for (i = 0; i < sizeof(ROUTES) / sizeof(*ROUTES); i++) {
		if (!strcmp(ROUTES[i].method, q->method) && request_is(q, ROUTES[i].pattern)) {
			ROUTES[i].handle(site, q, p);
			return;
		}
	}
	reply_error(p, 404, "No such control");
}
