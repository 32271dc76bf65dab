#include "desk/setting_key.h"

#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "desk/notify.h"
#include "desk/setting_check.h"
#include "desk/settings.h"
#include "desk/theme.h"

#define TEXT_MAX 200
#define PATH_MAX_LEN 4000
#define DAY_S (24 * 60 * 60)

/* ---- the tables ------------------------------------------------------------------------------ */

static const char *const languages[] = { "ru", "kk", "en", NULL };
static const char *const unlocks[] = { "pin", "pam", NULL };
static const char *const suffixes[] = { "any", "enter", "tab", NULL };

#define TOP(member) .offset = offsetof(struct settings, member)
#define SHOP(member) .offset = offsetof(struct shop, member)

static const struct setting_key top_keys[] = {
	{ "language", SETTING_CHOICE, TOP(language), .choices = languages },
	{ "clerk", SETTING_TEXT, TOP(clerk) },
	{ "default_shop", SETTING_TEXT, TOP(default_shop) },
	{ "timezone", SETTING_TEXT, TOP(timezone), "Asia/Almaty", .check = setting_check_timezone },
	{ "theme", SETTING_TEXT, TOP(theme), "default", .check = theme_check },
	{ "notify", SETTING_TEXT, TOP(notify), "bell title", .check = notify_check },
	{ "notify_command", SETTING_TEXT, TOP(notify_command) },
	{ "quiet_hours", SETTING_TEXT, TOP(quiet_hours), .check = quiet_check },
	{ "remind", SETTING_NUMBER, TOP(remind_s), "60", 0, 3600 },
	{ "printer", SETTING_TEXT, TOP(printer), .check = setting_check_printer },
	{ "print_options", SETTING_TEXT, TOP(print_options), .check = setting_check_print_options },
	{ "mouse", SETTING_SWITCH, TOP(mouse), "false" },
	{ "links", SETTING_SWITCH, TOP(links), "false" },
	{ "clipboard", SETTING_SWITCH, TOP(clipboard), "true" },
	{ "mask_phones", SETTING_SWITCH, TOP(mask_phones), "true" },
	{ "lock_after", SETTING_NUMBER, TOP(lock_after_s), "0", 0, DAY_S },
	{ "unlock", SETTING_CHOICE, TOP(unlock), "pin", .choices = unlocks, .check = setting_check_unlock },
	{ "scan_prefix", SETTING_TEXT, TOP(scan_prefix), .check = setting_check_scan_prefix },
	{ "scan_suffix", SETTING_CHOICE, TOP(scan_suffix), "any", .choices = suffixes },
	{ "scan_gap", SETTING_NUMBER, TOP(scan_gap_ms), "50", 10, 200 },
	{ .name = NULL },
};

