#include "cli/act.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "cli/print.h"

#define BLANKS " \t\r\n"

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
		/* TRANSLATORS: stands for a number in the help of an option */
		return N_("N");
	case FIELD_CODE:
	case FIELD_TEXT:
		break;
	}
	/* TRANSLATORS: stands for a text in the help of an option */
	return N_("TEXT");
}

/* A code may be left out where an opener would send it first. */
void act_opts(const struct action_spec *spec, struct arena *arena, struct opt *out)
{
	size_t n = 0;

	for (const struct field_spec *f = spec->fields; f && f->name && n < OPTS_MAX - 1; f++)
		out[n++] = (struct opt){
			.name = f->name,
			.value = value_word(f, arena),
			.help = f->hint ? f->hint : f->label,
			.required = f->required && !(f->kind == FIELD_CODE && spec->opener),
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

static void fill_form(struct act_run *r, const struct args *args)
{
	bool has_code = false, wants_code = false;

	for (const struct field_spec *f = r->spec->fields; f && f->name; f++) {
		const char *value = args_get(args, f->name);

		wants_code |= f->kind == FIELD_CODE && f->required;
		has_code |= f->kind == FIELD_CODE && value;
		if (value && f->kind == FIELD_CODE)
			set_code(&r->form, f->name, value);
		else if (value)
			form_set(&r->form, f->name, value);
	}
	if (wants_code && !has_code && r->spec->opener)
		r->spec = provider_action(r->c->provider, r->spec->opener);
}

static bool add_job(struct act_run *r, const char *code, struct error *err)
{
	if (!args_code(code, err))
		return false;
	for (size_t i = 0; i < r->n; i++)
		if (strcmp(r->jobs[i].code, code) == 0)
			return true;
	if (r->n == r->cap) {
		r->cap = r->cap ? 2 * r->cap : 16;
		r->jobs = xreallocarray(r->jobs, r->cap, sizeof(*r->jobs));
	}
	r->jobs[r->n++] = (struct job){ .code = code };
	return true;
}

/* Numbers from standard input, with blanks or line ends between them. */
static bool add_read(struct act_run *r, struct error *err)
{
	char *line = NULL;
	size_t cap = 0;
	bool ok = true;

	while (ok && getline(&line, &cap, stdin) >= 0)
		for (char *s = line + strspn(line, BLANKS); ok && *s; s += strspn(s, BLANKS)) {
			size_t len = strcspn(s, BLANKS);

			ok = add_job(r, arena_strndup(&r->arena, s, len), err);
			s += len;
		}
	free(line);
	return ok;
}

/* The sentences of a form speak of labels; here people type options. */
static bool check_form(const struct act_run *r, struct error *err)
{
	for (const struct field_spec *f = r->spec->fields; f && f->name; f++) {
		const char *value = form_get(&r->form, f->name);

		if (f->required && (!value || !*value))
			return error_set(err, ERR_USAGE, _("the option --%s is missing: %s"),
				f->name, f->hint ? _(f->hint) : _(f->label));
		if (!field_check(f, value, err))
			return error_prefix(err, "--%s", f->name);
	}
	return form_check(r->spec->fields, &r->form, err);
}

static bool prepare(struct act_run *r, const struct args *args, struct error *err)
{
	for (int i = 0; i < args->n_rest; i++) {
		bool read = r->spec->bulk && strcmp(args->rest[i], "-") == 0;

		if (read ? !add_read(r, err) : !add_job(r, args->rest[i], err))
			return false;
	}
	if (!r->n)
		return error_set(err, ERR_USAGE, _("no order numbers came on standard input"));
	fill_form(r, args);
	return check_form(r, err);
}

static void refuse_all(struct act_run *r)
{
	for (size_t i = 0; i < r->n; i++)
		act_end(r, &r->jobs[i], "refused", _("The desk is read-only: nothing was sent."),
			CLI_EXIT_FAILED);
}

/* ---- saying it ------------------------------------------------------------------------------- */

static void print_json(const struct act_run *r)
{
	struct buf out = BUF_INIT(BUF_MAX_OUTPUT);
	struct json_writer w = JSON_WRITER(&out);

	print_begin(&w);
	json_open(&w, "results", '[');
	for (size_t i = 0; i < r->n; i++) {
		json_open(&w, NULL, '{');
		json_put_text(&w, "code", r->jobs[i].code);
		json_put_text(&w, "action", r->spec->id);
		json_put_text(&w, "outcome", r->jobs[i].outcome);
		print_text(&w, "message", r->jobs[i].message);
		json_close(&w, '}');
	}
	json_close(&w, ']');
	print_end(&w);
	buf_clear(&out);
}

static void print_lines(const struct act_run *r)
{
	static const struct {
		const char *outcome, *label;
	} labels[] = {
		{ "refused", N_("refused") },
		{ "conflict", N_("not done, the order changed") },
		{ "unknown", N_("outcome unknown") },
		{ "queued", N_("queued") },
	};

	char name[40];

	for (size_t i = 0; i < r->n; i++) {
		const struct job *job = &r->jobs[i];
		const char *label = _(r->spec->done);

		for (size_t k = 0; k < sizeof(labels) / sizeof(*labels); k++)
			if (strcmp(labels[k].outcome, job->outcome) == 0)
				label = _(labels[k].label);
		printf("%s: %s%s%s\n", job->code, label, *job->message ? ": " : "", job->message);
		if (r->asked != r->spec && strcmp(job->outcome, "done") == 0)
			/* TRANSLATORS: the command that comes next */
			fprintf(stderr, _("Then: duken %s %s --code CODE\n"),
				act_name(r->asked, name), job->code);
	}
}

static int worst(const struct act_run *r)
{
	int status = 0;

	for (size_t i = 0; i < r->n; i++)
		if (r->jobs[i].status > status)
			status = r->jobs[i].status;
	return status;
}

static void run_clear(struct act_run *r)
{
	for (size_t i = 0; i < r->n; i++) {
		free(r->jobs[i].order_id);
		free(r->jobs[i].heard);
		free(r->jobs[i].message);
	}
	free(r->jobs);
	form_clear(&r->form);
	arena_clear(&r->arena);
}

int act_run(struct cli *c, const struct action_spec *spec, const struct args *args)
{
	struct act_run r = { .c = c, .spec = spec, .asked = spec, .form = FORM_INIT,
		.arena = ARENA_INIT };
	struct error err = ERROR_INIT;
	int status;

	if (!prepare(&r, args, &err)) {
		status = cli_fail(c, &err);
		run_clear(&r);
		return status;
	}
	r.running = r.n;
	if (c->read_only)
		refuse_all(&r);
	if (!c->read_only && !act_work(&r, &err)) {
		status = cli_fail(c, &err);
	} else {
		status = worst(&r);
		if (c->json)
			print_json(&r);
		else
			print_lines(&r);
	}
	run_clear(&r);
	return status;
}
