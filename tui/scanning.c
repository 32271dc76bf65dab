#include "tui/scanning.h"

#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/layout.h"
#include "base/text.h"
#include "tui/command/command.h"
#include "tui/dialog/dialog.h"
#include "tui/kept.h"
#include "tui/keys.h"
#include "tui/locking.h"
#include "tui/model/react.h"
#include "tui/model/state.h"
#include "tui/term/key.h"

#define SAID_MAX 40	/* characters of a code that are shown */

static enum scan_place place_now(const struct state *s)
{
	if (s->lock->on)
		return SCAN_TEXT;
	if (s->dialogs != NULL)
		return dialogs_parts(s).typing ? SCAN_TEXT : SCAN_KEYS;
	return s->focus == FOCUS_SEARCH ? SCAN_SHOWN : SCAN_KEYS;
}

static bool is_move(enum command command)
{
	return command != COMMAND_NONE && command_row(command)->context == CONTEXT_MOVE;
}

static enum scan_kind kind_of(uint32_t key)
{
	if (!key_is_text(key))
		return SCAN_OTHER;
	enum command command = command_of_key(key);
	if (command == COMMAND_NONE)
		return layout_digit(key) != 0 ? SCAN_CHARACTER : SCAN_IDLE;
	return is_move(command) ? SCAN_MOVE : SCAN_CHARACTER;
}

/* Whether kept_put_back() makes good what a key did: nothing, moving, typing, opening a dialog. */
static bool can_be_put_back(enum scan_place place, uint32_t key, const struct state *s,
	const struct dialog *before, unsigned react)
{
	enum command command = command_of_key(key);
	if (place != SCAN_KEYS || layout_digit(key) != 0 || command == COMMAND_NONE || is_move(command))
		return true;
	return (before == NULL && s->dialogs != NULL) || (react & ~(unsigned)REACT_HANDLED) == 0;
}

static unsigned let_go(struct state *s)
{
	unsigned react = REACT_NONE;
	uint32_t key;
	while (!s->quit && scan_take(&s->scan, &key)) {
		const struct dialog *before = s->dialogs;
		enum scan_place place = place_now(s);
		react |= state_hush(s);
		unsigned did = keys_dispatch(s, key);
		react |= did;
		if (!can_be_put_back(place, key, s, before, did))
			scan_forget(&s->scan);
	}
	return react;
}

/* ---- what a scan becomes --------------------------------------------------------------------- */

/* The characters as they came, for a code that no layout types. */
static void as_typed(const uint32_t *code, size_t n, struct buf *out)
{
	for (size_t i = 0; i < n; i++) {
		if (key_is_text(code[i]))
			text_encode(out, code[i]);
	}
}

static unsigned say_broken(struct state *s, const uint32_t *code, size_t n)
{
	struct buf text = BUF_INIT(BUF_MAX_LINE);
	as_typed(code, n, &text);
	/* TRANSLATORS: characters that a scanner sent, of which the end is missing. */
	state_say(s, STYLE_BAD, _("Part of a scan came, \"%.*s\", and no end: scan once more."),
		(int)text_prefix(buf_str(&text), SAID_MAX), buf_str(&text));
	buf_clear(&text);
	return REACT_STATUS;
}

static unsigned say_unreadable(struct state *s, const uint32_t *code, size_t n)
{
	struct buf text = BUF_INIT(BUF_MAX_LINE);
	as_typed(code, n, &text);
	state_say(s, STYLE_BAD, _("\"%.*s\" was scanned: no keyboard layout makes a code of it. duken scan-test "
		"shows what arrives."), (int)text_prefix(buf_str(&text), SAID_MAX), buf_str(&text));
	buf_clear(&text);
	return REACT_STATUS;
}

static unsigned scanned(struct state *s)
{
	size_t n, moves;
	const uint32_t *code = scan_code(&s->scan, &n, &moves);
	struct readings readings, rest;
	if (s->scan.too_long) {
		state_say(s, STYLE_BAD, _("A code of more than %d characters was scanned: that is no order's "
			"number."), BARCODE_MAX);
		return REACT_STATUS;
	}
	barcode_read(code, n, &readings);
	barcode_read(code + moves, n - moves, &rest);
	if (readings.n == 0)
		return say_unreadable(s, code, n);
	/* Whoever moved the cursor, and scanned, meant the number alone. */
	if (moves > 0 && rest.number && !dialog_scan_known(s, &readings))
		readings = rest;
	return dialog_scanned(s, &readings);
}

static unsigned broken(struct state *s)
{
	size_t n, moves;
	const uint32_t *code = scan_code(&s->scan, &n, &moves);
	if (s->lock->on)
		return locking_scan(s);
	unsigned react = kept_put_back(s);
	return react | say_broken(s, code, n);
}

static unsigned done(struct state *s)
{
	if (s->lock->on)
		return locking_scan(s);
	unsigned react = kept_put_back(s);
	react |= state_hush(s);
	return s->too_small ? react : react | scanned(s);
}

static unsigned person_key(struct state *s, uint32_t key)
{
	unsigned react = state_hush(s);
	return react | keys_dispatch(s, key);
}

/* Enter and Tab that no person pressed so soon open orders at most. */
static unsigned hasty(struct state *s, uint32_t key)
{
	if (s->lock->on)
		return locking_scan(s);
	if (s->dialogs == NULL || s->dialogs->ops->gives_way)
		return person_key(s, key);
	return state_say_why_not(s, _("A key came in one go with others and was not taken: look, and press it again."));
}

static unsigned act_on(struct state *s, enum scan_result result, uint32_t key)
{
	switch (result) {
	case SCAN_DONE:
		return done(s);
	case SCAN_BROKEN:
		return broken(s);
	case SCAN_PASS:
		return person_key(s, key);
	case SCAN_HASTY:
		return hasty(s, key);
	default:
		return REACT_HANDLED;
	}
}

static unsigned tidy(struct state *s, unsigned react)
{
	if (scan_idle(&s->scan))
		kept_drop(s);
	return react;
}

void scanning_wipe(struct state *s)
{
	kept_drop(s);
	explicit_bzero(&s->scan, sizeof(s->scan));
	s->scan.rules = &s->scan_rules;
}

unsigned scanning_tick(struct state *s)
{
	unsigned react = REACT_NONE;
	while (scan_due(&s->scan) != 0 && scan_due(&s->scan) <= s->mono_ms) {
		if (scan_tick(&s->scan, s->mono_ms) == SCAN_BROKEN)
			react |= broken(s);
		react |= let_go(s);
	}
	return tidy(s, react);
}

unsigned scanning_key(struct state *s, uint32_t key)
{
	unsigned react = scanning_tick(s);
	enum scan_result result;
	s->key_ms = s->mono_ms;
	do {
		if (!scan_idle(&s->scan) || key_is_text(key))
			kept_take(s);
		result = scan_key(&s->scan, key, kind_of(key), place_now(s), s->mono_ms);
		react |= let_go(s);
		if (result == SCAN_AGAIN)
			react = tidy(s, react);
	} while (result == SCAN_AGAIN && !s->quit);
	react |= act_on(s, result, key);
	return tidy(s, react);
}
