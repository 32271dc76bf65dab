#include "desk/theme.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/path.h"
#include "desk/colour.h"

#define FILE_MAX (16 * 1024)
#define NAME_MAX_LEN 64
#define NAMES_MAX 64		/* that an error lists */
#define WORD_CAP 41		/* longer than any that means something */
#define SUFFIX ".theme"
#define DEFAULT "default"

static const char *const role_names[STYLES] = {
	[STYLE_NORMAL] = "normal",
	[STYLE_DIM] = "dim",
	[STYLE_STRONG] = "strong",
	[STYLE_HEAD] = "head",
	[STYLE_BORDER] = "border",
	[STYLE_BORDER_FOCUS] = "border-focus",
	[STYLE_TITLE] = "title",
	[STYLE_CURSOR] = "cursor",
	[STYLE_CURSOR_AWAY] = "cursor-away",
	[STYLE_GOOD] = "good",
	[STYLE_WARN] = "warn",
	[STYLE_BAD] = "bad",
	[STYLE_OVERDUE] = "overdue",
	[STYLE_SOON] = "soon",
	[STYLE_TODAY] = "today",
	[STYLE_BAR_KEY] = "bar-key",
	[STYLE_BAR_WORD] = "bar-word",
	[STYLE_FIELD] = "field",
	[STYLE_FIELD_FOCUS] = "field-focus",
	[STYLE_BUTTON] = "button",
	[STYLE_BUTTON_FOCUS] = "button-focus",
};

#define OWN .fg = COLOUR_OWN, .bg = COLOUR_OWN
#define INK(number) .fg = (number), .bg = COLOUR_OWN
/* The yellow of most terminals cannot be read on white: these can be read on black and on white. */
#define GREEN 28
#define AMBER 136
#define RED 160
#define CYAN 31

/* data/themes/default.theme says the same. */
static const struct theme built_in = { .roles = {
	[STYLE_NORMAL] = { OWN },
	[STYLE_DIM] = { OWN },
	[STYLE_STRONG] = { .bold = true, OWN },
	[STYLE_HEAD] = { .bold = true, OWN },
	[STYLE_BORDER] = { OWN },
	[STYLE_BORDER_FOCUS] = { .bold = true, INK(CYAN) },
	[STYLE_TITLE] = { .bold = true, OWN },
	[STYLE_CURSOR] = { .reverse = true, OWN },
	[STYLE_CURSOR_AWAY] = { .bold = true, .underline = true, OWN },
	[STYLE_GOOD] = { INK(GREEN) },
	[STYLE_WARN] = { .bold = true, INK(AMBER) },
	[STYLE_BAD] = { .bold = true, INK(RED) },
	[STYLE_OVERDUE] = { .bold = true, INK(RED) },
	[STYLE_SOON] = { .bold = true, INK(AMBER) },
	[STYLE_TODAY] = { OWN },
	[STYLE_BAR_KEY] = { OWN },
	[STYLE_BAR_WORD] = { .reverse = true, OWN },
	[STYLE_FIELD] = { .underline = true, OWN },
	[STYLE_FIELD_FOCUS] = { .reverse = true, OWN },
	[STYLE_BUTTON] = { OWN },
	[STYLE_BUTTON_FOCUS] = { .bold = true, .reverse = true, OWN },
} };

const char *theme_role(enum style style)
{
	return role_names[style];
}

void theme_default(struct theme *out)
{
	*out = built_in;
}

/* ---- a file ---------------------------------------------------------------------------------- */

struct reading {
	const char *file;
	int line;
	bool seen[STYLES];
	struct theme *out;
	struct error *err;
};

/* Copies the next word; what is no printable ASCII cannot be part of one, and errors show it as "?". False when the
 * line has no more. */
static bool next_word(const char **at, char out[WORD_CAP])
{
	const char *from = *at + strspn(*at, " \t");
	size_t len = strcspn(from, " \t"), kept = len < WORD_CAP ? len : WORD_CAP - 1;

	for (size_t i = 0; i < kept; i++)
		out[i] = from[i] > ' ' && from[i] <= '~' ? from[i] : '?';
	out[kept] = '\0';
	*at = from + len;
	return len > 0;
}

static bool read_switch(const struct reading *r, bool *on, const char *word)
{
	if (*on)
		return error_set(r->err, ERR_CONFIG, _("%s:%d: \"%s\" is there twice"), r->file, r->line, word);
	*on = true;
	return true;
}

static bool read_colour(const struct reading *r, int *colour, const char **at)
{
	char word[WORD_CAP];

	next_word(at, word);
	return colour_parse(word, colour) ||
		error_set(r->err, ERR_CONFIG, _("%s:%d: \"%s\" is no colour: there are default, names such as red "
			"and bright-red, numbers up to 255 and #rrggbb"), r->file, r->line, word);
}

/* What stands behind the "=". */
static bool read_look(const struct reading *r, struct look *look, const char *at)
{
	bool fg = false, bg = false, ok = true;
	char word[WORD_CAP];

	*look = (struct look){ OWN };
	while (ok && next_word(&at, word) && *word != '#') {
		if (strcmp(word, "bold") == 0)
			ok = read_switch(r, &look->bold, word);
		else if (strcmp(word, "underline") == 0)
			ok = read_switch(r, &look->underline, word);
		else if (strcmp(word, "reverse") == 0)
			ok = read_switch(r, &look->reverse, word);
		else if (strcmp(word, "fg") == 0)
			ok = read_switch(r, &fg, word) && read_colour(r, &look->fg, &at);
		else if (strcmp(word, "bg") == 0)
			ok = read_switch(r, &bg, word) && read_colour(r, &look->bg, &at);
		else
			ok = error_set(r->err, ERR_CONFIG, _("%s:%d: \"%s\" is not bold, underline, reverse, fg or bg"),
				r->file, r->line, word);
	}
	return ok;
}

