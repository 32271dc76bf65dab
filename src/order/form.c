#include "order/form.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/money.h"
#include "base/text.h"
#include "order/imei.h"

#define NUMBER_CAP 40	/* what number_format() needs */

static void wipe(char *value)
{
	if (value)
		explicit_bzero(value, strlen(value));
	free(value);
}

static size_t find(const struct form *f, const char *name)
{
	size_t i = 0;

	while (i < f->n && strcmp(f->fields[i].name, name) != 0)
		i++;
	return i;
}

static void take_out(struct form *f, size_t i)
{
	if (i == f->n)
		return;
	wipe(f->fields[i].value);
	f->n--;
	memmove(&f->fields[i], &f->fields[i + 1], (f->n - i) * sizeof(f->fields[0]));
}

void form_set(struct form *f, const char *name, const char *value)
{
	size_t i = find(f, name);

	if (!value) {
		take_out(f, i);
		return;
	}
	if (i == f->n) {
		/* Names come from the tables of a provider, so this is a slip in the program. */
		if (f->n == FORM_MAX || strlen(name) >= sizeof(f->fields[i].name))
			abort();
		if (f->n == f->cap) {
			f->cap = f->cap ? 2 * f->cap : 4;
			f->fields = xreallocarray(f->fields, f->cap, sizeof(f->fields[0]));
		}
		memcpy(f->fields[i].name, name, strlen(name) + 1);
		f->fields[i].value = NULL;
		f->n++;
	}
	wipe(f->fields[i].value);
	f->fields[i].value = xstrdup(value);
}

const char *form_get(const struct form *f, const char *name)
{
	size_t i = find(f, name);

	return i < f->n ? f->fields[i].value : NULL;
}

static void nth_name(const char *name, size_t i, char out[32])
{
	if (i == 0)
		snprintf(out, 32, "%s", name);
	else
		snprintf(out, 32, "%.20s.%zu", name, i + 1);
}

void form_set_nth(struct form *f, const char *name, size_t i, const char *value)
{
	char nth[32];

	nth_name(name, i, nth);
	form_set(f, nth, value);
}

const char *form_get_nth(const struct form *f, const char *name, size_t i)
{
	char nth[32];

	nth_name(name, i, nth);
	return form_get(f, nth);
}

void form_copy(struct form *to, const struct form *from)
{
	if (to == from)
		return;
	form_clear(to);
	for (size_t i = 0; i < from->n; i++)
		form_set(to, from->fields[i].name, from->fields[i].value);
}

void form_clear(struct form *f)
{
	while (f->n)
		take_out(f, f->n - 1);
	free(f->fields);
	*f = (struct form)FORM_INIT;
}

const struct field_choice *field_choice_find(const struct field_spec *field, const char *value)
{
	for (const struct field_choice *c = field->choices; c && value && c->value; c++)
		if (strcmp(c->value, value) == 0 || (c->option && strcmp(c->option, value) == 0))
			return c;
	return NULL;
}

static bool check_choice(const struct field_spec *field, const char *value, struct error *err)
{
	char words[256] = "";
	size_t used = 0;

	if (field_choice_find(field, value))
		return true;
	for (const struct field_choice *c = field->choices; c && c->value; c++) {
		int n = snprintf(words + used, sizeof(words) - used, "%s%s", used ? ", " : "",
			c->option ? c->option : c->value);

		if (n < 0 || (size_t)n >= sizeof(words) - used)
			break;
		used += (size_t)n;
	}
	/* TRANSLATORS: %1$s is what was typed, %2$s a field's label, %3$s a list of words to type. */
	return error_set(err, ERR_USAGE, _("\"%1$s\" is not known for \"%2$s\"; choose one of: %3$s."),
		value, _(field->label), words);
}

static bool too_long(const struct field_spec *field, int64_t chars, struct error *err)
{
	char is[NUMBER_CAP], max[NUMBER_CAP];

	number_format(chars, is, sizeof(is));
	number_format(field->max, max, sizeof(max));
	/* TRANSLATORS: %1$s is a field's label, %2$s the characters typed, %3$s the most allowed. */
	return error_set(err, ERR_USAGE,
		ngettext("\"%1$s\" is %2$s character long; at most %3$s are allowed.",
			"\"%1$s\" is %2$s characters long; at most %3$s are allowed.",
			(unsigned long)chars),
		_(field->label), is, max);
}

