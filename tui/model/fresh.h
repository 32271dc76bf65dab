/* How old that is which the screen shows: when each queue was last seen whole at the server. */
#ifndef TUI_MODEL_FRESH_H
#define TUI_MODEL_FRESH_H

#include <stddef.h>
#include <stdint.h>

#include "order/provider.h"
#include "store/reader.h"
#include "tui/term/theme.h"

#define QUEUES_MAX 24
#define FRESH_ALL QUEUES_MAX	/* in the place of a queue: the oldest of those where work waits */

struct state;

struct fresh {
	enum queue_pace paces[QUEUES_MAX];
	int64_t seen_ms[QUEUES_MAX + 1];	/* 0 never; the last one is that of FRESH_ALL */
};

void fresh_init(struct fresh *f, const struct provider *p);
void fresh_read(struct fresh *f, const struct provider *p, struct reader *r);
/* "12 s ago", "not synced yet", and how serious that is: GOOD, or WARN from twice the queue's pace on. Says
 * nothing new within five seconds, so that an idle screen stays quiet. */
enum style fresh_words(const struct state *s, size_t queue, char *out, size_t cap);

#endif
