/* One action for many orders: what became of each. The list is read from the journal, so that it is the same
 * after the dialog was left, after a restart, and in another desk on the store. */
#include <stdio.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "store/batch.h"
#include "tui/command/command.h"
#include "base/layout.h"
#include "tui/dialog/dialog.h"
#include "tui/dialog/result_list.h"
#include "tui/model/bulk.h"
#include "tui/model/state.h"
#include "tui/pane/pane.h"
#include "tui/term/key.h"
#include "tui/term/term.h"
#include "tui/widget/page.h"
#include "tui/widget/spot.h"

#define LEAST_ROWS 3
#define SELECTED_ROWS 3	/* of the result under the cursor, where one does not fit its line */

struct results {
	struct dialog base;
	const struct action_spec *spec;
	uint64_t request;	/* it is being written down; 0 not, or not any more */
	size_t posted;		/* so many orders */
	uint64_t asked;		/* what a key asked for; 0 nothing */
	struct result_list results;
	bool stale;
	char note[ERROR_TEXT_MAX];	/* why a key did nothing, or why nothing was written down */
};

static int64_t batch_id(const struct results *d)
{
	return d->results.batch.id;
}

static void note(struct results *d, const char *text)
{
	snprintf(d->note, sizeof(d->note), "%s", text);
}

static bool load(struct results *d, const struct state *s)
{
	if (!d->stale || batch_id(d) == 0 || s->reader == NULL)
		return false;
	d->stale = false;
	result_list_read(&d->results, s->reader);
	d->spec = provider_action(s->provider, d->results.batch.kind);
	return true;
}

static void show(struct results *d, const struct state *s, const struct batch *batch)
{
	d->results.batch = *batch;
	list_resize(&d->results.list, 0, d->results.list.page);
	d->stale = true;
	note(d, "");
	load(d, s);
}

/* ---- events ---------------------------------------------------------------------------------- */

static void written_down(struct results *d, const struct state *s, const struct event *e)
{
	struct batch batch;
	d->request = 0;
	if (e->kind == EVENT_FAILED || e->kind == EVENT_CANCELLED)
		note(d, e->error.text);
	else if (s->reader != NULL && reader_batch(s->reader, e->batch_id, &batch, NULL))
		show(d, s, &batch);
}

static unsigned event(struct dialog *base, struct state *s, const struct event *e)
{
	struct results *d = (struct results *)base;
	bool failed = e->kind == EVENT_FAILED || e->kind == EVENT_CANCELLED;
	if (d->request != 0 && e->reply_to == d->request) {
		written_down(d, s, e);
		return REACT_DIALOG;
	}
	if (d->asked != 0 && e->reply_to == d->asked && (failed || e->kind == EVENT_DONE)) {
		d->asked = 0;
		note(d, failed ? e->error.text : "");
	} else if (e->batch_id == 0 && e->action_id == 0 && e->kind != EVENT_CHANGED) {
		return REACT_NONE;
	}
	d->stale = true;
	return REACT_DIALOG;
}

/* ---- keys ------------------------------------------------------------------------------------ */

static bool may_ask(struct results *d, const struct state *s)
{
	if (s->read_only)
		note(d, _("This desk was started to read only."));
	return !s->read_only && s->desk != NULL && batch_id(d) != 0 && d->asked == 0;
}

static unsigned pause_or_go_on(struct results *d, struct state *s)
{
	bool running = d->results.batch.state == BATCH_RUNNING;
	if (d->results.counts.waiting == 0)
		note(d, _("Nothing waits any more."));
	else if (may_ask(d, s))
		d->asked = desk_post(s->desk, request_new_pause(batch_id(d), running));
	return REACT_DIALOG;
}

static unsigned undo_all(struct results *d, struct state *s)
{
	if (d->results.counts.waiting == 0)
		note(d, _("Nothing waits any more."));
	else if (may_ask(d, s))
		d->asked = desk_post(s->desk, request_new_undo_all(batch_id(d)));
	return REACT_DIALOG;
}

static unsigned undo_one(struct results *d, struct state *s)
{
	const struct batch_item *item = result_list_current(&d->results);
	struct request *r;
	if (item == NULL || item->action_id == 0 || item->state != ACTION_QUEUED) {
		note(d, _("This one does not wait any more."));
	} else if (may_ask(d, s)) {
		r = request_new(REQUEST_UNDO);
		r->action_id = item->action_id;
		d->asked = desk_post(s->desk, r);
	}
	return REACT_DIALOG;
}

