/* Orders of which the server will soon say more, such as a waybill's link after assembly. */
#include <stdlib.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "desk/worker.h"

#define LOOK_MS 1500
#define LOOKS_MAX 4

struct look {
	struct look *next;
	struct looks *all;
	char *code;
	enum call_rank rank;
	lookup_cb cb;
	void *owner;
	void *arg;
	int tries;
	int64_t due_ms;		/* monotonic */
};

/* Those that wait for their time; the others are on their way. */
struct looks {
	struct worker *w;
	struct look *first;
};

struct looks *looks_new(struct worker *w)
{
	struct looks *ls = xcalloc(1, sizeof(*ls));

	ls->w = w;
	return ls;
}

static void look_free(struct look *l)
{
	free(l->code);
	free(l);
}

void looks_free(struct looks *ls)
{
	if (!ls)
		return;
	while (ls->first) {
		struct look *next = ls->first->next;

		look_free(ls->first);
		ls->first = next;
	}
	free(ls);
}

static void look_end(struct look *l, const struct order *found, const struct error *err)
{
	if (l->cb)
		l->cb(l->owner, l->arg, found, err);
	look_free(l);
}

static void wait_for_it(struct look *l)
{
	l->due_ms = clock_mono_ms() + LOOK_MS;
	l->next = l->all->first;
	l->all->first = l;
}

static void looked(void *owner, void *arg, const struct order *found, const struct error *err)
{
	struct look *l = arg;
	struct worker *w = l->all->w;

	(void)owner;
	if (found && !w->quit && ++l->tries < LOOKS_MAX && w->provider->more_expected(found))
		wait_for_it(l);
	else
		look_end(l, found, err);
}

void looks_start(struct looks *ls, const struct order *o, enum call_rank rank, lookup_cb cb, void *owner,
	void *arg)
{
	struct look *l = xcalloc(1, sizeof(*l));

	*l = (struct look){ .all = ls, .code = xstrdup(o->code), .rank = rank, .cb = cb, .owner = owner,
		.arg = arg };
	if (ls->w->provider->more_expected(o))
		wait_for_it(l);
	else
		look_end(l, o, NULL);
}

void looks_cancel(struct looks *ls, const void *owner)
{
	struct look **p = &ls->first;
	struct error err = ERROR_INIT;

	error_set(&err, ERR_CANCELLED, _("stopped on request"));
	while (*p) {
		struct look *l = *p;

		if (l->owner != owner) {
			p = &l->next;
			continue;
		}
		*p = l->next;
		look_end(l, NULL, &err);
	}
}

static void look(struct look *l)
{
	fetch_fresh(l->all->w, l->code, l->rank, looked, l->owner ? l->owner : l->all, l);
}

int64_t looks_tick(struct looks *ls)
{
	int64_t now = clock_mono_ms(), next = -1;
	struct look **p = &ls->first;

	while (*p) {
		struct look *l = *p;

		if (l->due_ms <= now) {
			*p = l->next;
			look(l);
			continue;
		}
		if (next < 0 || l->due_ms - now < next)
			next = l->due_ms - now;
		p = &l->next;
	}
	return next;
}
