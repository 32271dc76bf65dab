/* The pick list of the marked orders, else of the list on the screen: what is missing is asked for first, then it can
 * be read and printed. */
#include <stdio.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "desk/picking.h"
#include "order/pick_write.h"
#include "tui/command/command.h"
#include "tui/dialog/dialog.h"
#include "tui/model/state.h"
#include "tui/pane/pane.h"
#include "tui/term/key.h"
#include "tui/term/term.h"
#include "tui/widget/page.h"

#define PAPER_COLUMNS 80
#define NOTE_ROWS 3

struct pick_dialog {
	struct dialog base;
	struct picking picking;
	struct pick pick;
	struct pick_head head;
	bool ready;		/* the list is there */
	struct page page;	/* its lines, for page.columns */
	struct list list;	/* top: first line shown */
	uint64_t printing;	/* the request; 0 none */
	enum style note_style;
	char note[ERROR_TEXT_MAX];
};

static void note(struct pick_dialog *d, enum style style, const char *text)
{
	snprintf(d->note, sizeof(d->note), "%s", text);
	d->note_style = style;
}

/* ---- which orders ---------------------------------------------------------------------------- */

static void add_marked(struct pick_dialog *d, const struct state *s)
{
	struct order_list found = ORDER_LIST_INIT;
	for (size_t i = 0; i < s->marks.n; i++) {
		const struct mark *m = &s->marks.items[i];
		/* One that has left the store is asked for, and named when that is in vain. */
		const struct order gone = { .id = m->order_id, .code = m->code };
		order_list_reset(&found);
		picking_add(&d->picking, reader_order_by_id(s->reader, m->order_id, &found, NULL, NULL) ?
			&found.items[0] : &gone);
	}
	order_list_clear(&found);
}

static void add_shown(struct pick_dialog *d, const struct state *s)
{
	struct row_list rows = ROW_LIST_INIT;
	char text[128];
	if (reader_rows(s->reader, &s->rows.view, NULL, READ_FORWARD, MARKS_MAX, &rows, NULL)) {
		for (size_t i = 0; i < rows.orders.n; i++)
			picking_add(&d->picking, &rows.orders.items[i]);
	}
	row_list_clear(&rows);
	if (s->rows.list.n > MARKS_MAX) {
		snprintf(text, sizeof(text), _("Only the first %d orders are on it."), MARKS_MAX);
		note(d, STYLE_WARN, text);
	}
}

/* ---- the list -------------------------------------------------------------------------------- */

static void read_list(struct pick_dialog *d, const struct state *s)
{
	struct error err = ERROR_INIT;
	d->head = (struct pick_head){ .shop = s->shop->label, .now_ms = s->now_ms };
	d->ready = picking_read(&d->picking, s->reader, &d->pick, &err);
	if (!d->ready)
		note(d, STYLE_BAD, err.text);
	else if (d->pick.n_left_out > 0 && d->note[0] == '\0')
		note(d, STYLE_WARN, _("Not all orders are on the list: its end says which, and why."));
	page_reset(&d->page, 0);
}

static void make_lines(struct pick_dialog *d, int columns)
{
	struct buf text = BUF_INIT(BUF_MAX_OUTPUT);
	if (!d->ready || d->page.columns == columns)
		return;
	page_reset(&d->page, columns);
	pick_write_text(&d->pick, &d->head, columns, &text);
	page_add(&d->page, STYLE_NORMAL, buf_str(&text));
	buf_clear(&text);
}

static unsigned print(struct pick_dialog *d, struct state *s)
{
	struct buf text = BUF_INIT(BUF_MAX_OUTPUT);
	struct error err = ERROR_INIT;
	char *path;
	if (!d->ready || d->printing != 0)
		return REACT_HANDLED;
	pick_write_text(&d->pick, &d->head, PAPER_COLUMNS, &text);
	path = picking_save(s->state_dir, &text, &err);
	if (path != NULL)
		d->printing = desk_post(s->desk, request_new_print((const char *const *)&path, 1, _("Pick list")));
	s->print = d->printing;		/* the status line tells once this is left */
	if (d->printing != 0)
		note(d, STYLE_WARN, _("On its way to the printer..."));
	else
		note(d, STYLE_BAD, err.text);
	free(path);
	buf_clear(&text);
	return REACT_DIALOG;
}

static unsigned key(struct dialog *base, struct state *s, uint32_t key)
{
	struct pick_dialog *d = (struct pick_dialog *)base;
	enum command command = command_of_key(key);
	enum list_step step;
	if (key == KEY_ESC_ || command == COMMAND_QUIT)
		return REACT_CLOSE;
	if (command == COMMAND_PICK)
		return print(d, s);
	if (pane_step(command, &step))
		return list_scroll(&d->list, step) ? REACT_DIALOG : REACT_HANDLED;
	return REACT_NONE;
}

