#include "tui/model/describe.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/money.h"
#include "order/phrase.h"
#include "tui/model/state.h"
#include "tui/model/words.h"

#define TEXT_MAX 256
#define WHERE_MAX 2100	/* a name and an address */

static void add_time(const struct state *s, struct page *p, const char *label, int64_t ms)
{
	char when[40];
	if (ms <= 0)
		return;
	words_time(ms, s->now_ms, when, sizeof(when));
	page_add_pair(p, STYLE_NORMAL, label, when);
}

static void add_state(const struct state *s, struct page *p, const struct order *o)
{
	const char *(*label)(const char *value) = s->provider->value_label;
	enum style style;
	char due[TEXT_MAX];
	const struct queue_spec *queue = provider_queue(s->provider, o->queue);
	const struct action *open = state_open_action(s, o->id);
	if (open != NULL)
		page_add(p, words_action_style(open->state), words_action(open->state));
	page_addf(p, STYLE_STRONG, "%s", queue != NULL ? _(queue->label) : label(o->state));
	if (*o->status != '\0')
		page_add(p, STYLE_NORMAL, label(o->status));
	if (urgent_sentence(s, o, &style, due, sizeof(due)))
		page_add(p, style, due);
	if (o->express && !o->finished)
		page_add(p, STYLE_STRONG, _("Express"));
	if (*o->cancel_reason != '\0')
		page_addf(p, STYLE_BAD, "%s", label(o->cancel_reason));
}

static void add_customer(const struct state *s, struct page *p, const struct order *o)
{
	char phone[64], total[48];
	words_phone(o->phone, s->settings->mask_phones && s->shown.phone_until == 0, phone, sizeof(phone));
	money_format(o->total, total, sizeof(total));
	page_add(p, STYLE_STRONG, *o->customer != '\0' ? o->customer : _("no name"));
	page_add_pair(p, STYLE_STRONG, phone, total);
}

static void quantity(const struct entry *e, char *out, size_t cap)
{
	char price[48], amount[80];
	int64_t pieces, grams;
	money_format(e->price, price, sizeof(price));
	entry_amount(e, &pieces, &grams);
	phrase_amount(pieces, grams, amount, sizeof(amount));
	if (grams > 0)
		/* TRANSLATORS: how much (a weight), then the price. */
		snprintf(out, cap, _("%s at %s"), amount, price);
	else
		snprintf(out, cap, "%s %s %s", amount, draw_glyph(GLYPH_TIMES), price);
}

static void add_entry(struct page *p, const struct entry *e)
{
	char amount[TEXT_MAX], total[48];
	page_add(p, STYLE_STRONG, *e->name != '\0' ? e->name : _("Name not known yet"));
	quantity(e, amount, sizeof(amount));
	money_format(e->total, total, sizeof(total));
	page_add_pair(p, STYLE_NORMAL, amount, total);
	if (*e->article != '\0' && *e->point_name != '\0')
		page_addf(p, STYLE_DIM, "%s, %s", e->article, e->point_name);
	else if (*e->article != '\0' || *e->point_name != '\0')
		page_add(p, STYLE_DIM, *e->article != '\0' ? e->article : e->point_name);
	if (*e->imei != '\0')
		page_addf(p, STYLE_DIM, "IMEI: %s", e->imei);
	else if (e->imei_required)
		page_add(p, STYLE_WARN, _("The IMEI has to be told."));
}

static void add_entries(const struct state *s, struct page *p)
{
	const struct shown *v = &s->shown;
	page_add(p, STYLE_NORMAL, "");
	for (size_t i = 0; i < v->entries.n; i++)
		add_entry(p, &v->entries.items[i]);
	if (v->error[0] != '\0')
		page_add(p, STYLE_BAD, v->error);
	else if (v->fetching != 0)
		page_add(p, STYLE_WARN, _("Asking the server for the goods..."));
	else if (v->entries_ms == 0)
		page_add(p, STYLE_DIM, _("The goods are not known yet."));
}

static void add_delivery(const struct state *s, struct page *p, const struct order *o)
{
	char text[WHERE_MAX], place[PHRASE_PLACE_CAP];
	page_add(p, STYLE_NORMAL, "");
	if (*o->delivery_mode != '\0' && o->express)
		/* TRANSLATORS: way of delivery: "Kaspi delivery in town, express". */
		page_addf(p, STYLE_NORMAL, _("%s, express"), s->provider->delivery_label(o));
	else if (*o->delivery_mode != '\0')
		page_add(p, STYLE_NORMAL, s->provider->delivery_label(o));
	if (*o->address != '\0')
		page_add(p, STYLE_NORMAL, o->address);
	if (*phrase_place(o, place) != '\0')
		page_add(p, STYLE_DIM, place);
	if (*phrase_where(o->origin, o->origin_address, text, sizeof(text)) != '\0')
		page_addf(p, STYLE_NORMAL, _("From: %s"), text);
	if (*phrase_payment(s->provider, o, text, sizeof(text)) != '\0')
		page_add(p, STYLE_DIM, text);
	if (o->preorder)
		page_add(p, STYLE_NORMAL, o->arrived ? _("Pre-order, goods are here") : _("Pre-order"));
	if (*o->waybill_number != '\0') {
		snprintf(text, sizeof(text), _("Waybill %s"), o->waybill_number);
		page_add_link(p, STYLE_NORMAL, text, o->waybill);
	}
	add_time(s, p, _("Ordered"), o->created_ms);
	add_time(s, p, o->preorder ? _("Pre-order due") : _("Kept until"), o->reserved_until_ms);
	add_time(s, p, _("To the courier by"), o->transmission_planned_ms);
	add_time(s, p, _("Handed to the courier"), o->transmitted_ms);
	add_time(s, p, _("Promised to the buyer"), o->planned_ms);
}

