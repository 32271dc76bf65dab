/* The report of a day, a week or a month, read from the store while the desk goes on. */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/layout.h"
#include "base/mem.h"
#include "desk/reporting.h"
#include "order/report_text.h"
#include "tui/command/command.h"
#include "tui/dialog/dialog.h"
#include "tui/model/state.h"
#include "tui/model/words.h"
#include "tui/pane/pane.h"
#include "tui/term/key.h"
#include "tui/term/term.h"
#include "tui/widget/page.h"

#define WORK_MS 20		/* of a turn of the loop */
#define BACK_MAX 3650		/* days */
#define HELP_ROWS 2
#define NOON (12 * 60)

struct report_dialog {
	struct dialog base;
	enum report_period period;
	int back;		/* the period ends so many days before today */
	int64_t as_of_ms;
	struct reporting reporting;
	struct error failed;
	struct page page;	/* its lines, for page.columns */
	struct list list;	/* top: first line shown */
};

/* ---- reading --------------------------------------------------------------------------------- */

static unsigned work(struct dialog *base, struct state *s)
{
	struct report_dialog *d = (struct report_dialog *)base;
	int64_t until = clock_mono_ms() + WORK_MS;
	while (base->busy && clock_mono_ms() < until) {
		bool ok = reporting_step(&d->reporting, s->reader, &d->failed);
		base->busy = ok && !d->reporting.done;
	}
	return REACT_DIALOG;
}

static unsigned begin(struct report_dialog *d, struct state *s)
{
	reporting_begin(&d->reporting, s->provider, d->period, time_on_day(s->now_ms, -d->back, NOON));
	d->as_of_ms = s->now_ms;
	d->failed = (struct error)ERROR_INIT;
	d->base.busy = true;
	page_reset(&d->page, 0);
	work(&d->base, s);
	return REACT_DIALOG;
}

/* ---- keys ------------------------------------------------------------------------------------ */

static unsigned set_period(struct report_dialog *d, struct state *s, enum report_period period)
{
	d->period = period;
	d->list = (struct list)LIST_INIT;
	return begin(d, s);
}

static unsigned go(struct report_dialog *d, struct state *s, int days)
{
	int back = d->back + days;
	if (back > BACK_MAX)
		return REACT_HANDLED;
	d->back = back > 0 ? back : 0;
	return begin(d, s);
}

/* Small letters: no scanner begins with one. */
static unsigned letter(struct report_dialog *d, struct state *s, uint32_t key)
{
	switch (layout_latin(key)) {
	case 'd':
		return set_period(d, s, REPORT_DAY);
	case 'w':
		return set_period(d, s, REPORT_WEEK);
	case 'm':
		return set_period(d, s, REPORT_MONTH);
	default:
		return REACT_NONE;
	}
}

static unsigned key(struct dialog *base, struct state *s, uint32_t key)
{
	struct report_dialog *d = (struct report_dialog *)base;
	enum command command = command_of_key(key);
	enum list_step step;
	if (key == KEY_ESC_ || command == COMMAND_REPORT || command == COMMAND_QUIT)
		return REACT_CLOSE;
	if (command == COMMAND_PREVIOUS_PANE)
		return go(d, s, report_days(d->period));
	if (command == COMMAND_NEXT_PANE)
		return go(d, s, -report_days(d->period));
	if (command == COMMAND_REFRESH)
		return begin(d, s);
	if (pane_step(command, &step))
		return list_scroll(&d->list, step) ? REACT_DIALOG : REACT_HANDLED;
	return letter(d, s, key);
}

/* ---- drawing --------------------------------------------------------------------------------- */

static void add_line(void *arg, enum report_mark mark, const char *text)
{
	static const enum style styles[] = {
		[REPORT_PLAIN] = STYLE_NORMAL,
		[REPORT_TITLE] = STYLE_STRONG,
		[REPORT_OVER] = STYLE_BAD,
	};
	page_add(arg, styles[mark], text);
}

static void make_lines(struct report_dialog *d, const struct state *s, int columns)
{
	const struct report_head head = { s->shop->label, s->provider, s->shop->cancel_limit, s->shop->late_limit };
	const struct report_page page = { columns, !term_utf8(), add_line, &d->page };
	if (d->page.columns == columns)
		return;
	page_reset(&d->page, columns);
	if (d->failed.text[0] != '\0')
		page_add(&d->page, STYLE_BAD, d->failed.text);
	else
		report_write_text(&d->reporting.report, &head, &page);
}

