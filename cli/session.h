/* A worker for the length of one command.
 *
 *	session_open(&s, c, err);
 *	id = session_post(&s, request_new_lookup(code));
 *	while ((e = session_wait(&s))) { ...; event_free(e); if (done) break; }
 *	session_close(&s);
 *
 * While it is open, SIGINT, SIGTERM and SIGHUP end the waiting and nothing else. */
#ifndef CLI_SESSION_H
#define CLI_SESSION_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "cli/cli.h"
#include "desk/desk.h"

struct session {
	struct desk *desk;
	int signal_fd;
	sigset_t old;
	bool interrupted;	/* a signal ended the waiting */
	bool signalled;		/* one came at all */
	struct error link;	/* why the server cannot be reached; code NONE while it can */
};

bool session_open(struct session *s, const struct cli *c, struct error *err);
void session_close(struct session *s);
uint64_t session_post(struct session *s, struct request *r);
/* The next event; the caller's to free. NULL: a signal came, and s->interrupted says so. */
struct event *session_wait(struct session *s);
/* Waits on after a signal. */
void session_go_on(struct session *s);
/* Waits for the end of one request; other events are dropped. What DONE says of an order goes to
 * *order_id (may be NULL; the caller's to free). CANCELLED when a signal came. */
bool session_finish(struct session *s, uint64_t id, char **order_id, struct error *err);

#endif