static unsigned other_batch(struct results *d, const struct state *s, bool older)
{
	struct batch batch;
	if (batch_id(d) == 0 || s->reader == NULL)
		return REACT_HANDLED;
	if (older ? reader_batch_before(s->reader, batch_id(d), &batch, NULL) :
		    reader_batch_after(s->reader, batch_id(d), &batch, NULL))
		show(d, s, &batch);
	else
		note(d, older ? _("There is no older one.") : _("There is no newer one."));
	return REACT_DIALOG;
}

static unsigned open_order(const struct results *d, struct state *s)
{
	const struct batch_item *item = result_list_current(&d->results);
	if (item == NULL)
		return REACT_HANDLED;
	if (!state_open_order(s, item->order_id))
		return state_say_why_not(s, _("The order is not in the store any more."));
	return REACT_CLOSE;
}

static bool is_done(const struct batch_item *item)
{
	return item->action_id != 0 && item->state == ACTION_DONE;
}

static bool waybills_come(const struct results *d)
{
	return d->spec != NULL && d->spec->waybill && d->results.counts.waiting == 0;
}

/* Those of the orders that it was done for. */
static unsigned waybills(const struct results *d, struct state *s)
{
	struct marks orders = MARKS_INIT;
	for (size_t i = 0; i < d->results.items.n; i++) {
		const struct batch_item *item = &d->results.items.items[i];
		if (is_done(item))
			marks_add(&orders, item->order_id, item->code);
	}
	unsigned react = orders.n > 0 ? dialog_waybill_of(s, &orders) : REACT_HANDLED;
	marks_clear(&orders);
	return react;
}

static unsigned run(struct results *d, struct state *s, enum command command)
{
	switch (command) {
	case COMMAND_MARK:
		return pause_or_go_on(d, s);
	case COMMAND_UNDO:
		return undo_one(d, s);
	case COMMAND_WAYBILL:
		return waybills_come(d) ? waybills(d, s) : REACT_HANDLED;
	case COMMAND_PREVIOUS_PANE:
	case COMMAND_NEXT_PANE:
		return other_batch(d, s, command == COMMAND_PREVIOUS_PANE);
	case COMMAND_BATCH:
	case COMMAND_BACK:
	case COMMAND_QUIT:
		return REACT_CLOSE;
	case COMMAND_OPEN:
		return open_order(d, s);
	default:
		return REACT_NONE;
	}
}

static unsigned key(struct dialog *base, struct state *s, uint32_t key)
{
	struct results *d = (struct results *)base;
	enum list_step step;
	note(d, batch_id(d) != 0 ? "" : d->note);
	if (pane_step(command_of_key(key), &step)) {
		list_move(&d->results.list, step);
		return REACT_DIALOG;
	}
	switch (layout_latin(key)) {
	case 'U':
		return undo_all(d, s);
	case 'p':
		return pause_or_go_on(d, s);
	case 'f':
		result_list_filter(&d->results, !d->results.trouble_only);
		return REACT_DIALOG;
	default:
		break;
	}
	unsigned react = run(d, s, command_of_key(key));
	return react != REACT_NONE ? react : key_is_text(key) ? REACT_DIALOG : REACT_NONE;
}

/* ---- drawing --------------------------------------------------------------------------------- */

static void write_state(const struct results *d, struct page *p)
{
	const struct batch *b = &d->results.batch;
	bool waits = d->results.counts.waiting > 0;
	if (waits && b->state == BATCH_PAUSED && b->message[0] != '\0')
		page_add(p, STYLE_BAD, b->message);
	if (waits && b->state == BATCH_PAUSED)
		page_addf(p, STYLE_WARN,
			_("Paused: nothing more is sent. %s lets it go on, U takes the rest back."),
			command_key(COMMAND_MARK).text);
	else if (waits)
		page_addf(p, STYLE_DIM, _("%s pauses, U takes the rest back; Esc leaves, and it goes on."),
			command_key(COMMAND_MARK).text);
	if (d->results.trouble_only)
		page_add(p, STYLE_WARN, _("Only those that need a look are shown; f shows all."));
}

static void write_head(const struct results *d, const struct state *s, struct page *p)
{
	char line[512];
	if (d->request != 0)
		page_addf(p, STYLE_WARN, ngettext("Writing %zu order down...", "Writing %zu orders down...",
			d->posted), d->posted);
	if (batch_id(d) != 0) {
		result_list_summary(&d->results, s->now_ms, line, sizeof(line));
		page_add(p, STYLE_STRONG, line);
		write_state(d, p);
	}
	if (d->note[0] != '\0')
		page_add(p, STYLE_BAD, d->note);
}

