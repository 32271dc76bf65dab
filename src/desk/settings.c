#include "desk/settings.h"

#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/path.h"
#include "desk/desk.h"
#include "desk/keymap.h"
#include "desk/notify.h"
#include "desk/setting_check.h"
#include "desk/setting_key.h"
#include "desk/settings_parse.h"

char *settings_login_name(void)
{
	struct passwd pw, *found = NULL;
	char space[4096];

	if (getpwuid_r(getuid(), &pw, space, sizeof(space), &found) == 0 && found &&
		*found->pw_name)
		return xstrdup(found->pw_name);
	return xasprintf("uid %ld", (long)getuid());
}

/* What follows from other settings. */
static void complete(struct settings *s)
{
	if (!s->clerk)
		s->clerk = settings_login_name();
	for (size_t i = 0; i < s->n_shops; i++) {
		struct shop *shop = &s->shops[i];
		const struct provider *p = shop->provider ? desk_provider(shop->provider) : NULL;

		if (!shop->label)
			shop->label = xstrdup(shop->name);
		if (!shop->base_url)
			shop->base_url = xstrdup(p ? p->default_base_url : "");
		setting_trim_url(shop->base_url);
	}
}

static const struct shop *find_shop(const struct settings *s, const char *name)
{
	for (size_t i = 0; i < s->n_shops; i++)
		if (strcmp(s->shops[i].name, name) == 0)
			return &s->shops[i];
	return NULL;
}

/* A command that is never run is a slip as much as one that is missing. */
static void check_notify(struct reading *r)
{
	const struct settings *s = r->settings;
	bool wanted = notify_ways(s->notify) & NOTIFY_COMMAND;
	struct error err = ERROR_INIT;
	const char *at;

	if (wanted == (s->notify_command != NULL))
		return;
	if (wanted)
		error_set(&err, ERR_CONFIG, _("notify names a command: set notify_command"));
	else
		error_set(&err, ERR_CONFIG,
			_("notify_command would never run: put the word command into notify"));
	at = wanted ? "notify" : "notify_command";
	reading_slip(r, r->top_lines[setting_key_find(setting_keys_top(), at)], &err);
}

/* A key can be one command's only. */
static void check_keys(struct reading *r)
{
	struct error err = ERROR_INIT;

	for (int i = COMMAND_NONE + 1; i < COMMANDS; i++)
		if (r->key_lines[i] && !keymap_alone(r->settings->keymap, (enum command)i, &err))
			reading_slip(r, r->key_lines[i], &err);
}

static void check_whole(struct reading *r)
{
	const struct settings *s = r->settings;
	struct error err = ERROR_INIT;

	if (s->n_shops == 0 && r->n_slips == 0) {
		error_set(&err, ERR_CONFIG,
			_("there is no shop: add a section shop NAME { provider = \"kaspi\" ... "
			  "}"));
		reading_slip(r, 1, &err);
	}
	if (s->default_shop && s->n_shops > 0 && !find_shop(s, s->default_shop)) {
		error_set(&err, ERR_CONFIG,
			_("default_shop names \"%s\", and there is no such shop"), s->default_shop);
		reading_slip(r, r->top_lines[setting_key_find(setting_keys_top(), "default_shop")],
			&err);
	}
	check_notify(r);
	check_keys(r);
}

/* What others can write could send the token to a server of theirs. */
static bool check_owner(const char *path, struct error *err)
{
	struct stat st;

	if (stat(path, &st) < 0 && errno == ENOENT)
		return error_set(err, ERR_NOT_FOUND,
			_("there are no settings at %s: run duken config init, or duken demo to "
			  "look around"),
			path);
	if (stat(path, &st) < 0)
		return error_set(err, ERR_CONFIG, _("cannot read %s: %s"), path, strerror(errno));
	if (!S_ISREG(st.st_mode))
		return error_set(err, ERR_CONFIG, _("%s is not a file"), path);
	if (st.st_uid != geteuid() && st.st_uid != 0)
		return error_set(err, ERR_CONFIG,
			_("%s belongs to another user: make a copy of your own"), path);
	if (st.st_mode & 022)
		return error_set(err, ERR_CONFIG,
			_("%s can be changed by others: run chmod go-w %s"), path, path);
	return true;
}

