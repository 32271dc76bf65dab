/* Names of keys: "F2", "C-l", "PgUp", "Space", or the character itself. Several stand with blanks between.
 * Pure; any thread. */
#ifndef DESK_KEYNAME_H
#define DESK_KEYNAME_H

#include <stddef.h>
#include <stdint.h>

#define KEYNAME_MAX 16	/* room for one as people know it */

/* Reads the name of len bytes; 0 when there is no such key. Names of several letters are known however they are
 * written, "Ctrl-R" and "Shift-Tab" too. */
uint32_t keyname_parse(const char *name, size_t len);
/* The first name at *at; *at moves behind it. 0 bytes at the end. */
size_t keyname_next(const char **at, const char **name);
/* Names as people know them: "C-r" is "Ctrl-R". */
void keyname_show(const char *all, char *out, size_t cap);
/* The key itself as people know it. */
void keyname_of(uint32_t key, char *out, size_t cap);
/* The names there are, besides those of characters, F and C-. */
const char *keyname_list(void);

#endif