static int find_role(const char *name)
{
	for (int i = 0; i < STYLES; i++)
		if (strcmp(role_names[i], name) == 0)
			return i;
	return -1;
}

static bool read_line(struct reading *r, char *line)
{
	char word[WORD_CAP];
	char *equals = strchr(line, '=');
	const char *at = line, *rest = at;
	int role;

	if (equals)
		*equals = '\0';
	if (!next_word(&at, word) ? !equals : *word == '#')
		return true;
	role = find_role(word);
	if (role < 0)
		return error_set(r->err, ERR_CONFIG, _("%s:%d: there is no role \"%s\": man duken.conf names them"),
			r->file, r->line, word);
	rest = at + strspn(at, " \t");
	if (!equals || *rest)
		return error_set(r->err, ERR_CONFIG, _("%s:%d: after the role \"%s\" there must be a ="), r->file,
			r->line, word);
	if (r->seen[role])
		return error_set(r->err, ERR_CONFIG, _("%s:%d: \"%s\" is there twice"), r->file, r->line, word);
	r->seen[role] = true;
	return read_look(r, &r->out->roles[role], equals + 1);
}

bool theme_parse(const char *file, const char *text, size_t len, struct theme *out, struct error *err)
{
	struct reading r = { .file = file, .out = out, .err = err };
	char *copy = xstrndup(text, len), *rest = copy, *line;
	bool ok = !memchr(text, '\0', len) || error_set(err, ERR_CONFIG, _("%s is not a text"), file);

	out->roles[STYLE_NORMAL] = (struct look){ OWN };
	while (ok && (line = strsep(&rest, "\n"))) {
		size_t end = strlen(line);

		if (end > 0 && line[end - 1] == '\r')
			line[end - 1] = '\0';
		r.line++;
		ok = read_line(&r, line);
	}
	free(copy);
	for (int i = 0; i < STYLES; i++)
		if (!r.seen[i])
			out->roles[i] = out->roles[STYLE_NORMAL];
	return ok;
}

/* ---- the files there are --------------------------------------------------------------------- */

enum { DIR_USER, DIR_SHIPPED, DIRS };

/* The caller's to free. */
static char *themes_dir(int which)
{
	char *built;

	if (which == DIR_USER)
		return path_themes();
	built = path_beside_program("data/themes");
	return built ? built : xstrdup(PKGDATADIR "/themes");
}

static bool is_name(const char *name, size_t len)
{
	return len > 0 && len <= NAME_MAX_LEN &&
		strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") >= len;
}

struct names {
	char *items[NAMES_MAX];
	size_t n;
};

static void add_name(struct names *names, const char *name, size_t len)
{
	for (size_t i = 0; i < names->n; i++)
		if (strlen(names->items[i]) == len && memcmp(names->items[i], name, len) == 0)
			return;
	if (names->n < NAMES_MAX)
		names->items[names->n++] = xstrndup(name, len);
}

static void add_names_of(struct names *names, const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		size_t len = strlen(entry->d_name);

		if (len > strlen(SUFFIX) && strcmp(entry->d_name + len - strlen(SUFFIX), SUFFIX) == 0 &&
			is_name(entry->d_name, len - strlen(SUFFIX)))
			add_name(names, entry->d_name, len - strlen(SUFFIX));
	}
	if (dir)
		closedir(dir);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool say_unknown(const char *name, struct error *err)
{
	struct names names = { .n = 0 };
	struct buf list = BUF_INIT(BUF_MAX_LINE);

	add_name(&names, DEFAULT, strlen(DEFAULT));
	for (int i = 0; i < DIRS; i++) {
		char *dir = themes_dir(i);

		add_names_of(&names, dir);
		free(dir);
	}
	qsort(names.items, names.n, sizeof(names.items[0]), by_name);
	for (size_t i = 0; i < names.n; i++) {
		buf_addf(&list, "%s\"%s\"", i ? ", " : "", names.items[i]);
		free(names.items[i]);
	}
	error_set(err, ERR_CONFIG, _("there is no theme \"%s\"; there are: %s"), name, buf_str(&list));
	buf_clear(&list);
	return false;
}

/* NOT_FOUND if there is none. */
static bool load_from(const char *dir, const char *name, struct theme *out, struct error *err)
{
	struct buf text = BUF_INIT(FILE_MAX);
	char *path = xasprintf("%s/%s" SUFFIX, dir, name);
	bool ok = file_read(path, &text, err) && theme_parse(path, buf_str(&text), text.len, out, err);

	free(path);
	buf_clear(&text);
	return ok;
}

bool theme_load(const char *name, struct theme *out, struct error *err)
{
	struct error why = ERROR_INIT;
	bool found = is_name(name, strlen(name)), ok = false;

	for (int i = 0; i < DIRS && found && !ok; i++) {
		char *dir = themes_dir(i);

		why = (struct error)ERROR_INIT;
		ok = load_from(dir, name, out, &why);
		free(dir);
		if (!ok && why.code != ERR_NOT_FOUND)
			return error_set(err, why.code, "%s", why.text);
	}
	if (ok)
		return true;
	if (strcmp(name, DEFAULT) != 0)
		return say_unknown(name, err);
	theme_default(out);
	return true;
}

bool theme_check(const char *setting, const char *name, struct error *err)
{
	struct theme theme;

	(void)setting;
	return theme_load(name, &theme, err);
}
