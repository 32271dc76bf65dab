#include "tests/cli/house.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "net/json.h"
#include "tests/lib/proc.h"

#define WORDS_MAX 64
#define RUN_MS 60000

static struct proc_result last;
static struct json *document;
static struct arena texts;

struct market *cli_market(int orders)
{
	struct market *m = market_start(&(struct market_options){ .orders = orders });

	market_configure(m, "requests_per_second = 100\n", NULL);
	return m;
}

void cli_clear(void)
{
	json_free(document);
	document = NULL;
	arena_clear(&texts);
	proc_result_clear(&last);
	last = (struct proc_result){ .status = -1 };
}

void cli_run_words(struct market *m, const char *input, const char *const *words)
{
	const char *argv[WORDS_MAX + 2];
	char *program = built_path("duken");
	size_t n = 0;

	cli_clear();
	argv[n++] = program;
	while (*words && n <= WORDS_MAX)
		argv[n++] = *words++;
	argv[n] = NULL;
	last = proc_run(m->env, argv, input, RUN_MS);
	free(program);
}

int cli_status(void)
{
	return last.status;
}

const char *cli_out(void)
{
	return last.out ? last.out : "";
}

const char *cli_err(void)
{
	return last.err ? last.err : "";
}

/* ---- JSON ------------------------------------------------------------------------------------ */

static const struct json_value *member(const char *path)
{
	struct error err = ERROR_INIT;
	const struct json_value *v;
	char name[80];

	if (!document)
		document = json_parse(last.out, last.out_len, &err);
	if (!document)
		check_fail("%s: %.200s", err.text, last.out);
	v = json_root(document);
	while (*path) {
		size_t len = strcspn(path, ".");

		snprintf(name, sizeof(name), "%.*s", (int)len, path);
		path += len + (path[len] == '.');
		if (json_is_array(v)) {
			v = json_first(v);
			for (long i = strtol(name, NULL, 10); v && i > 0; i--)
				v = json_next(v);
		} else {
			v = json_get(v, name);
		}
		if (!v)
			check_fail("there is no %s in %.2000s", name, last.out);
	}
	return v;
}

const char *cli_json_member(const char *path)
{
	const struct json_value *v = member(path);
	const char *text = json_text(v, &texts, 10000);

	if (!json_present(v))
		return "null";
	if (*text)
		return text;
	return json_bool(v) ? "true" : json_is_array(v) || json_is_object(v) ? "[]" : "";
}

size_t cli_json_count(const char *path)
{
	size_t n = 0;

	for (const struct json_value *v = json_first(member(path)); v; v = json_next(v))
		n++;
	return n;
}

void cli_do_expect(int status, const char *text)
{
	if (last.status == status && (strstr(cli_out(), text) || strstr(cli_err(), text)))
		return;
	check_note("expected status %d and \"%s\"; status was %d", status, text, last.status);
	check_note("stdout: %s", cli_out());
	check_note("stderr: %s", cli_err());
	check_fail("not what was expected");
}
