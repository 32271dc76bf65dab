/* How fields look. See fields.h. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/text.h"
#include "order/imei.h"
#include "tui/dialog/dialog.h"
#include "tui/dialog/fields.h"
#include "tui/term/term.h"
#include "tui/widget/spot.h"

const struct dialog_key fields_action_keys[] = {
	{ .command = COMMAND_RESEND, .help = N_("Do once more what was done, or what asks") },
	{ .keys = "Enter", .help = N_("Go on to what is empty, or do what the button says") },
	{ .keys = "Tab Down", .help = N_("To the next field or button") },
	{ .keys = "Shift-Tab Up", .help = N_("To the one before") },
	{ .keys = "Left Right", .help = N_("From one button to the other") },
	{ .keys = "Esc", .help = N_("Close, and do nothing") },
	{ .help = NULL }
};

#define CHOICES_SHOWN 6		/* of one field at a time */

/* A label and what is typed beside it, in one row. */
static bool compact(const struct field *field)
{
	return field->label != NULL;
}

static size_t index_of(const struct fields *f, const struct field *field)
{
	return (size_t)(field - f->items);
}

static bool has_focus(const struct fields *f, const struct field *field)
{
	return f->focus == index_of(f, field);
}

static struct area line_of(const struct area *a, int row, int col, int width)
{
	return (struct area){ a->row + row, a->col + col, 1, width };
}

static int choices_shown(const struct field *field)
{
	return field->n_choices < CHOICES_SHOWN ? (int)field->n_choices : CHOICES_SHOWN;
}

/* The rows of the i-th field with the empty one below it; of compact ones only the last has that. */
static int field_rows(const struct fields *f, size_t i)
{
	const struct field *field = &f->items[i];
	if (compact(field))
		return i + 1 < f->n && compact(&f->items[i + 1]) ? 1 : 2;
	return 2 + (field_has_choices(field) ? choices_shown(field) : 1 + (int)field->n_suggestions);
}

int fields_rows(const struct fields *f)
{
	int rows = 1;
	for (size_t i = 0; i < f->n; i++)
		rows += field_rows(f, i);
	return rows;
}

static void draw_choices(const struct fields *f, const struct field *field, const struct area *a, int row)
{
	bool focus = has_focus(f, field);
	char line[256];
	size_t at = field->choice == FIELD_UNCHOSEN ? 0 : field->choice, shown = (size_t)choices_shown(field);
	size_t top = at < shown ? 0 : at - shown + 1;
	for (size_t i = top; i < top + shown; i++) {
		bool chosen = field->choice == i;
		spot_add((struct spot){ SPOT_CHOICE, line_of(a, row + (int)(i - top), 1, a->cols - 2), index_of(f, field), i });
		snprintf(line, sizeof(line), "%s %zu %s", chosen ? "(*)" : "( )", i + 1, field->choices[i].label);
		draw_text(a, row + (int)(i - top), 1, a->cols - 2, chosen && focus ? STYLE_FIELD_FOCUS :
			chosen ? STYLE_STRONG : STYLE_NORMAL, line);
	}
	if (focus)
		term_cursor(a->row + row + (int)(at - top), a->col + 2);
}

static int edit_width(const struct field *field, const struct area *a)
{
	int most = field->spec->kind == FIELD_IMEI ? DEVICE_MAX + 1 : 16;
	return field->spec->kind == FIELD_TEXT || a->cols - 3 < most ? a->cols - 3 : most;
}

/* As many dots as characters; *out is the caller's to clear. */
static const char *dots(const struct lineedit *e, struct buf *out)
{
	for (size_t i = 0; i < e->len; i++)
		buf_adds(out, draw_glyph(GLYPH_BULLET));
	return buf_str(out);
}

static void draw_edit(const struct fields *f, const struct field *field, const struct area *a, int row, int col)
{
	bool focus = has_focus(f, field);
	int cursor, width = edit_width(field, a);
	struct buf hidden = BUF_INIT(BUF_MAX_LINE);
	size_t from = lineedit_view(&field->edit, width, &cursor);
	spot_add((struct spot){ .kind = SPOT_FIELD, .area = line_of(a, row, col, width), .index = index_of(f, field) });
	draw_text(a, row, col, width, focus ? STYLE_FIELD_FOCUS : STYLE_FIELD,
		field->spec->hidden ? dots(&field->edit, &hidden) : field->edit.text + from);
	buf_clear(&hidden);
	if (focus)
		term_cursor(a->row + row, a->col + col + cursor);
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

static int button(const struct fields *f, size_t index, const struct area *a, int row, int col, const char *word)
{
	char text[128];
	bool focus = f->focus == index;
	snprintf(text, sizeof(text), "[ %s ]", word);
	int used = draw_text(a, row, col, draw_width(text), focus ? STYLE_BUTTON_FOCUS : STYLE_BUTTON,
		text);
	spot_add((struct spot){ .kind = SPOT_FIELD, .area = line_of(a, row, col, used), .index = index });
	if (focus)
		term_cursor(a->row + row, a->col + col + 2);
	return used;
}

static void draw_field(const struct fields *f, const struct field *field, const struct area *a, int row)
{
	if (compact(field)) {
		int col = a->cols - 2 - edit_width(field, a);
		draw_text(a, row, 1, col - 2, STYLE_NORMAL, field->label);
		draw_edit(f, field, a, row, col);
		return;
	}
	draw_label(field, a, row);
	if (field_has_choices(field)) {
		draw_choices(f, field, a, row + 1);
	} else {
		draw_edit(f, field, a, row + 1, 1);
		draw_suggestions(field, a, row + 2);
	}
}

/* The first field to draw, so that the one with the focus is among those that fit. */
static size_t first_shown(const struct fields *f, int room)
{
	size_t first = 0, last = f->focus < f->n ? f->focus : f->n - 1;
	int rows = 0;
	if (f->n == 0)
		return 0;
	for (size_t i = 0; i <= last; i++)
		rows += field_rows(f, i);
	while (first < last && rows > room)
		rows -= field_rows(f, first++);
	return first;
}

void fields_draw(const struct fields *f, const struct area *a, int row)
{
	int last = a->rows - 1;		/* of the buttons, where there is too little room */
	for (size_t i = first_shown(f, last - row); i < f->n; i++) {
		int rows = field_rows(f, i);
		if (row + rows - 1 > last)
			break;
		draw_field(f, &f->items[i], a, row);
		row += rows;
	}
	if (row > last)
		row = last;
	int used = button(f, f->n, a, row, 1, f->yes);
	/* TRANSLATORS: the button that leaves a dialog without doing anything. */
	button(f, f->n + 1, a, row, 3 + used, _("No, back"));
}
