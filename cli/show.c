#include "cli/command.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/money.h"
#include "cli/print.h"
#include "cli/session.h"
#include "cli/table.h"
#include "order/phrase.h"
#include "store/reader.h"

#define TEXT_CAP 2100	/* a name and an address */

/* What is known of one order. */
struct known {
	struct order_list orders;	/* one, or none */
	struct entry_list entries;
	int64_t fetched_ms;		/* of the entries; 0 never */
};

static void known_clear(struct known *k)
{
	order_list_clear(&k->orders);
	entry_list_clear(&k->entries);
	*k = (struct known){ .orders = ORDER_LIST_INIT, .entries = ENTRY_LIST_INIT };
}

/* An order that is not there is no failure here: n is 0 then. */
static bool read_store(const struct cli *c, const char *code, struct known *k, struct error *err)
{
	struct reader *reader;
	bool ok;

	known_clear(k);
	reader = reader_open(c->state_dir, err);
	if (!reader)
		return err->code == ERR_NOT_FOUND;
	ok = reader_order_by_code(reader, code, &k->orders, NULL, err) &&
		reader_entries(reader, k->orders.items[0].id, &k->entries, &k->fetched_ms, err);
	reader_close(reader);
	return ok || err->code == ERR_NOT_FOUND;
}

static bool ask_server(struct session *s, const char *code, const struct known *k,
	struct error *err)
{
	char *id = k->orders.n ? xstrdup(k->orders.items[0].id) : NULL;
	bool ok = true;

	if (!id)
		ok = session_finish(s, session_post(s, request_new_lookup(code)), &id, err);
	if (ok)
		ok = session_finish(s, session_post(s, request_new_fetch(id)), NULL, err);
	free(id);
	return ok;
}

static bool fetch(const struct cli *c, const char *code, struct known *k, struct error *err)
{
	struct session s;
	bool ok;

	if (!session_open(&s, c, err))
		return false;
	ok = ask_server(&s, code, k, err);
	session_close(&s);
	return ok;
}

static bool find(const struct cli *c, const char *code, bool fresh, struct known *k,
	struct error *err)
{
	if (!read_store(c, code, k, err))
		return false;
	if (k->orders.n && k->fetched_ms && !fresh && provider_knows_around(c->provider, &k->entries))
		return true;
	if (fetch(c, code, k, err))
		return read_store(c, code, k, err) && k->orders.n > 0;
	/* What is known already is better than nothing, unless news were asked for. */
	if (fresh || !k->orders.n)
		return false;
	if (k->fetched_ms)
		cli_say(_("the product cards are not all known, and could not be fetched: %s"), err->text);
	else
		cli_say(_("the entries are not known, and could not be fetched: %s"), err->text);
	return true;
}

/* ---- for people ------------------------------------------------------------------------------ */

static void line(struct table *t, const char *label, const char *value)
{
	if (!value || !*value)
		return;
	table_add(t, label);
	table_add(t, value);
}

static void add_times(struct table *t, const struct order *o)
{
	char when[PRINT_TIME_CAP];

	line(t, _("Made"), print_when(o->created_ms, when));
	line(t, _("Approved"), print_when(o->approved_ms, when));
	line(t, o->preorder ? _("Pre-order due") : _("Kept until"), print_when(o->reserved_until_ms, when));
	line(t, _("Promised"), print_when(o->planned_ms, when));
	line(t, _("Hand to courier"), print_when(o->transmission_planned_ms, when));
	line(t, _("Handed to the courier"), print_when(o->transmitted_ms, when));
	line(t, _("First seen"), print_when(o->seen_ms, when));
}

static void add_urgency(struct table *t, const struct urgency *u)
{
	char when[PRINT_TIME_CAP];

	line(t, _("Due"), print_when(u->due_ms, when));
	line(t, _("Urgency"), urgency_word(u->level));
}

static void print_head(const struct provider *p, const struct order *o, const struct urgency *u)
{
	const struct queue_spec *queue = provider_queue(p, o->queue);
	struct table t = { .columns = 2 };
	char total[40], text[TEXT_CAP], place[PHRASE_PLACE_CAP];

	money_format(o->total, total, sizeof(total));
	line(&t, _("Order"), o->code);
	line(&t, _("Queue"), queue ? _(queue->label) : o->queue);
	line(&t, _("State"), p->value_label(o->state));
	line(&t, _("Status"), p->value_label(o->status));
	line(&t, _("Why cancelled"), *o->cancel_reason ? p->value_label(o->cancel_reason) : NULL);
	line(&t, _("Buyer"), o->customer);
	line(&t, _("Phone"), o->phone);
	line(&t, _("Total"), total);
	line(&t, _("Payment"), phrase_payment(p, o, text, sizeof(text)));
	line(&t, _("Delivery"), *o->delivery_mode ? p->delivery_label(o) : NULL);
	line(&t, _("Address"), o->address);
	line(&t, _("Coordinates"), phrase_place(o, place));
	line(&t, _("Sent from"), phrase_where(o->origin, o->origin_address, text, sizeof(text)));
	line(&t, _("Express"), o->express ? _("yes") : NULL);
	line(&t, _("Pre-order"), o->preorder ? _("yes") : NULL);
	line(&t, _("Assembled"), o->assembled ? _("yes") : NULL);
	line(&t, _("Back in the warehouse"), o->returned_to_warehouse ? _("yes") : NULL);
	line(&t, _("Waybill"), o->waybill);
	line(&t, _("Waybill number"), o->waybill_number);
	add_times(&t, o);
	add_urgency(&t, u);
	table_print(&t, stdout);
	table_clear(&t);
}

