/* A store that nobody has open, looked at past the program's own code. What cannot be read fails the running
 * test. */
#ifndef TESTS_CRASH_STORE_CHECK_H
#define TESTS_CRASH_STORE_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "store/journal.h"

/* NULL when both files and the search index are whole; else a sentence, the caller's to free. */
char *store_damage(const char *dir);
size_t store_orders(const char *dir);
/* The state of the order's last action of that kind; false when there is none. */
bool store_action(const char *dir, const char *code, const char *kind, enum action_state *state);

#endif
