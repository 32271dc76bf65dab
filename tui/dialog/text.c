/* Dialogs that are read: the keys, a notice, and the warning before leaving with actions under way. */
#include <stdio.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/command/command.h"
#include "tui/dialog/dialog.h"
#include "tui/dialog/fields.h"
#include "tui/dialog/help.h"
#include "tui/pane/pane.h"
#include "tui/model/shops.h"
#include "tui/model/state.h"
#include "tui/term/key.h"
#include "tui/term/term.h"
#include "tui/widget/page.h"
#include "tui/model/words.h"

#define TEXT_COLUMNS 76

struct text_dialog {
	struct dialog base;
	const char *title;
	/* NULL: notice; `below` is the dialog that this one was opened over, or NULL */
	void (*write)(const struct state *s, const struct dialog *below, struct page *p);
	char *notice;
	struct page page;
	struct list list;	/* top: first line shown */
	struct fields buttons;	/* leaving only */
	bool asks;
};

static void write_open_of(const struct state *s, struct page *p)
{
	if (s->bulk.open && s->bulk.batch.state == BATCH_PAUSED && s->bulk.counts.waiting > 0)
		page_add(p, STYLE_WARN, _("The bulk action stays paused until somebody lets it go on."));
	page_add(p, STYLE_NORMAL, "");
	if (s->shops->n > 1 && s->open.n > 0)
		page_add(p, STYLE_STRONG, s->shop->label);
	for (size_t i = 0; i < s->open.n; i++) {
		const struct action *a = &s->open.items[i];
		const struct action_spec *spec = provider_action(s->provider, a->kind);
		page_addf(p, words_action_style(a->state), "%s  %s: %s", a->code,
			spec != NULL ? _(spec->label) : a->kind, words_action(a->state));
	}
}

static void write_open(const struct state *s, const struct dialog *below, struct page *p)
{
	(void)below;
	if (shops_printing(s->shops))
		page_add(p, STYLE_WARN, _("Something is being printed: whoever leaves now stops it half-way."));
	if (shops_open_actions(s->shops) > 0)
		page_add(p, STYLE_NORMAL, _("These actions have not ended yet. What is queued stays in the journal "
			"and goes on with the next start."));
	for (size_t i = 0; i < s->shops->n; i++)
		write_open_of(&s->shops->items[i], p);
}

static unsigned key(struct dialog *base, struct state *s, uint32_t key)
{
	struct text_dialog *d = (struct text_dialog *)base;
	enum list_step step;
	if (d->asks && key != KEY_UP_ && key != KEY_DOWN_) {
		switch (fields_key(&d->buttons, key)) {
		case FIELDS_SUBMIT:
			s->quit = true;
			return REACT_QUIT;
		case FIELDS_CANCEL:
			return REACT_CLOSE;
		case FIELDS_CHANGED:
			return REACT_DIALOG;
		default:
			break;
		}
	}
	if (pane_step(command_of_key(key), &step)) {
		list_scroll(&d->list, step);
		return REACT_DIALOG;
	}
	enum command command = command_of_key(key);
	if (key == KEY_ESC_ || key == KEY_ENTER_ || command == COMMAND_QUIT ||
		(command == COMMAND_HELP && !d->asks))
		return REACT_CLOSE;
	return REACT_NONE;
}

static void draw_more(const struct text_dialog *d, const struct area *box)
{
	char text[96];
	/* TRANSLATORS: a key. */
	snprintf(text, sizeof(text), _("%s shows more"), command_plain_key(COMMAND_PAGE_DOWN).text);
	draw_corner(box, _(d->title), STYLE_DIM, text);
}

static void draw(struct dialog *base, const struct state *s, const struct area *a)
{
	struct text_dialog *d = (struct text_dialog *)base;
	int columns = a->cols < TEXT_COLUMNS ? a->cols : TEXT_COLUMNS, extra = d->asks ? 2 : 0;
	page_reset(&d->page, columns - 4);
	if (d->write != NULL)
		d->write(s, base->below, &d->page);
	else
		page_add(&d->page, STYLE_NORMAL, d->notice);
	struct area box = area_centre(a, (int)d->page.n + 2 + extra, columns), in = area_inside(&box);
	struct area body = { in.row, in.col + 1, in.rows - extra, in.cols - 2 };
	list_resize(&d->list, d->page.n, body.rows > 0 ? (size_t)body.rows : 0);
	draw_clear(&box);
	draw_box(&box, true, _(d->title));
	if (d->list.top + d->list.page < d->list.n)
		draw_more(d, &box);
	page_draw(&d->page, &body, d->list.top);
	term_cursor(body.row, body.col);
	if (d->asks)
		fields_draw(&d->buttons, &in, in.rows - 1);
}

static void release(struct dialog *base)
{
	struct text_dialog *d = (struct text_dialog *)base;
	page_clear(&d->page);
	fields_clear(&d->buttons);
	free(d->notice);
	free(d);
}

static void parts(struct dialog *base, struct dialog_parts *out)
{
	struct text_dialog *d = (struct text_dialog *)base;
	out->list = &d->list;
	out->fields = &d->buttons;
}

static const struct dialog_ops ops = {
	.key = key, .draw = draw, .free = release, .parts = parts
};

static const struct dialog_ops leaving_ops = {
	.title = N_("Leave the desk?"), .keys = FIELDS_KEYS,
	.key = key, .draw = draw, .free = release, .parts = parts
};

static struct text_dialog *open_text(struct state *s, const char *title,
	void (*write)(const struct state *s, const struct dialog *below, struct page *p))
{
	struct text_dialog *d = xcalloc(1, sizeof(*d));
	d->base.ops = &ops;
	d->title = title;
	d->write = write;
	dialog_open(s, &d->base);
	return d;
}

unsigned dialog_help(struct state *s)
{
	open_text(s, N_("Help"), help_write);
	return REACT_DIALOG;
}

unsigned dialog_notice(struct state *s, const char *title, const char *text)
{
	open_text(s, title, NULL)->notice = xstrdup(text);
	return REACT_DIALOG;
}

unsigned dialog_quit(struct state *s)
{
	for (size_t i = 0; i < s->shops->n; i++)
		state_reload_actions(&s->shops->items[i]);
	if (shops_open_actions(s->shops) == 0 && !shops_printing(s->shops)) {
		s->quit = true;
		return REACT_QUIT;
	}
	struct text_dialog *d = open_text(s, N_("Leave the desk?"), write_open);
	d->base.ops = &leaving_ops;
	d->asks = true;
	d->buttons = (struct fields){ .costly = true, .focus = 1, .yes = _("Leave") };
	return REACT_DIALOG;
}
