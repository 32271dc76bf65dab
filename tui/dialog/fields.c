#include "tui/dialog/fields.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/layout.h"
#include "base/money.h"
#include "order/imei.h"
#include "order/phrase.h"
#include "tui/term/key.h"

static size_t digits_of(int64_t n)
{
	size_t digits = 1;
	while (n >= 10) {
		n /= 10;
		digits++;
	}
	return digits;
}

/* ---- making them ----------------------------------------------------------------------------- */

bool field_has_choices(const struct field *field)
{
	return field->spec->kind == FIELD_CHOICE || field->spec->kind == FIELD_ENTRY;
}

static size_t characters(const struct field_spec *spec)
{
	if (spec->kind == FIELD_IMEI)
		return DEVICE_MAX;
	return spec->kind == FIELD_NUMBER ? digits_of(spec->max) : (size_t)spec->max;
}

static struct field *add(struct fields *f, const struct field_spec *spec)
{
	if (f->n == f->cap) {
		f->cap = f->cap > 0 ? 2 * f->cap : 8;
		f->items = xreallocarray(f->items, f->cap, sizeof(f->items[0]));
	}
	struct field *field = &f->items[f->n++];
	memset(field, 0, sizeof(*field));
	field->spec = spec;
	field->choice = FIELD_UNCHOSEN;
	lineedit_init(&field->edit, characters(spec));
	return field;
}

static void add_choice(struct field *field, const char *value, char *label)
{
	field->choices = xreallocarray(field->choices, field->n_choices + 1, sizeof(field->choices[0]));
	field->choices[field->n_choices++] = (struct field_option){ value, label };
}

static bool takes(const struct field_spec *spec, const struct entry *e)
{
	return e->quantity > 0 && (spec->takes == NULL || spec->takes(e));
}

static bool none_takes(const struct fields *f, const struct field_spec *spec)
{
	for (size_t i = 0; i < f->entries->n; i++) {
		if (takes(spec, &f->entries->items[i]))
			return false;
	}
	return true;
}

static const char *name_of(const struct entry *e)
{
	return *e->name != '\0' ? e->name : *e->article != '\0' ? e->article : e->id;
}

static char *weight_text(const struct entry *e)
{
	char weight[48];
	number_format(e->weight_g, weight, sizeof(weight));
	/* TRANSLATORS: what an item weighs in the order: "1 500 g: Apples". */
	return xasprintf(_("%s g: %s"), weight, name_of(e));
}

static char *entry_text(const struct entry *e)
{
	char amount[80];
	int64_t pieces, grams;
	entry_amount(e, &pieces, &grams);
	phrase_amount(pieces, grams, amount, sizeof(amount));
	if (grams > 0)
		return xasprintf("%s, %s", name_of(e), amount);
	return xasprintf("%s %s %s", name_of(e), draw_glyph(GLYPH_TIMES), amount);
}

/* Where the server says of no line that the field is for it, any may be meant. */
static void choose_entry(struct fields *f, struct field *field)
{
	bool any = f->entries != NULL && none_takes(f, field->spec);
	for (size_t i = 0; f->entries != NULL && i < f->entries->n; i++) {
		const struct entry *e = &f->entries->items[i];
		if (takes(field->spec, e) || (any && e->quantity > 0))
			add_choice(field, e->id, entry_text(e));
	}
	if (field->n_choices == 1)
		field->choice = 0;
}

static void choose_word(struct field *field)
{
	for (const struct field_choice *c = field->spec->choices; c != NULL && c->value != NULL; c++)
		add_choice(field, c->value, xstrdup(_(c->label)));
}

/* One field for each line that it is asked of. */
static void add_lines(struct fields *f)
{
	/* With the line of each a form takes no more. */
	for (size_t i = 0; f->entries != NULL && i < f->entries->n && f->n < FORM_MAX / 2 - 2; i++) {
		const struct entry *e = &f->entries->items[i];
		for (const struct field_spec *spec = f->spec->fields; spec->name != NULL; spec++) {
			if (!spec->repeats || spec->kind == FIELD_ENTRY || !takes(spec, e))
				continue;
			struct field *field = add(f, spec);
			field->entry = e;
			field->label = spec->required ? weight_text(e) : xasprintf("  %s", _(spec->label));
		}
	}
}