static const struct setting_key shop_keys[] = {
	{ "label", SETTING_TEXT, SHOP(label) },
	{ "provider", SETTING_TEXT, SHOP(provider), .check = setting_check_provider },
	{ "base_url", SETTING_TEXT, SHOP(base_url), .check = setting_check_base_url },
	{ "token_command", SETTING_TEXT, SHOP(token_command) },
	{ "token_file", SETTING_PATH, SHOP(token_file) },
	{ "user_agent", SETTING_TEXT, SHOP(user_agent), "duken/" DUKEN_VERSION,
		.check = setting_check_header },
	{ "merchant_uid", SETTING_TEXT, SHOP(merchant_uid), .check = setting_check_header },
	{ "proxy", SETTING_TEXT, SHOP(proxy), .check = setting_check_proxy },
	{ "ca_file", SETTING_PATH, SHOP(ca_file) },
	{ "poll_new", SETTING_NUMBER, SHOP(poll_new_s), "20", 1, 3600 },
	{ "poll_other", SETTING_NUMBER, SHOP(poll_other_s), "60", 1, DAY_S },
	{ "history_days", SETTING_NUMBER, SHOP(history_days), "30", 1, 365 },
	{ "requests_per_second", SETTING_DECIMAL, SHOP(requests_per_second), "5", 0.1, 100000 },
	{ "grace", SETTING_NUMBER, SHOP(grace_s), "5", 0, 60 },
	{ "ask_after", SETTING_NUMBER, SHOP(ask_after_min), "30", 1, 1440 },
	{ "retention_days", SETTING_NUMBER, SHOP(retention_days), "30", 1, 3650 },
	/* As in LIMITS_DEFAULT. */
	{ "cut_off", SETTING_HOUR, SHOP(limits.cut_off_min), "" },
	{ "accept_within", SETTING_NUMBER, SHOP(limits.accept_min), "120", 0, 10080 },
	{ "soon", SETTING_NUMBER, SHOP(limits.soon_min), "120", 0, 10080 },
	{ "pickup_days", SETTING_NUMBER, SHOP(limits.pickup_days), "3", 0, 365 },
	{ "express_minutes", SETTING_NUMBER, SHOP(limits.express_min), "30", 1, 1440 },
	{ "cancel_limit", SETTING_DECIMAL, SHOP(cancel_limit), "3", 0, 100 },
	{ "late_limit", SETTING_DECIMAL, SHOP(late_limit), "10", 0, 100 },
	{ .name = NULL },
};

_Static_assert(sizeof(shop_keys) / sizeof(*shop_keys) < SETTING_KEYS_MAX, "room for every key");

const struct setting_key *setting_keys_top(void)
{
	return top_keys;
}

const struct setting_key *setting_keys_shop(void)
{
	return shop_keys;
}

int setting_key_find(const struct setting_key *keys, const char *name)
{
	for (int i = 0; keys[i].name; i++)
		if (strcmp(keys[i].name, name) == 0)
			return i;
	return -1;
}

/* ---- values ---------------------------------------------------------------------------------- */

static void *member(const struct setting_key *key, void *target)
{
	return (char *)target + key->offset;
}

static void store_text(const struct setting_key *key, void *target, char *value)
{
	char **place = member(key, target);

	free(*place);
	*place = value;
}

static bool apply_text(const struct setting_key *key, void *target, const char *value,
	struct error *err)
{
	if (!*value)
		return error_set(err, ERR_CONFIG,
			_("%s is empty: give it a value or leave the line out"), key->name);
	if (text_chars(value) > TEXT_MAX)
		return error_set(err, ERR_CONFIG, _("%s is longer than %d characters"), key->name,
			TEXT_MAX);
	if (key->check && !key->check(key->name, value, err))
		return false;
	store_text(key, target, xstrdup(value));
	return true;
}

static bool apply_path(const struct setting_key *key, void *target, const char *value,
	struct error *err)
{
	const char *home = getenv("HOME");
	bool in_home = strncmp(value, "~/", 2) == 0 && home && *home == '/';

	if ((*value != '/' && !in_home) || strlen(value) > PATH_MAX_LEN)
		return error_set(err, ERR_CONFIG,
			_("%s must be a path that starts with / or ~/, not \"%s\""), key->name,
			value);
	store_text(key, target, in_home ? xasprintf("%s%s", home, value + 1) : xstrdup(value));
	return true;
}

static bool apply_number(const struct setting_key *key, void *target, const char *value,
	struct error *err)
{
	char *end;
	long n;

	errno = 0;
	n = strtol(value, &end, 10);
	if (!*value || *end || errno || (double)n < key->min || (double)n > key->max ||
		strspn(value, "-0123456789") != strlen(value))
		return error_set(err, ERR_CONFIG,
			_("%s must be a whole number from %.0f to %.0f, not \"%s\""), key->name,
			key->min, key->max, value);
	*(int *)member(key, target) = (int)n;
	return true;
}

static bool apply_decimal(const struct setting_key *key, void *target, const char *value,
	struct error *err)
{
	char *end;
	double n = strtod(value, &end);