static bool check_text(const struct field_spec *field, const char *value, struct error *err)
{
	int64_t chars;

	if (!text_is_utf8(value, strlen(value)))
		return error_set(err, ERR_USAGE, _("\"%s\" is not valid text (UTF-8)."),
			_(field->label));
	chars = (int64_t)text_chars(value);
	if (field->max > 0 && chars > field->max)
		return too_long(field, chars, err);
	if (chars < field->min)
		return error_set(err, ERR_USAGE,
			ngettext("\"%s\" needs at least %ld character.",
				"\"%s\" needs at least %ld characters.", (unsigned long)field->min),
			_(field->label), (long)field->min);
	return true;
}

static bool all_digits(const char *s)
{
	return *s && s[strspn(s, "0123456789")] == '\0';
}

static bool check_number(const struct field_spec *field, const char *value, struct error *err)
{
	const char *digits = value + (*value == '-');
	char min[NUMBER_CAP], max[NUMBER_CAP];

	if (all_digits(digits) && strlen(digits) <= 18) {
		int64_t n = strtoll(value, NULL, 10);

		if (n >= field->min && n <= field->max)
			return true;
	}
	number_format(field->min, min, sizeof(min));
	number_format(field->max, max, sizeof(max));
	return error_set(err, ERR_USAGE, _("\"%s\" must be a whole number from %s to %s."),
		_(field->label), min, max);
}

/* The code itself is never repeated in a sentence: sentences are written to the journal. */
static bool check_code(const struct field_spec *field, const char *value, struct error *err)
{
	int64_t n = (int64_t)strlen(value);

	if (!all_digits(value))
		return error_set(err, ERR_USAGE, _("\"%s\" may hold digits only."), _(field->label));
	if (n >= field->min && n <= field->max)
		return true;
	if (field->min == field->max)
		return error_set(err, ERR_USAGE,
			ngettext("\"%s\" must have %ld digit.", "\"%s\" must have %ld digits.",
				(unsigned long)field->min),
			_(field->label), (long)field->min);
	return error_set(err, ERR_USAGE,
		ngettext("\"%s\" must have from %ld to %ld digit.",
			"\"%s\" must have from %ld to %ld digits.", (unsigned long)field->max),
		_(field->label), (long)field->min, (long)field->max);
}

static bool missing(const struct field_spec *field, struct error *err)
{
	switch (field->kind) {
	case FIELD_CODE:
		return error_set(err, ERR_USAGE, _("Enter the code."));
	case FIELD_CHOICE:
	case FIELD_ENTRY:
		return error_set(err, ERR_USAGE, _("Choose a value for \"%s\"."), _(field->label));
	case FIELD_TEXT:
	case FIELD_NUMBER:
	case FIELD_IMEI:
		break;
	}
	return error_set(err, ERR_USAGE, _("Enter a value for \"%s\"."), _(field->label));
}

bool field_check(const struct field_spec *field, const char *value, struct error *err)
{
	if (!value || !*value)
		return field->required ? missing(field, err) : true;
	switch (field->kind) {
	case FIELD_CHOICE:
		return check_choice(field, value, err);
	case FIELD_TEXT:
		return check_text(field, value, err);
	case FIELD_NUMBER:
		return check_number(field, value, err);
	case FIELD_CODE:
		return check_code(field, value, err);
	case FIELD_ENTRY:
		return true;	/* whether there is such a line is known to whoever has the lines */
	case FIELD_IMEI:
		return imei_check(value, err);
	}
	return false;
}

/* The field that a value belongs to, or NULL. */
static const struct field_spec *field_of(const struct field_spec *fields, const char *name)
{
	for (const struct field_spec *s = fields; s && s->name; s++) {
		size_t n = strlen(s->name);

		if (strncmp(s->name, name, n) == 0 && (name[n] == '\0' || (s->repeats && name[n] == '.')))
			return s;
	}
	return NULL;
}

bool form_check(const struct field_spec *fields, const struct form *f, struct error *err)
{
	for (const struct field_spec *s = fields; s && s->name; s++)
		if (!field_check(s, form_get(f, s->name), err))
			return false;
	for (size_t i = 0; i < f->n; i++) {
		const struct field_spec *s = field_of(fields, f->fields[i].name);

		if (!s)
			return error_set(err, ERR_USAGE, _("There is no field \"%s\" here."),
				f->fields[i].name);
		if (s->repeats && !field_check(s, f->fields[i].value, err))
			return false;
	}
	return true;
}
