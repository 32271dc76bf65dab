/* Sets the first PIN, since a desk that nobody can open must not be locked: asks, then has it typed twice. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/pin.h"
#include "tui/command/command.h"
#include "tui/dialog/dialog.h"
#include "tui/dialog/fields.h"
#include "tui/model/state.h"
#include "tui/widget/page.h"

#define PIN_COLUMNS 66

struct pin_dialog {
	struct dialog base;
	bool asked;		/* that a PIN is wanted was said */
	struct fields fields;
	struct error why;	/* it was not taken */
};

static const struct field_spec pin_fields[] = {
	/* TRANSLATORS: the secret digits of a clerk */
	{ .name = "pin", .label = N_("PIN"), .kind = FIELD_CODE, .required = true, .min = PIN_MIN, .max = PIN_MAX,
		.hidden = true },
	{ .name = "again", .label = N_("The same PIN once more"), .kind = FIELD_CODE, .required = true, .min = PIN_MIN,
		.max = PIN_MAX, .hidden = true },
	{ .name = NULL },
};

static const struct action_spec pin_spec = { .verb = N_("Set the PIN"), .fields = pin_fields };

/* The list is read anew: somebody may have made one meanwhile. */
static bool store_pin(struct state *s, const struct form *form, struct error *err)
{
	const char *pin = form_get(form, "pin"), *again = form_get(form, "again");
	struct clerks clerks = { .n = 0 };
	bool ok;
	if (pin == NULL || again == NULL || strcmp(pin, again) != 0)
		return error_set(err, ERR_USAGE, _("The two are not the same: type the PIN twice."));
	ok = clerks_load(s->lock->path, &clerks, err);
	if (ok && clerks.n > 0)
		ok = error_set(err, ERR_CONFLICT, _("Somebody has a PIN by now: the desk can be locked."));
	ok = ok && clerks_set(&clerks, s->lock->holder, pin, err) && clerks_save(s->lock->path, &clerks, err);
	clerks_clear(&clerks);
	return ok;
}

static unsigned submit(struct pin_dialog *d, struct state *s)
{
	struct form form = FORM_INIT;
	bool ok;
	if (!d->asked) {
		d->asked = true;
		fields_clear(&d->fields);
		fields_init(&d->fields, &pin_spec, NULL, NULL);
		return REACT_DIALOG;
	}
	fields_form(&d->fields, &form);
	ok = store_pin(s, &form, &d->why);
	form_clear(&form);
	fields_forget_codes(&d->fields);
	d->fields.focus = 0;
	if (!ok)
		return REACT_DIALOG;
	state_say(s, STYLE_GOOD, _("The PIN of %s is set: %s locks the desk, and it starts locked from now on."),
		s->lock->holder, command_key(COMMAND_LOCK).text);
	return REACT_CLOSE;
}

static unsigned key(struct dialog *base, struct state *s, uint32_t key)
{
	struct pin_dialog *d = (struct pin_dialog *)base;
	switch (fields_key(&d->fields, key)) {
	case FIELDS_SUBMIT:
		return submit(d, s);
	case FIELDS_CANCEL:
		return REACT_CLOSE;
	case FIELDS_CHANGED:
		return REACT_DIALOG;
	default:
		return REACT_NONE;
	}
}

static void write_text(const struct pin_dialog *d, const struct state *s, struct page *p)
{
	if (!d->asked) {
		page_add(p, STYLE_NORMAL, _("Nobody has a PIN yet, so nobody could unlock the desk again."));
		page_addf(p, STYLE_NORMAL, _("Set a PIN for %s now? For others: duken clerk add NAME."), s->lock->holder);
	} else {
		page_addf(p, STYLE_NORMAL, _("A PIN for %s, of %d to %d digits:"), s->lock->holder, PIN_MIN, PIN_MAX);
	}
	if (d->why.code != ERR_NONE)
		page_add(p, STYLE_BAD, d->why.text);
	page_add(p, STYLE_NORMAL, "");
}

static void draw(struct dialog *base, const struct state *s, const struct area *a)
{
	struct pin_dialog *d = (struct pin_dialog *)base;
	struct page text = PAGE_INIT;
	int columns = a->cols < PIN_COLUMNS ? a->cols : PIN_COLUMNS;
	page_reset(&text, columns - 4);
	write_text(d, s, &text);
	struct area box = area_centre(a, 2 + (int)text.n + fields_rows(&d->fields), columns), in = area_inside(&box);
	struct area body = { in.row, in.col + 1, (int)text.n, in.cols - 2 };
	draw_clear(&box);
	draw_box(&box, true, _("Lock the desk"));
	page_draw(&text, &body, 0);
	fields_draw(&d->fields, &in, (int)text.n);
	page_clear(&text);
}

static void release(struct dialog *base)
{
	struct pin_dialog *d = (struct pin_dialog *)base;
	fields_clear(&d->fields);
	free(d);
}

static void parts(struct dialog *base, struct dialog_parts *out)
{
	struct pin_dialog *d = (struct pin_dialog *)base;
	out->fields = &d->fields;
	out->typing = fields_typing(&d->fields);
}

static const struct dialog_ops ops = {
	.title = N_("PIN"), .keys = FIELDS_KEYS,
	.key = key, .draw = draw, .free = release, .parts = parts
};

unsigned dialog_pin(struct state *s)
{
	struct pin_dialog *d = xcalloc(1, sizeof(*d));
	d->base.ops = &ops;
	/* Without a field: the key is one that scanners type, so nothing may be open for text yet. */
	d->fields = (struct fields){ .costly = true, .focus = 1, .yes = _("Set a PIN") };
	dialog_open(s, &d->base);
	return REACT_DIALOG;
}
