/* Lines of text with a style each, broken to a width: what details, help and notices show.
 *
 *	struct page p = PAGE_INIT;
 *	page_reset(&p, columns);
 *	page_add(&p, STYLE_STRONG, "Айгерім Сәрсенова");
 *	page_addf(&p, STYLE_NORMAL, _("%s, %s"), town, street);		breaks at words
 *	page_draw(&p, &area, top); */
#ifndef TUI_WIDGET_PAGE_H
#define TUI_WIDGET_PAGE_H

#include <stddef.h>

#include "base/arena.h"
#include "tui/term/draw.h"

struct page_line {
	const char *text;
	const char *right;	/* stands at the right end; NULL none */
	enum style style;
	const char *url;	/* where the text leads; NULL nowhere */
};

struct page {
	struct arena arena;
	struct page_line *lines;
	size_t n;
	size_t cap;
	int columns;
	int indent;	/* of the lines after the first of a text; 0 after a reset */
};

#define PAGE_INIT { .arena = ARENA_INIT }

void page_reset(struct page *p, int columns);
void page_clear(struct page *p);

/* Copies the text, breaks it between words; "" is an empty line. */
void page_add(struct page *p, enum style style, const char *text);
void page_addf(struct page *p, enum style style, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* One line with a second text at its right end. */
void page_add_pair(struct page *p, enum style style, const char *left, const char *right);

/* One line that leads to an address, where links are wanted. */
void page_add_link(struct page *p, enum style style, const char *text, const char *url);

/* Fills the whole area from line `top` on. */
void page_draw(const struct page *p, const struct area *a, size_t top);

#endif
