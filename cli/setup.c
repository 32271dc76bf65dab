#include "cli/setup.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/text.h"
#include "cli/ask.h"
#include "cli/check.h"
#include "desk/desk.h"
#include "desk/setting_check.h"

#define TIMEOUT_MS 10000

enum step { STEP_STOP, STEP_AGAIN, STEP_SAVE };

char *setup_path(const struct cli *c)
{
	return c->config ? xstrdup(c->config) : path_config();
}

/* ---- the language ---------------------------------------------------------------------------- */

static const struct setting_key *top_key(const char *name)
{
	const struct setting_key *keys = setting_keys_top();

	return &keys[setting_key_find(keys, name)];
}

static const struct setting_key *shop_key(const char *name)
{
	const struct setting_key *keys = setting_keys_shop();

	return &keys[setting_key_find(keys, name)];
}

/* The environment's where it is one of ours; else what most shops speak. */
static const char *likely_language(void)
{
	static const char *const names[] = { "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG" };
	const char *const *languages = top_key("language")->choices;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *value = getenv(names[i]);

		for (const char *const *l = languages; value && *l; l++)
			if (strncmp(value, *l, strlen(*l)) == 0)
				return *l;
	}
	return languages[0];
}

/* Everybody has to understand it, so it is in all of them and not to be translated. */
bool setup_language(struct cli *c)
{
	static const char question[] = "Русский: ru   Қазақша: kk   English: en\nЯзык, тіл, language";
	const struct setting_key *key = top_key("language");
	struct settings said = { .language = NULL };

	if (c->language)
		return true;
	if (!ask_setting(key, &said, question, likely_language()))
		return false;
	for (const char *const *l = key->choices; *l; l++)
		if (strcmp(*l, said.language) == 0)
			c->language = *l;
	free(said.language);
	cli_set_language(c->language);
	return true;
}

/* ---- the shop -------------------------------------------------------------------------------- */

/* "Алматы, ТЦ Мега" as a folder can be called: "almaty-tts-mega". */
static char *likely_name(const char *label)
{
	struct buf name = BUF_INIT(BUF_MAX_LINE);
	char *latin;

	text_fold_latin(&name, label);
	latin = buf_take(&name);
	for (char *p = latin; *p; p++)
		if (!isalnum((unsigned char)*p))
			*p = '-';
	if (!setting_shop_name(latin, NULL)) {
		free(latin);
		latin = xstrdup("main");
	}
	return latin;
}

static bool ask_name(struct setup *u)
{
	char *offer, *name;

	if (!ask_setting(shop_key("label"), u->shop, _("The shop's name, as the desk shows it"), u->shop->label))
		return false;
	offer = likely_name(u->shop->label);
	name = ask_shop_name(_("A short name for the shop (Latin letters)"), offer);
	free(offer);
	if (!name)
		return false;
	free(u->shop->name);
	u->shop->name = name;
	return true;
}

static bool ask_provider(struct setup *u)
{
	const struct provider *p;

	for (size_t i = 0; (p = desk_provider_at(i)); i++)
		if (i > 0)
			return ask_setting(shop_key("provider"), u->shop, _("The marketplace's name in the settings"), u->shop->provider);
	return true;
}

static bool ask_address(struct setup *u)
{
	struct shop *shop = u->shop;

	if (!ask_setting(shop_key("base_url"), shop, _("The address of the marketplace"), shop->base_url))
		return false;
	setting_trim_url(shop->base_url);
	return true;
}

/* ---- the token ------------------------------------------------------------------------------- */

static void forget_token(struct setup *u)
{
	buf_wipe(&u->token);
	u->shop->token = NULL;
	free(u->shop->token_file);
	free(u->shop->token_command);
	u->shop->token_file = u->shop->token_command = NULL;
}

static bool may_replace(const char *path)
{
	if (access(path, F_OK) != 0)
		return true;
	fprintf(stderr, _("%s is there already.\n"), path);
	return ask_yes(_("Replace it?"));
}

