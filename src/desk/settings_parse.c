#include "desk/settings_parse.h"

#include <confuse.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "desk/desk.h"

/* Put after the file: libconfuse takes a section or comment that never ends for one that did. */
#define SENTINEL "end_of_settings"
#define NAME_SAID 40 /* characters of a wrong name */

/* libconfuse's callbacks have no argument of their own. */
static _Thread_local struct reading *current;

/* ---- slips ----------------------------------------------------------------------------------- */

void reading_slip(struct reading *r, int line, const struct error *err)
{
	if (r->n_slips < SLIPS_MAX)
		r->slips[r->n_slips++] = xasprintf("%s:%d: %s", r->path, line, err->text);
}

void reading_forget_slips(struct reading *r)
{
	while (r->n_slips > 0)
		free(r->slips[--r->n_slips]);
}

static void unknown_setting(struct reading *r, int line, const char *name, bool in_keys)
{
	struct error err = ERROR_INIT;
	char commands[ERROR_TEXT_MAX];

	keymap_list(commands, sizeof(commands));
	if (in_keys)
		error_set(&err, ERR_CONFIG, _("there is no command \"%.*s\"; there is: %s"),
			(int)text_prefix(name, NAME_SAID), name, commands);
	else if (strcmp(name, "token") == 0)
		error_set(&err, ERR_CONFIG,
			_("the token does not belong into this file: put it into a file of "
			  "its own (chmod 600) and name that with token_file"));
	else
		error_set(&err, ERR_CONFIG,
			_("there is no setting \"%s\" here: see man duken.conf"), name);
	reading_slip(r, line, &err);
}

/* ---- what libconfuse calls ------------------------------------------------------------------- */

static struct shop *shop_of(struct reading *r, const char *title)
{
	struct settings *s = r->settings;
	struct shop *shop;

	if (s->n_shops > 0 && strcmp(s->shops[s->n_shops - 1].name, title) == 0)
		return &s->shops[s->n_shops - 1];
	s->shops = xreallocarray(s->shops, s->n_shops + 1, sizeof(*s->shops));
	shop = &s->shops[s->n_shops++];
	memset(shop, 0, sizeof(*shop));
	shop->name = xstrdup(title);
	setting_fill(setting_keys_shop(), shop);
	memset(r->shop_lines, 0, sizeof(r->shop_lines));
	return shop;
}

/* Every option is a string to libconfuse: what it must be is ours to say. */
static int on_value(cfg_t *cfg, cfg_opt_t *opt)
{
	struct reading *r = current;
	const char *title = cfg_title(cfg);
	const struct setting_key *keys = title ? setting_keys_shop() : setting_keys_top();
	void *target = title ? (void *)shop_of(r, title) : r->settings;
	int *lines = title ? r->shop_lines : r->top_lines;
	struct error err = ERROR_INIT;
	int i = setting_key_find(keys, opt->name);

	if (i < 0)
		return 0;
	if (lines[i]) {
		error_set(&err, ERR_CONFIG, _("%s was already set in line %d"), opt->name,
			lines[i]);
		reading_slip(r, cfg->line, &err);
		return 0;
	}
	lines[i] = cfg->line;
	if (!setting_apply(&keys[i], target, cfg_opt_getnstr(opt, 0), &err))
		reading_slip(r, cfg->line, &err);
	return 0;
}

static enum command command_named(const char *name)
{
	for (int i = COMMAND_NONE + 1; i < COMMANDS; i++)
		if (strcmp(keymap_name((enum command)i), name) == 0)
			return (enum command)i;
	return COMMAND_NONE;
}

/* In the section of the keys. */
static int on_key(cfg_t *cfg, cfg_opt_t *opt)
{
	struct reading *r = current;
	enum command command = command_named(opt->name);
	struct error err = ERROR_INIT;
	int *line = &r->key_lines[command];

	if (*line)
		error_set(&err, ERR_CONFIG, _("%s was already set in line %d"), opt->name, *line);
	if (*line || !keymap_set(r->settings->keymap, command, cfg_opt_getnstr(opt, 0), &err))
		reading_slip(r, cfg->line, &err);
	*line = cfg->line;
	return 0;
}

