/* The text of a first duken.conf: what `duken config init` writes. Pure; any thread. */
#ifndef DESK_SETTINGS_WRITE_H
#define DESK_SETTINGS_WRITE_H

#include "base/buf.h"
#include "desk/settings.h"

/* Appends NAME = "VALUE" and the line's end, so that it reads back as that value whatever is in it. */
void settings_put(struct buf *out, const char *name, const char *value);
/* Appends settings that hold the language, where one is set, and of the first shop what a clerk is asked for:
 * name, label, provider, base_url, token_file, token_command. */
void settings_put_first(struct buf *out, const struct settings *s);

#endif