static unsigned on_printed(struct pick_dialog *d, const struct event *e)
{
	if (e->kind == EVENT_DONE)
		note(d, STYLE_GOOD, _("Sent to the printer."));
	else if (e->kind == EVENT_FAILED || e->kind == EVENT_CANCELLED)
		note(d, STYLE_BAD, e->error.text);
	else
		return REACT_NONE;
	d->printing = 0;
	return REACT_DIALOG;
}

static unsigned event(struct dialog *base, struct state *s, const struct event *e)
{
	struct pick_dialog *d = (struct pick_dialog *)base;
	if (d->printing != 0 && e->reply_to == d->printing)
		return on_printed(d, e);
	if (!picking_event(&d->picking, e))
		return REACT_NONE;
	if (!picking_busy(&d->picking) && !d->ready)
		read_list(d, s);
	return REACT_DIALOG;
}

/* ---- drawing --------------------------------------------------------------------------------- */

static void write_progress(struct pick_dialog *d, int columns)
{
	page_reset(&d->page, columns);
	page_addf(&d->page, STYLE_WARN, ngettext("Asking the server for the goods of %zu order...",
		"Asking the server for the goods of %zu orders...", d->picking.wanted), d->picking.wanted);
	page_addf(&d->page, STYLE_NORMAL, _("%zu of %zu have come. Esc stops it."), d->picking.ended,
		d->picking.wanted);
}

static int draw_note(const struct pick_dialog *d, const struct area *in)
{
	struct page text = PAGE_INIT;
	int rows = 0;
	page_reset(&text, in->cols - 2);
	if (d->note[0] != '\0') {
		page_add(&text, d->note_style, d->note);
		rows = text.n < NOTE_ROWS ? (int)text.n : NOTE_ROWS;
		struct area end = { in->row + in->rows - rows, in->col + 1, rows, in->cols - 2 };
		page_draw(&text, &end, 0);
	}
	page_clear(&text);
	return rows;
}

static void draw(struct dialog *base, const struct state *s, const struct area *a)
{
	struct pick_dialog *d = (struct pick_dialog *)base;
	struct area in = area_inside(a);
	char title[96], keys[96];
	(void)s;
	snprintf(title, sizeof(title), ngettext("Pick list: %zu order", "Pick list: %zu orders",
		d->picking.n), d->picking.n);
	draw_clear(a);
	draw_box(a, true, title);
	/* TRANSLATORS: a key. */
	snprintf(keys, sizeof(keys), _("%s prints, Esc leaves"), command_key(COMMAND_PICK).text);
	draw_corner(a, title, STYLE_DIM, d->ready ? keys : "");
	if (picking_busy(&d->picking))
		write_progress(d, in.cols - 2);
	else
		make_lines(d, in.cols - 2);
	struct area body = { in.row, in.col + 1, in.rows - draw_note(d, &in), in.cols - 2 };
	list_resize(&d->list, d->page.n, body.rows > 0 ? (size_t)body.rows : 0);
	page_draw(&d->page, &body, d->list.top);
	if (d->list.top + d->list.page < d->list.n && in.cols > 6)
		draw_text(a, a->rows - 1, a->cols - 4, 1, STYLE_STRONG, draw_glyph(GLYPH_MORE));
	term_cursor(body.row, body.col);
}

static void release(struct dialog *base)
{
	struct pick_dialog *d = (struct pick_dialog *)base;
	if (picking_busy(&d->picking))
		picking_stop(&d->picking);
	picking_clear(&d->picking);
	pick_clear(&d->pick);
	page_clear(&d->page);
	free(d);
}

static void parts(struct dialog *base, struct dialog_parts *out)
{
	out->list = &((struct pick_dialog *)base)->list;
}

static const struct dialog_key keys[] = {
	{ .command = COMMAND_PICK, .help = N_("Print the list") },
	{ .keys = "Esc", .help = N_("Close") },
	{ .help = NULL }
};

static const struct dialog_ops ops = {
	.title = N_("Pick list"), .keys = keys,
	.key = key, .event = event, .draw = draw, .free = release, .parts = parts
};

unsigned dialog_pick(struct state *s)
{
	struct pick_dialog *d;
	if (s->desk == NULL || s->reader == NULL)
		return state_say_why_not(s, _("The desk is still starting."));
	d = xcalloc(1, sizeof(*d));
	d->base.ops = &ops;
	if (s->marks.n > 0)
		add_marked(d, s);
	else
		add_shown(d, s);
	if (d->picking.n == 0) {
		release(&d->base);
		return state_say_why_not(s, _("There are no orders here to pick for."));
	}
	picking_start(&d->picking, s->desk);
	if (!picking_busy(&d->picking))
		read_list(d, s);
	dialog_open(s, &d->base);
	return REACT_DIALOG;
}