/* The list, and below it the result under the cursor once more where a line is too long. */
static void draw_list(struct results *d, const struct state *s, const struct area *a, int selected)
{
	struct area rows = *a, below;
	if (a->rows - selected < LEAST_ROWS)
		selected = 0;
	rows.rows -= selected;
	below = (struct area){ a->row + rows.rows + 1, a->col, selected - 1, a->cols };
	spot_add((struct spot){ .kind = SPOT_LIST, .area = rows });
	result_list_draw(&d->results, d->spec, s->now_ms, &rows);
	if (selected > 0)
		result_list_draw_current(&d->results, d->spec, s->now_ms, &below);
}

static void write_keys(const struct results *d, char *out, size_t cap)
{
	if (waybills_come(d))
		/* TRANSLATORS: two keys. */
		snprintf(out, cap, _("%s opens, %s fetches the waybills"), command_key(COMMAND_OPEN).text,
			command_key(COMMAND_WAYBILL).text);
	else
		/* TRANSLATORS: two keys; f is one, too. */
		snprintf(out, cap, _("%s opens, %s takes one back, f: what needs a look"),
			command_key(COMMAND_OPEN).text, command_key(COMMAND_UNDO).text);
}

static void draw(struct dialog *base, const struct state *s, const struct area *a)
{
	struct results *d = (struct results *)base;
	struct page head = PAGE_INIT;
	char keys[96];
	int cols = a->cols - 4;
	load(d, s);
	const char *label = d->spec != NULL ? _(d->spec->label) : d->results.batch.kind;
	page_reset(&head, cols - 4);
	write_head(d, s, &head);
	int selected = result_list_too_long(&d->results, d->spec, s->now_ms, cols - 2) ? SELECTED_ROWS + 1 : 0;
	int rows = (int)head.n + 1 + (int)d->results.items.n + selected + 2;
	struct area box = area_centre(a, rows < a->rows ? rows : a->rows, cols), in = area_inside(&box);
	struct area top = { in.row, in.col + 1, (int)head.n, in.cols - 2 };
	struct area list = { in.row + top.rows + 1, in.col, in.rows - top.rows - 1, in.cols };
	draw_clear(&box);
	draw_box(&box, true, label);
	write_keys(d, keys, sizeof(keys));
	draw_corner(&box, label, STYLE_DIM, keys);
	page_draw(&head, &top, 0);
	page_clear(&head);
	if (list.rows > 0)
		draw_list(d, s, &list, selected);
	term_cursor(list.row + (int)(d->results.list.cursor - d->results.list.top), list.col);
}

static void release(struct dialog *base)
{
	struct results *d = (struct results *)base;
	result_list_clear(&d->results);
	free(d);
}

static void parts(struct dialog *base, struct dialog_parts *out)
{
	out->list = &((struct results *)base)->results.list;
}

static const struct dialog_key keys[] = {
	{ .command = COMMAND_OPEN, .help = N_("Open the order") },
	{ .command = COMMAND_MARK, .help = N_("Pause, or let it go on") },
	{ .command = COMMAND_UNDO, .help = N_("Take back this one") },
	{ .keys = "U", .help = N_("Take back all that still wait") },
	{ .keys = "f", .help = N_("Show only those that need a look, or all") },
	{ .command = COMMAND_WAYBILL, .help = N_("Fetch the waybills") },
	{ .command = COMMAND_PREVIOUS_PANE, .help = N_("What was done before") },
	{ .command = COMMAND_NEXT_PANE, .help = N_("What was done after it") },
	{ .keys = "Esc", .help = N_("Close") },
	{ .help = NULL }
};

static const struct dialog_ops ops = {
	.title = N_("Results"), .keys = keys,
	.key = key, .event = event, .draw = draw, .free = release, .parts = parts
};

static struct results *make(struct state *s)
{
	struct results *d = xcalloc(1, sizeof(*d));
	d->base.ops = &ops;
	dialog_open(s, &d->base);
	return d;
}

unsigned dialog_results(struct state *s, const struct action_spec *spec, const struct marks *orders,
	const struct form *form)
{
	struct results *d = make(s);
	d->spec = spec;
	d->posted = orders->n;
	d->request = bulk_post(s, spec, orders, form);
	return REACT_DIALOG | REACT_ORDERS;
}

unsigned dialog_batches(struct state *s)
{
	struct batch batch;
	if (s->reader == NULL || (!reader_batch_open(s->reader, &batch, NULL) &&
		!reader_batch_before(s->reader, 0, &batch, NULL)))
		return state_say_why_not(s, _("No action was for many orders yet: mark some first."));
	show(make(s), s, &batch);
	return REACT_DIALOG;
}
