#include "cli/command.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/path.h"
#include "cli/print.h"
#include "desk/desk.h"
#include "desk/setting_key.h"

/* Where the settings are or would be; the caller's to free. */
static char *config_path(const struct cli *c)
{
	return c->config ? xstrdup(c->config) : path_config();
}

/* ---- path ------------------------------------------------------------------------------------ */

static int show_path(struct cli *c)
{
	char *path = config_path(c);
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
	char *path = config_path(c);
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

/* ---- init: a conversation -------------------------------------------------------------------- */

struct answers {
	char *shop;
	char *base_url;
	char *token_file;
	char *token;		/* NULL: the file stays as it is */
};

static void answers_clear(struct answers *a)
{
	free(a->shop);
	free(a->base_url);
	free(a->token_file);
	if (a->token)
		explicit_bzero(a->token, strlen(a->token));
	free(a->token);
}

/* A line without its end; NULL at the end of the input. */
static char *read_line(void)
{
	char *line = NULL;
	size_t cap = 0;
	ssize_t len = getline(&line, &cap, stdin);

	if (len < 0) {
		free(line);
		return NULL;
	}
	line[strcspn(line, "\r\n")] = '\0';
	return line;
}

/* Enter alone takes what is offered. NULL at the end of the input. */
static char *ask(const char *question, const char *offer)
{
	char *line;

	fprintf(stderr, "%s [%s]: ", question, offer);
	line = read_line();
	if (line && !*line) {
		free(line);
		line = xstrdup(offer);
	}
	return line;
}

static char *ask_secret(const char *question)
{
	struct termios old, quiet;
	char *line;

	fprintf(stderr, "%s: ", question);
	if (tcgetattr(STDIN_FILENO, &old) < 0)
		return NULL;
	quiet = old;
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
	line = read_line();
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &old);
	fputc('\n', stderr);
	return line;
}

static bool ask_yes(const char *question)
{
	/* TRANSLATORS: the offer of a question that is answered with yes or no */
	char *line = ask(question, _("no"));
	bool yes = line && (rpmatch(line) == 1 || strcmp(line, _("yes")) == 0 ||
		strcmp(line, "y") == 0 || strcmp(line, "yes") == 0);

	free(line);
	return yes;
}

/* Asks again until the settings would take the answer. NULL at the end of the input. */
static char *ask_setting(const char *name, const char *question, const char *offer)
{
	const struct setting_key *keys = setting_keys_shop();
	int key = setting_key_find(keys, name);
	struct error err = ERROR_INIT;
	struct shop scratch = { 0 };
	char *line;
	bool ok;

	while ((line = ask(question, offer))) {
		ok = key < 0 ? setting_shop_name(line, &err) :
			       setting_apply(&keys[key], &scratch, line, &err);
		setting_release(keys, &scratch);
		if (ok)
			return line;
		fprintf(stderr, "%s\n", err.text);
		free(line);
	}
	return NULL;
}

/* Beside the settings; the caller's to free. */
static char *offered_token_file(const char *path, const char *shop)
{
	const char *slash = strrchr(path, '/');
	char *dir = slash ? xstrndup(path, (size_t)(slash - path)) : xstrdup(".");
	char *full = realpath(dir, NULL);
	char *offer = xasprintf("%s/%s.token", full ? full : dir, shop);

	free(full);
	free(dir);
	return offer;
}

static bool ask_all(struct answers *a, const char *path, struct error *err)
{
	const struct provider *p = desk_provider_at(0);
	char *offer = NULL;

	a->shop = ask_setting("", _("A short name for the shop (Latin letters)"), "main");
	if (a->shop)
		a->base_url = ask_setting("base_url", _("The address of the marketplace"),
			p->default_base_url);
	if (a->base_url) {
		offer = offered_token_file(path, a->shop);
		a->token_file =
			ask_setting("token_file", _("The file that holds the token"), offer);
	}
	if (a->token_file)
		a->token = ask_secret(
			_("The token from the shop's cabinet (not shown; Enter: later)"));
	free(offer);
	if (!a->token_file)
		return error_set(err, ERR_CANCELLED, _("stopped; nothing was written"));
	return true;
}

