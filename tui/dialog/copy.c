/* What of an order goes to the terminal's clipboard: its number, the phone, the address. A masked phone is copied whole:
 * whoever copies it wants to call. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "desk/settings.h"
#include "tui/command/command.h"
#include "tui/dialog/dialog.h"
#include "tui/model/state.h"
#include "tui/model/words.h"
#include "tui/pane/pane.h"
#include "tui/term/clipboard.h"
#include "tui/term/key.h"
#include "tui/term/term.h"

#define COPY_COLUMNS 66
#define LABEL_COLUMNS 20
#define CHOICES 3
#define PHONE_MAX 64

struct choice {
	const char *label;	/* N_() */
	char *shown;		/* owned, like the next */
	char *copied;
};

struct copy {
	struct dialog base;
	struct choice choices[CHOICES];
	struct list list;
};

static void add(struct copy *d, const char *label, const char *shown, const char *copied)
{
	if (*copied == '\0')
		return;
	d->choices[d->list.n] = (struct choice){ label, xstrdup(shown), xstrdup(copied) };
	list_resize(&d->list, d->list.n + 1, CHOICES);
}

/* The number alone, as a telephone takes it. */
static void without_blanks(char *s)
{
	char *to = s;
	for (; *s != '\0'; s++) {
		if (*s != ' ')
			*to++ = *s;
	}
	*to = '\0';
}

static void fill(struct copy *d, const struct state *s, const struct order *o)
{
	char shown[PHONE_MAX], whole[PHONE_MAX];
	words_phone(o->phone, s->settings->mask_phones, shown, sizeof(shown));
	words_phone(o->phone, false, whole, sizeof(whole));
	without_blanks(whole);
	add(d, N_("Order number"), o->code, o->code);
	/* TRANSLATORS: of the buyer; a label beside the number. */
	add(d, N_("Phone"), shown, *o->phone != '\0' ? whole : "");
	/* TRANSLATORS: of the buyer; a label beside the address. */
	add(d, N_("Address"), o->address, o->address);
}

static unsigned copy(const struct copy *d, struct state *s)
{
	const struct choice *choice = &d->choices[d->list.cursor];
	if (clipboard_put(choice->copied))
		/* TRANSLATORS: then what it is: the order's number, the phone or the address. */
		state_say(s, STYLE_GOOD, _("Copied to the terminal's clipboard: %s"), _(choice->label));
	else
		state_say(s, STYLE_BAD, "%s", _("That is too long for the clipboard."));
	return REACT_CLOSE | REACT_STATUS;
}

static unsigned key(struct dialog *base, struct state *s, uint32_t key)
{
	struct copy *d = (struct copy *)base;
	enum command command = command_of_key(key);
	enum list_step step;
	if (key == KEY_ESC_ || command == COMMAND_QUIT)
		return REACT_CLOSE;
	if (key == KEY_ENTER_ || command == COMMAND_COPY)
		return copy(d, s);
	if (!pane_step(command, &step))
		return key_is_text(key) ? REACT_HANDLED : REACT_NONE;
	list_move(&d->list, step);
	return REACT_DIALOG;
}

static void draw(struct dialog *base, const struct state *s, const struct area *a)
{
	struct copy *d = (struct copy *)base;
	int columns = a->cols < COPY_COLUMNS ? a->cols : COPY_COLUMNS;
	struct area box = area_centre(a, (int)d->list.n + 2, columns), in = area_inside(&box);
	(void)s;
	draw_clear(&box);
	draw_box(&box, true, _("Copy"));
	draw_corner(&box, _("Copy"), STYLE_DIM, _("Enter copies, Esc leaves"));
	for (size_t i = 0; i < d->list.n; i++) {
		enum style style = i == d->list.cursor ? STYLE_CURSOR : STYLE_NORMAL;
		draw_text(&in, (int)i, 0, LABEL_COLUMNS, style, _(d->choices[i].label));
		draw_text(&in, (int)i, LABEL_COLUMNS, -1, style, d->choices[i].shown);
	}
	term_cursor(in.row + (int)d->list.cursor, in.col);
}

static void release(struct dialog *base)
{
	struct copy *d = (struct copy *)base;
	for (size_t i = 0; i < d->list.n; i++) {
		free(d->choices[i].shown);
		free(d->choices[i].copied);
	}
	free(d);
}

static void parts(struct dialog *base, struct dialog_parts *out)
{
	out->list = &((struct copy *)base)->list;
}

static const struct dialog_ops ops = {
	.key = key, .draw = draw, .free = release, .parts = parts, .gives_way = true
};

static void open_copy(struct state *s, const struct order *o)
{
	struct copy *d = xcalloc(1, sizeof(*d));
	d->base.ops = &ops;
	fill(d, s, o);
	dialog_open(s, &d->base);
}

unsigned dialog_copy(struct state *s)
{
	struct order_list found = ORDER_LIST_INIT;
	const char *id = state_target(s);
	if (!s->settings->clipboard)
		return state_say_why_not(s, _("Nothing is copied: the settings say clipboard = false."));
	if (!clipboard_known())
		return state_say_why_not(s, _("This terminal has no clipboard that can be reached from here."));
	bool ok = id != NULL && s->reader != NULL && reader_order_by_id(s->reader, id, &found, NULL, NULL);
	if (ok)
		open_copy(s, &found.items[0]);
	order_list_clear(&found);
	return ok ? REACT_DIALOG : state_say_why_not(s, _("Choose an order first."));
}
