#include "cli/act.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "cli/act_form.h"
#include "cli/print.h"

#define BLANKS " \t\r\n"

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

static bool prepare(struct act_run *r, const struct args *args, struct error *err)
{
	int words = act_words(r->spec) ? 1 : args->n_rest;

	for (int i = 0; i < words; i++) {
		bool read = r->spec->bulk && strcmp(args->rest[i], "-") == 0;

		if (read ? !add_read(r, err) : !add_job(r, args->rest[i], err))
			return false;
	}
	if (!r->n)
		return error_set(err, ERR_USAGE, _("no order numbers came on standard input"));
	r->force = args_get(args, "force") != NULL;
	return act_form(r->c->provider, &r->spec, args, &r->form, err);
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
	free(r->warning);
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