/* One field for each piece of the line that was chosen. */
#define PIECES_MAX 50
static void add_pieces(struct fields *f, const struct field_spec *spec)
{
	const struct entry *e = NULL;
	for (size_t i = 0; i < f->n; i++) {
		const struct field *field = &f->items[i];
		if (field->spec->kind == FIELD_ENTRY && field->choice != FIELD_UNCHOSEN)
			e = entry_find(f->entries, field->choices[field->choice].value);
	}
	size_t n = e != NULL && e->quantity < PIECES_MAX ? (size_t)e->quantity : e != NULL ? PIECES_MAX : 0;
	for (size_t i = 0; i < n; i++) {
		struct field *field = add(f, spec);
		/* TRANSLATORS: a field that is filled in for each piece: "IMEI 1 of 2". */
		field->label = xasprintf(_("%s %zu of %zu"), _(spec->label), i + 1, n);
	}
}

static bool lines_repeat(const struct action_spec *spec)
{
	for (const struct field_spec *s = spec->fields; s != NULL && s->name != NULL; s++) {
		if (s->repeats && s->kind == FIELD_ENTRY)
			return true;
	}
	return false;
}

static void add_one(struct fields *f, const struct field_spec *spec, const struct order *o)
{
	struct field *field = add(f, spec);
	if (spec->kind == FIELD_ENTRY)
		choose_entry(f, field);
	else if (spec->kind == FIELD_CHOICE)
		choose_word(field);
	if (spec->suggest != NULL && o != NULL)
		field->n_suggestions = spec->suggest(o, f->entries, field->suggestions);
	if (field->n_suggestions > 0)
		lineedit_suggest(&field->edit, field->suggestions[0].value);
}

void fields_init(struct fields *f, const struct action_spec *spec, const struct order *o,
	const struct entry_list *entries)
{
	*f = (struct fields){ .spec = spec, .entries = entries, .costly = spec->danger == DANGER_COSTLY,
		.yes = _(spec->verb) };
	for (const struct field_spec *s = spec->fields; s != NULL && s->name != NULL; s++) {
		if (!s->repeats)
			add_one(f, s, o);
		else if (s->kind == FIELD_ENTRY)
			add_lines(f);
		else if (!lines_repeat(spec))
			add_pieces(f, s);
	}
	f->focus = f->n > 0 ? 0 : f->costly ? f->n + 1 : f->n;
	while (f->focus < f->n && f->items[f->focus].spec->kind == FIELD_ENTRY &&
		f->items[f->focus].n_choices == 1)
		f->focus++;
}

static void field_clear(struct field *field)
{
	lineedit_clear(&field->edit);
	for (size_t i = 0; i < field->n_choices; i++)
		free(field->choices[i].label);
	free(field->choices);
	free(field->label);
}

void fields_clear(struct fields *f)
{
	for (size_t i = 0; i < f->n; i++)
		field_clear(&f->items[i]);
	free(f->items);
	*f = (struct fields){ .n = 0 };
}

/* Another line was chosen: it has another number of pieces. */
static void renew_pieces(struct fields *f)
{
	const struct field_spec *pieces = NULL;
	size_t n = f->n;
	for (const struct field_spec *s = f->spec->fields; s != NULL && s->name != NULL; s++) {
		if (s->repeats && s->kind != FIELD_ENTRY && !lines_repeat(f->spec))
			pieces = s;
	}
	while (pieces != NULL && n > 0 && f->items[n - 1].spec == pieces)
		field_clear(&f->items[--n]);
	f->n = n;
	if (pieces != NULL)
		add_pieces(f, pieces);
}

/* ---- the values ------------------------------------------------------------------------------ */

static const char *value_of(const struct field *field)
{
	if (field_has_choices(field))
		return field->choice == FIELD_UNCHOSEN ? NULL : field->choices[field->choice].value;
	return field->edit.len > 0 ? field->edit.text : NULL;
}

