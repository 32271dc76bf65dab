#include "tui/locking.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/layout.h"
#include "base/mem.h"
#include "tui/alerting.h"
#include "tui/command/command.h"
#include "tui/dialog/dialog.h"
#include "tui/model/react.h"
#include "tui/model/shops.h"
#include "tui/model/state.h"
#include "tui/scanning.h"
#include "tui/screen.h"
#include "tui/term/key.h"
#include "tui/term/term.h"

static void say_no_pin(struct state *s)
{
	state_say(s, STYLE_WARN, _("lock_after is set, and nobody has a PIN: the desk stays open. %s sets one."),
		command_key(COMMAND_LOCK).text);
}

bool locking_start(struct lock *l, const struct settings *settings, const char *state_base, struct error *err)
{
	char *login = settings_login_name();
	lock_init(l, clerks_path(state_base), settings->clerk);
	if (settings_unlock_by_pam(settings))
		lock_by_accounts(l, login);
	free(login);
	locking_seen(l);
	if (!lock_read(l, l->holder, clock_now_ms(), err))
		return false;
	l->on = lock_has_key(l);
	return true;
}

void locking_greet(struct state *s)
{
	if (!lock_has_key(s->lock) && s->settings->lock_after_s > 0)
		say_no_pin(s);
}

void locking_seen(struct lock *l)
{
	l->key_ms = clock_mono_ms();
	l->key_now_ms = clock_now_ms();
}

/* In every shop: each has a journal, and a worker that has to know the clerk. */
static void note(struct state *s, enum note_kind kind, const char *clerk)
{
	for (size_t i = 0; i < s->shops->n; i++) {
		struct desk *desk = s->shops->items[i].desk;
		if (desk != NULL)
			desk_post(desk, request_new_note(kind, clerk, NULL));
	}
}

static void wipe(struct state *s)
{
	dialogs_forget_codes(s);
	scanning_wipe(s);
	shown_mask(s);
}

/* Everything that is kept besides the order in the store goes from the screen, and what was typed from memory. */
static unsigned lock(struct state *s)
{
	s->lock->on = true;
	s->lock->at_login = false;
	lock_wipe(s->lock, NULL);
	for (size_t i = 0; i < s->shops->n; i++)
		wipe(&s->shops->items[i]);
	term_blank();
	note(s, NOTE_LOCKED, s->lock->holder);
	return REACT_ALL;
}

unsigned locking_lock(struct state *s)
{
	struct error err = ERROR_INIT;
	if (!lock_read(s->lock, s->lock->holder, s->now_ms, &err))
		return state_say_why_not(s, err.text);
	return lock_has_key(s->lock) ? lock(s) : dialog_pin(s);
}

static unsigned unlock(struct state *s)
{
	struct lock *l = s->lock;
	free(l->holder);
	l->holder = xstrdup(lock_clerk(l));
	l->on = false;
	lock_wipe(l, NULL);
	scanning_wipe(s);
	locking_seen(l);
	note(s, NOTE_UNLOCKED, l->holder);
	for (size_t i = 0; i < s->shops->n; i++)
		alerting_key(&s->shops->items[i]);
	term_blank();
	screen_layout(s);
	return REACT_ALL;
}

static unsigned react_to(struct state *s, enum lock_try result)
{
	switch (result) {
	case LOCK_OPEN:
		return unlock(s);
	case LOCK_WRONG:
		scanning_wipe(s);
		note(s, NOTE_WRONG_PIN, lock_clerk(s->lock));
		break;
	default:
		break;
	}
	return REACT_ALL;
}

/* Which clerk it is: the one above or below, or another login name. */
static unsigned choose(struct state *s, enum list_step step)
{
	struct lock *l = s->lock;
	if (l->accounts)
		l->at_login = !l->at_login;
	else
		lock_choose(l, step, s->now_ms);
	return REACT_ALL;
}

static unsigned enter(struct state *s)
{
	if (s->lock->at_login)
		return choose(s, LIST_DOWN);
	return react_to(s, lock_try(s->lock, s->now_ms));
}

