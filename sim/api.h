/* The Kaspi Shop API v2 as the simulated shop speaks it: a request in, a reply out, no sockets.
 *
 * Strict in what it takes: the token, the media type in Accept and Content-Type, every required
 * parameter, known names and values only, bodies of exactly the documented shape. All functions are
 * called under the shop's lock and write the whole reply. */
#ifndef SIM_API_H
#define SIM_API_H

#include "sim/body.h"
#include "sim/request.h"
#include "sim/shop.h"

/* What a mutating request is about, found without judging it: for counters, and for fault rules. */
struct target {
	struct sim_order *order; /* NULL unknown or none */
	enum sim_action action;	 /* ACTION_NONE: changes nothing */
	const char *status;	 /* data.attributes.status of the body, in the request's arena */
};

void api_target(const struct shop *s, struct request *q, struct target *t);
void api_handle(struct shop *s, struct request *q, const struct target *t, struct reply *p);
/* "ok", "bad" or "missing". */
const char *api_token_state(const struct shop *s, const struct request *q);

/* The parts, each in a file of its own. */
void api_list(struct shop *s, struct request *q, struct reply *p);
unsigned api_include(const struct request *q); /* flags of render.h */
void api_change_order(struct shop *s, struct request *q, const struct target *t, struct reply *p);
void api_cancel_entry(struct shop *s, struct request *q, const struct target *t, struct reply *p);
void api_partial_cancel(struct shop *s, struct request *q, const struct target *t, struct reply *p);
void api_imei(struct shop *s, struct request *q, const struct target *t, struct reply *p);

/* The order or the line that an id means, NULL if none. */
struct sim_order *api_order(const struct shop *s, struct arena *a, const char *id);
struct sim_entry *api_entry(
	const struct shop *s, struct arena *a, const char *id, struct sim_order **o);

#endif
