/* Names of keys, as the words of screen_keys(): <Enter> <Esc> <Tab> <S-Tab> <Space> <Lt> <BS> <Del> <Ins>
 * <Up> <Down> <Left> <Right> <Home> <End> <PgUp> <PgDn> <F1>..<F12> <C-a>..<C-z> <M-x>. */
#ifndef TESTS_SCREEN_KEYS_H
#define TESTS_SCREEN_KEYS_H

#include <stdbool.h>
#include <stddef.h>

struct key {
	enum { KEY_BYTES, KEY_TERMINAL } kind;
	char bytes[16];		/* KEY_BYTES */
	size_t len;
	int vterm_key;		/* KEY_TERMINAL: a VTermKey, as the terminal's modes want it */
};

/* Reads one key (a named one or a character) at *at and moves *at behind it; false at the end. An unknown
 * name fails the test. */
bool key_next(const char **at, struct key *out);
/* The same without names. */
bool key_next_plain(const char **at, struct key *out);

#endif
