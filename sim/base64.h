/* Unpadded base64, the form of every id of this API. Pure. */
#ifndef SIM_BASE64_H
#define SIM_BASE64_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"

/* Appends the id of a plain text. */
bool base64_add(struct buf *out, const char *text);
char *base64_encode(struct arena *a, const char *text);
/* The plain text of an id, NULL if it is none: a foreign character, padding, a NUL inside. */
char *base64_decode(struct arena *a, const char *id);

#endif
