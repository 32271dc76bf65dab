#include "base/scan.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"

#define CUTS 3		/* so many pauses of a short code, or in a row, are a connection's; more are a person's */
#define REPEATED 3	/* that often the same letter is a key held down */

enum { ENTER = '\r', TAB = '\t', ESC = 27, RUBOUT = 127 };

static int64_t gap_ms(const struct scan *scan)
{
	return scan->rules && scan->rules->gap_ms ? scan->rules->gap_ms : SCAN_GAP_MS;
}

static void reset(struct scan *scan)
{
	scan->n = scan->free = scan->taken = 0;
	scan->prefixed = scan->over = scan->too_long = scan->headless = scan->number = scan->ended = false;
}

static size_t moves_in_front(const struct scan *scan)
{
	size_t n = 0;
	while (n < scan->n && scan->kinds[n] == SCAN_MOVE)
		n++;
	return n;
}

/* Like reset(), of characters that were keys. */
static void forget(struct scan *scan)
{
	if (scan->place == SCAN_KEYS && moves_in_front(scan) < scan->n && !scan->ended)
		scan->forgotten_ms = scan->last_ms;
	reset(scan);
}

/* ---- what is held ---------------------------------------------------------------------------- */

static bool is_held_down(const struct scan *scan, size_t i)
{
	return i + 1 >= REPEATED && scan->keys[i] == scan->keys[i - 1] && scan->keys[i] == scan->keys[i - 2] &&
		!barcode_is_number(scan->keys + i, 1, 1);
}

/* Keys that do not move, and were not held down; of them, those that came late. */
static size_t no_moves(const struct scan *scan, size_t *slow)
{
	size_t n = 0;
	*slow = 0;
	for (size_t i = 0; i < scan->n; i++) {
		if (scan->kinds[i] == SCAN_MOVE || is_held_down(scan, i))
			continue;
		n++;
		*slow += i > 0 && scan->slow[i];
	}
	return n;
}

static size_t same_from(const struct scan *scan, size_t from)
{
	size_t n = from;
	while (n < scan->n && scan->keys[n] == scan->keys[from])
		n++;
	return n - from;
}

static bool is_number(const struct scan *scan, size_t from)
{
	if (from == 0)
		return scan->number;
	return barcode_is_number(scan->keys + from, scan->n - from, 1);
}

/* Different ones in a part, counted to 3. */
static size_t different(const struct scan *scan, size_t from, size_t to)
{
	size_t n = 0;
	for (size_t i = from; i < to && n < 3; i++) {
		size_t j = from;
		while (j < i && scan->keys[j] != scan->keys[i])
			j++;
		n += j == i;
	}
	return n;
}

static bool has_idle(const struct scan *scan, size_t from, size_t to)
{
	while (from < to && scan->kinds[from] != SCAN_IDLE)
		from++;
	return from < to;
}

static bool follows_move(const struct scan *scan, size_t from)
{
	return from > 0 && !scan->slow[from] && scan->kinds[from - 1] == SCAN_MOVE;
}

/* Whether a part that came without a pause is a scanner's: behind keys that only move, three different ones, or as
 * many digits; or two, of which one does nothing, or one that moves came right before. */
static bool is_burst(const struct scan *scan, size_t from, size_t to)
{
	while (from < to && scan->kinds[from] == SCAN_MOVE)
		from++;
	if (to - from >= 2 && scan->place == SCAN_KEYS && different(scan, from, to) >= 2 &&
		(has_idle(scan, from, to) || follows_move(scan, from)))
		return true;
	return to - from >= 3 && (different(scan, from, to) >= 3 ||
		barcode_is_number(scan->keys + from, to - from, 1));
}

/* Nobody types so, and it was not let go. In a text only a number matters. */
static bool is_fragment(const struct scan *scan)
{
	if (scan->place != SCAN_KEYS && !is_number(scan, 0))
		return false;
	for (size_t from = scan->taken, to; from < scan->n; from = to) {
		for (to = from + 1; to < scan->n && !scan->slow[to];)
			to++;
		if (is_burst(scan, from, to))
			return true;
	}
	return false;
}

/* A key that came right behind another one, such as few people press. */
static bool has_pair(const struct scan *scan)
{
	for (size_t i = scan->taken > 0 ? scan->taken : 1; i < scan->n; i++) {
		if (scan->kinds[i] != SCAN_MOVE && !scan->slow[i] && scan->keys[i] != scan->keys[i - 1])
			return true;
	}
	return false;
}

