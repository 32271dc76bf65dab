#include "order/report_text.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/money.h"
#include "base/text.h"
#include "order/phrase.h"

#define COLUMNS_MIN 40
#define NAME_COLUMNS 30
#define COUNT_COLUMNS 10	/* of a number of orders or pieces */
#define MONEY_COLUMNS 16
#define BAR_COLUMNS_MAX 60
#define AMOUNT_CAP 96

struct writer {
	const struct report *report;
	const struct report_head *head;
	const struct report_page *page;
	struct buf line;
};

static void end_line(struct writer *w, enum report_mark mark)
{
	while (w->line.len && w->line.data[w->line.len - 1] == ' ')
		w->line.data[--w->line.len] = '\0';
	w->page->line(w->page->arg, mark, buf_str(&w->line));
	buf_reset(&w->line);
}

static void say(struct writer *w, enum report_mark mark, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static void say(struct writer *w, enum report_mark mark, const char *format, ...)
{
	char text[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	buf_adds(&w->line, text);
	end_line(w, mark);
}

static void title(struct writer *w, const char *text)
{
	end_line(w, REPORT_PLAIN);
	say(w, REPORT_TITLE, "%s", text);
}

/* ---- a row of a table ------------------------------------------------------------------------ */

static void pad(struct writer *w, int n)
{
	for (; n > 0; n--)
		buf_addc(&w->line, ' ');
}

static void add_left(struct writer *w, const char *text, int columns)
{
	int used;
	size_t len = text_fit(text, columns - 1, &used);

	buf_add(&w->line, text, len);
	pad(w, columns - used);
}

static void add_right(struct writer *w, const char *text, int columns)
{
	pad(w, columns - text_width(text));
	buf_adds(&w->line, text);
}

static int columns_of(const struct writer *w)
{
	return w->page->columns < COLUMNS_MIN ? COLUMNS_MIN : w->page->columns;
}

/* What the numbers leave, at most NAME_COLUMNS. */
static int name_columns(const struct writer *w)
{
	int room = columns_of(w) - COUNT_COLUMNS - MONEY_COLUMNS;

	return room < NAME_COLUMNS ? room : NAME_COLUMNS;
}

static void add_bar(struct writer *w, int64_t n, int64_t most)
{
	static const char *const eighths[] = { "", "▏", "▎", "▍", "▌", "▋", "▊", "▉" };
	int room = columns_of(w) - name_columns(w) - COUNT_COLUMNS - MONEY_COLUMNS - 2;
	int64_t length;

	if (room > BAR_COLUMNS_MAX)
		room = BAR_COLUMNS_MAX;
	if (room <= 0 || most <= 0 || n <= 0)
		return;
	pad(w, 2);
	length = (int64_t)((double)(n < most ? n : most) / (double)most * room * 8);
	for (int64_t i = 0; i < length / 8; i++)
		buf_adds(&w->line, w->page->ascii ? "#" : "█");
	if (!w->page->ascii)
		buf_adds(&w->line, eighths[length % 8]);
	else if (length < 8)
		buf_addc(&w->line, '#');
}

static void row(struct writer *w, const char *name, const char *count, const char *money, int64_t n, int64_t most)
{
	add_left(w, name, name_columns(w));
	add_right(w, count, COUNT_COLUMNS);
	add_right(w, money, MONEY_COLUMNS);
	add_bar(w, n, most);
	end_line(w, REPORT_PLAIN);
}

static void sum_row(struct writer *w, const char *name, const struct report_sum *sum, int64_t most)
{
	char count[40], money[40];

	snprintf(count, sizeof(count), "%" PRId64, sum->orders);
	money_format(sum->total, money, sizeof(money));
	row(w, name, count, money, sum->orders, most);
}

/* ---- the tables ------------------------------------------------------------------------------ */

static const char *queue_label(const struct writer *w, const char *name)
{
	const struct queue_spec *queue = provider_queue(w->head->provider, name);

	return queue ? _(queue->label) : name;
}

static const char *value_label(const struct writer *w, const char *name)
{
	return *name ? w->head->provider->value_label(name) : _("not told");
}

static const char *own_name(const struct writer *w, const char *name)
{
	(void)w;
	return *name ? name : _("not told");
}

static void write_slots(struct writer *w)
{
	const struct report *r = w->report;
	bool day = r->period == REPORT_DAY;
	int64_t most = 0;
	char name[40];

	for (size_t i = 0; i < r->n_slots; i++)
		if (r->slots[i].sold.orders > most)
			most = r->slots[i].sold.orders;
	title(w, day ? _("Sold by hour") : _("Sold by day"));
	for (size_t i = 0; i < r->n_slots; i++) {
		time_format(r->slots[i].from_ms, day ? "%H:%M" : "%d.%m.%Y", name, sizeof(name));
		sum_row(w, name, &r->slots[i].sold, most);
	}
}

static void write_others(struct writer *w, const struct report_sum *others, int64_t most)
{
	if (others->orders)
		/* TRANSLATORS: the last row of a table: all that have no row of their own */
		sum_row(w, _("others"), others, most);
}

static int64_t most_of(const struct report_group *g)
{
	return g->n && g->lines[0].sum.orders > g->others.orders ? g->lines[0].sum.orders : g->others.orders;
}

static void write_group(struct writer *w, const char *text, const struct report_group *g,
	const char *(*label)(const struct writer *w, const char *name))
{
	if (!g->n)
		return;
	title(w, text);
	for (size_t i = 0; i < g->n; i++)
		sum_row(w, label(w, g->lines[i].name), &g->lines[i].sum, most_of(g));
	write_others(w, &g->others, most_of(g));
}

/* The reasons that go on one account. */
static void write_reasons(struct writer *w, const char *text, enum fault fault)
{
	const struct report_group *g = &w->report->reasons;
	bool begun = false;

	for (size_t i = 0; i < g->n; i++) {
		if (w->head->provider->fault(g->lines[i].name) != fault)
			continue;
		if (!begun)
			title(w, text);
		begun = true;
		sum_row(w, value_label(w, g->lines[i].name), &g->lines[i].sum, most_of(g));
	}
}

static void write_all_reasons(struct writer *w)
{
	write_reasons(w, _("Cancelled and returned, counts against the shop"), FAULT_SHOP);
	write_reasons(w, _("Cancelled and returned, does not count against the shop"), FAULT_OTHERS);
	write_reasons(w, _("Cancelled and returned, not known whether it counts against the shop"), FAULT_UNKNOWN);
	write_others(w, &w->report->reasons.others, most_of(&w->report->reasons));
}

static void good_row(struct writer *w, const char *name, const struct report_good *good, int64_t most)
{
	char amount[AMOUNT_CAP], money[40];

	money_format(good->total, money, sizeof(money));
	/* Of all others together pieces and grams say little, and take more room than there is. */
	if (good->key)
		phrase_amount(good->quantity, good->weight_g, amount, sizeof(amount));
	row(w, name, good->key ? amount : "", money, good->total, most);
}

static const char *good_name(const struct report_good *good)
{
	return *good->name ? good->name : *good->article ? good->article : _("Name not known yet");
}

static void write_goods(struct writer *w)
{
	const struct report_goods *g = &w->report->goods;
	int64_t most = g->n ? g->items[0].total : 0;

	if (g->n || w->report->goods_unknown)
		title(w, _("Best sold goods"));
	for (size_t i = 0; i < g->n; i++)
		good_row(w, good_name(&g->items[i]), &g->items[i], most);
	if (g->others.total)
		good_row(w, _("others"), &g->others, 0);
	if (w->report->goods_unknown)
		say(w, REPORT_PLAIN, ngettext("The goods of %lld sold order are not known here.",
			"The goods of %lld sold orders are not known here.",
			(unsigned long)w->report->goods_unknown), (long long)w->report->goods_unknown);
}

static void write_kinds(struct writer *w, const struct report_clerk *clerk)
{
	for (size_t i = 0; i < clerk->n_kinds; i++) {
		const struct report_kind *kind = &clerk->kinds[i];
		const struct action_spec *spec = provider_action(w->head->provider, kind->name);
		char name[200], count[40];

		snprintf(name, sizeof(name), "  %s", spec ? _(spec->label) : kind->name);
		snprintf(count, sizeof(count), "%" PRId64, kind->done);
		row(w, name, count, "", kind->done, w->report->clerks[0].done);
	}
}

static void write_clerks(struct writer *w)
{
	const struct report *r = w->report;
	char count[40];

	if (!r->n_clerks)
		return;
	title(w, _("Done by each clerk"));
	for (size_t i = 0; i < r->n_clerks; i++) {
		snprintf(count, sizeof(count), "%" PRId64, r->clerks[i].done);
		row(w, own_name(w, r->clerks[i].name), count, "", 0, 0);
		write_kinds(w, &r->clerks[i]);
	}
	snprintf(count, sizeof(count), "%" PRId64, r->others_done);
	if (r->others_done)
		row(w, _("others"), count, "", 0, 0);
}

/* ---- the sentences --------------------------------------------------------------------------- */

static void write_sums(struct writer *w)
{
	const struct report *r = w->report;
	char money[40];

	money_format(r->sold.total, money, sizeof(money));
	say(w, REPORT_PLAIN, _("Orders sold: %lld, %s"), (long long)r->sold.orders, money);
	money_format(r->lost.total, money, sizeof(money));
	say(w, REPORT_PLAIN, _("Cancelled and returned: %lld (%.1f%%), %s"), (long long)r->lost.orders,
		report_share(r->lost.orders, report_orders(r)), money);
}

static void say_share(struct writer *w, const char *text, double share, double limit)
{
	if (report_is_over(share, limit))
		/* TRANSLATORS: "Handed over late: 3 of 20 (15.0%): over the limit of 10%" */
		say(w, REPORT_OVER, _("%s: over the limit of %g%%"), text, limit);
	else
		say(w, REPORT_PLAIN, "%s", text);
}

static void write_faults(struct writer *w)
{
	const struct report *r = w->report;
	double share = report_share(r->by_fault[FAULT_SHOP], report_orders(r));
	int64_t unknown = r->by_fault[FAULT_UNKNOWN];
	char text[512];

	if (!r->lost.orders)
		return;
	snprintf(text, sizeof(text), _("Counts against the shop: %lld of %lld (%.1f%%)"),
		(long long)r->by_fault[FAULT_SHOP], (long long)report_orders(r), share);
	say_share(w, text, share, w->head->cancel_limit);
	if (unknown)
		say(w, REPORT_PLAIN, ngettext("Of %lld it is not known whether it counts against the shop.",
			"Of %lld it is not known whether they count against the shop.", (unsigned long)unknown),
			(long long)unknown);
}

static void write_late(struct writer *w)
{
	const struct report *r = w->report;
	double share = report_share(r->late, r->handed_over);
	char text[512];

	if (!r->handed_over)
		return;
	snprintf(text, sizeof(text), _("Handed over late: %lld of %lld (%.1f%%)"), (long long)r->late,
		(long long)r->handed_over, share);
	say_share(w, text, share, w->head->late_limit);
}

struct span {
	char median[40], most[40];
};

static bool span_of(const struct report_times *t, struct span *out)
{
	age_format(report_percentile(t, 50), out->median, sizeof(out->median));
	age_format(report_percentile(t, 90), out->most, sizeof(out->most));
	return t->n > 0;
}

static void write_times(struct writer *w)
{
	const struct report *r = w->report;
	struct span span;

	if (span_of(&r->to_accepted, &span))
		say(w, REPORT_PLAIN, _("From made to accepted: half within %s, 90%% within %s"), span.median,
			span.most);
	if (r->accepted_elsewhere)
		say(w, REPORT_PLAIN, ngettext("%lld sold order was not accepted at the desk.",
			"%lld sold orders were not accepted at the desk.",
			(unsigned long)r->accepted_elsewhere), (long long)r->accepted_elsewhere);
	if (span_of(&r->to_handed_over, &span))
		say(w, REPORT_PLAIN, _("From made to handed over: half within %s, 90%% within %s"), span.median,
			span.most);
	if (span_of(&r->to_handed_out, &span))
		say(w, REPORT_PLAIN, _("From made to handed out: half within %s, 90%% within %s"), span.median,
			span.most);
}

static void write_none(struct writer *w, const char *from, const char *to)
{
	if (strcmp(from, to) == 0)
		say(w, REPORT_PLAIN, _("No orders were made on %s."), from);
	else
		say(w, REPORT_PLAIN, _("No orders were made from %s to %s."), from, to);
}

static void write_title(struct writer *w, const char *from, const char *to)
{
	if (strcmp(from, to) == 0)
		say(w, REPORT_PLAIN, "%s, %s", w->head->shop, from);
	else
		say(w, REPORT_PLAIN, "%s, %s - %s", w->head->shop, from, to);
}

void report_write_text(const struct report *r, const struct report_head *head, const struct report_page *page)
{
	struct writer w = { .report = r, .head = head, .page = page, .line = BUF_INIT(BUF_MAX_LINE) };
	char from[40], to[40];

	time_format(r->from_ms, "%d.%m.%Y", from, sizeof(from));
	time_format(r->to_ms - 1, "%d.%m.%Y", to, sizeof(to));
	if (report_is_empty(r)) {
		write_none(&w, from, to);
	} else {
		write_title(&w, from, to);
		write_sums(&w);
		write_faults(&w);
		write_late(&w);
		write_times(&w);
		write_slots(&w);
		write_group(&w, _("All orders by queue"), &r->queues, queue_label);
		write_group(&w, _("Sold by delivery"), &r->delivery, value_label);
		write_group(&w, _("Sold by warehouse"), &r->warehouses, own_name);
		write_all_reasons(&w);
		write_goods(&w);
		write_clerks(&w);
	}
	buf_clear(&w.line);
}
