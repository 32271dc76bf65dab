/* The dialog of an action, drawn from its row: question, fields, what is being waited for, result.
 *
 * An action with an opener has two steps. The order is read again from the server first; the first
 * step is confirmed, the second is filled in. The journal says whether the first one was done already.
 *
 * Where an earlier action of the kind asks, nobody knows whether it was done: it is done once more only
 * by a key of its own. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/money.h"
#include "tui/model/act.h"
#include "tui/command/command.h"
#include "tui/dialog/dialog.h"
#include "tui/dialog/fields.h"
#include "tui/model/state.h"
#include "tui/term/key.h"
#include "tui/term/term.h"
#include "tui/widget/page.h"
#include "tui/model/words.h"

#define DIALOG_COLUMNS 66

enum step { STEP_OPEN, STEP_FILL };
enum wait { WAIT_NONE, WAIT_OPENER, WAIT_MAIN };

struct action_dialog {
	struct dialog base;
	const struct action_spec *spec;
	const struct action_spec *opener;	/* NULL: one step */
	enum step step;
	struct order_list order;		/* the one; empty when it goes to all in `marks` */
	struct entry_list entries;
	struct marks marks;
	struct bulk_outlook outlook;		/* of the marked ones */
	struct fields fields;
	uint64_t check;		/* the FETCH before the first step */
	bool checked;
	bool confirmed;		/* the clerk said yes before the check was back */
	enum wait wait;
	uint64_t request;	/* of `wait` */
	bool over;		/* nothing can be done here any more but leave */
	char warning[ERROR_TEXT_MAX];	/* what looks odd, as the clerk was told; "" nothing */
	int64_t opened_ms;	/* when the opener was done */
	enum style note_style;
	char note[ERROR_TEXT_MAX];
};

static void note(struct action_dialog *d, enum style style, const char *text)
{
	snprintf(d->note, sizeof(d->note), "%s", text);
	d->note_style = style;
}

static const struct order *the_order(const struct action_dialog *d)
{
	return d->order.n > 0 ? &d->order.items[0] : NULL;
}

static const struct action_spec *current_spec(const struct action_dialog *d)
{
	return d->step == STEP_OPEN ? d->opener : d->spec;
}

/* The earlier action of that kind for this order which waits for a person's decision, or NULL. */
static const struct action *asking(const struct state *s, const struct action_dialog *d,
	const struct action_spec *spec)
{
	for (size_t i = 0; spec != NULL && d->order.n > 0 && i < s->open.n; i++) {
		const struct action *a = &s->open.items[i];
		if (a->state == ACTION_ASK && strcmp(a->order_id, the_order(d)->id) == 0 &&
			strcmp(a->kind, spec->id) == 0)
			return a;
	}
	return NULL;
}

static void set_step(struct action_dialog *d, enum step step)
{
	fields_clear(&d->fields);
	d->step = step;
	fields_init(&d->fields, current_spec(d), the_order(d), &d->entries);
}

/* The lines as they are now, unless something was filled in: they are read again before it is sent. */
static void renew_lines(struct action_dialog *d, const struct state *s)
{
	if (d->spec->reads == READS_ORDER || !fields_untouched(&d->fields))
		return;
	fields_clear(&d->fields);
	entry_list_reset(&d->entries);
	reader_entries(s->reader, the_order(d)->id, &d->entries, NULL, NULL);
	set_step(d, d->step);
}

/* When the opener was done without the action after it; 0: it has to be done. */
static int64_t opener_done(const struct state *s, const struct action_dialog *d)
{
	struct journal_query q = { .order_id = the_order(d)->id, .limit = 50 };
	struct action_list list = ACTION_LIST_INIT;
	int64_t done = 0;
	reader_journal(s->reader, &q, &list, NULL);
	for (size_t i = 0; i < list.n && done == 0; i++) {
		const struct action *a = &list.items[i];
		if (a->state != ACTION_DONE)
			continue;
		if (strcmp(a->kind, d->spec->id) == 0)
			break;
		if (strcmp(a->kind, d->opener->id) == 0)
			done = a->ended_ms > 0 ? a->ended_ms : a->confirmed_ms;
	}
	action_list_clear(&list);
	return done;
}

