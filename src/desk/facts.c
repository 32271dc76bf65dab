/* The facts around entries: each is asked for once, however many orders wait for it. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "desk/worker.h"

#define FACT_AGE_MAX_MS (7 * CLOCK_DAY_MS)
#define WANT_MAX 300	/* calls for one order */

/* A call under way and who waits for it. It is the owner of its call. */
struct ask {
	struct ask *next;
	struct worker *w;
	struct fact_ref ref;	/* strings in the arena */
	struct arena arena;
	void **owners;
	fact_cb cb;
	size_t n;
};

struct facts {
	struct worker *w;
	struct ask *first;
};

struct facts *facts_new(struct worker *w)
{
	struct facts *f = xcalloc(1, sizeof(*f));

	f->w = w;
	return f;
}

static void ask_free(struct ask *a)
{
	arena_clear(&a->arena);
	free(a->owners);
	free(a);
}

void facts_free(struct facts *f)
{
	while (f && f->first) {
		struct ask *next = f->first->next;

		ask_free(f->first);
		f->first = next;
	}
	free(f);
}

/* What the server does not have is not asked for again and again, nor is what was known of it lost. */
static void keep(struct ask *a, const struct answer *answer, struct error *failed)
{
	const struct provider *p = a->w->provider;
	struct arena arena = ARENA_INIT;
	struct error err = answer->error;
	struct fact fact;

	if (answer->ok && p->read_fact(&a->ref, answer->body, answer->len, &arena, &fact, &err)) {
		fact.fetched_ms = clock_now_ms();
		store_put_fact(a->w->store, &fact, failed);
	} else if (err.code == ERR_NOT_FOUND) {
		store_put_no_fact(a->w->store, &a->ref, clock_now_ms(), failed);
	} else if (err.code == ERR_CANCELLED) {
		*failed = err;
	}
	arena_clear(&arena);
}

static void answered(void *owner, void *arg, const struct answer *answer)
{
	struct ask *a = owner, **link = &a->w->facts->first;
	struct error failed = ERROR_INIT;

	(void)arg;
	keep(a, answer, &failed);
	while (*link != a)
		link = &(*link)->next;
	*link = a->next;
	for (size_t i = 0; i < a->n; i++)
		a->cb(a->owners[i], &failed);
	ask_free(a);
}

static struct ask *under_way(const struct facts *f, const struct fact_ref *ref)
{
	struct ask *a = f->first;

	while (a && (a->ref.kind != ref->kind || strcmp(a->ref.id, ref->id) != 0))
		a = a->next;
	return a;
}

static struct ask *ask(struct facts *f, const struct fact_ref *ref)
{
	struct ask *a = xcalloc(1, sizeof(*a));
	struct call call;

	a->w = f->w;
	a->ref = (struct fact_ref){
		.kind = ref->kind,
		.id = arena_strdup(&a->arena, ref->id),
		.via = arena_strdup(&a->arena, ref->via),
	};
	a->next = f->first;
	f->first = a;
	f->w->provider->call_fact(&a->ref, &call);
	transport_send(f->w->transport, &call, RANK_PERSON, answered, a, NULL);
	return a;
}

static bool waits(const struct ask *a, const void *owner)
{
	for (size_t i = 0; i < a->n; i++)
		if (a->owners[i] == owner)
			return true;
	return false;
}

/* Whether there is one more answer to wait for. */
static bool want(struct facts *f, const struct fact_ref *ref, fact_cb cb, void *owner)
{
	struct ask *a = under_way(f, ref);

	if (a && waits(a, owner))
		return false;
	if (!a && store_has_fact(f->w->store, ref, clock_now_ms() - FACT_AGE_MAX_MS))
		return false;
	if (!a)
		a = ask(f, ref);
	a->cb = cb;
	a->owners = xreallocarray(a->owners, a->n + 1, sizeof(*a->owners));
	a->owners[a->n++] = owner;
	return true;
}

static bool names(enum fact_kind kind, const struct entry *e)
{
	switch (kind) {
	case FACT_PRODUCT:
		return !*e->name;
	case FACT_MERCHANT_PRODUCT:
		return !*e->name || !*e->article;
	case FACT_POINT:
		break;
	}
	return !*e->point_name;
}

size_t facts_want(struct facts *f, const struct entry_list *entries, bool brief, fact_cb cb, void *owner)
{
	size_t n = 0;

	for (size_t i = 0; i < entries->n; i++) {
		struct fact_ref refs[3];
		size_t k = f->w->provider->facts_of(&entries->items[i], refs);

		for (size_t j = 0; j < k && n < WANT_MAX; j++)
			if (!brief || names(refs[j].kind, &entries->items[i]))
				n += want(f, &refs[j], cb, owner);
	}
	return n;
}

static bool leave(struct ask *a, const void *owner)
{
	for (size_t i = 0; i < a->n; i++)
		if (a->owners[i] == owner) {
			a->owners[i] = a->owners[--a->n];
			return true;
		}
	return false;
}

size_t facts_leave(struct facts *f, const void *owner)
{
	struct ask *next;
	size_t n = 0;

	for (struct ask *a = f->first; a; a = next) {
		next = a->next;
		if (!leave(a, owner))
			continue;
		n++;
		if (a->n == 0)
			transport_cancel_owner(f->w->transport, a);
	}
	return n;
}
