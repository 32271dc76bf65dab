/* What an action is about, read from the server: the order, and its lines where the action reads them.
 *
 * Inside of the worker; its thread. Everything read is stored. */
#ifndef DESK_SUBJECT_H
#define DESK_SUBJECT_H

#include "desk/worker.h"
#include "order/action.h"

/* `found` is borrowed for the length of the call; NULL with an error, or when there is no such order
 * (NOT_FOUND). Runs once; it may send calls. */
typedef void (*subject_cb)(void *owner, void *arg, const struct subject *found, const struct error *err);

/* `owner` groups the calls, as in transport_send(). */
void subject_fetch(struct worker *w, const char *code, enum action_reads reads, enum call_rank rank,
	subject_cb cb, void *owner, void *arg);

/* Puts our own marks on orders that came from the server: what was done to them and the API does not show.
 * Before they are stored. */
void subject_mark(const struct worker *w, struct order_list *list);

#endif
