/* Waybills of the marked orders, or of one: what becomes of each, and printing those that are there. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/command/command.h"
#include "base/layout.h"
#include "tui/dialog/dialog.h"
#include "tui/model/state.h"
#include "tui/pane/pane.h"
#include "tui/term/key.h"
#include "tui/term/term.h"
#include "tui/widget/page.h"
#include "tui/widget/spot.h"

#define LINE_MAX_BYTES (ERROR_TEXT_MAX + 128)
#define ROWS_MAX 16
#define FOOT_ROWS 3	/* below an empty one */
#define AT_A_TIME 6	/* that are asked for: a pause is felt at once */

enum stage { STAGE_TURN, STAGE_ASKED, STAGE_WAITING, STAGE_FETCHING, STAGE_READY, STAGE_FAILED };

struct item {
	char *order_id;
	char *code;
	uint64_t request;	/* 0: it has ended */
	enum stage stage;
	bool printing;		/* lp has it in hand */
	bool printed;
	char *text;		/* READY: the path; FAILED: why not */
};

struct waybills {
	struct dialog base;
	struct item *items;
	struct list list;
	uint64_t print;		/* the request; 0 none */
	bool again;		/* all were printed: asks whether once more */
	bool paused;		/* no more are asked for */
	enum style said_style;
	char said[ERROR_TEXT_MAX];	/* of the printing; "" nothing yet */
};

/* ---- the worker -------------------------------------------------------------------------------- */

/* As many as may be asked for at a time, from the top. */
static void fetch_more(struct waybills *d, struct state *s)
{
	size_t asked = 0;
	for (size_t i = 0; i < d->list.n; i++)
		asked += d->items[i].request != 0;
	for (size_t i = 0; i < d->list.n && asked < AT_A_TIME && !d->paused; i++) {
		struct item *item = &d->items[i];
		if (item->stage != STAGE_TURN)
			continue;
		item->stage = STAGE_ASKED;
		item->request = desk_post(s->desk, request_new_document(item->order_id, false));
		asked++;
	}
}

static void end(struct item *item, enum stage stage, const char *text)
{
	item->stage = stage;
	item->text = xstrdup_null(text);
	item->request = 0;
}

static void follow(struct item *item, const struct event *e)
{
	switch (e->kind) {
	case EVENT_DOCUMENT:
		item->stage = e->stage == DOCUMENT_WAITING ? STAGE_WAITING : STAGE_FETCHING;
		break;
	case EVENT_DONE:
		end(item, STAGE_READY, e->path);
		break;
	case EVENT_FAILED:
	case EVENT_CANCELLED:
		end(item, STAGE_FAILED, e->error.text);
		break;
	default:
		break;
	}
}

static unsigned event(struct dialog *base, struct state *s, const struct event *e)
{
	struct waybills *d = (struct waybills *)base;
	if (e->reply_to == 0)
		return REACT_NONE;
	if (e->reply_to == d->print) {
		d->print = 0;
		d->said_style = e->kind == EVENT_DONE ? STYLE_GOOD : STYLE_BAD;
		snprintf(d->said, sizeof(d->said), "%s", e->kind != EVENT_DONE ? e->error.text :
			e->message != NULL ? e->message : _("Printed."));
		for (size_t i = 0; i < d->list.n; i++) {
			d->items[i].printed |= d->items[i].printing && e->kind == EVENT_DONE;
			d->items[i].printing = false;
		}
		return REACT_DIALOG;
	}
	for (size_t i = 0; i < d->list.n; i++) {
		if (d->items[i].request != e->reply_to)
			continue;
		follow(&d->items[i], e);
		fetch_more(d, s);
		return REACT_DIALOG;
	}
	return REACT_NONE;
}

static size_t count(const struct waybills *d, enum stage stage)
{
	size_t n = 0;
	for (size_t i = 0; i < d->list.n; i++)
		n += d->items[i].stage == stage;
	return n;
}

static size_t unfinished(const struct waybills *d)
{
	return d->list.n - count(d, STAGE_READY) - count(d, STAGE_FAILED);
}

/* ---- printing ---------------------------------------------------------------------------------- */

/* The title says what lies in the tray: a number, or how many there are. */
static void post_print(struct waybills *d, struct state *s, const char **files, size_t n, const char *code)
{
	char title[80];
	if (n == 1)
		snprintf(title, sizeof(title), "duken %s", code);
	else
		snprintf(title, sizeof(title), ngettext("duken: %zu waybill", "duken: %zu waybills", n), n);
	d->print = desk_post(s->desk, request_new_print(files, n, title));
	s->print = d->print;
	d->said_style = STYLE_WARN;
	snprintf(d->said, sizeof(d->said), ngettext("Printing %zu waybill...", "Printing %zu waybills...", n), n);
}

