#include "tui/dialog/fields.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/layout.h"
#include "tui/term/key.h"
#include "tui/term/term.h"

static size_t digits_of(int64_t n)
{
	size_t digits = 1;
	while (n >= 10) {
		n /= 10;
		digits++;
	}
	return digits;
}

static void field_init(struct field *field, const struct field_spec *spec, const struct order *o,
	const struct entry_list *entries)
{
	field->spec = spec;
	field->choice = FIELD_UNCHOSEN;
	lineedit_init(&field->edit, spec->kind == FIELD_NUMBER ? digits_of(spec->max) : (size_t)spec->max);
	while (spec->choices != NULL && spec->choices[field->n_choices].value != NULL)
		field->n_choices++;
	if (spec->suggest != NULL && o != NULL)
		field->n_suggestions = spec->suggest(o, entries, field->suggestions);
	if (field->n_suggestions > 0)
		lineedit_suggest(&field->edit, field->suggestions[0].value);
}

void fields_init(struct fields *f, const struct action_spec *spec, const struct order *o,
	const struct entry_list *entries)
{
	*f = (struct fields){ .costly = spec->danger == DANGER_COSTLY, .yes = _(spec->verb) };
	f->items = xcalloc(FORM_MAX, sizeof(f->items[0]));
	if (spec->fields != NULL) {
		while (f->n < FORM_MAX && spec->fields[f->n].name != NULL) {
			field_init(&f->items[f->n], &spec->fields[f->n], o, entries);
			f->n++;
		}
	}
	f->focus = f->n > 0 ? 0 : f->costly ? f->n + 1 : f->n;
}

void fields_clear(struct fields *f)
{
	for (size_t i = 0; i < f->n; i++)
		lineedit_clear(&f->items[i].edit);
	free(f->items);
	*f = (struct fields){ .n = 0 };
}

void fields_keep(const struct fields *f, struct fields *copy)
{
	*copy = *f;
	copy->items = NULL;
	if (f->n > 0) {
		copy->items = xcalloc(f->n, sizeof(f->items[0]));
		memcpy(copy->items, f->items, f->n * sizeof(f->items[0]));
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

void fields_form(const struct fields *f, struct form *out)
{
	for (size_t i = 0; i < f->n; i++) {
		const struct field *field = &f->items[i];
		if (field->spec->kind == FIELD_CHOICE) {
			if (field->choice != FIELD_UNCHOSEN)
				form_set(out, field->spec->name,
					field->spec->choices[field->choice].value);
		} else if (field->edit.len > 0) {
			form_set(out, field->spec->name, field->edit.text);
		}
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

static enum fields_result choice_key(struct fields *f, struct field *field, uint32_t key)
{
	if (key >= '1' && key <= '9' && key - '1' < field->n_choices) {
		field->choice = key - '1';
		return FIELDS_CHANGED;
	}
	if (key == KEY_DOWN_ || key == ' ') {
		if (field->choice != FIELD_UNCHOSEN && field->choice + 1 == field->n_choices)
			return key == ' ' ? FIELDS_IGNORED : go(f, true);
		field->choice = field->choice == FIELD_UNCHOSEN ? 0 : field->choice + 1;
		return FIELDS_CHANGED;
	}
	if (key == KEY_UP_) {
		if (field->choice == FIELD_UNCHOSEN || field->choice == 0)
			return go(f, false);
		field->choice--;
		return FIELDS_CHANGED;
	}
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
	return f->focus < f->n && f->items[f->focus].spec->kind != FIELD_CHOICE;
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
	if (field->spec->kind == FIELD_CHOICE)
		return choice_key(f, field, key);
	return text_key(f, field, key);
}

/* ---- drawing --------------------------------------------------------------------------------- */

static int field_rows(const struct field *field)
{
	return 1 + (field->spec->kind == FIELD_CHOICE ? (int)field->n_choices :
							1 + (int)field->n_suggestions);
}

int fields_rows(const struct fields *f)
{
	int rows = 1;
	for (size_t i = 0; i < f->n; i++)
		rows += field_rows(&f->items[i]) + 1;
	return rows;
}

static void draw_choices(const struct field *field, const struct area *a, int row, bool focus)
{
	char line[256];
	for (size_t i = 0; i < field->n_choices; i++) {
		bool chosen = field->choice == i;
		snprintf(line, sizeof(line), "%s %zu %s", chosen ? "(*)" : "( )", i + 1,
			_(field->spec->choices[i].label));
		draw_text(a, row + (int)i, 1, a->cols - 2, chosen && focus ? STYLE_FIELD_FOCUS :
			chosen ? STYLE_STRONG : STYLE_NORMAL, line);
	}
	size_t at = field->choice == FIELD_UNCHOSEN ? 0 : field->choice;
	if (focus)
		term_cursor(a->row + row + (int)at, a->col + 2);
}

static void draw_edit(const struct field *field, const struct area *a, int row, bool focus)
{
	int cursor, width = a->cols - 3;
	if (field->spec->kind != FIELD_TEXT && width > 16)
		width = 16;
	size_t from = lineedit_view(&field->edit, width, &cursor);
	draw_text(a, row, 1, width, focus ? STYLE_FIELD_FOCUS : STYLE_FIELD, field->edit.text + from);
	if (focus)
		term_cursor(a->row + row, a->col + 1 + cursor);
}

static void draw_suggestions(const struct field *field, const struct area *a, int row)
{
	char line[256];
	for (size_t i = 0; i < field->n_suggestions; i++) {
		snprintf(line, sizeof(line), "%s  %s", field->suggestions[i].value,
			_(field->suggestions[i].reason));
		draw_text(a, row + (int)i, 2, a->cols - 3, STYLE_DIM, line);
	}
}

static void draw_label(const struct field *field, const struct area *a, int row)
{
	char counter[48] = "";
	const struct field_spec *spec = field->spec;
	if (spec->kind == FIELD_TEXT)
		snprintf(counter, sizeof(counter), "%zu/%lld", text_chars(field->edit.text),
			(long long)spec->max);
	int wide = draw_width(counter);
	draw_text(a, row, 1, a->cols - 2 - wide, STYLE_NORMAL, _(spec->label));
	draw_right(a, row, a->cols - 1 - wide, wide, STYLE_DIM, counter);
}

static int button(const struct area *a, int row, int col, bool focus, const char *word)
{
	char text[128];
	snprintf(text, sizeof(text), "[ %s ]", word);
	int used = draw_text(a, row, col, draw_width(text), focus ? STYLE_BUTTON_FOCUS : STYLE_BUTTON,
		text);
	if (focus)
		term_cursor(a->row + row, a->col + col + 2);
	return used;
}

void fields_draw(const struct fields *f, const struct area *a, int row)
{
	for (size_t i = 0; i < f->n; i++) {
		const struct field *field = &f->items[i];
		draw_label(field, a, row);
		if (field->spec->kind == FIELD_CHOICE) {
			draw_choices(field, a, row + 1, f->focus == i);
		} else {
			draw_edit(field, a, row + 1, f->focus == i);
			draw_suggestions(field, a, row + 2);
		}
		row += field_rows(field) + 1;
	}
	int used = button(a, row, 1, f->focus == f->n, f->yes);
	/* TRANSLATORS: the button that leaves a dialog without doing anything. */
	button(a, row, 3 + used, f->focus == f->n + 1, _("No, back"));
}
