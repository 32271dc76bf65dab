/* The number of an order; Enter opens it: from the store, else from the server. */
#include <stdio.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/dialog/dialog.h"
#include "base/layout.h"
#include "tui/model/shops.h"
#include "tui/model/state.h"
#include "tui/term/key.h"
#include "tui/term/term.h"
#include "tui/widget/lineedit.h"
#include "tui/widget/page.h"

#define NUMBER_COLUMNS 54
#define NUMBER_MAX 32

struct number {
	struct dialog base;
	struct lineedit edit;
	uint64_t request;	/* the look-up under way; 0 none */
	bool elsewhere;		/* another shop has the order: Enter shows it there */
	enum style note_style;
	char note[ERROR_TEXT_MAX];
};

static void note(struct number *d, enum style style, const char *text)
{
	snprintf(d->note, sizeof(d->note), "%s", text);
	d->note_style = style;
}

/* Opens it in the shop's own list, if that knows it. */
static bool open_in(struct state *s, const char *code)
{
	struct order_list found = ORDER_LIST_INIT;
	bool here = s->reader != NULL && reader_order_by_code(s->reader, code, &found, NULL, NULL) &&
		state_open_order(s, found.items[0].id);
	order_list_clear(&found);
	return here;
}

static bool known_to(const struct state *s, const char *code)
{
	struct order_list found = ORDER_LIST_INIT;
	bool known = s->reader != NULL && reader_order_by_code(s->reader, code, &found, NULL, NULL);
	order_list_clear(&found);
	return known;
}

/* Another shop that has it, or NULL. */
static struct state *other_shop(const struct state *s, const char *code)
{
	for (size_t i = 0; i < s->shops->n; i++) {
		struct state *other = &s->shops->items[i];
		if (other != s && known_to(other, code))
			return other;
	}
	return NULL;
}

static unsigned show_elsewhere(struct number *d, struct state *s)
{
	struct state *other = other_shop(s, d->edit.text);
	if (other != NULL && open_in(other, d->edit.text))
		s->shops->wanted = (size_t)(other - s->shops->items);
	return REACT_CLOSE;
}

static unsigned look_up(struct number *d, struct state *s)
{
	char text[ERROR_TEXT_MAX];
	if (open_in(s, d->edit.text))
		return REACT_CLOSE;
	const struct state *other = other_shop(s, d->edit.text);
	if (other != NULL) {
		d->elsewhere = true;
		snprintf(text, sizeof(text), _("It is an order of the shop %s. Enter shows it there, Esc leaves."),
			other->shop->label);
		note(d, STYLE_WARN, text);
		return REACT_DIALOG;
	}
	if (s->desk == NULL) {
		note(d, STYLE_BAD, _("The desk is still starting."));
		return REACT_DIALOG;
	}
	d->request = desk_post(s->desk, request_new_lookup(d->edit.text));
	note(d, STYLE_WARN, _("Not in the list here. Asking the server..."));
	return REACT_DIALOG;
}

static unsigned key(struct dialog *base, struct state *s, uint32_t key)
{
	struct number *d = (struct number *)base;
	if (key == KEY_ESC_)
		return REACT_CLOSE;
	if (d->request != 0)
		return REACT_HANDLED;
	if (key == KEY_ENTER_ && d->elsewhere)
		return show_elsewhere(d, s);
	if (key == KEY_ENTER_)
		return d->edit.len > 0 ? look_up(d, s) : REACT_CLOSE;
	if (key_is_text(key)) {
		key = layout_digit(key);
		if (key == 0)
			return REACT_HANDLED;
	}
	if (!lineedit_key(&d->edit, key, NULL))
		return REACT_NONE;
	d->elsewhere = false;
	note(d, STYLE_NORMAL, "");
	return REACT_DIALOG;
}

static unsigned event(struct dialog *base, struct state *s, const struct event *e)
{
	struct number *d = (struct number *)base;
	if (d->request == 0 || e->reply_to != d->request)
		return REACT_NONE;
	switch (e->kind) {
	case EVENT_DONE:
		d->request = 0;
		state_open_reader(s);
		if (e->order_id != NULL && state_open_order(s, e->order_id))
			return REACT_CLOSE;
		note(d, STYLE_BAD, _("The server knows the order, but it could not be read here."));
		return REACT_DIALOG;
	case EVENT_FAILED:
	case EVENT_CANCELLED:
		d->request = 0;
		note(d, STYLE_BAD, e->error.text);
		return REACT_DIALOG;
	default:
		return REACT_NONE;
	}
}

static void draw(struct dialog *base, const struct state *s, const struct area *a)
{
	struct number *d = (struct number *)base;
	struct page text = PAGE_INIT;
	int columns = a->cols < NUMBER_COLUMNS ? a->cols : NUMBER_COLUMNS, cursor;
	(void)s;
	page_reset(&text, columns - 4);
	page_add(&text, d->note_style, d->note[0] != '\0' ? d->note : _("Enter opens it, Esc leaves."));
	struct area box = area_centre(a, 4 + (int)text.n, columns), in = area_inside(&box);
	struct area below = { in.row + 2, in.col + 1, in.rows - 2, in.cols - 2 };
	draw_clear(&box);
	draw_box(&box, true, _("Order number"));
	size_t from = lineedit_view(&d->edit, NUMBER_MAX, &cursor);
	draw_text(&in, 0, 1, NUMBER_MAX, STYLE_FIELD_FOCUS, d->edit.text + from);
	page_draw(&text, &below, 0);
	term_cursor(in.row, in.col + 1 + cursor);
	page_clear(&text);
}

static void release(struct dialog *base)
{
	free(base);
}

static const struct dialog_key keys[] = {
	{ .keys = "Enter", .help = N_("Open the order of that number") },
	{ .keys = "Esc", .help = N_("Close") },
	{ .help = NULL }
};

static const struct dialog_ops ops = {
	.title = N_("Order number"), .keys = keys,
	.key = key, .event = event, .draw = draw, .free = release, .gives_way = true
};

static struct number *open_number(struct state *s)
{
	struct number *d = xcalloc(1, sizeof(*d));
	d->base.ops = &ops;
	lineedit_init(&d->edit, NUMBER_MAX - 1);
	dialog_open(s, &d->base);
	return d;
}

unsigned dialog_number(struct state *s, uint32_t first_key)
{
	struct number *d = open_number(s);
	lineedit_insert(&d->edit, layout_digit(first_key));
	return REACT_DIALOG;
}

unsigned dialog_number_open(struct state *s, const char *code)
{
	struct number *d = open_number(s);
	lineedit_set(&d->edit, code);
	if (look_up(d, s) & REACT_CLOSE)
		dialog_close(s, &d->base);
	return REACT_ALL;
}