/* ---- sending --------------------------------------------------------------------------------- */

static unsigned start_opener(struct action_dialog *d, struct state *s, unsigned flags)
{
	struct form empty = FORM_INIT;
	const struct order *o = the_order(d);
	d->wait = WAIT_OPENER;
	d->request = act_post(s, d->opener, o->id, o->code, &empty, flags, NULL);
	note(d, STYLE_WARN, _("Writing it down..."));
	return REACT_DIALOG;
}

/* Held against the lines of the order. What looks odd is confirmed once more, from No. */
static bool acceptable(struct action_dialog *d, const struct form *form)
{
	const struct subject subject = { the_order(d), &d->entries };
	struct error err = ERROR_INIT;
	if (!form_check(d->spec->fields, form, &err) ||
		(subject.order != NULL && d->spec->fits != NULL && !d->spec->fits(&subject, form, &err))) {
		note(d, STYLE_BAD, err.text);
		return false;
	}
	bool odd = subject.order != NULL && d->spec->warns != NULL && d->spec->warns(&subject, form, &err);
	if (!odd || strcmp(d->warning, err.text) == 0) {
		snprintf(d->warning, sizeof(d->warning), "%s", err.text);
		return true;
	}
	snprintf(d->warning, sizeof(d->warning), "%s", err.text);
	d->fields.focus = d->fields.n + 1;
	note(d, STYLE_WARN, err.text);
	return false;
}

static unsigned start_main(struct action_dialog *d, struct state *s, unsigned flags)
{
	struct form form = FORM_INIT;
	unsigned react = REACT_DIALOG;
	const struct order *o = the_order(d);
	fields_form(&d->fields, &form);
	if (!acceptable(d, &form)) {
		form_clear(&form);
		return REACT_DIALOG;
	}
	if (o == NULL) {
		react = dialog_results(s, d->spec, &d->marks, &form) | REACT_CLOSE;
	} else {
		d->wait = WAIT_MAIN;
		marks_remove(&s->marks, o->id);
		d->request = act_post(s, d->spec, o->id, o->code, &form, flags,
			d->warning[0] != '\0' ? d->warning : NULL);
		note(d, STYLE_WARN, _("Writing it down..."));
	}
	form_clear(&form);
	return react;
}

static unsigned submit(struct action_dialog *d, struct state *s)
{
	if (d->step == STEP_FILL)
		return start_main(d, s, ACT_PLAIN);
	if (d->checked)
		return start_opener(d, s, ACT_PLAIN);
	d->confirmed = true;
	if (d->check == 0)
		d->check = desk_post(s->desk, request_new_fetch(the_order(d)->id));
	note(d, STYLE_WARN, _("Reading the order again..."));
	return REACT_DIALOG;
}

/* By a key of its own: the action that asks, else the first step, once more. */
static unsigned once_more(struct action_dialog *d, struct state *s)
{
	if (asking(s, d, d->spec) != NULL)
		return start_main(d, s, ACT_AGAIN);
	if (d->opener == NULL || d->step != STEP_FILL)
		return REACT_HANDLED;
	return start_opener(d, s, asking(s, d, d->opener) != NULL ? ACT_AGAIN : ACT_PLAIN);
}

/* ---- events ---------------------------------------------------------------------------------- */

static unsigned checked(struct action_dialog *d, struct state *s, const struct event *e)
{
	struct order_list fresh = ORDER_LIST_INIT;
	struct error why = ERROR_INIT;
	d->check = 0;
	if (e->kind == EVENT_FAILED && d->step == STEP_OPEN) {
		d->confirmed = false;
		note(d, STYLE_BAD, e->error.text);
	}
	if (e->kind != EVENT_DONE)
		return REACT_DIALOG;
	d->checked = true;
	if (d->wait == WAIT_NONE) {
		note(d, STYLE_NORMAL, "");
		renew_lines(d, s);
	}
	if (reader_order_by_id(s->reader, the_order(d)->id, &fresh, NULL, &why) &&
		!d->spec->applies(&fresh.items[0], &why)) {
		d->over = true;
		note(d, STYLE_BAD, why.text);
	}
	order_list_clear(&fresh);
	if (!d->over && d->confirmed && d->step == STEP_OPEN)
		return start_opener(d, s, ACT_PLAIN);
	return REACT_DIALOG;
}

