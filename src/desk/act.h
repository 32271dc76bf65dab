/* One action on its way, from queued to an outcome that somebody saw.
 *
 *	waiting		queued in the journal; the grace runs, the link is down, or others of its batch come first
 *	checking	the order is re-read: it must still allow the action
 *	sending		the journal says so before the first byte leaves
 *	probing		nobody saw the outcome: the order is re-read until it tells
 *	confirming	done; the order is re-read so that the screen shows the truth
 *	writing		the journal could not be moved; it is tried again until it can
 *
 * The journal is moved before every step. A process that dies leaves at most `sending` behind, which
 * the next one reads as unknown. Inside of runner.c; worker's thread. */
#ifndef DESK_ACT_H
#define DESK_ACT_H

#include <stdbool.h>
#include <stdint.h>

#include "desk/subject.h"
#include "desk/worker.h"
#include "order/action.h"
#include "store/journal.h"

enum phase { WAITING, CHECKING, SENDING, PROBING, CONFIRMING, WRITING };

struct act;
struct bulk;

/* A step of the journal, and what comes after it. */
struct move {
	enum action_state from, to;
	char *message;
	void (*then)(struct act *a);
};

struct act {
	struct act *next;
	struct worker *w;
	struct runner *runner;
	const struct action_spec *spec;
	struct bulk *bulk;		/* the batch that it belongs to, or NULL */
	uint64_t request_id;		/* 0: adopted */
	bool command;			/* a command waits: it is told instead of waiting for ever */
	int64_t id;			/* the journal's */
	struct form form;
	char *clerk;			/* who confirmed it, or who was there when it was taken over */
	char *warning;			/* what looked odd when the clerk confirmed it; NULL: nothing */
	struct order_list before;	/* one order: what the decision was made on */
	struct entry_list lines;	/* its lines, where the action reads them */
	enum phase phase;
	bool called;			/* a call is under way */
	bool refused;			/* the last attempt was; `why` says so */
	bool undone;			/* taken back while the order was re-read */
	struct move move;		/* the last one, or the one that WRITING tries */
	struct error why;		/* what sent it back into the queue */
	int64_t due_ms;			/* monotonic; WAITING, PROBING and WRITING */
	int64_t expires_ms;		/* monotonic: too old to be sent then */
	int64_t agreed_ms;		/* UTC: when a person last said that it is wanted */
	int attempts;
	int stays;			/* of a batch, for a command: kept back so often */
	int probes;
	int unchanged;
	bool told;			/* the clerk knows that it waits for the link */
	bool told_unwritten;		/* the clerk knows that the journal cannot be written */
};

/* The order as the clerk saw it, or as the last check found it. */
const struct order *act_before(const struct act *a);
void act_remember(struct act *a, const struct subject *s);
/* Its age counts from that moment on (UTC). */
void act_agreed(struct act *a, int64_t agreed_ms);
/* Goes on with a waiting act that is due. */
void act_check(struct act *a);
/* Reads the order again after an unknown outcome. */
void act_probe(struct act *a);
/* Makes the journal's step that could not be made before. */
void act_write(struct act *a);
/* The process ends: says how far it came. Not while a call is under way. */
void act_quit(struct act *a);
/* Moves the journal, then goes on. An act whose step cannot be written stays until it can be: nobody
 * else would look after it, and no other one of its kind could be confirmed. */
void act_move_then(struct act *a, enum action_state from, enum action_state to, const char *message,
	void (*then)(struct act *a));
void act_move_and_finish(struct act *a, enum action_state from, enum action_state to, const char *message);
/* Nothing was sent and nothing will be: the clerk decides anew. Ends the act. */
void act_give_back(struct act *a, const char *why);
/* It waited too long, or nobody knows how long: nothing was sent, and a person decides. Ends the act. */
void act_ask(struct act *a);
/* The same, whether it was sent before or not, and whether it belongs to a batch or not. */
void act_ask_late(struct act *a, enum action_state from);
/* outcome.c: the journal says unknown; looks at the order until it tells, or a person has to. */
void act_outcome_unknown(struct act *a);
/* Whether it was confirmed so long ago that a person has to say whether it is still wanted. */
bool act_too_old(const struct act *a);
/* How long an action may wait for the link, ms. */
int64_t act_wait_max_ms(const struct worker *w);
/* Tells the front-end where the act stands. */
void act_tell(struct act *a, enum event_kind kind, enum action_state state, const char *message);
/* Another process was faster: it ended as the journal says, with that message. */
void act_finish_as_journal(struct act *a, const char *message);
/* Says how it ended and gives it back to the runner, which frees it. */
void act_finish(struct act *a, enum action_state state, const char *message);
/* Whether the action takes a secret that is not kept, and its name. */
const char *act_secret(const struct action_spec *spec);

/* runner.c */
void runner_remove(struct runner *r, struct act *a);
/* Whether the wall clock went at an even pace since the start: only then does it tell an age. */
bool runner_clock_steady(const struct runner *r);

#endif