/* The rest is waited for, but keys they are when it does not come. */
static bool is_waited_for(const struct scan *scan)
{
	if (is_fragment(scan))
		return true;
	if (scan->place != SCAN_KEYS)
		return false;
	size_t held = scan->n - scan->taken;
	return has_pair(scan) || (has_idle(scan, 0, scan->taken) && (held == 1 || same_from(scan, scan->taken) < held));
}

/* Letters that would be commands are let go neither when they came as a scanner's do nor when they may
 * be the rest of such ones. */
static bool is_rejected(const struct scan *scan, int64_t now_ms)
{
	if (scan->place != SCAN_KEYS || scan->free == scan->n || is_number(scan, scan->taken))
		return false;
	return is_fragment(scan) || (now_ms < scan->wary_until && scan->n - scan->taken > 1 &&
		moves_in_front(scan) < scan->n);
}

/* A scan was cut a few times; a person pauses after every key. */
static bool has_scanner_pauses(size_t slow, size_t n)
{
	return slow * 3 <= n;
}

/* Whether what is held is a code, now that an end follows. Keys that move may be a person's before it; a letter of
 * the code may be one of them. */
static bool is_code(const struct scan *scan, bool slow_end)
{
	size_t slow, n = no_moves(scan, &slow);
	bool moves = n < scan->n;
	if (same_from(scan, 0) == scan->n || !has_scanner_pauses(slow + slow_end, n + moves))
		return false;
	if (scan->place != SCAN_KEYS)
		return barcode_is_number(scan->keys, scan->n, SCAN_TEXT_MIN);
	return scan->n >= SCAN_MIN && n + moves >= SCAN_MIN;
}

/* ---- steps ----------------------------------------------------------------------------------- */

static enum scan_result done(struct scan *scan, int64_t now_ms)
{
	bool too_long = scan->too_long;
	scan->code_n = scan->n;
	scan->code_moves = scan->prefixed ? 0 : moves_in_front(scan);
	reset(scan);
	scan->too_long = too_long;
	scan->swallow_until = now_ms + SCAN_JOIN_MS;
	scan->wary_until = 0;
	return SCAN_DONE;
}

static enum scan_result broken(struct scan *scan, int64_t now_ms)
{
	scan->code_n = scan->n;
	scan->code_moves = 0;
	reset(scan);
	scan->wary_until = now_ms + SCAN_WARY_MS;
	return SCAN_BROKEN;
}

/* All that is held becomes free, and is no part of a scan. */
static enum scan_result let_go(struct scan *scan, enum scan_result result)
{
	scan->free = scan->n;
	scan->over = true;
	if (scan->taken == scan->n)
		forget(scan);
	return result;
}

static enum scan_result no_code(struct scan *scan, bool slow, int64_t now_ms)
{
	if (is_rejected(scan, now_ms) || scan->too_long)
		return broken(scan, now_ms);
	scan->ended = true;
	if (slow && now_ms >= scan->wary_until)
		return let_go(scan, SCAN_PASS);
	return let_go(scan, SCAN_HASTY);
}

static enum scan_result end(struct scan *scan, int64_t now_ms)
{
	bool slow = scan->n > 0 && now_ms - scan->last_ms > gap_ms(scan);
	if (scan->prefixed)
		return scan->n > 0 ? done(scan, now_ms) : broken(scan, now_ms);
	if (scan->n == 0 && now_ms < scan->swallow_until) {
		scan->swallow_until = 0;
		return SCAN_SWALLOWED;
	}
	if (scan->n == 0)
		return now_ms < scan->wary_until ? SCAN_HASTY : SCAN_PASS;
	if (is_code(scan, slow))
		return scan->headless ? broken(scan, now_ms) : done(scan, now_ms);
	return no_code(scan, slow, now_ms);
}

static bool is_end(const struct scan *scan, uint32_t key)
{
	enum scan_suffix suffix = scan->rules ? scan->rules->suffix : SCAN_ENTER_OR_TAB;
	return (key == ENTER && suffix != SCAN_TAB) || (key == TAB && suffix != SCAN_ENTER);
}

