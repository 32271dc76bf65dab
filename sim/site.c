#include "sim/site.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"

/* The strings that the live service is known to drop in silence: TLS connects, then no byte. */
static bool tool_user_agent(const char *agent)
{
	static const char *const TOOLS[] = { "curl/", "python-requests/", "python-httpx/" };
	unsigned i;

	if (!agent || !*agent)
		return true;
	for (i = 0; i < sizeof(TOOLS) / sizeof(*TOOLS); i++) {
		if (!strncasecmp(TOOLS[i], agent, strlen(TOOLS[i])))
			return true;
	}
	return false;
}

void site_begin(struct site *site, struct exchange *x)
{
	struct request *q = &x->request;

	reply_init(&x->reply);
	x->control = q->n_segments && !strcmp(q->segments[0], "sim");
	if (x->control)
		return;
	shop_lock(&site->shop);
	if (site->shop.advanced && !site->shop.config.now)
		x->reply.date_ms = shop_now(&site->shop);
	x->log_number = reqlog_enter(&site->log, q, api_token_state(&site->shop, q), x->connection,
		shop_now(&site->shop));
	x->ignored = site->check_user_agent && tool_user_agent(q->user_agent);
	if (!x->ignored) {
		api_target(&site->shop, q, &x->target);
		if (x->target.order && x->target.action != ACTION_NONE)
			x->target.order->requests[x->target.action]++;
		faults_decide(&site->faults, q, &x->target, x->reused, &x->plan);
	}
	shop_unlock(&site->shop);
}

void site_apply(struct site *site, struct exchange *x)
{
	struct target *t = &x->target;

	shop_lock(&site->shop);
	if (x->control) {
		control_handle(site, &x->request, &x->reply);
	} else {
		api_handle(&site->shop, &x->request, t, &x->reply);
		if (t->order && t->action != ACTION_NONE && x->reply.status == 200)
			t->order->applied[t->action]++;
	}
	shop_unlock(&site->shop);
	if (x->reply.body.full)
		reply_error(&x->reply, 500, "The answer is too large for the simulator.");
}

static void put_html(struct reply *p)
{
	p->status = 502;
	p->type = "text/html";
	buf_reset(&p->body);
	buf_adds(&p->body,
		"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
		"<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n"
		"</body>\r\n</html>\r\n");
}

static void put_page(struct reply *p)
{
	p->status = 200;
	p->type = "text/html";
	buf_reset(&p->body);
	buf_adds(&p->body, "<!DOCTYPE html>\n<html><body><form action=\"/login\">Log in</form></body></html>\n");
}

static void put_status(struct reply *p, const struct fault_plan *plan)
{
	p->status = (int)plan->number;
	buf_reset(&p->body);
	if (plan->text)
		buf_adds(&p->body, plan->text);
	else if (p->status >= 400)
		reply_error(p, p->status, "Fault on purpose");
}

static void halve(struct buf *body)
{
	if (!body->len)
		buf_adds(body, "{\"data\":[");
	body->len = (body->len + 1) / 2;
	body->data[body->len] = '\0';
}

void site_spoil(struct exchange *x)
{
	struct fault_plan *plan = &x->plan;
	struct reply *p = &x->reply;

	switch (plan->kind) {
	case FAULT_STATUS:
		put_status(p, plan);
		break;
	case FAULT_RETRY_AFTER:
		reply_error(p, 429, "Too many requests");
		p->retry_after = (int)plan->number;
		break;
	case FAULT_REDIRECT:
		p->status = 302;
		buf_reset(&p->body);
		p->location = xstrdup(plan->text);
		break;
	case FAULT_HTML:
		put_html(p);
		break;
	case FAULT_PAGE:
		put_page(p);
		break;
	case FAULT_MALFORMED:
		halve(&p->body);
		break;
	case FAULT_TRUNCATE:
	case FAULT_STALL:
		if (!p->body.len)
			buf_adds(&p->body,
				"{\"data\":[],\"included\":[],\"meta\":{\"pageCount\":0}}");
		break;
	default:
		break;
	}
}

void site_sent(struct site *site, uint64_t log_number, uint64_t bytes)
{
	shop_lock(&site->shop);
	reqlog_sent(&site->log, log_number, bytes);
	shop_unlock(&site->shop);
}

void site_end(struct site *site, struct exchange *x, int status)
{
	const char *fault = x->ignored ? "user-agent" : fault_kind_name(x->plan.kind);

	if (x->control)
		return;
	shop_lock(&site->shop);
	reqlog_finish(&site->log, x->log_number, status, *fault ? fault : NULL);
	shop_unlock(&site->shop);
}
