/* Allocation that cannot fail: when memory runs out the program ends.
 *
 * A front-end that owns a terminal registers mem_on_exhaustion() so that the terminal is given
 * back first. All functions may be called from any thread. */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

/* Called once, from the thread that ran out, before abort(). It must not allocate. */
void mem_on_exhaustion(void (*hook)(void));

void *xmalloc(size_t size) __attribute__((malloc, returns_nonnull));
void *xcalloc(size_t n, size_t size) __attribute__((malloc, returns_nonnull)); /* checks n * size */
void *xrealloc(void *p, size_t size) __attribute__((returns_nonnull));
void *xreallocarray(void *p, size_t n, size_t size) __attribute__((returns_nonnull));
char *xstrdup(const char *s) __attribute__((malloc, returns_nonnull));
char *xstrndup(const char *s, size_t n) __attribute__((malloc, returns_nonnull));
/* xstrdup() that maps NULL to NULL. */
char *xstrdup_null(const char *s) __attribute__((malloc));
char *xasprintf(const char *format, ...) __attribute__((malloc, returns_nonnull, format(printf, 1, 2)));

#endif