static unsigned ended(struct action_dialog *d, struct state *s, const struct event *e)
{
	enum wait was = d->wait;
	d->wait = WAIT_NONE;
	d->request = 0;
	bool done = e->kind == EVENT_DONE && e->action_state == ACTION_DONE;
	bool asks = e->kind == EVENT_DONE && e->action_state == ACTION_ASK;
	if (done && was == WAIT_MAIN)
		return REACT_CLOSE;
	/* If nobody knows whether the first step was done, the second will show. */
	if (was == WAIT_OPENER && (done || asks)) {
		d->opened_ms = done ? s->now_ms : 0;
		set_step(d, STEP_FILL);
		note(d, STYLE_NORMAL, "");
		return REACT_DIALOG;
	}
	if (e->kind == EVENT_DONE) {
		note(d, words_action_style(e->action_state),
			e->message != NULL ? e->message : words_action(e->action_state));
		d->over = e->action_state != ACTION_REFUSED && e->action_state != ACTION_UNDONE;
	} else {
		note(d, STYLE_BAD, e->error.text);
	}
	fields_forget_codes(&d->fields);
	return REACT_DIALOG;
}

static void note_queued(struct action_dialog *d, const struct state *s)
{
	note(d, STYLE_WARN, s->link == LINK_OFFLINE ?
		_("Queued: there is no connection, it is sent as soon as there is one.") :
		_("Queued..."));
}

static unsigned progress(struct action_dialog *d, struct state *s, const struct event *e)
{
	if (e->kind == EVENT_QUEUED) {
		/* It waits for its grace: the status line tells, and the clerk goes on. */
		if (e->send_after_ms > s->now_ms)
			return REACT_CLOSE;
		note_queued(d, s);
	}
	if (e->kind == EVENT_ACTION && e->action_state == ACTION_QUEUED)
		note_queued(d, s);
	else if (e->kind == EVENT_ACTION)
		note(d, words_action_style(e->action_state),
			e->message != NULL ? e->message : words_action(e->action_state));
	return REACT_DIALOG;
}

static unsigned event(struct dialog *base, struct state *s, const struct event *e)
{
	struct action_dialog *d = (struct action_dialog *)base;
	bool end = e->kind == EVENT_DONE || e->kind == EVENT_FAILED || e->kind == EVENT_CANCELLED;
	if (e->reply_to == 0)
		return REACT_NONE;
	if (end && e->reply_to == d->check)
		return checked(d, s, e);
	if (e->reply_to != d->request)
		return REACT_NONE;
	return end ? ended(d, s, e) : progress(d, s, e);
}

/* ---- keys ------------------------------------------------------------------------------------ */

static unsigned key(struct dialog *base, struct state *s, uint32_t key)
{
	struct action_dialog *d = (struct action_dialog *)base;
	if (d->over && (key == KEY_ENTER_ || key == KEY_ESC_))
		return REACT_CLOSE;
	if (d->wait != WAIT_NONE || d->over)
		return key == KEY_ESC_ ? REACT_CLOSE : key_is_text(key) ? REACT_HANDLED : REACT_NONE;
	if (!key_is_text(key) && command_of_key(key) == COMMAND_RESEND)
		return once_more(d, s);
	switch (fields_key(&d->fields, key)) {
	case FIELDS_SUBMIT:
		return submit(d, s);
	case FIELDS_CANCEL:
		state_say(s, STYLE_NORMAL, "%s", _("Nothing was sent."));
		return REACT_CLOSE | REACT_STATUS;
	case FIELDS_CHANGED:
		return REACT_DIALOG;
	default:
		return key_is_text(key) ? REACT_HANDLED : REACT_NONE;
	}
}

