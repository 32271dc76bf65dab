#include "desk/message.h"

#include <stdlib.h>

#include "base/mem.h"

struct request *request_new(enum request_kind kind)
{
	struct request *r = xcalloc(1, sizeof(*r));

	r->kind = kind;
	return r;
}

struct request *request_new_lookup(const char *code)
{
	struct request *r = request_new(REQUEST_LOOKUP);

	r->code = xstrdup(code);
	return r;
}

struct request *request_new_fetch(const char *order_id)
{
	struct request *r = request_new(REQUEST_FETCH);

	r->order_id = xstrdup(order_id);
	return r;
}

struct request *request_new_act(const char *order_id, const char *action, const struct form *form)
{
	struct request *r = request_new(REQUEST_ACT);

	r->order_id = xstrdup(order_id);
	r->action = xstrdup(action);
	if (form)
		form_copy(&r->form, form);
	return r;
}

struct request *request_new_document(const char *order_id, bool fresh)
{
	struct request *r = request_new(REQUEST_DOCUMENT);

	r->order_id = xstrdup(order_id);
	r->fresh = fresh;
	return r;
}

struct request *request_new_print(const char *const *files, size_t n, const char *title)
{
	struct request *r = request_new(REQUEST_PRINT);

	r->files = xcalloc(n + 1, sizeof(*r->files));
	for (size_t i = 0; i < n; i++)
		r->files[i] = xstrdup(files[i]);
	r->n_files = n;
	r->title = xstrdup(title);
	return r;
}

struct request *request_new_note(enum note_kind kind, const char *clerk, const char *code)
{
	struct request *r = request_new(REQUEST_NOTE);

	r->note = kind;
	r->clerk = xstrdup(clerk);
	r->code = xstrdup_null(code);
	return r;
}

struct request *request_new_act_all(const char *action, const struct form *form)
{
	struct request *r = request_new(REQUEST_ACT_ALL);

	r->action = xstrdup(action);
	if (form)
		form_copy(&r->form, form);
	return r;
}

void request_add_order(struct request *r, const char *order_id, const char *code)
{
	if (r->n_orders == r->cap_orders) {
		r->cap_orders = r->cap_orders ? 2 * r->cap_orders : 32;
		r->orders = xreallocarray(r->orders, r->cap_orders, sizeof(r->orders[0]));
	}
	r->orders[r->n_orders++] = (struct request_order){ xstrdup(order_id), xstrdup(code) };
}

struct request *request_new_pause(int64_t batch_id, bool on)
{
	struct request *r = request_new(REQUEST_PAUSE);

	r->batch_id = batch_id;
	r->on = on;
	return r;
}

struct request *request_new_undo_all(int64_t batch_id)
{
	struct request *r = request_new(REQUEST_UNDO_ALL);

	r->batch_id = batch_id;
	return r;
}

void request_free(struct request *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < r->n_orders; i++) {
		free(r->orders[i].id);
		free(r->orders[i].code);
	}
	free(r->orders);
	free(r->code);
	free(r->order_id);
	free(r->action);
	free(r->warning);
	free(r->clerk);
	for (size_t i = 0; i < r->n_files; i++)
		free(r->files[i]);
	free(r->files);
	free(r->title);
	form_clear(&r->form);
	free(r);
}

struct event *event_new(enum event_kind kind, uint64_t reply_to)
{
	struct event *e = xcalloc(1, sizeof(*e));

	e->kind = kind;
	e->reply_to = reply_to;
	return e;
}

void event_free(struct event *e)
{
	if (!e)
		return;
	free(e->order_id);
	free(e->message);
	free(e->path);
	free(e);
}
