/* GET /v2/orders: the listing and the look-up by code. */
#include "sim/api.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "sim/render.h"

#define PAGE_MAX  100
#define WINDOW_MS (14 * SIM_DAY_MS)

static const char *const KNOWN[] = {
	"page[number]",
	"page[size]",
	"filter[orders][code]",
	"filter[orders][state]",
	"filter[orders][status]",
	"filter[orders][creationDate][$ge]",
	"filter[orders][creationDate][$le]",
	"filter[orders][deliveryType]",
	"filter[orders][signatureRequired]",
	"include[orders]",
};

struct query {
	int64_t number, size, from, to;
	enum sim_state state;	/* STATES: any */
	enum sim_status status; /* STATUSES: any */
	int sign;		/* -1: any */
	int pickup;		/* deliveryType: 1 pickup, 0 delivery, -1 any */
	unsigned include;
};

struct page {
	const struct sim_order *orders[PAGE_MAX];
	size_t n, total;
	int64_t size;
};

unsigned api_include(const struct request *q)
{
	const char *s = request_param(q, "include[orders]");
	unsigned flags = 0;

	while (s && *s) {
		size_t len = strcspn(s, ",");

		if (len == 4 && !strncmp(s, "user", 4))
			flags |= INCLUDE_USER;
		else if (len == 7 && !strncmp(s, "entries", 7))
			flags |= INCLUDE_ENTRIES;
		s += len + (s[len] == ',');
	}
	return flags;
}

static bool refuse(struct request *q, struct reply *p, const char *why, const char *what)
{
	reply_error(p, 400, arena_printf(&q->arena, "%s%s", why, what));
	return false;
}

static bool check_names(struct request *q, struct reply *p)
{
	unsigned i, k;

	for (i = 0; i < q->n_params; i++) {
		for (k = 0; k < sizeof(KNOWN) / sizeof(*KNOWN); k++) {
			if (!strcmp(KNOWN[k], q->params[i].name))
				break;
		}
		if (k == sizeof(KNOWN) / sizeof(*KNOWN))
			return refuse(q, p, "Unknown parameter: ", q->params[i].name);
	}
	return true;
}

static bool digits(const char *s, int64_t *value)
{
	char *end;

	if (!*s || strspn(s, "0123456789") != strlen(s))
		return false;
	errno = 0;
	*value = strtoll(s, &end, 10);
	return !errno;
}

static bool page_value(struct request *q, struct reply *p, const char *name, int64_t *value)
{
	const char *full = arena_printf(&q->arena, "page[%s]", name),
		   *text = request_param(q, full);

	if (!text || !*text)
		reply_error(p, 400,
			arena_printf(&q->arena, "Required pagination value [%s] is empty.", name));
	else if (!digits(text, value))
		reply_error(p, 400,
			arena_printf(&q->arena, "Pagination value [%s] is not a number.", name));
	else
		return true;
	return false;
}

static bool parse_page(struct request *q, struct reply *p, struct query *f)
{
	if (!page_value(q, p, "number", &f->number) || !page_value(q, p, "size", &f->size))
		return false;
	if (f->size < 1 || f->size > PAGE_MAX)
		return refuse(q, p, "Pagination value [size] must be between 1 and 100.", "");
	return true;
}

static bool parse_window(const struct shop *s, struct request *q, struct reply *p, struct query *f)
{
	const char *from = request_param(q, "filter[orders][creationDate][$ge]");
	const char *to = request_param(q, "filter[orders][creationDate][$le]");

	f->to = shop_now(s);
	if (!from || !*from)
		return refuse(q, p, "Required filter value [creationDate][$ge] is empty.", "");
	if (!digits(from, &f->from) || (to && !digits(to, &f->to)))
		return refuse(
			q, p, "Filter value [creationDate] is not a number of milliseconds.", "");
	if (f->from > f->to)
		return refuse(q, p, "Filter [creationDate] ends before it starts.", "");
	if (f->to - f->from > WINDOW_MS)
		return refuse(q, p, "Filter [creationDate] must not span more than 14 days.", "");
	return true;
}

static bool parse_state(struct request *q, struct reply *p, struct query *f)
{
	const char *state = request_param(q, "filter[orders][state]");
	const char *status = request_param(q, "filter[orders][status]");

	f->state = state ? state_parse(state) : STATES;
	f->status = status ? status_parse(status) : STATUSES;
	if (state && f->state == STATES)
		return refuse(q, p, "Unknown state: ", state);
	if (status && f->status == STATUSES)
		return refuse(q, p, "Unknown status: ", status);
	if (!state) /* by itself the live service does not heed it */
		f->status = STATUSES;
	return true;
}