/* Those that are there and were not printed yet, or all that are there. */
static size_t print(struct waybills *d, struct state *s, bool all)
{
	const char **files = xcalloc(d->list.n + 1, sizeof(files[0]));
	const char *code = "";
	size_t n = 0;
	for (size_t i = 0; i < d->list.n; i++) {
		struct item *item = &d->items[i];
		if (item->stage != STAGE_READY || (item->printed && !all))
			continue;
		item->printing = true;
		code = item->code;
		files[n++] = item->text;
	}
	if (n > 0)
		post_print(d, s, files, n, code);
	free(files);
	return n;
}

static unsigned print_key(struct waybills *d, struct state *s)
{
	bool again = d->again;
	d->again = false;
	if (d->print != 0 || print(d, s, again) > 0)
		return REACT_DIALOG;
	if (count(d, STAGE_READY) > 0) {
		d->again = true;
	} else {
		d->said_style = STYLE_WARN;
		snprintf(d->said, sizeof(d->said), "%s", _("Nothing is there yet that could be printed."));
	}
	return REACT_DIALOG;
}

/* ---- keys -------------------------------------------------------------------------------------- */

static unsigned retry(struct waybills *d, struct state *s)
{
	for (size_t i = 0; i < d->list.n; i++) {
		struct item *item = &d->items[i];
		if (item->stage != STAGE_FAILED)
			continue;
		free(item->text);
		item->text = NULL;
		item->stage = STAGE_TURN;
	}
	fetch_more(d, s);
	return REACT_DIALOG;
}

static unsigned pause_or_go_on(struct waybills *d, struct state *s)
{
	d->paused = !d->paused && unfinished(d) > 0;
	fetch_more(d, s);
	return REACT_DIALOG;
}

static unsigned leave(struct waybills *d, struct state *s)
{
	for (size_t i = 0; i < d->list.n; i++) {
		if (d->items[i].request == 0)
			continue;
		struct request *r = request_new(REQUEST_CANCEL);
		r->target = d->items[i].request;
		desk_post(s->desk, r);
	}
	return REACT_CLOSE;
}

static unsigned key(struct dialog *base, struct state *s, uint32_t key)
{
	struct waybills *d = (struct waybills *)base;
	enum command command = command_of_key(key);
	bool asked = d->again;
	enum list_step step;
	if (layout_latin(key) == 'p')
		return print_key(d, s);
	d->again = false;
	if (key == KEY_ESC_)
		return asked ? REACT_DIALOG : leave(d, s);
	if (pane_step(command, &step)) {
		list_move(&d->list, step);
		if (d->print == 0)
			d->said[0] = '\0';
		return REACT_DIALOG;
	}
	if (command == COMMAND_REFRESH)
		return retry(d, s);
	if (command == COMMAND_MARK)
		return pause_or_go_on(d, s);
	return asked ? REACT_DIALOG : REACT_NONE;
}

/* ---- drawing ----------------------------------------------------------------------------------- */

static const char *word(const struct item *item, enum style *style)
{
	*style = STYLE_WARN;
	switch (item->stage) {
	case STAGE_TURN:
		*style = STYLE_DIM;
		/* TRANSLATORS: of a waybill, behind the order's number. */
		return _("waits for its turn");
	case STAGE_ASKED:
		/* TRANSLATORS: of a waybill, behind the order's number. */
		return _("asking");
	case STAGE_WAITING:
		return _("the server is still making it");
	case STAGE_FETCHING:
		return _("being fetched");
	case STAGE_READY:
		*style = STYLE_GOOD;
		/* TRANSLATORS: of a waybill, behind the order's number. */
		if (item->printing)
			return _("being printed");
		return item->printed ? _("printed") : _("ready");
	case STAGE_FAILED:
		break;
	}
	*style = STYLE_BAD;
	return _("not there");
}

static void line_of(const struct item *item, char *out, size_t cap, enum style *style)
{
	const char *stage = word(item, style);
	snprintf(out, cap, "%s  %s%s%s", item->code, stage, item->text != NULL ? ": " : "",
		item->text != NULL ? item->text : "");
}

static void draw_row(const struct waybills *d, const struct area *in, int row)
{
	char line[LINE_MAX_BYTES];
	enum style style;
	size_t i = d->list.top + (size_t)row;
	if (i >= d->list.n) {
		draw_text(in, row, 0, -1, STYLE_NORMAL, "");
		return;
	}
	line_of(&d->items[i], line, sizeof(line), &style);
	draw_text(in, row, 0, -1, i == d->list.cursor ? STYLE_CURSOR : style, line);
}

/* What the clerk has to know now: the question, the printing, why something is not there, what leaving does, and
 * then the row that is too long for its line. */
