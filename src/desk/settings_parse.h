/* Inside of settings.c: from a file's text to settings and a list of slips, through libconfuse.
 *
 * One thread at a time may parse; libconfuse keeps its state in variables of its own. */
#ifndef DESK_SETTINGS_PARSE_H
#define DESK_SETTINGS_PARSE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"
#include "desk/keymap.h"
#include "desk/setting_key.h"
#include "desk/settings.h"

#define SLIPS_MAX 64 /* reported at most; a file with more is no settings file */
#define STRANGERS_MAX 16

/* One reading of one file. libconfuse stops at an unknown name; the name is then added to
 * `strangers` and the file read again, so that every slip is found. */
struct reading {
	const char *path;			/* borrowed */
	const char *text;			/* borrowed while it is parsed */
	struct settings *settings;		/* what was read */
	int top_lines[SETTING_KEYS_MAX];	/* where each was set; 0 not yet */
	int shop_lines[SETTING_KEYS_MAX];	/* likewise in the section being read */
	int key_lines[COMMANDS];		/* likewise the keys of each command */
	char *slips[SLIPS_MAX];			/* owned: "FILE:LINE: what is wrong" */
	size_t n_slips;
	char *strangers[STRANGERS_MAX];
	size_t n_strangers;
	bool new_stranger;
	bool ended;				/* the sentinel was met outside of everything */
};

/* Fills in r->settings, which is never NULL afterwards, and the slips. */
void reading_parse(struct reading *r, const struct buf *text);
void reading_slip(struct reading *r, int line, const struct error *err);
void reading_forget_slips(struct reading *r);

/* Every setting at its default, no shop. */
struct settings *settings_new(const char *path);

#endif