static bool ask_token(struct setup *u, const char *path)
{
	struct shop *shop = u->shop;

	shop->token_file = setup_token_file(path, shop->name);
	if (!ask_secret(_("The token from the shop's cabinet (not shown; Enter: later)"), &u->token))
		return false;
	if (u->token.len && !may_replace(shop->token_file))
		buf_wipe(&u->token);
	if (u->token.len)
		shop->token = buf_str(&u->token);
	return true;
}

static bool ask_token_file(struct setup *u, const char *path)
{
	char *offer = setup_token_file(path, u->shop->name);
	bool ok = ask_setting(shop_key("token_file"), u->shop, _("The file that holds the token"), offer);

	free(offer);
	return ok;
}

static bool ask_token_command(struct setup *u, const char *path)
{
	char *offer = xasprintf("pass show %s/%s", u->shop->provider, u->shop->name);
	bool ok = ask_setting(shop_key("token_command"), u->shop, _("The command that prints the token"), offer);

	(void)path;
	free(offer);
	return ok;
}

static bool ask_source(struct setup *u, const char *path)
{
	static bool (*const ways[])(struct setup *, const char *) = { ask_token, ask_token_file,
		ask_token_command };
	const char *const choices[] = { _("I paste it here; duken keeps it in a private file"),
		_("from a file that is there already"), _("from a command, such as a password manager") };
	size_t way = ask_choice(_("Where does the token of the shop come from?"), choices, 3, 1);

	if (!way)
		return false;
	forget_token(u);
	return ways[way - 1](u, path);
}

/* ---- trying it ------------------------------------------------------------------------------- */

/* What is in order needs no word here. */
static void say_trouble(void *arg, const struct check *check)
{
	(void)arg;
	if (check->result != CHECK_OK)
		fprintf(stderr, "%s: %s\n", check->name, check->message);
}

static enum step ask_step(void)
{
	const char *const choices[] = { _("correct the answers"), _("write the settings as they are"),
		_("stop; nothing is written") };
	static const enum step steps[] = { STEP_STOP, STEP_AGAIN, STEP_SAVE, STEP_STOP };

	return steps[ask_choice(_("What now?"), choices, 3, 1)];
}

static enum step try_it(struct setup *u)
{
	const struct check_report report = { .say = say_trouble };

	if (u->shop->token_file && !u->shop->token && access(u->shop->token_file, F_OK) != 0) {
		fprintf(stderr, _("There is no token in %s yet: put it there, then run chmod 600 on it.\n"),
			u->shop->token_file);
		return STEP_SAVE;
	}
	fprintf(stderr, _("Asking %s...\n"), u->shop->base_url);
	u->works = check_server(u->shop, TIMEOUT_MS, &report);
	if (!u->works)
		return ask_step();
	fprintf(stderr, _("The server takes the token.\n"));
	return STEP_SAVE;
}

/* ---- all of it ------------------------------------------------------------------------------- */

static enum step ask_all(struct setup *u, const char *path)
{
	if (!ask_name(u) || !ask_provider(u) || !ask_address(u) || !ask_source(u, path))
		return STEP_STOP;
	return try_it(u);
}

static void setup_init(struct setup *u, const struct cli *c)
{
	*u = (struct setup){ .token = BUF_INIT(BUF_MAX_LINE) };
	u->settings = settings_for_url("main", desk_provider_at(0)->default_base_url);
	u->shop = u->settings->shops;
	u->settings->language = xstrdup_null(c->language);
}

static void setup_clear(struct setup *u)
{
	buf_wipe(&u->token);
	settings_free(u->settings);
}

static bool converse(struct setup *u, const char *path, struct error *err)
{
	enum step step = STEP_STOP;

	if (may_replace(path))
		do
			step = ask_all(u, path);
		while (step == STEP_AGAIN);
	if (step == STEP_STOP)
		return error_set(err, ERR_CANCELLED, _("stopped; nothing was written"));
	return setup_save(u, path, err);
}

int setup_run(struct cli *c, const char *path, bool *works)
{
	struct error err = ERROR_INIT;
	struct setup u;
	int status = 0;

	setup_init(&u, c);
	if (!converse(&u, path, &err))
		status = cli_fail(c, &err);
	else
		printf(_("%s is written. Next: duken doctor, then duken.\n"), path);
	*works = u.works;
	setup_clear(&u);
	return status;
}
