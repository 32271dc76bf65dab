#include "tests/crash/model.h"

#include <stdlib.h>
#include <string.h>

#include <cJSON.h>

#include "base/clock.h"
#include "base/mem.h"
#include "tests/lib/check.h"

static const char *text(struct model *m, const cJSON *from, const char *member)
{
	const cJSON *at = cJSON_GetObjectItemCaseSensitive(from, member);

	return cJSON_IsString(at) ? arena_strdup(&m->arena, at->valuestring) : "";
}

static int64_t number(const cJSON *from, const char *member)
{
	const cJSON *at = cJSON_GetObjectItemCaseSensitive(from, member);

	return cJSON_IsNumber(at) ? (int64_t)at->valuedouble : 0;
}

static bool flag(const cJSON *from, const char *member)
{
	return cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(from, member));
}

bool model_phone_is_open(const char *phone)
{
	return !strchr(phone, '*') && strpbrk(phone, "123456789");
}

/* The service masks the phones of what is finished. */
static void note_phone(struct model *m, struct model_order *o)
{
	if (strcmp(o->state, "ARCHIVE") != 0 && model_phone_is_open(o->phone))
		o->phones = arena_printf(&m->arena, "%s %s", o->phones, o->phone);
}

static void take_truth(struct model *m, struct model_order *o, const cJSON *from)
{
	o->id = text(m, from, "id");
	o->mode = text(m, from, "mode");
	o->state = text(m, from, "state");
	o->status = text(m, from, "status");
	o->name = text(m, from, "name");
	o->first_name = text(m, from, "firstName");
	o->last_name = text(m, from, "lastName");
	o->phone = text(m, from, "phone");
	o->total = number(from, "total");
	o->created_ms = number(from, "created_ms");
	o->handed_over_ms = number(from, "handed_over_ms");
	o->assembled = flag(from, "assembled");
	o->waybill = flag(from, "waybill");
	o->preorder = flag(from, "preorder");
	o->old = o->created_ms < m->began_ms - m->bench->shop->history_days * CLOCK_DAY_MS;
	note_phone(m, o);
}

static int by_code(const void *a, const void *b)
{
	return strcmp(((const struct model_order *)a)->code, ((const struct model_order *)b)->code);
}

struct model_order *model_find(struct model *m, const char *code)
{
	struct model_order wanted = { .code = code };

	return bsearch(&wanted, m->items, m->n, sizeof(*m->items), by_code);
}

static struct model_order *add(struct model *m, const char *code)
{
	if (m->n == m->cap)
		m->items = xreallocarray(m->items, m->cap = m->cap ? m->cap * 2 : 1024, sizeof(*m->items));
	m->items[m->n] = (struct model_order){ .code = code, .kept = "", .phones = "", .story = "" };
	return &m->items[m->n++];
}

static cJSON *ask(struct model *m, const char *path)
{
	char *reply = market_control(m->bench->market, "GET", path, NULL);
	cJSON *json = cJSON_Parse(reply);

	if (!json)
		check_fail("seed %d: %s is no JSON", m->seed, path);
	free(reply);
	return json;
}

struct model *model_new(struct bench *b, int seed)
{
	struct model *m = xcalloc(1, sizeof(*m));
	const cJSON *order;
	cJSON *json;

	*m = (struct model){
		.bench = b, .seed = seed, .rng = rng_for((uint64_t)seed, 0), .began_ms = clock_now_ms(),
		.arena = ARENA_INIT,
	};
	json = ask(m, "/sim/orders");
	cJSON_ArrayForEach(order, cJSON_GetObjectItemCaseSensitive(json, "orders"))
		take_truth(m, add(m, text(m, order, "code")), order);
	cJSON_Delete(json);
	qsort(m->items, m->n, sizeof(*m->items), by_code);
	return m;
}

void model_free(struct model *m)
{
	if (!m)
		return;
	free(m->items);
	arena_clear(&m->arena);
	free(m);
}

struct model_order *model_read(struct model *m, const char *code, const char *done)
{
	char *path = xasprintf("/sim/order/%s", code);
	cJSON *json = ask(m, path);
	struct model_order *o = model_find(m, code);

	if (!o) {
		add(m, arena_strdup(&m->arena, code));
		qsort(m->items, m->n, sizeof(*m->items), by_code);
		o = model_find(m, code);
	}
	take_truth(m, o, json);
	o->story = arena_printf(&m->arena, "%s; %s", o->story, done);
	cJSON_Delete(json);
	free(path);
	return o;
}

struct model_order *model_pick(struct model *m, bool (*fits)(const struct model_order *o))
{
	size_t at = rng_below(&m->rng, (uint32_t)m->n);

	for (size_t i = 0; i < m->n; i++, at++) {
		struct model_order *o = &m->items[at % m->n];

		if (fits(o))
			return o;
	}
	return NULL;
}

/* ---- what the service means ------------------------------------------------------------------ */

static bool is(const char *a, const char *b)
{
	return !strcmp(a, b);
}

static bool comes_back(const struct model_order *o)
{
	return is(o->status, "CANCELLING") || is(o->status, "KASPI_DELIVERY_RETURN_REQUESTED") ||
		is(o->status, "RETURN_ACCEPTED_BY_MERCHANT");
}

const char *model_queue(const struct model_order *o)
{
	bool kaspi = is(o->state, "KASPI_DELIVERY");

	if (is(o->state, "NEW"))
		return "new";
	if (is(o->state, "SIGN_REQUIRED"))
		return "to_sign";
	if (comes_back(o))
		return "returns";
	if (kaspi && o->handed_over_ms)
		return "with_courier";
	if (kaspi && o->assembled)
		return "hand_over";
	if (o->preorder && !o->assembled && !is(o->state, "ARCHIVE"))
		return "preorders";
	return kaspi ? "pack" : is(o->state, "PICKUP") ? "pickup" : is(o->state, "DELIVERY") ?
		"own_delivery" : is(o->state, "ARCHIVE") ? "archive" : "other";
}

const char *model_name(struct model *m, const struct model_order *o)
{
	if (*o->name && (!*o->last_name || !is(o->name, o->first_name)))
		return o->name;
	if (!*o->first_name || !*o->last_name)
		return *o->first_name ? o->first_name : o->last_name;
	return arena_printf(&m->arena, "%s %s", o->first_name, o->last_name);
}
