/* Text from outside, and text on a screen.
 *
 * Everything that comes from a server, a file or a person is cleaned once, where it becomes one of
 * our structs; from there on a string is valid UTF-8 that cannot move a cursor. All functions are
 * pure and may be called from any thread; text_width() and text_fit() follow LC_CTYPE. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"

#define TEXT_MAX_FIELD 512	/* characters kept of a one-line field from outside */
#define TEXT_MAX_NOTE 4000	/* characters kept of a text with lines */

enum text_kind {
	TEXT_LINE,	/* one line: CR, LF, TAB and line separators become one space */
	TEXT_NOTE	/* may hold '\n'; CRLF becomes '\n' */
};

/* Cleans len bytes into the arena: invalid UTF-8 becomes U+FFFD; C0, C1, DEL, bidi controls,
 * zero-width characters, variation selectors, tags and noncharacters are dropped; line breaks by
 * `kind`; a combining mark that would start the text, or a run of more than 4 on one letter, is dropped;
 * at most max_chars code points are kept. Kazakh and Russian come through
 * unchanged. Text that is clean already is copied at memcpy speed. Never NULL. */
const char *text_clean(struct arena *a, const char *s, size_t len, size_t max_chars, enum text_kind kind);

bool text_is_utf8(const char *s, size_t len);
/* Code points of valid UTF-8: what a person calls characters, what an API's limit counts. */
size_t text_chars(const char *s);
/* Bytes that the first n code points take. */
size_t text_prefix(const char *s, size_t n);
/* Screen columns, as wcwidth() and so ncurses counts them. */
int text_width(const char *s);
/* Bytes of the longest prefix that fits into `columns`; never cuts a combining mark from its letter.
 * Its width goes to *used (may be NULL). */
size_t text_fit(const char *s, int columns, int *used);
/* Decodes the first code point of s (valid UTF-8); *len gets its bytes. 0 at the end. */
unsigned long text_decode(const char *s, size_t *len);
/* Appends a code point as UTF-8. */
bool text_encode(struct buf *out, unsigned long codepoint);

/* Appends the form under which search compares: lower case, ё as е, the nine Kazakh letters as their
 * Russian neighbours, anything but letters and digits as one space. text_fold_latin() appends a Latin
 * transliteration of the same, so that "galym" finds Ғалым. */
bool text_fold(struct buf *out, const char *s);
bool text_fold_latin(struct buf *out, const char *s);

#endif