/* What was typed goes into quotes, where " and \ mean something. */
static void add_quoted(struct buf *out, const char *name, const char *value)
{
	buf_addf(out, "\t%s = \"", name);
	for (; *value; value++) {
		if (*value == '"' || *value == '\\' || *value == '$')
			buf_addc(out, '\\');
		buf_addc(out, *value);
	}
	buf_adds(out, "\"\n");
}

static bool write_settings(const struct answers *a, const char *path, struct error *err)
{
	struct buf out = BUF_INIT(BUF_MAX_FILE);
	char *draft = xasprintf("%s.new", path);
	struct settings *read = NULL;
	bool ok;

	buf_adds(&out, "# Settings of duken; man duken.conf says what else there is.\n");
	buf_addf(&out, "shop \"%s\" {\n", a->shop);
	add_quoted(&out, "provider", desk_provider_at(0)->id);
	add_quoted(&out, "base_url", a->base_url);
	add_quoted(&out, "token_file", a->token_file);
	buf_adds(&out, "}\n");
	/* What was typed has to pass the same checks before it takes the place of anything. */
	ok = file_write_atomic(draft, buf_str(&out), out.len, err);
	if (ok)
		read = settings_load(draft, err);
	ok = read && rename(draft, path) == 0;
	if (read && !ok)
		error_set(err, ERR_STORAGE, _("cannot write %s: %s"), path, strerror(errno));
	if (!ok)
		unlink(draft);
	settings_free(read);
	free(draft);
	buf_clear(&out);
	return ok;
}

static bool write_token(const struct answers *a, struct error *err)
{
	const char *home = getenv("HOME");
	bool at_home = strncmp(a->token_file, "~/", 2) == 0 && home;
	char *path;
	bool ok = true;

	if (!a->token || !*a->token)
		return true;
	path = at_home ? xasprintf("%s%s", home, a->token_file + 1) : xstrdup(a->token_file);
	if (access(path, F_OK) == 0)
		fprintf(stderr, _("%s is there already.\n"), path);
	if (access(path, F_OK) != 0 || ask_yes(_("Replace it?")))
		ok = file_write_atomic(path, a->token, strlen(a->token), err);
	free(path);
	return ok;
}

static bool make_folder(const char *path, struct error *err)
{
	char *dir = xstrndup(path, strrchr(path, '/') ? (size_t)(strrchr(path, '/') - path) : 0);
	bool ok = !*dir || access(dir, F_OK) == 0 || path_make_dir(dir, err);

	free(dir);
	return ok;
}

static int converse(struct cli *c, const char *path)
{
	struct answers a = { 0 };
	struct error err = ERROR_INIT;
	int status = 0;

	if (access(path, F_OK) == 0) {
		fprintf(stderr, _("%s is there already.\n"), path);
		if (!ask_yes(_("Replace it?"))) {
			cli_say(_("stopped; nothing was written"));
			return CLI_EXIT_FAILED;
		}
	}
	if (!ask_all(&a, path, &err) || !make_folder(path, &err) ||
		!write_settings(&a, path, &err) || !write_token(&a, &err))
		status = cli_fail(c, &err);
	else
		printf(_("%s is written. Next: duken doctor, then duken.\n"), path);
	answers_clear(&a);
	return status;
}

static int init(struct cli *c)
{
	struct error err = ERROR_INIT;
	char *path;
	int status;

	if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO)) {
		error_set(&err, ERR_USAGE,
			_("config init asks questions and needs a terminal; without one, "
			  "copy the example of man duken.conf"));
		return cli_fail(c, &err);
	}
	path = config_path(c);
	status = converse(c, path);
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
