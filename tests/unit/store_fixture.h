/* Orders and folders for the tests and the bench of the store. */
#ifndef TESTS_UNIT_STORE_FIXTURE_H
#define TESTS_UNIT_STORE_FIXTURE_H

#include <stddef.h>
#include <stdint.h>

#include "order/order.h"

#define FIXTURE_DAY_MS (24 * 60 * 60 * 1000LL)
#define FIXTURE_START_MS 1760000000000LL

/* Appends order number n of an imaginary shop: always the same for the same n. */
struct order *fixture_order(struct order_list *list, int64_t n);

/* A new folder in $TMPDIR; the caller frees. */
char *fixture_dir(void);
/* Removes it with the files in it, and frees. */
void fixture_remove(char *dir);

/* How often the bytes occur in the file, 0 when there is none. Not while this process has it open
 * with SQLite. */
size_t fixture_occurrences(const char *dir, const char *name, const char *bytes);

#endif
