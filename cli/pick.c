/* The pick list of some orders or of a queue: read from the store, with what is missing fetched first. */
#include "cli/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/bar.h"
#include "cli/print.h"
#include "cli/session.h"
#include "desk/picking.h"
#include "order/pick_write.h"
#include "store/reader.h"

#define PAGE 500
#define PAPER_COLUMNS 80

struct job {
	const struct cli *c;
	struct session session;		/* open only while something is asked for */
	struct picking picking;
	struct pick pick;
	bool csv;
	bool print;
};

/* ---- which orders ---------------------------------------------------------------------------- */

static bool is_known(const struct job *j, const char *code, struct error *err)
{
	struct reader *r = reader_open(j->c->state_dir, err);
	struct order_list found = ORDER_LIST_INIT;
	bool known = r && reader_order_by_code(r, code, &found, NULL, err);

	order_list_clear(&found);
	reader_close(r);
	return known;
}

static bool open_session(struct job *j, struct error *err)
{
	return j->session.desk || session_open(&j->session, j->c, err);
}

static bool look_up(struct job *j, const char *code, struct error *err)
{
	return open_session(j, err) &&
		session_finish(&j->session, session_post(&j->session, request_new_lookup(code)), NULL, err);
}

/* The server is asked for those that the store does not have. */
static bool know_all(struct job *j, const struct args *args, struct error *err)
{
	for (int i = 0; i < args->n_rest; i++) {
		struct error none = ERROR_INIT;

		if (!args_code(args->rest[i], err))
			return false;
		if (is_known(j, args->rest[i], &none))
			continue;
		if (none.code != ERR_NOT_FOUND) {
			*err = none;
			return false;
		}
		if (!look_up(j, args->rest[i], err))
			return false;
	}
	return true;
}

static bool add_named(struct job *j, struct reader *r, const struct args *args, struct error *err)
{
	struct order_list found = ORDER_LIST_INIT;
	bool ok = true;

	for (int i = 0; i < args->n_rest && ok; i++) {
		order_list_reset(&found);
		ok = reader_order_by_code(r, args->rest[i], &found, NULL, err);
		if (ok)
			picking_add(&j->picking, &found.items[0]);
	}
	order_list_clear(&found);
	return ok;
}

static bool add_queue(struct job *j, struct reader *r, const char *queue, struct error *err)
{
	const struct view view = { .queue = queue };
	struct row_list rows = ROW_LIST_INIT;
	struct row_key last = { 0 };
	bool ok, first = true;

	do {
		ok = reader_rows(r, &view, first ? NULL : &last, READ_FORWARD, PAGE, &rows, err);
		for (size_t i = 0; ok && i < rows.orders.n; i++)
			picking_add(&j->picking, &rows.orders.items[i]);
		if (ok && rows.orders.n)
			last = rows.keys[rows.orders.n - 1];
		first = false;
	} while (ok && rows.orders.n == PAGE);
	row_list_clear(&rows);
	return ok;
}

static bool choose(struct job *j, const struct args *args, struct error *err)
{
	const struct queue_spec *packing = provider_packing(j->c->provider);
	const char *queue = args_get(args, "queue");
	struct reader *r;
	bool ok;

	if (!know_all(j, args, err))
		return false;
	r = reader_open(j->c->state_dir, err);
	if (!r && err->code == ERR_NOT_FOUND)
		error_set(err, ERR_NOT_FOUND, _("no orders of the shop %s are known yet: run duken sync"),
			j->c->shop->name);
	if (!r)
		return false;
	if (args->n_rest)
		ok = add_named(j, r, args, err);
	else if (queue || packing)
		ok = add_queue(j, r, queue ? queue : packing->id, err);
	else
		ok = error_set(err, ERR_USAGE, _("%s has no queue in which goods are packed: name orders, or a "
			"queue with --queue"), j->c->provider->label);
	reader_close(r);
	return ok;
}

/* ---- what is missing of them ----------------------------------------------------------------- */

