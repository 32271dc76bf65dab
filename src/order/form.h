/* What a person fills in for an action, and the fields that say how.
 *
 * A dialog, the command line and the man page are drawn from the same field_spec rows. A form is
 * plain data: name -> value, both text. */
#ifndef ORDER_FORM_H
#define ORDER_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "order/order.h"

enum field_kind {
	FIELD_CHOICE,	/* one of choices[] */
	FIELD_TEXT,	/* free text of at most max characters */
	FIELD_NUMBER,	/* a whole number from min to max */
	FIELD_CODE,	/* digits, min to max of them; a secret: never written anywhere */
	FIELD_ENTRY,	/* a line of the order: its id. People choose it, or type its number */
	FIELD_IMEI	/* one device: its IMEI, or those of its two SIM cards with a comma between; see order/imei.h */
};

struct field_choice {
	const char *value;	/* what the API is told */
	const char *label;	/* N_() */
	const char *option;	/* what the command line also takes: "out-of-stock" */
};

/* A value the clerk is likely to want, with the reason: "3" "number of different items". */
struct suggestion {
	char value[24];
	const char *reason;	/* N_() */
};

#define SUGGESTIONS_MAX 4

struct field_spec {
	const char *name;	/* of the value in the form and of the option: "spaces" -> --spaces */
	const char *label;	/* N_() */
	const char *hint;	/* N_(), what the man page and the dialog say of it; NULL for none */
	enum field_kind kind;
	bool required;
	bool hidden;		/* CODE: shown as dots, whoever looks over a shoulder */
	int64_t min;		/* NUMBER: value; TEXT, CODE: characters */
	int64_t max;
	const struct field_choice *choices;	/* CHOICE: ends with a NULL value */
	/* Given once for each line (together with the ENTRY that repeats too) or once for each piece of the
	 * line that was chosen: form_get_nth(). */
	bool repeats;
	/* ENTRY: which lines may be chosen; others that repeat: of which they are asked. NULL: all. */
	bool (*takes)(const struct entry *e);
	/* Fills up to SUGGESTIONS_MAX, the best first; returns how many. NULL for none. */
	size_t (*suggest)(const struct order *o, const struct entry_list *entries,
		struct suggestion *out);
};

#define FORM_MAX 200	/* values of one form */

struct form_value {
	char name[32];
	char *value;		/* owned */
};

struct form {
	struct form_value *fields;	/* owned */
	size_t n;
	size_t cap;
};

#define FORM_INIT { .n = 0 }

/* Replaces a value of that name; NULL takes it out. Wipes what it replaces. */
void form_set(struct form *f, const char *name, const char *value);
/* The value, or NULL. */
const char *form_get(const struct form *f, const char *name);
/* Of a field that repeats the i-th value, from 0: its name is "weight", then "weight.2" and so on. */
void form_set_nth(struct form *f, const char *name, size_t i, const char *value);
const char *form_get_nth(const struct form *f, const char *name, size_t i);
void form_copy(struct form *to, const struct form *from);
void form_clear(struct form *f);	/* wipes */

/* The choice that a value names by the API's word or by the command line's; NULL when it is neither.
 * Providers send its `value`, lists show its `label`. */
const struct field_choice *field_choice_find(const struct field_spec *field, const char *value);

/* One value against its field: required, limits (characters, not bytes), choice known, digits only.
 * Fails with USAGE and a sentence that names the field. value may be NULL. */
bool field_check(const struct field_spec *field, const char *value, struct error *err);
/* All fields, and no value without a field. `fields` ends with a NULL name; may be NULL. */
bool form_check(const struct field_spec *fields, const struct form *f, struct error *err);

#endif
