/* Which pages of a pass to ask for next; arithmetic alone, no network.
 *
 * Listings are read in the order given. A server may claim any number of pages, change it while they are
 * read, or give one page for all of them; what it claims is believed as far as its pages bear it out.
 *
 *	pages_begin(&p, listings, n);			takes the listings over
 *	while (... && pages_next(&p, &listing, &page)) ... ask for p.listings[listing]
 *	pages_learn(&p, listing, &seen, err);		from each answer, in any order
 *	pages_clear(&p);
 *
 * Worker's thread. */
#ifndef DESK_PAGES_H
#define DESK_PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "order/provider.h"

#define PAGES_MAX 10000		/* of one listing, whatever the server says */

struct pages {
	struct listing *listings;
	struct cursor *cursors;	/* one each */
	size_t n;
};

/* What came with a page. */
struct page_seen {
	size_t page;
	size_t page_size;
	const struct page_info *info;
	const struct order_list *orders;
};

void pages_begin(struct pages *p, struct listing *listings, size_t n);
void pages_clear(struct pages *p);
bool pages_next(struct pages *p, size_t *listing, size_t *page);
/* Fails with BAD_REPLY when the server gives the same page again. */
bool pages_learn(struct pages *p, size_t listing, const struct page_seen *seen, struct error *err);
/* Orders in all, as the server counted them last. */
size_t pages_total(const struct pages *p);
/* Whether the count of a listing with several pages changed while they were read: one may have moved from
 * a page that was still to be read to one that was not. */
bool pages_shifted(const struct pages *p);
/* Pages in all, as far as is known. */
size_t pages_known(const struct pages *p);

#endif
