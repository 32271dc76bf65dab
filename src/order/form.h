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
	FIELD_CODE	/* digits, min to max of them; a secret: never written anywhere */
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
	int64_t min;		/* NUMBER: value; TEXT, CODE: characters */
	int64_t max;
	const struct field_choice *choices;	/* CHOICE: ends with a NULL value */
	/* Fills up to SUGGESTIONS_MAX, the best first; returns how many. NULL for none. */
	size_t (*suggest)(const struct order *o, const struct entry_list *entries,
		struct suggestion *out);
};

#define FORM_MAX 8

struct form {
	struct {
		char name[32];
		char *value;	/* owned */
	} fields[FORM_MAX];
	size_t n;
};

#define FORM_INIT { .n = 0 }

/* Replaces a value of that name; NULL takes it out. Wipes what it replaces. */
void form_set(struct form *f, const char *name, const char *value);
/* The value, or NULL. */
const char *form_get(const struct form *f, const char *name);
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
