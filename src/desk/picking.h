/* A pick list in the making: which orders, whose goods have to be asked for first, and the list itself when all have
 * come. For front-ends: their thread, their reader.
 *
 *	picking_add(&p, &order);			for each order, as the store has it
 *	picking_start(&p, desk);			only if picking_missing(&p)
 *	while (picking_busy(&p)) picking_event(&p, event);
 *	picking_read(&p, reader, &pick, err);		pick_clear() it
 *	picking_clear(&p);
 *
 * A few orders are asked for at a time, so that whatever else a clerk wants need not wait behind all of them. When
 * the server cannot be reached the rest is not tried. An order whose goods could not be had is on the list of those
 * that were left out, with the reason. */
#ifndef DESK_PICKING_H
#define DESK_PICKING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "desk/desk.h"
#include "order/order.h"
#include "order/pick.h"
#include "store/reader.h"

#define PICKING_AT_ONCE 4

enum picking_state {
	PICKING_HAVE,		/* the store has its goods */
	PICKING_WANTED,
	PICKING_ASKED,
	PICKING_CAME,
	PICKING_FAILED
};

struct picking_order {
	char *id;
	char *code;
	enum picking_state state;
	uint64_t request;	/* while it is asked for */
	bool finished;		/* it was, when it was added */
	char *why;		/* it failed; NULL: it did not */
};

struct picking {
	struct desk *desk;
	struct picking_order *orders;
	size_t n;
	size_t asked;		/* under way */
	size_t wanted;		/* in all */
	size_t ended;		/* of those */
	struct error failed;	/* the first failure */
};

#define PICKING_INIT { .n = 0 }

/* Once for an order; a second time changes nothing. */
void picking_add(struct picking *p, const struct order *o);
/* How many orders have to be asked for. */
size_t picking_missing(const struct picking *p);
void picking_start(struct picking *p, struct desk *d);
/* Whether the event belonged to it. */
bool picking_event(struct picking *p, const struct event *e);
bool picking_busy(const struct picking *p);
/* Asks for no more, and takes back what is under way. */
void picking_stop(struct picking *p);
/* Adds the orders to *out and sums it. */
bool picking_read(const struct picking *p, struct reader *r, struct pick *out, struct error *err);
void picking_clear(struct picking *p);

/* The words for the printer into STATE_DIR/picklist.txt; its path, the caller's to free, or NULL. */
char *picking_save(const char *state_dir, const struct buf *text, struct error *err);

#endif