static int draw_help(const struct area *in)
{
	struct page text = PAGE_INIT;
	page_reset(&text, in->cols - 2);
	/* TRANSLATORS: keys of the report; %s are keys, too */
	page_addf(&text, STYLE_DIM, _("d day, w week, m month; %s earlier, %s later; %s reads it anew, Esc leaves"),
		command_key(COMMAND_PREVIOUS_PANE).text, command_key(COMMAND_NEXT_PANE).text,
		command_key(COMMAND_REFRESH).text);
	int rows = text.n < HELP_ROWS ? (int)text.n : HELP_ROWS;
	struct area end = { in->row + in->rows - rows, in->col + 1, rows, in->cols - 2 };
	page_draw(&text, &end, 0);
	page_clear(&text);
	return rows;
}

static const char *title_of(enum report_period period)
{
	switch (period) {
	case REPORT_WEEK:
		return _("Report of a week");
	case REPORT_MONTH:
		return _("Report of a month");
	default:
		return _("Report of a day");
	}
}

static void draw_frame(const struct report_dialog *d, const struct state *s, const struct area *a)
{
	char when[40], text[80];
	words_time(d->as_of_ms, s->now_ms, when, sizeof(when));
	/* TRANSLATORS: %s is a time of day: when the numbers were read */
	snprintf(text, sizeof(text), _("as of %s"), when);
	draw_clear(a);
	draw_box(a, true, title_of(d->period));
	draw_corner(a, title_of(d->period), STYLE_DIM, text);
}

static void draw_progress(const struct report_dialog *d, const struct area *body)
{
	long long n = (long long)report_orders(&d->reporting.report);
	char text[160];
	snprintf(text, sizeof(text), _("Reading the orders: %lld so far..."), n);
	draw_text(body, 0, 0, -1, STYLE_WARN, text);
}

static void draw(struct dialog *base, const struct state *s, const struct area *a)
{
	struct report_dialog *d = (struct report_dialog *)base;
	struct area in = area_inside(a);
	draw_frame(d, s, a);
	struct area body = { in.row, in.col + 1, in.rows - draw_help(&in), in.cols - 2 };
	if (base->busy) {
		draw_progress(d, &body);
	} else {
		make_lines(d, s, body.cols);
		list_resize(&d->list, d->page.n, body.rows > 0 ? (size_t)body.rows : 0);
		page_draw(&d->page, &body, d->list.top);
		if (d->list.top + d->list.page < d->list.n && in.cols > 6)
			draw_text(a, a->rows - 1, a->cols - 4, 1, STYLE_STRONG, draw_glyph(GLYPH_MORE));
	}
	term_cursor(body.row, body.col);
}

static void release(struct dialog *base)
{
	struct report_dialog *d = (struct report_dialog *)base;
	reporting_clear(&d->reporting);
	page_clear(&d->page);
	free(d);
}

static void parts(struct dialog *base, struct dialog_parts *out)
{
	out->list = &((struct report_dialog *)base)->list;
}

static const struct dialog_key keys[] = {
	{ .keys = "d", .help = N_("The day") },
	{ .keys = "w", .help = N_("The week") },
	{ .keys = "m", .help = N_("The month") },
	{ .command = COMMAND_PREVIOUS_PANE, .help = N_("The time before") },
	{ .command = COMMAND_NEXT_PANE, .help = N_("The time after it") },
	{ .command = COMMAND_REFRESH, .help = N_("Read it anew") },
	{ .keys = "Esc", .help = N_("Close") },
	{ .help = NULL }
};

static const struct dialog_ops ops = {
	.title = N_("Report"), .keys = keys,
	.key = key, .work = work, .draw = draw, .free = release, .parts = parts
};

unsigned dialog_report(struct state *s)
{
	struct report_dialog *d;
	if (s->reader == NULL)
		return state_say_why_not(s, _("The desk is still starting."));
	d = xcalloc(1, sizeof(*d));
	d->base.ops = &ops;
	d->period = REPORT_DAY;
	dialog_open(s, &d->base);
	return begin(d, s);
}
