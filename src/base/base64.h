/* Base64, with padding and without line breaks. Any thread. */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Adds it to the buffer; false when it does not fit, and nothing was added then. */
bool base64_add(struct buf *out, const void *data, size_t len);

#endif
