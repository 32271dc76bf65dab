/* The numbers of mobile devices: what is typed or scanned, and what is odd about it.
 *
 * An IMEI has 15 digits, the last of which is a check digit (Luhn) over the others; some devices say 14
 * (without it) or 16 (IMEISV). A device with two SIM cards has two. Pure; any thread. */
#ifndef ORDER_IMEI_H
#define ORDER_IMEI_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

#define IMEI_MIN 14
#define IMEI_MAX 16
#define IMEIS_OF_DEVICE 2
#define DEVICE_MAX (IMEIS_OF_DEVICE * (IMEI_MAX + 1))	/* characters of "IMEI,IMEI" */

/* Whether `value` is "IMEI" or "IMEI,IMEI", digits and lengths only. USAGE and a sentence if not. */
bool imei_check(const char *value, struct error *err);
/* Whether the check digit of each IMEI in the value is right; those of 14 and 16 digits have none. */
bool imei_luhn(const char *value);
/* Whether both values name the same IMEI somewhere. */
bool imei_shared(const char *a, const char *b);

#endif