/* What the key puts into the PIN or the password: digits under every layout, or any letter. */
static uint32_t character(const struct lock *l, uint32_t key)
{
	if (!key_is_text(key))
		return 0;
	return l->accounts ? key : layout_digit(key);
}

static unsigned type(struct state *s, uint32_t key)
{
	struct lock *l = s->lock;
	uint32_t typed = character(l, key);
	if (l->at_login)
		return lock_type_login(l, key, s->now_ms) ? REACT_ALL : REACT_HANDLED;
	if (typed != 0 && lock_left_ms(l, s->now_ms) == 0)
		lock_type(l, typed, s->mono_ms);
	else if (key_is_text(key) || !lineedit_key(&l->secret, key, NULL))
		return REACT_HANDLED;
	return REACT_ALL;
}

unsigned locking_key(struct state *s, uint32_t key)
{
	struct lock *l = s->lock;
	/* Nothing that is typed goes anywhere until there is an answer. */
	if (account_asked(&l->account) && key != KEY_CONTROL_('l'))
		return REACT_HANDLED;
	switch (key) {
	case KEY_ENTER_:
		return enter(s);
	case KEY_ESC_:
		lock_wipe(l, NULL);
		return REACT_ALL;
	case KEY_UP_:
	case KEY_BACK_TAB_:
		return choose(s, LIST_UP);
	case KEY_DOWN_:
	case KEY_TAB_:
		return choose(s, LIST_DOWN);
	case KEY_CONTROL_('l'):
		term_resize();
		screen_layout(s);
		return REACT_ALL;
	default:
		return type(s, key);
	}
}

unsigned locking_scan(struct state *s)
{
	lock_wipe(s->lock, s->lock->accounts ?
		_("That came as from a scanner: type the password on the keyboard.") :
		_("That came as from a scanner: type the PIN on the keyboard."));
	return REACT_ALL;
}

/* ---- time ------------------------------------------------------------------------------------ */

/* The file is read for it, so that a PIN that was set meanwhile counts. */
static unsigned lock_by_time(struct state *s)
{
	bool read = lock_read(s->lock, s->lock->holder, s->now_ms, NULL);
	locking_seen(s->lock);
	if (!read || lock_has_key(s->lock))
		return lock(s);
	say_no_pin(s);
	return REACT_STATUS;
}

static unsigned tick_locked(struct state *s)
{
	struct lock *l = s->lock;
	int64_t left_s = (lock_left_ms(l, s->now_ms) + 999) / 1000;
	bool other = left_s != l->told_s;
	if (account_asked(&l->account)) {
		enum lock_try result = lock_answer(l);
		if (result != LOCK_ASKED)
			return react_to(s, result);
	}
	l->told_s = left_s;
	if (l->typed_ms != 0 && s->mono_ms - l->typed_ms >= LOCK_TYPED_MS) {
		lock_wipe(l, NULL);
		other = true;
	}
	return other ? REACT_HEAD : REACT_NONE;
}

unsigned locking_tick(struct state *s)
{
	const struct lock *l = s->lock;
	int64_t after_ms = 1000LL * s->settings->lock_after_s;
	if (l->on)
		return tick_locked(s);
	if (after_ms == 0)
		return REACT_NONE;
	/* Not the turn's time: in it the program may have been stopped and have gone on. */
	if (clock_mono_ms() - l->key_ms < after_ms && clock_now_ms() - l->key_now_ms < after_ms)
		return REACT_NONE;
	return lock_by_time(s);
}

int64_t locking_due(const struct state *s)
{
	const struct lock *l = s->lock;
	if (!l->on)
		return s->settings->lock_after_s > 0 ? l->key_ms + 1000LL * s->settings->lock_after_s : 0;
	int64_t due = l->typed_ms != 0 ? l->typed_ms + LOCK_TYPED_MS : l->account.until_ms;
	if (l->tries.until_ms <= s->now_ms)
		return due;
	int64_t second = s->mono_ms + (l->tries.until_ms - s->now_ms) % 1000 + 1;
	return due != 0 && due < second ? due : second;
}
