#include "cli/check.h"

#include <langinfo.h>
#include <libintl.h>
#include <linux/kd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/text.h"

#define ROWS_MIN 16
#define COLUMNS_MIN 60
#define CATALOGUE_LANGUAGE "\nLanguage: "

/* ---- letters and words ----------------------------------------------------------------------- */

void check_locale(struct check *out)
{
	const char *codeset = nl_langinfo(CODESET);

	if (strcmp(codeset, "UTF-8") == 0)
		check_set(out, "locale", CHECK_OK, "%s", codeset);
	else
		check_set(out, "locale", CHECK_WARNING,
			_("the locale's letters are %s, so names cannot be shown: set LANG to one "
			  "with UTF-8, such "
			  "as ru_RU.UTF-8 or C.UTF-8"),
			codeset);
}

/* What the person wants to read, as far as the environment says. */
static const char *wanted_language(void)
{
	static const char *const names[] = { "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG" };
	const char *value;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if ((value = getenv(names[i])) && *value)
			return value;
	return "";
}

/* The first entry of a catalogue is what its makers say of it: without a catalogue there is none. */
void check_translations(struct check *out)
{
	const char *none = "", *header = gettext(none), *found = strstr(header, CATALOGUE_LANGUAGE);
	const char *wanted = wanted_language();

	if (found)
		check_set(out, "translations", CHECK_OK, "%.2s", found + strlen(CATALOGUE_LANGUAGE));
	else if (strncmp(wanted, "ru", 2) == 0 || strncmp(wanted, "kk", 2) == 0)
		check_set(out, "translations", CHECK_WARNING,
			_("the words of the language %.2s are not found, so English is shown: install duken with "
			  "make install, and set LANG to a locale that this computer has"), wanted);
	else
		check_set(out, "translations", CHECK_OK, _("English needs none"));
}

/* ---- the terminal's description -------------------------------------------------------------- */

/* Where curses looks, one after the other: by the first letter, or by its number. */
static bool open_in(const char *dir, const char *term, struct buf *out)
{
	char path[512];

	if (!dir || !*dir)
		return false;
	snprintf(path, sizeof(path), "%s/%c/%s", dir, *term, term);
	if (file_read(path, out, NULL))
		return true;
	snprintf(path, sizeof(path), "%s/%02x/%s", dir, (unsigned)(unsigned char)*term, term);
	return file_read(path, out, NULL);
}

static bool read_description(const char *term, struct buf *out)
{
	const char *home = getenv("HOME");
	char own[300] = "";

	if (strchr(term, '/'))
		return false;
	if (home)
		snprintf(own, sizeof(own), "%s/.terminfo", home);
	return open_in(getenv("TERMINFO"), term, out) || open_in(own, term, out) ||
		open_in("/etc/terminfo", term, out) || open_in("/lib/terminfo", term, out) ||
		open_in("/usr/share/terminfo", term, out) || open_in("/usr/lib/terminfo", term, out);
}

static unsigned read_short(const struct buf *b, size_t at)
{
	const unsigned char *p = (const unsigned char *)b->data + at;

	return at + 2 <= b->len ? p[0] | (unsigned)p[1] << 8 : 0;
}

/* term(5): six numbers, the names, the switches, then from an even place the numbers, of which the 13th (from 0)
 * is how many colours there are. */
static unsigned colours_of(const struct buf *b)
{
	enum { HEADER = 12, WIDE_MAGIC = 01036, COLOURS = 13 };
	bool wide = read_short(b, 0) == WIDE_MAGIC;
	size_t at = HEADER + read_short(b, 2) + read_short(b, 4);
	unsigned low, high;

	if (read_short(b, 6) <= COLOURS)
		return 0;
	at += at % 2 + COLOURS * (wide ? 4 : 2);
	low = read_short(b, at);
	high = wide ? read_short(b, at + 2) : 0;
	return (wide ? high : low) & 0x8000 ? 0 : high << 16 | low;	/* a negative one: none */
}

/* ---- the terminal ---------------------------------------------------------------------------- */

static void check_size(struct check *out, const char *term)
{
	struct winsize size = { 0 };

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0 || !size.ws_row)
		check_set(out, "terminal", CHECK_WARNING, _("the terminal does not say how large it is"));
	else if (size.ws_row < ROWS_MIN || size.ws_col < COLUMNS_MIN)
		check_set(out, "terminal", CHECK_FAILED,
			_("%d columns and %d rows are too few for the desk: make it %d x %d or "
			  "larger"),
			size.ws_col, size.ws_row, COLUMNS_MIN, ROWS_MIN);
	else
		check_set(out, "terminal", CHECK_OK, "%s, %d x %d", term, size.ws_col, size.ws_row);
}

