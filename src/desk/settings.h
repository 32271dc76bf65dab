/* The settings: one file, read whole, every slip named with file and line.
 *
 * The only user of libconfuse. A settings struct never changes after settings_load(); threads may
 * share it. The file: $XDG_CONFIG_HOME/duken/duken.conf, or --config FILE. */
#ifndef DESK_SETTINGS_H
#define DESK_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/scan.h"
#include "order/urgency.h"

struct keymap;

struct shop {
	char *name;		/* the section's title: --shop; Latin letters, digits, - and _ */
	char *label;		/* what the head line shows; the name when not set */
	char *provider;		/* "kaspi" */
	char *base_url;		/* without a final slash */
	char *token_command;	/* NULL when not set */
	char *token_file;	/* NULL when not set; ~/ expanded */
	const char *token;	/* borrowed: a token at hand, read already or typed to be tried. Of no file: NULL */
	char *user_agent;	/* "duken/VERSION" when not set */
	char *merchant_uid;	/* NULL when not set */
	char *proxy;		/* NULL when not set */
	char *ca_file;		/* NULL when not set */
	int poll_new_s;		/* 20 */
	int poll_other_s;	/* 60 */
	int history_days;	/* 30 */
	double requests_per_second;	/* 5 */
	int grace_s;		/* 5; 0 for none */
	int ask_after_min;	/* 30: an action that could not be sent for so long is asked about */
	int retention_days;	/* 30 */
	struct limits limits;	/* LIMITS_DEFAULT */
	double cancel_limit;	/* 3: percent of the orders; 0 no limit */
	double late_limit;	/* 10: percent of the hand-overs; 0 no limit */
};

struct settings {
	char *path;		/* where it was read from */
	char *language;		/* "ru", "kk", "en", or NULL: the environment */
	char *clerk;		/* the login name when not set */
	char *default_shop;	/* NULL: the first */
	char *timezone;		/* "Asia/Almaty" */
	char *theme;		/* "default" */
	char *notify;		/* "bell title"; see desk/notify.h */
	char *notify_command;	/* NULL when not set */
	char *quiet_hours;	/* as written; NULL when not set */
	int remind_s;		/* 60; 0 never */
	char *printer;		/* NULL when not set */
	char *print_options;	/* words for lp's -o; NULL when not set */
	bool mouse;
	bool links;		/* false */
	bool clipboard;		/* true */
	bool mask_phones;	/* true */
	int lock_after_s;	/* 0 never */
	char *unlock;		/* "pin"; "pam" */
	char *scan_prefix;	/* as written; NULL when not set; see base/scan.h */
	char *scan_suffix;	/* "any" */
	int scan_gap_ms;	/* 50 */
	struct keymap *keymap;	/* the keys of the desk; see desk/keymap.h */
	struct shop *shops;
	size_t n_shops;
};

/* path NULL: the usual place. CONFIG with "FILE:LINE: what is wrong and what is allowed" at the
 * first slip; NOT_FOUND when there is no file. */
struct settings *settings_load(const char *path, struct error *err);
/* Every slip of the file, one sentence each, through `report`; returns how many. */
size_t settings_check(const char *path, void (*report)(void *arg, const char *sentence), void *arg);
/* Settings for one shop that no file holds: the demo's. Free as loaded ones. */
struct settings *settings_for_url(const char *shop, const char *base_url);
/* Whether they are such: nothing that is done in their shop is real. */
bool settings_made_up(const struct settings *s);
void settings_free(struct settings *s);

/* Whether accounts of the computer unlock the desk, by PAM, and PINs do not. */
bool settings_unlock_by_pam(const struct settings *s);
/* The login name of whoever runs this; the caller frees it. */
char *settings_login_name(void);
/* What the settings say of the shop's scanners. */
struct scan_rules settings_scan_rules(const struct settings *s);

/* name NULL: default_shop, else the first. CONFIG with the names there are. */
const struct shop *settings_shop(const struct settings *s, const char *name, struct error *err);

#endif