static void draw_foot(const struct waybills *d, const struct area *a)
{
	const struct item *item = &d->items[d->list.cursor];
	char line[LINE_MAX_BYTES];
	struct page text = PAGE_INIT;
	enum style style;
	page_reset(&text, a->cols);
	line_of(item, line, sizeof(line), &style);
	bool cut = draw_width(line) > a->cols;
	if (d->again)
		page_add(&text, STYLE_STRONG, _("All of them were printed. Print once more? p prints, Esc does not."));
	else if (d->said[0] != '\0')
		page_add(&text, d->said_style, d->said);
	else if (cut && item->stage == STAGE_FAILED)
		page_add(&text, style, line);
	else if (d->paused && unfinished(d) > 0)
		page_addf(&text, STYLE_WARN, _("Paused: %s goes on. What is ready is kept."),
			command_key(COMMAND_MARK).text);
	else if (unfinished(d) > 0)
		page_addf(&text, STYLE_DIM, _("%s pauses, Esc stops what is not here yet; what is ready is kept."),
			command_key(COMMAND_MARK).text);
	else if (cut)
		page_add(&text, style, line);
	else if (count(d, STAGE_FAILED) > 0)
		page_addf(&text, STYLE_DIM, _("%s asks once more for those that are not there."),
			command_key(COMMAND_REFRESH).text);
	page_draw(&text, a, 0);
	page_clear(&text);
}

static void draw(struct dialog *base, const struct state *s, const struct area *a)
{
	struct waybills *d = (struct waybills *)base;
	char head[160], keys[96];
	int rows = d->list.n < ROWS_MAX ? (int)d->list.n : ROWS_MAX;
	struct area box = area_centre(a, rows + 2 + 1 + FOOT_ROWS, a->cols - 4);
	struct area in = area_inside(&box);
	struct area foot = { in.row + in.rows - FOOT_ROWS, in.col, FOOT_ROWS, in.cols };
	(void)s;
	/* TRANSLATORS: numbers of waybills. */
	snprintf(head, sizeof(head), _("Waybills: %zu of %zu ready, %zu to come"), count(d, STAGE_READY), d->list.n,
		unfinished(d));
	draw_clear(&box);
	draw_box(&box, true, head);
	snprintf(keys, sizeof(keys), _("%s prints, Esc leaves"), "p");
	draw_corner(&box, head, STYLE_DIM, keys);
	in.rows -= FOOT_ROWS + 1;
	list_resize(&d->list, d->list.n, in.rows > 0 ? (size_t)in.rows : 0);
	spot_add((struct spot){ .kind = SPOT_LIST, .area = in });
	for (int row = 0; row < in.rows; row++)
		draw_row(d, &in, row);
	draw_foot(d, &foot);
	term_cursor(in.row + (int)(d->list.cursor - d->list.top), in.col);
}

/* ---- opening ----------------------------------------------------------------------------------- */

static void release(struct dialog *base)
{
	struct waybills *d = (struct waybills *)base;
	for (size_t i = 0; i < d->list.n; i++) {
		free(d->items[i].order_id);
		free(d->items[i].code);
		free(d->items[i].text);
	}
	free(d->items);
	free(d);
}

static void parts(struct dialog *base, struct dialog_parts *out)
{
	out->list = &((struct waybills *)base)->list;
}

static const struct dialog_key keys[] = {
	{ .keys = "p", .help = N_("Print what is ready") },
	{ .command = COMMAND_MARK, .help = N_("Pause, or let it go on") },
	{ .command = COMMAND_REFRESH, .help = N_("Ask once more for those that are not there") },
	{ .keys = "Esc", .help = N_("Close") },
	{ .help = NULL }
};

static const struct dialog_ops ops = {
	.title = N_("Waybills"), .keys = keys,
	.key = key, .event = event, .draw = draw, .free = release, .parts = parts
};

static void open_for(struct state *s, const struct marks *orders)
{
	struct waybills *d = xcalloc(1, sizeof(*d));
	d->base.ops = &ops;
	d->items = xcalloc(orders->n, sizeof(d->items[0]));
	list_resize(&d->list, orders->n, 1);
	for (size_t i = 0; i < orders->n; i++) {
		d->items[i].order_id = xstrdup(orders->items[i].order_id);
		d->items[i].code = xstrdup(orders->items[i].code);
	}
	fetch_more(d, s);
	dialog_open(s, &d->base);
}

unsigned dialog_waybill_of(struct state *s, const struct marks *orders)
{
	if (s->desk == NULL || s->reader == NULL)
		return state_say_why_not(s, _("The desk is still starting."));
	if (orders->n == 0)
		return state_say_why_not(s, _("Choose an order first."));
	open_for(s, orders);
	return REACT_DIALOG;
}

unsigned dialog_waybill(struct state *s)
{
	struct marks orders = MARKS_INIT;
	if (s->reader != NULL)
		dialog_targets(s, &orders);
	unsigned react = dialog_waybill_of(s, &orders);
	marks_clear(&orders);
	return react;
}
