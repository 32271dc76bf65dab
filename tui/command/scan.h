/* Tells a scanner from a person: digits in a burst, ended by Enter, are a scan.
 *
 * A scan is an event of its own and never keystrokes: digits are held back until it is clear that no
 * scanner types them, which a person does not notice. Who can take them back may take and show them
 * before that. Arithmetic only; the time is passed in.
 *
 *	switch (scan_key(&scan, key, now)) {
 *	case SCAN_HELD:	...				nothing yet
 *	case SCAN_DONE:	scan.text			the code, in digits
 *	case SCAN_NOT:	while (scan_take(&scan, &held)) ...	what was held, then the key itself
 *	}
 *	if (scan_due(&scan) && scan_due(&scan) <= now)	likewise: nobody scans so slowly */
#ifndef TUI_COMMAND_SCAN_H
#define TUI_COMMAND_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SCAN_GAP_MS 30	/* between two characters of a scanner at most */
#define SCAN_MIN 9	/* longer than any code that is typed into a field */
#define SCAN_MAX 31

enum scan_result { SCAN_HELD, SCAN_DONE, SCAN_NOT };

struct scan {
	uint32_t keys[SCAN_MAX];	/* as typed */
	size_t n;
	size_t taken;
	int64_t last_ms;
	char text[SCAN_MAX + 1];
};

enum scan_result scan_key(struct scan *scan, uint32_t key, int64_t now_ms);
/* When what is held is no scan any more; 0 when nothing is held. */
int64_t scan_due(const struct scan *scan);
/* Whether keys are held that were not taken yet. */
bool scan_holds(const struct scan *scan);
/* The held keys, one by one; false after the last, and then they are no part of a scan any more. */
bool scan_take(struct scan *scan, uint32_t *key);

#endif
