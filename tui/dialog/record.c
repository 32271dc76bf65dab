/* One action of the journal in full: what, who, when, how it ended and in whose words. What asks for a
 * person's decision is decided here, with a confirmation that starts on No. */
#include <stdio.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/command/command.h"
#include "tui/dialog/dialog.h"
#include "tui/dialog/fields.h"
#include "tui/model/state.h"
#include "tui/model/words.h"
#include "tui/pane/pane.h"
#include "tui/term/key.h"
#include "tui/term/term.h"
#include "tui/widget/page.h"
#include "tui/widget/spot.h"

#define RECORD_COLUMNS 70
#define VALUE_CHARS 120	/* of what was filled in */

enum choice { CHOICE_OPEN, CHOICE_DONE, CHOICE_NOT_DONE, CHOICE_BACK, CHOICES };

static const char *const choice_words[CHOICES] = {
	[CHOICE_OPEN] = N_("Open the order"),
	/* TRANSLATORS: a person decides what became of an action. */
	[CHOICE_DONE] = N_("It was done"),
	[CHOICE_NOT_DONE] = N_("It was not done"),
	[CHOICE_BACK] = N_("Back"),
};

struct record {
	struct dialog base;
	int64_t id;
	struct action_list actions;	/* the one */
	enum choice choices[CHOICES];	/* those that are offered */
	struct list list;
	bool sure;		/* asks whether the decision is meant */
	bool done;		/* the decision */
	struct fields buttons;	/* of the confirmation */
	uint64_t request;	/* the decision under way; 0 none */
	char note[ERROR_TEXT_MAX];
};

static const struct action *the_action(const struct record *d)
{
	return d->actions.n > 0 ? &d->actions.items[0] : NULL;
}

static bool decides(const struct record *d, const struct state *s)
{
	return the_action(d) != NULL && the_action(d)->state == ACTION_ASK && !s->read_only &&
		s->desk != NULL && d->request == 0;
}

static void load(struct record *d, const struct state *s)
{
	size_t n = 0;
	action_list_clear(&d->actions);
	if (s->reader != NULL)
		reader_action(s->reader, d->id, &d->actions, NULL);
	for (int i = 0; i < CHOICES; i++) {
		bool decision = i == CHOICE_DONE || i == CHOICE_NOT_DONE;
		if (!decision || decides(d, s))
			d->choices[n++] = (enum choice)i;
	}
	list_resize(&d->list, n, CHOICES);
	d->sure = d->sure && decides(d, s);
}

/* ---- deciding -------------------------------------------------------------------------------- */

static unsigned ask_whether_sure(struct record *d, bool done)
{
	d->sure = true;
	d->done = done;
	d->buttons = (struct fields){ .costly = true, .focus = 1, .yes = _("Yes, write it down") };
	return REACT_DIALOG;
}

static unsigned settle(struct record *d, struct state *s)
{
	struct request *r = request_new(REQUEST_SETTLE);
	r->action_id = d->id;
	r->on = d->done;
	d->request = desk_post(s->desk, r);
	d->sure = false;
	load(d, s);
	return REACT_DIALOG;
}

static unsigned open_order(const struct record *d, struct state *s)
{
	if (the_action(d) == NULL || !state_open_order(s, the_action(d)->order_id))
		return state_say_why_not(s, _("The order is not in the store any more."));
	dialogs_clear(s);
	return REACT_ALL;
}

static unsigned choose(struct record *d, struct state *s)
{
	switch (d->choices[d->list.cursor]) {
	case CHOICE_OPEN:
		return open_order(d, s);
	case CHOICE_DONE:
	case CHOICE_NOT_DONE:
		return ask_whether_sure(d, d->choices[d->list.cursor] == CHOICE_DONE);
	default:
		return REACT_CLOSE;
	}
}

static unsigned key_of_sure(struct record *d, struct state *s, uint32_t key)
{
	switch (fields_key(&d->buttons, key)) {
	case FIELDS_SUBMIT:
		return settle(d, s);
	case FIELDS_CANCEL:
		d->sure = false;
		return REACT_DIALOG;
	case FIELDS_CHANGED:
		return REACT_DIALOG;
	default:
		return key_is_text(key) ? REACT_HANDLED : REACT_NONE;
	}
}