static bool is_prefix_key(const struct scan_rules *rules, size_t i, uint32_t key)
{
	if (!rules || i >= rules->n_prefix)
		return false;
	if (key == rules->prefix[i])
		return true;
	for (int l = LAYOUT_US + 1; l < LAYOUTS && key >= ' '; l++) {
		if (layout_meant((enum layout)l, key) == rules->prefix[i])
			return true;
	}
	return false;
}

/* Whether all that is held, and the key, are the prefix or its beginning. */
static bool continues_prefix(const struct scan *scan, uint32_t key)
{
	for (size_t i = 0; i < scan->n; i++) {
		if (!is_prefix_key(scan->rules, i, scan->keys[i]))
			return false;
	}
	return is_prefix_key(scan->rules, scan->n, key);
}

/* Whether a character that came late may belong to what is remembered. */
static bool joins(const struct scan *scan, uint32_t key)
{
	size_t slow = 1;
	bool in_a_row = scan->n > CUTS && scan->slow[scan->n - 1] && scan->slow[scan->n - 2] &&
		scan->slow[scan->n - 3];
	for (size_t i = 1; i < scan->n; i++)
		slow += scan->slow[i];
	if (in_a_row || (slow > CUTS && !has_scanner_pauses(slow, scan->n)))
		return false;
	return scan->place == SCAN_KEYS || is_number(scan, 0) || continues_prefix(scan, key);
}

/* Text that is shown, a key that moves, and what is held down. */
static bool goes_at_once(const struct scan *scan)
{
	size_t held = scan->n - scan->taken, last = scan->n - 1;
	bool moves = scan->kinds[last] == SCAN_MOVE && (scan->slow[last] || moves_in_front(scan) == scan->n);
	if (scan->place == SCAN_SHOWN || (held == 1 && moves))
		return true;
	return held >= REPEATED && same_from(scan, scan->taken) == held && !is_number(scan, scan->taken);
}

static enum scan_result hold(struct scan *scan, uint32_t key, enum scan_kind kind, int64_t now_ms)
{
	bool slow = scan->n > 0 && now_ms - scan->last_ms > gap_ms(scan);
	bool prefix = continues_prefix(scan, key);
	if (scan->n == 0)
		scan->headless = scan->place == SCAN_KEYS && scan->forgotten_ms != 0 && now_ms - scan->forgotten_ms <= SCAN_JOIN_MS;
	scan->last_ms = now_ms;
	if (scan->n == BARCODE_MAX) {
		if (!scan->prefixed && scan->place != SCAN_KEYS)
			return let_go(scan, SCAN_AGAIN);
		scan->too_long = true;
		return SCAN_HELD;
	}
	scan->keys[scan->n] = key;
	scan->kinds[scan->n] = (uint8_t)kind;
	scan->slow[scan->n] = slow;
	scan->n++;
	scan->number = barcode_is_number(scan->keys, scan->n, 1);
	if (!scan->prefixed && prefix && scan->n == scan->rules->n_prefix) {
		reset(scan);
		scan->prefixed = true;
		return SCAN_HELD;
	}
	if (!scan->prefixed && goes_at_once(scan))
		scan->free = scan->n;
	return SCAN_HELD;
}

static bool is_separator(uint32_t key)
{
	return key >= 0x1c && key <= 0x1f;
}

/* A key that is no character, in the middle of something or not. */
static enum scan_result other(struct scan *scan, uint32_t key, int64_t now_ms)
{
	if (scan->prefixed) {
		if (key != ESC && key < ' ')
			return hold(scan, key, SCAN_OTHER, now_ms);
		return broken(scan, now_ms);
	}
	if (is_separator(key) && (is_fragment(scan) || scan->place != SCAN_KEYS) && scan->n > 0) {
		scan->last_ms = now_ms;
		return SCAN_HELD;
	}
	if (scan->n == 0)
		return SCAN_PASS;
	return no_code(scan, true, now_ms);
}