void check_terminal(struct check *out)
{
	const char *term = getenv("TERM");
	struct buf description = BUF_INIT(BUF_MAX_FILE);

	if (!isatty(STDOUT_FILENO))
		check_set(out, "terminal", CHECK_OK, _("none here; commands need none"));
	else if (!term || !*term || strcmp(term, "dumb") == 0)
		check_set(out, "terminal", CHECK_FAILED,
			_("TERM does not name a terminal that can show the desk: try export "
			  "TERM=xterm-256color"));
	else if (!read_description(term, &description))
		check_set(out, "terminal", CHECK_FAILED,
			_("nothing is known of the terminal \"%s\": install ncurses-term, or try "
			  "export "
			  "TERM=xterm-256color"),
			term);
	else
		check_size(out, term);
	buf_clear(&description);
}

void check_colours(struct check *out)
{
	const char *term = getenv("TERM"), *no_colour = getenv("NO_COLOR");
	struct buf description = BUF_INIT(BUF_MAX_FILE);
	unsigned n = term && *term && read_description(term, &description) ? colours_of(&description) : 0;

	if (no_colour && *no_colour)
		check_set(out, "colours", CHECK_OK, _("switched off by NO_COLOR; every state is a word too"));
	else if (n >= 8)
		check_set(out, "colours", CHECK_OK, "%u", n);
	else
		check_set(out, "colours", CHECK_WARNING,
			_("this terminal shows none; every state is a word too. Where it could show them, set TERM, "
			  "such as to xterm-256color"));
	buf_clear(&description);
}

/* ---- the font -------------------------------------------------------------------------------- */

#define LETTERS "ӘәҒғҚқҢңӨөҰұҮүҺһІі₸"
#define MAP_MAX 65535

static bool has_glyph(const struct unimapdesc *map, unsigned long letter)
{
	for (unsigned short i = 0; i < map->entry_ct; i++)
		if (map->entries[i].unicode == letter)
			return true;
	return false;
}

static void find_missing(const struct unimapdesc *map, struct buf *missing)
{
	size_t len;

	for (const char *s = LETTERS; *s; s += len)
		if (!has_glyph(map, text_decode(s, &len)))
			buf_add(missing, s, len);
}

/* A console draws with a font of its own, and says what is in it. */
static void check_console_font(struct check *out)
{
	struct unimapdesc map = { .entry_ct = MAP_MAX, .entries = xcalloc(MAP_MAX, sizeof(*map.entries)) };
	bool told = ioctl(STDOUT_FILENO, GIO_UNIMAP, &map) == 0 && map.entry_ct > 0;
	struct buf missing = BUF_INIT(BUF_MAX_LINE);

	if (told)
		find_missing(&map, &missing);
	if (!told)
		check_set(out, "font", CHECK_WARNING,
			_("the usual console fonts lack Kazakh letters: put CODESET=\"FullCyrAsia\" and "
			  "FONTFACE=\"Fixed\" into /etc/default/console-setup, then run setupcon"));
	else if (missing.len)
		check_set(out, "font", CHECK_WARNING,
			_("the console's font lacks %s: put CODESET=\"FullCyrAsia\" and FONTFACE=\"Fixed\" into "
			  "/etc/default/console-setup (package console-setup), then run setupcon"),
			buf_str(&missing));
	else
		check_set(out, "font", CHECK_OK, _("it has every Kazakh letter and the tenge sign"));
	buf_clear(&missing);
	free(map.entries);
}

void check_font(struct check *out)
{
	const char *term = getenv("TERM");

	if (isatty(STDOUT_FILENO) && term && strcmp(term, "linux") == 0)
		check_console_font(out);
	else
		check_set(out, "font", CHECK_OK, _("see whether each of these is a letter of its own: %s"), LETTERS);
}

/* ---- the keyboard ---------------------------------------------------------------------------- */

#define KEYBOARD_FILE "/etc/default/keyboard"
#define LAYOUT_NAME "XKBLAYOUT="

/* "us,ru,kz" of the file's text, or "". */
static void read_layouts(const char *text, char *out, size_t cap)
{
	const char *at = strstr(text, LAYOUT_NAME);

	*out = '\0';
	if (!at || (at > text && at[-1] != '\n'))
		return;
	at += strlen(LAYOUT_NAME);
	at += strspn(at, "\"'");
	snprintf(out, cap, "%.*s", (int)strcspn(at, "\"'\n"), at);
}

/* Of a person who comes over the network the keyboard is elsewhere. */
void check_keyboard(struct check *out)
{
	struct buf text = BUF_INIT(BUF_MAX_FILE);
	char layouts[80] = "";

	if (!getenv("SSH_CONNECTION") && file_read(KEYBOARD_FILE, &text, NULL))
		read_layouts(buf_str(&text), layouts, sizeof(layouts));
	if (*layouts)
		check_set(out, "keyboard", CHECK_OK,
			_("layouts: %s; duken scan-test shows how a scanner is read under each of them"), layouts);
	else
		check_set(out, "keyboard", CHECK_OK,
			_("duken scan-test shows how a scanner is read under each layout of this keyboard"));
	buf_clear(&text);
}
