/* A journal with every kind of step in it, and what verifying it finds. */
#ifndef TESTS_UNIT_AUDIT_FIXTURE_H
#define TESTS_UNIT_AUDIT_FIXTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "order/order.h"
#include "store/journal.h"
#include "store/verify.h"

#define JOURNAL "journal.db"

extern const struct order audit_orders[3];

struct store *audit_open(const char *dir);
/* A confirmed action with a form; `comment` may be NULL. */
int64_t audit_add(struct store *s, const struct order *o, const char *kind, const char *comment);
void audit_move(struct store *s, int64_t id, enum action_state from, enum action_state to, int64_t now_ms);
/* Done and purged, done, sent twice and asked and settled, queued, taken over. */
void audit_fill(const char *dir);
#define AUDIT_FILLED 19

/* How many findings; `expect` may be NULL. What was found stays until the next one. */
int64_t audit_verify(const char *dir, const char *expect);
const struct verify_result *audit_result(void);
const char *audit_findings(void);	/* one line each */
/* Fail unless it is found, or unless there is nothing. */
void audit_finds(const char *dir, const char *sentence);
void audit_finds_nothing(const char *dir);

#endif