static bool fetch_missing(struct job *j, struct error *err)
{
	struct event *e;

	if (!picking_missing(&j->picking))
		return true;
	if (!open_session(j, err))
		return false;
	picking_start(&j->picking, j->session.desk);
	while (picking_busy(&j->picking) && (e = session_wait(&j->session))) {
		if (picking_event(&j->picking, e))
			bar_draw(j->picking.ended, j->picking.wanted);
		event_free(e);
	}
	bar_wipe();
	return !picking_busy(&j->picking) ||
		error_set(err, ERR_CANCELLED, _("stopped; what was fetched so far is kept"));
}

static bool read_list(struct job *j, struct error *err)
{
	struct reader *r = reader_open(j->c->state_dir, err);
	bool ok = r && picking_read(&j->picking, r, &j->pick, err);

	reader_close(r);
	return ok;
}

/* ---- saying it ------------------------------------------------------------------------------- */

static void write_text(const struct job *j, struct buf *out)
{
	const struct pick_head head = {
		.shop = j->c->shop->label,
		.now_ms = clock_now_ms(),
	};

	pick_write_text(&j->pick, &head, PAPER_COLUMNS, out);
}

/* Where nobody would see it otherwise. */
static void say_left_out(const struct pick *p)
{
	for (size_t i = 0; i < p->n_left_out; i++)
		cli_say(_("not on the list: %s: %s"), p->left_out[i].code, p->left_out[i].why);
}

static bool send_to_printer(struct job *j, const struct buf *text, struct error *err)
{
	char *path = picking_save(j->c->state_dir, text, err);
	bool ok;

	if (!path)
		return false;
	ok = open_session(j, err) &&
		session_finish(&j->session, session_post(&j->session,
			request_new_print((const char *const *)&path, 1, _("Pick list"))), NULL, err);
	free(path);
	if (ok)
		cli_say(_("the pick list was sent to the printer"));
	say_left_out(&j->pick);
	return ok;
}

static void print_json(const struct job *j)
{
	struct buf out = BUF_INIT(BUF_MAX_OUTPUT);
	struct json_writer w = JSON_WRITER(&out);

	print_begin(&w);
	pick_write_json(&j->pick, &w);
	print_end(&w);
	buf_clear(&out);
}

static bool say(struct job *j, struct error *err)
{
	struct buf out = BUF_INIT(BUF_MAX_OUTPUT);
	bool ok = true;

	if (j->c->json) {
		print_json(j);
	} else if (j->csv) {
		pick_write_csv(&j->pick, &out);
		fwrite(buf_str(&out), 1, out.len, stdout);
		say_left_out(&j->pick);
	} else if (!j->picking.n) {
		fprintf(stderr, "%s\n", _("No such orders."));
	} else {
		write_text(j, &out);
		if (j->print)
			ok = send_to_printer(j, &out, err);
		else
			fwrite(buf_str(&out), 1, out.len, stdout);
	}
	buf_clear(&out);
	return ok;
}

static bool check_options(struct job *j, const struct args *args, struct error *err)
{
	int forms = (args_get(args, "text") != NULL) + (j->csv = args_get(args, "csv") != NULL) + j->c->json;

	j->print = args_get(args, "print") != NULL;
	if (forms > 1)
		return error_set(err, ERR_USAGE, _("--text, --csv and --json: one of them"));
	if (j->print && (j->csv || j->c->json))
		return error_set(err, ERR_USAGE, _("--print prints the text: leave out --csv and --json"));
	if (args->n_rest && args_get(args, "queue"))
		return error_set(err, ERR_USAGE, _("name orders or a queue, not both"));
	return cli_check_queue(j->c, args_get(args, "queue"), err);
}

int cmd_pick(struct cli *c, const struct args *args)
{
	struct job j = { .c = c, .picking = PICKING_INIT, .pick = PICK_INIT };
	struct error err = ERROR_INIT;
	int status = 0;

	if (!check_options(&j, args, &err) || !choose(&j, args, &err) || !fetch_missing(&j, &err) ||
		!read_list(&j, &err) || !say(&j, &err))
		status = cli_fail(c, &err);
	else if (j.picking.failed.code)
		status = error_exit_status(j.picking.failed.code);
	session_close(&j.session);
	picking_clear(&j.picking);
	pick_clear(&j.pick);
	return status;
}
