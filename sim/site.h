/* The shop with everything around it: one request in, its answer and its misfortune out.
 *
 * The server calls site_begin() when a request has been read, site_apply() unless the plan says
 * that the shop never hears of it, then site_spoil() and site_end(). These four lock the shop
 * themselves; any thread. Waiting and cutting is the server's work, outside the lock. */
#ifndef SIM_SITE_H
#define SIM_SITE_H

#include "sim/fault.h"
#include "sim/reqlog.h"
#include "sim/shop.h"

struct site {
	struct shop shop;
	struct faults faults;
	struct reqlog log;
	bool check_user_agent;
};

struct exchange {
	struct request request;
	struct reply reply;
	struct target target;
	struct fault_plan plan;
	uint64_t log_number;
	unsigned connection;
	bool reused;  /* not the first request of its connection */
	bool control; /* a /sim/ request: no log, no faults */
	bool ignored; /* by its User-Agent: not a byte is answered */
};

void site_begin(struct site *site, struct exchange *x);
void site_apply(struct site *site, struct exchange *x);
/* Turns the reply into what the plan wants, as far as a reply can show it; no lock needed. */
void site_spoil(struct exchange *x);
/* `status` 0: nothing was answered. */
void site_end(struct site *site, struct exchange *x, int status);
/* So much of a big body was handed to the connection before it ended. */
void site_sent(struct site *site, uint64_t log_number, uint64_t bytes);

/* /sim/: the tests' side door, in control.c; under the shop's lock. */
void control_handle(struct site *site, struct request *q, struct reply *p);

#endif
