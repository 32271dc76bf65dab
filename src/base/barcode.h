/* What a scanner's characters say, whatever layout they were typed under.
 *
 * A number reads the same under every layout that makes digits of it. Letters do not: under kz(kazrus) the key
 * of W types what under kz is the key of 4; so there may be several readings, the likelier first. An AIM
 * identifier in front ("]C1": what kind of code it is) and separators (GS) are left out; Caps Lock
 * does not matter for digits. Pure; any thread. */
#ifndef BASE_BARCODE_H
#define BASE_BARCODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/layout.h"

#define BARCODE_MAX 200		/* characters of one code */

struct barcode {
	enum layout layout;
	char text[BARCODE_MAX + 1];	/* printable ASCII */
};

struct readings {
	struct barcode items[LAYOUTS];	/* no two the same text */
	size_t n;			/* 0: no layout types such characters */
	bool number;			/* one reading, all digits */
};

/* Whether a code of at most BARCODE_MAX characters is a number of that many digits at least. */
bool barcode_is_number(const uint32_t *typed, size_t n, size_t min);
/* All readings. More than BARCODE_MAX characters have none. */
void barcode_read(const uint32_t *typed, size_t n, struct readings *out);
/* The same under one layout: false when it types no such characters, or nothing is left. */
bool barcode_read_as(enum layout layout, const uint32_t *typed, size_t n, char out[BARCODE_MAX + 1]);

#endif
