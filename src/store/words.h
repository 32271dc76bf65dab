/* The words that search compares: those of an order, and those that a person typed. Pure.
 *
 * Both sides are folded (base/text.h) into lower-case words with single blanks between them, Cyrillic
 * ones also in Latin letters. Every typed word must be the start of a word of the order. */
#ifndef STORE_WORDS_H
#define STORE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "order/order.h"

#define WORDS_MAX 16	/* typed words that count */

struct words {
	struct buf text;		/* the folded words */
	struct {
		size_t at;		/* in text */
		size_t len;
	} word[WORDS_MAX];
	size_t n;
};

/* Appends what an order is found by, apart from its entries. */
void words_of_order(struct buf *out, const struct order *o);
void words_of_entries(struct buf *out, const struct entry_list *entries);

/* Without any letter or digit typed, n is 0 and everything matches. */
void words_parse(struct words *w, const char *typed);
void words_clear(struct words *w);
/* text and goods as the functions above made them. */
bool words_match(const struct words *w, const char *text, const char *goods);
/* Appends the query for FTS5: each word quoted, as a prefix. Nothing typed has a meaning in it. */
void words_query(const struct words *w, struct buf *out);

#endif
