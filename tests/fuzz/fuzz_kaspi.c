/* Whatever a server says: the readers of the Kaspi provider answer with clean records or with one
 * sentence, and what they leave out stays out. */
#include "kaspi/kaspi.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tests/fuzz/fuzz.h"

static void must(bool held)
{
	if (!held)
		abort();
}

static void must_be_clean(const char *s)
{
	must(s && text_is_utf8(s, strlen(s)));
	for (; *s; s++)
		must((unsigned char)*s >= 0x20 && *s != 0x7f);
}

/* Whoever fails says why, in a sentence that a terminal may show. */
static void must_explain(const struct error *err)
{
	must(err->code != ERR_NONE && err->text[0]);
	must_be_clean(err->text);
}

static void check_order(const struct order *o)
{
	struct error why = ERROR_INIT;

	must(*o->id && *o->code);
	must_be_clean(o->id);
	must_be_clean(o->code);
	must_be_clean(o->state);
	must_be_clean(o->status);
	must_be_clean(o->customer);
	must_be_clean(o->phone);
	must_be_clean(o->address);
	must_be_clean(o->origin);
	must_be_clean(o->waybill);
	must(o->created_ms >= 0 && o->transmitted_ms >= 0 && o->planned_ms >= 0);
	must(provider_queue(&kaspi_provider, o->queue) == kaspi_provider.queue_of(o));
	for (const struct action_spec *a = kaspi_provider.actions; a->id; a++)
		must(a->applies(o, &why) || why.code == ERR_REFUSED);
}

static void check_listing(const char *body, size_t len)
{
	struct order_list list = ORDER_LIST_INIT, copy = ORDER_LIST_INIT;
	struct error err = ERROR_INIT;
	struct page_info info;

	if (kaspi_provider.read_listing(body, len, &list, &info, &err)) {
		for (size_t i = 0; i < list.n; i++) {
			check_order(&list.items[i]);
			must(order_same(&list.items[i], order_list_copy(&copy, &list.items[i])));
		}
	} else {
		must(list.n == 0);
		must_explain(&err);
	}
	order_list_clear(&list);
	order_list_clear(&copy);
}

static void check_facts_of(const struct entry *e)
{
	struct fact_ref refs[3];
	size_t n = kaspi_provider.facts_of(e, refs);

	must(n >= 1 && n <= 3);
	for (size_t i = 0; i < n; i++) {
		struct call c;

		must(*refs[i].id);
		kaspi_provider.call_fact(&refs[i], &c);
		must(!c.path.full && !c.mutating);
		must_be_clean(buf_str(&c.path));
		call_clear(&c);
	}
}

static void check_imeis(struct entry_list *list, const char *body, size_t len)
{
	struct error err = ERROR_INIT;

	if (!kaspi_provider.read_imeis(body, len, list, &err))
		must_explain(&err);
	for (size_t i = 0; i < list->n; i++)
		must_be_clean(list->items[i].imei);
}

static void check_entries(const char *body, size_t len)
{
	struct entry_list list = ENTRY_LIST_INIT;
	struct error err = ERROR_INIT;

	if (kaspi_provider.read_entries(body, len, &list, &err)) {
		for (size_t i = 0; i < list.n; i++) {
			must_be_clean(list.items[i].name);
			must_be_clean(list.items[i].article);
			check_facts_of(&list.items[i]);
		}
		check_imeis(&list, body, len);
	} else {
		must(list.n == 0);
		must_explain(&err);
	}
	entry_list_clear(&list);
}

static void check_fact(enum fact_kind kind, const char *body, size_t len)
{
	const struct fact_ref ref = { .kind = kind, .id = "id", .via = "" };
	struct error err = ERROR_INIT;
	struct arena a = ARENA_INIT;
	struct fact f;

	if (kaspi_provider.read_fact(&ref, body, len, &a, &f, &err)) {
		must_be_clean(f.name);
		must_be_clean(f.code);
		must_be_clean(f.address);
	} else {
		must_explain(&err);
	}
	arena_clear(&a);
}

static void check_refusals(const char *body, size_t len)
{
	static const long statuses[] = { 0, 302, 400, 401, 404, 429, 500, 999 };

	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++) {
		struct error err = ERROR_INIT;

		must(!kaspi_provider.read_refusal(statuses[i], body, len, &err));
		must_explain(&err);
	}
}

static void check_acceptance(const char *body, size_t len)
{
	struct error err = ERROR_INIT;

	if (!kaspi_provider.read_acceptance(body, len, &err))
		must_explain(&err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *body = (const char *)data;

	check_listing(body, size);
	check_entries(body, size);
	check_fact(FACT_PRODUCT, body, size);
	check_fact(FACT_POINT, body, size);
	check_refusals(body, size);
	check_acceptance(body, size);
	return 0;
}
