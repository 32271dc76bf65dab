#include "desk/pages.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"

/* How far a pass is in one listing. */
struct cursor {
	size_t next;		/* page to ask for */
	size_t known;		/* pages, as far as is known */
	uint64_t last;		/* digest of the page that came last */
	size_t total;		/* orders, as the server counted them last */
	bool shifted;		/* it had counted others before */
};

void pages_begin(struct pages *p, struct listing *listings, size_t n)
{
	*p = (struct pages){ .listings = listings, .n = n };
	p->cursors = xcalloc(n ? n : 1, sizeof(*p->cursors));
	for (size_t i = 0; i < n; i++)
		p->cursors[i].known = 1;
}

void pages_clear(struct pages *p)
{
	free(p->listings);
	free(p->cursors);
	*p = (struct pages){ .n = 0 };
}

static size_t known(const struct cursor *c)
{
	return c->known < PAGES_MAX ? c->known : PAGES_MAX;
}

bool pages_next(struct pages *p, size_t *listing, size_t *page)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->cursors[i].next < known(&p->cursors[i])) {
			*listing = i;
			*page = p->cursors[i].next++;
			return true;
		}
	return false;
}

/* FNV-1a, each id with its NUL. */
static uint64_t digest_of(const struct order_list *list)
{
	uint64_t h = 14695981039346656037u;

	for (size_t i = 0; i < list->n; i++) {
		const char *s = list->items[i].id;

		do
			h = (h ^ (unsigned char)*s) * 1099511628211u;
		while (*s++);
	}
	return h;
}

/* Answers come in any order, so that the last count is not always the newest: any two that differ tell. */
static void learn_total(struct cursor *c, const struct page_seen *seen)
{
	if (c->total && c->total != seen->info->total)
		c->shifted = true;
	c->total = seen->info->total;
}

bool pages_learn(struct pages *p, size_t listing, const struct page_seen *seen, struct error *err)
{
	struct cursor *c = &p->cursors[listing];
	size_t got = seen->orders->n + seen->info->skipped;
	bool full = got >= seen->page_size;
	size_t claimed = seen->info->pages ? seen->info->pages : seen->page + 1 + full;
	uint64_t digest = digest_of(seen->orders);

	learn_total(c, seen);
	if (!got) {
		c->known = c->next;	/* the end, whatever is claimed */
		return true;
	}
	if (seen->orders->n && c->last == digest)
		return error_set(err, ERR_BAD_REPLY,
			_("The server gives the same page of orders again and again."));
	c->last = digest;
	if (claimed > c->known)
		c->known = claimed;
	return true;
}

size_t pages_known(const struct pages *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++)
		n += known(&p->cursors[i]);
	return n;
}

size_t pages_total(const struct pages *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++)
		n += p->cursors[i].total;
	return n;
}

bool pages_shifted(const struct pages *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->cursors[i].shifted)
			return true;
	return false;
}
