/* duken clerk: who may unlock the desk. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/pin.h"
#include "cli/ask.h"
#include "cli/command.h"
#include "cli/print.h"
#include "desk/clerks.h"

#define TYPED_MAX 256	/* bytes of a line: what is longer is no PIN */

struct clerk_run {
	struct cli *c;
	char *path;
	struct clerks clerks;
	const char *name;	/* NULL for list */
};

/* ---- the PIN --------------------------------------------------------------------------------- */

static bool ask_twice(struct buf *pin, struct buf *again, struct error *err)
{
	if (!ask_possible())
		return error_set(err, ERR_USAGE, _("A PIN is asked for on a terminal, and this is none."));
	if (!ask_secret(_("PIN (not shown)"), pin) || !pin_check(buf_str(pin), err) ||
		!ask_secret(_("The same PIN once more"), again))
		return err->code ? false : error_set(err, ERR_CANCELLED, _("stopped; nothing was written"));
	return strcmp(buf_str(pin), buf_str(again)) == 0 ||
		error_set(err, ERR_USAGE, _("The two are not the same; nothing was written."));
}

/* Reads the list once more behind the questions: it is as old as they were long. */
static bool set_pin(struct clerk_run *r, struct error *err)
{
	struct buf pin = BUF_INIT(TYPED_MAX), again = BUF_INIT(TYPED_MAX);
	const struct tries none = { .wrong = 0 };
	bool ok = ask_twice(&pin, &again, err) && clerks_load(r->path, &r->clerks, err) &&
		clerks_set(&r->clerks, r->name, buf_str(&pin), err) && clerks_save(r->path, &r->clerks, err) &&
		tries_save(r->path, r->name, &none, err);

	buf_wipe(&pin);
	buf_wipe(&again);
	return ok;
}

/* ---- what can be done ------------------------------------------------------------------------ */

static bool is_there(const struct clerk_run *r, struct error *err)
{
	return clerks_find(&r->clerks, r->name) < r->clerks.n ||
		error_set(err, ERR_NOT_FOUND, _("There is no clerk %.80s; duken clerk list shows who has a PIN."), r->name);
}

static bool add(struct clerk_run *r, struct error *err)
{
	if (!clerks_name_check(r->name, err))
		return false;
	if (clerks_find(&r->clerks, r->name) < r->clerks.n)
		return error_set(err, ERR_CONFLICT, _("%s has a PIN already; duken clerk pin sets another one."), r->name);
	return set_pin(r, err);
}

static bool change(struct clerk_run *r, struct error *err)
{
	return is_there(r, err) && set_pin(r, err);
}

static bool take_out(struct clerk_run *r, struct error *err)
{
	const struct tries none = { .wrong = 0 };

	if (!is_there(r, err))
		return false;
	clerks_remove(&r->clerks, clerks_find(&r->clerks, r->name));
	return clerks_save(r->path, &r->clerks, err) && tries_save(r->path, r->name, &none, err);
}

static bool list(struct clerk_run *r, struct error *err)
{
	struct buf out = BUF_INIT(BUF_MAX_FILE);
	struct json_writer w = JSON_WRITER(&out);

	(void)err;
	print_begin(&w);
	json_open(&w, "items", '[');
	for (size_t i = 0; i < r->clerks.n; i++) {
		json_open(&w, NULL, '{');
		json_put_text(&w, "name", r->clerks.items[i].name);
		json_close(&w, '}');
	}
	json_close(&w, ']');
	for (size_t i = 0; i < r->clerks.n && !r->c->json; i++)
		puts(r->clerks.items[i].name);
	if (r->c->json)
		print_end(&w);
	else if (r->clerks.n == 0)
		fprintf(stderr, "%s\n", _("Nobody has a PIN, and the desk cannot be locked."));
	buf_clear(&out);
	return true;
}

static void say_done(const struct clerk_run *r, const char *sentence)
{
	struct buf out = BUF_INIT(BUF_MAX_LINE);
	struct json_writer w = JSON_WRITER(&out);

	if (r->c->json) {
		print_begin(&w);
		json_put_text(&w, "name", r->name);
		print_end(&w);
	} else {
		printf("%s: %s\n", r->name, sentence);
	}
	buf_clear(&out);
}

static const struct {
	const char *word;
	bool takes_name;
	bool (*run)(struct clerk_run *r, struct error *err);
	const char *done;	/* N_(), behind the name; NULL: it says so itself */
} words[] = {
	{ "add", true, add, N_("has a PIN now. The desk starts locked from now on, and L locks it.") },
	{ "list", false, list, NULL },
	{ "pin", true, change, N_("has another PIN now.") },
	{ "remove", true, take_out, N_("has no PIN any more.") },
};

#define WORDS (sizeof(words) / sizeof(words[0]))

static bool choose(const struct args *args, size_t *out, struct error *err)
{
	size_t i = 0;

	while (i < WORDS && strcmp(words[i].word, args->rest[0]) != 0)
		i++;
	*out = i;
	if (i == WORDS)
		return error_set(err, ERR_USAGE, _("clerk knows add, list, pin and remove, not \"%.80s\""),
			args->rest[0]);
	if (words[i].takes_name != (args->n_rest == 2))
		return error_set(err, ERR_USAGE, words[i].takes_name ? _("clerk %s: the clerk's name is missing") :
			_("clerk %s: too many words"), words[i].word);
	return true;
}

int cmd_clerk(struct cli *c, const struct args *args)
{
	struct clerk_run r = { .c = c, .path = clerks_path(c->state_base) };
	struct error err = ERROR_INIT;
	size_t word;
	bool ok = choose(args, &word, &err);

	r.name = args->n_rest == 2 ? args->rest[1] : NULL;
	ok = ok && clerks_load(r.path, &r.clerks, &err) && words[word].run(&r, &err);
	if (ok && words[word].done)
		say_done(&r, _(words[word].done));
	clerks_clear(&r.clerks);
	free(r.path);
	return ok ? 0 : cli_fail(c, &err);
}

/* ---- the settings ---------------------------------------------------------------------------- */

size_t cli_check_lock(const struct cli *c, const char *config, void (*report)(void *arg, const char *sentence),
	void *arg)
{
	struct settings *settings = settings_load(config, NULL);
	char *path = clerks_path(c->state_base);
	struct clerks clerks = { .n = 0 };
	struct error err = ERROR_INIT;
	bool ok = clerks_load(path, &clerks, &err);

	if (ok && settings && settings->lock_after_s > 0 && clerks.n == 0 && !settings_unlock_by_pam(settings))
		ok = error_set(&err, ERR_CONFIG, _("lock_after is set, and nobody has a PIN to unlock the desk with: run "
			"duken clerk add NAME"));
	if (!ok)
		report(arg, err.text);
	clerks_clear(&clerks);
	settings_free(settings);
	free(path);
	return !ok;
}
