#include "tui/model/lock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/pin.h"

void lock_init(struct lock *l, char *path, const char *clerk)
{
	*l = (struct lock){ .path = path, .holder = xstrdup(clerk), .list = LIST_INIT };
	lineedit_init(&l->pin, PIN_MAX);
}

void lock_clear(struct lock *l)
{
	clerks_clear(&l->clerks);
	lineedit_clear(&l->pin);
	free(l->path);
	free(l->holder);
	l->path = NULL;
	l->holder = NULL;
}

const char *lock_clerk(const struct lock *l)
{
	return l->list.cursor < l->clerks.n ? l->clerks.items[l->list.cursor].name : NULL;
}

static void keep_tries(struct lock *l, const char *name)
{
	l->unsaved = !tries_save(l->path, name, &l->tries, NULL);
}

/* Where they cannot be written, what is known here counts, for every clerk. */
static void read_tries(struct lock *l, int64_t now_ms)
{
	const char *name = lock_clerk(l);
	if (name != NULL && !l->unsaved && !tries_load(l->path, name, now_ms, &l->tries))
		keep_tries(l, name);
}

bool lock_read(struct lock *l, const char *name, int64_t now_ms, struct error *err)
{
	char *chosen = xstrdup_null(lock_clerk(l));
	bool ok = clerks_load(l->path, &l->clerks, err);
	size_t at = clerks_find(&l->clerks, chosen != NULL ? chosen : name);
	if (at == l->clerks.n && chosen != NULL)
		at = clerks_find(&l->clerks, name);
	list_resize(&l->list, l->clerks.n, l->list.page);
	list_go(&l->list, at < l->clerks.n ? at : 0);
	read_tries(l, now_ms);
	free(chosen);
	return ok;
}

void lock_choose(struct lock *l, enum list_step step, int64_t now_ms)
{
	size_t before = l->list.cursor;
	list_move(&l->list, step);
	if (l->list.cursor == before)
		return;
	lock_wipe(l, NULL);
	read_tries(l, now_ms);
}

void lock_type(struct lock *l, uint32_t digit, int64_t mono_ms)
{
	if (lineedit_insert(&l->pin, digit))
		l->typed_ms = mono_ms;
	l->note[0] = '\0';
}

static void say(struct lock *l, enum style style, const char *sentence)
{
	l->note_style = style;
	snprintf(l->note, sizeof(l->note), "%s", sentence);
}

void lock_wipe(struct lock *l, const char *why)
{
	lineedit_clear(&l->pin);
	l->typed_ms = 0;
	say(l, STYLE_WARN, why != NULL ? why : "");
}

int64_t lock_left_ms(struct lock *l, int64_t now_ms)
{
	return tries_left_ms(&l->tries, now_ms);
}

/* The clerk whose PIN it has to be, as the file says now; NULL when there is nothing to be tried. */
static const struct clerk *ready(struct lock *l, int64_t now_ms)
{
	const struct clerk *clerk = NULL;
	struct error err = ERROR_INIT;
	char *name = xstrdup_null(lock_clerk(l));
	bool ok = lock_read(l, "", now_ms, &err);
	if (!ok)
		say(l, STYLE_BAD, err.text);
	else if (l->clerks.n == 0 || (name != NULL && strcmp(name, lock_clerk(l)) != 0))
		say(l, STYLE_BAD, _("This clerk has no PIN any more: duken clerk add, typed in another terminal, gives "
			"one."));
	else if (lock_left_ms(l, now_ms) == 0 && l->pin.len > 0)
		clerk = &l->clerks.items[l->list.cursor];
	if (clerk != NULL && !pin_check(l->pin.text, &err)) {
		say(l, STYLE_WARN, err.text);
		clerk = NULL;
	}
	free(name);
	return clerk;
}

enum lock_try lock_try(struct lock *l, int64_t now_ms)
{
	const struct clerk *clerk;
	char sentence[ERROR_TEXT_MAX];
	l->note[0] = '\0';
	clerk = ready(l, now_ms);
	bool open = false;
	if (clerk != NULL) {
		tries_count(&l->tries, now_ms);
		keep_tries(l, clerk->name);
		open = pin_matches(l->pin.text, clerk->hash);
	}
	lineedit_clear(&l->pin);
	l->typed_ms = 0;
	if (open) {
		l->tries = (struct tries){ .wrong = 0 };
		keep_tries(l, clerk->name);
	} else if (clerk != NULL) {
		snprintf(sentence, sizeof(sentence), _("That is not the PIN of %s."), clerk->name);
		say(l, STYLE_BAD, sentence);
	}
	return open ? LOCK_OPEN : clerk != NULL ? LOCK_WRONG : LOCK_NO_TRY;
}
