/* The fields of an action, a Yes and a No: what the dialog of any action is filled in with.
 *
 * Drawn from field_spec rows alone. Enter goes on to the next field and ends on the buttons; where the
 * action costs the shop nothing, Enter in the last field submits. */
#ifndef TUI_DIALOG_FIELDS_H
#define TUI_DIALOG_FIELDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "order/action.h"
#include "tui/dialog/dialog.h"
#include "tui/term/draw.h"
#include "tui/widget/lineedit.h"

#define FIELD_UNCHOSEN ((size_t)-1)

struct field_option {
	const char *value;
	char *label;			/* owned */
};

struct field {
	const struct field_spec *spec;
	const struct entry *entry;	/* the line that it is asked of, or NULL */
	char *label;			/* owned; of a field that repeats */
	struct lineedit edit;		/* TEXT, NUMBER, CODE, IMEI */
	size_t choice;			/* CHOICE, ENTRY: index, or FIELD_UNCHOSEN */
	struct field_option *choices;	/* owned */
	size_t n_choices;
	struct suggestion suggestions[SUGGESTIONS_MAX];
	size_t n_suggestions;
};

struct fields {
	const struct action_spec *spec;
	const struct entry_list *entries;	/* borrowed; may be NULL */
	struct field *items;
	size_t n;
	size_t cap;
	size_t focus;			/* n: the Yes button, n + 1: No */
	bool costly;
	const char *yes;		/* its word, translated */
};

enum fields_result {
	FIELDS_IGNORED,
	FIELDS_CHANGED,
	FIELDS_SUBMIT,
	FIELDS_CANCEL
};

/* Takes an action's fields (NULL: none). Order and entries are for suggestions and for fields that are asked
 * of lines; may be NULL, else the entries have to live as long. */
void fields_init(struct fields *f, const struct action_spec *spec, const struct order *o,
	const struct entry_list *entries);
void fields_clear(struct fields *f);	/* wipes */
/* A copy of all that keys change, and back; the copy is cleared like any fields. */
void fields_keep(const struct fields *f, struct fields *copy);
void fields_put_back(struct fields *f, const struct fields *copy);

/* What the help says of the keys of an action's dialog; for other fields and buttons it begins one row later. */
extern const struct dialog_key fields_action_keys[];
#define FIELDS_KEYS (fields_action_keys + 1)

/* Whether characters are text where the focus is. */
bool fields_typing(const struct fields *f);
enum fields_result fields_key(struct fields *f, uint32_t key);
/* Goes to a field and chooses; false when there is no such choice. */
bool fields_choose(struct fields *f, size_t field, size_t choice);
/* The values; a field that was left empty is not in it. */
void fields_form(const struct fields *f, struct form *out);
/* A scanner read something: true where the field with the focus asks for just that. */
bool fields_scan(struct fields *f, const char *text);
/* Whether nothing was filled in yet but what is proposed. */
bool fields_untouched(const struct fields *f);
/* Empties the codes: a wrong one is typed anew. */
void fields_forget_codes(struct fields *f);

bool field_has_choices(const struct field *field);

/* Lines that drawing takes, the buttons included. */
int fields_rows(const struct fields *f);
/* Draws from `row` of the area on; sets the hardware cursor. Where there is too little room, what is round
 * the focus. */
void fields_draw(const struct fields *f, const struct area *a, int row);

#endif