static unsigned key(struct dialog *base, struct state *s, uint32_t key)
{
	struct record *d = (struct record *)base;
	enum list_step step;
	if (d->sure)
		return key_of_sure(d, s, key);
	if (key == KEY_ESC_ || command_of_key(key) == COMMAND_QUIT)
		return REACT_CLOSE;
	if (key == KEY_ENTER_)
		return choose(d, s);
	if (!pane_step(command_of_key(key), &step))
		return key_is_text(key) ? REACT_HANDLED : REACT_NONE;
	list_move(&d->list, step);
	return REACT_DIALOG;
}

static unsigned event(struct dialog *base, struct state *s, const struct event *e)
{
	struct record *d = (struct record *)base;
	bool mine = d->request != 0 && e->reply_to == d->request;
	if (mine && e->kind == EVENT_DONE)
		return REACT_CLOSE;
	if (mine && (e->kind == EVENT_FAILED || e->kind == EVENT_CANCELLED)) {
		d->request = 0;
		snprintf(d->note, sizeof(d->note), "%s", e->error.text);
	}
	if (e->kind != EVENT_QUEUED && e->kind != EVENT_ACTION && e->kind != EVENT_DONE && !mine)
		return REACT_NONE;
	load(d, s);
	return REACT_DIALOG;
}

/* ---- drawing --------------------------------------------------------------------------------- */

static void add_order(const struct state *s, struct page *p, const struct action *a)
{
	struct order_list found = ORDER_LIST_INIT;
	if (s->reader != NULL && reader_order_by_id(s->reader, a->order_id, &found, NULL, NULL))
		page_addf(p, STYLE_STRONG, "%s %s %s", a->code, draw_glyph(GLYPH_DOT),
			found.items[0].customer);
	else
		page_add(p, STYLE_STRONG, a->code);
	order_list_clear(&found);
}

static void add_time(const struct state *s, struct page *p, const char *label, int64_t ms)
{
	char when[40];
	words_time(ms, s->now_ms, when, sizeof(when));
	if (*when != '\0')
		page_add_pair(p, STYLE_NORMAL, label, when);
}

/* The value as people know it: the label of a choice, the name of a line. */
static const char *value_words(const struct field_spec *f, const char *value, const struct entry_list *lines)
{
	const struct field_choice *choice = field_choice_find(f, value);
	const struct entry *line = f->kind == FIELD_ENTRY ? entry_find(lines, value) : NULL;
	return choice != NULL ? _(choice->label) : line != NULL && *line->name != '\0' ? line->name : value;
}

/* What was filled in. */
static void add_form(const struct state *s, struct page *p, const struct action *a,
	const struct action_spec *spec)
{
	struct form form = FORM_INIT;
	struct entry_list lines = ENTRY_LIST_INIT;
	const char *value;
	if (spec == NULL || s->reader == NULL || !reader_form(s->reader, a->id, &form, NULL))
		form_clear(&form);
	else if (spec->reads != READS_ORDER)
		reader_entries(s->reader, a->order_id, &lines, NULL, NULL);
	for (const struct field_spec *f = form.n > 0 ? spec->fields : NULL; f != NULL && f->name != NULL; f++) {
		for (size_t i = 0; (value = form_get_nth(&form, f->name, i)) != NULL; i++) {
			const char *words = value_words(f, value, &lines);
			page_addf(p, STYLE_NORMAL, "%s: %.*s", _(f->label), (int)text_prefix(words, VALUE_CHARS),
				words);
		}
	}
	entry_list_clear(&lines);
	form_clear(&form);
}

static void add_what(const struct state *s, struct page *p, const struct action *a)
{
	const struct action_spec *spec = provider_action(s->provider, a->kind);
	page_addf(p, words_action_style(a->state), "%s: %s", spec != NULL ? _(spec->label) : a->kind,
		words_action(a->state));
	if (a->message != NULL && *a->message != '\0')
		page_add(p, STYLE_NORMAL, a->message);
	page_add(p, STYLE_NORMAL, "");
	add_form(s, p, a, spec);
	page_add_pair(p, STYLE_NORMAL, _("Confirmed by"), a->clerk != NULL ? a->clerk : "");
	add_time(s, p, _("Confirmed"), a->confirmed_ms);
	add_time(s, p, a->attempts > 1 ? _("Sent, the last time") : _("Sent"), a->sent_ms);
	add_time(s, p, _("Ended"), a->ended_ms);
	page_add(p, STYLE_NORMAL, "");
}

