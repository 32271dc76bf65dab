/* A server on loopback that does what a script says, byte by byte: for the faults that no real
 * server can be asked for. It writes down everything that it receives.
 *
 *	static const struct raw_step dies[] = { { RAW_REQUEST }, { RAW_RESET }, { RAW_END } };
 *	const struct raw_step *const scripts[] = { dies };
 *	struct rawserver *s = rawserver_start(scripts, 1);	the last script stays
 *	... http://127.0.0.1:<rawserver_port(s)>/ ...
 *	rawserver_stop(s);
 *
 * A thread for each connection. The functions may be called from the test's thread at any time;
 * none of them waits for anything but its own threads' end. */
#ifndef TESTS_WORKER_RAWSERVER_H
#define TESTS_WORKER_RAWSERVER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum raw_act {
	RAW_END,	/* closes */
	RAW_REQUEST,	/* reads one whole request: headers and Content-Length */
	RAW_READ,	/* reads whatever comes first */
	RAW_SEND,	/* text */
	RAW_DRIP,	/* text, a byte every 10 ms */
	RAW_FLOOD,	/* text again and again until the other side goes away */
	RAW_WAIT,	/* until rawserver_release() */
	RAW_STALL,	/* until the other side goes away */
	RAW_RESET,	/* RST instead of FIN */
	RAW_AGAIN	/* from the first step */
};

struct raw_step {
	enum raw_act act;
	const char *text;
	size_t len;	/* 0: a string */
};

struct rawserver;

struct rawserver *rawserver_start(const struct raw_step *const *scripts, size_t n);
/* A server that answers every request with this. */
struct rawserver *rawserver_start_reply(const char *reply);
void rawserver_stop(struct rawserver *s);
int rawserver_port(const struct rawserver *s);
void rawserver_release(struct rawserver *s);

size_t rawserver_connections(struct rawserver *s);
size_t rawserver_requests(struct rawserver *s);
/* Connections that came to RAW_WAIT: all before it was sent. */
size_t rawserver_waiting(struct rawserver *s);
/* How often `text` is in what all connections received. */
size_t rawserver_count(struct rawserver *s, const char *text);
/* All that connection i received, as a string the caller frees. */
char *rawserver_received(struct rawserver *s, size_t i);
/* Connections that were open at once, at most. */
size_t rawserver_peak(struct rawserver *s);

#endif