static bool parse_rest(struct request *q, struct reply *p, struct query *f)
{
	const char *type = request_param(q, "filter[orders][deliveryType]");
	const char *sign = request_param(q, "filter[orders][signatureRequired]");

	f->pickup = -1;
	f->sign = -1;
	if (type && strcmp(type, "PICKUP") != 0 && strcmp(type, "DELIVERY") != 0)
		return refuse(q, p, "Unknown deliveryType: ", type);
	if (type)
		f->pickup = !strcmp(type, "PICKUP");
	if ((f->pickup == 1 && f->state == STATE_PICKUP) ||
		(!f->pickup && f->state == STATE_DELIVERY))
		return refuse(q, p, "deliveryType must not repeat the state.", "");
	if (sign && strcmp(sign, "true") != 0 && strcmp(sign, "false") != 0)
		return refuse(q, p, "signatureRequired must be true or false.", "");
	if (sign)
		f->sign = !strcmp(sign, "true");
	return true;
}

static bool matches(const struct query *f, const struct sim_order *o)
{
	bool pickup = o->mode == MODE_PICKUP || o->mode == MODE_POSTOMAT ||
		      o->mode == MODE_REGIONAL_PICKUP;

	return (f->state == STATES || o->state == f->state) &&
	       (f->status == STATUSES || o->status == f->status) &&
	       (f->pickup < 0 || pickup == f->pickup) && (f->sign < 0 || o->sign == f->sign);
}

/* Newest first; the whole window is walked, because the reply tells how many there are in all. */
static void collect(const struct shop *s, const struct query *f, struct page *page)
{
	size_t first = shop_first_since(s, f->from), i = shop_first_since(s, f->to + 1);
	uint64_t skip = f->number > (int64_t)s->n ? UINT64_MAX : (uint64_t)(f->number * f->size);

	page->size = f->size;
	while (i-- > first) {
		const struct sim_order *o = s->by_date[i];

		if (!matches(f, o))
			continue;
		if (page->total++ >= skip && page->n < (size_t)f->size)
			page->orders[page->n++] = o;
	}
}

static bool seen_customer(const struct page *page, size_t i)
{
	size_t k;

	for (k = 0; k < i; k++) {
		if (!strcmp(page->orders[k]->phone, page->orders[i]->phone))
			return true;
	}
	return false;
}

static void included(
	struct json *j, const struct shop *s, const struct page *page, unsigned include)
{
	size_t i;
	unsigned k;

	json_open(j, "included", '[');
	for (i = 0; i < page->n; i++) {
		const struct sim_order *o = page->orders[i];

		if (include & INCLUDE_USER && !seen_customer(page, i))
			render_customer(j, NULL, s, o);
		for (k = 0; include & INCLUDE_ENTRIES && k < o->n_entries; k++) {
			if (o->entries[k].quantity)
				render_entry(j, NULL, s, o, &o->entries[k]);
		}
	}
	json_close(j, ']');
}

static void write_page(
	struct reply *p, const struct shop *s, const struct page *page, unsigned include)
{
	struct json j = JSON_INIT(&p->body);
	size_t i;

	json_open(&j, NULL, '{');
	json_open(&j, "data", '[');
	for (i = 0; i < page->n; i++)
		render_order(&j, NULL, s, page->orders[i], include);
	json_close(&j, ']');
	included(&j, s, page, include);
	json_open(&j, "meta", '{');
	json_int(&j, "pageCount", ((int64_t)page->total + page->size - 1) / page->size);
	json_int(&j, "totalCount", (int64_t)page->total);
	json_close(&j, '}');
	json_close(&j, '}');
}

void api_list(struct shop *s, struct request *q, struct reply *p)
{
	const char *code = request_param(q, "filter[orders][code]");
	struct query f = { .include = api_include(q) };
	struct page page = { .size = 1 };

	if (!check_names(q, p))
		return;
	if (code) {
		page.orders[0] = shop_find(s, code);
		page.n = page.total = page.orders[0] != NULL;
	} else {
		if (!parse_page(q, p, &f) || !parse_window(s, q, p, &f) || !parse_state(q, p, &f) ||
			!parse_rest(q, p, &f))
			return;
		collect(s, &f, &page);
	}
	write_page(p, s, &page, f.include);
}
