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
	TEXT_NOTE	/* may hold '\n', which every line break becomes; TAB becomes a space */
};

/* Cleans len bytes into the arena. Never NULL, and cleaning twice changes nothing.
 *
 *	invalid UTF-8, code points that nobody assigned		become U+FFFD
 *	C0, C1, DEL, bidi controls, zero-width characters,
 *	variation selectors, tags, noncharacters		are dropped
 *	line breaks (also U+0085, U+2028, U+2029) and tabs	see `kind`; at the ends of a line, dropped
 *	a combining mark at the start, a fifth on one letter	is dropped
 *	code points after max_chars				are dropped
 *
 * Unassigned code points go because terminals disagree about their width. Kazakh and Russian come
 * through unchanged. Text of nothing but ASCII and Cyrillic letters is only looked over and copied. */
const char *text_clean(struct arena *a, const char *s, size_t len, size_t max_chars, enum text_kind kind);

bool text_is_utf8(const char *s, size_t len);
/* Code points of valid UTF-8: what a person calls characters, what an API's limit counts. */
size_t text_chars(const char *s);
/* Bytes that the first n code points take. */
size_t text_prefix(const char *s, size_t n);
/* Screen columns, as wcwidth() and so ncurses counts them. */
int text_width(const char *s);
/* Bytes of the longest prefix that fits into `columns`; never cuts a combining mark from its letter.
 * A character that the locale does not know counts as one column, as in ncurses.
 * Its width goes to *used (may be NULL). */
size_t text_fit(const char *s, int columns, int *used);
/* Decodes the first code point of s (valid UTF-8); *len gets its bytes. 0 at the end. */
unsigned long text_decode(const char *s, size_t *len);
/* Appends a code point as UTF-8. */
bool text_encode(struct buf *out, unsigned long codepoint);

/* Appends the form under which search compares: lower case, ё as е, the nine Kazakh letters as their
 * Russian neighbours (ә ғ қ ң ө ұ ү һ і as а г к н о у у х и; likewise Ukrainian є ґ ї, Uzbek ў ҳ), letters
 * of other scripts without their accents, a run of anything but letters and digits as one space, none
 * at the ends. Folding twice changes nothing. On false the buffer is as it was.
 *
 * text_fold_latin() appends a Latin transliteration of the same, as people here type names:
 *
 *	а a  б b  в v  г g  д d  е e  ё e  ж zh  з z  и i  й y  к k  л l  м m  н n  о o  п p  р r  с s
 *	т t  у u  ф f  х kh  ц ts  ч ch  ш sh  щ shch  ъ -  ы y  ь -  э e  ю yu  я ya
 *	ә a  ғ g  қ k  ң n  ө o  ұ u  ү u  һ h  і i		and of what is Latin already: j zh, q k
 *
 * so that "galym" finds Ғалым, and "zhumabay" and "jumabay" find Жұмабай. Store both forms of a text;
 * look for both forms of the words that a person typed. */
bool text_fold(struct buf *out, const char *s);
bool text_fold_latin(struct buf *out, const char *s);

#endif