static void add_decision(const struct record *d, const struct state *s, struct page *p)
{
	if (d->note[0] != '\0')
		page_add(p, STYLE_BAD, d->note);
	if (d->request != 0)
		page_add(p, STYLE_WARN, _("Writing it down..."));
	else if (d->sure)
		page_add(p, STYLE_STRONG, d->done ?
			_("It was done: the journal keeps it so. Nothing is sent. Are you sure?") :
			_("It was not done: the journal keeps it so, and it can be confirmed anew. "
			  "Nothing is sent. Are you sure?"));
	else if (decides(d, s))
		page_add(p, STYLE_WARN, _("Look what became of it, then decide here."));
	if (d->note[0] != '\0' || d->request != 0 || d->sure || decides(d, s))
		page_add(p, STYLE_NORMAL, "");
}

static void draw_choices(const struct record *d, const struct area *a, int row)
{
	char line[128];
	for (size_t i = 0; i < d->list.n; i++) {
		bool cursor = i == d->list.cursor;
		snprintf(line, sizeof(line), "[ %s ]", _(choice_words[d->choices[i]]));
		draw_text(a, row + (int)i, 0, draw_width(line),
			cursor ? STYLE_BUTTON_FOCUS : STYLE_BUTTON, line);
		if (cursor)
			term_cursor(a->row + row + (int)i, a->col + 2);
	}
}

static void draw(struct dialog *base, const struct state *s, const struct area *a)
{
	struct record *d = (struct record *)base;
	struct page text = PAGE_INIT;
	int columns = a->cols < RECORD_COLUMNS ? a->cols : RECORD_COLUMNS;
	int below = d->sure ? 1 : (int)d->list.n;
	page_reset(&text, columns - 4);
	if (the_action(d) != NULL) {
		add_order(s, &text, the_action(d));
		add_what(s, &text, the_action(d));
		add_decision(d, s, &text);
	}
	struct area box = area_centre(a, (int)text.n + below + 2, columns), in = area_inside(&box);
	int rows = in.rows > below ? in.rows - below : 0;
	struct area body = { in.row, in.col + 1, rows, in.cols - 2 };
	struct area end = { in.row + rows, in.col + 1, in.rows - rows, in.cols - 2 };
	draw_clear(&box);
	draw_box(&box, true, _("Action"));
	page_draw(&text, &body, 0);
	if (d->sure) {
		struct area wide = { end.row, in.col, end.rows, in.cols };
		fields_draw(&d->buttons, &wide, 0);
	} else {
		spot_add((struct spot){ .kind = SPOT_LIST, .area = end });
		draw_choices(d, &end, 0);
	}
	page_clear(&text);
}

static void release(struct dialog *base)
{
	struct record *d = (struct record *)base;
	action_list_clear(&d->actions);
	fields_clear(&d->buttons);
	free(d);
}

static void parts(struct dialog *base, struct dialog_parts *out)
{
	struct record *d = (struct record *)base;
	out->list = &d->list;
	out->fields = &d->buttons;
}

static const struct dialog_key keys[] = {
	{ .keys = "Up Down", .help = N_("Choose what to do") },
	{ .keys = "Enter", .help = N_("Do what is chosen") },
	{ .keys = "Esc", .help = N_("Close") },
	{ .help = NULL }
};

static const struct dialog_ops ops = {
	.title = N_("Action"), .keys = keys,
	.key = key, .event = event, .draw = draw, .free = release, .parts = parts
};

unsigned dialog_record(struct state *s, int64_t action_id)
{
	struct record *d = xcalloc(1, sizeof(*d));
	d->base.ops = &ops;
	d->id = action_id;
	d->actions = (struct action_list)ACTION_LIST_INIT;
	load(d, s);
	dialog_open(s, &d->base);
	return REACT_DIALOG;
}
