#include "tests/unit/scan_desk.h"

#include <string.h>

#include "base/text.h"
#include "tests/unit/unit.h"
#include "tui/command/command.h"
#include "tui/term/key.h"

void scan_desk_init(struct scan_desk *d, enum scan_place place, const struct scan_rules *rules)
{
	*d = (struct scan_desk){ .scan.rules = rules, .place = place, .now = 10000 };
}

/* The table of keys is looked through a million times here. */
static enum command command_of(uint32_t key)
{
	static int known[0x500];
	if (key >= sizeof(known) / sizeof(known[0]))
		return command_of_key(key);
	if (known[key] == 0)
		known[key] = (int)command_of_key(key) + 1;
	return (enum command)(known[key] - 1);
}

static bool is_move(uint32_t key)
{
	enum command command = command_of(key);
	return command != COMMAND_NONE && command_row(command)->context == CONTEXT_MOVE;
}

/* A key that opens a dialog is put back by closing it. */
static bool opens_dialog(enum command command)
{
	return command == COMMAND_JOURNAL || command == COMMAND_HELP || command == COMMAND_MENU ||
		command == COMMAND_BATCH || command == COMMAND_REPORT || command == COMMAND_SHOP || command == COMMAND_LOCK;
}

static void gone(struct scan_desk *d, uint32_t key)
{
	enum command command = command_of(key);
	assert_true(d->n_gone < DESK_KEYS_MAX);
	d->gone[d->n_gone++] = key;
	d->dialog = d->dialog || opens_dialog(command);
	if (d->place != SCAN_KEYS || layout_digit(key) != 0 || command == COMMAND_NONE || is_move(key) || d->dialog)
		return;
	d->command = key;
	scan_forget(&d->scan);
}

static void let_go(struct scan_desk *d)
{
	uint32_t key;
	while (scan_take(&d->scan, &key))
		gone(d, key);
}

static void take_code(struct scan_desk *d, enum scan_result result)
{
	size_t n;
	const uint32_t *code = scan_code(&d->scan, &n, &d->moves);
	if (result == SCAN_BROKEN) {
		d->broken++;
		return;
	}
	d->scans++;
	barcode_read(code, n, &d->code);
}

static void tick(struct scan_desk *d)
{
	while (scan_due(&d->scan) != 0 && scan_due(&d->scan) <= d->now) {
		if (scan_tick(&d->scan, d->now) == SCAN_BROKEN)
			take_code(d, SCAN_BROKEN);
		let_go(d);
	}
}

void scan_desk_wait(struct scan_desk *d, int64_t ms)
{
	int64_t until = d->now + ms;
	while (scan_due(&d->scan) != 0 && scan_due(&d->scan) <= until) {
		d->now = scan_due(&d->scan);
		tick(d);
	}
	d->now = until;
}

static enum scan_kind kind_of(uint32_t key)
{
	if (!key_is_text(key))
		return SCAN_OTHER;
	if (command_of(key) == COMMAND_NONE)
		return layout_digit(key) != 0 ? SCAN_CHARACTER : SCAN_IDLE;
	return is_move(key) ? SCAN_MOVE : SCAN_CHARACTER;
}

enum scan_result scan_desk_key(struct scan_desk *d, uint32_t key, int64_t after_ms)
{
	enum scan_kind kind = kind_of(key);
	enum scan_result result;
	scan_desk_wait(d, after_ms);
	do {
		result = scan_key(&d->scan, key, kind, d->place, d->now);
		let_go(d);
	} while (result == SCAN_AGAIN);
	if (result == SCAN_DONE || result == SCAN_BROKEN)
		take_code(d, result);
	if (result == SCAN_HASTY)
		d->hasty++;
	if (result == SCAN_PASS || result == SCAN_HASTY)
		gone(d, key);
	return result;
}

enum scan_result scan_desk_type(struct scan_desk *d, const char *text, int64_t gap_ms)
{
	enum scan_result last = SCAN_PASS;
	size_t len;
	unsigned long c;
	for (; (c = text_decode(text, &len)) != 0; text += len)
		last = scan_desk_key(d, (uint32_t)c, gap_ms);
	return last;
}

void scan_desk_settle(struct scan_desk *d)
{
	scan_desk_wait(d, 5000);
	assert_true(scan_idle(&d->scan));
}

bool scan_desk_read(const struct scan_desk *d, const char *text)
{
	for (size_t i = 0; i < d->code.n; i++) {
		if (strcmp(d->code.items[i].text, text) == 0)
			return true;
	}
	return false;
}
