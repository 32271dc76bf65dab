/* Names of keys: "F2", "C-l", "PgUp", "Space", or the character itself. */
#ifndef TUI_COMMAND_KEYNAME_H
#define TUI_COMMAND_KEYNAME_H

#include <stddef.h>
#include <stdint.h>

/* Reads the name of len bytes; 0 when there is no such key. */
uint32_t keyname_parse(const char *name, size_t len);
/* Names with blanks between them as people know them: "C-r" is "Ctrl-R". */
void keyname_show(const char *all, char *out, size_t cap);

#endif