enum scan_result scan_key(struct scan *scan, uint32_t key, enum scan_kind kind, enum scan_place place,
	int64_t now_ms)
{
	bool starts = !scan->prefixed && scan->rules && scan->rules->n_prefix > 0 &&
		key == scan->rules->prefix[0] && key < ' ';
	/* What came before another key is not the beginning of what comes after it. */
	if (kind == SCAN_OTHER)
		scan->forgotten_ms = 0;
	if (is_end(scan, key))
		return end(scan, now_ms);
	scan->swallow_until = 0;
	if (starts && scan->n > 0)
		return let_go(scan, SCAN_AGAIN);
	if (scan->n > 0 && !scan->prefixed && scan->place != place)
		return let_go(scan, SCAN_AGAIN);
	scan->place = place;
	if (starts)
		return hold(scan, key, SCAN_OTHER, now_ms);
	if (kind == SCAN_OTHER && !(scan->n < SCAN_PREFIX_MAX && continues_prefix(scan, key)))
		return other(scan, key, now_ms);
	if (!scan->prefixed && scan->n > 0 && now_ms - scan->last_ms > gap_ms(scan) && !joins(scan, key))
		return let_go(scan, SCAN_AGAIN);
	return hold(scan, key, kind, now_ms);
}

int64_t scan_due(const struct scan *scan)
{
	if (scan->prefixed)
		return scan->last_ms + SCAN_GIVE_UP_MS + 1;
	if (scan->n == 0)
		return 0;
	return scan->last_ms + 1 + (scan->free == scan->n || is_waited_for(scan) ? SCAN_JOIN_MS : gap_ms(scan));
}

enum scan_result scan_tick(struct scan *scan, int64_t now_ms)
{
	if (scan_due(scan) == 0 || scan_due(scan) > now_ms)
		return SCAN_HELD;
	if (scan->prefixed || scan->too_long || is_rejected(scan, now_ms))
		return broken(scan, now_ms);
	if (is_fragment(scan) && scan->place != SCAN_SHOWN && scan->free < scan->n)
		scan->wary_until = now_ms + SCAN_WARY_MS - SCAN_JOIN_MS;
	if (scan->free == scan->n || now_ms - scan->last_ms > SCAN_JOIN_MS)
		return let_go(scan, SCAN_PASS);
	scan->free = scan->n;
	return SCAN_PASS;
}

bool scan_take(struct scan *scan, uint32_t *key)
{
	if (scan->taken < scan->free) {
		*key = scan->keys[scan->taken++];
		return true;
	}
	if (scan->over)
		forget(scan);
	return false;
}

void scan_forget(struct scan *scan)
{
	scan->over = true;
}

bool scan_idle(const struct scan *scan)
{
	return scan->n == 0 && !scan->prefixed;
}

const uint32_t *scan_code(const struct scan *scan, size_t *n, size_t *moves)
{
	*n = scan->code_n;
	*moves = scan->code_moves;
	return scan->keys;
}

/* ---- the settings ---------------------------------------------------------------------------- */

static bool hex(const char *s, uint32_t *out)
{
	*out = 0;
	for (int i = 0; i < 2; i++) {
		if (!isxdigit((unsigned char)s[i]))
			return false;
		uint32_t digit = (uint32_t)(isdigit((unsigned char)s[i]) ? s[i] - '0' :
			tolower((unsigned char)s[i]) - 'a' + 10);
		*out = *out * 16 + digit;
	}
	return true;
}

/* One character of the text; 0 at a slip. */
static uint32_t next_of(const char **text)
{
	uint32_t c;
	size_t len;
	if (strncmp(*text, "\\x", 2) == 0) {
		if (!hex(*text + 2, &c) || c >= 0x80)
			return 0;
		*text += 4;
		return c;
	}
	if (strncmp(*text, "\\\\", 2) == 0)
		(*text)++;
	c = (uint32_t)text_decode(*text, &len);
	*text += len;
	return c;
}

/* Ctrl-C and Ctrl-Z, Backspace and Esc are not a scanner's. */
static bool is_usable(uint32_t c, bool first)
{
	if (c == 0 || c == '\n' || c == '\b' || c == 3 || c == 26 || c == ESC || c == RUBOUT)
		return false;
	if (c == ENTER || c == TAB || c == ' ')
		return false;
	return !first || (c < 0x80 && !isalnum((int)c));
}

bool scan_prefix(struct scan_rules *rules, const char *text)
{
	size_t n = 0;
	while (*text != '\0') {
		uint32_t c = next_of(&text);
		if (n == SCAN_PREFIX_MAX || !is_usable(c, n == 0))
			return false;
		rules->prefix[n++] = c;
	}
	rules->n_prefix = n;
	return n > 0;
}
