#include "cli/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/ask.h"
#include "cli/print.h"
#include "cli/setup.h"

/* ---- path ------------------------------------------------------------------------------------ */

static int show_path(struct cli *c)
{
	char *path = setup_path(c);
	struct buf out = BUF_INIT(BUF_MAX_LINE);
	struct json_writer w = JSON_WRITER(&out);

	if (c->json) {
		print_begin(&w);
		json_put_text(&w, "path", path);
		print_end(&w);
	} else {
		puts(path);
	}
	buf_clear(&out);
	free(path);
	return 0;
}

/* ---- check ----------------------------------------------------------------------------------- */

static void add_slip(void *arg, const char *sentence)
{
	struct json_writer *w = arg;

	cli_say("%s", sentence);
	json_open(w, NULL, '{');
	json_put_text(w, "message", sentence);
	json_close(w, '}');
}

static int check(struct cli *c)
{
	char *path = setup_path(c);
	struct buf out = BUF_INIT(BUF_MAX_OUTPUT);
	struct json_writer w = JSON_WRITER(&out);
	size_t slips;

	print_begin(&w);
	json_put_text(&w, "path", path);
	json_open(&w, "items", '[');
	slips = settings_check(path, add_slip, &w);
	if (!slips)
		slips = cli_check_lock(c, path, add_slip, &w);
	json_close(&w, ']');
	if (c->json)
		print_end(&w);
	else if (!slips)
		printf(_("%s: everything is in order\n"), path);
	buf_clear(&out);
	free(path);
	return slips ? CLI_EXIT_USAGE : 0;
}

/* ---- init ------------------------------------------------------------------------------------ */

static int init(struct cli *c)
{
	struct error err = ERROR_INIT;
	char *path;
	bool works;
	int status;

	if (!ask_possible()) {
		error_set(&err, ERR_USAGE,
			_("config init asks questions and needs a terminal; without one, "
			  "copy the example of man duken.conf"));
		return cli_fail(c, &err);
	}
	if (!setup_language(c)) {
		error_set(&err, ERR_CANCELLED, _("stopped; nothing was written"));
		return cli_fail(c, &err);
	}
	path = setup_path(c);
	status = setup_run(c, path, &works);
	free(path);
	return status;
}

int cmd_config(struct cli *c, const struct args *args)
{
	static const struct {
		const char *word;
		int (*run)(struct cli *c);
	} words[] = { { "check", check }, { "path", show_path }, { "init", init } };
	struct error err = ERROR_INIT;

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strcmp(args->rest[0], words[i].word) == 0)
			return words[i].run(c);
	error_set(&err, ERR_USAGE, _("config knows check, path and init, not \"%.80s\""),
		args->rest[0]);
	return cli_fail(c, &err);
}
