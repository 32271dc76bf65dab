/* Tells a scanner from a person, by how the keys come.
 *
 * A scanner types a code in a burst and ends it with Enter or Tab. Such a burst is one event and never
 * keystrokes: its characters are held back until it is clear that no scanner types them, which a person does not
 * notice. What a person holds down or presses to move goes through at once, and so does text that is shown
 * while one types; who lets such keys go keeps what they change, to put it back when they turn out to belong to
 * a scan.
 *
 * SSH cuts bursts and merges them. Three different characters at a scanner's speed are waited for longer; the
 * first one or two of a scan that was cut behind them are only remembered. When the rest does not come, text
 * and digits are what they are, and letters that would be commands are no keys: SCAN_BROKEN.
 *
 * With a prefix that the scanner is set to send, all from it to the end is a scan, however slowly it comes.
 *
 *	while (scan_due(&scan) && scan_due(&scan) <= now) {
 *		result = scan_tick(&scan, now);
 *		...
 *	}
 *	do {
 *		result = scan_key(&scan, key, kind, place, now);
 *		while (scan_take(&scan, &free))
 *			...					let go: a key like any other
 *	} while (result == SCAN_AGAIN);
 *	switch (result) {
 *	case SCAN_DONE:	scan_code(&scan, &n, &moves)		what was typed
 *	...
 *
 * Arithmetic only; the time is passed in. One thread. */
#ifndef BASE_SCAN_H
#define BASE_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/barcode.h"

#define SCAN_GAP_MS 50		/* between two characters of a scanner, unless the settings say otherwise */
#define SCAN_JOIN_MS 400	/* the rest of a burst that was cut is waited for so long */
#define SCAN_GIVE_UP_MS 2000	/* the rest after a prefix */
#define SCAN_WARY_MS 1500	/* after a burst without an end: what comes now may be its end */
#define SCAN_MIN 6		/* shorter ones are a person's, behind a connection that stood still */
#define SCAN_TEXT_MIN 9		/* digits in a text field: as many as an order's number has */
#define SCAN_PREFIX_MAX 8

enum scan_suffix { SCAN_ENTER_OR_TAB, SCAN_ENTER, SCAN_TAB };

/* How the shop's scanners are set up; never changes while a scan is looked for. */
struct scan_rules {
	int64_t gap_ms;				/* 0: SCAN_GAP_MS */
	uint32_t prefix[SCAN_PREFIX_MAX];
	size_t n_prefix;			/* 0: none */
	enum scan_suffix suffix;
};

/* What the key is to whoever gets it when it is no scan. */
enum scan_kind {
	SCAN_OTHER,	/* no character: an arrow, Ctrl-R, Enter */
	SCAN_CHARACTER,
	SCAN_IDLE,	/* a character that does nothing there: nobody presses it */
	SCAN_MOVE	/* a character that only moves, and can be put back: j */
};

/* Where characters go now. */
enum scan_place {
	SCAN_KEYS,	/* they are commands */
	SCAN_TEXT,	/* they are text */
	SCAN_SHOWN	/* they are text that is shown, and looked for, at once */
};

enum scan_result {
	SCAN_HELD,	/* nothing yet */
	SCAN_DONE,	/* a scan */
	SCAN_BROKEN,	/* the beginning of a scan without an end; the key is part of it */
	SCAN_SWALLOWED,	/* belongs to the end of the scan before */
	SCAN_AGAIN,	/* let go what is free, then ask again */
	SCAN_PASS,	/* a key like any other, after what is free */
	SCAN_HASTY	/* likewise, but no person pressed it so soon after what came before: it must confirm nothing */
};

struct scan {
	const struct scan_rules *rules;		/* borrowed; NULL: as if all were 0 */
	uint32_t keys[BARCODE_MAX];
	uint8_t kinds[BARCODE_MAX];
	bool slow[BARCODE_MAX];			/* it came later than a scanner types */
	size_t n;
	size_t free;				/* so many may be let go */
	size_t taken;				/* so many were */
	enum scan_place place;
	bool prefixed;
	bool over;				/* nothing is to be remembered of it */
	bool ended;				/* by a key that is no character */
	bool headless;				/* keys came just before that are forgotten: may be its first */
	bool number;				/* all keys make a number so far */
	bool too_long;				/* of the code: characters are missing */
	int64_t last_ms;
	int64_t forgotten_ms;			/* when a character came that is forgotten */
	int64_t swallow_until;			/* an end that comes before belongs to the last scan */
	int64_t wary_until;
	size_t code_n, code_moves;
};

enum scan_result scan_key(struct scan *scan, uint32_t key, enum scan_kind kind, enum scan_place place,
	int64_t now_ms);
/* When something is to be done without a key; 0: never. */
int64_t scan_due(const struct scan *scan);
/* Call it when that is due, also before a key: BROKEN, or PASS when keys may have become free, or HELD. */
enum scan_result scan_tick(struct scan *scan, int64_t now_ms);
/* The keys that may be let go, one by one. */
bool scan_take(struct scan *scan, uint32_t *key);
/* What was let go cannot be put back: it is no part of a scan any more. */
void scan_forget(struct scan *scan);
/* Whether nothing is held or remembered. */
bool scan_idle(const struct scan *scan);
/* After DONE or BROKEN, until the next key: the characters, as typed. The first *moves of them may be keys that a
 * person pressed to move, and were merged with the scan. */
const uint32_t *scan_code(const struct scan *scan, size_t *n, size_t *moves);

/* A prefix as the settings write it: characters, \xHH or \\; false when it cannot be one. A letter, a
 * digit or a key that people use for something else cannot. */
bool scan_prefix(struct scan_rules *rules, const char *text);

#endif