/* ---- drawing --------------------------------------------------------------------------------- */

static void add_marked(const struct action_dialog *d, const struct state *s, struct page *p)
{
	size_t n = d->outlook.not_possible;
	page_addf(p, STYLE_STRONG, ngettext("%zu order is marked", "%zu orders are marked", d->marks.n),
		d->marks.n);
	if (n > 0)
		page_addf(p, STYLE_BAD, ngettext("Not possible for %zu of them: %s",
			"Not possible for %zu of them; the first: %s", n), n, d->outlook.why);
	if (d->spec->grace && s->shop->grace_s > 0 && d->outlook.possible > 0)
		page_addf(p, STYLE_NORMAL, ngettext("%zu order is sent in %d s; until then U takes it back.",
			"%zu orders are sent in %d s; until then U takes all of them back.",
			d->outlook.possible), d->outlook.possible, s->shop->grace_s);
}

static void add_subject(const struct action_dialog *d, const struct state *s, struct page *p)
{
	char total[48];
	const struct order *o = the_order(d);
	if (o == NULL) {
		add_marked(d, s, p);
		return;
	}
	money_format(o->total, total, sizeof(total));
	page_addf(p, STYLE_STRONG, "%s %s %s %s %s", o->code, draw_glyph(GLYPH_DOT), o->customer,
		draw_glyph(GLYPH_DOT), total);
}

/* What the key does: "sends another code". */
static const char *again_words(const struct action_spec *spec)
{
	/* TRANSLATORS: goes on after a key: "Ctrl-R does it once more." */
	return spec->again != NULL ? _(spec->again) : _("does it once more");
}

static void add_opened(const struct action_dialog *d, const struct state *s, struct page *p)
{
	char when[40];
	if (d->opener == NULL || d->step != STEP_FILL || d->opened_ms == 0)
		return;
	words_time(d->opened_ms, s->now_ms, when, sizeof(when));
	/* TRANSLATORS: what the first step did ("Code sent"), when, a key, and what it does. */
	page_addf(p, STYLE_GOOD, _("%s at %s. %s %s."),
		_(d->opener->was_done != NULL ? d->opener->was_done : d->opener->label), when,
		command_key(COMMAND_RESEND).text, again_words(d->opener));
}

static bool add_asking(const struct action_dialog *d, const struct state *s, struct page *p,
	const struct action_spec *spec)
{
	char when[40];
	const struct action *a = asking(s, d, spec);
	if (a == NULL)
		return false;
	words_time(a->confirmed_ms, s->now_ms, when, sizeof(when));
	/* TRANSLATORS: name of the action, when it was confirmed, by whom; then a key, what it does, and the journal's
	 * key. */
	page_addf(p, STYLE_BAD, _("\"%s\" of %s (%s): nobody saw whether it was done. Check first: "
		"%s %s; what you found goes into the journal (%s)."), _(spec->label), when, a->clerk,
		command_key(COMMAND_RESEND).text, again_words(spec), command_key(COMMAND_JOURNAL).text);
	return true;
}

static void write_text(const struct action_dialog *d, const struct state *s, struct page *p, int columns)
{
	const struct action_spec *spec = current_spec(d);
	page_reset(p, columns);
	add_subject(d, s, p);
	if (!add_asking(d, s, p, d->spec) && !add_asking(d, s, p, d->opener))
		add_opened(d, s, p);
	if (spec->question != NULL)
		page_add(p, spec->danger == DANGER_COSTLY ? STYLE_BAD : STYLE_NORMAL, _(spec->question));
	page_add(p, STYLE_NORMAL, "");
}

