/* Facts around entries that hardly change: a product's card, the merchant's product, a warehouse.
 * Looked up once, kept in the store with an age, never one call a row on a key. */
#ifndef ORDER_FACT_H
#define ORDER_FACT_H

#include <stdint.h>

#include "base/arena.h"

enum fact_kind {
	FACT_PRODUCT,		/* the public card: name, code, manufacturer */
	FACT_MERCHANT_PRODUCT,	/* the merchant's own name and article */
	FACT_POINT		/* a warehouse: name, address */
};

/* Which fact, and through what the API lets us ask for it. */
struct fact_ref {
	enum fact_kind kind;
	const char *id;		/* the key under which it is kept: id of product or point */
	const char *via;	/* what the call needs besides, such as the entry's id; "" for nothing */
};

struct fact {
	enum fact_kind kind;
	const char *id;
	const char *code;		/* product code or merchant's article */
	const char *name;
	const char *manufacturer;
	const char *category;
	const char *address;
	int64_t fetched_ms;
};

#endif
