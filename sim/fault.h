/* Fault rules: what goes wrong on purpose.
 *
 * A rule is one line of key=value, a value with spaces in double quotes (\" and \\ inside):
 *
 *	match="POST /v2/orders$" status=ACCEPTED_BY_MERCHANT when=after times=1 do=drop
 *
 *	match=	a method, a piece of the target, or both with a space between. The target is taken
 *		decoded ("/shop/api/v2/orders?filter[orders][state]=NEW"); a final $ means that the
 *		path ends there. Nothing given: every request of the API. /sim/ is never touched.
 *	status=	data.attributes.status of the body
 *	order=	the code of the order that is meant
 *	reused=	yes: only on a connection that has carried a request before; no: only on a new one
 *	when=	before: the shop never hears of it; after: it was carried out, then this happens
 *	times=	at most so many times (default: without end)
 *	skip=	lets the first so many through
 *	probability=	0.1, decided by the seed
 *	do=	delay:MS | status:CODE[:BODY] | retry-after:SECONDS | drop | reset |
 *		truncate:BYTES | malformed | endless | silence:MS | redirect:URL | html |
 *		page | stall:BYTES | big:BYTES | big-chunked:BYTES | garbage-header
 *
 * truncate, stall, malformed and the big ones spoil the real answer, so for them when=after is the default, before for
 * all others. html is a 502 of a gateway, page a web page with status 200. The first rule that matches and is not used up decides. All under the shop's lock. */
#ifndef SIM_FAULT_H
#define SIM_FAULT_H

#include <stdbool.h>

#include "base/error.h"
#include "sim/api.h"
#include "sim/json.h"
#include "sim/rng.h"

enum fault_kind {
	FAULT_NONE, FAULT_DELAY, FAULT_STATUS, FAULT_RETRY_AFTER, FAULT_DROP, FAULT_RESET,
	FAULT_TRUNCATE, FAULT_MALFORMED, FAULT_ENDLESS, FAULT_SILENCE, FAULT_REDIRECT, FAULT_HTML,
	FAULT_PAGE, FAULT_STALL, FAULT_BIG, FAULT_BIG_CHUNKED,
	FAULT_GARBAGE, FAULT_KINDS
};

struct fault;

struct faults {
	struct fault *list;
	unsigned n;
	uint64_t seed;
};

/* What a rule decided for one request; `text` is owned (NULL where the kind has none). */
struct fault_plan {
	enum fault_kind kind;
	bool after;
	long number;		/* milliseconds, bytes, a status, seconds */
	char *text;
};

bool faults_add(struct faults *f, const char *rule, struct error *err);
void faults_clear(struct faults *f);
/* Asks the rules in their order; kind is FAULT_NONE when none applies. */
void faults_decide(struct faults *f, const struct request *q, const struct target *t, bool reused,
		   struct fault_plan *plan);
void fault_plan_clear(struct fault_plan *plan);
/* [{"rule":...,"seen":N,"hits":N},...] as the value of `key`. */
void faults_write(const struct faults *f, struct json *j, const char *key);
const char *fault_kind_name(enum fault_kind kind);

#endif
