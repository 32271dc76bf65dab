#include "tui/model/lock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/pin.h"

void lock_init(struct lock *l, char *path, const char *clerk)
{
	*l = (struct lock){ .path = path, .holder = xstrdup(clerk), .list = LIST_INIT,
		.account = ACCOUNT_INIT };
	lineedit_init(&l->secret, PIN_MAX);
}

void lock_by_accounts(struct lock *l, const char *login)
{
	l->accounts = true;
	lineedit_init(&l->secret, ACCOUNT_PASSWORD_MAX);
	lineedit_init(&l->login, CLERK_NAME_MAX);
	lineedit_suggest(&l->login, login);
}

bool lock_has_key(const struct lock *l)
{
	return l->accounts || l->clerks.n > 0;
}

void lock_clear(struct lock *l)
{
	account_stop(&l->account);
	clerks_clear(&l->clerks);
	lineedit_clear(&l->secret);
	free(l->path);
	free(l->holder);
	l->path = NULL;
	l->holder = NULL;
}

const char *lock_clerk(const struct lock *l)
{
	if (l->accounts)
		return l->login.text;
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
	if (l->accounts) {
		read_tries(l, now_ms);
		return true;
	}
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

bool lock_type_login(struct lock *l, uint32_t key, int64_t now_ms)
{
	bool changed;
	if (!lineedit_key(&l->login, key, &changed))
		return false;
	if (changed) {
		l->note[0] = '\0';
		read_tries(l, now_ms);
	}
	return true;
}

void lock_type(struct lock *l, uint32_t character, int64_t mono_ms)
{
	if (lineedit_insert(&l->secret, character))
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
	lineedit_clear(&l->secret);
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
	else if (lock_left_ms(l, now_ms) == 0 && l->secret.len > 0)
		clerk = &l->clerks.items[l->list.cursor];
	if (clerk != NULL && !pin_check(l->secret.text, &err)) {
		say(l, STYLE_WARN, err.text);
		clerk = NULL;
	}
	free(name);
	return clerk;
}

static void succeed(struct lock *l)
{
	l->tries = (struct tries){ .wrong = 0 };
	keep_tries(l, lock_clerk(l));
}

static void say_wrong(struct lock *l)
{
	char sentence[ERROR_TEXT_MAX];
	snprintf(sentence, sizeof(sentence), l->accounts ?
		_("That is not the password of %s, or that account may not unlock the desk.") :
		_("That is not the PIN of %s."), lock_clerk(l));
	say(l, STYLE_BAD, sentence);
}

static enum lock_try ask(struct lock *l, int64_t now_ms)
{
	struct error err = ERROR_INIT;
	bool asked = false;
	read_tries(l, now_ms);
	if (lock_left_ms(l, now_ms) > 0 || l->secret.len == 0)
		return LOCK_NO_TRY;
	if (clerks_name_check(lock_clerk(l), &err)) {
		tries_count(&l->tries, now_ms);
		keep_tries(l, lock_clerk(l));
		asked = account_ask(&l->account, lock_clerk(l), l->secret.text, &err);
	}
	lock_wipe(l, asked ? NULL : err.text);
	return asked ? LOCK_ASKED : LOCK_NO_TRY;
}

enum lock_try lock_answer(struct lock *l)
{
	struct error err = ERROR_INIT;
	switch (account_answer(&l->account, &err)) {
	case ACCOUNT_WAITS:
		return LOCK_ASKED;
	case ACCOUNT_RIGHT:
		succeed(l);
		return LOCK_OPEN;
	case ACCOUNT_WRONG:
		say_wrong(l);
		return LOCK_WRONG;
	default:
		say(l, STYLE_BAD, err.text);
		return LOCK_NO_TRY;
	}
}

static enum lock_try try_pin(struct lock *l, int64_t now_ms)
{
	const struct clerk *clerk = ready(l, now_ms);
	bool open = false;
	if (clerk != NULL) {
		tries_count(&l->tries, now_ms);
		keep_tries(l, clerk->name);
		open = pin_matches(l->secret.text, clerk->hash);
	}
	lineedit_clear(&l->secret);
	l->typed_ms = 0;
	if (open)
		succeed(l);
	else if (clerk != NULL)
		say_wrong(l);
	return open ? LOCK_OPEN : clerk != NULL ? LOCK_WRONG : LOCK_NO_TRY;
}

enum lock_try lock_try(struct lock *l, int64_t now_ms)
{
	l->note[0] = '\0';
	return l->accounts ? ask(l, now_ms) : try_pin(l, now_ms);
}