static int on_end(cfg_t *cfg, cfg_opt_t *opt)
{
	(void)cfg;
	(void)opt;
	current->ended = true;
	return 0;
}

static bool is_keys(cfg_t *cfg)
{
	return strcmp(cfg_name(cfg), "keys") == 0;
}

static int on_stranger(cfg_t *cfg, cfg_opt_t *opt)
{
	unknown_setting(current, cfg->line, opt->name, is_keys(cfg));
	return 0;
}

/* The line where the section that ends in line `end` begins: libconfuse only tells the end. */
static int section_line(const char *text, const char *title, int end)
{
	int line = 1, found = end;

	for (const char *s = text; *s && line <= end; line++) {
		size_t len = strcspn(s, "\n"), blank = strspn(s, " \t");
		const char *at = strstr(s, title);

		if (strncmp(s + blank, "shop", 4) == 0 && at && at < s + len)
			found = line;
		s += len + (s[len] != '\0');
	}
	return found;
}

/* After the closing bracket of a section. */
static int on_shop(cfg_t *cfg, cfg_opt_t *opt)
{
	struct reading *r = current;
	cfg_t *section = cfg_opt_getnsec(opt, cfg_opt_size(opt) - 1);
	const char *title = cfg_title(section);
	int line = section_line(r->text, title, cfg->line);
	struct shop *shop = shop_of(r, title);
	const int *lines = r->shop_lines;
	struct error err = ERROR_INIT;

	if (!setting_shop_name(title, &err))
		reading_slip(r, line, &err);
	if (!lines[setting_key_find(setting_keys_shop(), "provider")]) {
		error_set(&err, ERR_CONFIG,
			_("the shop %s has no provider: add provider = \"kaspi\""), title);
		reading_slip(r, line, &err);
	}
	if (shop->token_command && shop->token_file) {
		error_set(&err, ERR_CONFIG,
			_("the shop %s has both token_command and token_file: leave one of them "
			  "out"),
			title);
		reading_slip(r, line, &err);
	}
	return 0;
}

static void on_unknown(struct reading *r, int line, const char *name, bool in_keys)
{
	if (strcmp(name, SENTINEL) == 0)
		return;
	unknown_setting(r, line, name, in_keys);
	if (r->n_strangers < STRANGERS_MAX) {
		r->strangers[r->n_strangers++] = xstrdup(name);
		r->new_stranger = true;
	}
}

static void on_error(cfg_t *cfg, const char *format, va_list ap)
{
	struct reading *r = current;
	struct error err = ERROR_INIT;
	char said[200];

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	vsnprintf(said, sizeof(said), format, ap);
#pragma GCC diagnostic pop
	if (strstr(format, "no such option")) {
		char *name = strchr(said, '\''), *end = name ? strrchr(said, '\'') : NULL;

		if (end && end > name) {
			*end = '\0';
			on_unknown(r, cfg->line, name + 1, is_keys(cfg));
			return;
		}
	}
	if (strstr(format, "duplicate title"))
		error_set(&err, ERR_CONFIG, _("there is another shop of that name above"));
	else if (strstr(format, "missing title"))
		error_set(&err, ERR_CONFIG, _("the shop has no name: write shop NAME { ... }"));
	else
		error_set(&err, ERR_CONFIG, _("this cannot be read (%s): see man duken.conf"),
			said);
	reading_slip(r, cfg->line, &err);
}

/* ---- reading --------------------------------------------------------------------------------- */

/* Rows for libconfuse from ours. */
static size_t add_options(cfg_opt_t *opts, const struct setting_key *keys)
{
	size_t n = 0;

	for (; keys->name; keys++)
		opts[n++] = (cfg_opt_t)CFG_STR(keys->name, NULL, CFGF_NODEFAULT);
	for (size_t i = 0; i < n; i++)
		opts[i].validcb = on_value;
	return n;
}

static size_t add_strangers(cfg_opt_t *opts, size_t n, const struct reading *r)
{
	for (size_t i = 0; i < r->n_strangers; i++) {
		opts[n] = (cfg_opt_t)CFG_STR(r->strangers[i], NULL, CFGF_NODEFAULT);
		opts[n++].validcb = on_stranger;
	}
	return n;
}

