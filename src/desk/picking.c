#include "desk/picking.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/path.h"

/* Doubles at each power of two. */
static void grow(struct picking *p)
{
	if (!(p->n & (p->n - 1)))
		p->orders = xreallocarray(p->orders, p->n ? 2 * p->n : 1, sizeof(*p->orders));
}

static bool have(const struct picking *p, const char *id)
{
	for (size_t i = 0; i < p->n; i++)
		if (!strcmp(p->orders[i].id, id))
			return true;
	return false;
}

void picking_add(struct picking *p, const struct order *o)
{
	bool fresh = order_entries_fresh(o);

	if (have(p, o->id))
		return;
	grow(p);
	p->orders[p->n++] = (struct picking_order){
		.id = xstrdup(o->id),
		.code = xstrdup(o->code),
		.state = fresh ? PICKING_HAVE : PICKING_WANTED,
		.finished = o->finished_ms != 0,
	};
	p->wanted += !fresh;
}

size_t picking_missing(const struct picking *p)
{
	return p->wanted;
}

bool picking_busy(const struct picking *p)
{
	return p->desk && p->ended < p->wanted;
}

/* ---- asking ---------------------------------------------------------------------------------- */

static void fail(struct picking *p, struct picking_order *o, const struct error *why)
{
	o->state = PICKING_FAILED;
	o->why = xstrdup(why->text);
	p->ended++;
	if (!p->failed.code)
		p->failed = *why;
}

/* Another order would fare no better. */
static bool hits_all(enum error_code code)
{
	return code == ERR_OFFLINE || code == ERR_TIMEOUT || code == ERR_UNAUTHORIZED || code == ERR_FORBIDDEN ||
		code == ERR_CANCELLED;
}

static void give_up_the_rest(struct picking *p, const struct error *why)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->orders[i].state == PICKING_WANTED)
			fail(p, &p->orders[i], why);
}

static void ask_more(struct picking *p)
{
	for (size_t i = 0; i < p->n && p->asked < PICKING_AT_ONCE; i++) {
		struct picking_order *o = &p->orders[i];
		struct request *r;

		if (o->state != PICKING_WANTED)
			continue;
		o->state = PICKING_ASKED;
		r = request_new_fetch(o->id);
		r->brief = true;
		o->request = desk_post(p->desk, r);
		p->asked++;
	}
}

void picking_start(struct picking *p, struct desk *d)
{
	p->desk = d;
	ask_more(p);
}

static struct picking_order *asked_by(struct picking *p, uint64_t request)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->orders[i].state == PICKING_ASKED && p->orders[i].request == request)
			return &p->orders[i];
	return NULL;
}

bool picking_event(struct picking *p, const struct event *e)
{
	struct picking_order *o = e->reply_to ? asked_by(p, e->reply_to) : NULL;

	if (!o)
		return false;
	if (e->kind != EVENT_DONE && e->kind != EVENT_FAILED && e->kind != EVENT_CANCELLED)
		return true;
	p->asked--;
	if (e->kind == EVENT_DONE) {
		o->state = PICKING_CAME;
		p->ended++;
	} else {
		fail(p, o, &e->error);
		if (hits_all(e->error.code))
			give_up_the_rest(p, &e->error);
	}
	ask_more(p);
	return true;
}

void picking_stop(struct picking *p)
{
	struct error why = ERROR_INIT;

	error_set(&why, ERR_CANCELLED, _("stopped on request"));
	give_up_the_rest(p, &why);
	for (size_t i = 0; i < p->n; i++) {
		struct request *r;

		if (p->orders[i].state != PICKING_ASKED)
			continue;
		r = request_new(REQUEST_CANCEL);
		r->target = p->orders[i].request;
		desk_post(p->desk, r);
	}
}

/* ---- the list -------------------------------------------------------------------------------- */

static bool read_one(const struct picking_order *p, struct reader *r, struct pick *out, struct error *err)
{
	struct order_list order = ORDER_LIST_INIT;
	struct entry_list entries = ENTRY_LIST_INIT;
	bool ok = reader_order_by_id(r, p->id, &order, NULL, err) &&
		reader_entries(r, p->id, &entries, NULL, err);

	if (!ok && err->code == ERR_NOT_FOUND) {
		pick_leave_out(out, p->code, _("It is not in the store any more."));
		ok = true;
	} else if (ok && order.items[0].finished_ms != 0 && !p->finished) {
		pick_leave_out(out, p->code, _("It was finished or cancelled meanwhile."));
	} else if (ok && p->state != PICKING_CAME && !order_entries_fresh(&order.items[0])) {
		pick_leave_out(out, p->code, p->why ? p->why : _("Its goods are not known yet."));
	} else if (ok) {
		pick_add(out, &order.items[0], &entries);
	}
	order_list_clear(&order);
	entry_list_clear(&entries);
	return ok;
}

bool picking_read(const struct picking *p, struct reader *r, struct pick *out, struct error *err)
{
	for (size_t i = 0; i < p->n; i++)
		if (!read_one(&p->orders[i], r, out, err))
			return false;
	pick_sum(out);
	return true;
}

void picking_clear(struct picking *p)
{
	for (size_t i = 0; i < p->n; i++) {
		free(p->orders[i].id);
		free(p->orders[i].code);
		free(p->orders[i].why);
	}
	free(p->orders);
	*p = (struct picking)PICKING_INIT;
}

/* ---- paper ----------------------------------------------------------------------------------- */

char *picking_save(const char *state_dir, const struct buf *text, struct error *err)
{
	char *path = path_join(state_dir, "picklist.txt");

	if (file_write_atomic(path, buf_str(text), text->len, err))
		return path;
	free(path);
	return NULL;
}