static const char *entry_field(const struct fields *f)
{
	const struct field_spec *s = f->spec->fields;
	while (s->kind != FIELD_ENTRY)
		s++;
	return s->name;
}

/* Lines and pieces that were left empty are not in the form. */
void fields_form(const struct fields *f, struct form *out)
{
	const struct entry *line = NULL;
	size_t lines = 0, pieces = 0;
	for (size_t i = 0; i < f->n; i++) {
		const struct field *field = &f->items[i];
		const char *value = value_of(field);
		if (value == NULL)
			continue;
		if (field->entry != NULL && field->entry != line) {
			line = field->entry;
			form_set_nth(out, entry_field(f), lines++, line->id);
		}
		if (field->entry != NULL)
			form_set_nth(out, field->spec->name, lines - 1, value);
		else if (field->spec->repeats)
			form_set_nth(out, field->spec->name, pieces++, value);
		else
			form_set(out, field->spec->name, value);
	}
}

bool fields_untouched(const struct fields *f)
{
	for (size_t i = 0; i < f->n; i++) {
		const struct field *field = &f->items[i];
		if (field->edit.len > 0 && !field->edit.suggested)
			return false;
		if (field->choice != FIELD_UNCHOSEN && field->n_choices > 1)
			return false;
	}
	return true;
}

void fields_keep(const struct fields *f, struct fields *copy)
{
	*copy = *f;
	copy->items = NULL;
	if (f->n > 0) {
		copy->items = xcalloc(f->n, sizeof(f->items[0]));
		memcpy(copy->items, f->items, f->n * sizeof(f->items[0]));
	}
	/* These stay with the fields they are of. */
	for (size_t i = 0; i < f->n; i++) {
		copy->items[i].choices = NULL;
		copy->items[i].n_choices = 0;
		copy->items[i].label = NULL;
	}
}

void fields_put_back(struct fields *f, const struct fields *copy)
{
	if (f->n != copy->n)
		return;
	for (size_t i = 0; i < f->n; i++) {
		if (f->items[i].spec != copy->items[i].spec)
			return;
		f->items[i].edit = copy->items[i].edit;
		/* Other lines by now: another one stands there. */
		if (f->items[i].spec->kind == FIELD_CHOICE)
			f->items[i].choice = copy->items[i].choice;
	}
	f->focus = copy->focus;
}

void fields_forget_codes(struct fields *f)
{
	for (size_t i = 0; i < f->n; i++) {
		if (f->items[i].spec->kind != FIELD_CODE)
			continue;
		lineedit_clear(&f->items[i].edit);
		f->focus = i;
	}
}

/* ---- keys ------------------------------------------------------------------------------------ */

static enum fields_result go(struct fields *f, bool forward)
{
	size_t n = f->n + 2;
	f->focus = forward ? (f->focus + 1) % n : (f->focus + n - 1) % n;
	return FIELDS_CHANGED;
}

static enum fields_result enter(struct fields *f)
{
	if (f->focus == f->n)
		return FIELDS_SUBMIT;
	if (f->focus == f->n + 1)
		return FIELDS_CANCEL;
	if (f->focus + 1 < f->n)
		return go(f, true);
	if (!f->costly)
		return FIELDS_SUBMIT;
	f->focus = f->n + 1;
	return FIELDS_CHANGED;
}

static enum fields_result choose(struct fields *f, struct field *field, size_t choice)
{
	bool line = field->spec->kind == FIELD_ENTRY;
	field->choice = choice;
	if (line)
		renew_pieces(f);
	return FIELDS_CHANGED;
}

bool fields_choose(struct fields *f, size_t field, size_t choice)
{
	if (field >= f->n || choice >= f->items[field].n_choices)
		return false;
	f->focus = field;
	return choose(f, &f->items[field], choice) == FIELDS_CHANGED;
}

