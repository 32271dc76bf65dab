/* The journal: what was done, newest first. Enter shows an action in full. */
#include <stdio.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/command/command.h"
#include "tui/dialog/dialog.h"
#include "tui/pane/pane.h"
#include "tui/model/state.h"
#include "tui/term/key.h"
#include "tui/term/term.h"
#include "tui/model/words.h"
#include "tui/widget/spot.h"

#define JOURNAL_ROWS 1000

struct journal {
	struct dialog base;
	struct action_list actions;
	struct list list;
};

static void load(struct journal *d, const struct state *s)
{
	struct journal_query q = { .limit = JOURNAL_ROWS };
	action_list_clear(&d->actions);
	if (s->reader != NULL)
		reader_journal(s->reader, &q, &d->actions, NULL);
	list_resize(&d->list, d->actions.n, d->list.page);
}

/* What asks for a decision is what the journal is opened for. */
static void go_to_asking(struct journal *d)
{
	for (size_t i = 0; i < d->actions.n; i++) {
		if (d->actions.items[i].state == ACTION_ASK) {
			list_go(&d->list, i);
			return;
		}
	}
}

static unsigned event(struct dialog *base, struct state *s, const struct event *e)
{
	if (e->kind != EVENT_QUEUED && e->kind != EVENT_ACTION && e->kind != EVENT_DONE)
		return REACT_NONE;
	load((struct journal *)base, s);
	return REACT_DIALOG;
}

static unsigned key(struct dialog *base, struct state *s, uint32_t key)
{
	struct journal *d = (struct journal *)base;
	enum command command = command_of_key(key);
	enum list_step step;
	if (key == KEY_ESC_ || command == COMMAND_JOURNAL || command == COMMAND_QUIT)
		return REACT_CLOSE;
	if (pane_step(command, &step)) {
		list_move(&d->list, step);
		return REACT_DIALOG;
	}
	if (key == KEY_ENTER_ && d->list.n > 0)
		return dialog_record(s, d->actions.items[d->list.cursor].id);
	return REACT_NONE;
}

static void draw_row(const struct journal *d, const struct state *s, const struct area *in, int row)
{
	char line[1024], when[40];
	size_t i = d->list.top + (size_t)row;
	if (i >= d->list.n) {
		draw_text(in, row, 0, -1, STYLE_NORMAL, i == 0 ? _("Nothing was done yet.") : "");
		return;
	}
	const struct action *a = &d->actions.items[i];
	const struct action_spec *spec = provider_action(s->provider, a->kind);
	const char *message = a->message != NULL ? a->message : "";
	words_time(a->confirmed_ms, s->now_ms, when, sizeof(when));
	snprintf(line, sizeof(line), "%-11s %s  %s: %s%s%s", when, a->code,
		spec != NULL ? _(spec->label) : a->kind, words_action(a->state),
		*message != '\0' ? ". " : "", message);
	bool cursor = i == d->list.cursor;
	int clerk = in->cols > 70 ? 14 : 0;
	enum style style = cursor ? STYLE_CURSOR : words_action_style(a->state);
	draw_text(in, row, 0, in->cols - clerk, style, line);
	draw_right(in, row, in->cols - clerk, clerk, cursor ? STYLE_CURSOR : STYLE_DIM,
		a->clerk != NULL ? a->clerk : "");
}

static void draw(struct dialog *base, const struct state *s, const struct area *a)
{
	struct journal *d = (struct journal *)base;
	struct area in = area_inside(a);
	char title[96];
	snprintf(title, sizeof(title), _("Journal: %zu open, %zu to decide"), s->open_actions,
		s->ask_actions);
	list_resize(&d->list, d->list.n, (size_t)in.rows);
	draw_box(a, true, title);
	draw_corner(a, title, STYLE_DIM, d->list.n > 0 ? _("Enter shows all of it") : "");
	spot_add((struct spot){ .kind = SPOT_LIST, .area = in });
	for (int row = 0; row < in.rows; row++)
		draw_row(d, s, &in, row);
	term_cursor(in.row + (int)(d->list.cursor - d->list.top), in.col);
}

static void release(struct dialog *base)
{
	struct journal *d = (struct journal *)base;
	action_list_clear(&d->actions);
	free(d);
}

static void parts(struct dialog *base, struct dialog_parts *out)
{
	out->list = &((struct journal *)base)->list;
}

static const struct dialog_key keys[] = {
	{ .keys = "Enter", .help = N_("Show all of the action, and decide what asks") },
	{ .command = COMMAND_JOURNAL, .help = N_("Close") },
	{ .keys = "Esc", .help = N_("Close") },
	{ .help = NULL }
};

static const struct dialog_ops ops = {
	.title = N_("Journal"), .keys = keys,
	.key = key, .event = event, .draw = draw, .free = release, .parts = parts
};

unsigned dialog_journal(struct state *s)
{
	struct journal *d = xcalloc(1, sizeof(*d));
	d->base.ops = &ops;
	d->actions = (struct action_list)ACTION_LIST_INIT;
	load(d, s);
	go_to_asking(d);
	dialog_open(s, &d->base);
	return REACT_DIALOG;
}
