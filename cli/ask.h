/* Questions on a terminal: each on standard error, each answered with a line.
 *
 * What is offered stands between brackets, and Enter alone takes it. Every function ends without an answer (NULL,
 * false, 0) when the input does; a signal ends the program as usual, and finds the terminal's echo on. What was
 * typed is UTF-8. One thread. */
#ifndef CLI_ASK_H
#define CLI_ASK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "desk/setting_key.h"

/* Whether somebody can be asked at all. */
bool ask_possible(void);

/* Asks again until the setting takes the answer, which is then in the struct at `target`. */
bool ask_setting(const struct setting_key *key, void *target, const char *question, const char *offer);
/* The same for a shop's short name; the caller's to free. */
char *ask_shop_name(const char *question, const char *offer);
bool ask_yes(const char *question);
/* One of n ways, numbered from 1; 0 when the input ended. */
size_t ask_choice(const char *question, const char *const *choices, size_t n, size_t offer);
/* Nothing of it is shown. Appends the line, which may be empty; the caller wipes *out. */
bool ask_secret(const char *question, struct buf *out);

#endif
