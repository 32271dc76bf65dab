/* Files of tests/fixtures/. */
#ifndef TESTS_UNIT_FIXTURE_H
#define TESTS_UNIT_FIXTURE_H

#include "base/buf.h"

/* Fills `out` with a file such as "kaspi/orders.json"; ends the test if it cannot. The caller clears. */
void fixture_read(const char *name, struct buf *out);

#endif
