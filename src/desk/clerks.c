#include "desk/clerks.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/pin.h"
#include "base/text.h"

char *clerks_path(const char *state_base)
{
	char *root = state_base ? xstrdup(state_base) : path_state();
	char *path = path_join(root, "clerks.pin");

	free(root);
	return path;
}

void clerks_clear(struct clerks *c)
{
	for (size_t i = 0; i < c->n; i++) {
		free(c->items[i].name);
		free(c->items[i].hash);
	}
	free(c->items);
	*c = (struct clerks){ .n = 0 };
}

size_t clerks_find(const struct clerks *c, const char *name)
{
	size_t i = 0;

	while (i < c->n && strcmp(c->items[i].name, name) != 0)
		i++;
	return i;
}

/* Stays as it is when cleaned, and can stand in front of a colon. */
static bool is_name(const char *name)
{
	struct arena a = ARENA_INIT;
	size_t len = strlen(name);
	bool ok = len > 0 && !strchr(name, ':') && *name != ' ' && name[len - 1] != ' ' &&
		text_is_utf8(name, len) && text_chars(name) <= CLERK_NAME_MAX &&
		strcmp(text_clean(&a, name, len, TEXT_MAX_FIELD, TEXT_LINE), name) == 0;

	arena_clear(&a);
	return ok;
}

bool clerks_name_check(const char *name, struct error *err)
{
	return is_name(name) || error_set(err, ERR_USAGE,
		_("A clerk's name has up to %d letters, no colon, and no blank at its ends."), CLERK_NAME_MAX);
}

static void add(struct clerks *c, const char *name, const char *hash)
{
	c->items = xreallocarray(c->items, c->n + 1, sizeof(c->items[0]));
	c->items[c->n++] = (struct clerk){ xstrdup(name), xstrdup(hash) };
}

bool clerks_set(struct clerks *c, const char *name, const char *pin, struct error *err)
{
	size_t i = clerks_find(c, name);
	char hash[PIN_HASH_MAX];

	if (!clerks_name_check(name, err))
		return false;
	if (i == CLERKS_MAX)
		return error_set(err, ERR_CONFIG, _("There are %d clerks already."), CLERKS_MAX);
	if (!pin_hash(pin, hash, err))
		return false;
	if (i == c->n) {
		add(c, name, hash);
	} else {
		free(c->items[i].hash);
		c->items[i].hash = xstrdup(hash);
	}
	return true;
}

void clerks_remove(struct clerks *c, size_t i)
{
	free(c->items[i].name);
	free(c->items[i].hash);
	c->n--;
	memmove(&c->items[i], &c->items[i + 1], (c->n - i) * sizeof(c->items[0]));
}

/* ---- the file -------------------------------------------------------------------------------- */

/* The line is the caller's and is cut at its colon. */
static bool parse_line(char *line, struct clerks *out)
{
	char *hash = strchr(line, ':');

	if (!hash)
		return false;
	*hash++ = '\0';
	if (!is_name(line) || !pin_is_hash(hash) || out->n == CLERKS_MAX || clerks_find(out, line) < out->n)
		return false;
	add(out, line, hash);
	return true;
}

static bool parse(const char *path, char *text, size_t len, struct clerks *out, struct error *err)
{
	size_t number = 1;
	char *line = text, *end;

	if (strlen(text) != len)
		return error_set(err, ERR_CONFIG, _("%s is no list of clerks: move it away and set the PINs anew with "
			"duken clerk add"), path);
	for (; *line; line = end, number++) {
		end = line + strcspn(line, "\n");
		if (*end)
			*end++ = '\0';
		if (!parse_line(line, out))
			return error_set(err, ERR_CONFIG, _("%s:%zu: this is no line of a clerk: take it out and set the "
				"PIN anew with duken clerk add"), path, number);
	}
	return true;
}

bool clerks_load(const char *path, struct clerks *out, struct error *err)
{
	struct buf text = BUF_INIT(BUF_MAX_LINE);
	struct error why = ERROR_INIT;
	bool ok = file_read_private(path, &text, &why);

	clerks_clear(out);
	if (ok && text.len)
		ok = parse(path, text.data, text.len, out, &why);
	else if (!ok)
		ok = why.code == ERR_NOT_FOUND;
	if (!ok) {
		clerks_clear(out);
		error_set(err, ERR_CONFIG, "%s", why.text);
	}
	buf_wipe(&text);
	return ok;
}

bool clerks_save(const char *path, const struct clerks *c, struct error *err)
{
	struct buf text = BUF_INIT(BUF_MAX_LINE);
	char *dir = xstrndup(path, (size_t)(strrchr(path, '/') - path));
	bool ok;

	for (size_t i = 0; i < c->n; i++)
		buf_addf(&text, "%s:%s\n", c->items[i].name, c->items[i].hash);
	ok = path_make_dir(dir, err) && file_write_atomic(path, buf_str(&text), text.len, err);
	buf_wipe(&text);
	free(dir);
	return ok;
}
