/* A bump allocator for things that end together, such as the orders of one page.
 *
 *	struct arena a = ARENA_INIT;
 *	char *s = arena_strdup(&a, "Айгерім");
 *	...
 *	arena_clear(&a);	everything handed out is gone
 *
 * Nothing handed out is freed or moved before arena_clear(). One thread at a time. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *head;
};

#define ARENA_INIT { .head = NULL }

/* Aligned for any type, not zeroed. */
void *arena_alloc(struct arena *a, size_t size);
void *arena_calloc(struct arena *a, size_t n, size_t size);
char *arena_strndup(struct arena *a, const char *s, size_t n);
/* NULL gives NULL. */
char *arena_strdup(struct arena *a, const char *s);
char *arena_printf(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Forgets everything but keeps one block, so that a loop that fills it again allocates nothing. */
void arena_reset(struct arena *a);
void arena_clear(struct arena *a);

#endif