static size_t add_commands(cfg_opt_t *opts)
{
	size_t n = 0;

	for (int i = COMMAND_NONE + 1; i < COMMANDS; i++) {
		opts[n] = (cfg_opt_t)CFG_STR(keymap_name((enum command)i), NULL, CFGF_NODEFAULT);
		opts[n++].validcb = on_key;
	}
	return n;
}

static int count_lines(const char *text)
{
	int n = 1;

	for (; *text; text++)
		n += *text == '\n' && text[1];
	return n;
}

static void parse(struct reading *r)
{
	cfg_opt_t top[SETTING_KEYS_MAX + STRANGERS_MAX + 4],
		shop[SETTING_KEYS_MAX + STRANGERS_MAX + 1], keys[COMMANDS + STRANGERS_MAX + 1];
	char *text = xasprintf("%s\n" SENTINEL " = true\n", r->text);
	FILE *file = fmemopen(text, strlen(text), "r");
	struct error err = ERROR_INIT;
	size_t n;
	cfg_t *cfg;

	if (!file) {
		free(text);
		return;
	}
	n = add_strangers(shop, add_options(shop, setting_keys_shop()), r);
	shop[n] = (cfg_opt_t)CFG_END();
	n = add_strangers(keys, add_commands(keys), r);
	keys[n] = (cfg_opt_t)CFG_END();
	n = add_strangers(top, add_options(top, setting_keys_top()), r);
	top[n++] = (cfg_opt_t)CFG_SEC("keys", keys, CFGF_NONE);
	top[n] = (cfg_opt_t)CFG_SEC("shop", shop, CFGF_MULTI | CFGF_TITLE | CFGF_NO_TITLE_DUPES);
	top[n].validcb = on_shop;
	top[n + 1] = (cfg_opt_t)CFG_STR(SENTINEL, NULL, CFGF_NODEFAULT);
	top[n + 1].validcb = on_end;
	top[n + 2] = (cfg_opt_t)CFG_END();
	cfg = cfg_init(top, CFGF_NONE);
	cfg_set_error_function(cfg, on_error);
	current = r;
	cfg_parse_fp(cfg, file);
	current = NULL;
	cfg_free(cfg);
	fclose(file);
	free(text);
	if (!r->ended && r->n_slips == 0) {
		error_set(&err, ERR_CONFIG,
			_("the file ends inside a section, a text or a comment: close it"));
		reading_slip(r, count_lines(r->text), &err);
	}
}

struct settings *settings_new(const char *path)
{
	struct settings *s = xcalloc(1, sizeof(*s));

	s->path = xstrdup(path);
	setting_fill(setting_keys_top(), s);
	s->keymap = keymap_new();
	return s;
}

static void parse_until_known(struct reading *r)
{
	do {
		settings_free(r->settings);
		r->settings = settings_new(r->path);
		memset(r->top_lines, 0, sizeof(r->top_lines));
		memset(r->key_lines, 0, sizeof(r->key_lines));
		reading_forget_slips(r);
		r->new_stranger = r->ended = false;
		parse(r);
	} while (r->new_stranger);
	while (r->n_strangers > 0)
		free(r->strangers[--r->n_strangers]);
}

static bool check_text(struct reading *r, const struct buf *text)
{
	struct error err = ERROR_INIT;
	int line = 1;

	for (const char *s = r->text, *end = text->data + text->len; s < end; line++) {
		const char *stop = memchr(s, '\n', (size_t)(end - s));
		size_t len = (size_t)((stop ? stop : end) - s);

		if (!text_is_utf8(s, len) || memchr(s, '\0', len)) {
			error_set(&err, ERR_CONFIG,
				_("this line is not UTF-8 text: save the file as UTF-8"));
			reading_slip(r, line, &err);
			return false;
		}
		s += len + 1;
	}
	return true;
}

void reading_parse(struct reading *r, const struct buf *text)
{
	r->text = buf_str(text);
	if (strncmp(r->text, "\xef\xbb\xbf", 3) == 0)
		r->text += 3;
	if (text->len == 0 || check_text(r, text))
		parse_until_known(r);
	if (!r->settings)
		r->settings = settings_new(r->path);
	r->text = NULL;
}
