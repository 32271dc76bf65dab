/* What the shop did in a day, a week or a month: from the store alone, no request is made. */
#include "cli/command.h"

#include <inttypes.h>
#include <langinfo.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/csv.h"
#include "base/i18n.h"
#include "base/money.h"
#include "base/text.h"
#include "cli/print.h"
#include "order/report.h"
#include "store/reader.h"

#define PAGE 500
#define COLUMNS 80	/* where there is no terminal */
#define NAME_COLUMNS 30
#define SUM_COLUMNS 24	/* of the number of orders and their money, with the gaps */
#define BAR_COLUMNS_MAX 60

/* A group as all three forms say it. */
struct part {
	const char *id;		/* in JSON and CSV */
	const char *title;
	const struct report_group *group;
	const char *(*label)(const struct cli *c, const char *name);
};

#define PARTS 4

static const char *queue_label(const struct cli *c, const char *name)
{
	const struct queue_spec *queue = provider_queue(c->provider, name);

	return queue ? _(queue->label) : name;
}

static const char *value_label(const struct cli *c, const char *name)
{
	return *name ? c->provider->value_label(name) : _("not told");
}

static const char *own_name(const struct cli *c, const char *name)
{
	(void)c;
	return *name ? name : _("not told");
}

static void parts_of(const struct report *r, struct part out[PARTS])
{
	out[0] = (struct part){ "queues", _("All orders by queue"), &r->queues, queue_label };
	out[1] = (struct part){ "delivery", _("Sold by delivery"), &r->delivery, value_label };
	out[2] = (struct part){ "warehouses", _("Sold by warehouse"), &r->warehouses, own_name };
	out[3] = (struct part){ "reasons", _("Cancelled and returned by reason"), &r->reasons, value_label };
}

/* ---- for people ------------------------------------------------------------------------------ */

static int columns(void)
{
	struct winsize size;

	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0 || !size.ws_col ? COLUMNS : size.ws_col;
}

static void print_bar(int64_t n, int64_t most)
{
	static const char *const eighths[] = { "", "▏", "▎", "▍", "▌", "▋", "▊", "▉" };
	bool utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	int room = columns() - NAME_COLUMNS - SUM_COLUMNS;
	int64_t length;

	if (room > BAR_COLUMNS_MAX)
		room = BAR_COLUMNS_MAX;
	if (room <= 0 || most <= 0)
		return;
	length = (int64_t)((double)n / (double)most * room * 8);
	for (int64_t i = 0; i < length / 8; i++)
		fputs(utf8 ? "█" : "#", stdout);
	if (utf8)
		fputs(eighths[length % 8], stdout);
	else if (n > 0 && length < 8)
		fputs("#", stdout);
}

static void print_padded(const char *text, int width)
{
	int used;
	size_t len = text_fit(text, width - 1, &used);

	printf("%.*s%*s", (int)len, text, width - used, "");
}

static void print_line(const char *name, const struct report_sum *sum, int64_t most)
{
	char money[40];
	int pad;

	money_format(sum->total, money, sizeof(money));
	pad = SUM_COLUMNS - 8 - text_width(money);
	print_padded(name, NAME_COLUMNS);
	printf("%5" PRId64 "%*s%s  ", sum->orders, pad > 0 ? pad : 1, "", money);
	print_bar(sum->orders, most);
	putchar('\n');
}

static void print_slots(const struct report *r)
{
	int64_t most = 0;
	char name[40];

	for (size_t i = 0; i < r->n_slots; i++)
		if (r->slots[i].sold.orders > most)
			most = r->slots[i].sold.orders;
	printf("\n%s\n", r->period == REPORT_DAY ? _("Sold by hour") : _("Sold by day"));
	for (size_t i = 0; i < r->n_slots; i++) {
		time_format(r->slots[i].from_ms, r->period == REPORT_DAY ? "%H:%M" : "%d.%m.%Y", name,
			sizeof(name));
		print_line(name, &r->slots[i].sold, most);
	}
}

static void print_part(const struct cli *c, const struct part *part)
{
	const struct report_group *g = part->group;
	int64_t most = g->others.orders;

	if (!g->n)
		return;
	if (g->lines[0].sum.orders > most)
		most = g->lines[0].sum.orders;
	printf("\n%s\n", part->title);
	for (size_t i = 0; i < g->n; i++)
		print_line(part->label(c, g->lines[i].name), &g->lines[i].sum, most);
	if (g->others.orders)
		/* TRANSLATORS: the last row of a table: all that have no row of their own */
		print_line(_("others"), &g->others, most);
}

