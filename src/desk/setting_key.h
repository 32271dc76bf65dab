/* The settings one by one: a row each, with what may stand in the file and where it goes.
 *
 * Two tables, one for the file's top level and one for a shop's section; both end with a NULL
 * name. For the settings and for the questions of `duken config init`. Pure but for the home folder
 * and the zone data; any thread. */
#ifndef DESK_SETTING_KEY_H
#define DESK_SETTING_KEY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

enum setting_kind {
	SETTING_TEXT,		/* char *; at most 200 characters, not empty */
	SETTING_PATH,		/* char *; absolute, ~/ is expanded */
	SETTING_NUMBER,		/* int from min to max */
	SETTING_DECIMAL,	/* double from min to max */
	SETTING_HOUR,		/* int; "HH:MM" in minutes past midnight, or "" for -1 */
	SETTING_SWITCH,		/* bool; true or false */
	SETTING_CHOICE		/* char *; one of choices */
};

struct setting_key {
	const char *name;
	enum setting_kind kind;
	size_t offset;			/* of the member in struct settings or struct shop */
	const char *fallback;		/* what counts when it is not set; NULL: nothing */
	double min, max;
	const char *const *choices;	/* ends with NULL */
	/* One more rule for a text or a choice, or NULL. */
	bool (*check)(const char *name, const char *value, struct error *err);
};

#define SETTING_KEYS_MAX 32

const struct setting_key *setting_keys_top(void);
const struct setting_key *setting_keys_shop(void);
/* Index in the table, or -1. */
int setting_key_find(const struct setting_key *keys, const char *name);

/* Checks the value and stores it in the struct at `target`. CONFIG with a sentence that names the
 * setting and what is allowed. */
bool setting_apply(const struct setting_key *key, void *target, const char *value,
	struct error *err);
/* Every fallback, then every owned text. */
void setting_fill(const struct setting_key *keys, void *target);
void setting_release(const struct setting_key *keys, void *target);

/* A section's title: letters, digits, - and _, at most 64, because a folder gets that name. */
bool setting_shop_name(const char *name, struct error *err);

#endif
