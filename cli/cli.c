#include "cli/cli.h"

#include <errno.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/json_write.h"
#include "base/mem.h"
#include "base/path.h"
#include "cli/print.h"
#include "desk/desk.h"

/* ---- the shop -------------------------------------------------------------------------------- */

/* A machine may lack the locale that its user asks for (an SSH client sends its own): the characters
 * still work, and so do the sentences. */
static void choose_locale(void)
{
	const char *names[] = { getenv("LC_ALL"), getenv("LC_CTYPE"), getenv("LANG") };
	const char *wanted = "";

	if (setlocale(LC_ALL, ""))
		return;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names) && !*wanted; i++)
		if (names[i])
			wanted = names[i];
	if (!strcasestr(wanted, "utf-8") && !strcasestr(wanted, "utf8"))
		return;
	setlocale(LC_ALL, "C.UTF-8");
	setenv("LANGUAGE", wanted, 0);
}

void cli_set_language(const char *language)
{
	char *built = path_beside_program("po/locale");

	if (language)
		setenv("LANGUAGE", language, 1);
	choose_locale();
	/* JSON and the settings know one decimal point. */
	setlocale(LC_NUMERIC, "C");
	bindtextdomain("duken", built ? built : LOCALEDIR);
	free(built);
	bind_textdomain_codeset("duken", "UTF-8");
	textdomain("duken");
}

bool cli_adopt(struct cli *c, struct settings *settings, struct error *err)
{
	c->settings = settings;
	if (!c->language && settings->language)
		cli_set_language(settings->language);
	if (!zone_set(settings->timezone, err))
		return false;
	c->shop = settings_shop(settings, c->shop_name, err);
	if (!c->shop)
		return false;
	c->provider = desk_provider(c->shop->provider);
	if (!c->provider)
		return error_set(err, ERR_CONFIG, _("the shop %s: there is no provider \"%s\""),
			c->shop->name, c->shop->provider);
	c->state_dir = desk_state_dir(c->state_base, c->shop);
	return true;
}

bool cli_load(struct cli *c, struct error *err)
{
	struct settings *settings = settings_load(c->config, err);

	if (settings)
		return cli_adopt(c, settings, err);
	/* No settings at all is a matter of the settings as well. */
	if (err->code == ERR_NOT_FOUND)
		err->code = ERR_CONFIG;
	return false;
}

void cli_clear(struct cli *c)
{
	settings_free(c->settings);
	free(c->state_dir);
	c->settings = NULL;
	c->state_dir = NULL;
}

/* ---- saying it ------------------------------------------------------------------------------- */

void cli_say(const char *format, ...)
{
	va_list ap;

	fputs("duken: ", stderr);
	va_start(ap, format);
	vfprintf(stderr, format, ap);
	va_end(ap);
	fputc('\n', stderr);
}

int cli_fail(const struct cli *c, const struct error *err)
{
	struct buf out = BUF_INIT(BUF_MAX_LINE);
	struct json_writer w = JSON_WRITER(&out);

	cli_say("%s", err->text);
	if (err->code == ERR_USAGE)
		fputs(_("Try 'duken --help'.\n"), stderr);
	if (c->json) {
		print_begin(&w);
		json_open(&w, "error", '{');
		json_put_text(&w, "code", error_code_name(err->code));
		json_put_text(&w, "message", err->text);
		json_close(&w, '}');
		print_end(&w);
	}
	buf_clear(&out);
	return error_exit_status(err->code);
}

bool cli_flush(void)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return true;
	cli_say(_("cannot write the output: %s"), strerror(errno));
	return false;
}
