#include "desk/keymap.h"

#include <ctype.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/key.h"
#include "base/layout.h"
#include "base/mem.h"
#include "base/text.h"
#include "desk/keyname.h"

#define NAME_MAX_ 24
#define KEYS_MAX 8	/* of one command */
#define NAME_SAID 20	/* characters of a wrong name */

struct keymap {
	char *keys[COMMANDS];	/* names with a blank between; NULL: as the table has them; "": none */
};

struct row {
	const char *id;		/* in capitals */
	enum command_context context;
	const char *keys;
};

static const struct row rows[COMMANDS] = {
#define COMMAND(name, ctx, names, bar, help) [COMMAND_##name] = { #name, CONTEXT_##ctx, names },
#define ACTION(name, action, names) [COMMAND_##name] = { #name, CONTEXT_DESK, names },
#include "desk/command.def"
#undef COMMAND
#undef ACTION
};

static char small_names[COMMANDS][NAME_MAX_];

static void make_names(void)
{
	for (int i = COMMAND_NONE + 1; i < COMMANDS; i++) {
		snprintf(small_names[i], NAME_MAX_, "%s", rows[i].id);
		for (char *s = small_names[i]; *s != '\0'; s++)
			*s = (char)tolower((unsigned char)*s);
	}
}

const char *keymap_name(enum command command)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, make_names);
	return command > COMMAND_NONE && command < COMMANDS ? small_names[command] : NULL;
}

enum command_context keymap_context(enum command command)
{
	return rows[command].context;
}

struct keymap *keymap_new(void)
{
	return xcalloc(1, sizeof(struct keymap));
}

void keymap_free(struct keymap *m)
{
	for (int i = 0; m != NULL && i < COMMANDS; i++)
		free(m->keys[i]);
	free(m);
}

const char *keymap_keys(const struct keymap *m, enum command command)
{
	if (command <= COMMAND_NONE || command >= COMMANDS)
		return "";
	return m != NULL && m->keys[command] != NULL ? m->keys[command] : rows[command].keys;
}

static bool has_key(const char *keys, uint32_t key)
{
	const char *name;
	size_t len;
	while ((len = keyname_next(&keys, &name)) > 0) {
		if (keyname_parse(name, len) == key)
			return true;
	}
	return false;
}

static enum command exactly(const struct keymap *m, uint32_t key)
{
	for (int i = COMMAND_NONE + 1; i < COMMANDS; i++) {
		if (has_key(keymap_keys(m, (enum command)i), key))
			return (enum command)i;
	}
	return COMMAND_NONE;
}

enum command keymap_find(const struct keymap *m, uint32_t key)
{
	if (layout_digit(key) != 0)
		return COMMAND_NONE;
	enum command found = exactly(m, key);
	uint32_t latin = layout_latin(key);
	if (found == COMMAND_NONE && latin != key)
		found = exactly(m, latin);
	return found;
}

/* ---- what the settings may say --------------------------------------------------------------- */

static bool is_character(uint32_t key)
{
	return key >= ' ' && key < KEY_FIRST_ && key != KEY_RUBOUT_;
}

static bool is_capital(uint32_t key)
{
	return key >= 'A' && key <= 'Z';
}

/* The table says which commands bear a scanner's letters. */
static bool bears_capitals(const struct row *row)
{
	const char *keys = row->keys, *name;
	size_t len;
	while ((len = keyname_next(&keys, &name)) > 0) {
		if (is_capital(keyname_parse(name, len)))
			return true;
	}
	return row->context == CONTEXT_MOVE;
}

static bool check_character(const struct row *row, uint32_t key, const char *command, const char *shown,
	struct error *err)
{
	if (layout_digit(key) != 0)
		return error_set(err, ERR_CONFIG, _("%s: the key %s begins the number of an order, in the number row of "
			"one layout or another: no command can have it"), command, shown);
	if (key >= KEY_RUBOUT_)
		return error_set(err, ERR_CONFIG, _("%s: name the key %s by what it types under the American layout; it "
			"works under every other one, too"), command, shown);
	if (row->context == CONTEXT_FORM)
		return error_set(err, ERR_CONFIG, _("%s: in the dialog of an action %s is text: take a key such as F11 or "
			"C-r"), command, shown);
	if (is_capital(key) && !bears_capitals(row))
		return error_set(err, ERR_CONFIG, _("%s: scanners type capitals such as %s, and this command must not be "
			"begun by one: take a small letter"), command, shown);
	return true;
}

