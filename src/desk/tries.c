/* Wrong PINs and the wait that they cost. See clerks.h. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "desk/clerks.h"

#define WRONG_MAX 1000000

int64_t tries_wait_ms(int wrong)
{
	int64_t wait = TRIES_WAIT_MS;

	if (wrong < TRIES_FREE)
		return 0;
	for (int i = TRIES_FREE; i < wrong && wait < TRIES_WAIT_MAX_MS; i++)
		wait *= 2;
	return wait < TRIES_WAIT_MAX_MS ? wait : TRIES_WAIT_MAX_MS;
}

int64_t tries_left_ms(struct tries *t, int64_t now_ms)
{
	if (now_ms < t->noted_ms) {
		t->until_ms = t->until_ms - t->noted_ms + now_ms;
		t->noted_ms = now_ms;
	}
	return t->until_ms > now_ms ? t->until_ms - now_ms : 0;
}

void tries_count(struct tries *t, int64_t now_ms)
{
	if (t->wrong < WRONG_MAX)
		t->wrong++;
	t->noted_ms = now_ms;
	t->until_ms = now_ms + tries_wait_ms(t->wrong);
}

/* ---- the file: "name:wrong:until:noted" ------------------------------------------------------ */

static char *path_of(const char *clerks)
{
	const char *slash = strrchr(clerks, '/');

	return xasprintf("%.*s/clerks.tries", (int)(slash - clerks), clerks);
}

/* A whole number that is not negative and ends with `end`. */
static bool take_number(const char **at, char end, int64_t *out)
{
	char *rest;

	if (**at < '0' || **at > '9')
		return false;
	errno = 0;
	*out = strtoll(*at, &rest, 10);
	if (errno || *rest != end)
		return false;
	*at = rest + 1;
	return true;
}

/* What stands behind the name; no wait can be longer than what so many wrong ones cost. */
static bool parse(const char *numbers, struct tries *out)
{
	int64_t wrong;

	if (!take_number(&numbers, ':', &wrong) || wrong < 1 || wrong > WRONG_MAX ||
		!take_number(&numbers, ':', &out->until_ms) || !take_number(&numbers, '\n', &out->noted_ms))
		return false;
	out->wrong = (int)wrong;
	return out->until_ms >= out->noted_ms && out->until_ms - out->noted_ms <= tries_wait_ms(out->wrong);
}

/* The line of that name, or NULL. */
static const char *line_of(const char *text, const char *name)
{
	size_t len = strlen(name);

	while (*text && !(strncmp(text, name, len) == 0 && text[len] == ':')) {
		text += strcspn(text, "\n");
		text += *text == '\n';
	}
	return *text ? text : NULL;
}

bool tries_load(const char *clerks, const char *name, int64_t now_ms, struct tries *out)
{
	char *path = path_of(clerks);
	struct buf text = BUF_INIT(BUF_MAX_LINE);
	struct error err = ERROR_INIT;
	const char *line = NULL;
	bool ok = file_read_private(path, &text, &err) || err.code == ERR_NOT_FOUND;

	*out = (struct tries){ .wrong = 0 };
	if (ok)
		line = line_of(buf_str(&text), name);
	if (!ok || (line && !parse(line + strlen(name) + 1, out))) {
		*out = (struct tries){ .wrong = TRIES_FREE - 1 };
		tries_count(out, now_ms);
		ok = false;
	} else if (now_ms < out->noted_ms) {
		tries_left_ms(out, now_ms);
		ok = false;
	}
	buf_clear(&text);
	free(path);
	return ok;
}

static void add_others(const char *text, const char *name, struct buf *out)
{
	const char *own = line_of(text, name);
	size_t before = own ? (size_t)(own - text) : strlen(text);

	buf_add(out, text, before);
	if (own) {
		own += strcspn(own, "\n");
		buf_adds(out, own + (*own == '\n'));
	}
}

bool tries_save(const char *clerks, const char *name, const struct tries *t, struct error *err)
{
	char *path = path_of(clerks);
	struct buf text = BUF_INIT(BUF_MAX_LINE), out = BUF_INIT(BUF_MAX_LINE);
	bool ok;

	/* First, so that it has room whatever names were tried before. */
	if (t->wrong)
		buf_addf(&out, "%s:%d:%lld:%lld\n", name, t->wrong, (long long)t->until_ms, (long long)t->noted_ms);
	/* What cannot be read gives way. */
	if (file_read_private(path, &text, NULL))
		add_others(buf_str(&text), name, &out);
	ok = file_write_atomic(path, buf_str(&out), out.len, err);
	buf_clear(&text);
	buf_clear(&out);
	free(path);
	return ok;
}
