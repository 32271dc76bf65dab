/* Steps of the journal inside a transaction that somebody else opened and ends. See journal.h, whose
 * functions make one of each. */
#ifndef STORE_JOURNAL_INNER_H
#define STORE_JOURNAL_INNER_H

#include "store/journal.h"

bool journal_write_added(struct store *s, const struct order *o, const char *kind, const struct form *form,
	const char *secret, const char *clerk, int64_t now_ms, int64_t send_after_ms, int64_t *id,
	struct error *err);
/* The step has to be an allowed one. */
bool journal_write_moved(struct store *s, int64_t id, enum action_state from, enum action_state to,
	const char *message, const char *clerk, int64_t now_ms, struct error *err);

#endif