static double share(int64_t n, int64_t of)
{
	return of ? 100.0 * (double)n / (double)of : 0;
}

static void print_hand_over(const struct report *r)
{
	char median[40], most[40];

	if (r->handed_over)
		printf(_("Handed over late: %lld of %lld (%.1f%%)\n"), (long long)r->late,
			(long long)r->handed_over, share(r->late, r->handed_over));
	if (!r->n_times)
		return;
	age_format(report_percentile(r, 50), median, sizeof(median));
	age_format(report_percentile(r, 90), most, sizeof(most));
	printf(_("From made to handed over: half within %s, 90%% within %s\n"), median, most);
}

static void print_people(const struct cli *c, const struct report *r)
{
	struct part parts[PARTS];
	char from[40], to[40], money[40];

	time_format(r->from_ms, "%d.%m.%Y", from, sizeof(from));
	time_format(r->to_ms - 1, "%d.%m.%Y", to, sizeof(to));
	if (!r->sold.orders && !r->lost.orders) {
		fprintf(stderr, _("No orders were made from %s to %s.\n"), from, to);
		return;
	}
	printf("%s, %s - %s\n", c->shop->label, from, to);
	money_format(r->sold.total, money, sizeof(money));
	printf(_("Orders sold: %lld, %s\n"), (long long)r->sold.orders, money);
	money_format(r->lost.total, money, sizeof(money));
	printf(_("Cancelled and returned: %lld (%.1f%%), %s\n"), (long long)r->lost.orders,
		share(r->lost.orders, r->sold.orders + r->lost.orders), money);
	print_hand_over(r);
	print_slots(r);
	parts_of(r, parts);
	for (size_t i = 0; i < PARTS; i++)
		print_part(c, &parts[i]);
}

/* ---- for programs ---------------------------------------------------------------------------- */

static void csv_row(struct csv_writer *w, const char *part, const char *name, const struct report_sum *sum)
{
	csv_put_text(w, part);
	csv_put_text(w, name);
	csv_put_int(w, sum->orders);
	csv_put_int(w, sum->total);
	csv_end_row(w);
}

static void write_csv(const struct report *r, struct buf *out)
{
	struct csv_writer w = CSV_WRITER(out);
	struct part parts[PARTS];
	char name[40];

	csv_begin(&w);
	csv_put_text(&w, "part");
	csv_put_text(&w, "name");
	csv_put_text(&w, "orders");
	csv_put_text(&w, "total");
	csv_end_row(&w);
	csv_row(&w, "sold", "", &r->sold);
	csv_row(&w, "lost", "", &r->lost);
	for (size_t i = 0; i < r->n_slots; i++) {
		time_format_rfc3339(r->slots[i].from_ms, name, sizeof(name));
		csv_row(&w, "times", name, &r->slots[i].sold);
	}
	parts_of(r, parts);
	for (size_t i = 0; i < PARTS; i++) {
		for (size_t k = 0; k < parts[i].group->n; k++)
			csv_row(&w, parts[i].id, parts[i].group->lines[k].name, &parts[i].group->lines[k].sum);
		if (parts[i].group->others.orders)
			csv_row(&w, parts[i].id, "others", &parts[i].group->others);
	}
}

static void json_sum(struct json_writer *w, const struct report_sum *sum)
{
	json_put_int(w, "orders", sum->orders);
	json_put_int(w, "total", sum->total);
}

static void json_sum_object(struct json_writer *w, const char *name, const struct report_sum *sum)
{
	json_open(w, name, '{');
	json_sum(w, sum);
	json_close(w, '}');
}

static void json_part(struct json_writer *w, const struct part *part)
{
	json_open(w, part->id, '{');
	json_open(w, "items", '[');
	for (size_t i = 0; i < part->group->n; i++) {
		json_open(w, NULL, '{');
		print_text(w, "name", part->group->lines[i].name);
		json_sum(w, &part->group->lines[i].sum);
		json_close(w, '}');
	}
	json_close(w, ']');
	json_sum_object(w, "others", &part->group->others);
	json_close(w, '}');
}

