#include "cli/command.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/money.h"
#include "base/text.h"
#include "cli/print.h"
#include "cli/table.h"
#include "store/reader.h"

#define PAGE 500

/* A list on its way out. */
struct listing_out {
	const struct cli *c;
	struct reader *reader;
	struct table table;
	struct buf buf;
	struct json_writer json;
	int64_t now_ms;
	bool urgent;		/* only what is due today or before */
	size_t n;
	size_t limit;
};

bool cli_check_queue(const struct cli *c, const char *queue, struct error *err)
{
	struct buf names = BUF_INIT(BUF_MAX_LINE);

	if (!queue || provider_queue(c->provider, queue))
		return true;
	for (const struct queue_spec *q = c->provider->queues; q->id; q++)
		buf_addf(&names, "%s%s", names.len ? ", " : "", q->id);
	error_set(err, ERR_USAGE, _("there is no queue \"%s\"; there are: %s"), queue,
		buf_str(&names));
	buf_clear(&names);
	return false;
}

/* What is no text would be folded to nothing, and nothing finds every order. */
static bool check_search(const char *search, struct error *err)
{
	return !search || text_is_utf8(search, strlen(search)) ||
		error_set(err, ERR_USAGE, _("--search must be text in UTF-8"));
}

static bool read_options(const struct cli *c, const struct args *args, struct view *view,
	long *limit, struct error *err)
{
	view->queue = args_get(args, "queue");
	view->state = args_get(args, "state");
	view->search = args_get(args, "search");
	return cli_check_queue(c, view->queue, err) && check_search(view->search, err) &&
		args_time(args, "since", &view->since_ms, err) &&
		args_number(args, "limit", 1, INT_MAX, INT_MAX, limit, err);
}

static void add_head(struct table *t)
{
	table_add(t, _("Order"));
	table_add(t, _("Queue"));
	table_add(t, _("Status"));
	table_add(t, _("Buyer"));
	table_add(t, _("Total"));
	table_add(t, _("Made"));
	table_add(t, _("Due"));
	/* TRANSLATORS: above "overdue", "soon", "today" */
	table_add(t, _("Urgency"));
}

static const char *queue_label(const struct provider *p, const struct order *o)
{
	const struct queue_spec *queue = provider_queue(p, o->queue);

	return queue ? _(queue->label) : o->queue;
}

static void add_row(struct listing_out *out, const struct order *o, const struct urgency *u)
{
	char total[40], when[PRINT_TIME_CAP];

	if (out->n == 0)
		add_head(&out->table);
	money_format(o->total, total, sizeof(total));
	table_add(&out->table, o->code);
	table_add(&out->table, queue_label(out->c->provider, o));
	table_add(&out->table, out->c->provider->value_label(o->status));
	table_add(&out->table, o->customer);
	table_add(&out->table, total);
	table_add(&out->table, print_when(o->created_ms, when));
	table_add(&out->table, print_when(u->due_ms, when));
	table_add(&out->table, urgency_word(u->level));
}

static bool add_json(struct listing_out *out, const struct order *o, const struct urgency *u,
	struct error *err)
{
	struct entry_list entries = ENTRY_LIST_INIT;
	char masked[PRINT_PHONE_CAP];
	const char *phone =
		out->c->settings->mask_phones ? print_masked(o->phone, masked) : o->phone;
	int64_t fetched = 0;
	bool ok = reader_entries(out->reader, o->id, &entries, &fetched, err);

	json_open(&out->json, NULL, '{');
	print_order(&out->json, o, u, phone, fetched ? &entries : NULL);
	json_close(&out->json, '}');
	print_flush(&out->json);
	entry_list_clear(&entries);
	return ok;
}

static bool add_page(struct listing_out *out, const struct row_list *rows, struct error *err)
{
	for (size_t i = 0; i < rows->orders.n && out->n < out->limit; i++) {
		const struct order *o = &rows->orders.items[i];
		struct urgency u =
			order_urgency(out->c->provider, &out->c->shop->limits, o, out->now_ms);

		if (out->urgent && u.level < URGENCY_TODAY)
			continue;
		if (!out->c->json)
			add_row(out, o, &u);
		else if (!add_json(out, o, &u, err))
			return false;
		out->n++;
	}
	return true;
}

static bool list(struct listing_out *out, const struct view *view, struct error *err)
{
	struct row_list rows = ROW_LIST_INIT;
	struct row_key last = { 0 };
	bool ok = true, begun = false;

	while (ok && out->n < out->limit) {
		size_t left = out->limit - out->n, want = left < PAGE && !out->urgent ? left : PAGE;

		ok = reader_rows(out->reader, view, begun ? &last : NULL, READ_FORWARD, want, &rows,
			err);
		if (!ok || rows.orders.n == 0)
			break;
		begun = true;
		last = rows.keys[rows.orders.n - 1];
		ok = add_page(out, &rows, err);
	}
	row_list_clear(&rows);
	return ok;
}

/* Queue by queue, in the order of the screen, and in each by what is due. All of it is looked at: where the
 * limits have changed and no desk was opened since, the store's own order is still the old one. */
static bool list_urgent(struct listing_out *out, const struct view *view, struct error *err)
{
	for (const struct queue_spec *q = out->c->provider->queues; q->id; q++) {
		struct view queue = *view;

		if (!q->active || (view->queue && strcmp(view->queue, q->id) != 0))
			continue;
		queue.queue = q->id;
		if (!list(out, &queue, err))
			return false;
	}
	return true;
}

static bool list_any(struct listing_out *out, const struct view *view, struct error *err)
{
	return out->urgent ? list_urgent(out, view, err) : list(out, view, err);
}

static bool print(struct listing_out *out, const struct view *view, struct error *err)
{
	bool ok;

	if (!out->c->json) {
		ok = list_any(out, view, err);
		table_print(&out->table, stdout);
		if (ok && out->n == 0)
			fprintf(stderr, "%s\n", _("No such orders."));
		return ok;
	}
	print_begin(&out->json);
	json_open(&out->json, "items", '[');
	ok = list_any(out, view, err);
	json_close(&out->json, ']');
	print_end(&out->json);
	return ok;
}

int cmd_orders(struct cli *c, const struct args *args)
{
	struct listing_out out = {
		.c = c,
		.table = { .columns = 8, .align = { [4] = ALIGN_RIGHT }, .max = { [3] = 30 } },
		.buf = BUF_INIT(BUF_MAX_OUTPUT),
	};
	struct error err = ERROR_INIT;
	struct view view = { 0 };
	long limit;
	bool ok;

	if (!read_options(c, args, &view, &limit, &err))
		return cli_fail(c, &err);
	out.json.out = &out.buf;
	out.reader = reader_open(c->state_dir, &err);
	if (!out.reader) {
		if (err.code == ERR_NOT_FOUND)
			error_set(&err, ERR_NOT_FOUND,
				_("no orders of the shop %s are known yet: run duken sync"),
				c->shop->name);
		return cli_fail(c, &err);
	}
	out.limit = (size_t)limit;
	out.urgent = args_get(args, "urgent") != NULL;
	out.now_ms = clock_now_ms();
	ok = print(&out, &view, &err);
	reader_close(out.reader);
	table_clear(&out.table);
	buf_clear(&out.buf);
	if (ok)
		return 0;
	/* The list is begun: a second document would not be JSON any more. */
	cli_say("%s", err.text);
	return error_exit_status(err.code);
}