static bool check_key(enum command c, uint32_t key, const char *name, size_t len, struct error *err)
{
	const struct row *row = &rows[c];
	const char *command = keymap_name(c);
	char shown[KEYNAME_MAX];
	size_t said = text_prefix(name, NAME_SAID);
	if (key == 0)
		return error_set(err, ERR_CONFIG, _("%s: there is no key \"%.*s\": there is F1 to F12, C-a to C-z without "
			"h, i, j and m, a letter or sign, %s"), command, (int)(len < said ? len : said), name, keyname_list());
	keyname_of(key, shown, sizeof(shown));
	if (is_character(key))
		return check_character(row, key, command, shown, err);
	if (row->context != CONTEXT_MOVE &&
		(key == KEY_ENTER_ || key == KEY_TAB_ || key == KEY_BACK_TAB_ || key == KEY_ESC_))
		return error_set(err, ERR_CONFIG, _("%s: a scan ends with Enter or Tab, and Esc goes back: %s is for moving "
			"alone"), command, shown);
	return true;
}

/* Help, the way out and the dialogs' own command have to stay within reach, also where letters are text. */
static bool check_reach(enum command c, size_t others, struct error *err)
{
	if (others > 0 || (rows[c].context != CONTEXT_FORM && c != COMMAND_HELP && c != COMMAND_QUIT))
		return true;
	return error_set(err, ERR_CONFIG, _("%s has to keep a key that is no character, such as F12"), keymap_name(c));
}

bool keymap_set(struct keymap *m, enum command command, const char *keys, struct error *err)
{
	struct buf tidy = BUF_INIT(BUF_MAX_LINE);
	const char *name;
	size_t len, n = 0, others = 0;
	bool ok = true;
	while (ok && (len = keyname_next(&keys, &name)) > 0) {
		uint32_t key = keyname_parse(name, len);
		if (++n > KEYS_MAX)
			ok = error_set(err, ERR_CONFIG, _("%s has more than %d keys"), keymap_name(command), KEYS_MAX);
		else
			ok = check_key(command, key, name, len, err);
		others += !is_character(key);
		buf_addf(&tidy, "%s%.*s", n > 1 ? " " : "", (int)len, name);
	}
	ok = ok && check_reach(command, others, err);
	if (ok) {
		free(m->keys[command]);
		m->keys[command] = xstrdup(buf_str(&tidy));
	}
	buf_clear(&tidy);
	return ok;
}

bool keymap_alone(const struct keymap *m, enum command command, struct error *err)
{
	const char *keys = keymap_keys(m, command), *name;
	char shown[KEYNAME_MAX];
	size_t len;
	if (m->keys[command] == NULL)
		return true;
	while ((len = keyname_next(&keys, &name)) > 0) {
		uint32_t key = keyname_parse(name, len);
		for (int i = COMMAND_NONE + 1; i < COMMANDS; i++) {
			if (i == (int)command || !has_key(keymap_keys(m, (enum command)i), key))
				continue;
			keyname_of(key, shown, sizeof(shown));
			return error_set(err, ERR_CONFIG, _("%s: the key %s is the key of %s: give that another one, or \"\" "
				"for none"), keymap_name(command), shown, keymap_name((enum command)i));
		}
	}
	return true;
}

void keymap_list(char *out, size_t cap)
{
	size_t used = 0;
	out[0] = '\0';
	for (int i = COMMAND_NONE + 1; i < COMMANDS && used < cap; i++)
		used += (size_t)snprintf(out + used, cap - used, "%s%s", used > 0 ? ", " : "",
			keymap_name((enum command)i));
}
