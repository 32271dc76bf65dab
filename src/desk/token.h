/* The shop's token: from token_command, token_file (0600, own), $CREDENTIALS_DIRECTORY/SHOP.token
 * or DUKEN_TOKEN, in that order. Never in an argument vector, a log, a store or a core dump. */
#ifndef DESK_TOKEN_H
#define DESK_TOKEN_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/error.h"
#include "desk/settings.h"

/* Reads it, unless the shop has it at hand; the caller wipes *out (buf_wipe()). The command runs through /bin/sh -c as the
 * settings' own line, with standard input closed and 30 s of time; only its first line counts.
 * CONFIG with a sentence that names the source and what to do; a token with anything but printable
 * ASCII is refused. Any thread. */
bool token_read(const struct shop *shop, struct buf *out, struct error *err);

/* Whether the shop has a token that is meant for it alone: all but DUKEN_TOKEN are. */
bool token_own(const struct shop *shop);

/* No core dumps, not traceable by other processes of the user, and DUKEN_TOKEN leaves the
 * environment, so that no child sees it. Once, early in main(). */
void token_protect_process(void);

#endif
