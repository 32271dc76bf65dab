#include "tui/command/scan.h"

#include "tui/command/layout.h"
#include "tui/term/key.h"

static void finish(struct scan *scan)
{
	for (size_t i = 0; i < scan->n; i++)
		scan->text[i] = (char)layout_digit(scan->keys[i]);
	scan->text[scan->n] = '\0';
	scan->n = scan->taken = 0;
}

enum scan_result scan_key(struct scan *scan, uint32_t key, int64_t now_ms)
{
	bool burst = scan->n > 0 && now_ms - scan->last_ms <= SCAN_GAP_MS;
	if (key == KEY_ENTER_ && burst && scan->n >= SCAN_MIN) {
		finish(scan);
		return SCAN_DONE;
	}
	if (layout_digit(key) == 0 || scan->n == SCAN_MAX || (scan->n > 0 && !burst))
		return SCAN_NOT;
	scan->keys[scan->n++] = key;
	scan->last_ms = now_ms;
	return SCAN_HELD;
}

int64_t scan_due(const struct scan *scan)
{
	return scan->n > 0 ? scan->last_ms + SCAN_GAP_MS + 1 : 0;
}

bool scan_holds(const struct scan *scan)
{
	return scan->taken < scan->n;
}

bool scan_take(struct scan *scan, uint32_t *key)
{
	if (scan->taken == scan->n) {
		scan->n = scan->taken = 0;
		return false;
	}
	*key = scan->keys[scan->taken++];
	return true;
}
