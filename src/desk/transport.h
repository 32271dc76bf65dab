/* Carries calls out: from a provider's struct call to an answer that was read.
 *
 * Adds base URL, token, merchant header and User-Agent; keeps to the shop's pace; repeats a GET that
 * was told to wait (429, 503), never anything that mutates; and tells the worker when the link changes.
 * A call to another server than the shop's carries neither token nor merchant, and says nothing of the link.
 * Opens the network library with the first call. Worker's thread, except transport_wake(). */
#ifndef DESK_TRANSPORT_H
#define DESK_TRANSPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "desk/message.h"
#include "desk/settings.h"
#include "net/http.h"
#include "order/call.h"
#include "order/provider.h"

struct transport;

/* How a call ended. Borrowed, for the length of the callback. */
struct answer {
	bool ok;			/* 2xx, and for a mutating call: accepted */
	struct error error;		/* !ok */
	enum http_progress progress;
	long status;			/* 0 when there was none */
	int64_t asked_ms;		/* UTC: when the request left; the answer is as old as that */
	int64_t server_ms;		/* UTC: when the server says that it answered; 0: it does not */
	int64_t first_byte_ms;		/* so long the first byte took to come; 0: none came */
	const char *body;		/* ok; "" where a sink took it */
	size_t len;
};

/* Called once for each call from within transport_step() or transport_cancel_owner(). It may send
 * further calls. */
typedef void (*answer_cb)(void *owner, void *arg, const struct answer *answer);

enum call_rank {
	RANK_ACTION,	/* first: a person waits, or an outcome is open */
	RANK_PERSON,	/* a person asked */
	RANK_POLL,	/* nobody waits */
	RANK_BACKGROUND	/* what may take its time: the archive, old orders that are looked at again */
};

struct transport_watch {
	/* The link changed. */
	void (*link)(void *arg, enum link_state state, const struct error *why, int64_t until_ms);
	/* The clocks are apart by another time than before: the server's is ahead by so much (< 0: behind). */
	void (*clock)(void *arg, int64_t ahead_ms);
	/* Milliseconds of a wait that any process on the store was told to keep to; 0 none. */
	int64_t (*wait_left)(void *arg);
	/* This one was told to wait. */
	void (*wait)(void *arg, int64_t wait_ms);
	void *arg;
	int fd;		/* while it is readable a step does not wait; -1: none */
};

struct transport *transport_new(const struct shop *shop, const struct provider *provider,
	const struct transport_watch *watch);
void transport_free(struct transport *t);

/* Takes *call over and empties it. `owner` groups calls for transport_cancel_owner(). */
void transport_send(struct transport *t, struct call *call, enum call_rank rank, answer_cb cb,
	void *owner, void *arg);
/* The same; the body goes to the sink, which is copied and not called any more once the callback was. */
void transport_fetch(struct transport *t, struct call *call, enum call_rank rank, const struct http_sink *sink,
	answer_cb cb, void *owner, void *arg);
/* Drops the owner's calls, or all with NULL: their callbacks run with CANCELLED before this returns,
 * and `progress` says how far each was. */
void transport_cancel_owner(struct transport *t, void *owner);
/* Whether a step would wait for the network: the caller then need not wait elsewhere. */
bool transport_open(const struct transport *t);
/* Starts what may start, waits up to timeout_ms for bytes or a wake-up, hands out answers. */
void transport_step(struct transport *t, int timeout_ms);
/* Milliseconds until something that waits for its turn may start; -1 nothing waits. */
int64_t transport_next_ms(const struct transport *t);
/* Requests handed to the network since the start. */
uint64_t transport_count(const struct transport *t);
/* How far the server's clock is ahead of this one, by the last answer; 0 when it is behind, or by less than
 * is worth a word. */
int64_t transport_ahead_ms(const struct transport *t);
/* Ends a wait in transport_step(). Any thread. */
void transport_wake(struct transport *t);

#endif
