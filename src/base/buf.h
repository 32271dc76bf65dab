/* A growing string with a stated maximum.
 *
 *	struct buf b = BUF_INIT(BUF_MAX_LINE);
 *	buf_addf(&b, "%s: %d", name, n);
 *	if (b.full) ...			something did not fit and was left out whole
 *	puts(buf_str(&b));
 *	buf_clear(&b);
 *
 * Every growing buffer of the program takes its maximum from the list below. One thread at a time. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

#define BUF_MAX_LINE (64u * 1024)		/* a sentence, a path, a URL, a form's value */
#define BUF_MAX_FILE (1024u * 1024)		/* a configuration or token file */
#define BUF_MAX_REPLY (8u * 1024 * 1024)	/* the body of one reply of an API */
#define BUF_MAX_OUTPUT (256u * 1024 * 1024)	/* what one command prints */

struct buf {
	char *data;	/* NUL-terminated once anything was added; owned */
	size_t len;
	size_t cap;
	size_t max;	/* len never passes this */
	bool full;	/* an addition was refused because of max */
};

#define BUF_INIT(maximum) { .data = NULL, .len = 0, .cap = 0, .max = (maximum), .full = false }

/* Additions return false, change nothing and set b->full when the maximum would be passed. */
bool buf_add(struct buf *b, const void *data, size_t len);
bool buf_adds(struct buf *b, const char *s);
bool buf_addc(struct buf *b, char c);
bool buf_addf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The text, "" when empty; valid until the next change. */
const char *buf_str(const struct buf *b);
/* Gives the text away (never NULL; the caller frees it) and leaves the buffer empty. */
char *buf_take(struct buf *b);
/* Empties it, keeps the memory. */
void buf_reset(struct buf *b);
/* Overwrites the contents before freeing: for secrets. */
void buf_wipe(struct buf *b);
void buf_clear(struct buf *b);

#endif