static void draw(struct dialog *base, const struct state *s, const struct area *a)
{
	struct action_dialog *d = (struct action_dialog *)base;
	struct page text = PAGE_INIT, below = PAGE_INIT;
	int columns = a->cols < DIALOG_COLUMNS ? a->cols : DIALOG_COLUMNS;
	write_text(d, s, &text, columns - 4);
	page_reset(&below, columns - 4);
	if (d->note[0] != '\0')
		page_add(&below, d->note_style, d->note);
	if (d->wait != WAIT_NONE && d->note[0] != '\0')
		page_add(&below, STYLE_DIM, _("Esc goes on with other work; the journal tells how it ends."));
	int note_rows = d->note[0] != '\0' ? 1 + (int)below.n : 0;
	int rows = (int)text.n + fields_rows(&d->fields) + 2 + note_rows;
	struct area box = area_centre(a, rows, columns), in = area_inside(&box);
	draw_clear(&box);
	draw_box(&box, true, _(d->spec->label));
	struct area body = { in.row, in.col + 1, in.rows, in.cols - 2 };
	struct area part = body;
	if (part.rows > (int)text.n)
		part.rows = (int)text.n;
	page_draw(&text, &part, 0);
	struct area form = { body.row, body.col - 1, body.rows - note_rows, body.cols + 2 };
	fields_draw(&d->fields, &form, (int)text.n);
	struct area end = { body.row + body.rows - (int)below.n, body.col, (int)below.n, body.cols };
	if (below.n > 0)
		page_draw(&below, &end, 0);
	page_clear(&text);
	page_clear(&below);
}

static void release(struct dialog *base)
{
	struct action_dialog *d = (struct action_dialog *)base;
	fields_clear(&d->fields);
	order_list_clear(&d->order);
	entry_list_clear(&d->entries);
	marks_clear(&d->marks);
	free(d);
}

static void parts(struct dialog *base, struct dialog_parts *out)
{
	struct action_dialog *d = (struct action_dialog *)base;
	out->fields = &d->fields;
	out->typing = fields_typing(&d->fields);
}

static unsigned scan(struct dialog *base, struct state *s, const char *text)
{
	struct action_dialog *d = (struct action_dialog *)base;
	(void)s;
	if (d->wait != WAIT_NONE || d->over)
		return REACT_NONE;
	return fields_scan(&d->fields, text) ? REACT_DIALOG : REACT_NONE;
}

static const struct dialog_ops ops = {
	.title = N_("Dialog of an action"), .keys = fields_action_keys,
	.key = key, .event = event, .draw = draw, .free = release, .parts = parts, .scan = scan
};

static struct action_dialog *make(const struct state *s, const struct action_spec *spec)
{
	struct action_dialog *d = xcalloc(1, sizeof(*d));
	d->base.ops = &ops;
	d->spec = spec;
	if (spec->opener != NULL)
		d->opener = provider_action(s->provider, spec->opener);
	d->step = STEP_FILL;
	return d;
}

unsigned dialog_action(struct state *s, const struct action_spec *spec, const struct order *o)
{
	struct action_dialog *d = make(s, spec);
	order_list_copy(&d->order, o);
	reader_entries(s->reader, o->id, &d->entries, NULL, NULL);
	if (d->opener != NULL) {
		d->opened_ms = opener_done(s, d);
		d->step = d->opened_ms > 0 || asking(s, d, d->opener) ? STEP_FILL : STEP_OPEN;
	}
	if (d->opener != NULL || spec->reads != READS_ORDER) {
		d->check = desk_post(s->desk, request_new_fetch(o->id));
		note(d, STYLE_WARN, _("Reading the order again..."));
	}
	set_step(d, d->step);
	dialog_open(s, &d->base);
	return REACT_DIALOG;
}

unsigned dialog_action_marked(struct state *s, const struct action_spec *spec)
{
	struct action_dialog *d = make(s, spec);
	marks_copy(&d->marks, &s->marks);
	bulk_outlook(s, spec, &d->marks, &d->outlook);
	set_step(d, STEP_FILL);
	if (d->outlook.possible == 0) {
		d->over = true;
		note(d, STYLE_BAD, _("None of them can be done."));
	}
	dialog_open(s, &d->base);
	return REACT_DIALOG;
}