/* Reads r->path whole. False only if the file as such cannot be used. */
static bool read_file(struct reading *r, struct error *err)
{
	struct buf text = BUF_INIT(BUF_MAX_FILE);
	bool ok = check_owner(r->path, err) && file_read(r->path, &text, err);

	if (ok) {
		reading_parse(r, &text);
		check_whole(r);
		complete(r->settings);
	}
	buf_clear(&text);
	return ok;
}

/* ---- the interface --------------------------------------------------------------------------- */

struct settings *settings_load(const char *path, struct error *err)
{
	char *usual = path ? NULL : path_config();
	struct reading r = { .path = path ? path : usual };
	bool ok = read_file(&r, err);

	if (ok && r.n_slips > 0)
		ok = error_set(err, ERR_CONFIG, "%s", r.slips[0]);
	if (!ok) {
		settings_free(r.settings);
		r.settings = NULL;
	}
	reading_forget_slips(&r);
	free(usual);
	return r.settings;
}

size_t settings_check(const char *path, void (*report)(void *arg, const char *sentence), void *arg)
{
	char *usual = path ? NULL : path_config();
	struct reading r = { .path = path ? path : usual };
	struct error err = ERROR_INIT;
	size_t n;

	if (!read_file(&r, &err))
		r.slips[r.n_slips++] = xstrdup(err.text);
	n = r.n_slips;
	for (size_t i = 0; i < n; i++)
		report(arg, r.slips[i]);
	reading_forget_slips(&r);
	settings_free(r.settings);
	free(usual);
	return n;
}

bool settings_made_up(const struct settings *s)
{
	return !*s->path;
}

struct settings *settings_for_url(const char *shop, const char *base_url)
{
	struct settings *s = settings_new("");

	s->shops = xcalloc(1, sizeof(*s->shops));
	s->n_shops = 1;
	s->shops->name = xstrdup(shop);
	setting_fill(setting_keys_shop(), s->shops);
	s->shops->provider = xstrdup(desk_provider_at(0)->id);
	s->shops->base_url = xstrdup(base_url);
	complete(s);
	return s;
}

void settings_free(struct settings *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->n_shops; i++) {
		setting_release(setting_keys_shop(), &s->shops[i]);
		free(s->shops[i].name);
	}
	setting_release(setting_keys_top(), s);
	keymap_free(s->keymap);
	free(s->shops);
	free(s->path);
	free(s);
}

bool settings_unlock_by_pam(const struct settings *s)
{
	return strcmp(s->unlock, "pam") == 0;
}

struct scan_rules settings_scan_rules(const struct settings *s)
{
	struct scan_rules rules = { .gap_ms = s->scan_gap_ms };

	if (s->scan_prefix)
		scan_prefix(&rules, s->scan_prefix);
	if (strcmp(s->scan_suffix, "enter") == 0)
		rules.suffix = SCAN_ENTER;
	else if (strcmp(s->scan_suffix, "tab") == 0)
		rules.suffix = SCAN_TAB;
	return rules;
}

const struct shop *settings_shop(const struct settings *s, const char *name, struct error *err)
{
	const struct shop *shop;
	struct buf names = BUF_INIT(BUF_MAX_LINE);

	if (!name)
		name = s->default_shop ? s->default_shop : s->shops[0].name;
	shop = find_shop(s, name);
	if (shop)
		return shop;
	for (size_t i = 0; i < s->n_shops; i++)
		buf_addf(&names, "%s%s", i ? ", " : "", s->shops[i].name);
	error_set(err, ERR_CONFIG, _("there is no shop \"%s\" in %s; there is: %s"), name, s->path,
		buf_str(&names));
	buf_clear(&names);
	return NULL;
}
