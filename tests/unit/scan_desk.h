/* A desk in virtual time for the recogniser of scans: it takes keys as tui/scanning.c does and writes down what
 * became of them. */
#ifndef TESTS_UNIT_SCAN_DESK_H
#define TESTS_UNIT_SCAN_DESK_H

#include "base/scan.h"

#define DESK_KEYS_MAX 512

struct scan_desk {
	struct scan scan;
	enum scan_place place;
	int64_t now;
	size_t scans, broken, hasty;
	bool dialog;				/* one was opened that takes no commands */
	struct readings code;			/* of the last scan */
	size_t moves;
	uint32_t gone[DESK_KEYS_MAX];		/* keys that were let go, in order */
	size_t n_gone;
	uint32_t command;			/* a key let go that was a command which cannot be put back; 0 none */
};

void scan_desk_init(struct scan_desk *d, enum scan_place place, const struct scan_rules *rules);
/* Lets time pass, and does what is due on the way. */
void scan_desk_wait(struct scan_desk *d, int64_t ms);
/* A key after so many ms; returns what the recogniser said. */
enum scan_result scan_desk_key(struct scan_desk *d, uint32_t key, int64_t after_ms);
/* The characters of a text likewise, each after so many ms; returns what it said of the last. */
enum scan_result scan_desk_type(struct scan_desk *d, const char *text, int64_t gap_ms);
/* Waits until nothing is held or remembered. */
void scan_desk_settle(struct scan_desk *d);
bool scan_desk_read(const struct scan_desk *d, const char *text);

#endif
