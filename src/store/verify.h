/* Whether the journal is still what was written: every row of the audit against its hash and the row
 * before it, and every action against its newest row there.
 *
 * Any row that was edited, deleted or added with plain SQL is found. What nobody can see from inside is a
 * journal that was cut off at its end with everything that belongs to it, or forged from some row on by
 * somebody who computes the hashes anew; so the newest hash is told, for somebody to note down elsewhere,
 * and an earlier one can be looked for.
 *
 * Reads through a connection of its own and never writes. Any thread. */
#ifndef STORE_VERIFY_H
#define STORE_VERIFY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/sha256.h"

struct verify_result {
	int64_t entries;		/* rows of the audit */
	int64_t findings;
	char head[SHA256_HEX_CAP];	/* hash of the newest; "" when there is none */
};

/* `report` gets each finding as one sentence. `expect` (may be NULL) is a hash that was noted down, 64
 * digits: that it is gone is a finding too. False when the journal could not be read to its end;
 * NOT_FOUND when there is none. */
bool journal_verify(const char *dir, const char *expect, void (*report)(void *arg, const char *sentence),
	void *arg, struct verify_result *out, struct error *err);
/* Whether it is 64 hexadecimal digits. */
bool verify_is_hash(const char *text);

#endif
