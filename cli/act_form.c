#include "cli/act_form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "cli/command.h"

/* ---- names and options ----------------------------------------------------------------------- */

const char *act_name(const struct action_spec *spec, char out[40])
{
	snprintf(out, 40, "%s", spec->id);
	for (char *s = out; *s; s++)
		if (*s == '_')
			*s = '-';
	return out;
}

const struct action_spec *act_find(const struct provider *p, const char *name)
{
	char typed[40];

	for (const struct action_spec *a = p->actions; a->id; a++)
		if (strcmp(act_name(a, typed), name) == 0)
			return a;
	return NULL;
}

/* "buyer|not-reachable": what the command line takes. */
static const char *choice_words(const struct field_spec *field, struct arena *arena)
{
	const char *words = NULL;

	for (const struct field_choice *c = field->choices; c && c->value; c++) {
		const char *word = c->option ? c->option : c->value;

		words = words ? arena_printf(arena, "%s|%s", words, word) :
				arena_strdup(arena, word);
	}
	return words;
}

static const char *value_word(const struct field_spec *field, struct arena *arena)
{
	switch (field->kind) {
	case FIELD_CHOICE:
		return choice_words(field, arena);
	case FIELD_NUMBER:
	case FIELD_ENTRY:
		/* TRANSLATORS: stands for a number in the help of an option */
		return N_("N");
	case FIELD_CODE:
	case FIELD_TEXT:
	case FIELD_IMEI:
		break;
	}
	/* TRANSLATORS: stands for a text in the help of an option */
	return N_("TEXT");
}

const struct field_spec *act_words(const struct action_spec *spec)
{
	for (const struct field_spec *f = spec->fields; f && f->name; f++)
		if (f->kind == FIELD_IMEI)
			return f;
	return NULL;
}

/* A code may be left out where an opener would send it first. */
void act_opts(const struct action_spec *spec, struct arena *arena, struct opt *out)
{
	size_t n = 0;

	for (const struct field_spec *f = spec->fields; f && f->name && n < OPTS_MAX - 2; f++)
		if (f != act_words(spec))
			out[n++] = (struct opt){
				.name = f->name,
				.value = value_word(f, arena),
				.help = f->hint ? f->hint : f->label,
				.required = f->required && !(f->kind == FIELD_CODE && spec->opener),
				.repeats = f->repeats,
			};
	if (spec->warns)
		out[n++] = (struct opt){
			.name = "force",
			.help = N_("do it even where it looks like a mistake"),
		};
	out[n] = (struct opt){ .name = NULL };
}

/* ---- the form -------------------------------------------------------------------------------- */

/* "-" keeps a code out of the list of processes: it is read from standard input. */
static void set_code(struct form *form, const char *name, const char *value)
{
	char line[64] = "";

	if (strcmp(value, "-") != 0) {
		form_set(form, name, value);
		return;
	}
	if (fgets(line, sizeof(line), stdin))
		line[strcspn(line, "\r\n")] = '\0';
	form_set(form, name, line);
	explicit_bzero(line, sizeof(line));
}

static bool is_entry(const struct action_spec *spec, const char *name)
{
	for (const struct field_spec *f = spec->fields; f && f->name; f++)
		if (strcmp(f->name, name) == 0)
			return f->kind == FIELD_ENTRY;
	return false;
}

/* --entry begins a line; what follows belongs to it. */
static bool fill_lines(const struct action_spec *spec, const struct args *args, struct form *form,
	struct error *err)
{
	size_t line = 0;
	bool begun = false;

	for (int i = 0; i < args->n_given; i++) {
		const struct given *g = &args->given[i];

		if (is_entry(spec, g->name)) {
			line += begun;
			begun = true;
		}
		if (form_get_nth(form, g->name, line))
			return error_set(err, ERR_USAGE, _("the option --%s was given twice"), g->name);
		form_set_nth(form, g->name, line, g->value);
	}
	return true;
}

static void fill_words(const struct action_spec *spec, const struct args *args, struct form *form)
{
	const struct field_spec *f = act_words(spec);

	for (int i = 1; f && i < args->n_rest && i <= GIVEN_MAX; i++)
		form_set_nth(form, f->name, (size_t)i - 1, args->rest[i]);
}

/* The sentences of a form speak of labels; here people type options. */
static bool check(const struct action_spec *spec, const struct form *form, struct error *err)
{
	for (const struct field_spec *f = spec->fields; f && f->name; f++) {
		const char *value = form_get(form, f->name);

		if (f->required && (!value || !*value) && f != act_words(spec))
			return error_set(err, ERR_USAGE, _("the option --%s is missing: %s"),
				f->name, f->hint ? _(f->hint) : _(f->label));
		if (!field_check(f, value, err))
			return f == act_words(spec) ? false : error_prefix(err, "--%s", f->name);
	}
	return form_check(spec->fields, form, err);
}

bool act_form(const struct provider *p, const struct action_spec **spec, const struct args *args,
	struct form *form, struct error *err)
{
	bool has_code = false, wants_code = false;

	for (const struct field_spec *f = (*spec)->fields; f && f->name; f++) {
		const char *value = f->repeats ? NULL : args_get(args, f->name);

		wants_code |= f->kind == FIELD_CODE && f->required;
		has_code |= f->kind == FIELD_CODE && value;
		if (value && f->kind == FIELD_CODE)
			set_code(form, f->name, value);
		else if (value)
			form_set(form, f->name, value);
	}
	if (!fill_lines(*spec, args, form, err))
		return false;
	fill_words(*spec, args, form);
	if (wants_code && !has_code && (*spec)->opener)
		*spec = provider_action(p, (*spec)->opener);
	return check(*spec, form, err);
}

/* ---- lines of the order ---------------------------------------------------------------------- */

static const struct entry *entry_of(const struct entry_list *entries, const char *typed)
{
	char number[24];

	for (size_t i = 0; i < entries->n; i++) {
		snprintf(number, sizeof(number), "%lld", (long long)entries->items[i].number);
		if (strcmp(number, typed) == 0)
			return &entries->items[i];
	}
	return NULL;
}

/* In the same line: "entry.2" stays "entry.2". */
static bool name_entry(const struct field_spec *f, const struct entry_list *entries, struct form *form,
	struct error *err)
{
	const char *typed;

	for (size_t i = 0; (typed = form_get_nth(form, f->name, i)); i++) {
		const struct entry *e = entry_of(entries, typed);

		if (!e)
			return error_set(err, ERR_USAGE,
				_("the order has no item with the number %.20s; \"duken show\" prints them"), typed);
		form_set_nth(form, f->name, i, e->id);
	}
	return true;
}

bool act_form_entries(const struct action_spec *spec, const struct subject *s, bool force,
	struct form *form, char **warning, struct error *err)
{
	struct error what = ERROR_INIT;

	for (const struct field_spec *f = spec->fields; f && f->name; f++)
		if (f->kind == FIELD_ENTRY && !name_entry(f, s->entries, form, err))
			return false;
	if (!spec->applies(s->order, err) || (spec->fits && !spec->fits(s, form, err)))
		return false;
	if (!spec->warns || !spec->warns(s, form, &what))
		return true;
	*warning = xstrdup(what.text);
	if (force)
		return true;
	*err = what;
	/* TRANSLATORS: comes before the sentence that says what looks wrong; --force is an option. */
	return error_prefix(err, _("Nothing was sent (--force does it all the same)"));
}