static void add_entry(struct table *t, const struct entry *e)
{
	char number[24], quantity[80], price[40], total[40];
	int64_t pieces, grams;

	snprintf(number, sizeof(number), "%" PRId64, e->number);
	entry_amount(e, &pieces, &grams);
	phrase_amount(pieces, grams, quantity, sizeof(quantity));
	money_format(e->price, price, sizeof(price));
	money_format(e->total, total, sizeof(total));
	table_add(t, number);
	table_add(t, e->article);
	table_add(t, e->name);
	table_add(t, quantity);
	table_add(t, price);
	table_add(t, total);
}

static void print_entries(const struct entry_list *entries)
{
	struct table t = {
		.columns = 6,
		.align = { ALIGN_RIGHT, [3] = ALIGN_RIGHT, ALIGN_RIGHT, ALIGN_RIGHT },
		.max = { [2] = 60 },
	};

	if (entries->n == 0)
		return;
	table_add(&t, _("Entry"));
	table_add(&t, _("Article"));
	table_add(&t, _("Goods"));
	table_add(&t, _("Amount"));
	table_add(&t, _("Price"));
	table_add(&t, _("Total"));
	for (size_t i = 0; i < entries->n; i++)
		add_entry(&t, &entries->items[i]);
	putchar('\n');
	table_print(&t, stdout);
	table_clear(&t);
}

static void print_imeis(const struct entry_list *entries)
{
	for (size_t i = 0; i < entries->n; i++)
		if (*entries->items[i].imei)
			/* TRANSLATORS: the number of an item, then the IMEI of its devices. */
			printf(_("IMEI of entry %lld: %s\n"), (long long)entries->items[i].number,
				entries->items[i].imei);
}

/* ---- what is known of the goods besides ---- */

static bool seen_before(const struct entry_list *entries, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (*entries->items[i].product_id &&
			!strcmp(entries->items[i].product_id, entries->items[j].product_id))
			return true;
	return false;
}

static void print_cards(const struct entry_list *entries, int64_t now_ms)
{
	struct table t = { .columns = 5, .max = { [1] = 30, [2] = 30 } };
	char ago[40];

	table_add(&t, _("Product card"));
	table_add(&t, _("Manufacturer"));
	table_add(&t, _("Category"));
	table_add(&t, _("Fetched"));
	table_add(&t, _("Name on the card"));
	for (size_t i = 0; i < entries->n; i++) {
		const struct entry *e = &entries->items[i];

		if (!e->product_ms || seen_before(entries, i))
			continue;
		table_add(&t, e->product_code);
		table_add(&t, e->manufacturer);
		table_add(&t, e->category);
		table_add(&t, phrase_ago(e->product_ms, now_ms, ago, sizeof(ago)));
		table_add(&t, strcmp(e->product_name, e->name) != 0 ? e->product_name : "");
	}
	if (t.n > t.columns) {
		putchar('\n');
		table_print(&t, stdout);
	}
	table_clear(&t);
}

/* Only where the merchant's own list says something else than the order. */
static void print_merchants(const struct entry_list *entries)
{
	for (size_t i = 0; i < entries->n; i++) {
		const struct entry *e = &entries->items[i];

		if (seen_before(entries, i))
			continue;
		if (*e->merchant_article && strcmp(e->merchant_article, e->article) != 0)
			printf(_("%s is article %s in the shop's own list.\n"), e->name, e->merchant_article);
		if (*e->merchant_name && strcmp(e->merchant_name, e->name) != 0)
			printf(_("%s is called %s in the shop's own list.\n"), e->name, e->merchant_name);
	}
}

static bool same_point(const struct entry *a, const struct entry *b)
{
	return !strcmp(a->point_name, b->point_name) && !strcmp(a->point_address, b->point_address);
}

static void print_points(const struct entry_list *entries, int64_t now_ms)
{
	char text[TEXT_CAP], ago[40];

	for (size_t i = 0; i < entries->n; i++) {
		const struct entry *e = &entries->items[i];

		if (!e->point_ms || (i > 0 && same_point(e, e - 1)))
			continue;
		/* TRANSLATORS: name and address of a warehouse; how long ago they were asked for. */
		printf(_("Warehouse: %s (%s)\n"), phrase_where(e->point_name, e->point_address, text,
			sizeof(text)), phrase_ago(e->point_ms, now_ms, ago, sizeof(ago)));
	}
}

static void print_json(const struct known *k, const struct urgency *u)
{
	const struct order *o = &k->orders.items[0];
	struct buf out = BUF_INIT(BUF_MAX_OUTPUT);
	struct json_writer w = JSON_WRITER(&out);

	print_begin(&w);
	print_order(&w, o, u, o->phone, k->fetched_ms ? &k->entries : NULL);
	print_end(&w);
	buf_clear(&out);
}

static void print_known(const struct cli *c, const struct known *k)
{
	const struct order *o = &k->orders.items[0];
	struct urgency u = order_urgency(c->provider, &c->shop->limits, o, clock_now_ms());

	if (c->json) {
		print_json(k, &u);
		return;
	}
	print_head(c->provider, o, &u);
	print_entries(&k->entries);
	print_imeis(&k->entries);
	print_cards(&k->entries, clock_now_ms());
	print_merchants(&k->entries);
	print_points(&k->entries, clock_now_ms());
}

int cmd_show(struct cli *c, const struct args *args)
{
	struct known known = { .orders = ORDER_LIST_INIT, .entries = ENTRY_LIST_INIT };
	struct error err = ERROR_INIT;
	const char *code = args->rest[0];
	int status = 0;

	if (!args_code(code, &err) ||
		!find(c, code, args_get(args, "fresh") != NULL, &known, &err)) {
		status = cli_fail(c, &err);
	} else {
		print_known(c, &known);
	}
	known_clear(&known);
	return status;
}
