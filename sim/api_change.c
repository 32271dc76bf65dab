/* What changes an order: POST /v2/orders and its kin. */
#include "sim/api.h"

#include <string.h>

#include "sim/machine.h"
#include "sim/render.h"

#define COMMENT_MAX 1000
#define SPACES_MAX  999

static const char *const REASONS[] = {
	"BUYER_CANCELLATION_BY_MERCHANT",
	"BUYER_NOT_REACHABLE",
	"MERCHANT_OUT_OF_STOCK",
};

static size_t code_points(const char *s)
{
	size_t n = 0;

	for (; *s; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

static bool known_reason(const char *reason)
{
	unsigned i;

	for (i = 0; reason && i < sizeof(REASONS) / sizeof(*REASONS); i++) {
		if (!strcmp(REASONS[i], reason))
			return true;
	}
	return false;
}

static enum sim_action order_action(const struct request *q, const char *status)
{
	static const enum sim_action BY_STATUS[] = {
		ACTION_ACCEPT,
		ACTION_CANCEL,
		ACTION_ASSEMBLE,
		ACTION_ARRIVED,
		ACTION_ARRIVED_BACKWARD,
	};
	unsigned i;

	if (!strcmp(status, "COMPLETED"))
		return q->security_code && !*q->security_code ? ACTION_SEND_CODE : ACTION_COMPLETE;
	for (i = 0; i < sizeof(BY_STATUS) / sizeof(*BY_STATUS); i++) {
		if (!strcmp(action_name(BY_STATUS[i]), status))
			return BY_STATUS[i];
	}
	return ACTION_NONE;
}

static void target_of_entry(const struct shop *s, struct request *q, struct target *t,
	const struct body *b, enum sim_action action)
{
	t->action = action;
	api_entry(
		s, &q->arena, body_text(body_at(b, "data.relationships.entry.data.id")), &t->order);
}

void api_target(const struct shop *s, struct request *q, struct target *t)
{
	struct body *b;
	const char *status;

	*t = (struct target){ .action = ACTION_NONE };
	if (!strcmp(q->method, "GET") || q->n_segments < 4)
		return;
	b = body_parse(buf_str(&q->body), q->body.len);
	status = body_text(body_at(b, "data.attributes.status"));
	t->status = arena_strdup(&q->arena, status);
	if (request_is(q, "shop/api/v2/orders")) {
		t->order = api_order(s, &q->arena, body_text(body_at(b, "data.id")));
		if (status)
			t->action = order_action(q, status);
	} else if (request_is(q, "shop/api/v2/orderEntryCancelOperation")) {
		target_of_entry(s, q, t, b, ACTION_ENTRY_CANCEL);
	} else if (request_is(q, "shop/api/v2/orderEntryImeiOperation")) {
		target_of_entry(s, q, t, b, ACTION_IMEI);
	} else if (request_is(q, "shop/api/orderPartialCancel/?")) {
		t->order = api_order(s, &q->arena, q->segments[3]);
		t->action = ACTION_PARTIAL_CANCEL;
	}
	body_free(b);
}

/* The reply repeats what was sent and nothing of what became of it; parcels turn into a number. */
static void echo(struct shop *s, struct request *q, const struct body *data, struct reply *p)
{
	struct json j = JSON_INIT(&p->body);
	const struct body *m;
	int64_t spaces;

	json_open(&j, NULL, '{');
	json_open(&j, "data", '{');
	json_str(&j, "type", "orders");
	json_str(&j, "id", body_text(body_at(data, "id")));
	json_open(&j, "attributes", '{');
	for (m = body_first(body_at(data, "attributes")); m; m = body_next(m)) {
		if (!strcmp(body_key(m), "numberOfSpace") && body_int(m, true, &spaces))
			json_int(&j, "numberOfSpace", spaces);
		else
			json_raw(&j, body_key(m), body_print(&q->arena, m));
	}
	json_close(&j, '}');
	render_order_links(&j, s, body_text(body_at(data, "id")));
	json_close(&j, '}');
	json_raw(&j, "included", "[]");
	json_close(&j, '}');
}

static const char *cancel(struct shop *s, struct sim_order *o, const struct body *attributes)
{
	const char *reason = body_text(body_at(attributes, "cancellationReason"));
	const struct body *comment = body_at(attributes, "cancellationComment");

	if (!reason)
		return "Required attribute [cancellationReason] is empty.";
	if (!known_reason(reason))
		return "Unknown cancellationReason.";
	if (comment && !body_text(comment))
		return "Attribute [cancellationComment] must be a string.";
	if (comment && code_points(body_text(comment)) > COMMENT_MAX)
		return "Attribute [cancellationComment] must not be longer than 1000 characters.";
	return machine_cancel(s, o, reason, body_text(comment));
}

static const char *complete(struct shop *s, struct sim_order *o, const struct request *q)
{
	if (!q->security_code)
		return "Header X-Security-Code is required.";
	if (!q->send_code || strcmp(q->send_code, "true") != 0)
		return "Header X-Send-Code must be true.";
	return *q->security_code ? machine_complete(s, o, q->security_code)
				 : machine_send_code(s, o);
}

static const char *assemble(struct shop *s, struct sim_order *o, const struct body *attributes)
{
	int64_t spaces;

	if (!body_int(body_at(attributes, "numberOfSpace"), true, &spaces))
		return "Required attribute [numberOfSpace] is not a number.";
	if (spaces < 1 || spaces > SPACES_MAX)
		return "Attribute [numberOfSpace] is out of range.";
	return machine_assemble(s, o, (unsigned)spaces);
}

/* Attributes that the service knows, and the action that each is for (ACTION_NONE: any). */
static const char *check_attributes(
	struct request *q, const struct target *t, const struct body *attributes)
{
	static const struct {
		const char *name;
		enum sim_action action;
	} KNOWN[] = {
		{ "code", ACTION_NONE },
		{ "status", ACTION_NONE },
		{ "cancellationReason", ACTION_CANCEL },
		{ "cancellationComment", ACTION_CANCEL },
		{ "numberOfSpace", ACTION_ASSEMBLE },
	};
	const size_t n = sizeof(KNOWN) / sizeof(*KNOWN);
	const struct body *m;
	size_t i;

	for (m = body_first(attributes); m; m = body_next(m)) {
		for (i = 0; i < n && strcmp(KNOWN[i].name, body_key(m)) != 0; i++)
			;
		if (i == n)
			return arena_printf(&q->arena, "Unknown attribute: %s", body_key(m));
		if (KNOWN[i].action != ACTION_NONE && KNOWN[i].action != t->action)
			return arena_printf(&q->arena,
				"Attribute [%s] does not go with this status.", body_key(m));
	}
	return NULL;
}

static const char *apply(
	struct shop *s, struct request *q, const struct target *t, const struct body *attributes)
{
	struct sim_order *o = t->order;

	switch (t->action) {
	case ACTION_ACCEPT:
		return machine_accept(s, o);
	case ACTION_CANCEL:
		return cancel(s, o, attributes);
	case ACTION_SEND_CODE:
	case ACTION_COMPLETE:
		return complete(s, o, q);
	case ACTION_ASSEMBLE:
		return assemble(s, o, attributes);
	case ACTION_ARRIVED:
		return machine_arrived(s, o);
	case ACTION_ARRIVED_BACKWARD:
		return machine_arrived_backward(s, o);
	default:
		return "Unknown status.";
	}
}

/* The shape alone: what is wrong with it, or NULL. */
static const char *check_shape(const struct body *b)
{
	const char *type = body_text(body_at(b, "data.type"));

	if (!body_is_object(b))
		return "Request body is not valid JSON.";
	if (!body_is_object(body_at(b, "data")))
		return "Required member [data] is empty.";
	if (!type || strcmp(type, "orders") != 0)
		return "Member [data.type] must be orders.";
	if (!body_text(body_at(b, "data.id")))
		return "Required member [data.id] is empty.";
	if (!body_is_object(body_at(b, "data.attributes")))
		return "Required member [data.attributes] is empty.";
	if (!body_text(body_at(b, "data.attributes.status")))
		return "Required attribute [status] is empty.";
	return NULL;
}

void api_change_order(struct shop *s, struct request *q, const struct target *t, struct reply *p)
{
	struct body *b = body_parse(buf_str(&q->body), q->body.len);
	const char *why = check_shape(b), *code = body_text(body_at(b, "data.attributes.code"));

	/* The live service is known to answer 404 for an existing order when the code is left out.
	 */
	if (!why && (!t->order || !code || strcmp(code, t->order->code) != 0)) {
		reply_error(p, 404, "Order not found");
	} else {
		if (!why)
			why = check_attributes(q, t, body_at(b, "data.attributes"));
		if (!why)
			why = apply(s, q, t, body_at(b, "data.attributes"));
		if (why)
			reply_error(p, 400, why);
		else
			echo(s, q, body_at(b, "data"), p);
	}
	body_free(b);
}