static void json_hand_over(struct json_writer *w, const struct report *r)
{
	json_open(w, "hand_over", '{');
	json_put_int(w, "orders", r->handed_over);
	json_put_int(w, "late", r->late);
	if (r->n_times) {
		json_put_int(w, "median_seconds", report_percentile(r, 50) / 1000);
		json_put_int(w, "p90_seconds", report_percentile(r, 90) / 1000);
	} else {
		json_put_null(w, "median_seconds");
		json_put_null(w, "p90_seconds");
	}
	json_close(w, '}');
}

static void print_json(const struct report *r, struct buf *out)
{
	static const char *const periods[] = {
		[REPORT_DAY] = "day",
		[REPORT_WEEK] = "week",
		[REPORT_MONTH] = "month",
	};
	struct json_writer w = JSON_WRITER(out);
	struct part parts[PARTS];

	print_begin(&w);
	json_put_text(&w, "period", periods[r->period]);
	print_time(&w, "from", r->from_ms);
	print_time(&w, "to", r->to_ms);
	json_sum_object(&w, "sold", &r->sold);
	json_sum_object(&w, "lost", &r->lost);
	json_hand_over(&w, r);
	json_open(&w, "times", '[');
	for (size_t i = 0; i < r->n_slots; i++) {
		json_open(&w, NULL, '{');
		print_time(&w, "from", r->slots[i].from_ms);
		json_sum(&w, &r->slots[i].sold);
		json_close(&w, '}');
	}
	json_close(&w, ']');
	parts_of(r, parts);
	for (size_t i = 0; i < PARTS; i++)
		json_part(&w, &parts[i]);
	print_end(&w);
}

/* ---- the command ----------------------------------------------------------------------------- */

static bool read_orders(const struct cli *c, struct report *r, struct error *err)
{
	const struct view view = { .since_ms = r->from_ms };
	struct reader *reader = reader_open(c->state_dir, err);
	struct row_list rows = ROW_LIST_INIT;
	struct row_key last = { 0 };
	bool ok, begun = false;

	if (!reader && err->code == ERR_NOT_FOUND)
		error_set(err, ERR_NOT_FOUND, _("no orders of the shop %s are known yet: run duken sync"),
			c->shop->name);
	if (!reader)
		return false;
	do {
		ok = reader_rows(reader, &view, begun ? &last : NULL, READ_FORWARD, PAGE, &rows, err);
		for (size_t i = 0; ok && i < rows.orders.n; i++)
			report_add(r, c->provider, &rows.orders.items[i]);
		if (ok && rows.orders.n)
			last = rows.keys[rows.orders.n - 1];
		begun = true;
	} while (ok && rows.orders.n == PAGE);
	report_end(r);
	row_list_clear(&rows);
	reader_close(reader);
	return ok;
}

static bool check_options(const struct cli *c, const struct args *args, enum report_period *period,
	struct error *err)
{
	bool week = args_get(args, "week") != NULL, month = args_get(args, "month") != NULL;

	if ((args_get(args, "day") != NULL) + week + month > 1)
		return error_set(err, ERR_USAGE, _("--day, --week and --month: one of them"));
	if (args_get(args, "csv") && c->json)
		return error_set(err, ERR_USAGE, _("--csv and --json: one of them"));
	*period = month ? REPORT_MONTH : week ? REPORT_WEEK : REPORT_DAY;
	return true;
}

int cmd_report(struct cli *c, const struct args *args)
{
	struct report r = REPORT_INIT;
	struct buf out = BUF_INIT(BUF_MAX_OUTPUT);
	struct error err = ERROR_INIT;
	enum report_period period = REPORT_DAY;
	int status = 0;

	if (!check_options(c, args, &period, &err))
		return cli_fail(c, &err);
	report_begin(&r, period, clock_now_ms());
	if (!read_orders(c, &r, &err)) {
		status = cli_fail(c, &err);
	} else if (c->json) {
		print_json(&r, &out);
	} else if (args_get(args, "csv")) {
		write_csv(&r, &out);
		fwrite(buf_str(&out), 1, out.len, stdout);
	} else {
		print_people(c, &r);
	}
	report_clear(&r);
	buf_clear(&out);
	return status;
}