	if (!*value || *end || !isfinite(n) || n < key->min || n > key->max ||
		strspn(value, "0123456789.") != strlen(value))
		return error_set(err, ERR_CONFIG,
			_("%s must be a number from %g to %g, not \"%s\""), key->name, key->min,
			key->max, value);
	*(double *)member(key, target) = n;
	return true;
}

/* Two digits up to `most`, else -1. */
static int two_digits(const char *s, int most)
{
	int n;

	if (s[0] < '0' || s[0] > '9' || s[1] < '0' || s[1] > '9')
		return -1;
	n = (s[0] - '0') * 10 + s[1] - '0';
	return n <= most ? n : -1;
}

static bool apply_hour(const struct setting_key *key, void *target, const char *value, struct error *err)
{
	bool shaped = strlen(value) == 5 && value[2] == ':';
	int hour = shaped ? two_digits(value, 23) : -1, minute = shaped ? two_digits(value + 3, 59) : -1;

	if (*value && (hour < 0 || minute < 0))
		return error_set(err, ERR_CONFIG, _("%s must be a time of day from 00:00 to 23:59, not \"%s\""),
			key->name, value);
	*(int *)member(key, target) = *value ? hour * 60 + minute : -1;
	return true;
}

static bool apply_switch(const struct setting_key *key, void *target, const char *value,
	struct error *err)
{
	bool on = strcmp(value, "true") == 0;

	if (!on && strcmp(value, "false") != 0)
		return error_set(err, ERR_CONFIG, _("%s must be true or false, not \"%s\""),
			key->name, value);
	*(bool *)member(key, target) = on;
	return true;
}

static bool apply_choice(const struct setting_key *key, void *target, const char *value,
	struct error *err)
{
	char allowed[120] = "";
	size_t used = 0;

	for (const char *const *c = key->choices; *c; c++) {
		if (strcmp(*c, value) == 0) {
			if (key->check && !key->check(key->name, value, err))
				return false;
			store_text(key, target, xstrdup(value));
			return true;
		}
		used += (size_t)snprintf(allowed + used, sizeof(allowed) - used, "%s\"%s\"",
			used ? ", " : "", *c);
	}
	return error_set(err, ERR_CONFIG, _("%s must be one of %s, not \"%s\""), key->name, allowed,
		value);
}

bool setting_apply(const struct setting_key *key, void *target, const char *value,
	struct error *err)
{
	static bool (*const apply[])(const struct setting_key *, void *, const char *,
		struct error *) = {
		[SETTING_TEXT] = apply_text,
		[SETTING_PATH] = apply_path,
		[SETTING_NUMBER] = apply_number,
		[SETTING_DECIMAL] = apply_decimal,
		[SETTING_HOUR] = apply_hour,
		[SETTING_SWITCH] = apply_switch,
		[SETTING_CHOICE] = apply_choice,
	};

	return apply[key->kind](key, target, value, err);
}

static bool is_owned_text(const struct setting_key *key)
{
	return key->kind == SETTING_TEXT || key->kind == SETTING_PATH ||
		key->kind == SETTING_CHOICE;
}

/* Texts are not checked: without zone data the default zone is still a name, and zone_set() says
 * so. */
void setting_fill(const struct setting_key *keys, void *target)
{
	for (; keys->name; keys++)
		if (keys->fallback && is_owned_text(keys))
			store_text(keys, target, xstrdup(keys->fallback));
		else if (keys->fallback)
			setting_apply(keys, target, keys->fallback, NULL);
}

void setting_release(const struct setting_key *keys, void *target)
{
	for (; keys->name; keys++)
		if (is_owned_text(keys))
			store_text(keys, target, NULL);
}

bool setting_shop_name(const char *name, struct error *err)
{
	size_t len = strlen(name);

	if (len > 0 && len <= 64 && *name != '-' &&
		strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
			len)
		return true;
	return error_set(err, ERR_CONFIG,
		_("\"%s\" cannot be a shop's name: use up to 64 Latin letters, digits, - and _, "
		  "and put the "
		  "name that people see into label"),
		name);
}