static enum fields_result choice_key(struct fields *f, struct field *field, uint32_t key)
{
	bool chosen = field->choice != FIELD_UNCHOSEN;
	if (key >= '1' && key <= '9' && key - '1' < field->n_choices)
		return choose(f, field, key - '1');
	if (key == KEY_DOWN_ || key == ' ') {
		if (field->n_choices == 0 || (chosen && field->choice + 1 == field->n_choices))
			return key == ' ' ? FIELDS_IGNORED : go(f, true);
		return choose(f, field, chosen ? field->choice + 1 : 0);
	}
	if (key == KEY_UP_)
		return chosen && field->choice > 0 ? choose(f, field, field->choice - 1) : go(f, false);
	return FIELDS_IGNORED;
}

/* Up and Down walk through what is suggested. */
static bool suggest(struct field *field, bool forward)
{
	size_t i = 0, n = field->n_suggestions;
	if (n == 0)
		return false;
	while (i < n && strcmp(field->suggestions[i].value, field->edit.text) != 0)
		i++;
	i = i == n ? 0 : forward ? (i + 1) % n : (i + n - 1) % n;
	lineedit_suggest(&field->edit, field->suggestions[i].value);
	return true;
}

static enum fields_result text_key(struct fields *f, struct field *field, uint32_t key)
{
	bool digits = field->spec->kind != FIELD_TEXT;
	if (key == KEY_UP_ || key == KEY_DOWN_)
		return suggest(field, key == KEY_DOWN_) ? FIELDS_CHANGED : go(f, key == KEY_DOWN_);
	if (field->spec->kind == FIELD_IMEI && key == ' ') {
		lineedit_insert(&field->edit, ',');
		return FIELDS_CHANGED;
	}
	if (digits && key_is_text(key)) {
		key = layout_digit(key);
		if (key == 0)
			return FIELDS_CHANGED;
	}
	return lineedit_key(&field->edit, key, NULL) ? FIELDS_CHANGED : FIELDS_IGNORED;
}

static enum fields_result button_key(struct fields *f, uint32_t key)
{
	if (key == KEY_LEFT_ || key == KEY_RIGHT_) {
		f->focus = f->focus == f->n ? f->n + 1 : f->n;
		return FIELDS_CHANGED;
	}
	if (key == KEY_UP_ || key == KEY_DOWN_)
		return go(f, key == KEY_DOWN_);
	return FIELDS_IGNORED;
}

bool fields_typing(const struct fields *f)
{
	return f->focus < f->n && !field_has_choices(&f->items[f->focus]);
}

enum fields_result fields_key(struct fields *f, uint32_t key)
{
	switch (key) {
	case KEY_ESC_:
		return FIELDS_CANCEL;
	case KEY_ENTER_:
		return enter(f);
	case KEY_TAB_:
	case KEY_BACK_TAB_:
		return go(f, key == KEY_TAB_);
	default:
		break;
	}
	if (f->focus >= f->n)
		return button_key(f, key);
	struct field *field = &f->items[f->focus];
	if (field_has_choices(field))
		return choice_key(f, field, key);
	return text_key(f, field, key);
}

static bool has_room(const struct field *field)
{
	return field->spec->kind == FIELD_IMEI && strchr(field->edit.text, ',') == NULL;
}

/* The field with the focus while there is room in it, else the next one that is empty; f->n for none. */
static size_t scan_target(const struct fields *f)
{
	if (f->focus < f->n && has_room(&f->items[f->focus]))
		return f->focus;
	for (size_t i = 0; i < f->n; i++) {
		if (f->items[i].spec->kind == FIELD_IMEI && f->items[i].edit.len == 0)
			return i;
	}
	return f->n;
}

/* The second scan of a device is its second SIM card, a third one the next device. */
bool fields_scan(struct fields *f, const char *text)
{
	size_t n = strspn(text, "0123456789");
	if (n < IMEI_MIN || n > IMEI_MAX || text[n] != '\0')
		return false;
	size_t at = scan_target(f);
	if (at == f->n)
		return false;
	struct lineedit *edit = &f->items[at].edit;
	f->focus = at;
	if (edit->len == 0) {
		lineedit_set(edit, text);
	} else if (!imei_shared(edit->text, text)) {
		char both[DEVICE_MAX + 1];
		snprintf(both, sizeof(both), "%.*s,%s", IMEI_MAX, edit->text, text);
		lineedit_set(edit, both);
	}
	return true;
}
