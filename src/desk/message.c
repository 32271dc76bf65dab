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

void request_free(struct request *r)
{
	if (!r)
		return;
	free(r->code);
	free(r->order_id);
	free(r->action);
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