static const char *action_label(const struct state *s, const char *kind)
{
	const struct action_spec *spec = provider_action(s->provider, kind);
	return spec != NULL ? _(spec->label) : kind;
}

static void add_actions(const struct state *s, struct page *p)
{
	const struct action_list *actions = &s->shown.actions;
	if (actions->n > 0)
		page_add(p, STYLE_NORMAL, "");
	for (size_t i = 0; i < actions->n; i++) {
		const struct action *a = &actions->items[i];
		char when[40];
		words_time(a->confirmed_ms, s->now_ms, when, sizeof(when));
		page_addf(p, words_action_style(a->state), "%s %s: %s", when,
			action_label(s, a->kind), words_action(a->state));
		if (a->message != NULL && *a->message != '\0')
			page_addf(p, STYLE_DIM, "  %s", a->message);
	}
}

/* ---- what is seldom needed: at the end ------------------------------------------------------- */

static void add_card(const struct state *s, struct page *p, const struct entry *e)
{
	const char *const known[] = { e->manufacturer, e->category, e->product_code };
	char line[WHERE_MAX] = "", ago[40];
	size_t len = 0;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (*known[i] != '\0' && len < sizeof(line))
			len += (size_t)snprintf(line + len, sizeof(line) - len, "%s%s", len > 0 ? ", " : "",
				known[i]);
	}
	/* What is younger counts as fresh, and a shorter age would not keep up with the clock. */
	if (e->product_ms > 0 && s->now_ms - e->product_ms >= CLOCK_DAY_MS && *line != '\0')
		page_addf(p, STYLE_DIM, "%s (%s)", line,
			phrase_ago(e->product_ms, s->now_ms, ago, sizeof(ago)));
	else if (*line != '\0')
		page_add(p, STYLE_DIM, line);
	if (*e->product_name != '\0' && strcmp(e->product_name, e->name) != 0)
		page_addf(p, STYLE_DIM, _("On its card: %s"), e->product_name);
	if (*e->merchant_article != '\0' && strcmp(e->merchant_article, e->article) != 0)
		page_addf(p, STYLE_DIM, _("Article in the shop's own list: %s"), e->merchant_article);
	if (*e->merchant_name != '\0' && strcmp(e->merchant_name, e->name) != 0)
		page_addf(p, STYLE_DIM, _("Name in the shop's own list: %s"), e->merchant_name);
}

/* Where the goods lie, unless that is where the order is sent from. */
static void add_point(struct page *p, const struct order *o, const struct entry *e)
{
	char text[WHERE_MAX];
	if (*e->point_address == '\0' || strcmp(e->point_address, o->origin_address) == 0)
		return;
	page_add(p, STYLE_DIM, phrase_where(e->point_name, e->point_address, text, sizeof(text)));
}

static bool same_goods(const struct entry *a, const struct entry *b)
{
	return *a->product_id != '\0' && strcmp(a->product_id, b->product_id) == 0 &&
		strcmp(a->point_id, b->point_id) == 0;
}

static void add_goods(const struct state *s, struct page *p, const struct order *o)
{
	const struct entry_list *entries = &s->shown.entries;
	for (size_t i = 0; i < entries->n; i++) {
		const struct entry *e = &entries->items[i];
		size_t before = 0;
		while (before < i && !same_goods(&entries->items[before], e))
			before++;
		if (before < i)
			continue;
		page_add(p, STYLE_NORMAL, "");
		if (entries->n > 1)
			page_add(p, STYLE_NORMAL, *e->name != '\0' ? e->name : _("Name not known yet"));
		add_card(s, p, e);
		add_point(p, o, e);
	}
}

void describe_order(const struct state *s, struct page *p, int columns)
{
	const struct order *o = shown_order(&s->shown);
	page_reset(p, columns);
	p->indent = 2;
	if (o == NULL)
		return;
	add_customer(s, p, o);
	add_state(s, p, o);
	add_entries(s, p);
	add_delivery(s, p, o);
	add_actions(s, p);
	add_goods(s, p, o);
}
