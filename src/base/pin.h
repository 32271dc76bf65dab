/* PINs: digits that a person types to show who it is, kept as a hash alone (yescrypt, "$y$", by crypt(3)).
 *
 * A hash takes some 20 ms and 16 MB on purpose: whoever copies the file tries few a second. The caller wipes what
 * was typed; no copy of it is left here. Any thread. */
#ifndef BASE_PIN_H
#define BASE_PIN_H

#include <stdbool.h>

#include "base/error.h"

#define PIN_MIN 4
#define PIN_MAX 12
#define PIN_HASH_MAX 128	/* bytes of a hash, its end among them */

/* USAGE unless it is PIN_MIN to PIN_MAX digits. */
bool pin_check(const char *pin, struct error *err);
bool pin_hash(const char *pin, char out[PIN_HASH_MAX], struct error *err);
/* Whether the text is a hash as pin_hash() makes them. */
bool pin_is_hash(const char *text);
/* Takes as long for a wrong PIN as for the right one. False too for what is no hash. */
bool pin_matches(const char *pin, const char *hash);

#endif
